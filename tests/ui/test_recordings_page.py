"""Recorded calls are found by who leads, and heard with what they look like."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.errors import ServerUnreachable
from agent_desktop.softphone.audio import Device, DeviceKind
from agent_desktop.softphone.recording.shape import Shape
from agent_desktop.sync.reading import HeldRecording
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.recordings_page import MORE, RecordingsPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.recorded_call import RecordedCall, RecordedCalls
from tests.softphone.recorded import KEY, written
from tests.ui.samples import ME, NOW
from tests.ui.seat import BILLING, AgentSeat
from tests.ui.test_listening import plug

SeatAs = Callable[[Role], AgentSeat]


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / f"{role}", look, company=(BILLING,), role=role))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def recorded(n: int) -> RecordedCall:
    at = NOW - timedelta(minutes=n)
    return RecordedCall(f"K-{n}", "C-1", f"陈先生{n}", "call_in", at, ME.id, "billing", None, 60 + n, 1, 100, f"p{n}")


def opened(seat: AgentSeat, *calls: RecordedCall, has_more: bool = False) -> RecordingsPage:
    seat.server.recorded = RecordedCalls(calls, has_more)
    seat.window.show_page(Page.RECORDINGS)
    page = seat.window.pages.recordings
    assert seat.pump(lambda: len(page.list.keys) == len(calls) + has_more)
    return page


def hold(seat: AgentSeat, tmp_path: Path, contact: str) -> None:
    """The server has the call's recording."""
    plug(seat, Device("headset", DeviceKind.SPEAKER))
    sealed = written(tmp_path / "one.adr", 500, 900, 20.0, pause_s=(5.0, 11.0)).read_bytes()
    held = HeldRecording("r1", "0" * 64, len(sealed), len(sealed), is_here=True, key=KEY)
    seat.server.held[contact] = (held,)
    seat.server.files[f"{contact}/r1"] = sealed


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [(Role.AGENT, False), (Role.TEAM_LEAD, True), (Role.DUTY_MANAGER, True), (Role.QUALITY, True)],
)
def test_the_page_is_for_those_who_lead_or_judge(seat_as: SeatAs, role: Role, *, is_offered: bool) -> None:
    assert seat_as(role).window.rail.offers(Page.RECORDINGS) is is_offered


def test_calls_are_listed_and_narrowed_by_the_filter(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1), recorded(2))
    assert "陈先生1" in page.list.words_of("K-1")
    assert "01:01" in page.list.words_of("K-1")
    page.length.setCurrentIndex(2)
    page.length.activated.emit(2)
    page.days.chosen.emit(page.days.value)
    assert seat.pump(lambda: len(seat.server.sought) >= 2)
    assert seat.server.sought[-1].at_least_s == 180


def test_more_calls_come_behind_those_that_are_shown(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1), has_more=True)
    seat.server.recorded = RecordedCalls((recorded(2),))
    page.list.choose(MORE)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.list.keys == ("K-1", "K-2"))
    assert seat.server.sought[-1].before == "p1"
    assert page.list.current_key == "K-2"


def test_server_that_does_not_answer_is_said(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    seat.server.recorded = ServerUnreachable("https://server.example", "no network")
    seat.window.show_page(Page.RECORDINGS)
    page = seat.window.pages.recordings
    assert seat.pump(
        lambda: "server" in page.nothing.text() and page.nothing.text() != "The server is asked for the calls."
    )
    assert page.list.isHidden()


def test_call_is_played_and_shows_what_it_looks_like(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1), recorded(2))
    hold(seat, tmp_path, "K-1")
    assert seat.pump(lambda: not page.player.isHidden())
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.player.clock.text().endswith("/ 00:20"))
    assert seat.pump(lambda: page.player.silences.accessibleName() == "Silence: 1 (S)")
    assert page.player.at_once.isEnabled()
    QTest.keyClick(page.player.track, Qt.Key.Key_S)
    assert seat.pump(lambda: page.player.track.value() >= 3)
    page.list.choose("K-2")
    assert page.player.silences.isHidden()


def test_jumps_go_round(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    player = opened(seat, recorded(1)).player
    player.offer("")
    player._show_place(0.0, 60.0)
    player.show_shape(Shape(bytes(600), bytes(600), ((10.0, 14.0), (30.0, 40.0))))
    places = []
    for _ in range(3):
        QTest.keyClick(player.track, Qt.Key.Key_S)
        places.append(player.track.value())
    assert places == [9, 29, 9]
    assert player.words.text() == "From 00:10 to 00:14"


def test_customer_of_the_call_is_opened(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1))
    page.customer.click()
    assert seat.window.pages.shown is Page.WORKSPACE
