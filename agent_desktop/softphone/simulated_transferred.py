"""Calls of a simulated phone that the other side connects with somebody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.simulated_switch import Told


class SimulatedTransferred:
    """See `pjsip.transferred`. `follow` wants every change of a call."""

    def __init__(self, book: CallBook, new_id: Callable[[], CallId], clock: Callable[[], datetime]) -> None:
        self._book = book
        self._new_id = new_id
        self._clock = clock
        self._told: dict[CallId, Told] = {}
        self._to_be_held: set[CallId] = set()

    def sent_to(self, old: CallId, name: str, number: str, told: Told) -> CallId | None:
        """The call that is to be made instead, `told` what comes of it; None: declined."""
        if old not in self._book or self._book.find(old).state is not CallState.CONNECTED:
            return None
        call = self._successor(old, Direction.OUTGOING, number, name)
        self._told[call.id] = told
        self._book.add(call)
        return call.id

    def replaced(self, old: CallId, name: str, number: str) -> CallId | None:
        """The call that takes the place of this one; None: there is no such call."""
        if old not in self._book or self._book.find(old).state is not CallState.CONNECTED:
            return None
        call = self._successor(old, Direction.INCOMING, number, name)
        self._book.add(replace(call, state=CallState.CONNECTED, answered_at=call.started_at))
        return call.id

    def is_to_be_held(self, call_id: CallId) -> bool:
        """It comes in the place of a call that the agent holds."""
        return call_id in self._to_be_held

    def _successor(self, old: CallId, direction: Direction, number: str, name: str) -> Call:
        call_id, before = self._new_id(), self._book.find(old)
        if before.held_here:
            self._to_be_held.add(call_id)
        return Call(
            call_id,
            direction,
            CallState.DIALLING,
            number,
            name,
            started_at=self._clock(),
            muted=before.muted,
            continues=old,
        )

    def ending(self, call: Call) -> EndReason | None:
        goes_on = call.answered_at is not None and any(each.continues == call.id for each in self._book)
        return EndReason.TRANSFERRED if goes_on else None

    def follow(self, call: Call) -> None:
        told = self._told.get(call.id)
        if told is None:
            return
        if call.end is not None:
            del self._told[call.id]
            told(call.end.sip_code, call.end.sip_text)
        elif call.state is CallState.CONNECTED:
            del self._told[call.id]
            told(200, "OK")
        elif call.rings_there:
            told(180, "Ringing")
