"""How calls end: because the agent or a rule wants it, because the other side does, or because they go on elsewhere."""

import time
from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.call import Call, CallId, CallState, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.endings import ending_of
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.pjsip.bindings import ask
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.pjsip.talks import Talks
from agent_desktop.softphone.pjsip.transferred import Transferred
from agent_desktop.softphone.transfers import Transfers


class Endings:
    """Takes what has ended out of `calls` and out of the book."""

    def __init__(
        self,
        book: CallBook,
        calls: dict[CallId, PjsipCall],
        account: Callable[[], Account | None],
        talks: Talks,
        sound: Sound,
        transfers: Transfers,
        transferred: Transferred,
    ) -> None:
        self._book = book
        self._calls = calls
        self._account = account
        self._talks = talks
        self._sound = sound
        self._transfers = transfers
        self._transferred = transferred
        self._wanted: dict[CallId, EndReason] = {}
        self._leaving: dict[CallId, PjsipCall] = {}

    def want(self, call: Call, because: EndReason, code: int = 0) -> None:
        """Told when it is on its way, and PJSIP's own word of it comes before: whoever ends this process on hearing of
        it leaves no call behind. Raises EngineRefusedError."""
        ending = self._calls[call.id]
        self._wanted.setdefault(call.id, because)
        prm = pj.CallOpParam()
        prm.statusCode = code
        ending.is_hanging_up = True
        try:
            ask(lambda: ending.hangup(prm))
        except EngineRefusedError:
            self._wanted.pop(call.id, None)
            raise
        finally:
            ending.is_hanging_up = False
        self._book.change(call.id, state=CallState.ENDING)
        if ending.farewell is not None:
            self._over(ending, *ending.farewell)

    def came(self, call: PjsipCall, code: int, text: str) -> None:
        """PJSIP says that it is over."""
        if call.is_hanging_up:
            call.farewell = (code, text)
        else:
            self._over(call, code, text)

    def lost(self, call: PjsipCall, code: int, text: str) -> None:
        """Nobody is there any more: told at once, and what PJSIP still says to nobody is not waited for."""
        call.is_hanging_up = True
        with suppress(EngineRefusedError):
            ask(lambda: call.hangup(pj.CallOpParam()))
        self._talks.pause(call)
        self.keep_until_gone(call)
        self.forget(call, EndReason.LOST, code, text)

    def forget(self, call: PjsipCall, reason: EndReason, code: int = 0, text: str = "") -> None:
        """Lets go of PJSIP's object at once: destroyed after its slot has got a new call, it would hang that one up."""
        self._talks.forget(call)
        self._transfers.forget(call.call_id)
        self._wanted.pop(call.call_id, None)
        self._calls.pop(call.call_id, None)
        self._book.end(call.call_id, reason, code, text)
        if not self._calls:
            self._sound.rest(time.monotonic())

    def keep_until_gone(self, call: PjsipCall) -> None:
        """For a call that is nobody's any more and has still something to say to the other side: without its object
        PJSIP would say something else."""
        if call.isActive():
            self._leaving[call.call_id] = call

    def gone(self, call: PjsipCall) -> None:
        """One that was kept, if PJSIP has done with it."""
        if not call.isActive():
            self._leaving.pop(call.call_id, None)

    def close(self) -> None:
        self._leaving.clear()

    def _over(self, call: PjsipCall, code: int, text: str) -> None:
        known = self._book.find(call.call_id)
        reason = self._wanted.get(call.call_id) or self._elsewhere(known) or ending_of(known, code)
        if call.completed_elsewhere and reason is EndReason.MISSED:
            reason = EndReason.ANSWERED_ELSEWHERE
        self.forget(call, reason, code, text)

    def _elsewhere(self, known: Call) -> EndReason | None:
        """The call went on without this phone, or here with another in its place."""
        account = self._account()
        by_switch = account is not None and account.registrar is not None
        has_moved = known.answered_at is not None and self._transferred.has_successor(known.id)
        return EndReason.TRANSFERRED if has_moved else self._transfers.ending(known, by_switch=by_switch)
