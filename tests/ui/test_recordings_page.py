"""Recorded calls are found by who leads, and heard with what they look like."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.softphone.audio import Device, DeviceKind
from agent_desktop.softphone.recording.shape import Shape
from agent_desktop.sync.events import PersonErased
from agent_desktop.sync.reading import HeldRecording
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.recordings_page import MORE, RecordingsPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.recorded_call import RecordedCall, RecordedCalls
from agent_model.recording_mark import RecordingMark
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
    assert seat.window.focusWidget() is page.player.track, "its keys are of no use"
    QTest.keyClick(page.player.track, Qt.Key.Key_S)
    assert seat.pump(lambda: page.player.place_s > 4.3), "it does not play on"
    assert page.player.words.text().startswith("From 00:05 to ")
    page.list.choose("K-2")
    assert page.player.silences.isHidden()


def test_recording_of_somebody_who_is_erased_stops_and_goes(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1), replace(recorded(2), customer="C-2"))
    hold(seat, tmp_path, "K-1")
    assert seat.pump(lambda: not page.player.isHidden())
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.player.play.accessibleName() == "Pause")
    assert list(seat.folder.glob("heard/*"))
    seat.in_step.person_erased.emit(PersonErased(frozenset({"C-1"}), 0, 0))
    assert seat.pump(lambda: page.list.keys == ("K-2",))
    assert seat.pump(lambda: not list(seat.folder.glob("heard/*")))
    assert seat.workspace.listening.heard(page.player) == ""
    assert page.whose.text() == "陈先生2"


def test_nothing_that_came_from_the_server_stays_when_one_leaves_while_it_plays(
    seat_as: SeatAs, tmp_path: Path
) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, recorded(1))
    hold(seat, tmp_path, "K-1")
    assert seat.pump(lambda: not page.player.isHidden())
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.player.play.accessibleName() == "Pause")
    assert list(seat.folder.glob("heard/*"))
    seat.workspace.stop()
    assert seat.pump(lambda: not list(seat.folder.glob("heard/*")))


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


def heard(seat: AgentSeat, tmp_path: Path, at_s: float = 4.0) -> RecordingsPage:
    """K-1 was played and stands at a place."""
    page = opened(seat, recorded(1), recorded(2))
    hold(seat, tmp_path, "K-1")
    play_to(seat, page, at_s)
    return page


def play_to(seat: AgentSeat, page: RecordingsPage, at_s: float) -> None:
    """Then it is paused."""
    assert seat.pump(lambda: not page.player.isHidden())
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.player.silences.isEnabled() and page.player.play.accessibleName() == "Pause")
    page.player.toggle()
    assert seat.pump(lambda: page.player.play.accessibleName() == "Play")
    page.player.go_to(at_s)


def a_mark(n: int, at_s: float, by: str, note: str = "") -> RecordingMark:
    return RecordingMark(f"s-{n}", "0" * 64, int(at_s * 1000), note, by, NOW)


def stand(seat: AgentSeat, *marks: RecordingMark) -> None:
    """The server has them of K-1."""
    seat.server.marks = {mark.id: ("K-1", mark) for mark in marks}


def unsaved(seat: AgentSeat) -> tuple[RecordingMark, ...]:
    return seat.workspace._rooms.call_marks.unsaved("K-1")


def test_speed_is_changed_by_keyboard(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    player = heard(seat, tmp_path).player
    wanted: list[float] = []
    player.play_wanted.connect(lambda _at_s, speed: wanted.append(speed))
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(player.track, key)
    assert player.speed.currentText() == "1.25×"
    QTest.keyClick(player.track, Qt.Key.Key_Space)
    assert wanted == [1.25]


def test_mark_is_set_and_its_note_written_by_keys_alone(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = heard(seat, tmp_path)
    QTest.keyClick(page.player.track, Qt.Key.Key_M)
    assert page.marks.words.text() == "Marked at 00:04. Enter writes a note."
    assert seat.pump(lambda: bool(seat.server.marks))
    QTest.keyClick(page.player.track, Qt.Key.Key_Return)
    QTest.keyClicks(page.marks.note, "Good")
    QTest.keyClick(page.marks.note, Qt.Key.Key_Return)
    assert seat.pump(lambda: [mark.note for _, mark in seat.server.marks.values()] == ["Good"])
    [(contact, mark)] = seat.server.marks.values()
    assert (contact, mark.recording, mark.at_ms, mark.by) == ("K-1", "0" * 64, 4000, ME.id)
    assert seat.pump(lambda: "not saved" not in page.marks.list.words_of(mark.id))
    assert "Good" in page.marks.list.words_of(mark.id)
    assert "00:04" in page.marks.list.words_of(mark.id)
    assert seat.pump(lambda: unsaved(seat) == ())


def test_keys_go_from_mark_to_mark_and_round(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 2.0, ME.id), a_mark(2, 9.5, "zhou.min", "Interrupts"))
    page = heard(seat, tmp_path)
    assert seat.pump(lambda: page.marks.list.keys == ("s-1", "s-2"))
    places = []
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_P):
        QTest.keyClick(page.player.track, key)
        places.append((page.player.place_s, page.marks.list.current_key))
    assert places == [(9.5, "s-2"), (2.0, "s-1"), (9.5, "s-2"), (2.0, "s-1")]
    QTest.keyClick(page.marks.list, Qt.Key.Key_Down)
    assert page.player.place_s == 9.5
    assert page.player.track.accessibleDescription() == "2 marked"


def test_mark_of_somebody_else_is_read_and_stays(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 2.0, "zhou.min", "Interrupts"))
    page = heard(seat, tmp_path)
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",))
    assert page.marks.note.text() == "Interrupts"
    assert not page.marks.note.isEnabled()
    QTest.keyClick(page.marks.list, Qt.Key.Key_Delete)
    assert page.marks.words.text().startswith("Only ")
    assert page.marks.list.keys == ("s-1",)
    assert seat.server.marks.keys() == {"s-1"}


def test_own_mark_is_taken_away_with_delete(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.QUALITY)
    stand(seat, a_mark(1, 2.0, ME.id), a_mark(2, 3.0, "zhou.min"))
    page = heard(seat, tmp_path)
    assert seat.pump(lambda: len(page.marks.list.keys) == 2)
    page.marks.choose("s-1")
    QTest.keyClick(page.marks.list, Qt.Key.Key_Delete)
    assert seat.pump(lambda: page.marks.list.keys == ("s-2",))
    assert seat.server.marks.keys() == {"s-2"}


def test_call_that_is_not_heard_yet_is_played_from_its_mark(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 12.0, ME.id))
    hold(seat, tmp_path, "K-1")
    page = opened(seat, recorded(1))
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",) and not page.player.isHidden())
    QTest.keyClick(page.marks.list, Qt.Key.Key_M)
    assert page.marks.words.text().startswith("Play the recording first")
    QTest.keyClick(page.marks.list, Qt.Key.Key_Space)
    assert seat.pump(lambda: page.player.place_s >= 12.0)


def test_note_half_typed_is_on_the_disk_and_there_again_after_another_call(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 2.0, ME.id, "Before"))
    page = opened(seat, recorded(1), recorded(2))
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",))
    page.marks.note.clear()
    QTest.keyClicks(page.marks.note, "Half a sen")
    page.list.choose("K-2")
    assert seat.pump(lambda: page.marks.list.keys == ())
    assert seat.pump(lambda: [mark.note for mark in unsaved(seat)] == ["Half a sen"])
    page.list.choose("K-1")
    assert seat.pump(lambda: page.marks.note.text() == "Half a sen")
    assert "not saved yet" in page.marks.list.words_of("s-1")


def test_mark_that_the_server_does_not_take_stays_here(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = heard(seat, tmp_path)
    seat.server.refuses_mark = ServerRefused(409, "too_many_marks")
    QTest.keyClick(page.player.track, Qt.Key.Key_M)
    assert seat.pump(lambda: page.marks.words.text().startswith("This recording has as many marks"))
    [mark] = unsaved(seat)
    assert "not saved yet" in page.marks.list.words_of(mark.id)
    seat.server.refuses_mark = None
    QTest.keyClick(page.marks.note, Qt.Key.Key_Return)
    assert seat.pump(lambda: seat.server.marks.keys() == {mark.id})
    assert seat.pump(lambda: unsaved(seat) == ())


def test_unsaved_notes_of_erased_calls_go(seat_as: SeatAs) -> None:
    marks = seat_as(Role.TEAM_LEAD).workspace._rooms.call_marks
    marks.keep("K-1", a_mark(1, 2.0, ME.id, "of somebody"))
    marks.keep("K-2", a_mark(2, 2.0, ME.id, "of another"))
    marks.erase({"K-1"})
    assert (marks.unsaved("K-1"), len(marks.unsaved("K-2"))) == ((), 1)


def test_mark_in_another_part_of_the_call_is_heard_there(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 2.0, ME.id), replace(a_mark(2, 12.0, ME.id), recording="2" * 64))
    page = opened(seat, recorded(1))
    hold(seat, tmp_path, "K-1")
    [first] = seat.server.held["K-1"]
    second = replace(first, id="r2", sha256="2" * 64)
    seat.server.held["K-1"] = (first, second)
    seat.server.files["K-1/r2"] = seat.server.files["K-1/r1"]
    play_to(seat, page, 4.0)
    assert seat.pump(lambda: len(page.marks.list.keys) == 2)
    assert page.player.track.accessibleDescription() == "1 marked"
    QTest.keyClick(page.marks.list, Qt.Key.Key_Down)
    assert page.player.place_s == 4.0, "this part is not what is heard"
    QTest.keyClick(page.marks.list, Qt.Key.Key_Space)
    assert seat.pump(lambda: page.player.place_s >= 12.0)
    assert page.player.track.accessibleDescription() == "1 marked"
    assert seat.workspace.listening.heard(page.player) == "2" * 64


def test_marks_of_colleagues_come_and_go_while_one_types(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    mine, theirs = a_mark(1, 2.0, ME.id), a_mark(2, 9.5, "zhou.min", "Interrupts")
    stand(seat, mine)
    page = opened(seat, recorded(1), recorded(2))
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",))
    QTest.keyClicks(page.marks.note, "Half a sen")
    stand(seat, mine, theirs)
    seat.in_step.marks_changed.emit("K-2")
    seat.in_step.marks_changed.emit("K-1")
    assert seat.pump(lambda: page.marks.list.keys == ("s-1", "s-2"))
    assert "Interrupts" in page.marks.list.words_of("s-2")
    assert (page.marks.list.current_key, page.marks.note.text()) == ("s-1", "Half a sen")
    stand(seat, mine)
    seat.in_step.live_came.emit()
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",))
    assert page.marks.note.text() == "Half a sen"


def test_marks_of_a_call_that_may_not_be_heard_any_more_go_from_the_screen(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    stand(seat, a_mark(1, 2.0, "zhou.min", "Interrupts"))
    page = opened(seat, recorded(1))
    assert seat.pump(lambda: page.marks.list.keys == ("s-1",))
    seat.server.refuses_mark = ServerRefused(403, "recording_not_allowed")
    seat.in_step.marks_changed.emit("")
    assert seat.pump(lambda: page.marks.list.keys == ())
    assert page.marks.words.text().startswith("You may not mark recordings of this call")
