"""Two phones beside each other, driven as a workstation drives one."""

import time
from collections.abc import Callable
from pathlib import Path

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account, NotRegistered
from agent_desktop.softphone.audio import NullSink, SilentSource, Sound
from agent_desktop.softphone.call import Call, CallId, CallState
from agent_desktop.softphone.events import CallChanged, Event, PhoneLost, PhoneReady, RegistrationChanged
from agent_desktop.softphone.link import LOG_NAME, Link, PhoneLink
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.run_folder import find
from agent_desktop.softphone.simulated_link import SimulatedLink

PATIENCE_S = 30.0


class Station:
    """A phone and everything it has told; `run_folder` is where its process says who it is, if it has one."""

    def __init__(self, link: Link, run_folder: Path | None = None) -> None:
        self.link = link
        self._run_folder = run_folder
        self.phone = Phone(link.send)
        self.told: list[Event] = []

    @property
    def pid(self) -> int:
        there = find(self._run_folder) if self._run_folder is not None else None
        assert there is not None, "no phone process runs"
        return there.pid

    def read(self, timeout_s: float) -> bool:
        event = self.link.read_event(timeout_s)
        if event is not None:
            self.told.extend(self.phone.apply(event))
        return event is not None

    def call(self, call_id: CallId) -> Call:
        """As it was told last, also after its end."""
        return [event.call for event in self.told if isinstance(event, CallChanged) and event.call.id == call_id][-1]

    def states(self, call_id: CallId) -> list[CallState]:
        seen = [event.call.state for event in self.told if isinstance(event, CallChanged) and event.call.id == call_id]
        return [state for at, state in enumerate(seen) if at == 0 or seen[at - 1] is not state]

    def losses(self) -> list[PhoneLost]:
        """What was told each time the process was gone or hung."""
        return [event for event in self.told if isinstance(event, PhoneLost)]

    def log(self) -> str:
        """What the process wrote down about itself, with what it was lost for."""
        log = self._run_folder / LOG_NAME if self._run_folder is not None else None
        written = log.read_text(encoding="utf-8", errors="replace") if log is not None and log.is_file() else ""
        return f"{self.losses()}\n{written}"

    def incoming(self) -> list[Call]:
        return [call for call in self.phone.snapshot().calls if call.state is CallState.RINGING]


class Stations:
    """Reads from all phones while it waits for a fact about one of them."""

    def __init__(self, *stations: Station) -> None:
        self._stations = stations

    def until(self, fact: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        deadline = time.monotonic() + patience_s
        while not fact():
            assert time.monotonic() < deadline, [event for each in self._stations for event in each.told[-4:]]
            for station in self._stations:
                station.read(0.005)

    def for_a_while(self, seconds: float) -> None:
        """Lets people talk."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for station in self._stations:
                station.read(0.01)

    def until_call(self, station: Station, call_id: CallId, fact: Callable[[Call], bool]) -> Call:
        self.until(lambda: _known(station, call_id) and fact(station.call(call_id)))
        return station.call(call_id)

    def ring(
        self, caller: Station, called: Station, headers: tuple[commands.Header, ...] = ()
    ) -> tuple[CallId, CallId]:
        """(the caller's id, the called side's id) of a call that rings."""
        before = {call.id for call in called.incoming()}
        port = called.phone.snapshot().sip_port
        out = caller.phone.dial(f"sip:100@127.0.0.1:{port}", headers)
        self.until(lambda: any(call.id not in before for call in called.incoming()))
        into = next(call.id for call in called.incoming() if call.id not in before)
        self.until_call(caller, out, lambda call: call.rings_there)
        return out, into

    def connect(self, caller: Station, called: Station) -> tuple[CallId, CallId]:
        out, into = self.ring(caller, called)
        called.phone.answer(into)
        self.until_call(called, into, lambda call: call.state is CallState.CONNECTED)
        self.until_call(caller, out, lambda call: call.state is CallState.CONNECTED)
        return out, into


def direct(user: str) -> Account:
    """An account without registrar, reachable on loopback only."""
    return Account(user, "127.0.0.1", bound_to="127.0.0.1")


def set_up(station: Station, account: Account, sound: Sound | None = None) -> Station:
    station.phone.set_sound(sound or Sound(SilentSource(), NullSink()))
    station.phone.set_account(account)
    stations = Stations(station)
    stations.until(lambda: any(isinstance(event, PhoneReady) for event in station.told))
    stations.until(lambda: any(isinstance(event, RegistrationChanged) for event in station.told))
    assert account.registrar or station.phone.snapshot().registration == NotRegistered()
    return station


def started(run_folder: Path) -> Station:
    return Station(PhoneLink(run_folder), run_folder)


def end(station: Station, run_folder: Path) -> None:
    """Ends the phone process and waits until it has taken its whereabouts away."""
    link = PhoneLink(run_folder) if find(run_folder) is not None else None
    if isinstance(station.link, SimulatedLink):
        station.phone.quit()
        station.read(0)
    station.link.close()
    if link is not None:
        other = Station(link)
        Stations(other).until(lambda: other.phone.is_there)
        other.phone.quit()
        Stations(other).until(lambda: not other.phone.is_there)
        link.close()


def _known(station: Station, call_id: CallId) -> bool:
    return any(isinstance(event, CallChanged) and event.call.id == call_id for event in station.told)
