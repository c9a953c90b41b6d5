"""Small things this workstation keeps for its agent, in outbox.db: there is no other copy."""

from agent_desktop.offline.store import Store


class Kept:
    """Each by its name. Every method raises OutboxDamaged or StoreBusy, `keep` also DiskFull."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, name: str) -> str:
        """Empty when nothing was kept."""
        with self._store.reading_outbox() as connection:
            found = connection.execute("SELECT value FROM device WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def keep(self, name: str, value: str) -> None:
        with self._store.writing_outbox() as connection:
            connection.execute(
                "INSERT INTO device (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )
