"""The queues' figures: the process that hears the exchanges tells the others."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from agent_model.agent import QueueFigures, QueueId
from agent_server.floor.floor import Floor
from agent_server.floor.live_totals import NOTHING, LiveTotals
from agent_server.floor.waiting import longest_s
from agent_server.live import Hub
from agent_server.notices import Broker, Notice

log = logging.getLogger("agent_server.floor")

QUEUES_A_NOTICE: Final = 25


class FiguresBoard:
    """`newest` is what was last told, in every process the same."""

    def __init__(self, broker: Broker, hub: Hub, every_s: float) -> None:
        self._broker = broker
        self._hub = hub
        self._every_s = every_s
        self.newest: Mapping[str, QueueFigures] = {}
        self._came_at: float | None = None
        self._coming: dict[str, QueueFigures] = {}
        self._task: asyncio.Task[None] | None = None

    def open(self, floor: Floor, totals: LiveTotals, now: Callable[[], datetime]) -> None:
        self._task = asyncio.get_running_loop().create_task(self._tell(floor, totals, now))

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def heard(self, notice: Notice) -> None:
        """A part of the figures; with the last one they are told."""
        self._coming |= {plain["queue"]: _figures(plain) for plain in notice["queues"]}
        if notice["is_last"]:
            self.newest, self._coming = self._coming, {}
            self._came_at = asyncio.get_running_loop().time()
            self._hub.tell_figures(self.newest)

    @property
    def age_s(self) -> float | None:
        """How long ago `newest` was told; None before anything was."""
        return None if self._came_at is None else asyncio.get_running_loop().time() - self._came_at

    async def _tell(self, floor: Floor, totals: LiveTotals, now: Callable[[], datetime]) -> None:
        while True:
            if self._broker.leads and floor.waiting.is_known:
                try:
                    self._publish(await _now(floor, totals, now()))
                except (SQLAlchemyError, OSError) as error:
                    log.info("the figures could not be read: %s", type(error).__name__)
            await asyncio.sleep(self._every_s)

    def _publish(self, figures: Sequence[QueueFigures]) -> None:
        plain = [asdict(queue) for queue in figures]
        parts = [plain[start : start + QUEUES_A_NOTICE] for start in range(0, len(plain), QUEUES_A_NOTICE)]
        for part in parts:
            self._broker.publish({"kind": "figures", "queues": part, "is_last": part is parts[-1]})


async def _now(floor: Floor, totals: LiveTotals, now: datetime) -> list[QueueFigures]:
    today = await totals.today()
    waiting = {queue: floor.waiting.since(queue) for queue in floor.lines}
    return [
        QueueFigures(
            QueueId(queue), len(since), longest_s(since, now), today.queues.get(queue, NOTHING).sums.service_level
        )
        for queue, since in waiting.items()
    ]


def _figures(plain: Mapping[str, Any]) -> QueueFigures:
    return QueueFigures(QueueId(plain["queue"]), plain["waiting"], plain["longest_wait_s"], plain["service_level"])
