"""The page of those who teach: questions with what is right, kept, sent as two rows; newcomers beside their team."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.teaching.questions import Written, answers_of, with_answers
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.teaching.page import Part, TeachingPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.command import Command, CommandKind
from agent_model.practice import Check
from agent_model.question import Bank, QuestionKind, QuestionState, Source, SourceKind, key_faults, question_faults
from agent_model.scope import EDITORS, ORG
from agent_model.wire import Row
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

    assert pane.curves["quiz"].accessibleDescription().startswith("Week 1: 62, median 89; Week 2: 70")
    assert "Week 3" not in pane.curves["quiz"].accessibleDescription()
    assert pane.curves["quality"].accessibleDescription() == ""
    assert not pane.no_inspections.isHidden()
    assert pane.table.model().rowCount() == 11
    assert pane.table.model().index(0, 2).data() == "55%  (median 83%)"
    assert pane.table.model().index(10, 2).data() == "–  (median –)"
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
