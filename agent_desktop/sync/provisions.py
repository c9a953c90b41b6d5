"""Takes what the server sets workstations up with: at each sign-in, and when it says that there is something new."""

import logging
from collections.abc import Callable
from datetime import datetime

from agent_desktop.errors import AnswerGarbled, ServerRefused, ServerUnreachable, SignInExpired, StoreError
from agent_desktop.policy.provisioned import AGAIN_AFTER
from agent_desktop.settings import SettingsFile
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.events import SettingsDecided
from agent_model.wire import Hello

log = logging.getLogger(__name__)


def at_sign_in(client: ServerClient, serial: int, settings: SettingsFile) -> SettingsDecided | None:
    """What holds now where that is something else than before: in time for all that begins with the sign-in. What the
    server did not tell then comes with the rounds of sync."""
    if not serial or settings.is_provisioned(client.address, serial):
        return None
    try:
        return _taken(client, settings)
    except (ServerUnreachable, ServerRefused, AnswerGarbled, StoreError) as error:
        log.info("what the server sets this workstation up with was not taken: %s", error)
        return None


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
        self._asked: tuple[int, datetime] = 0, clock()

    def run(self, hello: Hello) -> None:
        serial, now = hello.provisioning, self._clock()
        was_asked = self._asked[0] == serial and now - self._asked[1] < AGAIN_AFTER
        if not serial or was_asked or self._settings.is_provisioned(self._client.address, serial):
            return
        try:
            decided = _taken(self._client, self._settings)
            if decided is not None:
                self._tell(decided)
        except SignInExpired:
            raise
        except (ServerRefused, AnswerGarbled, StoreError) as error:
            log.info("what the server sets this workstation up with was not taken: %s", error)
        self._asked = serial, now


def _taken(client: ServerClient, settings: SettingsFile) -> SettingsDecided | None:
    if settings.provision(client.address, client.provisioning()):
        return SettingsDecided(settings.read(), settings.locked)
    return None
