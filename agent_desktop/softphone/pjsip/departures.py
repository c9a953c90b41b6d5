"""Calls that go out: dialled with the account of the moment, and given up when the line goes before anybody answers."""

import logging
from collections.abc import Callable

from agent_desktop.softphone.account import Account, RegistrarUnreachable
from agent_desktop.softphone.address import address_of, headers_showing, require_headers
from agent_desktop.softphone.call import CallId, CallState, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Dial
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import Refusal
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.endings import Endings
from agent_desktop.softphone.pjsip.line import Line
from agent_desktop.softphone.pjsip.settings import PjsipErrors, offer, said
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.pjsip.transfers import add_headers

log = logging.getLogger(__name__)


class Departures:
    """`make` makes PJSIP's object of a call of that id."""

    def __init__(
        self,
        book: CallBook,
        calls: dict[CallId, PjsipCall],
        line: Line,
        sound: Sound,
        endings: Endings,
        make: Callable[[CallId], PjsipCall],
        max_calls: int,
    ) -> None:
        self._book = book
        self._calls = calls
        self._line = line
        self._sound = sound
        self._endings = endings
        self._make = make
        self._max_calls = max_calls

    def address_of(self, number: str) -> str:
        """Raises EngineRefusedError(NO_ACCOUNT | BAD_NUMBER)."""
        return address_of(number, self._account())

    def dial(self, wanted: Dial) -> None:
        """See `Engine`."""
        address = self.address_of(wanted.number)
        headers = (*wanted.headers, *headers_showing(wanted.shown_number, self._account()))
        if isinstance(self._line.registration, RegistrarUnreachable):
            raise EngineRefusedError(Refusal.NO_LINE, str(self._line.registration))
        if wanted.call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        if len(self._calls) >= self._max_calls:
            raise EngineRefusedError(Refusal.TOO_MANY_CALLS, str(self._max_calls))
        require_headers(headers)
        call = self._make(wanted.call_id)
        prm = offer()
        add_headers(prm, headers)
        self._calls[wanted.call_id] = call
        self._sound.open()
        self._book.add_dialled(wanted)
        try:
            call.makeCall(address, prm)
        except PjsipErrors as reason:
            log.warning("dialling failed: %s", reason)
            self._endings.forget(call, EndReason.FAILED, 0, said(reason))

    def give_up_unheard(self) -> None:
        """The line was lost: what nobody has answered with a word will not be. PJSIP would wait half a minute."""
        for call in tuple(self._book):
            if call.state is CallState.DIALLING and not call.rings_there:
                self._endings.want(call, EndReason.UNREACHABLE)

    def _account(self) -> Account:
        if self._line.account is None:
            raise EngineRefusedError(Refusal.NO_ACCOUNT, "no account to call from")
        return self._line.account
