"""Calls that this phone connects with somebody else, and what became of it (RFC 5589); the same for every engine."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from agent_desktop.softphone import commands
from agent_desktop.softphone.address import require_headers
from agent_desktop.softphone.call import (
    Call,
    CallId,
    CallState,
    Direction,
    EndReason,
    Transfer,
    TransferPurpose,
    TransferState,
)
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import Refusal

log = logging.getLogger(__name__)

_HOLD_PATIENCE_S = 3.0  # a far side that does not answer the hold may still know REFER
_NOT_BRIDGED = 400  # Asterisk's answer in the first moment of a call: it has answered but not connected anybody yet
_LATER_S = 0.5
_TIMES = 3
_NOT_CONNECTED = (CallState.DIALLING, CallState.EARLY_MEDIA)


@dataclass
class _Asked:
    """`refer` goes out when its call is held and `after` is over; not before that moment of the monotonic clock.
    `other`: the consultation it is connected with."""

    refer: Callable[[], None]
    not_later: float
    after: CallId | None = None
    other: CallId | None = None
    not_before: float = 0.0
    times: int = 0
    is_sent: bool = False
    is_accepted: bool = False


class Refers(Protocol):
    """What an engine does for a transfer. All raise EngineRefusedError."""

    def address_of(self, number: str) -> str: ...

    def hold(self, call_id: CallId) -> None: ...

    def refer(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        """Asks the other side to call there; it is told by `Transfers.moved` what becomes of it."""

    def refer_to_other(self, call_id: CallId, other_id: CallId) -> None:
        """Asks the other side to take this phone's place in the other call."""

    def end(self, call_id: CallId, because: EndReason) -> None: ...

    def make_sure_of(self, call_id: CallId) -> None:
        """Finds out whether the other side is still there; the call ends if it is not."""


