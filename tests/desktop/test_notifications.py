"""What the desktop shows for us: notes with buttons, over a real session bus, to a service that remembers them."""

import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from agent_desktop.notifications import OPEN, Note, Notifications, Taken

SERVICE = "org.freedesktop.Notifications"
PLACE = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
PATIENCE_S = 20.0


class Desk:
    """The desktop's side: `shown` are the notes on the screen by their number."""

    def __init__(self, address: str) -> None:
        self.shown: dict[int, tuple[Any, ...]] = {}
        self._bus = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(SERVICE))
        self._changed = threading.Condition()
        self._last = 0
        self._is_leaving = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def until(self, count: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: len(self.shown) == count, PATIENCE_S)

    def press(self, number: int, action: str) -> None:
        self._bus.send(new_signal(PLACE, "ActionInvoked", "us", (number, action)))

    def leave(self) -> None:
        self._is_leaving = True
        self._thread.join(PATIENCE_S)
        self._bus.close()

    def _serve(self) -> None:
        while not self._is_leaving:
            try:
                message = self._bus.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                with self._changed:
                    self._answer(message)
                    self._changed.notify_all()

    def _answer(self, message: Any) -> None:
        if message.header.fields[HeaderFields.member] == "Notify":
            number = message.body[1] or self._last + 1
            self._last = max(self._last, number)
            self.shown[number] = message.body
            self._bus.send(new_method_return(message, "u", (number,)))
        else:
            self.shown.pop(message.body[0], None)
            self._bus.send(new_method_return(message))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        desk = Desk(address)
        yield desk
        desk.leave()
        daemon.terminate()


class Heard:
    """What was pressed on our notes."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._more = threading.Condition()

    def __call__(self, taken: Taken) -> None:
        with self._more:
            self.taken.append(taken)
            self._more.notify_all()

    def until(self, *taken: Taken) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self.taken == list(taken), PATIENCE_S)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def notes(desk: Desk, heard: Heard) -> Iterator[Notifications]:
    made = Notifications()
    thread = threading.Thread(target=made.follow, args=(heard,))
    thread.start()
    yield made
    made.stop()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


RING = Note("call-1", "Incoming call", "138****6721 <b>", {OPEN: "Open", "answer": "Answer"}, is_urgent=True)


def test_note_is_shown_with_its_buttons_and_as_plain_text(notes: Notifications, desk: Desk) -> None:
    notes.show(RING)

    assert desk.until(1)
    app, replaces, _icon, title, text, actions, hints, _timeout = desk.shown[1]
    assert (app, replaces, title, text) == ("agent-desktop", 0, "Incoming call", "138****6721 &lt;b&gt;")
    assert actions == ["default", "Open", "answer", "Answer"]
    assert hints["urgency"] == ("y", 2)


def test_press_on_a_note_says_which_and_what(notes: Notifications, desk: Desk, heard: Heard) -> None:
    notes.show(RING)
    notes.show(Note("missed", "Missed calls: 1"))
    assert desk.until(2)

    desk.press(2, "default")
    desk.press(1, "answer")
    desk.press(99, "answer")

    assert heard.until(Taken("missed", "default"), Taken("call-1", "answer"))


def test_newer_note_takes_the_place_of_the_older(notes: Notifications, desk: Desk) -> None:
    notes.show(Note("missed", "Missed calls: 1"))
    assert desk.until(1)
    notes.show(Note("missed", "Missed calls: 2"))
    notes.show(RING)

    assert desk.until(2)
    assert desk.shown[1][3] == "Missed calls: 2"


def test_note_is_withdrawn_when_the_call_is_over(notes: Notifications, desk: Desk) -> None:
    notes.show(RING)
    assert desk.until(1)

    notes.withdraw("call-1")
    notes.withdraw("never shown")

    assert desk.until(0)


def test_nothing_stays_on_the_screen_when_the_program_ends(desk: Desk, heard: Heard) -> None:
    notes = Notifications()
    thread = threading.Thread(target=notes.follow, args=(heard,))
    thread.start()
    notes.show(RING)
    assert desk.until(1)

    notes.stop()
    thread.join(PATIENCE_S)

    assert desk.until(0)


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "nonsense"])
def test_without_a_session_bus_nothing_is_shown_and_nothing_fails(
    address: str, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    notes = Notifications()
    notes.show(RING)

    notes.follow(heard)

    assert not heard.taken
