"""Raw INVITEs to a telephone, each cancelled once it rings: how long the telephone takes to say so."""

import secrets
import socket
import time

PATIENCE_S = 5.0
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\n"
)


class NeverRangError(Exception):
    """The telephone did not answer an INVITE with 180; `answers` is what came instead."""


class Inviter:
    """Over UDP to 127.0.0.1:`port`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.connect(("127.0.0.1", port))
        self._socket.settimeout(PATIENCE_S)
        self._to = f"sip:100@127.0.0.1:{port}"
        self._from = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def close(self) -> None:
        self._socket.close()

    def ring_ms(self) -> float:
        """Milliseconds from the INVITE to its 180. Raises NeverRangError."""
        call = secrets.token_hex(8)
        message = self._request("INVITE", call, f"<{self._to}>", SDP)
        began = time.perf_counter()
        self._socket.send(message)
        self._until(call, "SIP/2.0 180")
        took = 1000 * (time.perf_counter() - began)
        self._socket.send(self._request("CANCEL", call, f"<{self._to}>"))
        final = self._until(call, "SIP/2.0 487")
        to = next(line for line in final.split("\r\n") if line.lower().startswith("to:")).partition(":")[2].strip()
        self._socket.send(self._request("ACK", call, to))
        return took

    def _request(self, method: str, call: str, to: str, body: str = "") -> bytes:
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (
            f"{method} {self._to} SIP/2.0\r\nVia: SIP/2.0/UDP {self._from};rport;branch=z9hG4bK{call}\r\n"
            f"From: <sip:200@{self._from}>;tag={call}\r\nTo: {to}\r\nCall-ID: {call}\r\nCSeq: 1 {method}\r\n"
            f"Contact: <sip:200@{self._from}>\r\nMax-Forwards: 70\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def _until(self, call: str, first: str) -> str:
        seen = []
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            answer = self._socket.recv(65536).decode("utf-8", errors="replace")
            if call in answer and answer.startswith(first):
                return answer
            seen.append(answer.partition("\r\n")[0])
        raise NeverRangError(seen)
