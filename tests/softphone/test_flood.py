"""Strangers who call, ask and connect by the thousand: the phone stays small, quiet and free for its switch."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Account, Registered, Transport
from agent_desktop.softphone.link import LOG_NAME
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.strangers import Stranger, message_of, offer

CALLS = 10_000
MAY_GROW_MB = 20
SILENT_CONNECTIONS = 300
PACE = 50
"""So many at a time, because what does not fit into the phone's buffer would never reach it."""


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    running = started(tmp_path / "phone")
    yield running
    end(running, tmp_path / "phone")


@pytest.fixture
def registered(registrar: Registrar, station: Station) -> Station:
    account = Account("100", "127.0.0.1", "right", registrar.address, bound_to="127.0.0.1", register_every_s=90)
    set_up(station, account)
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    return station


def request(method: str, port: int, stranger: Stranger, number: int) -> str:
    """Outside of any call."""
    more = {"SUBSCRIBE": ("Event: dialog",), "NOTIFY": ("Event: message-summary",), "REFER": ("Refer-To: <sip:1@h>",)}
    lines = (
        f"{method} sip:100@127.0.0.1:{port} SIP/2.0",
        f"Via: SIP/2.0/UDP {stranger.address};branch=z9hG4bK{method}{number}",
        f"From: <sip:800@{stranger.address}>;tag=stranger",
        f"To: <sip:100@127.0.0.1:{port}>",
        f"Call-ID: {number}@{stranger.address}",
        f"CSeq: 1 {method}",
        f"Contact: <sip:800@{stranger.address}>",
        "Max-Forwards: 70",
        *more.get(method, ()),
    )
    return message_of(lines, offer(stranger.address) if method == "INVITE" else "")


def port_of(station: Station) -> int:
    return station.phone.snapshot().sip_port


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.mark.parametrize("method", ["INVITE", "MESSAGE", "NOTIFY", "SUBSCRIBE", "REFER", "OPTIONS", "INFO", "BYE"])
def test_stranger_is_forbidden_everything(registered: Station, method: str) -> None:
    with Stranger() as stranger:
        stranger.send(request(method, port_of(registered), stranger, 1), port_of(registered))
        assert stranger.final() == "SIP/2.0 403 Forbidden"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("method", ["INVITE", "MESSAGE"])
def test_flood_of_strangers_leaves_the_phone_small_quiet_and_free(
    registered: Station, method: str, tmp_path: Path
) -> None:
    port, before = port_of(registered), memory_mb(registered.pid)
    with Stranger() as stranger, Stranger("127.0.0.1") as behind_the_registrar:
        for number in range(CALLS):
            stranger.send(request(method, port, stranger, number), port)
            if number % PACE == 0:
                registered.read(0.005)
            if number == CALLS // 2:
                behind_the_registrar.calls(port)
        Stations(registered).until(lambda: len(registered.incoming()) == 1)
        registered.phone.answer(registered.incoming()[0].id)
        assert behind_the_registrar.final() == "SIP/2.0 200 OK"
        answered = stranger.waiting()
    assert {each.partition("\r\n")[0] for each in answered} == {"SIP/2.0 403 Forbidden"}
    assert len(answered) < CALLS / 10, "who floods is not answered each time"
    assert memory_mb(registered.pid) - before < MAY_GROW_MB
    log = (tmp_path / "phone" / LOG_NAME).read_text(encoding="utf-8").splitlines()
    told = [line for line in log if "turned away" in line]
    assert 1 <= len(told) <= 3
    assert len(log) < 20


def test_sound_comes_to_a_port_that_nobody_knows_beforehand(tmp_path: Path) -> None:
    """PJSIP follows a stream that comes alone, from wherever, and ours goes there then."""
    ports = {sound_port(tmp_path / str(number)) for number in range(3)}
    assert len(ports) == 3
    assert all(40_000 <= port < 60_000 for port in ports)


def sound_port(folder: Path) -> int:
    """Of a fresh phone's first call."""
    station = set_up(started(folder), direct("100"))
    with Stranger("127.0.0.1") as caller:
        caller.calls(port_of(station))
        Stations(station).until(lambda: bool(station.incoming()))
        station.phone.answer(station.incoming()[0].id)
        taken = caller.next("SIP/2.0 200")
    end(station, folder)
    return int(taken.partition("m=audio ")[2].partition(" ")[0])


@pytest.fixture
def by_tcp(tmp_path: Path, station: Station) -> Iterator[tuple[Station, Station]]:
    """(the phone, one that calls it)"""
    caller = started(tmp_path / "caller")
    for each, user in ((station, "100"), (caller, "200")):
        set_up(each, replace(direct(user), transport=Transport.TCP))
    yield station, caller
    end(caller, tmp_path / "caller")


def test_crowd_that_connects_and_says_nothing_does_not_keep_calls_out(by_tcp: tuple[Station, Station]) -> None:
    called, caller = by_tcp
    with ExitStack() as crowd:
        connections = []
        for _ in range(SILENT_CONNECTIONS):
            connections.append(socket.create_connection(("127.0.0.1", port_of(called)), timeout=5))
            crowd.enter_context(connections[-1])
        both = Stations(called, caller)
        both.until(lambda: all(is_closed(each) for each in connections), patience_s=30)
        out, _ = both.connect(caller, called)
        caller.phone.hang_up(out)
        both.until_call(caller, out, lambda call: call.is_over)


def is_closed(connection: socket.socket) -> bool:
    connection.settimeout(0)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
