"""Requests to go elsewhere that no telephone should send, within a call: ours answers each and stays up."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.softphone.call import CallId, CallState, TransferState
from agent_desktop.softphone.run_folder import find
from tests.softphone.stations import Station, Stations, direct, end, set_up, started

_SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n"


class Caller:
    """A telephone made of a socket, in one call with the phone at `port`."""

    def __init__(self, port: int) -> None:
        self._there = ("127.0.0.1", port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(5)
        self._serial = 0
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.to_tag = ""
        self.requests: list[str] = []
        self.refusals: list[str] = []
        """What it answers to the next requests to go elsewhere, instead of 200."""

    def close(self) -> None:
        self._socket.close()

    def send(self, method: str, *headers: str, call: str = "first", body: str = "", to_tag: str = "") -> int:
        self._serial += 1
        lines = [
            f"{method} sip:100@127.0.0.1:{self._there[1]} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.address};branch=z9hG4bK{self._serial}{call}",
            f"From: <sip:200@127.0.0.1>;tag=f{call}",
            f"To: <sip:100@127.0.0.1>{f';tag={to_tag}' if to_tag else ''}",
            f"Call-ID: {call}",
            f"CSeq: {self._serial} {method}",
            f"Contact: <sip:200@{self.address}>",
            "Max-Forwards: 70",
            *headers,
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
        ]
        self._socket.sendto("\r\n".join((*lines, "", body)).encode(), self._there)
        return self._serial

    def final(self, serial: int) -> tuple[int, str]:
        """The code of the final answer to that request, and the answer; what the phone asks meanwhile is granted."""
        while True:
            packet, _ = self._socket.recvfrom(65536)
            message = packet.decode()
            if not message.startswith("SIP/2.0 "):
                self._grant(message)
            elif int(message[8]) > 1 and re.search(rf"^CSeq:\s*{serial} ", message, re.MULTILINE):
                return int(message[8:11]), message

    def grants(self, method: str, times: int = 1) -> None:
        """Until the phone has asked for that so many times."""
        while self.requests.count(method) < times:
            self._grant(self._socket.recv(65536).decode())

    def begin(self) -> int:
        return self.send("INVITE", body=_SDP)

    def is_answered(self, serial: int) -> None:
        code, message = self.final(serial)
        assert code == 200
        tag = re.search(r"^To:.*;tag=(\S+)", message, re.MULTILINE)
        assert tag is not None
        self.to_tag = tag.group(1)
        self._serial = serial - 1
        self.send("ACK", to_tag=self.to_tag)

    def within(self, method: str, *headers: str) -> int:
        return self.final(self.send(method, *headers, to_tag=self.to_tag))[0]

    def _grant(self, request: str) -> None:
        self.requests.append(request.partition(" ")[0])
        if request.startswith("ACK"):
            return
        kept = [line for line in request.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq):", line)]
        said = self.refusals.pop(0) if request.startswith("REFER") and self.refusals else "200 OK"
        answer = "\r\n".join((f"SIP/2.0 {said}", *kept, "Content-Length: 0", "", ""))
        self._socket.sendto(answer.encode(), self._there)


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Station]:
    station = started(tmp_path)
    yield set_up(station, direct("100"))
    end(station, tmp_path)


@pytest.fixture
def caller(agent: Station) -> Iterator[Caller]:
    calling = Caller(agent.phone.snapshot().sip_port)
    yield calling
    calling.close()


def answered(agent: Station, caller: Caller) -> CallId:
    serial = caller.begin()
    Stations(agent).until(lambda: bool(agent.incoming()))
    call_id = agent.incoming()[0].id
    agent.phone.answer(call_id)
    caller.is_answered(serial)
    Stations(agent).until_call(agent, call_id, lambda call: call.state is CallState.CONNECTED)
    return call_id


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ((), 400),
        (("Refer-To: tel:+8610086",), 603),
        (("Refer-To: <http://127.0.0.1/>",), 603),
        (("Refer-To: ",), 603),
        (("Refer-To: <sip:",), 603),
        (("Refer-To: <sip:1@h?Replaces=%00%0d%0aX:%20y>",), 202),
        (("Refer-To: <sip:" + "9" * 4000 + "@127.0.0.1:9>",), 202),
        (("Refer-To: <sip:9@127.0.0.1:9>", "Refer-Sub: false"), 202),
        (("Refer-To: sip:9@[::",), 202),
    ],
    ids=["none", "tel", "http", "empty", "cut", "headers", "long", "no word of it", "half an address"],
)
def test_bad_refer_neither_kills_the_phone_nor_the_call(
    agent: Station, caller: Caller, tmp_path: Path, headers: tuple[str, ...], code: int
) -> None:
    call_id = answered(agent, caller)
    before = find(tmp_path)
    assert caller.within("REFER", *headers) == code
    assert caller.final(caller.send("OPTIONS", call="ping"))[0] == 200
    Stations(agent).for_a_while(0.3)
    assert find(tmp_path) == before
    assert agent.call(call_id).is_talking


@pytest.mark.parametrize(("refused", "asked"), [(1, 2), (3, 3)], ids=["once", "always"])
def test_switch_that_has_not_connected_the_call_yet_is_asked_again(
    agent: Station, caller: Caller, refused: int, asked: int
) -> None:
    """Asterisk answers so to who transfers a call in the moment in which it was answered."""
    call_id = answered(agent, caller)
    caller.refusals = ["400 Bad Request"] * refused
    agent.phone.transfer(call_id, f"sip:9@{caller.address}")
    caller.grants("REFER", asked)
    Stations(agent).for_a_while(1)
    transfer = agent.call(call_id).transfer
    assert transfer is not None
    is_over = transfer.state is TransferState.FAILED
    assert (is_over, transfer.sip_code) == (refused == asked, 400 if refused == asked else 0)


def test_refer_before_the_call_is_answered_is_declined(agent: Station, caller: Caller) -> None:
    caller.begin()
    Stations(agent).until(lambda: bool(agent.incoming()))
    while not caller.to_tag:
        packet = caller._socket.recv(65536).decode()
        tag = re.search(r"^To:.*;tag=(\S+)", packet, re.MULTILINE)
        caller.to_tag = tag.group(1) if tag and packet.startswith("SIP/2.0 180") else ""
    assert caller.within("REFER", "Refer-To: <sip:9@127.0.0.1:9>") == 603
    assert len(agent.phone.snapshot().calls) == 1


@pytest.mark.parametrize(
    ("replaces", "code"),
    [
        ("first;to-tag={to};from-tag=ffirst", 200),
        ("first;to-tag=nobody;from-tag=ffirst", 481),
        ("first", 481),
        ("first;to-tag={to};from-tag=ffirst;early-only", 486),
    ],
    ids=["ours", "another tag", "no tags", "early only"],
)
def test_replaces_takes_a_calls_place_only_by_its_true_name(
    agent: Station, caller: Caller, replaces: str, code: int
) -> None:
    call_id = answered(agent, caller)
    serial = caller.send("INVITE", f"Replaces: {replaces.format(to=caller.to_tag)}", call="second", body=_SDP)
    assert caller.final(serial)[0] == code
    if code == 200:
        caller.grants("BYE")
        Stations(agent).until_call(agent, call_id, lambda call: call.is_over)
    calls = agent.phone.snapshot().calls
    assert [(call.continues == call_id, call.state) for call in calls] == [(code == 200, CallState.CONNECTED)]
