"""The agent's own calls, in outbox.db: there is no other copy until the server makes figures of them.

What is asked of them stands in `plain`; calls of before lack some of it. An older version of this program reads the
same file, so the table stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store

NOBODY_WAITS: Final = ("declined", "answered_elsewhere", "anonymous_rejected")
"""Ends of a call that came in after which nobody is to be called back."""
NEXT_IN_QUEUE: Final = ("do_not_disturb", "lines_busy")
"""Ends after which a queue brings the caller to somebody else at once."""
_ENDED: Final = "coalesce(json_extract(plain, '$.ended'), '')"
_MISSED: Final = (
    f"json_extract(plain, '$.kind') = 'call_missed' AND {_ENDED} NOT IN {NOBODY_WAITS} "
    f"AND NOT (json_extract(plain, '$.queue') <> '' AND {_ENDED} IN {NEXT_IN_QUEUE})"
)
_WHICH: Final[Mapping[str, str]] = {
    "all": "1",
    "missed": _MISSED,
    "in": f"json_extract(plain, '$.kind') <> 'call_out' AND NOT ({_MISSED})",
    "out": "json_extract(plain, '$.kind') = 'call_out'",
}
_WORDS: Final = (
    "coalesce(json_extract(plain, '$.words'), json_extract(plain, '$.name') || json_extract(plain, '$.number'))"
)
_LOOKED_AT: Final = "missed_calls_looked_at"


@dataclass(frozen=True, slots=True)
class Place:
    """Of a call among all, the latest first."""

    at: str
    key: str


class DayLog:
    """Every method raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = Kept(store)

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
        return self._read("SELECT plain FROM day_call WHERE at >= ? ORDER BY at DESC", (at,))

    def find(self, text: str, which: str, behind: Place | None, limit: int) -> list[Mapping[str, Any]]:
        """The latest first. `which`: all, missed, in or out; `text` stands in the name, its pinyin or the number."""
        wanted, values = [_WHICH[which]], list[Any]()
        if behind is not None:
            wanted.append("(at, key) < (?, ?)")
            values += [behind.at, behind.key]
        if text:
            wanted.append(f"instr({_WORDS}, ?)")
            values.append(text)
        statement = f"SELECT plain FROM day_call WHERE {' AND '.join(wanted)} ORDER BY at DESC, key DESC LIMIT ?"  # noqa: S608
        return self._read(statement, (*values, limit))

    def missed(self) -> int:
        """How many since the agent looked last."""
        looked_at = self._kept.read(_LOOKED_AT)
        with self._store.reading_outbox() as connection:
            count = connection.execute(
                f"SELECT count(*) FROM day_call WHERE at > ? AND {_MISSED}",  # noqa: S608
                (looked_at,),
            )
            return int(count.fetchone()[0])

    def look(self, at: str) -> None:
        """The agent has seen what was missed until then."""
        self._kept.keep(_LOOKED_AT, at)

    def _read(self, statement: str, values: tuple[Any, ...]) -> list[Mapping[str, Any]]:
        with self._store.reading_outbox() as connection:
            return [orjson.loads(plain) for (plain,) in connection.execute(statement, values).fetchall()]
