"""Sends digits into a call one after another: beside the audio (RFC 4733), or each as a SIP INFO of its own."""

import math
import time
from collections import deque
from collections.abc import Callable

import pjsua2 as pj

from agent_desktop.softphone.account import DigitMode

PAUSE = ","
PAUSE_S = 2.0
_TONE_MS = 120
_TONE_AND_GAP_S = 0.2
_METHODS = {DigitMode.RFC_4733: pj.PJSUA_DTMF_METHOD_RFC2833, DigitMode.INFO: pj.PJSUA_DTMF_METHOD_SIP_INFO}


class DigitsOnTheirWay:
    """What is still to be sent into one call. It does not know the call: that would keep the call alive for ever."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: deque[tuple[str, DigitMode]] = deque()
        self._next_at = -math.inf
        self._asks = False

    @property
    def due_at(self) -> float:
        """When `step` has something to do, on the monotonic clock."""
        return self._next_at if self._waiting and not self._asks else math.inf

    def add(self, digits: str, mode: DigitMode) -> None:
        self._waiting.extend((digit, mode) for digit in digits)

    def step(self, send: Callable[[pj.CallSendDtmfParam], None]) -> None:
        """Raises PjsipErrors, as `send` does, when a digit could not be sent; the rest is given up."""
        while self._clock() >= self.due_at:
            digit, mode = self._waiting.popleft()
            if digit == PAUSE:
                self._next_at = self._clock() + PAUSE_S
                continue
            prm = pj.CallSendDtmfParam()
            prm.method, prm.digits, prm.duration = _METHODS[mode], digit, _TONE_MS
            self._asks = mode is DigitMode.INFO
            self._next_at = self._clock() + _TONE_AND_GAP_S
            try:
                send(prm)
            except Exception:
                self.give_up()
                raise

    def info_answered(self) -> None:
        """The next one may go. Two INFOs under way could overtake each other."""
        self._asks = False

    def give_up(self) -> None:
        self._waiting.clear()
        self._asks = False
