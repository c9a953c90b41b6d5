"""Brings the server what others left sealed on this machine, with every round of sync."""

import logging
from pathlib import Path

from agent_desktop.errors import ClientTooOld, ServerRefused, SignInExpired
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.handover import HandoverFolder

log = logging.getLogger(__name__)


class Delivery:
    """A batch is deleted after the server's answer. One that it will not take stays, and is tried again by the next
    window."""

    def __init__(self, client: ServerClient, folder: HandoverFolder) -> None:
        self._client = client
        self._folder = folder
        self._refused: set[Path] = set()

    def run(self) -> None:
        """Raises as every request, but for batches that are refused."""
        for batch in self._folder.batches():
            sealed = None if batch in self._refused else self._folder.read(batch)
            if sealed is None:
                continue
            try:
                accepted = self._client.deliver(sealed)
            except (SignInExpired, ClientTooOld):
                raise
            except ServerRefused as error:
                log.info("batch %s is not taken: %s", batch.name, error)
                self._refused.add(batch)
                continue
            self._folder.remove(batch)
            log.info("%d commands of somebody else delivered", accepted)
