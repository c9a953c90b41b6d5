"""The page of those who teach: questions with what is right, kept, sent as two rows; newcomers beside their team."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.teaching.questions import Written, answers_of, with_answers
from agent_desktop.teaching.results import by_person, by_question, by_team
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.desks.quiz_results import By, ResultsOut
from agent_desktop.ui.teaching.page import Part, TeachingPage
from agent_desktop.ui.teaching.training_pane import TrainingPane
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.shortcuts import chords
from agent_model.agent import Role
from agent_model.attempt import AttemptId, Mark, QuizResult
from agent_model.body import to_body
from agent_model.command import Command, CommandKind
from agent_model.desk_policy import SITE, DeskPolicy, ExportRule
from agent_model.export import ExportKind
from agent_model.moment import to_text
from agent_model.practice import Check
from agent_model.question import (
    Bank,
    PlayedCall,
    QuestionKind,
    QuestionState,
    Source,
    SourceKind,
    key_faults,
    question_faults,
)
from agent_model.scope import EDITORS, ORG, Scope, leads
from agent_model.wire import Row
from tests.desktop.announcements_made import announcement_row
from tests.desktop.rows import contact_row
from tests.training_samples import assignment_row
from tests.ui.seat import AgentSeat
from tests.ui.teaching_samples import newcomers, written

ARTICLE: dict[str, Any] = {
    "title": "退款多久到账",
    "body": "两个工作日",
    "category": "售后",
    "language": "zh-CN",
    "keywords": [],
}
SeatAs = Callable[[Role], AgentSeat]


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / role, look, role=role))
        seats[-1].mirror.apply(
            ORG, [Row("article", "kb-refund", 4, {**ARTICLE, "updated_at": "2026-11-20T04:00:00.000Z"})], None
        )
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def opened(seat: AgentSeat) -> TeachingPage:
    seat.window.show_page(Page.TEACHING)
    return seat.window.pages.teaching


def commands(seat: AgentSeat) -> list[Command]:
    return list(seat.outbox.waiting(10))


def held(seat: AgentSeat, *rows: Written) -> None:
    """The questions as the server has them."""
    questions = [Row("question", one.id, one.version, to_body(one.question)) for one in rows]
    keys = [Row("question_key", one.id, one.key.version, to_body(one.key)) for one in rows]
    seat.mirror.apply(EDITORS, [*questions, *keys], None)


@pytest.mark.parametrize(
    ("kind", "answers", "right"),
    [
        pytest.param(QuestionKind.SINGLE, "甲\n* 乙\n丙", ("b",), id="one"),
        pytest.param(QuestionKind.MULTIPLE, "* 甲\n* 乙\n丙", ("a", "b"), id="several"),
        pytest.param(QuestionKind.ORDER, "甲\n乙\n丙", ("a", "b", "c"), id="order"),
        pytest.param(QuestionKind.SHORT_TEXT, "退款|退钱\n三天", ("退款|退钱", "三天"), id="short text"),
        pytest.param(QuestionKind.TRUE_FALSE, "", ("true",), id="true or false"),
        pytest.param(
            QuestionKind.TASK, "searched:退款\nopened:kb-refund", ("searched:退款", "opened:kb-refund"), id="task"
        ),
    ],
)
def test_answers_are_read_as_they_are_written_and_make_a_whole_question(
    kind: QuestionKind, answers: str, right: tuple[str, ...]
) -> None:
    row = written("q-1", kind, "问", answers)
    task = Check.FIND_ARTICLE if kind is QuestionKind.TASK else None
    row = Written(replace(row.question, task=task), row.key)
    assert row.key.right == right
    assert answers_of(row) == answers
    assert (*question_faults(row.question), *key_faults(row.question, row.key)) == ()
    assert with_answers(row, answers_of(row)) == row


def test_wide_star_marks_what_is_right_too() -> None:
    row = written("q-1", QuestionKind.SINGLE, "问", "甲\n＊乙")
    assert ([one.text for one in row.question.options], row.key.right) == (["甲", "乙"], ("b",))


@pytest.mark.parametrize(
    ("kind", "text", "keys", "right"),
    [
        pytest.param(QuestionKind.SINGLE, "新\n甲\n* 乙", ["c", "a", "b"], ("b",), id="one more at the top"),
        pytest.param(QuestionKind.SINGLE, "* 乙\n甲", ["b", "a"], ("b",), id="turned round"),
        pytest.param(QuestionKind.SINGLE, "甲\n* 乙的", ["a", "b"], ("b",), id="written anew"),
        pytest.param(QuestionKind.SINGLE, "* 乙", ["b"], ("b",), id="one less"),
        pytest.param(QuestionKind.ORDER, "乙\n丙\n甲", ["b", "c", "a"], ("b", "c", "a"), id="an order"),
    ],
)
def test_answer_keeps_its_key_wherever_it_is_moved(
    kind: QuestionKind, text: str, keys: list[str], right: tuple[str, ...]
) -> None:
    row = with_answers(written("q-1", kind, "问", "甲\n* 乙"), text)
    assert [one.key for one in row.question.options] == keys
    assert row.key.right == right


def test_question_whose_key_names_no_answer_any_more_says_so_and_saving_mends_it(seat_as: SeatAs) -> None:
    seat = seat_as(Role.EDITOR)
    broken = written("q-2", QuestionKind.SINGLE, "问", "甲\n* 乙", state=QuestionState.STALE, stale_by="q-2")
    held(seat, Written(broken.question, replace(broken.key, right=("z",))))
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.form.stale.full_text.startswith("What is marked as right is no answer"))
    assert pane._source_card.isHidden()
    pane.form.areas["answers"].setPlainText("* 甲\n乙")
    pane.form.send()
    assert seat.pump(lambda: len(commands(seat)) == 2)
    question, key = commands(seat)
    assert (question.fields["state"].new, key.fields["right"].new) == ("active", ["a"])


def test_question_is_tied_to_an_announcement_that_was_found(seat_as: SeatAs) -> None:
    seat = seat_as(Role.EDITOR)
    told = announcement_row("an-1", 3, title="换货新规", body="十五天内可换")
    seat.mirror.apply(ORG, [told], None)
    pane = opened(seat).questions
    pane.new.click()
    form = pane.form
    assert seat.pump(lambda: form.row is not None)
    form.to_find.setText("换货新规")
    assert seat.pump(lambda: form._kinds.get("an-1") is SourceKind.ANNOUNCEMENT)
    form.found.setFocus()
    form._tie("an-1")
    form.areas["text"].setPlainText("几天内可以换货？")
    form.lines["topic"].setText("换货")
    form.areas["answers"].setPlainText("* 十五天\n七天")
    form.send()
    assert seat.pump(lambda: len(commands(seat)) == 2)
    assert commands(seat)[0].fields["sources"].new == [{"kind": "announcement", "id": "an-1", "version": 3}]


def test_new_question_is_sent_as_a_question_and_its_key(seat_as: SeatAs) -> None:
    seat = seat_as(Role.EDITOR)
    pane = opened(seat).questions
    pane.new.click()
    form = pane.form
    assert seat.pump(lambda: form.row is not None)
    form.areas["text"].setPlainText("退款几日到账？")
    form.lines["topic"].setText("退款")
    form.areas["answers"].setPlainText("* 两个工作日\n七个工作日")
    form._tie("kb-refund")
    assert "☐  两个工作日" in pane.preview.full_text
    form.send()
    assert seat.pump(lambda: len(commands(seat)) == 2)

    question, key = commands(seat)
    assert (question.entity, key.entity, question.id == key.id) == ("question", "question_key", True)
    assert question.fields["sources"].new == [{"kind": "article", "id": "kb-refund", "version": 4}]
    assert (key.fields["right"].new, question.kind) == (["a"], CommandKind.CREATE)
    assert seat.pump(lambda: seat.rooms.questions.drafts() == ())


def test_what_is_missing_is_said_at_its_field_and_the_draft_stays(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat).questions
    pane.new.click()
    assert seat.pump(lambda: pane.form.row is not None)
    pane.form.areas["text"].setPlainText("退款几日到账？")
    pane.form.send()
    assert seat.pump(lambda: bool(pane.form.faults.full_text))

    assert "Topic: something has to stand here." in pane.form.faults.full_text
    assert commands(seat) == []
    seat.workspace.questions.save_now()
    assert seat.pump(lambda: [one.row.question.text for one in seat.rooms.questions.drafts()] == ["退款几日到账？"])


def test_stale_question_stands_first_says_why_and_saving_it_makes_it_active_by_what_is_published_now(
    seat_as: SeatAs,
) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    sources = (Source(SourceKind.ARTICLE, "kb-refund", 3),)
    stale = written(
        "q-2", QuestionKind.SINGLE, "旧题", "* 甲\n乙", sources=sources, state=QuestionState.STALE, stale_by="kb-refund"
    )
    held(seat, written("q-1", QuestionKind.SINGLE, "安题", "* 甲\n乙"), stale)
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.form.row_id == "q-2" and "退款多久到账" in pane.form.stale.full_text)
    assert seat.pump(lambda: "两个工作日" in pane.source.full_text)

    pane.form.send()
    assert seat.pump(lambda: len(commands(seat)) == 1)
    [sent] = commands(seat)
    assert (sent.entity, sent.kind, sent.fields["state"].new) == ("question", CommandKind.UPDATE, "active")
    assert sent.fields["sources"].new == [{"kind": "article", "id": "kb-refund", "version": 4}]


def test_stale_question_shows_what_changed_since_it_was_looked_at_and_is_confirmed_there(seat_as: SeatAs) -> None:
    seat = seat_as(Role.EDITOR)
    fields = {**ARTICLE, "updated_at": "2026-11-10T04:00:00.000Z"}
    seat.server.kept_rows = (
        Row("article", "kb-refund", 4, {**fields, "body": "两个工作日"}),
        Row("article", "kb-refund", 3, {**fields, "body": "三个工作日"}),
        Row("article", "kb-refund", 1, {**fields, "body": "七个工作日"}),
    )
    sources = (Source(SourceKind.ARTICLE, "kb-refund", 3),)
    stale: dict[str, Any] = {"sources": sources, "state": QuestionState.STALE, "stale_by": "kb-refund"}
    held(seat, written("q-2", QuestionKind.SINGLE, "旧题", "* 甲\n乙", **stale))
    pane = opened(seat).questions
    assert seat.pump(pane.difference.isVisible)

    text = pane.difference.toPlainText()
    assert "− 三个工作日" in text.replace("\u00a0", " ")
    assert "+ 两个工作日" in text.replace("\u00a0", " ")
    assert pane.changed.full_text == "Since the question was looked at: − 1 lines, + 1 lines."
    pane.edit.click()
    assert pane.form.areas["text"].hasFocus()
    pane.still_right.click()
    assert seat.pump(lambda: len(commands(seat)) == 1)
    assert commands(seat)[0].fields["state"].new == "active"
    assert seat.pump(pane.difference.isHidden)
    assert pane.still_right.isHidden()


def test_call_of_a_scenario_is_chosen_among_those_that_the_lead_may_hear(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    people = [("gao.fei", "home"), ("emma.clarke", "business")]
    agents = [Row("agent", id_, 1, {**HOME, "login": id_, "team": team}) for id_, team in people]
    seat.mirror.apply(ORG, agents, None)
    calls = [
        contact_row("K-1", "2026-11-19T10:00:00.000Z", kind="call_in", agent="gao.fei", title="宽带慢"),
        contact_row("K-2", "2026-11-20T10:00:00.000Z", kind="call_in", agent="gao.fei", title="退款"),
        contact_row("K-3", "2026-11-20T11:00:00.000Z", kind="call_in", agent="emma.clarke", title="别的组"),
        contact_row("K-4", "2026-11-20T12:00:00.000Z", kind="call_missed", agent="gao.fei", title="未接"),
    ]
    seat.mirror.apply(Scope("q:billing"), calls, None)
    scenario = written("q-9", QuestionKind.SCENARIO, "听", "* 好\n差", call=PlayedCall("K-old", "去年那通"))
    held(seat, scenario)
    pane = opened(seat).questions
    call = pane.form.call
    assert seat.pump(lambda: [call.itemData(n) for n in range(call.count())] == ["K-old", "K-2", "K-1"])
    assert (call.chosen, call.currentText()) == ("K-old", "去年那通")
    assert "退款" in call.itemText(1)

    call._take(1)
    assert pane.form.row is not None
    assert pane.form.row.question.call == PlayedCall("K-2")
    pane.form.send()
    assert seat.pump(lambda: len(commands(seat)) == 1)
    assert commands(seat)[0].fields["call"].new == {"contact": "K-2", "name": "", "duration_s": 0}


def test_questions_are_filtered_by_bank_topic_and_state(seat_as: SeatAs) -> None:
    seat = seat_as(Role.EDITOR)
    spoken = written("q-2", QuestionKind.SINGLE, "口试题", "* 甲\n乙", topic="礼仪")
    held(
        seat,
        written("q-1", QuestionKind.SINGLE, "笔试题", "* 甲\n乙"),
        Written(replace(spoken.question, bank=Bank.SPOKEN), spoken.key),
    )
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.rows.model().rowCount() == 2)
    pane.banks.setCurrentIndex(pane.banks.findData("spoken"))
    assert pane.rows.model().rowCount() == 1
    pane.banks.setCurrentIndex(0)
    pane.topics.setCurrentIndex(pane.topics.findData("退款"))
    assert pane.rows.model().rowCount() == 1
    pane.states.setCurrentIndex(pane.states.findData("retired"))
    assert pane.rows.model().rowCount() == 0


@pytest.mark.parametrize(("role", "is_offered"), [(Role.AGENT, False), (Role.EDITOR, True), (Role.DUTY_MANAGER, True)])
def test_page_is_there_for_who_teaches(seat_as: SeatAs, role: Role, is_offered: bool) -> None:
    assert seat_as(role).window.rail.offers(Page.TEACHING) is is_offered


def test_editor_leads_nobody_and_sees_no_newcomers(seat_as: SeatAs) -> None:
    page = opened(seat_as(Role.EDITOR))
    assert page.parts.isHidden()


def test_lead_sees_newcomers_drawn_in_words_and_as_a_table(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    seat.server.kept_newcomers = newcomers()
    page = opened(seat)
    page.part_taken.emit(Part.NEWCOMERS)
    pane = page.newcomers
    assert seat.pump(lambda: pane.people.model().rowCount() == 2)

    assert pane.curves["quiz"].accessibleDescription().startswith("Week 1: 62 (n 1), median 89; Week 2: 70 (n 1)")
    assert "Week 3" not in pane.curves["quiz"].accessibleDescription()
    assert pane.curves["quality"].accessibleDescription() == ""
    assert not pane.no_inspections.isHidden()
    assert pane.table.model().rowCount() == 11
    assert pane.table.model().index(0, 2).data() == "55%  (n 2, median 83%)"
    first = seat.server.kept_newcomers.newcomers[0].weeks
    assert [pane.curves["first_contact"].tells(week) for week in first[:2]] == [False, True]
    assert pane.table.model().index(10, 2).data() == "—"
    pane.people.taken.emit("xu.jing")
    assert pane.table.model().rowCount() == 3


def test_day_of_joining_is_told_the_server_and_what_is_no_day_stays(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    seat.server.kept_newcomers = newcomers()
    page = opened(seat)
    page.part_taken.emit(Part.NEWCOMERS)
    pane = page.newcomers
    assert seat.pump(lambda: pane.day.text() == "2026-09-07")
    pane.day.setText("上周一")
    pane.tell.click()
    assert pane.outcome.full_text == "上周一 is not a day such as 2026-09-01."
    assert (pane.day.text(), seat.server.told_joined) == ("上周一", [])
    pane.who.offer((("gao.fei", "Gao Fei"),))
    pane.who.choose("gao.fei")
    pane.day.setText("2026-09-01")
    pane.tell.click()
    assert seat.pump(lambda: seat.server.told_joined == [("gao.fei", date(2026, 9, 1))])


HOME = {"name": {"zh": "高飞", "en": "Gao Fei"}, "role": "agent", "extension": "", "queues": [], "languages": ["zh-CN"]}
QUIZ = {"title": {"zh": "每周测验", "en": "Weekly quiz"}, "count": 5, "due_days": 7, "is_on": True}


def result(n: int, agent: str, score: int, rights: tuple[bool, ...], **fields: Any) -> QuizResult:
    at = datetime(2026, 11, 20, 4, n, tzinfo=UTC)
    marks = tuple(Mark(f"q-{k}", 1, right, 1, (), ()) for k, right in enumerate(rights))
    whole: dict[str, Any] = {"team": "home", "nth": 1, **fields}
    return QuizResult(
        AttemptId(f"p-{n}"),
        "as-1",
        "qz-1",
        agent,
        whole["team"],
        whole["nth"],
        score,
        score >= 80,
        marks,
        at,
        at,
        60,
        at,
    )


def test_questions_say_how_many_were_right_and_how_well_they_tell_good_from_bad() -> None:
    rights = (
        (True, True, False),
        (True, True, False),
        (True, False, False),
        (True, False, True),
        (True, False, True),
        (True, False, True),
    )
    results = [result(n, f"a-{n}", 100 - n, one) for n, one in enumerate(rights)]
    asked = {one.question: one for one in by_question(results, {"q-1": "退款？"})}
    assert [(asked[f"q-{n}"].right, asked[f"q-{n}"].asked) for n in range(3)] == [(6, 6), (2, 6), (3, 6)]
    assert [asked[f"q-{n}"].tells_apart for n in range(3)] == [0.0, 1.0, -1.0]
    assert [asked[f"q-{n}"].is_telling for n in range(3)] == [False, True, True]
    assert asked["q-1"].text == "退款？"
    assert by_question(results[:5], {})[0].tells_apart is None


def test_marks_that_do_not_count_are_left_out() -> None:
    one = result(1, "a-1", 100, (True,))
    mark = replace(one.marks[0], counts=False)
    assert by_question([replace(one, marks=(mark,))], {}) == ()


def test_people_are_told_by_their_newest_try_and_teams_by_who_passed() -> None:
    results = [
        result(1, "a", 60, ()),
        result(2, "a", 90, (), nth=2),
        result(3, "b", 70, ()),
        result(4, "c", 85, (), team="visits"),
    ]
    assert [(one.agent, one.tries, one.score, one.best, one.is_passed) for one in by_person(results)] == [
        ("b", 1, 70, 70, False),
        ("c", 1, 85, 85, True),
        ("a", 2, 90, 90, True),
    ]
    assert [(one.team, one.people, one.passed) for one in by_team(results)] == [("home", 2, 1), ("visits", 1, 1)]


def led(seat: AgentSeat) -> TeachingPage:
    """Three agents of the lead's team and one of another, a quiz and a result."""
    people = [("gao.fei", "home"), ("xu.jing", "home"), ("emma.clarke", "business")]
    agents = [Row("agent", id_, 1, {**HOME, "login": id_, "team": team}) for id_, team in people]
    seat.mirror.apply(ORG, [*agents, Row("quiz", "qz-1", 1, QUIZ)], None)
    found = result(1, "gao.fei", 70, (True, False))
    seat.mirror.apply(leads("home"), [Row("quiz_result", found.id, 1, to_body(found))], None)
    page = opened(seat)
    page.part_taken.emit(Part.TRAINING)
    assert seat.pump(lambda: page.training.what.count() == 1)
    return page


