"""The calls an engine has now, and telling the world when one changes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.commands import Dial
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import CallChanged, Refusal
from agent_desktop.softphone.invite import InviteFacts, party


class CallBook:
    """Every engine keeps one, so that all of them tell the same story of a call in the same words."""

    def __init__(self, tell: Tell, clock: Callable[[], datetime]) -> None:
        self._tell = tell
        self._clock = clock
        self._calls: dict[CallId, Call] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls.values()))

    def __len__(self) -> int:
        return len(self._calls)

    def __contains__(self, call_id: CallId) -> bool:
        return call_id in self._calls

    def find(self, call_id: CallId, *states: CallState) -> Call:
        """Raises EngineRefusedError: NO_SUCH_CALL, or WRONG_STATE if it is in none of `states`."""
        call = self._calls.get(call_id)
        if call is None:
            raise EngineRefusedError(Refusal.NO_SUCH_CALL, call_id)
        if states and call.state not in states:
            raise EngineRefusedError(Refusal.WRONG_STATE, call.state)
        return call

    def add(self, call: Call) -> None:
        self._calls[call.id] = call
        self._tell(CallChanged(call))

    def add_dialled(self, wanted: Dial) -> None:
        self.add(
            Call(
                wanted.call_id,
                Direction.OUTGOING,
                CallState.DIALLING,
                wanted.number.strip(),
                "",
                started_at=self._clock(),
                consults_for=wanted.consults_for,
                shown_number=wanted.shown_number,
            )
        )

    def add_arrived(self, call_id: CallId, identity: str, facts: InviteFacts) -> None:
        """`identity` is the caller as the From of the INVITE has it; what the switch asserts counts more."""
        name, number = party(identity)
        self.add(
            Call(
                call_id,
                Direction.INCOMING,
                CallState.RINGING,
                number if facts.asserted_number is None else facts.asserted_number,
                facts.asserted_name or name,
                started_at=self._clock(),
                invite=facts,
            )
        )

    def change(self, call_id: CallId, **changes: Any) -> None:
        """Tells nothing when nothing changed, or when the call is gone already."""
        before = self._calls.get(call_id)
        if before is None:
            return
        after = replace(before, **changes)
        if after == before:
            return
        self._calls[call_id] = after
        self._tell(CallChanged(after))

    def answered(self, call_id: CallId) -> None:
        call = self._calls.get(call_id)
        if call is not None and call.answered_at is None:
            self.change(call_id, state=CallState.CONNECTED, answered_at=self._clock())

    def end(self, call_id: CallId, reason: EndReason, sip_code: int = 0, sip_text: str = "") -> None:
        call = self._calls.pop(call_id, None)
        if call is None:
            return
        why = CallEnd(reason, sip_code, sip_text, self._clock())
        self._tell(CallChanged(replace(call, state=CallState.ENDED, end=why)))
