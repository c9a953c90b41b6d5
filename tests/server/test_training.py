"""Training on the server: papers drawn by rule, keys that nobody holds who is asked, and answers judged once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from agent_model.agent import Role
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.privacy.duties import Duties, Limit, Limited, write_duties
from agent_server.privacy.limits import Limits
from agent_server.row_changes import IMPORTED, Signature
from agent_server.rows import Stored
from agent_server.settings import Settings
from agent_server.training.weekly import WeeklyQuizzes
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, everything_in, executed
from tests.server.officers import appoint
from tests.server.test_erasing import with_database
from tests.server.training_rows import (
    ARTICLE,
    LEARNER,
    after,
    ask,
    assign,
    bank,
    begin,
    hand_in,
    key,
    paper_of,
    put,
    question,
    quiz,
    right_answers,
)
from tests.server.workstation import Workstation

SECRET = "以《退款》为准"
DRAWN = "UPDATE quiz_paper SET drawn_at = :at"
DUE = "UPDATE assignment SET due_at = :at"


def publish(settings: Settings, row_id: str = ARTICLE, **fields: Any) -> None:
    """The article as it is published now."""

    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                changes = Changeset(database, connection, Signature(IMPORTED, datetime.now(UTC)))
                await changes.load("article", [row_id])
                before = changes.get("article", row_id)
                changes.put(_article(row_id, before, fields))
                await changes.write()
        finally:
            await database.close()

    asyncio.run(working())


def _article(row_id: str, before: Stored | None, fields: dict[str, Any]) -> Stored:
    body = {
        "title": "退款多久到账",
        "body": "三个工作日",
        "category": "售后",
        "product": None,
        "queue": None,
        "language": "zh-CN",
        "keywords": [],
        "tiers": [],
        "regions": [],
        "owner": None,
        "valid_from": None,
        "valid_to": None,
        "review_due": None,
        "helpful": 0,
        "unhelpful": 0,
        "kind": "article",
        "guide": None,
        **({} if before is None else before.body),
        "updated_at": after(minutes=0),
        **fields,
    }
    return Stored("article", row_id, 1 if before is None else before.version + 1, body)


def run_weekly(settings: Settings, now: datetime) -> int:
    async def working() -> int:
        database = Database(settings.database, pooled=False)
        try:
            quizzes = WeeklyQuizzes(database, settings.site_zone, 3600, lambda _heads: None, lambda: now)
            return await quizzes.run()
        finally:
            await database.close()

    return asyncio.run(working())


@pytest.fixture
def assigned(lead: Workstation, seat: Workstation) -> dict[str, Any]:
    """Lin Yue's paper of five questions, of a bank of six."""
    bank(lead)
    assert put(lead, "quiz", "qz-1", quiz())["reason"] is None
    assert assign(lead)["reason"] is None
    return paper_of(seat)


def test_learner_gets_the_questions_and_nothing_of_what_is_right(
    assigned: dict[str, Any], seat: Workstation, lead: Workstation
) -> None:
    assert len(assigned["body"]["questions"]) == 5
    held = [row for rows in seat.slices.values() for row in rows.values()]
    assert SECRET not in orjson.dumps(held).decode()
    assert not any(row["entity"] in ("question", "question_key") for row in held)
    assert [one["key"] for one in assigned["body"]["questions"][0]["options"]] == ["1", "2", "3"]
    lead.sync()
    assert lead.row("question_key", "q-0")["body"]["right"] == ["b"]


def test_colleague_of_the_same_team_sees_neither_paper_nor_result(
    assigned: dict[str, Any], seat: Workstation, sit_at: SitAt
) -> None:
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned))
    colleague = sit_at("wang.qiang")
    colleague.sync()
    entities = {entity for rows in colleague.slices.values() for entity, _ in rows}
    assert not entities & {"quiz_paper", "quiz_result", "assignment", "attempt"}


def test_all_right_passes_and_the_result_explains_itself(assigned: dict[str, Any], seat: Workstation) -> None:
    assert begin(seat, assigned)["reason"] is None
    assert hand_in(seat, assigned, right_answers(assigned))["reason"] is None
    seat.sync()
    result = seat.row("quiz_result", assigned["id"])["body"]
    assert (result["score"], result["is_passed"], result["is_late"], result["is_over_time"]) == (
        100,
        True,
        False,
        False,
    )
    assert result["marks"][0]["explanation"] == SECRET
    assert seat.row("assignment", "as-1")["body"]["state"] == "passed"


