"""Listening to a recorded call at the desk: from its line and from its ticket, by keyboard, never beside a call."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.customers.profile import TimelineEntry
from agent_desktop.softphone.audio import Device, DeviceKind
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.simulated import SimulatedEngine
from agent_desktop.sync.reading import HeldRecording
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.ticket.call import CallPanel
from agent_model.command import CommandKind
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import contact_row, ticket_row
from tests.softphone.recorded import KEY, written
from tests.ui.samples import ME, NOW
from tests.ui.seat import CHEN, AgentSeat, Telephone
from tests.ui.test_ticket_page import TICKET

HOME = Scope("customers:home")
ID = "0" * 31 + "7"


@pytest.fixture
def player(seat: AgentSeat) -> RecordingPlayer:
    """Of Chen's call pbx1-1, whose line is open; a headset is plugged in."""
    plug(seat, Device("headset", DeviceKind.SPEAKER))
    seat.mirror.apply(HOME, [CHEN, line()], None)
    seat.workspace._read_company()
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.timeline.entries != ())
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    open_line(seat)
    made = seat.window.customer.entry.player
    assert seat.pump(lambda: not made.isHidden())
    return made


def plug(seat: AgentSeat, *devices: Device) -> None:
    engine = seat.link._engine
    assert isinstance(engine, SimulatedEngine)
    engine.plug(*devices)


def line(agent: str = ME.id) -> Row:
    at = NOW.isoformat().replace("+00:00", "Z")
    return contact_row("K-pbx1-1-" + agent, at, kind="call_in", title="", agent=agent, call_ref="pbx1-1", duration_s=60)


def open_line(seat: AgentSeat) -> None:
    entries = seat.window.customer.timeline.entries
    entry = next(one for one in entries if one.contact is not None and one.contact.call_ref == "pbx1-1")
    assert isinstance(entry, TimelineEntry)
    seat.window.customer.timeline.entry_taken.emit(entry)


def record(seat: AgentSeat, tmp_path: Path, seconds: float = 30.0) -> None:
    """As the phone left it on this disk."""
    call = Call(
        CallId("a1"), Direction.INCOMING, CallState.CONNECTED, "+8613800006721", "", NOW,
        invite=InviteFacts(call_ref="pbx1-1"),
    )  # fmt: skip
    begun = seat.rooms.recordings.begin(call)
    written(begun.path, 500, 900, seconds, pause_s=(4.0, 6.0), key=begun.key)


def heard(seat: AgentSeat) -> list[tuple[str, str]]:
    found = [one for one in seat.outbox.waiting(99) if "heard" in one.fields]
    assert all(one.kind is CommandKind.REVEAL and one.entity == "contact" for one in found)
    return [(one.id, str(one.fields["heard"].old)) for one in found]


def press(player: RecordingPlayer, key: Qt.Key) -> None:
    QTest.keyClick(player.track, key)


def test_call_that_is_on_this_disk_is_played_and_put_on_record(
    seat: AgentSeat, player: RecordingPlayer, tmp_path: Path
) -> None:
    record(seat, tmp_path)
    player.play.click()
    assert seat.pump(lambda: player.clock.text().endswith("/ 00:30"))
    assert player.play.accessibleName() == "Pause"
    assert heard(seat) == [("K-pbx1-1-" + ME.id, "here")]
    player.play.click()
    assert seat.pump(lambda: player.play.accessibleName() == "Play")
    player.play.click()
    assert seat.pump(lambda: player.play.accessibleName() == "Pause")
    assert len(heard(seat)) == 1


def test_keys_move_through_it_and_change_its_speed(seat: AgentSeat, player: RecordingPlayer, tmp_path: Path) -> None:
    record(seat, tmp_path)
    player.play.click()
    assert seat.pump(lambda: player.track.maximum() == 30)
    player.track.setFocus()
    press(player, Qt.Key.Key_Right)
    assert seat.pump(lambda: player.track.value() >= 5)
    press(player, Qt.Key.Key_Plus)
    assert player.speed.currentData() == 1.25
    press(player, Qt.Key.Key_Minus)
    assert player.speed.currentData() == 1.0
    press(player, Qt.Key.Key_Space)
    assert seat.pump(lambda: player.play.accessibleName() == "Play")
    press(player, Qt.Key.Key_End)
    assert player.clock.text() == "00:30 / 00:30"
    press(player, Qt.Key.Key_Home)
    assert player.clock.text() == "00:00 / 00:30"


