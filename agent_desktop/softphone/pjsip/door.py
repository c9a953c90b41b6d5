"""Who may ask anything of this phone: with a registered one, its switch and nobody else."""

import logging
import time
from collections.abc import Callable

import pjsua2 as pj

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.pjsip.network import host_of

log = logging.getLogger(__name__)

_EVERYBODY = "*"
_TELLS_EVERY_S = 60.0


class Door:
    """Our build of PJSIP turns strangers away before it makes anything of what they send; the index's wheels do not
    know how, so that a call of theirs is turned away when it has come. `open_to` is wanted once before it is asked."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open_to: str | None = None
        self._turned_away = 0
        self._last = ""
        self._tell_at = 0.0

    def open_to(self, account: Account | None, hosts: tuple[str, ...]) -> None:
        """`hosts` are the addresses of the account's switch. Without an account nobody comes in."""
        if account is not None and not (account.registrar and account.only_from_switch):
            hosts = (_EVERYBODY,)
        wanted = " ".join(hosts) if account is not None else ""
        if wanted != self._open_to:
            self._open_to = wanted
            if hasattr(pj, "letIn"):
                pj.letIn(wanted)

    def takes(self, source: str) -> bool:
        """Whether who has this host and port may come in; counted when he may not."""
        if self._open_to == _EVERYBODY or host_of(source) in (self._open_to or "").split():
            return True
        self._turned_away += 1
        self._last = f"INVITE from {host_of(source)}"
        return False

    def look(self) -> None:
        """Tells the log of those turned away, the first at once and then a sum every minute."""
        if hasattr(pj, "letIn") and (count := int(pj.takeTurnedAway())):
            self._turned_away += count
            self._last = str(pj.lastTurnedAway())
        now = self._clock()
        if self._turned_away and now >= self._tell_at:
            log.warning("turned away: %d requests that are not the switch's, last %s", self._turned_away, self._last)
            self._turned_away = 0
            self._tell_at = now + _TELLS_EVERY_S
