"""Re-INVITEs that hold a call and take it back, asked until the other side agrees."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.settings import PjsipErrors, offer

_FIRST_PAUSE_S = 0.1


class Holds:
    """PJSIP refuses while another offer is on its way, and the other side may refuse: each is asked for again after
    pauses that double."""

    def __init__(
        self, book: CallBook, calls: Mapping[CallId, PjsipCall], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._book = book
        self._calls = calls
        self._clock = clock
        self._next: dict[CallId, tuple[float, float]] = {}

    def ask(self) -> None:
        """Wants to be called after every wait, and when a wish has changed."""
        now = self._clock()
        due, self._next = self._next, {}
        for call_id, call in tuple(self._calls.items()):
            known = self._book.find(call_id)
            if known.state is not CallState.CONNECTED or call.hold_wanted == known.held_here:
                continue
            at, pause_s = due.get(call_id, (now, _FIRST_PAUSE_S))
            if now >= at:
                _ask(call)
                at, pause_s = now + pause_s, 2 * pause_s
            self._next[call_id] = (at, pause_s)

    def ask_again(self, call_id: CallId) -> None:
        """For what there is already: who does not know the call any more ends it."""
        _ask(self._calls[call_id])


def _ask(call: PjsipCall) -> None:
    prm = offer()
    with suppress(*PjsipErrors):
        if call.hold_wanted:
            call.setHold(prm)
        else:
            prm.opt.flag = pj.PJSUA_CALL_UNHOLD
            call.reinvite(prm)
