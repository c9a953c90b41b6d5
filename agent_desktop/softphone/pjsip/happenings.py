"""What happens to calls, carried from PJSIP's callbacks to whom it concerns."""

import pjsua2 as pj

from agent_desktop.softphone import commands
from agent_desktop.softphone.call import CallState, Direction
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.engine import Tell
from agent_desktop.softphone.events import CommandRefused, DigitReceived, Refusal
from agent_desktop.softphone.pjsip.bindings import text
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.endings import Endings
from agent_desktop.softphone.pjsip.lifelines import Lifelines
from agent_desktop.softphone.pjsip.line import Line
from agent_desktop.softphone.pjsip.talks import Talks
from agent_desktop.softphone.pjsip.transferred import Transferred
from agent_desktop.softphone.transfers import Transfers


class Happenings:
    """See `pjsip.call.Owner`."""

    def __init__(
        self,
        book: CallBook,
        tell: Tell,
        line: Line,
        talks: Talks,
        endings: Endings,
        lifelines: Lifelines,
        transfers: Transfers,
        transferred: Transferred,
    ) -> None:
        self._book = book
        self._tell = tell
        self._line = line
        self._talks = talks
        self._endings = endings
        self._lifelines = lifelines
        self._transfers = transfers
        self._transferred = transferred

    def call_moved(self, call: PjsipCall) -> None:
        if call.call_id not in self._book:  # it ended before it rang, or we have done with it
            self._endings.gone(call)
            return
        known, seen = self._book.find(call.call_id), call.getInfo()
        code = int(seen.lastStatusCode)
        if seen.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._endings.came(call, code, seen.lastReason)
        elif known.state is CallState.ENDING:
            return
        elif seen.state == pj.PJSIP_INV_STATE_CONFIRMED:
            self._book.answered(call.call_id)
        elif seen.state == pj.PJSIP_INV_STATE_EARLY and code == pj.PJSIP_SC_RINGING:
            self._book.change(call.call_id, rings_there=known.direction is Direction.OUTGOING)

    def media_moved(self, call: PjsipCall) -> None:
        self._talks.moved(call)

    def digit_came(self, call: PjsipCall, digit: str) -> None:
        self._tell(DigitReceived(call.call_id, digit))

    def digits_failed(self, call: PjsipCall, why: str) -> None:
        call.digits.give_up()
        self._tell(CommandRefused(commands.SendDigits.__name__, call.call_id, Refusal.ENGINE_FAILED, why))

    def probe_answered(self, call: PjsipCall, code: int, text: str) -> None:
        if call.call_id in self._book and self._lifelines.is_gone(call, code):
            self._endings.lost(call, code, text)

    def transfer_moved(self, call: PjsipCall, code: int, text: str, *, is_final: bool) -> bool:
        return self._transfers.moved(call.call_id, code, text, is_final=is_final)

    def sent_to(self, call: PjsipCall, to: str) -> PjsipCall | None:
        return self._transferred.sent_to(call, text(to), self._line.account)

    def replacement_offered(self, call: PjsipCall, message: str, source: str) -> PjsipCall | None:
        account = self._line.account
        if account is None or not self._line.takes_calls_from(source):
            return None
        return self._transferred.offered(call, text(message), account)

    def replaced(self, call: PjsipCall) -> None:
        self._transferred.replaced(call)
