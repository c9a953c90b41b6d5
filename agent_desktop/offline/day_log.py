"""The agent's own calls of the day, in outbox.db: there is no other copy until the server makes figures of them."""

from collections.abc import Mapping
from typing import Any

import orjson

from agent_desktop.offline.store import Store


class DayLog:
    """Every method raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, key: str, at: str, plain: Mapping[str, Any], forget_before: str) -> None:
        """Keeps one call (again: replaces it) and lets older days go."""
        with self._store.writing_outbox() as connection:
            connection.execute("DELETE FROM day_call WHERE at < ?", (forget_before,))
            connection.execute(
                "INSERT INTO day_call (key, at, plain) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET at = excluded.at, plain = excluded.plain",
                (key, at, orjson.dumps(plain).decode()),
            )

    def since(self, at: str) -> list[Mapping[str, Any]]:
        """The calls from this moment on, the latest first."""
        with self._store.reading_outbox() as connection:
            found = connection.execute("SELECT plain FROM day_call WHERE at >= ? ORDER BY at DESC", (at,)).fetchall()
        return [orjson.loads(plain) for (plain,) in found]