def test_lead_gives_a_quiz_to_people_and_teams_once_each(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = led(seat).training
    pane.what.choose("quiz:qz-1")
    pane.people.choose(["gao.fei"])
    pane.teams.choose(["home"])
    pane.days.setText("3")
    pane.note.setPlainText("上周质检两次说错时限")
    pane.send()
    assert seat.pump(lambda: len(commands(seat)) == 3)

    sent = commands(seat)
    assert [one.fields["agent"].new for one in sent] == ["gao.fei", "a-1007", "xu.jing"]
    assert {(one.fields["quiz"].new, one.fields["note"].new) for one in sent} == {("qz-1", "上周质检两次说错时限")}
    assert seat.pump(lambda: pane.given.model().rowCount() == 3)
    assert pane.people.chosen == ()


def given(seat: AgentSeat, *rows: Row) -> TrainingPane:
    """What was assigned to people of the lead's team, in the table."""
    page = led(seat)
    seat.mirror.apply(leads("home"), list(rows), None)
    page.part_taken.emit(Part.TRAINING)
    assert seat.pump(lambda: page.training.given.model().rowCount() == len(rows))
    return page.training


def test_what_was_assigned_is_taken_back_after_it_was_asked_once(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    done = assignment_row("as-2", agent="xu.jing", state="passed")
    pane = given(seat, assignment_row("as-1", agent="gao.fei"), done)
    pane.take_back.click()
    assert seat.pump(lambda: pane.told.full_text == "Choose in the table what is still open.")
    pane.given.selectAll()
    QTest.keyClick(pane.given, Qt.Key.Key_Delete)
    assert pane.told.full_text == "Nobody has to do these 2 any more. Take them back?"
    assert commands(seat) == []
    QTest.keyClick(pane.given, Qt.Key.Key_Delete)
    assert seat.pump(lambda: len(commands(seat)) == 1)
    [sent] = commands(seat)
    assert (sent.id, sent.kind, sent.fields["state"].new) == ("as-1", CommandKind.UPDATE, "dropped")
    assert seat.pump(lambda: pane.told.full_text.startswith("Taken back: 1"))


def test_who_has_too_little_time_is_given_more(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    due = to_text(seat.clock.now + timedelta(days=1))
    pane = given(seat, assignment_row("as-1", agent="gao.fei", due_at=due))
    pane.given.selectAll()
    pane.more.setText("x")
    pane.give_time.click()
    assert seat.pump(lambda: pane.told.full_text == "Write how many days more, 1 to 90.")
    pane.more.setText("3")
    pane.give_time.click()
    assert seat.pump(lambda: len(commands(seat)) == 1)
    assert commands(seat)[0].fields["due_at"].new == to_text(seat.clock.now + timedelta(days=4))


@pytest.mark.parametrize(
    ("days", "people", "said"),
    [("7", [], "Choose people or a team."), ("0", ["gao.fei"], "Write after how many days it is due, 1 to 90.")],
)
def test_what_is_missing_for_an_assignment_is_said_and_what_was_written_stays(
    seat_as: SeatAs, days: str, people: list[str], said: str
) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = led(seat).training
    pane.what.choose("quiz:qz-1")
    pane.people.choose(people)
    pane.days.setText(days)
    pane.note.setPlainText("为什么")
    pane.send()
    assert seat.pump(lambda: pane.outcome.full_text == said)
    assert (commands(seat), pane.note.toPlainText()) == ([], "为什么")


def test_results_are_shown_by_person_question_and_team(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = led(seat).training
    assert seat.pump(lambda: pane.by_question.model().rowCount() == 2)
    assert [pane.by_person.model().index(0, n).data() for n in range(1, 5)] == ["1", "70", "70", "No"]
    assert pane.by_question.model().index(0, 3).data() == "Nobody is right: look at it"
    assert pane.by_question.model().index(1, 3).data() == "Everybody is right: it asks nothing"
    assert pane.by_team.model().index(0, 2).data() == "0  0%"
    assert pane.nothing.isHidden()


@pytest.mark.parametrize(
    ("by", "first", "row"),
    [
        pytest.param(By.PERSON, ["Who", "Team", "Try", "Points of 100", "Passed"], ["-", "no"], id="by person"),
        pytest.param(
            By.QUESTION, ["Question", "Topic", "Asked", "Right", "Share right"], ["'=q-1", "0%"], id="by question"
        ),
        pytest.param(By.ANSWER, ["Who", "Team", "Try", "Question", "Topic"], ["1", "q-0"], id="by answer"),
    ],
)
def test_results_go_out_as_a_file_that_is_on_record(
    seat_as: SeatAs, tmp_path: Path, by: By, first: list[str], row: list[str]
) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    held(seat, written("q-1", QuestionKind.SINGLE, "=q-1", "* 甲\n乙"))
    pane = led(seat).training
    assert seat.pump(pane.export.isEnabled)
    [out] = pane.findChildren(ResultsOut)
    out.bring_out(by)
    panel = out.export.panel
    assert seat.pump(panel.isVisible)
    panel.form._buttons["csv"].click()
    panel.path.setText(str(tmp_path / "out.csv"))
    panel.start.click()
    assert seat.pump(lambda: len(commands(seat)) == 1)

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:5] == first
    assert set(row) - {"-"} <= set(rows[1])
    told = {field: change.new for field, change in commands(seat)[0].fields.items()}
    assert (told["kind"], told["subject"], told["what"]) == ("list", "quiz_results", "Weekly quiz")


def test_results_may_leave_only_as_the_policy_says(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    rule = ExportRule(ExportKind.LIST, "quiz_results", (Role.DUTY_MANAGER,), 10, 10)
    policy = DeskPolicy(exports=(rule,))
    seat.mirror.apply(ORG, [Row("desk_policy", SITE, 1, to_body(policy))], None)
    pane = led(seat).training
    [out] = pane.findChildren(ResultsOut)
    out.bring_out(By.PERSON)
    panel = out.export.panel
    assert seat.pump(panel.isVisible)
    assert panel._about.full_text == "Your role may not export this list. Ask who leads your team."
    assert panel.start.isHidden()


def test_every_chord_of_the_window_is_one_things_alone() -> None:
    keys = [chord.keys for chord in chords()]
    assert sorted(key for key in keys if keys.count(key) > 1) == []
