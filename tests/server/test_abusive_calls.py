"""A call in which somebody was abused: marked by whom it abused, told to who leads them; the break after."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_model.body import to_body
from agent_model.care_policy import CarePolicy, Honours
from agent_model.moment import to_text
from tests.server.conftest import SitAt
from tests.server.workstation import Workstation


def ago(**span: float) -> str:
    return to_text(datetime.now(UTC) - timedelta(**span))


def mark(seat: Workstation, row_id: str = "a-1", **fields: Any) -> dict[str, Any]:
    whole = {"call_ref": f"call of {row_id}", "agent": seat.login, "abuse": "insult", "at": ago(minutes=5), **fields}
    [answer] = seat.push(seat.op("abusive_call", row_id, "create", whole))
    return answer


def say(seat: Workstation, step: str, row_id: str = "a-1") -> dict[str, Any]:
    said = {"step": step, "at": ago(minutes=4)}
    [answer] = seat.push(seat.op("abusive_call", row_id, "append", {"steps": [None, said]}, base_version=1))
    return answer


def rest(seat: Workstation, row_id: str = "a-1", at: str | None = None) -> dict[str, Any]:
    fields = {"cool_down_at": [None, at or ago(minutes=1)]}
    [answer] = seat.push(seat.op("abusive_call", row_id, "update", fields, base_version=9))
    return answer


def decide(seat: Workstation, **fields: Any) -> dict[str, Any]:
    whole = {name: value for name, value in to_body(CarePolicy()).items() if name not in ("changed_by", "changed_at")}
    [answer] = seat.push(seat.op("care_policy", "site", "create", {**whole, **fields}))
    return answer


def test_mark_and_its_steps_reach_the_lead_with_their_times(seat: Workstation, lead: Workstation) -> None:
    assert mark(seat)["verdict"] == "applied"
    assert {say(seat, step)["reason"] for step in ("first_warning", "second_warning", "ended")} == {None}

    lead.sync()
    told = lead.row("abusive_call", "a-1")["body"]
    assert [one["step"] for one in told["steps"]] == ["first_warning", "second_warning", "ended"]
    assert all(one["at"] > told["at"] for one in told["steps"])
    assert (told["agent"], told["team"], told["abuse"]) == ("lin.yue", "home", "insult")


def test_no_step_is_left_out_and_none_is_said_twice(seat: Workstation) -> None:
    mark(seat)
    assert say(seat, "second_warning")["reason"] == "illegal_step"
    say(seat, "first_warning")
    assert say(seat, "first_warning")["verdict"] == "applied"

    seat.sync()
    assert [one["step"] for one in seat.row("abusive_call", "a-1")["body"]["steps"]] == ["first_warning"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"agent": "zhou.min"}, "not_yours"),
        ({"call_ref": ""}, "bad_field"),
        ({"abuse": "rude"}, "bad_field"),
        ({"queue": "nowhere"}, "unknown_queue"),
        ({"steps": [{"step": "ended", "at": "2026-11-21T10:00:00.000Z"}]}, "not_allowed"),
        ({"cool_down_at": "2026-11-21T10:00:00.000Z"}, "not_allowed"),
    ],
    ids=["somebody else", "no call", "no kind", "no queue", "steps", "break"],
)
def test_what_cannot_be_marked_is_refused(seat: Workstation, fields: dict[str, Any], reason: str) -> None:
    assert mark(seat, **fields)["reason"] == reason


def test_call_is_marked_once_by_whom_it_abused(seat: Workstation, lead: Workstation) -> None:
    mark(seat)
    assert mark(seat, "a-2", call_ref="call of a-1")["reason"] == "already_marked"
    assert mark(lead, "a-3", call_ref="call of a-1")["verdict"] == "applied"


def test_colleague_neither_sees_a_mark_nor_adds_to_it(seat: Workstation, sit_at: SitAt) -> None:
    mark(seat)
    colleague = sit_at("wang.qiang")
    assert say(colleague, "first_warning")["reason"] == "unknown_row"

    colleague.sync()
    assert not any(("abusive_call", "a-1") in rows for rows in colleague.slices.values())


def test_lead_says_no_step_for_an_agent(seat: Workstation, lead: Workstation) -> None:
    mark(seat)
    assert say(lead, "first_warning")["reason"] == "not_yours"


def test_mark_from_the_future_was_made_now(seat: Workstation) -> None:
    mark(seat, at=to_text(datetime.now(UTC) + timedelta(days=2)))
    seat.sync()
    assert seat.row("abusive_call", "a-1")["body"]["at"] <= to_text(datetime.now(UTC))


def test_rule_grants_so_many_breaks_a_shift_and_one_a_call(seat: Workstation) -> None:
    for row_id in ("a-1", "a-2", "a-3"):
        mark(seat, row_id)
    assert rest(seat, "a-1")["reason"] is None
    assert rest(seat, "a-1", ago(seconds=1))["reason"] == "no_cool_down"
    assert rest(seat, "a-2")["reason"] is None
    assert rest(seat, "a-3")["reason"] == "no_cool_down"


def test_break_comes_within_its_time(seat: Workstation) -> None:
    mark(seat, at=ago(minutes=90))
    assert rest(seat)["reason"] == "no_cool_down"
    assert rest(seat, at=ago(minutes=100))["reason"] == "bad_field"
    assert rest(seat, at=ago(minutes=40))["reason"] is None


def test_break_may_wait_for_the_second_warning(seat: Workstation, sit_at: SitAt) -> None:
    decide(sit_at("admin"), cool_down_steps=2)
    mark(seat)
    say(seat, "first_warning")
    assert rest(seat)["reason"] == "no_cool_down"
    say(seat, "second_warning")
    assert rest(seat)["reason"] is None


def test_site_may_grant_no_breaks(seat: Workstation, sit_at: SitAt) -> None:
    decide(sit_at("lu.hai"), cool_down_min=0)
    mark(seat)
    assert rest(seat)["reason"] == "no_cool_down"


@pytest.mark.parametrize(
    "fields",
    [
        {"mood_least": 4},
        {"ending": {"zh": "", "en": "x"}},
        {"ending": {"zh": "x" * 501, "en": "x"}},
        {"first_warning": {"zh": "请\u200b", "en": "x"}},
        {"cool_down_min": 61},
        {"hard_call_min": 0},
        {"goals": {"solved_first": 101, "retained": None, "opportunities": None, "quality": None}},
    ],
    ids=["group of four", "nothing to say", "long", "unseen", "an hour", "no call", "goal"],
)
def test_policy_that_cannot_be_is_refused(sit_at: SitAt, fields: dict[str, Any]) -> None:
    assert decide(sit_at("admin"), **fields)["reason"] == "bad_field"


def test_policy_is_changed_by_an_administrator_or_a_duty_manager(
    seat: Workstation, lead: Workstation, sit_at: SitAt
) -> None:
    assert [decide(one)["reason"] for one in (seat, lead)] == ["not_allowed"] * 2
    assert decide(sit_at("lu.hai"), honours=Honours.OFF.value)["verdict"] == "applied"
    seat.sync()
    told = seat.row("care_policy", "site")["body"]
    assert (told["honours"], told["changed_by"]) == ("off", "lu.hai")
