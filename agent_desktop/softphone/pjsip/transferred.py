"""Calls that the other side connects with somebody else: REFER to us, and INVITE with Replaces (RFC 3891)."""

import re
import time
from collections.abc import Callable
from datetime import datetime

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.invite import InviteFacts, header_of, party, read_invite
from agent_desktop.softphone.pjsip.call import PjsipCall

_COMES_WITHIN_S = 5.0  # looking for a way through the network may come first
_HOST = re.compile(r"sips?:(?:[^@?]*@)?(\[[^\]]+\]|[^:;?>]+)", re.IGNORECASE)
_REPLACEABLE = (CallState.CONNECTED, CallState.DIALLING, CallState.EARLY_MEDIA)


class Transferred:
    """`make` makes PJSIP's object of a call that is not there yet; the engine keeps what is in `calls`."""

    def __init__(
        self,
        book: CallBook,
        calls: dict[CallId, PjsipCall],
        make: Callable[[], PjsipCall],
        clock: Callable[[], datetime],
    ) -> None:
        self._book = book
        self._calls = calls
        self._make = make
        self._clock = clock
        self._offered: dict[CallId, tuple[PjsipCall, InviteFacts, str, str]] = {}
        self._come_by: dict[CallId, float] = {}

    def sent_to(self, old: PjsipCall, to: str, account: Account | None) -> PjsipCall | None:
        """The object for the call that PJSIP is to make now; None: this REFER is turned down."""
        known = self._book.find(old.call_id) if old.call_id in self._book else None
        if known is None or known.state is not CallState.CONNECTED or account is None:
            return None
        if not _may_send_to(to, account, str(old.getInfo().remoteContact)):
            return None
        call = self._successor(old)
        name, number = party(to)
        self._add(call, old, Direction.OUTGOING, CallState.DIALLING, number, name)
        return call

    def offered(self, old: PjsipCall, message: str, account: Account) -> PjsipCall | None:
        """The object for the call of this INVITE, which wants to replace one of ours; None: it may not."""
        known = self._book.find(old.call_id) if old.call_id in self._book else None
        if known is None or known.state not in _REPLACEABLE:
            return None
        call = self._successor(old)
        name, number = party(header_of(message, "From") or "")
        self._offered[old.call_id] = (call, read_invite(message, account.invite_headers), name, number)
        return call

    def replaced(self, old: PjsipCall) -> None:
        """PJSIP answers the call that was offered, and hangs this one up."""
        call, facts, name, number = self._offered.pop(old.call_id)
        if facts.asserted_number is not None:
            number = facts.asserted_number
        self._add(call, old, Direction.INCOMING, CallState.CONNECTED, number, facts.asserted_name or name, facts)

    def has_successor(self, call_id: CallId) -> bool:
        return any(call.continues == call_id for call in self._book)

    def stillborn(self) -> list[PjsipCall]:
        """Calls that PJSIP said it would make and did not; those it was to take are forgotten."""
        now = time.monotonic()
        due = {call_id for call_id, at in self._come_by.items() if at <= now}
        self._come_by = {call_id: at for call_id, at in self._come_by.items() if at > now}
        self._offered = {old: each for old, each in self._offered.items() if each[0].call_id not in due}
        return [call for call_id, call in self._calls.items() if call_id in due and call.getId() < 0]

    def _successor(self, old: PjsipCall) -> PjsipCall:
        call = self._make()
        call.hold_wanted, call.is_muted = old.hold_wanted, old.is_muted
        self._come_by[call.call_id] = time.monotonic() + _COMES_WITHIN_S
        return call

    def _add(
        self,
        call: PjsipCall,
        old: PjsipCall,
        direction: Direction,
        state: CallState,
        number: str,
        name: str,
        invite: InviteFacts | None = None,
    ) -> None:
        now = self._clock()
        self._calls[call.call_id] = call
        self._book.add(
            Call(
                call.call_id,
                direction,
                state,
                number,
                name,
                started_at=now,
                answered_at=now if state is CallState.CONNECTED else None,
                muted=call.is_muted,
                continues=old.call_id,
                invite=invite or InviteFacts(),
            )
        )


def _may_send_to(to: str, account: Account, contact: str) -> bool:
    """A registered phone dials within its switch, or back to where the call came from; nobody makes it pay for more."""
    host = _host(to)
    if account.registrar is None:
        return bool(host)
    known = (account.domain, account.registrar, account.second_registrar, account.proxy)
    ours = {_host(f"sip:{each}") for each in known if each} | {_host(contact)}
    return bool(host) and host in ours


def _host(address: str) -> str:
    found = _HOST.search(address)
    return found.group(1).lower() if found else ""
