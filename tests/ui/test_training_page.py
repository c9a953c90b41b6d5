"""The page of training: papers taken by keyboard, kept on the disk, paused by calls; courses read; results told."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.ui.training.answers import ChoiceAnswer, OrderAnswer, TextAnswer
from agent_desktop.ui.training.page import TrainingPage
from agent_desktop.ui.training.practice import CallPractice, FindPractice, TicketPractice
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.rail import Page
from agent_model.command import CommandKind
from agent_model.practice import Check, is_done
from agent_model.scope import ORG, own
from agent_model.wire import Row
from tests.training_samples import article_row, asked, assignment_row, course_row, paper_row, result_row
from tests.ui.desk import focus
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat

ALT = Qt.KeyboardModifier.AltModifier
Open = Callable[..., TrainingPage]


@pytest.fixture
def opened(seat: AgentSeat) -> Open:
    """Turns to the page with these rows on the disk."""

    def open_(*rows: Row, published: tuple[Row, ...] = ()) -> TrainingPage:
        seat.mirror.apply(own(ME.id), [_mine(row) for row in rows], None)
        seat.mirror.apply(ORG, list(published), None)
        seat.window.activateWindow()
        assert QTest.qWaitForWindowActive(seat.window, 5_000)
        seat.window.show_page(Page.TRAINING)
        page = seat.window.pages.training
        assert seat.pump(lambda: page.to_do.isVisible() or page.done.isVisible())
        return page

    return open_


def _mine(row: Row) -> Row:
    return Row(row.entity, row.id, row.version, {**row.body, "agent": ME.id})


def begun(seat: AgentSeat, page: TrainingPage) -> TrainingPage:
    assert page.duty.begin.isVisible()
    page.duty.begin.click()
    assert seat.pump(lambda: page.shows(page.paper))
    return page


def keys(*pressed: Any) -> None:
    for key in pressed:
        QTest.keyClick(focus(), key)


def drafted(seat: AgentSeat, paper: str = "p-1") -> dict[str, Any]:
    kept = seat.outbox.draft(paper, "attempt")
    return {} if kept is None else {name: one["answer"] for name, one in kept.body["answers"].items()}


def sheets(seat: AgentSeat) -> list[dict[str, Any]]:
    found = seat.outbox.waiting(20)
    return [one.fields["sheets"].new for one in found if (one.entity, one.kind) == ("attempt", CommandKind.APPEND)]


def test_quiz_is_taken_by_keyboard_alone(seat: AgentSeat, opened: Open) -> None:
    page = begun(seat, opened(assignment_row(), paper_row()))
    assert isinstance(page.paper.answer, ChoiceAnswer)
    keys(Qt.Key.Key_2, Qt.Key.Key_Return)
    keys(Qt.Key.Key_1, Qt.Key.Key_3)
    QTest.keyClick(focus(), Qt.Key.Key_Right, ALT)
    keys(Qt.Key.Key_2, Qt.Key.Key_Return)
    order = page.paper.answer
    assert isinstance(order, OrderAnswer)
    QTest.keyClick(focus(), Qt.Key.Key_Down, ALT)
    assert order.order == ["2", "1", "3", "4"]
    page.paper.next.click()
    assert isinstance(page.paper.answer, TextAnswer)
    QTest.keyClicks(focus(), "please wait 2 days")
    assert seat.pump(lambda: drafted(seat).get("q-5") == ["please wait 2 days"])
    expected = {"q-1": ["2"], "q-2": ["1", "3"], "q-3": ["false"], "q-4": ["2", "1", "3", "4"]}
    assert {name: drafted(seat)[name] for name in expected} == expected


def test_handing_in_with_gaps_asks_once_and_is_for_good(seat: AgentSeat, opened: Open) -> None:
    page = begun(seat, opened(assignment_row(), paper_row()))
    keys(Qt.Key.Key_2)
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.paper.told.full_text.startswith("5 without an answer")
    assert sheets(seat) == []
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: page.shows(page.duty))
    assert page.duty.words.full_text.startswith("Handed in")
    [sheet] = sheets(seat)
    assert [one["answer"] for one in sheet["answers"]] == [["2"]]
    assert drafted(seat) == {}
    assert not page.duty.begin.isVisible()


def test_time_that_is_over_hands_in_as_it_stands(seat: AgentSeat, opened: Open) -> None:
    page = begun(seat, opened(assignment_row(), paper_row(time_limit_s=60)))
    keys(Qt.Key.Key_2)
    seat.workspace.training.tick()
    assert page.paper.clock.full_text == "01:00 left"
    seat.clock.move(seconds=61)
    seat.workspace.training.tick()
    assert seat.pump(lambda: len(sheets(seat)) == 1)


def test_call_pauses_the_clock_and_nothing_is_lost(seat: AgentSeat, opened: Open) -> None:
    page = begun(seat, opened(assignment_row(), paper_row(time_limit_s=600)))
    keys(Qt.Key.Key_2)
    caller = seat.telephone("13800006721")
    caller.call(ME.extension)
    assert seat.pump(lambda: seat.rooms.phone.snapshot().calls)
    assert page.isVisible()
    seat.workspace.training.tick()
    assert (page.paper.text.isVisible(), page.paper.clock.full_text) == (True, "10:00 left")
    seat.window.strip.answer()
    assert seat.pump(lambda: any(item.is_in_call for item in seat.workspace.items))
    assert seat.pump(lambda: any(item.is_answered for item in seat.workspace.items))
    seat.workspace.training.tick()
    seat.clock.move(seconds=300)
    seat.workspace.training.tick()
    paper = page.paper
    assert paper.clock.full_text == "The clock stands still during the call"
    assert not any(one is not None and one.isVisible() for one in (paper.text, paper.answer, paper.how, paper.hand_in))
    assert paper.waits.isVisible()
    QTest.keyClick(paper, Qt.Key.Key_3)
    page.send()
    page.send()
    assert sheets(seat) == []
    caller.hang_up()
    assert seat.pump(lambda: not any(item.is_in_call for item in seat.workspace.items))
    seat.workspace.training.tick()
    seat.window.show_page(Page.TRAINING)
    assert page.paper.clock.full_text == "10:00 left"
    assert seat.workspace.training._taking is not None
    assert seat.workspace.training._taking.answer("q-1") == ("2",)
    assert (paper.text.isVisible(), paper.waits.isVisible()) == (True, False)
    keys(Qt.Key.Key_3)
    assert seat.workspace.training._taking.answer("q-1") == ("3",)


def test_what_waits_is_counted_on_the_rail_before_the_page_was_ever_opened(seat: AgentSeat) -> None:
    seat.mirror.apply(own(ME.id), [_mine(assignment_row()), _mine(paper_row())], None)
    seat.workspace.training.read()
    button = next(one for one in seat.window.rail.findChildren(Button) if one.accessibleName() == "Training")
    assert seat.pump(lambda: button.accessibleDescription() == "To do: 1")


def test_result_says_what_is_right_and_why_and_leads_to_the_article(seat: AgentSeat, opened: Open) -> None:
    page = opened(assignment_row(state="failed"), paper_row(), result_row(), published=(article_row(),))
    assert page.shows(page.result)
    assert (page.result.score.full_text, page.result.pill.text()) == ("50 of 100", "Not passed")
    told = [label.full_text for label in page.result.findChildren(Label)]
    assert "Right is: 3 个工作日" in told
    assert "退款审核通过后 3 个工作日内原路退回，节假日顺延。" in told
    assert "Right is: open 退款多久到账" in told
    link = next(one for one in page.result.findChildren(Button) if one.accessibleName() == "Open the article")
    link.click()
    assert seat.window.pages.shown is Page.WORKSPACE
    assert seat.pump(lambda: seat.window.right.knowledge.isVisible())


def test_result_of_a_failed_try_is_shown_first_and_another_try_waits(seat: AgentSeat, opened: Open) -> None:
    page = begun(seat, opened(assignment_row(), paper_row()))
    for _ in range(2):
        page.paper.send()
    assert seat.pump(lambda: page.shows(page.duty))
    attempt = Row("attempt", "p-1", 2, {"agent": ME.id, "started_at": paper_row().body["drawn_at"], "sheets": [{}]})
    rows = (assignment_row(papers=["p-1", "p-2"]), paper_row("p-2", nth=2), result_row(), attempt)
    seat.mirror.apply(own(ME.id), [Row(one.entity, one.id, 3, _mine(one).body) for one in rows], None)
    seat.workspace.training.read()
    assert seat.pump(lambda: page.shows(page.result))
    page.result.again.click()
    assert page.shows(page.duty)
    assert page.duty.begin.isVisible()
    page.duty.last.click()
    assert page.shows(page.result)


def test_result_that_comes_while_one_is_elsewhere_is_told(seat: AgentSeat, opened: Open) -> None:
    page = opened(assignment_row(), paper_row())
    assert page.shows(page.duty)
    seat.window.show_page(Page.WORKSPACE)
    told = QSignalSpy(seat.workspace.training.told)
    seat.mirror.apply(own(ME.id), [_mine(result_row())], None)
    seat.workspace.training.read()
    assert seat.pump(lambda: told.count() == 1)
    assert told.at(0) == ["Weekly quiz came to 50 of 100: Not passed"]


def test_article_of_a_course_counts_after_it_was_on_the_screen(seat: AgentSeat, opened: Open) -> None:
    published = (article_row(), course_row())
    page = opened(assignment_row(quiz=None, course="co-1"), paper_row(), published=published)
    assert page.shows(page.course)
    page.course.article_taken.emit("kb-refund")
    for _ in range(9):
        seat.workspace.training.tick()
    assert page.course.told.full_text == "1 s until it counts as read"
    seat.workspace.training.tick()
    assert seat.pump(lambda: page.shows(page.duty))
    [read] = [one for one in seat.outbox.waiting(5) if one.entity == "assignment"]
    assert (read.fields["read"].new["article"], read.fields["read"].new["version"]) == ("kb-refund", 1)


def test_too_small_a_bank_is_said_with_what_to_do(opened: Open) -> None:
    page = opened(assignment_row(papers=[], lacks=3))
    assert page.duty.words.full_text == "There are too few questions for it yet (3 are missing). Tell who assigned it."
    assert not page.duty.begin.isVisible()


def test_quiz_that_was_not_taken_in_time_says_so(opened: Open) -> None:
    page = opened(assignment_row(state="failed"), paper_row())
    assert page.duty.pill.text() == "Failed"
    assert page.duty.words.full_text.startswith("It was not taken in time.")
    assert not page.duty.begin.isVisible()


def test_practice_of_a_search_writes_down_what_was_found_and_opened(seat: AgentSeat, opened: Open) -> None:
    task = asked(1, "task", "找到退款到账时间的文章。", task="find_article")
    page = begun(seat, opened(assignment_row(), paper_row(questions=[task]), published=(article_row(),)))
    practice = page.paper.answer
    assert isinstance(practice, FindPractice)
    practice.search.setText("退款")
    practice.search.entered.emit()
    assert seat.pump(lambda: practice.hits.isVisible())
    practice.hits.taken.emit("kb-refund")
    assert seat.pump(lambda: practice.reader.isVisible())
    assert practice.done == ("searched:退款", "opened:kb-refund")
    assert is_done(Check.FIND_ARTICLE, ("searched:退款", "opened:kb-refund"), practice.done)
    assert seat.pump(lambda: drafted(seat).get("q-1") == ["searched:退款", "opened:kb-refund"])


def test_practice_of_a_ticket_files_nothing(seat: AgentSeat, opened: Open) -> None:
    task = asked(1, "task", "登记一张加急的故障工单。", task="file_ticket")
    page = begun(seat, opened(assignment_row(), paper_row(questions=[task])))
    practice = page.paper.answer
    assert isinstance(practice, TicketPractice)
    practice.type.setCurrentIndex(practice.type.findData("fault"))
    practice.priority.setCurrentIndex(practice.priority.findData("urgent"))
    practice.file.click()
    assert is_done(Check.FILE_TICKET, ("type:fault", "priority:urgent"), practice.done)
    assert not is_done(Check.FILE_TICKET, ("type:inquiry",), practice.done)
    assert [one.entity for one in seat.outbox.waiting(5)] == ["attempt"]


def test_practice_of_a_call_offers_what_is_possible(seat: AgentSeat, opened: Open) -> None:
    task = asked(1, "task", "接听、保持、取回、挂断。", task="handle_call")
    page = begun(seat, opened(assignment_row(), paper_row(questions=[task])))
    practice = page.paper.answer
    assert isinstance(practice, CallPractice)
    assert not practice.hold.isEnabled()
    for button in (practice.answer, practice.hold, practice.hold, practice.end):
        button.click()
    assert practice.done == ("answered", "held", "resumed", "ended")
    assert is_done(Check.HANDLE_CALL, ("answered", "held", "resumed", "ended"), practice.done)
    assert not is_done(Check.HANDLE_CALL, ("held", "answered"), practice.done)
    assert seat.rooms.phone.snapshot().calls == ()


def test_another_duty_waits_until_the_paper_is_handed_in(seat: AgentSeat, opened: Open) -> None:
    rows = (assignment_row(), paper_row(), assignment_row("as-2", papers=["p-2"]), paper_row("p-2"))
    page = begun(seat, opened(*rows))
    page.duty_taken.emit("as-2")
    assert page.paper.told.full_text == "Hand this one in first."


def test_scenario_offers_its_call_to_be_heard(seat: AgentSeat, opened: Open) -> None:
    call = {"contact": "K-9", "name": "退款来电", "duration_s": 40}
    scenario = asked(1, "scenario", "坐席哪里说错了？", "金额", "时限", call=call)
    page = begun(seat, opened(assignment_row(), paper_row(questions=[scenario])))
    assert page.paper.player.isVisible()
    page.paper.player.toggle()
    assert seat.pump(lambda: "server" in page.paper.player.words.full_text.lower())
    failed = QSignalSpy(page.paper.answered)
    keys(Qt.Key.Key_2)
    assert failed.at(0) == [("2",)]
