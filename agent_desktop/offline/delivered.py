"""What the server took, kept for some days in outbox.db: a server restored from a backup may have lost it again."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from agent_desktop.offline.pending import State, Written, first_of
from agent_desktop.offline.store import Store
from agent_model import moment
from agent_model.command import OpId

EPOCH: Final = "epoch"
EPOCH_SINCE: Final = "epoch since"


def note(connection: sqlite3.Connection, op_ids: Sequence[OpId]) -> None:
    """Inside the transaction that records the server's answers."""
    connection.executemany(
        "INSERT OR REPLACE INTO delivered (device_seq, op_id, plain, at, is_due) "
        "SELECT device_seq, op_id, plain, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 0 FROM command WHERE op_id = ?",
        [(op_id,) for op_id in op_ids],
    )


def put_back(connection: sqlite3.Connection) -> list[str]:
    """What is still due waits in the outbox like anything else, to be judged for good; the commands as text."""
    found = connection.execute(  # one that was contested is parked there already
        "INSERT OR IGNORE INTO command (device_seq, op_id, entity, id, state, plain) "
        "SELECT device_seq, op_id, plain ->> 'entity', plain ->> 'id', ?, plain FROM delivered "
        "WHERE is_due = 1 RETURNING plain",
        (State.WAITING,),
    ).fetchall()
    connection.execute("DELETE FROM delivered WHERE is_due = 1")
    return [plain for (plain,) in found]


class Delivered:
    """Commands in the order they were made, and the server's epoch that they were taken in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def epoch(self) -> str:
        """The life of the server's database that this workstation last spoke with; empty before the first."""
        return self._noted(EPOCH)

    @property
    def epoch_since(self) -> datetime | None:
        """When this workstation noticed that the epoch had changed; None when it never has."""
        text = self._noted(EPOCH_SINCE)
        return moment.from_text(text) if text else None

    def begin(self, epoch: str, now: datetime) -> None:
        """The server's database is another: everything taken before is due. The first one changes nothing."""
        with self._store.writing_outbox() as connection:
            noted = connection.execute("SELECT value FROM device WHERE name = ?", (EPOCH,)).fetchone()
            values = [(EPOCH, epoch)]
            if noted is not None:
                values.append((EPOCH_SINCE, moment.to_text(now)))
                connection.execute("UPDATE delivered SET is_due = 1")
            connection.executemany("INSERT OR REPLACE INTO device (name, value) VALUES (?, ?)", values)

    def due(self, limit: int, after: int = 0) -> list[Written]:
        """Those to be sent again whose device_seq is above `after`."""
        with self._store.reading_outbox() as connection:
            found = connection.execute(
                "SELECT op_id, device_seq, plain FROM delivered WHERE is_due = 1 AND device_seq > ? "
                "ORDER BY device_seq LIMIT ?",
                (after, limit),
            ).fetchall()
        return first_of([Written(*columns) for columns in found])

    def taken(self, op_ids: Sequence[OpId]) -> None:
        """The server has them."""
        if op_ids:
            with self._store.writing_outbox() as connection:
                connection.executemany("UPDATE delivered SET is_due = 0 WHERE op_id = ?", [(id_,) for id_ in op_ids])

    def forget(self, before: datetime) -> None:
        """What was taken before this moment and is not due."""
        with self._store.reading_outbox() as connection:
            where = "at < ? AND is_due = 0", (moment.to_text(before),)
            is_any = connection.execute(f"SELECT 1 FROM delivered WHERE {where[0]} LIMIT 1", where[1]).fetchone()  # noqa: S608
        if is_any:
            with self._store.writing_outbox() as connection:
                connection.execute(f"DELETE FROM delivered WHERE {where[0]}", where[1])  # noqa: S608

    def _noted(self, name: str) -> str:
        with self._store.reading_outbox() as connection:
            found = connection.execute("SELECT value FROM device WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""
