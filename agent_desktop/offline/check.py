"""Looks through the whole cache for damage, away from the start: once a day, and after a run that did not end well."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store
from agent_model import moment

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)
_CHECKED_AT: Final = "cache_checked_at"


class CacheCheck:
    """Made when the store is opened, ended when it is closed; `running` in its folder lies there meanwhile.

    `clock` is aware UTC.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._kept = Kept(store)
        self._clock = clock
        self._mark = store.folder / "running"
        self._ended_badly = self._mark.exists()
        self._mark.touch()

    def run(self) -> None:
        """Takes seconds for a big cache. Nothing when it was done not long ago. Raises CacheDamaged, StoreError."""
        if not self._is_due():
            return
        if self._store.check_cache():
            self._ended_badly = False
            self._kept.keep(_CHECKED_AT, moment.to_text(self._clock()))
            log.info("cache checked: whole")

    def end(self) -> None:
        """The store is being closed in good order."""
        self._mark.unlink(missing_ok=True)

    def _is_due(self) -> bool:
        checked_at = self._kept.read(_CHECKED_AT)
        return self._ended_badly or not checked_at or self._clock() - moment.from_text(checked_at) >= EVERY
