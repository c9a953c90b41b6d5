"""Callers and colleagues of a simulated exchange: its queues fill and empty believably, the same way for the same
seed."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.port import CallId, Extension
from agent_server.switch.simulated import TICK_S, SimulatedExchange

COLLEAGUES: Final = 6
LONGEST_STEP_S: Final = 5.0
_PATIENCE_S: Final = (45.0, 240.0)
_PICKS_UP_S: Final = (1.0, 6.0)
_TALKS_S: Final = (40.0, 200.0)


@dataclass(slots=True)
class _Line:
    queue: QueueId
    calls_per_minute: float
    colleagues: list[Extension]
    callers: dict[CallId, datetime] = field(default_factory=dict)
    """Until when each of them is patient."""


class Traffic:
    """Calls that simulated colleagues, whose extensions no agent has, answer at simulated telephones."""

    def __init__(
        self, exchange: SimulatedExchange, queues: Sequence[QueueId], seed: int, now: Callable[[], datetime]
    ) -> None:
        self._exchange, self._now = exchange, now
        self._chance = random.Random(seed)  # noqa: S311 - figures for a demonstration
        self._at = now()
        self._lines = [
            _Line(queue, self._chance.uniform(1.5, 3.0), [Extension(f"{queue}~{n}") for n in range(COLLEAGUES)])
            for queue in sorted(queues)
        ]
        self._acts: dict[Extension, datetime] = {}

    async def run(self) -> None:
        for line in self._lines:
            for colleague in line.colleagues:
                self._exchange.comes(colleague)
                await self._exchange.seat(colleague, {line.queue: 0})
        while True:
            await self.step()
            await asyncio.sleep(TICK_S)

    async def step(self) -> None:
        """Lets happen what would have happened since the last time, a few seconds of it at most."""
        now = self._now()
        passed_s = min((now - self._at).total_seconds(), LONGEST_STEP_S)
        self._at = now
        shot = await self._exchange.snapshot()
        waiting = {one.call for one in shot.waiting}
        ringing = {leg.extension for leg in shot.legs if leg.state == "ringing"}
        talking = {leg.extension for leg in shot.legs if leg.state == "up"}
        for line in self._lines:
            line.callers = {call: until for call, until in line.callers.items() if call in waiting}
            for call in [call for call, until in line.callers.items() if until <= now]:
                self._exchange.gives_up(call)
                del line.callers[call]
            for colleague in line.colleagues:
                self._act(colleague, now, is_ringing=colleague in ringing, is_talking=colleague in talking)
            if self._chance.random() < line.calls_per_minute * passed_s / 60:
                number = f"139{self._chance.randrange(10**8):08d}"
                call = self._exchange.asks(line.queue, number)
                line.callers[call] = now + timedelta(seconds=self._chance.uniform(*_PATIENCE_S))

    def _act(self, colleague: Extension, now: datetime, *, is_ringing: bool, is_talking: bool) -> None:
        if not (is_ringing or is_talking):
            self._acts.pop(colleague, None)
            return
        due = self._acts.get(colleague)
        if due is None:
            span = _PICKS_UP_S if is_ringing else _TALKS_S
            self._acts[colleague] = now + timedelta(seconds=self._chance.uniform(*span))
        elif due <= now:
            del self._acts[colleague]
            (self._exchange.answers if is_ringing else self._exchange.hangs_up)(colleague)