def test_closed_training_goes_whole_when_the_site_says_so(
    server: ServerThread, assigned: dict[str, Any], seat: Workstation
) -> None:
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned))

    async def limited(database: Database) -> None:
        async with database.writing() as connection:
            await write_duties(database, connection, Duties(limits=(Limit(Limited.TRAINING, 30),)))
        await Limits(database, FileStore(server.settings.home)).run(datetime.now(UTC) + timedelta(days=60))

    with_database(server.settings, limited)
    tables = ("assignment", "quiz_paper", "attempt", "quiz_result", "quiz_draw")
    left = everything_in(server.settings)
    assert [left[table] for table in tables] == [[]] * 5
    seat.sync()
    assert not [key for rows in seat.slices.values() for key in rows if key[0] in tables]


def test_lead_sees_the_result_and_an_editor_does_not(
    assigned: dict[str, Any], seat: Workstation, lead: Workstation, server: ServerThread, sit_at: SitAt
) -> None:
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned, wrong=1))
    lead.sync()
    assert lead.row("quiz_result", assigned["id"])["body"]["score"] == 80
    appoint(server.settings, "bian.ji", Role.EDITOR)
    editor = sit_at("bian.ji")
    editor.sync()
    assert not any(entity == "quiz_result" for rows in editor.slices.values() for entity, _ in rows)


def test_failed_try_draws_the_next_and_the_last_one_fails(assigned: dict[str, Any], seat: Workstation) -> None:
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned, wrong=2))
    second = paper_of(seat, nth=2)
    assert (second["body"]["nth"], second["body"]["tries"]) == (2, 2)
    new = {one["question"] for one in second["body"]["questions"]} - {
        one["question"] for one in assigned["body"]["questions"]
    }
    assert len(new) == 1
    begin(seat, second)
    hand_in(seat, second, right_answers(second, wrong=2))
    seat.sync()
    assignment = seat.row("assignment", "as-1")["body"]
    assert (assignment["state"], len(assignment["papers"])) == ("failed", 2)


def test_answers_are_handed_in_once(assigned: dict[str, Any], seat: Workstation) -> None:
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned, wrong=5))
    assert hand_in(seat, assigned, right_answers(assigned))["reason"] == "already_handed_in"
    assert begin(seat, assigned)["reason"] == "id_taken"
    seat.sync()
    assert seat.row("quiz_result", assigned["id"])["body"]["score"] == 0


