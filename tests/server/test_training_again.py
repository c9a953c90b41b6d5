"""Training when people change things under way, calls come between, and somebody tries to get round it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_model.agent import Role
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.training.open_duties import OpenDuties
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.officers import appoint
from tests.server.test_training import DRAWN, publish
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

TEAM = "UPDATE agent SET team = 'away' WHERE id = :who"


def go_on(settings: Settings, now: datetime | None = None) -> int:
    """What waits, looked through once."""

    async def working() -> int:
        database = Database(settings.database, pooled=False)
        try:
            at = now or datetime.now(UTC)
            return await OpenDuties(database, 3600, lambda _heads: None, lambda: at).run()
        finally:
            await database.close()

    return asyncio.run(working())


def call(seat: Workstation, minutes_ago: int, duration_s: int, contact: str = "K-1") -> None:
    """A call that stands on the timeline of a customer."""
    body = {
        "customer_id": "C-1",
        "kind": "call_in",
        "at": after(minutes=-minutes_ago),
        "title": "",
        "agent": seat.login,
        "duration_s": duration_s,
    }
    assert put(seat, "contact", contact, body)["reason"] is None


def change(seat: Workstation, entity: str, row_id: str, **fields: Any) -> dict[str, Any]:
    """From what the seat holds of the row; the fields are new values."""
    row = seat.row(entity, row_id)
    pairs = {name: [row["body"][name], value] for name, value in fields.items()}
    [answer] = seat.push(seat.op(entity, row_id, "update", pairs, base_version=row["version"]))
    return answer


def state_of(seat: Workstation, assignment: str = "as-1") -> dict[str, Any]:
    seat.sync()
    body: dict[str, Any] = seat.row("assignment", assignment)["body"]
    return body


# ---- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calls", "paused_s", "is_over"),
    [
        ((), 900, True),
        (((25, 600),), 600, False),
        (((25, 600), (24, 600)), 900, False),
        (((25, 60),), 900, True),
        (((300, 600),), 900, True),
    ],
    ids=["no call", "one call", "two calls at once", "a short call", "a call before"],
)
def test_pause_counts_as_far_as_there_were_calls(
    lead: Workstation,
    seat: Workstation,
    server: ServerThread,
    calls: tuple[tuple[int, int], ...],
    paused_s: int,
    is_over: bool,
) -> None:
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    paper = paper_of(seat)
    executed(server.settings, DRAWN, at=after(minutes=-60))
    begin(seat, paper, started_at=after(minutes=-30))
    for nth, (minutes_ago, duration_s) in enumerate(calls):
        call(seat, minutes_ago, duration_s, f"K-{nth}")
    hand_in(seat, paper, right_answers(paper), elapsed_s=900, paused_s=paused_s)
    seat.sync()
    assert seat.row("quiz_result", paper["id"])["body"]["is_over_time"] is is_over


def test_call_that_comes_with_the_answers_counts_too(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    paper = paper_of(seat)
    executed(server.settings, DRAWN, at=after(minutes=-60))
    body = {"customer_id": "C-1", "kind": "call_in", "at": after(minutes=-25), "title": "", "duration_s": 900}
    sheet = {"at": after(minutes=0), "answers": right_answers(paper), "elapsed_s": 900, "paused_s": 900}
    answers = seat.push(
        seat.op("attempt", paper["id"], "create", {"agent": LEARNER, "started_at": after(minutes=-30)}),
        seat.op("contact", "K-1", "create", {**body, "agent": LEARNER}),
        seat.op("attempt", paper["id"], "append", {"sheets": [None, sheet]}),
    )
    assert [one["reason"] for one in answers] == [None, None, None]
    seat.sync()
    assert not seat.row("quiz_result", paper["id"])["body"]["is_over_time"]


# ---- the bank -----------------------------------------------------------------------------------------------------


def test_paper_that_could_not_be_drawn_is_drawn_when_questions_come(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    bank(lead, 3)
    put(lead, "quiz", "qz-1", quiz())
    assert assign(lead, due_at=after(days=2))["changed"]["lacks"] == 2
    assert go_on(server.settings) == 0
    ask(lead, "q-8", question(8))
    assert go_on(server.settings) == 1
    assert (state_of(seat)["lacks"], state_of(seat)["papers"]) == (1, [])
    ask(lead, "q-9", question(9))
    assert go_on(server.settings, datetime.now(UTC) + timedelta(days=3)) == 1
    told = state_of(seat)
    assert (told["lacks"], len(told["papers"])) == (0, 1)
    assert told["due_at"] > after(days=4)
    assert paper_of(seat)["body"]["due_at"] == told["due_at"]
    assert go_on(server.settings) == 0


def test_retake_that_lacked_questions_comes_too(lead: Workstation, seat: Workstation, server: ServerThread) -> None:
    bank(lead, 5)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    lead.sync()
    change(lead, "question", "q-0", state="retired")
    paper = paper_of(seat)
    begin(seat, paper)
    hand_in(seat, paper, right_answers(paper, wrong=4))
    assert (state_of(seat)["lacks"], len(state_of(seat)["papers"])) == (1, 1)
    ask(lead, "q-9", question(9))
    assert go_on(server.settings) == 1
    assert paper_of(seat, nth=2)["body"]["nth"] == 2


def test_key_that_names_an_answer_that_is_gone_is_asked_of_nobody_until_it_is_mended(
    lead: Workstation, seat: Workstation, sit_at: SitAt, server: ServerThread
) -> None:
    bank(lead, 5)
    put(lead, "quiz", "qz-1", quiz())
    editor = sit_at("ye.wen")
    for one in (lead, editor):
        one.sync()
    options = lead.row("question", "q-0")["body"]["options"]
    assert change(editor, "question_key", "q-0", right=["c"])["reason"] is None
    assert change(lead, "question", "q-0", options=options[:2])["reason"] is None
    lead.sync()
    told = lead.row("question", "q-0")["body"]
    assert (told["state"], told["stale_by"]) == ("stale", "q-0")
    assert assign(lead)["changed"]["lacks"] == 1

    assert change(lead, "question_key", "q-0", right=["a"])["reason"] is None
    lead.sync()
    told = lead.row("question", "q-0")["body"]
    assert (told["state"], told["stale_by"], told["stale_since"]) == ("active", None, None)
    assert go_on(server.settings) == 1


def test_question_and_key_that_are_changed_together_are_asked_at_once(lead: Workstation) -> None:
    ask(lead, "q-0")
    lead.sync()
    row = lead.row("question", "q-0")
    options = [{"key": one, "text": f"{one} days"} for one in ("d", "e")]
    lead.push(
        lead.op("question", "q-0", "update", {"options": [row["body"]["options"], options]}, base_version=1),
        lead.op("question_key", "q-0", "update", {"right": [["b"], ["d"]]}, base_version=1),
    )
    lead.sync()
    assert lead.row("question", "q-0")["body"]["state"] == "active"


def test_question_of_which_two_people_dispute_what_is_right_is_not_drawn(lead: Workstation, sit_at: SitAt) -> None:
    bank(lead, 5)
    put(lead, "quiz", "qz-1", quiz())
    editor = sit_at("ye.wen")
    for one in (lead, editor):
        one.sync()
    change(editor, "question_key", "q-0", right=["c"])
    assert change(lead, "question_key", "q-0", right=["a"])["verdict"] == "conflict"
    assert assign(lead)["changed"]["lacks"] == 1


@pytest.mark.parametrize(
    ("task", "right"),
    [
        ("file_ticket", ["type:nonsense"]),
        ("file_ticket", ["priority:very"]),
        ("file_ticket", ["category:none/such"]),
        ("find_article", ["searched:refund"]),
        ("find_article", ["opened:KB-none"]),
        ("handle_call", ["answered", "transferred:nowhere"]),
        ("handle_call", ["answered", "ended", "held"]),
    ],
)
def test_task_that_nobody_can_do_is_refused(lead: Workstation, task: str, right: list[str]) -> None:
    asked = question(1, kind="task", bank="system", options=[], task=task)
    [_, answer] = lead.push(
        lead.op("question", "q-0", "create", asked), lead.op("question_key", "q-0", "create", key(right=right))
    )
    assert (answer["reason"], answer["faults"]) == ("bad_question", {"right": "unknown"})


# ---- courses ------------------------------------------------------------------------------------------------------


def read(seat: Workstation, article: str, dwell_s: int = 30, assignment: str = "as-1") -> dict[str, Any]:
    said = {"article": article, "version": 1, "at": after(minutes=0), "dwell_s": dwell_s}
    [answer] = seat.push(seat.op("assignment", assignment, "append", {"read": [None, said]}))
    return answer


def course(seat: Workstation, **fields: Any) -> None:
    body = {"title": {"zh": "退款", "en": "Refunds"}, "articles": [ARTICLE], **fields}
    assert put(seat, "course", "co-1", body)["reason"] is None


def test_article_that_was_not_on_the_screen_was_not_read(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    course(lead)
    assign(lead, quiz=None, course="co-1")
    seat.sync()
    assert read(seat, ARTICLE, dwell_s=2)["reason"] == "bad_field"
    assert read(seat, ARTICLE)["reason"] is None
    assert state_of(seat)["state"] == "passed"


def test_course_whose_last_article_is_taken_out_is_done(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    publish(server.settings, row_id="kb-more")
    course(lead, articles=[ARTICLE, "kb-more"])
    assign(lead, quiz=None, course="co-1")
    seat.sync()
    read(seat, ARTICLE)
    assert state_of(seat)["state"] == "open"
    lead.sync()
    change(lead, "course", "co-1", articles=[ARTICLE])
    assert go_on(server.settings) == 1
    assert state_of(seat)["state"] == "passed"


def test_article_that_came_to_a_course_later_takes_nobodys_answers_away(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    publish(server.settings, row_id="kb-more")
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    course(lead, quiz="qz-1")
    assign(lead, quiz=None, course="co-1")
    paper = paper_of(seat)
    lead.sync()
    change(lead, "course", "co-1", articles=[ARTICLE, "kb-more"])
    assert begin(seat, paper)["reason"] == "read_first"
    read(seat, ARTICLE)
    assert begin(seat, paper)["reason"] is None


def test_course_that_is_given_a_quiz_later_has_a_paper(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    course(lead)
    assign(lead, quiz=None, course="co-1")
    lead.sync()
    change(lead, "course", "co-1", quiz="qz-1")
    assert go_on(server.settings) == 1
    assert len(state_of(seat)["papers"]) == 1
    assert go_on(server.settings) == 0


def test_failed_try_of_a_quiz_that_left_its_course_is_the_end_of_it(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(server.settings)
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    course(lead, quiz="qz-1")
    assign(lead, quiz=None, course="co-1")
    paper = paper_of(seat)
    read(seat, ARTICLE)
    begin(seat, paper)
    lead.sync()
    change(lead, "course", "co-1", quiz=None)
    hand_in(seat, paper, right_answers(paper, wrong=5))
    assert state_of(seat)["state"] == "passed"


# ---- people -------------------------------------------------------------------------------------------------------


def test_what_was_taken_back_while_somebody_was_offline_is_judged_and_nothing_more(
    lead: Workstation, seat: Workstation
) -> None:
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    paper = paper_of(seat)
    lead.sync()
    assert change(lead, "assignment", "as-1", state="dropped")["reason"] is None
    assert begin(seat, paper)["reason"] is None
    assert hand_in(seat, paper, right_answers(paper, wrong=5))["reason"] is None
    told = state_of(seat)
    assert (told["state"], len(told["papers"])) == ("dropped", 1)
    assert seat.row("quiz_result", paper["id"])["body"]["score"] == 0


def test_assignment_follows_its_learner_to_another_team_and_ends_when_they_are_taught_no_more(
    lead: Workstation, seat: Workstation, server: ServerThread
) -> None:
    bank(lead)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    executed(server.settings, TEAM, who=LEARNER)
    assert go_on(server.settings) == 1
    lead.sync()
    assert not any(entity == "assignment" for rows in lead.slices.values() for entity, _ in rows)
    assert state_of(seat)["team"] == "away"
    executed(server.settings, "UPDATE agent SET role = 'auditor' WHERE id = :who", who=LEARNER)
    assert go_on(server.settings) == 1
    assert state_of(seat)["state"] == "dropped"


def test_changes_stand_in_the_audit_trail_and_every_version_is_kept_for_who_writes_questions(
    lead: Workstation, seat: Workstation, sit_at: SitAt, server: ServerThread
) -> None:
    bank(lead, 5)
    put(lead, "quiz", "qz-1", quiz())
    assign(lead)
    lead.sync()
    change(lead, "question_key", "q-0", right=["c"], points=2)
    change(lead, "quiz", "qz-1", pass_mark=60)
    change(lead, "assignment", "as-1", state="dropped")
    told = set(executed(server.settings, "SELECT deed, subject, field FROM audit_line"))
    assert {
        ("question_changed", "q-0", "points,right"),
        ("quiz_changed", "qz-1", "pass_mark"),
        ("assignment_changed", "as-1", "state"),
    } <= told
    kept = lead.http.get("/sync/v1/question-keys/q-0/versions").json()["versions"]
    assert [one["body"]["right"] for one in kept] == [["c"], ["b"]]
    assert len(lead.http.get("/sync/v1/questions/q-0/versions").json()["versions"]) == 1
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    for other in (seat, sit_at("shen.ji")):
        assert other.http.get("/sync/v1/question-keys/q-0/versions").status_code == 403
