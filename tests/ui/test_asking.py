"""What is missing is asked for in a quiet call, once, and without taking the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.customer.ask_bar import AskBar
from agent_desktop.ui.strip.buttons import Deed
from tests.ui.at_work import press, talk_with
from tests.ui.seat import AgentSeat, Telephone


@pytest.fixture
def bar(seat: AgentSeat, chen: Telephone) -> AskBar:
    """In a call with somebody whose address nobody knows."""
    seat.window.show()
    talk_with(seat, chen)
    asking = seat.window.customer.asking
    assert seat.pump(lambda: asking.field)
    return asking


def test_question_comes_once_the_call_is_answered_and_takes_no_focus(seat: AgentSeat, bar: AskBar) -> None:
    assert bar.question == "Ask for: E-mail"
    assert not bar.answer.hasFocus()


def test_two_keys_answer_it(seat: AgentSeat, bar: AskBar) -> None:
    seat.window.activateWindow()
    bar.start()
    assert seat.pump(bar.answer.hasFocus)
    QTest.keyClicks(bar.answer, "chen@yunlan.example")
    QTest.keyClick(bar.answer, Qt.Key.Key_Return)
    assert seat.pump(lambda: not bar.isVisible())
    said = [command.fields for command in seat.outbox.waiting(9) if "email" in command.fields]
    assert [fields["email"].new for fields in said] == ["chen@yunlan.example"]


def test_wrong_answer_is_told_and_stays(seat: AgentSeat, bar: AskBar) -> None:
    bar.answer.setText("nobody")
    bar.answered.emit("nobody")
    assert seat.pump(lambda: bool(bar.answer.accessibleDescription()))
    assert bar.isVisible()


def test_put_off_it_is_not_asked_again_in_the_call(seat: AgentSeat, bar: AskBar) -> None:
    bar.close_button.click()
    assert seat.pump(lambda: not bar.isVisible())
    seat.workspace.asking.weigh()
    assert seat.pump(lambda: seat.rooms.asking.next_for(seat.rooms.finder.find("Chen")[0].customer) is None)
    assert not bar.isVisible()


def test_hold_puts_the_question_away(seat: AgentSeat, bar: AskBar) -> None:
    press(seat, Deed.HOLD)
    assert seat.pump(lambda: not bar.isVisible())
