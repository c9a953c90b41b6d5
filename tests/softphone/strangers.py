"""Whoever else is on the network: speaks SIP over UDP from an address that is not the switch's."""

import re
import socket
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self

STRANGE = "127.0.0.2"
PATIENCE_S = 5.0


class Stranger:
    """Sends and receives whole messages."""

    def __init__(self, host: str = STRANGE) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.settimeout(PATIENCE_S)
        self._read: deque[str] = deque()
        self.address = f"{host}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def send(self, message: str, port: int) -> None:
        self._socket.sendto(message.encode(), ("127.0.0.1", port))

    def calls(self, port: int, *headers: str) -> None:
        """Rings the phone at this port, if that lets it."""
        lines = (
            f"INVITE sip:100@127.0.0.1:{port} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.address};branch=z9hG4bK{self.address}",
            f"From: <sip:800@{self.address}>;tag=stranger",
            f"To: <sip:100@127.0.0.1:{port}>",
            f"Call-ID: stranger@{self.address}",
            "CSeq: 1 INVITE",
            f"Contact: <sip:800@{self.address}>",
            "Max-Forwards: 70",
            *headers,
        )
        self.send(message_of(lines, offer(self.address)), port)

    def next(self, start: str) -> str:
        """The next message that begins so; others are left aside. Raises TimeoutError."""
        while True:
            message = self._read.popleft() if self._read else self._socket.recv(65536).decode()
            if message.startswith(start):
                return message

    def has(self, start: str) -> bool:
        """Whether a message that begins so has come and was not read."""
        self._read.extend(self.waiting())
        return any(message.startswith(start) for message in self._read)

    def waiting(self) -> list[str]:
        """What has come and was not read."""
        found = list(self._read)
        self._read.clear()
        self._socket.settimeout(0)
        with suppress(BlockingIOError):
            while True:
                found.append(self._socket.recv(65536).decode())
        self._socket.settimeout(PATIENCE_S)
        return found

    def final(self) -> str:
        """The status line of the final answer."""
        while (line := self.next("SIP/2.0 ").partition("\r\n")[0]).startswith("SIP/2.0 1"):
            pass
        return line


def message_of(lines: tuple[str, ...], body: str = "") -> str:
    kind = ("Content-Type: application/sdp",) if body else ()
    return "\r\n".join((*lines, *kind, f"Content-Length: {len(body)}", "", body))


def offer(address: str) -> str:
    host = address.partition(":")[0]
    lines = (
        "v=0",
        f"o=- 1 1 IN IP4 {host}",
        "s=-",
        f"c=IN IP4 {host}",
        "t=0 0",
        "m=audio 40000 RTP/AVP 0",
        "a=rtpmap:0 PCMU/8000",
    )
    return "\r\n".join((*lines, ""))


def answer_to(request: str, status: str, *more: str, body: str = "") -> str:
    kept = [line for line in request.split("\r\n") if re.match(r"(Via|From|Call-ID|CSeq):", line, re.IGNORECASE)]
    to = next(line for line in request.split("\r\n") if line.lower().startswith("to:"))
    tagged = to if "tag=" in to else f"{to};tag=answered"
    return message_of((f"SIP/2.0 {status}", *kept, tagged, *more), body)


def port_of(request: str) -> int:
    """Where the sender of this request wants answers."""
    found = re.search(r"^Via:[^:]*:(\d+)", request, re.MULTILINE)
    assert found is not None
    return int(found.group(1))
