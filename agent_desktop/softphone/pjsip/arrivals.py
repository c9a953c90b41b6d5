"""Calls that come in: taken into the book and rung for, or sent away."""

import logging
from collections.abc import Callable

import pjsua2 as pj

from agent_desktop.softphone.call import CallId, CallState, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.invite import read_invite
from agent_desktop.softphone.pjsip.bindings import reply, text
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.endings import Endings
from agent_desktop.softphone.pjsip.line import Line
from agent_desktop.softphone.pjsip.sound import Sound

log = logging.getLogger(__name__)


class Arrivals:
    """`make` makes the object of the call that PJSIP has this number for."""

    def __init__(
        self,
        book: CallBook,
        calls: dict[CallId, PjsipCall],
        line: Line,
        sound: Sound,
        endings: Endings,
        make: Callable[[int], PjsipCall],
    ) -> None:
        self._book = book
        self._calls = calls
        self._line = line
        self._sound = sound
        self._endings = endings
        self._make = make

    def came(self, pjsip_id: int, message: str, source: str) -> None:
        call = self._make(pjsip_id)
        account = self._line.account
        if account is None or not self._line.takes_calls_from(source):
            self._send_away(call, pj.PJSIP_SC_FORBIDDEN)
            return
        self._calls[call.call_id] = call
        self._sound.open()
        facts = read_invite(text(message), account.invite_headers)
        self._book.add_arrived(call.call_id, text(call.getInfo().remoteUri), facts)
        is_ringing = call.call_id in self._book and self._book.find(call.call_id).state is CallState.RINGING
        if is_ringing and not _rings(call):
            self._endings.forget(call, EndReason.FAILED)

    def _send_away(self, call: PjsipCall, code: int) -> None:
        self._endings.keep_until_gone(call)
        reply(call, code)
        self._endings.gone(call)


def _rings(call: PjsipCall) -> bool:
    """False: gone already, or nothing PJSIP can answer. It would never tell the end of that one."""
    try:
        reply(call, pj.PJSIP_SC_RINGING)
    except EngineRefusedError as no:
        log.info("an incoming call could not be taken: %s", no.detail)
        return False
    return bool(call.isActive())
