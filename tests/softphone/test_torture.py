"""What no telephone should ever send, sent to ours: it answers or drops it, stays up and takes the next call."""

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Transport
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.events import CallChanged, PhoneLost
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.softphone.run_folder import find
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.torture import RFC_4475, mutations

MUTATED = 10_000
PING_EVERY = 250
LARGEST_DATAGRAM = 65_507
PATIENCE_S = 10.0
AGAIN_S = 0.5
ACCEPT_S = 0.002
"""Its queue of new connections is short; a full one costs the sender a second."""


@dataclass(frozen=True, slots=True)
class Victim:
    station: Station
    caller: Station
    transport: Transport
    folder: Path
    pid: int

    @property
    def port(self) -> int:
        return self.station.phone.snapshot().sip_port

    def turn_away(self) -> None:
        """Takes what it has told; whatever rings is declined, so that the next message finds a free line."""
        while self.station.read(0):
            told = self.station.told[-1]
            assert not isinstance(told, PhoneLost), told
            if isinstance(told, CallChanged) and told.call.state is CallState.RINGING:
                try:
                    self.station.phone.decline(told.call.id)
                except PhoneAwayError:
                    pytest.fail("the phone is gone")

    @property
    def stands(self) -> bool:
        there = find(self.folder)
        return there is not None and there.pid == self.pid


class Sender:
    """Sends raw messages and asks between them whether the phone still answers."""

    def __init__(self, victim: Victim) -> None:
        self._victim = victim
        self._pings = 0
        self._socket = self._opened()

    def _opened(self) -> socket.socket:
        kind = socket.SOCK_DGRAM if self._victim.transport is Transport.UDP else socket.SOCK_STREAM
        opened = socket.socket(socket.AF_INET, kind)
        opened.bind(("127.0.0.1", 0))
        opened.settimeout(PATIENCE_S)
        opened.connect(("127.0.0.1", self._victim.port))
        return opened

    def close(self) -> None:
        self._socket.close()

    def send(self, message: bytes) -> None:
        """Over TCP each message has a connection of its own: one that is never whole would swallow the next."""
        if self._victim.transport is Transport.UDP:
            self._socket.send(message[:LARGEST_DATAGRAM])
            return
        self._socket.close()
        self._socket = self._opened()
        self._socket.sendall(message)
        time.sleep(ACCEPT_S)

    def ping(self) -> bytes:
        """The phone's answer to an OPTIONS of ours."""
        self._pings += 1
        mark = f"ping-{self._pings}-{id(self)}"
        mine = f"127.0.0.1:{self._socket.getsockname()[1]}"
        way = self._victim.transport.value.upper()
        request = (
            f"OPTIONS sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/{way} {mine};rport;branch=z9hG4bK{mark}\r\n"
            f"From: <sip:ping@{mine}>;tag=1\r\nTo: <sip:100@127.0.0.1>\r\nCall-ID: {mark}\r\nCSeq: 1 OPTIONS\r\n"
            "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        ).encode()
        deadline = time.monotonic() + PATIENCE_S
        again_at = 0.0
        while time.monotonic() < deadline:
            if time.monotonic() >= again_at:  # a datagram may find the phone's buffer full
                self.send(request)
                again_at = time.monotonic() + AGAIN_S
            self._victim.turn_away()
            answer = self._heard()
            if mark.encode() in answer:
                return answer
        pytest.fail(f"no answer to {mark}")

    def _heard(self) -> bytes:
        self._socket.settimeout(0.05)
        try:
            return self._socket.recv(65536)
        except (TimeoutError, ConnectionError):
            return b""
        finally:
            self._socket.settimeout(PATIENCE_S)


@pytest.fixture(params=[Transport.UDP, Transport.TCP], ids=lambda transport: transport.value)
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Victim]:
    transport: Transport = request.param
    folders = [tmp_path / name for name in ("victim", "caller")]
    stations = [started(folder) for folder in folders]
    for station, user in zip(stations, ("100", "200"), strict=True):
        set_up(station, replace(direct(user), transport=transport))
    there = find(folders[0])
    assert there is not None
    yield Victim(stations[0], stations[1], transport, folders[0], there.pid)
    for station, folder in zip(stations, folders, strict=True):
        end(station, folder)


@pytest.fixture
def sender(victim: Victim) -> Iterator[Sender]:
    made = Sender(victim)
    yield made
    made.close()


def takes_a_normal_call(victim: Victim) -> None:
    victim.turn_away()
    both = Stations(victim.station, victim.caller)
    both.until(lambda: not victim.station.phone.snapshot().calls)
    out, into = both.connect(victim.caller, victim.station)
    victim.caller.phone.hang_up(out)
    both.until_call(victim.station, into, lambda call: call.is_over)
    assert victim.stands, "it is another process than before"


def test_torture_messages_are_answered_or_dropped(victim: Victim, sender: Sender) -> None:
    assert len(RFC_4475) == 49
    for message in RFC_4475.values():
        sender.send(message)
        assert sender.ping().startswith(b"SIP/2.0 200")
    takes_a_normal_call(victim)


@pytest.mark.timeout(300)
def test_mutated_invites_do_no_harm(victim: Victim, sender: Sender) -> None:
    for number, message in enumerate(mutations(MUTATED, seed=20261121)):
        sender.send(message)
        if number % 10 == 0:
            victim.turn_away()
        if number % PING_EVERY == 0:
            assert sender.ping().startswith(b"SIP/2.0 200")
    assert sender.ping().startswith(b"SIP/2.0 200")
    takes_a_normal_call(victim)
