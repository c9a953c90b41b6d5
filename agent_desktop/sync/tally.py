"""Tells the server how much of an agent's work waits on this workstation, so that who leads them knows."""

import logging
import platform
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.errors import AnswerGarbled, DeviceBlocked, ServerRefused, ServerUnreachable
from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.client import ServerClient

log = logging.getLogger(__name__)

AGAIN_AFTER: Final = timedelta(minutes=5)
"""So often at most, but that everything was sent is told at once."""


class UnsentTally:
    """Costs nothing while everything is sent. The first time it asks what the server believes, for the window before
    may have died with something unsent."""

    def __init__(self, client: ServerClient, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._outbox = outbox
        self._clock = clock
        self._told: int | None = None
        self._told_at: datetime | None = None

    def tell_if_due(self) -> None:
        """After a round of sync. Raises nothing of the network."""
        count = self._count()
        if self._told_at is not None and count == self._told == 0:
            return
        is_fresh = self._told_at is not None and abs(self._clock() - self._told_at) < AGAIN_AFTER
        if not is_fresh or (count == 0 and self._told is not None):
            self.tell()

    def tell(self) -> None:
        """Now, whatever was told before. Raises nothing of the network."""
        self._told_at = self._clock()
        try:
            if self._told is None:
                self._introduce()
            waiting, count = self._outbox.waiting(1), self._count()
            if count or self._told != 0:
                self._client.tell_unsent(self._outbox.author, count, waiting[0].occurred_at if waiting else None)
            self._told = count
        except (ServerUnreachable, ServerRefused, AnswerGarbled) as error:
            log.info("what is unsent was not told: %s", error)

    def _count(self) -> int:
        return self._outbox.count_waiting() + len(self._outbox.left_for_newer())

    def _introduce(self) -> None:
        try:
            self._client.describe_device(platform.node()[:100], f"{platform.system()} {platform.release()}"[:100])
            self._told = self._client.unsent_here()
        except DeviceBlocked:
            """A device that is stopped may still say how much waits."""
