"""Taking a snapshot apart: the compressed SQLite file becomes rows, in memory only."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence

import orjson

from agent_desktop.errors import AnswerGarbled
from agent_model.wire import Row


class SnapshotFile:
    """A snapshot laid open; `close` lets its memory go. Nothing touches the disk.

    Raises AnswerGarbled, here and in every method, for something that is not a snapshot.
    """

    def __init__(self, compressed: bytes | bytearray) -> None:
        import zstandard  # not on the start path

        self._connection = sqlite3.connect(":memory:")
        self._has_index = False
        with _understood():
            try:
                self._connection.deserialize(zstandard.ZstdDecompressor().decompressobj().decompress(compressed))
            except zstandard.ZstdError as error:
                raise ValueError(str(error)) from error

    def close(self) -> None:
        self._connection.close()

    def rows(self, a_chunk: int) -> Iterator[tuple[Row, ...]]:
        with _understood():
            found = self._connection.execute("SELECT entity, id, version, body FROM row")
        while True:
            with _understood():
                chunk = found.fetchmany(a_chunk)
                rows = tuple(Row(entity, id_, version, orjson.loads(body)) for entity, id_, version, body in chunk)
            if not rows:
                return
            yield rows

    def among(self, entity: str, ids: Sequence[str]) -> set[str]:
        """Those of the ids that the snapshot holds."""
        with _understood():
            if not self._has_index:
                self._connection.execute("CREATE INDEX row_by_id ON row (entity, id)")
                self._has_index = True
            places = ", ".join("?" * len(ids))
            statement = f"SELECT id FROM row WHERE entity = ? AND id IN ({places})"  # noqa: S608
            return {id_ for (id_,) in self._connection.execute(statement, (entity, *ids))}


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        raise AnswerGarbled("snapshot", str(error)) from error