def test_nobody_takes_a_paper_of_somebody_else(assigned: dict[str, Any], sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    assert begin(other, assigned)["reason"] == "unknown_paper"


@pytest.mark.parametrize(
    ("started_min", "sheet", "is_over"),
    [
        (-19, {"elapsed_s": 1140}, False),
        (-19, {"elapsed_s": 1260}, True),
        (-30, {"elapsed_s": 60}, True),
        (-30, {"elapsed_s": 60, "paused_s": 900}, True),
        (-22, {"elapsed_s": 1140, "paused_s": 100}, False),
    ],
    ids=["in time", "own clock over", "more time between than told", "paused for no call", "a caller without a name"],
)
def test_time_limit_is_held_by_both_clocks(
    lead: Workstation, seat: Workstation, server: ServerThread, started_min: int, sheet: Any, is_over: bool
) -> None:
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    paper = paper_of(seat)
    executed(server.settings, DRAWN, at=after(minutes=-60))
    begin(seat, paper, started_at=after(minutes=started_min))
    hand_in(seat, paper, right_answers(paper), **sheet)
    seat.sync()
    result = seat.row("quiz_result", paper["id"])["body"]
    assert (result["is_over_time"], result["is_passed"]) == (is_over, not is_over)


def test_paper_handed_in_offline_is_late_by_when_it_was_handed_in(
    assigned: dict[str, Any], seat: Workstation, server: ServerThread
) -> None:
    executed(server.settings, DUE, at=after(minutes=-10))
    executed(server.settings, DRAWN, at=after(minutes=-60))
    begin(seat, assigned, started_at=after(minutes=-25))
    hand_in(seat, assigned, right_answers(assigned), at=after(minutes=-15), elapsed_s=600)
    seat.sync()
    assert not seat.row("quiz_result", assigned["id"])["body"]["is_late"]


def test_handed_in_after_it_was_due_is_late(assigned: dict[str, Any], seat: Workstation, server: ServerThread) -> None:
    executed(server.settings, DUE, at=after(minutes=-10))
    begin(seat, assigned)
    hand_in(seat, assigned, right_answers(assigned))
    seat.sync()
    assert seat.row("quiz_result", assigned["id"])["body"]["is_late"]


def test_question_of_an_article_published_anew_is_stale_at_once_and_not_drawn(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    bank(lead, 5)
    source = {"kind": "article", "id": ARTICLE, "version": 1}
    ask(lead, "q-refund", question(9, sources=[source]))
    put(lead, "quiz", "qz-1", quiz(count=6))
    publish(server.settings, helpful=3)
    lead.sync()
    assert lead.row("question", "q-refund")["body"]["state"] == "active"
    publish(server.settings, body="一个工作日")
    lead.sync()
    told = lead.row("question", "q-refund")["body"]
    assert (told["state"], told["stale_by"], told["author"]) == ("stale", ARTICLE, "zhou.min")
    assert assign(lead)["changed"]["lacks"] == 1

    version = lead.row("question", "q-refund")["version"]
    fields = {"state": ["stale", "active"], "sources": [[source], [{**source, "version": 3}]]}
    [confirmed] = lead.push(lead.op("question", "q-refund", "update", fields, base_version=version))
    assert confirmed["reason"] is None
    lead.sync()
    assert lead.row("question", "q-refund")["body"]["stale_since"] is None
    assert assign(lead, "as-2")["changed"]["lacks"] == 0


def test_question_that_went_stale_before_answers_came_does_not_count(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    for number in range(5):
        sources = [{"kind": "article", "id": ARTICLE, "version": 1}] if number == 0 else []
        ask(lead, f"q-{number}", question(number, sources=sources))
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    paper = paper_of(seat)
    begin(seat, paper)
    publish(server.settings, body="一个工作日")
    answers = [one for one in right_answers(paper) if one["question"] != "q-0"]
    hand_in(seat, paper, answers)
    seat.sync()
    result = seat.row("quiz_result", paper["id"])["body"]
    assert result["score"] == 100
    assert [mark["counts"] for mark in result["marks"] if mark["question"] == "q-0"] == [False]


def test_weekly_quiz_is_drawn_once_for_each_of_its_teams(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    bank(lead)
    at = datetime.now(UTC) + timedelta(days=1)
    local = at.astimezone(server.settings.site_zone)
    weekly = {"weekday": local.isoweekday(), "at": f"{local:%H:%M}"}
    put(lead, "quiz", "qz-1", quiz(weekly=weekly, teams=["home"]))
    assert run_weekly(server.settings, datetime.now(UTC)) == 0
    later = at + timedelta(minutes=2)
    drawn = run_weekly(server.settings, later)
    assert drawn > 0
    assert run_weekly(server.settings, later) == 0
    seat.sync()
    mine = [row["body"] for (entity, _), row in seat.slices[f"own:{LEARNER}"].items() if entity == "assignment"]
    assert [(one["why"], one["state"], len(one["papers"])) for one in mine] == [("weekly", "open", 1)]
    assert run_weekly(server.settings, later + timedelta(days=7)) == drawn
    run_weekly(server.settings, later + timedelta(days=13))
    assert _states(server.settings) == {"open": 2 * drawn}
    run_weekly(server.settings, later + timedelta(days=14, hours=1))
    assert _states(server.settings) == {"open": 2 * drawn, "failed": drawn}


def _states(settings: Settings) -> dict[str, int]:
    return dict(executed(settings, "SELECT state, count(*) FROM assignment GROUP BY state"))


def test_course_is_read_before_its_quiz(lead: Workstation, seat: Workstation, server: ServerThread) -> None:
    publish(server.settings)
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    course = {"title": {"zh": "退款", "en": "Refunds"}, "articles": [ARTICLE], "quiz": "qz-1", "due_days": 7}
    assert put(lead, "course", "co-1", course)["reason"] is None
    assert assign(lead, quiz=None, course="co-1")["reason"] is None
    paper = paper_of(seat)
    assert begin(seat, paper)["reason"] == "read_first"
    read = {"article": ARTICLE, "version": 1, "at": after(minutes=0), "dwell_s": 12}
    for _ in range(2):
        [answer] = seat.push(seat.op("assignment", "as-1", "append", {"read": [None, read]}))
        assert answer["reason"] is None
    assert begin(seat, paper)["reason"] is None
    seat.sync()
    assert len(seat.row("assignment", "as-1")["body"]["read"]) == 1


def test_who_is_not_taught_or_not_led_is_assigned_nothing(assigned: dict[str, Any], lead: Workstation) -> None:
    assert assign(lead, "as-x", agent=lead.login)["reason"] == "not_a_learner"
    assert assign(lead, "as-y", agent="nobody")["reason"] == "unknown_agent"
    assert assign(lead, "as-z", due_at=after(minutes=-1))["reason"] == "bad_due"
    assert assign(lead, "as-w", why="weekly")["reason"] == "bad_field"


def test_agent_writes_no_question_and_assigns_nothing(seat: Workstation) -> None:
    assert put(seat, "question", "q-x", question(1))["reason"] == "not_allowed"
    assert put(seat, "question_key", "q-x", key())["reason"] == "not_allowed"
    assert assign(seat)["reason"] == "not_allowed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"options": [{"key": "a", "text": "一"}]}, "options"),
        ({"text": " "}, "text"),
        ({"sources": [{"kind": "article", "id": "gone", "version": 1}]}, "sources"),
        ({"call": {"contact": "K-0"}}, "call"),
        ({"author": "nobody"}, "author"),
    ],
    ids=["one option", "no text", "no such article", "a call without a scenario", "no such author"],
)
def test_question_that_does_not_do_is_refused_by_field(lead: Workstation, wrong: Any, field: str) -> None:
    answer = put(lead, "question", "q-x", question(1, **wrong))
    assert (answer["reason"], list(answer["faults"])) == ("bad_question", [field])


def test_key_that_names_no_option_is_refused(lead: Workstation) -> None:
    put(lead, "question", "q-x", question(1))
    answer = put(lead, "question_key", "q-x", key(right=["z"]))
    assert (answer["reason"], answer["faults"]) == ("bad_question", {"right": "not_an_option"})
    assert put(lead, "question_key", "q-none", key())["reason"] == "unknown_question"


def test_call_of_a_scenario_is_heard_by_who_has_the_paper_until_it_is_handed_in(
    lead: Workstation, seat: Workstation, sit_at: SitAt
) -> None:
    colleague = sit_at("wang.qiang")
    call = {"customer_id": "C-1", "kind": "call_in", "at": after(minutes=-9), "title": "来电", "agent": "wang.qiang"}
    [made] = colleague.push(colleague.op("contact", "K-1", "create", {**call, "call_ref": "call-1"}))
    assert made["reason"] is None
    where = "/sync/v1/recordings/K-1"
    assert seat.http.get(where).json()["error"] == "recording_not_allowed"
    asked = question(1, kind="scenario", call={"contact": "K-1", "name": "退款来电", "duration_s": 9})
    ask(lead, "q-0", asked)
    put(lead, "quiz", "qz-1", quiz(count=1, retakes=0))
    assert assign(lead)["reason"] is None
    paper = paper_of(seat)
    assert seat.http.get(where).status_code == 200
    begin(seat, paper)
    hand_in(seat, paper, right_answers(paper))
    assert seat.http.get(where).json()["error"] == "recording_not_allowed"


def test_call_that_the_author_may_not_hear_is_in_no_question(sit_at: SitAt, server: ServerThread) -> None:
    appoint(server.settings, "bian.ji", Role.EDITOR)
    asked = question(1, kind="scenario", call={"contact": "K-1", "name": "", "duration_s": 0})
    answer = put(sit_at("bian.ji"), "question", "q-0", asked)
    assert answer["faults"] == {"call": "unknown"}


def test_two_processes_draw_a_week_once(lead: Workstation, seat: Workstation, server: ServerThread) -> None:
    bank(lead)
    at = datetime.now(UTC) + timedelta(days=1)
    local = at.astimezone(server.settings.site_zone)
    put(lead, "quiz", "qz-1", quiz(weekly={"weekday": local.isoweekday(), "at": f"{local:%H:%M}"}, teams=["home"]))
    later = at + timedelta(minutes=2)

    async def both() -> list[int]:
        databases = [Database(server.settings.database, pooled=False) for _ in range(2)]
        sweeps = [
            WeeklyQuizzes(database, server.settings.site_zone, 3600, lambda _heads: None, lambda: later)
            for database in databases
        ]
        try:
            return list(await asyncio.gather(*(sweep.run() for sweep in sweeps)))
        finally:
            for database in databases:
                await database.close()

    drawn = asyncio.run(both())
    seat.sync()
    papers = [key for key in seat.slices[f"own:{LEARNER}"] if key[0] == "quiz_paper"]
    assert len(papers) == 1
    count = executed(server.settings, "SELECT count(*) FROM quiz_paper")
    assert count == [(sum(drawn),)]
