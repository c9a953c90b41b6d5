"""Notices that the other side of a call has gone without a word, as a telephone that lost its power does."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pjsua2 as pj

from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.pjsip.call import PROBE, PjsipCall
from agent_desktop.softphone.pjsip.settings import PjsipErrors

_LOOKS_EVERY_S = 5.0
_QUIET_S = 25.0
_GONE_S = 55.0  # when it could not even be asked
_NO_SOUND = -1
_UNKNOWN_THERE = 481
_UNANSWERED = 408  # PJSIP has asked for 32 s
_NOT_SENT = 503


@dataclass
class _Signs:
    """`last_at`: when there was a sign of life. `packets` are counted by PJSIP since the stream began."""

    packets: int
    last_at: float
    ask_at: float


class Lifelines:
    """A call that is held or brings no sound is asked every 25 s by an OPTIONS inside of it (RFC 3261 §11, RFC 5057
    §5.3). Whoever does not answer that within 32 s, or no longer knows the call, is gone: within a minute."""

    def __init__(
        self, book: CallBook, calls: Mapping[CallId, PjsipCall], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._book = book
        self._calls = calls
        self._clock = clock
        self._signs: dict[CallId, _Signs] = {}
        self._look_at = 0.0

    def look(self) -> None:
        """After every wait."""
        now = self._clock()
        if now < self._look_at:
            return
        self._look_at = now + _LOOKS_EVERY_S
        self._signs = {call_id: signs for call_id, signs in self._signs.items() if call_id in self._calls}
        for call_id, call in self._calls.items():
            if self._book.find(call_id).state is CallState.CONNECTED:
                self._look_at_call(call, now)

    def is_gone(self, call: PjsipCall, code: int) -> bool:
        """Whether this answer to our question says so."""
        signs = self._signs.get(call.call_id)
        if signs is None:
            return False
        now = self._clock()
        if code not in (_UNANSWERED, _UNKNOWN_THERE, _NOT_SENT):
            signs.last_at = now
        return code in (_UNANSWERED, _UNKNOWN_THERE) or now - signs.last_at > _GONE_S

    def _look_at_call(self, call: PjsipCall, now: float) -> None:
        packets = _packets(call)
        signs = self._signs.setdefault(call.call_id, _Signs(_NO_SOUND, now, now + _QUIET_S))
        if packets != signs.packets:
            signs.packets, signs.last_at, signs.ask_at = packets, now, now + _QUIET_S
        elif now >= signs.ask_at:
            signs.ask_at = now + _QUIET_S
            _ask(call)


def _packets(call: PjsipCall) -> int:
    if call.audio is None:
        return _NO_SOUND
    try:
        return int(call.getStreamStat(0).rtcp.rxStat.pkt)
    except PjsipErrors:  # its stream may be about to change
        return _NO_SOUND


def _ask(call: PjsipCall) -> None:
    prm = pj.CallSendRequestParam()
    prm.method = PROBE
    with suppress(*PjsipErrors):
        call.sendRequest(prm)
