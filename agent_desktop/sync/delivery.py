"""Brings the server what others left sealed on this machine, with every round of sync."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from agent_desktop.errors import ClientTooOld, DeviceBlocked, ServerRefused, SignInExpired
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.handover import HandoverFolder

log = logging.getLogger(__name__)

TOO_OFTEN: Final = 429


class Delivery:
    """A batch is deleted after the server's answer. One that it will not take holds up no other: it waits longer and
    longer, and is put aside in the end (see HandoverFolder). `clock` is aware UTC."""

    def __init__(self, client: ServerClient, folder: HandoverFolder, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._folder = folder
        self._clock = clock

    def run(self) -> None:
        """Raises as every request, but for batches that are refused."""
        for batch in self._folder.due(self._clock()):
            sealed = self._folder.read(batch)
            if sealed is None:
                continue
            try:
                accepted = self._client.deliver(sealed)
            except (SignInExpired, ClientTooOld, DeviceBlocked):
                raise
            except ServerRefused as error:
                if error.status == TOO_OFTEN:
                    raise
                log.info("batch %s is not taken: %s", batch.name, error)
                self._folder.refused(batch, error.code, self._clock())
                continue
            self._folder.remove(batch)
            log.info("%d commands of somebody else delivered", accepted)
