"""Speed dial: whom the agent keeps at hand, what their telephones do, and parked calls that wait to be fetched."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.app import park_slots
from agent_desktop.favourites import moved, with_one_more
from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.targets import TargetKind
from agent_desktop.ui.window.speed_dial import SpeedDial
from tests.ui.at_work import talk_with
from tests.ui.seat import SITE, AgentSeat, Telephone


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, replace(SITE, park_slots=("8501", "8502")))
    yield made
    made.close()


@pytest.fixture
def pane(seat: AgentSeat) -> SpeedDial:
    return seat.window.left.speed_dial


def titles(pane: SpeedDial) -> list[str]:
    return [one.title for one in pane.shown]


def add(seat: AgentSeat, typed: str) -> None:
    """By keyboard, as an agent does."""
    pane = seat.window.left.speed_dial
    before = len(pane.shown)
    pane.add.click()
    assert seat.pump(lambda: bool(pane.shown))
    QTest.keyClicks(pane.field, typed)
    QTest.keyClick(pane.field, Qt.Key.Key_Return)
    assert seat.pump(lambda: not pane.add.isChecked() and len(pane.shown) == before + 1)


def test_colleague_is_added_by_part_of_a_name_and_a_number_by_its_digits(seat: AgentSeat, pane: SpeedDial) -> None:
    add(seat, "zhou")
    add(seat, "bill")
    add(seat, "95588")
    assert [(one.number, one.title, one.kind) for one in pane.shown] == [
        ("1007", "Zhou Min", TargetKind.PERSON),
        ("600", "Billing", TargetKind.QUEUE),
        ("95588", "95588", TargetKind.FAVOURITE),
    ]


def test_number_of_a_customer_stays_masked(seat: AgentSeat, pane: SpeedDial) -> None:
    add(seat, "13800006721")
    assert titles(pane) == ["138****6721"]


def test_what_is_no_number_is_said(seat: AgentSeat, pane: SpeedDial) -> None:
    told: list[str] = []
    seat.workspace.speed_dial.told.connect(told.append)
    pane.added.emit("hello there?")
    assert len(told) == 1
    assert pane.shown == ()


def test_lamp_says_what_a_colleague_does_and_nothing_of_numbers_outside(
    seat: AgentSeat, pane: SpeedDial, zhou: Telephone
) -> None:
    add(seat, "zhou")
    add(seat, "13800006721")
    assert seat.pump(lambda: [one.lamp for one in pane.shown] == [Lamp.FREE, None])
    caller = seat.telephone("2001")
    caller.call("1007")
    assert seat.pump(lambda: pane.shown[0].lamp is Lamp.RINGING)
    zhou.answer()
    assert seat.pump(lambda: pane.shown[0].lamp is Lamp.IN_CALL)


def test_click_calls(seat: AgentSeat, pane: SpeedDial, zhou: Telephone) -> None:
    add(seat, "zhou")
    at = pane.list.visualRect(pane.list.model().index(0, 0)).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert seat.pump(lambda: zhou.rings)


def test_in_a_call_it_is_whom_to_bring_the_call_to(seat: AgentSeat, pane: SpeedDial, zhou: Telephone) -> None:
    add(seat, "zhou")
    talk_with(seat, seat.telephone("13800006721"))
    pane.list.setCurrentIndex(pane.list.model().index(0, 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    panel = seat.window.strip.panel
    assert (panel.isVisible(), panel.chosen) == (True, "1007")
    assert not zhou.rings
    panel.transfer.click()
    assert seat.pump(lambda: zhou.rings)


def test_while_a_call_rings_it_waits_in_the_dial_field(seat: AgentSeat, pane: SpeedDial, zhou: Telephone) -> None:
    add(seat, "zhou")
    caller = seat.telephone("13800006721")
    caller.call("1001")
    assert seat.pump(lambda: bool(seat.window.strip.faces))
    pane.taken.emit("1007")
    assert seat.window.strip.idle.number.text() == "1007"
    assert not zhou.rings


def test_favourites_are_the_first_whom_a_call_can_be_brought_to(seat: AgentSeat) -> None:
    add(seat, "95588")
    talk_with(seat, seat.telephone("13800006721"))
    seat.window.strip.open_transfer()
    panel = seat.window.strip.panel
    assert panel.suggestions.model().index(0, 0).data() == "95588"


def test_order_is_the_agents_by_keyboard_and_menu_and_outlives_the_window(seat: AgentSeat, pane: SpeedDial) -> None:
    for typed in ("zhou", "bill", "95588"):
        add(seat, typed)
    pane.list.setCurrentIndex(pane.list.model().index(2, 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert titles(pane) == ["Zhou Min", "95588", "Billing"]
    assert pane.list.currentIndex().row() == 1, "the one that moves stays chosen"
    menu = pane.menu_of(0)
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "Move down").trigger()
    assert titles(pane) == ["95588", "Zhou Min", "Billing"]
    pane.list.setCurrentIndex(pane.list.model().index(1, 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert titles(pane) == ["95588", "Billing"]
    assert seat.pump(lambda: seat.rooms.favourites.numbers() == ("95588", "600"))


def test_parked_caller_stands_at_the_top_and_is_fetched_with_a_click(seat: AgentSeat, pane: SpeedDial) -> None:
    add(seat, "bill")
    slot = seat.telephone("8502")
    assert titles(pane) == ["Billing"]
    seat.telephone("2001").call("8502")
    assert seat.pump(lambda: titles(pane) == ["Parked call 8502", "Billing"])
    assert pane.menu_of(0) is None, "a parked call is nothing to move about"
    slot.decline()
    assert seat.pump(lambda: titles(pane) == ["Billing"])
    seat.telephone("2002").call("8502")
    assert seat.pump(lambda: titles(pane) == ["Parked call 8502", "Billing"])
    slot.answer()
    pane.taken.emit("8502")
    assert seat.pump(lambda: any(face.call.remote_number == "8502" for face in seat.window.strip.faces))


@pytest.mark.parametrize(
    ("written", "slots"),
    [
        ("", ()),
        ("8501-8503", ("8501", "8502", "8503")),
        ("8501, 8510", ("8501", "8510")),
        ("8503-8501", ()),
        ("x-y,85", ("85",)),
    ],
)
def test_parking_places_are_written_as_a_range_or_one_by_one(written: str, slots: tuple[str, ...]) -> None:
    assert park_slots(written) == slots


def test_slip_in_the_range_does_not_watch_the_whole_exchange() -> None:
    assert len(park_slots("8501-99999999999")) == 20


@pytest.mark.parametrize(
    ("number", "by", "order"),
    [("a", 1, "bac"), ("a", -1, "abc"), ("c", 1, "abc"), ("c", -5, "cab"), ("x", 1, "abc")],
)
def test_favourite_moves_as_far_as_there_are_places(number: str, by: int, order: str) -> None:
    assert moved(("a", "b", "c"), number, by) == tuple(order)


def test_favourite_is_there_once() -> None:
    assert with_one_more(("a", "b"), "a") == ("a", "b")