def test_stretch_of_which_nothing_was_kept_is_told(seat: AgentSeat, player: RecordingPlayer, tmp_path: Path) -> None:
    record(seat, tmp_path)
    player.play.click()
    assert seat.pump(lambda: player.track._pauses == ((4.0, 6.0),))
    player.track.taken.emit(4)
    assert seat.pump(lambda: player.words.text() == "Nothing was kept here: the recording was paused.")


def test_call_that_rings_stops_it_and_it_goes_on_afterwards(
    seat: AgentSeat, player: RecordingPlayer, tmp_path: Path, zhou: Telephone
) -> None:
    record(seat, tmp_path)
    player.play.click()
    assert seat.pump(lambda: player.play.accessibleName() == "Pause")
    zhou.call(ME.extension)
    assert seat.pump(lambda: player.words.text().startswith("A call came"))
    assert player.play.accessibleName() == "Play"
    player.play.click()
    assert player.words.text().startswith("Recordings are not played during a call")


def test_without_headset_it_says_what_to_do(seat: AgentSeat, player: RecordingPlayer, tmp_path: Path) -> None:
    plug(seat)
    record(seat, tmp_path)
    player.play.click()
    assert seat.pump(lambda: player.words.text().startswith("There is nothing to hear it with"))


def test_recording_is_fetched_from_the_server(seat: AgentSeat, player: RecordingPlayer, tmp_path: Path) -> None:
    sealed = written(tmp_path / "there.adr", 500, 900, 5.0).read_bytes()
    contact_id = "K-pbx1-1-" + ME.id
    seat.server.held[contact_id] = (HeldRecording(ID, "", len(sealed), len(sealed), is_here=True, key=KEY),)
    seat.server.files[f"{contact_id}/{ID}"] = sealed
    player.play.click()
    assert seat.pump(lambda: player.play.accessibleName() == "Pause")
    assert heard(seat) == [(contact_id, "server")]
    seat.window.customer.entry.close_card()
    assert seat.pump(lambda: not list(seat.folder.glob("heard/*")))


def test_server_that_is_away_and_recordings_that_are_not_there_are_sentences(
    seat: AgentSeat, player: RecordingPlayer
) -> None:
    player.play.click()
    assert seat.pump(lambda: "server" in player.words.text().lower() and player.play.isEnabled())
    contact_id = "K-pbx1-1-" + ME.id
    seat.server.held[contact_id] = ()
    player.play.click()
    assert seat.pump(lambda: player.words.text().startswith("There is no recording of this call"))
    seat.server.held[contact_id] = (HeldRecording(ID, "", 200, 50, is_here=False),)
    player.play.click()
    assert seat.pump(lambda: "25 %" in player.words.text())
    assert heard(seat) == []


def test_call_of_a_colleague_offers_nothing_to_who_may_not_hear_it(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [CHEN, line("a-9")], None)
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.timeline.entries != ())
    open_line(seat)
    seen: list[bool] = []
    seat.background.library.do(lambda: None, lambda _: seen.append(True))
    assert seat.pump(lambda: seen)
    assert seat.window.customer.entry.player.isHidden()


def test_ticket_plays_the_call_it_was_written_in(seat: AgentSeat, player: RecordingPlayer, tmp_path: Path) -> None:
    record(seat, tmp_path)
    seat.mirror.apply(HOME, [ticket_row("1", **TICKET, call_ref="pbx1-1")], None)
    seat.workspace.ticket_page.open("1")
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.seen is not None)
    assert seat.window.ticket is not None
    panel = seat.window.ticket.panel(CallPanel)
    assert seat.pump(lambda: not panel.player.isHidden())
    panel.player.play.click()
    assert seat.pump(lambda: panel.player.play.accessibleName() == "Pause")


def test_ticket_without_a_call_has_no_such_panel(seat: AgentSeat) -> None:
    seat.mirror.apply(HOME, [CHEN, ticket_row("1", **TICKET)], None)
    seat.workspace.ticket_page.open("1")
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.seen is not None)
    assert seat.window.ticket is not None
    assert seat.window.ticket.panel(CallPanel).isHidden()
