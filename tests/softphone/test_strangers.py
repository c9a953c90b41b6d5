"""Other users of this computer, and callers who mean harm."""

import json
import selectors
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.address import address_of, require_headers
from agent_desktop.softphone.commands import TellAll, UseAccount
from agent_desktop.softphone.control import REFUSED, Control, Joined
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import PhoneLost, PhoneReady, PhoneSnapshot
from agent_desktop.softphone.invite import HeaderNames, party, read_invite
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.run_folder import FILE_NAME
from agent_desktop.softphone.wire import BadLineError, command_line, event_line, read_command

TOKEN, PROOF = "t" * 64, "p" * 64
ACCOUNT = Account("8001", "pbx.example", password="a secret")


class Door:
    """A control socket, and what arrived on it."""

    def __init__(self) -> None:
        self.arrived = threading.Semaphore(0)
        self.control = Control(TOKEN, PROOF, self.arrived.release)

    def knock(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.control.port), timeout=5)


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door()
    made.control.start()
    yield made
    for arrival in made.control.take():
        if isinstance(arrival, Joined):
            arrival.connection.close()
    made.control.close()


def test_crowd_before_the_door_does_not_keep_the_workstation_out(door: Door) -> None:
    with ExitStack() as crowd:
        for _ in range(40):
            crowd.enter_context(door.knock())
        with door.knock() as workstation:
            workstation.sendall(TOKEN.encode() + b"\n" + command_line(TellAll()))
            assert door.arrived.acquire(timeout=5)
            assert door.arrived.acquire(timeout=5)
            joined, asked = door.control.take()
            assert isinstance(joined, Joined)
            assert asked == TellAll()
            assert workstation.recv(100) == PROOF.encode() + b"\n"
            joined.connection.close()


def test_crowd_is_sent_away(door: Door) -> None:
    with ExitStack() as crowd, selectors.DefaultSelector() as ended:
        for _ in range(40):
            ended.register(crowd.enter_context(door.knock()), selectors.EVENT_READ)
        gone: set[int] = set()
        while len(gone) < 32 and (ready := ended.select(5)):
            for key, _ in ready:
                gone.add(key.fd)
                ended.unregister(key.fileobj)
        assert len(gone) == 32  # the eight newest may still show the token


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"is":"UseAccount","account":{"is":"Account","user":"a","domain":"b","invite_headers":"x"}}',
        b'{"is":["x"]}',
        b"5",
    ],
    ids=["deep", "no object", "list", "number"],
)
def test_garbled_command_is_a_bad_line(line: bytes) -> None:
    with pytest.raises(BadLineError):
        read_command(line)


def test_stranger_on_the_port_of_a_dead_phone_is_not_told_the_account(tmp_path: Path) -> None:
    heard: list[bytes] = []

    def stranger(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(REFUSED + event_line(PhoneReady(PhoneSnapshot())))
            while more := connection.recv(65536):
                heard.append(more)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        posing = threading.Thread(target=stranger, args=(listening,))
        posing.start()
        there = {"pid": 1, "port": listening.getsockname()[1], "token": TOKEN, "proof": PROOF}
        (tmp_path / FILE_NAME).write_text(json.dumps(there), encoding="ascii")
        link = PhoneLink(tmp_path, start=_no_phone)
        link.send(UseAccount(ACCOUNT))
        told = link.read_event(5)
        link.close()
        posing.join(5)

    assert isinstance(told, PhoneLost)
    assert b"".join(heard) == TOKEN.encode() + b"\n"


def _no_phone(_folder: Path) -> "subprocess.Popen[bytes]":
    raise FileNotFoundError


@pytest.mark.parametrize(
    "written",
    ["sip:1@h?X-Customer-Id=7", "sip:1@h\x00x", "sip:1@h\r\nX: y", "sip:1@h,sip:2@h", "sip:1\u202e@h", "1\r\n2;3"],
    ids=["header", "zero", "line end", "two", "direction", "number"],
)
def test_dialled_address_cannot_write_into_the_invite(written: str) -> None:
    with pytest.raises(EngineRefusedError):
        address_of(written, ACCOUNT)


@pytest.mark.parametrize(
    "header", [("X-A", "1\r\nX-B: 2"), ("X-A: 1\r\nX-B", "2"), ("", "1"), ("X-A", "\x00")], ids=repr
)
def test_header_cannot_be_two(header: tuple[str, str]) -> None:
    with pytest.raises(EngineRefusedError):
        require_headers((header,))


@pytest.mark.parametrize("user", ["sip%3Aa%40evil.example", "1%40evil.example", "1%3Fa", "1%0d%0aX", "%3Cb%3E1"])
def test_number_of_a_caller_never_becomes_an_address(user: str) -> None:
    assert party(f"<sip:{user}@pbx.example>") == ("", user)


def test_unseen_characters_of_a_caller_are_left_out() -> None:
    invite = 'INVITE sip:1@h SIP/2.0\r\nX-Queue: a\x1b[2Jb\r\nP-Asserted-Identity: "x\u202egnp\x07" <sip:1@h>\r\n\r\n'
    facts = read_invite(invite, HeaderNames())

    assert (facts.queue, facts.asserted_name) == ("a[2Jb", "xgnp")
