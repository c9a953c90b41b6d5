"""The queues' figures: one process hears the exchange and tells the others."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from agent_model.agent import QueueFigures, QueueId
from agent_server.floor.queue_watch import QueueWatch
from agent_server.live import Hub
from agent_server.notices import Broker, Notice

QUEUES_A_NOTICE: Final = 25


class FiguresBoard:
    """`newest` is what was last told, in every process the same."""

    def __init__(self, broker: Broker, hub: Hub, every_s: float) -> None:
        self._broker = broker
        self._hub = hub
        self._every_s = every_s
        self.newest: Mapping[str, QueueFigures] = {}
        self._coming: dict[str, QueueFigures] = {}
        self._task: asyncio.Task[None] | None = None

    def open(self, watch: QueueWatch) -> None:
        self._task = asyncio.get_running_loop().create_task(self._tell(watch))

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
            self._hub.tell_figures(self.newest)

    async def _tell(self, watch: QueueWatch) -> None:
        while True:
            if self._broker.leads and (figures := watch.figures()):
                plain = [asdict(queue) for queue in figures]
                parts = [plain[start : start + QUEUES_A_NOTICE] for start in range(0, len(plain), QUEUES_A_NOTICE)]
                for part in parts:
                    self._broker.publish({"kind": "figures", "queues": part, "is_last": part is parts[-1]})
            await asyncio.sleep(self._every_s)


def _figures(plain: Mapping[str, Any]) -> QueueFigures:
    return QueueFigures(QueueId(plain["queue"]), plain["waiting"], plain["longest_wait_s"], plain["service_level"])
