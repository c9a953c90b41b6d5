"""Takes what the server sets workstations up with, whenever it says that there is something new."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.errors import AnswerGarbled, ServerRefused, SignInExpired, StoreError
from agent_desktop.settings import SettingsFile
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.events import SettingsDecided
from agent_model.wire import Hello

log = logging.getLogger(__name__)

AGAIN_AFTER: Final = timedelta(days=1)
"""Also without anything new: a signature runs out."""


class Provisions:
    """Lives in the thread of the sync cycle; `tell` hears when another setting holds than before. Raises
    ServerUnreachable, SignInExpired."""

    def __init__(
        self,
        client: ServerClient,
        settings: SettingsFile,
        tell: Callable[[SettingsDecided], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._client, self._settings, self._tell, self._clock = client, settings, tell, clock
        self._asked: tuple[int, datetime] | None = None

    def run(self, hello: Hello) -> None:
        now = self._clock()
        is_known = self._asked is not None and self._asked[0] == hello.provisioning
        if not hello.provisioning or (is_known and self._asked is not None and now - self._asked[1] < AGAIN_AFTER):
            return
        try:
            told = self._client.provisioning()
            self._asked = hello.provisioning, now
            if self._settings.provision(self._client.address, told):
                self._tell(SettingsDecided(self._settings.read(), self._settings.locked))
        except SignInExpired:
            raise
        except (ServerRefused, AnswerGarbled, StoreError) as error:
            self._asked = hello.provisioning, now
            log.info("what the server sets this workstation up with was not taken: %s", error)