class Transfers:
    """Tells by `Call.transfer`. `look_at_clock` wants to be called after every wait."""

    def __init__(self, book: CallBook, engine: Refers) -> None:
        self._book = book
        self._engine = engine
        self._asked: dict[CallId, _Asked] = {}

    def begin(self, wanted: commands.Transfer) -> None:
        """Blind. Raises EngineRefusedError."""
        call = self._book.find(wanted.call_id, CallState.CONNECTED)
        address = self._engine.address_of(wanted.number)
        require_headers(wanted.headers)
        self._require_idle(call)
        self._begin_blind(call.id, wanted.number.strip(), address, wanted.purpose, wanted.headers)

    def complete(self, call_id: CallId, with_id: CallId) -> None:
        """Attended; blind if the consulted side has not answered yet. Raises EngineRefusedError."""
        both = (CallState.CONNECTED, *_NOT_CONNECTED)
        here, other = _customer_first(self._book.find(call_id, *both), self._book.find(with_id, *both))
        self._require_idle(here)
        self._require_idle(other)
        if here.id == other.id or here.state is not CallState.CONNECTED:
            raise EngineRefusedError(Refusal.WRONG_STATE, f"{here.state}, {other.state}")
        if other.state is CallState.CONNECTED:
            self._begin_attended(here, other)
        else:
            address = self._engine.address_of(other.remote_number)
            self._engine.end(other.id, EndReason.CANCELLED)
            self._begin_blind(here.id, other.remote_number, address, TransferPurpose.PERSON, (), after=other.id)

    def moved(self, call_id: CallId, code: int, text: str, *, is_final: bool = False) -> bool:
        """What the other side told of it, as a SIP answer. False: it need not tell more."""
        asked = self._asked.get(call_id)
        if asked is None or not asked.is_sent:
            return False
        if 200 <= code < 300:
            self._done(call_id, code, text)
        elif code == _NOT_BRIDGED and not asked.is_accepted and asked.times < _TIMES:
            asked.is_sent, asked.not_before = False, time.monotonic() + _LATER_S
        elif code >= 300 or is_final:
            self._failed(call_id, code, text)
        else:
            asked.is_accepted = True
            if code > 100:
                self._tell((call_id, asked.other), TransferState.RINGING, code, text)
        return code < 200 and not is_final

    def resumed(self, call: Call) -> None:
        """The agent has the caller back: a failure is history, what was not asked yet is not asked."""
        asked = self._asked.get(call.id)
        if asked is not None and not asked.is_sent:
            del self._asked[call.id]
            self._book.change(call.id, transfer=None)
        elif call.transfer is not None and call.transfer.state is TransferState.FAILED:
            self._book.change(call.id, transfer=None)

    def ending(self, call: Call, *, by_switch: bool) -> EndReason | None:
        """Why a call ended that this phone did not hang up, if that was its transfer. A switch takes the call as soon
        as it has accepted; of a telephone this would only say that the person hung up."""
        asked = self._asked.get(call.id)
        if asked is None:
            is_replaced = any(each.other == call.id and each.is_sent for each in self._asked.values())
            if is_replaced:
                self._tell((call.id,), TransferState.DONE, 200, "")
            return EndReason.TRANSFERRED if is_replaced else None
        if not (asked.is_accepted and by_switch):
            return None
        del self._asked[call.id]
        self._tell((call.id, asked.other), TransferState.DONE, 200, "")
        if asked.other is not None and asked.other in self._book:
            self._engine.end(asked.other, EndReason.TRANSFERRED)
        return EndReason.TRANSFERRED

    def forget(self, call_id: CallId) -> None:
        asked = self._asked.pop(call_id, None)
        if asked is not None and asked.other is not None:
            self._book.change(asked.other, transfer=None)

    def look_at_clock(self) -> None:
        for call_id, asked in tuple(self._asked.items()):
            if not asked.is_sent and self._may_go(call_id, asked):
                asked.is_sent = True
                asked.times += 1
                try:
                    asked.refer()
                except EngineRefusedError as no:
                    log.warning("a transfer could not be asked for: %s", no)
                    self._failed(call_id, 0, "")

    def _may_go(self, call_id: CallId, asked: _Asked) -> bool:
        now = time.monotonic()
        is_free = now >= asked.not_before and (asked.after is None or asked.after not in self._book)
        return is_free and (self._book.find(call_id).held_here or now >= asked.not_later)

    def _begin_blind(
        self,
        call_id: CallId,
        number: str,
        address: str,
        purpose: TransferPurpose,
        headers: tuple[Header, ...],
        after: CallId | None = None,
    ) -> None:
        self._engine.hold(call_id)
        refer = partial(self._engine.refer, call_id, address, headers)
        self._asked[call_id] = _Asked(refer, time.monotonic() + _HOLD_PATIENCE_S, after)
        self._book.change(call_id, transfer=Transfer(number, purpose, TransferState.ASKED))
        self.look_at_clock()

    def _begin_attended(self, here: Call, other: Call) -> None:
        refer = partial(self._engine.refer_to_other, here.id, other.id)
        self._asked[here.id] = _Asked(refer, time.monotonic(), other=other.id)
        for each, to in ((here, other), (other, here)):
            transfer = Transfer(to.remote_number, TransferPurpose.PERSON, TransferState.ASKED)
            self._book.change(each.id, transfer=transfer)
        self.look_at_clock()

    def _require_idle(self, call: Call) -> None:
        if call.transfer is not None and call.transfer.state is not TransferState.FAILED:
            raise EngineRefusedError(Refusal.WRONG_STATE, "it is being transferred already")

    def _done(self, call_id: CallId, code: int, text: str) -> None:
        asked = self._asked.pop(call_id)
        self._tell((call_id, asked.other), TransferState.DONE, code, text)
        for each in (call_id, asked.other):
            if each is not None and each in self._book:
                self._engine.end(each, EndReason.TRANSFERRED)

    def _failed(self, call_id: CallId, code: int, text: str) -> None:
        """A switch may have taken the caller away all the same, and say so only when it is asked."""
        asked = self._asked.pop(call_id)
        self._tell((call_id, asked.other), TransferState.FAILED, code, text)
        self._engine.make_sure_of(call_id)

    def _tell(self, call_ids: tuple[CallId | None, ...], state: TransferState, code: int, text: str) -> None:
        for call in self._book:
            if call.id in call_ids and call.transfer is not None:
                transfer = replace(call.transfer, state=state, sip_code=code, sip_text=text)
                self._book.change(call.id, transfer=transfer)


def _customer_first(call: Call, other: Call) -> tuple[Call, Call]:
    """The side that was dialled is the one the other can reach, so that one is replaced."""
    is_other_way = call.consults_for == other.id or (
        call.direction is Direction.OUTGOING and other.direction is Direction.INCOMING
    )
    return (other, call) if is_other_way else (call, other)
