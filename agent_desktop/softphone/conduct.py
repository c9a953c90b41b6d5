"""Carries out the policy for calls where the calls are, so that it also holds while the window is gone."""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from agent_desktop.softphone.call import Call, CallId, CallState, EndReason
from agent_desktop.softphone.engine import Engine, EngineRefusedError, Tell
from agent_desktop.softphone.events import CallChanged, Event
from agent_desktop.softphone.policy import CallPolicy, Turned, answers_after_s, turned_away

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Due:
    """When something happens to a ringing call, on the monotonic clock."""

    answer_at: float
    give_up_at: float
    zip_tone: bool


class Conduct:
    """Stands between an engine and whoever is told. A call that the policy turns away is told once: that it is over.

    `engine` is the one that was made. `step` wants to be called after each of its waits.
    """

    def __init__(
        self,
        make_engine: Callable[[Tell], Engine],
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._policy = CallPolicy()
        self._turned_away: set[CallId] = set()
        self._ringing: dict[CallId, _Due] = {}
        self.engine = make_engine(self._hear)

    def use(self, policy: CallPolicy) -> None:
        """From the next call on."""
        self._policy = policy

    def step(self) -> float:
        """Answers and gives up what is due; seconds until something is due again."""
        now = self._clock()
        for call_id, due in tuple(self._ringing.items()):
            if now >= due.give_up_at:
                self._ringing[call_id] = _Due(math.inf, math.inf, due.zip_tone)
                self._decline(call_id, Turned.UNAVAILABLE, EndReason.RANG_OUT)
            elif now >= due.answer_at:
                self._ringing[call_id] = _Due(math.inf, due.give_up_at, due.zip_tone)
                self._answer(call_id, zip_tone=due.zip_tone)
        return min((min(due.answer_at, due.give_up_at) - now for due in self._ringing.values()), default=math.inf)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, CallChanged):
            self._tell(event)
            return
        call = event.call
        if call.id in self._turned_away:
            if call.is_over:
                self._turned_away.discard(call.id)
                self._tell(event)
            return
        if call.state is not CallState.RINGING:
            self._ringing.pop(call.id, None)
        elif call.id not in self._ringing:
            if self._turns_away(call):
                return
            self._ringing[call.id] = self._due(call)
        self._tell(event)

    def _turns_away(self, call: Call) -> bool:
        away = turned_away(self._policy, call, has_others=bool(self._others(call.id)))
        if away is None:
            return False
        self._turned_away.add(call.id)
        if self._decline(call.id, away.how, away.because):
            return True
        self._turned_away.discard(call.id)
        return False

    def _due(self, call: Call) -> _Due:
        now, policy = self._clock(), self._policy
        after_s, ring_for_s = answers_after_s(policy, call), policy.ring_for_s
        return _Due(
            math.inf if after_s is None else now + after_s,
            math.inf if ring_for_s is None else now + ring_for_s,
            policy.zip_tone,
        )

    def _answer(self, call_id: CallId, *, zip_tone: bool) -> None:
        """Nobody is taken out of another call, and nobody is put into one that came meanwhile."""
        if any(call.state is not CallState.RINGING for call in self._others(call_id)):
            return
        try:
            self.engine.answer(call_id, zip_tone=zip_tone)
        except EngineRefusedError as no:
            log.info("a call could not be answered by itself: %s", no)

    def _decline(self, call_id: CallId, how: Turned, because: EndReason) -> bool:
        try:
            self.engine.decline(call_id, how, because)
        except EngineRefusedError as no:
            log.info("a call could not be turned away: %s", no)
            return False
        return True

    def _others(self, call_id: CallId) -> list[Call]:
        calls = self.engine.snapshot().calls
        return [call for call in calls if call.id != call_id and call.state is not CallState.ENDING]
