"""Every text on this disk by which somebody could be recognised: names, numbers, addresses, what was noted of them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import orjson

from agent_desktop.offline.store import Store

_NOT_THEIRS: Final = frozenset(
    {
        "id", "segment", "tier", "tags", "language", "languages", "region", "products", "role", "team", "queues",
        "site", "status", "kind", "signal_results", "apart", "version", "source", "at", "by", "author", "since",
        "until",
    }
)  # fmt: skip
"""What many share, and what the program itself calls things: without it no log could be read."""
_WINDOW: Final = 2000
_SHORTEST_NAME: Final = 3


class Persons:
    def __init__(self, store: Store) -> None:
        self._store = store

    def texts(self) -> Iterator[str]:
        """Of customers and colleagues, of what is not sent yet, and what tickets and their files are called; the parts
        of a name in Latin letters as well. Nobody else waits long for it."""
        for body in chain(self._unsent(), self._bodies("customer"), self._bodies("other", "entity = 'agent' AND ")):
            yield from _leaves(body)
            name = body.get("name")
            for one in name.values() if isinstance(name, dict) else (name,):
                yield from _parts(one)
        for ticket in self._bodies("ticket"):
            yield str(ticket.get("subject", ""))
            yield from (str(file.get("name", "")) for file in ticket.get("attachments", ()))

    def _unsent(self) -> Iterator[dict[str, Any]]:
        with self._store.reading_outbox() as connection:
            found = connection.execute(
                "SELECT plain FROM command UNION ALL SELECT body FROM draft UNION ALL SELECT plain FROM day_call"
            ).fetchall()
        yield from (orjson.loads(plain) for (plain,) in found)

    def _bodies(self, table: str, where: str = "") -> Iterator[dict[str, Any]]:
        last = ""
        while True:
            with self._store.reading() as connection:
                found = connection.execute(
                    f"SELECT id, body FROM {table} WHERE {where}id > ? ORDER BY id LIMIT {_WINDOW}",  # noqa: S608
                    (last,),
                ).fetchall()
            if not found:
                return
            last = found[-1][0]
            yield from (orjson.loads(body) for _, body in found)


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                if name not in _NOT_THEIRS:
                    yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)


def _parts(name: Any) -> Iterable[str]:
    words = name.split() if isinstance(name, str) and name.isascii() else ()
    return [word for word in words if len(word) >= _SHORTEST_NAME]
