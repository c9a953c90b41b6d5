"""A stretch of network between two phones that loses, delays and shakes what is said; each way has its own weather."""

import heapq
import random
import re
import select
import socket
import threading
import time
from dataclasses import dataclass
from itertools import count

_RTP, _RTCP = 0, 1
_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Weather:
    """`jitter_ms`: every packet waits up to so much longer, at random. Control packets are only delayed."""

    loss_pct: float = 0.0
    delay_ms: float = 0.0
    jitter_ms: float = 0.0


class BadNetwork:
    """Call `sip:...@127.0.0.1:PORT` and the phone on `towards` rings; the sound of the call travels through here."""

    def __init__(self, towards: int, there: Weather, back: Weather) -> None:
        """`there`: what the called side gets of the caller; `back`: what the caller gets of the called side."""
        self._called = ("127.0.0.1", towards)
        self._caller = ("127.0.0.1", 0)
        self._weather = {"there": there, "back": back}
        self._luck = random.Random(20261121)
        self._fates: dict[str, list[bool]] = {"there": [], "back": []}
        self._sip = _bound()
        self.port = int(self._sip.getsockname()[1])
        # What the caller takes for the called side, and the other way round: two neighbouring ports each.
        self._facing_caller, self._facing_called = _neighbours(), _neighbours()
        self._ports_of: dict[str, int] = {}
        self._due: list[tuple[float, int, socket.socket, bytes, int]] = []
        self._numbers = count()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._carry, name="bad network")
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()
        for each in (self._sip, *self._facing_caller, *self._facing_called):
            each.close()

    def _carry(self) -> None:
        everything = [self._sip, *self._facing_caller, *self._facing_called]
        while not self._is_over.is_set():
            wait_s = min(0.05, max(0.0, self._due[0][0] - time.monotonic())) if self._due else 0.05
            ready, _, _ = select.select(everything, [], [], wait_s)
            for each in ready:
                packet, sender = each.recvfrom(65536)
                if each is self._sip:
                    self._signal(packet, sender)
                elif each in self._facing_caller:
                    self._say("there", self._facing_caller.index(each), packet)
                else:
                    self._say("back", self._facing_called.index(each), packet)
            while self._due and self._due[0][0] <= time.monotonic():
                _, _, out, packet, port = heapq.heappop(self._due)
                out.sendto(packet, ("127.0.0.1", port))

    def _signal(self, packet: bytes, sender: tuple[str, int]) -> None:
        if sender == self._called:
            self._sip.sendto(self._rewritten(packet, "there", self._facing_caller), self._caller)
        else:
            self._caller = sender
            self._sip.sendto(self._rewritten(packet, "back", self._facing_called), self._called)

    def _rewritten(self, packet: bytes, towards: str, stand_in: list[socket.socket]) -> bytes:
        """The message with our ports in the place of its sender's."""
        head, gap, body = packet.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
        offered = re.search(r"^m=audio (\d+)", body, re.MULTILINE)
        if offered is None:
            return packet
        self._ports_of[towards] = int(offered.group(1))
        ours = [each.getsockname()[1] for each in stand_in]
        body = body.replace(f"m=audio {offered.group(1)}", f"m=audio {ours[_RTP]}")
        body = re.sub(r"a=rtcp:\d+", f"a=rtcp:{ours[_RTCP]}", body)
        head = re.sub(r"(?im)^(Content-Length:\s*)\d+", rf"\g<1>{len(body.encode())}", head)
        return (head + gap + body).encode("utf-8", "surrogateescape")

    def _say(self, way: str, kind: int, packet: bytes) -> None:
        weather = self._weather[way]
        wait_ms = weather.delay_ms
        if kind == _RTP:
            if self._loses(way, weather.loss_pct):
                return
            wait_ms += self._luck.random() * weather.jitter_ms
        # From the socket the receiver takes for the other phone, else it would send to where the packets come from.
        out = (self._facing_called if way == "there" else self._facing_caller)[kind]
        due = (time.monotonic() + wait_ms / 1000, next(self._numbers), out, packet, self._ports_of[way] + kind)
        heapq.heappush(self._due, due)

    def _loses(self, way: str, loss_pct: float) -> bool:
        """At random, but as many of every twenty as the weather says: five seconds are a small sample."""
        if not self._fates[way]:
            lost = round(_TOGETHER * loss_pct / 100)
            self._fates[way] = self._luck.sample([True] * lost + [False] * (_TOGETHER - lost), _TOGETHER)
        return self._fates[way].pop()


def _bound(port: int = 0) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.bind(("127.0.0.1", port))
    except OSError:
        made.close()
        raise
    return made


def _neighbours() -> list[socket.socket]:
    while True:
        first = _bound()
        try:
            return [first, _bound(int(first.getsockname()[1]) + 1)]
        except (OSError, OverflowError):
            first.close()
