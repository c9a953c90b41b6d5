"""A caller abuses the agent: marked by key, warned with the words of the company, ended, and a break after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.abuse_card import AbuseCard
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_model.abusive_call import COOL_DOWN, Abuse
from agent_model.agent import AgentState
from agent_model.body import to_body
from agent_model.care_policy import CarePolicy
from agent_model.scope import ORG
from agent_model.wire import Row
from agent_model.words import Words
from tests.ui.at_work import comes, press, talk_with
from tests.ui.desk import focus
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

RULE = CarePolicy(first_warning=Words("请文明用语。", "Please mind your language."), cool_down_min=7)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look)
    made.mirror.apply(ORG, [Row("care_policy", "site", 1, to_body(RULE))], None)
    yield made
    made.close()


def card_of(seat: AgentSeat) -> AbuseCard:
    return seat.window.right.script.abuse


def open_card(seat: AgentSeat) -> AbuseCard:
    """In a call, by key."""
    talk_with(seat, seat.telephone("13800006721"))
    card = card_of(seat)
    assert seat.pump(lambda: not card.isHidden())
    QTest.keyClick(seat.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert seat.window.right.tabs.currentIndex() == SCRIPT
    return card


def sent(seat: AgentSeat) -> list[tuple[str, list[str]]]:
    return [(one.kind.value, sorted(one.fields)) for one in seat.outbox.waiting(9) if one.entity == "abusive_call"]


def test_without_a_call_there_is_nothing_to_mark(seat: AgentSeat) -> None:
    assert card_of(seat).isHidden()


def test_call_that_rings_cannot_be_marked_yet(seat: AgentSeat) -> None:
    seat.telephone("13800006721").call("1001")
    comes(seat, StripState.RINGING)
    assert card_of(seat).isHidden()


def test_key_leads_to_the_mark_and_the_keyboard_goes_through_all_steps(seat: AgentSeat) -> None:
    card = open_card(seat)
    assert focus() is card.kinds[Abuse.INSULT]
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert seat.pump(card.say.isVisible)
    assert card.kinds[Abuse.INSULT].isChecked()
    assert {"First warning: say this", "Please mind your language."} <= set(texts(card))
    assert focus() is card.say

    QTest.keyClick(card.say, Qt.Key.Key_Space)
    assert seat.pump(lambda: "Second warning: say this" in texts(card))
    QTest.keyClick(card.say, Qt.Key.Key_Space)
    assert seat.pump(card.end.isVisible)
    assert not card.say.isVisible()
    assert focus() is card.end
    assert state_of(seat) is AgentState.ON_CALL

    QTest.keyClick(card.end, Qt.Key.Key_Space)
    assert seat.pump(lambda: state_of(seat) is AgentState.AFTER_CALL_WORK)
    assert sent(seat) == [("create", ["abuse", "agent", "at", "call_ref", "queue"]), *[("append", ["steps"])] * 3]
    assert seat.pump(lambda: not card.end.isVisible())


def state_of(seat: AgentSeat) -> AgentState:
    return seat.rooms.session.seat.entry.state


def test_break_after_the_call_is_taken_by_one_press_and_has_its_name(seat: AgentSeat) -> None:
    card = open_card(seat)
    card.kinds[Abuse.THREAT].click()
    assert seat.pump(card.rest.isVisible)
    assert card.rest.text().strip() == "Then a break of 7 min"
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: card.rest.text().strip() == "Take a break of 7 min")
    assert not card.say.isVisible()

    card.rest.click()
    assert seat.pump(lambda: state_of(seat) is AgentState.BREAK)
    assert seat.rooms.session.seat.entry.reason == COOL_DOWN
    assert seat.pump(lambda: not card.rest.isVisible())
    assert "After an abusive call" in seat.window.top_bar.state.text()
    assert sent(seat)[-1] == ("update", ["cool_down_at"])


def test_kind_is_put_right_and_marked_once(seat: AgentSeat) -> None:
    card = open_card(seat)
    card.kinds[Abuse.INSULT].click()
    assert seat.pump(card.kinds[Abuse.INSULT].isChecked)
    card.kinds[Abuse.HARASSMENT].click()
    assert seat.pump(card.kinds[Abuse.HARASSMENT].isChecked)
    assert not card.kinds[Abuse.INSULT].isChecked()
    assert sent(seat) == [("create", ["abuse", "agent", "at", "call_ref", "queue"]), ("update", ["abuse"])]


def test_colours_are_not_all_that_says_what_is_marked(seat: AgentSeat) -> None:
    card = open_card(seat)
    card.kinds[Abuse.OTHER].click()
    assert seat.pump(card.kinds[Abuse.OTHER].isChecked)
    assert card.say.accessibleName() == "First warning was said"
