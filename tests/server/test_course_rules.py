"""Courses that are given by themselves: by rule, once for an item, to who is taught."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.training.needs import Needs
from agent_server.training.search_gaps import SearchGaps
from tests.in_process import ServerThread
from tests.server.conftest import SitAt
from tests.server.training_rows import LEARNER, bank, put, quiz
from tests.server.workstation import Workstation


def fail(settings: Settings, item: str, about: str, agent: str = LEARNER) -> str | None:
    """What an inspection of quality calls."""

    async def working() -> str | None:
        database = Database(settings.database, pooled=False)
        try:
            needs = Needs(database, lambda _heads: None, lambda: datetime.now(UTC))
            return await needs.failed_item(item, about, agent)
        finally:
            await database.close()

    return asyncio.run(working())


def teach(lead: Workstation, **fields: Any) -> None:
    """A course with a quiz, and a rule that gives it."""
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    put(lead, "course", "co-1", {"title": {"zh": "退款", "en": "Refunds"}, "quiz": "qz-1", "due_days": 10})
    answer = put(
        lead, "course_rule", "cr-1", {"course": "co-1", "why": "quality", "words": ["退款", "Refund"], **fields}
    )
    assert answer["reason"] is None, answer


def test_failed_quality_item_gives_the_course_with_its_paper(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    teach(lead)
    made = fail(server.settings, "item-7", "退 款 时限说错")
    seat.sync()
    given = seat.row("assignment", str(made))["body"]
    assert (given["why"], given["about"], given["course"], given["assigned_by"]) == (
        "quality",
        "item-7",
        "co-1",
        "server",
    )
    assert seat.row("quiz_paper", given["papers"][0])["body"]["quiz"] == "qz-1"
    lead.sync()
    assert lead.row("assignment", str(made))["body"]["note"] == "退 款 时限说错"


@pytest.mark.parametrize(
    ("about", "agent", "fields"),
    [
        pytest.param("语气生硬", LEARNER, {}, id="about something else"),
        pytest.param("退款", "zhou.min", {}, id="who is not taught"),
        pytest.param("退款", "no.body", {}, id="who is not there"),
        pytest.param("退款", LEARNER, {"is_on": False}, id="a rule that is off"),
        pytest.param("退款", LEARNER, {"why": "search_gap"}, id="a rule for searches"),
    ],
)
def test_nothing_is_given_where_no_rule_fits(
    lead: Workstation, server: ServerThread, about: str, agent: str, fields: dict[str, Any]
) -> None:
    teach(lead, **fields)
    assert fail(server.settings, "item-7", about, agent) is None


def test_item_gives_a_course_once_and_an_open_one_is_not_given_twice(lead: Workstation, server: ServerThread) -> None:
    teach(lead)
    made = fail(server.settings, "item-7", "退款")
    assert [fail(server.settings, item, "refund") for item in ("item-7", "item-8")] == [None, None]
    lead.sync()
    version = lead.row("assignment", str(made))["version"]
    lead.push(lead.op("assignment", str(made), "update", {"state": ["open", "dropped"]}, base_version=version))
    assert fail(server.settings, "item-7", "退款") is None
    assert fail(server.settings, "item-8", "退款") is not None


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        pytest.param({"course": "co-none"}, {"course": "unknown"}, id="no such course"),
        pytest.param({"why": "weekly"}, {"why": "out_of_bounds"}, id="not by itself"),
        pytest.param({"words": ["  "]}, {"words": "missing"}, id="an empty word"),
        pytest.param({"times": 0}, {"times": "out_of_bounds"}, id="never"),
    ],
)
def test_rule_that_cannot_be_kept_is_refused(lead: Workstation, fields: dict[str, Any], faults: dict[str, str]) -> None:
    teach(lead)
    answer = put(lead, "course_rule", "cr-2", {"course": "co-1", "why": "quality", **fields})
    assert (answer["reason"], answer["faults"]) == ("bad_course_rule", faults)


def test_rules_are_where_those_who_teach_look_and_agents_hold_none(sit_at: SitAt, lead: Workstation) -> None:
    teach(lead)
    agent, editor = sit_at(), sit_at("ye.wen")
    for seat in (agent, editor):
        seat.sync()
    assert editor.row("course_rule", "cr-1")["body"]["course"] == "co-1"
    assert all(("course_rule", "cr-1") not in held for held in agent.slices.values())
    assert put(agent, "course_rule", "cr-3", {"course": "co-1", "why": "quality"})["reason"] == "not_allowed"


def searched(seat: Workstation, *records: dict[str, Any]) -> None:
    """What a workstation tells of searches."""
    now = datetime.now(UTC)
    lines = [
        {"at": to_text(now - timedelta(minutes=n)), "query": "退款 到账", "hits": 3, **one}
        for n, one in enumerate(records)
    ]
    answer = put(
        seat,
        "search_batch",
        f"batch-{seat.login}-{len(records)}",
        {"by": seat.login, "at": to_text(now), "records": lines},
    )
    assert answer["reason"] is None, answer


def give(settings: Settings) -> int:
    async def working() -> int:
        database = Database(settings.database, pooled=False)
        try:
            needs = Needs(database, lambda _heads: None, lambda: datetime.now(UTC))
            return await SearchGaps(database, needs, 3600, lambda: datetime.now(UTC)).run()
        finally:
            await database.close()

    return asyncio.run(working())


def test_who_searched_in_vain_as_often_as_the_rule_says_is_given_its_course(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    teach(lead, why="search_gap", times=3)
    searched(seat, {}, {"hits": 0}, {"opened": "kb-refund", "unhelpful": "kb-refund"})
    assert [give(server.settings), give(server.settings)] == [1, 0]
    lead.sync()
    [given] = [row["body"] for key, row in lead.slices["leads:home"].items() if key[0] == "assignment"]
    assert (given["agent"], given["why"], given["course"], given["note"]) == (
        LEARNER,
        "search_gap",
        "co-1",
        "退款 到账",
    )


def test_searches_that_came_to_something_and_about_something_else_do_not_count(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    teach(lead, why="search_gap", times=2)
    searched(
        seat, {}, {"opened": "kb-refund"}, {"query": "光猫"}, {"at": to_text(datetime.now(UTC) - timedelta(days=20))}
    )
    assert give(server.settings) == 0
