"""Taking a snapshot apart: the compressed SQLite file becomes rows, in memory only."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

import orjson

from agent_desktop.errors import AnswerGarbled
from agent_desktop.offline import intake
from agent_desktop.sync.reading import checked_row
from agent_model.wire import Row

LARGEST: Final = 4 * 2**30
TIMES: Final = 200
"""Rows of customers pack to a fifth or a tenth; what unpacks to more than this was made to fill the memory."""
SMALL: Final = 2**20
LONGEST_BODY: Final = 16 * 2**20


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
                self._connection.deserialize(_unpacked(compressed))
            except zstandard.ZstdError as error:
                raise ValueError(str(error)) from error
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_BODY)
            self._connection.execute("PRAGMA trusted_schema=OFF")
            found = self._connection.execute("SELECT sql FROM sqlite_schema").fetchall()
            if len(found) != 1 or not str(found[0][0]).startswith("CREATE TABLE row("):
                raise ValueError("not the one table that a snapshot has")

    def close(self) -> None:
        self._connection.close()

    def rows(self, a_chunk: int) -> Iterator[tuple[Row, ...]]:
        with _understood():
            found = self._connection.execute("SELECT entity, id, version, body FROM row")
        while True:
            with _understood():
                chunk = found.fetchmany(a_chunk)
                rows = tuple(
                    checked_row(entity, id_, version, orjson.loads(body)) for entity, id_, version, body in chunk
                )
            if not rows:
                return
            yield rows

    def columns(self, table: str, tag: str, a_chunk: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of one of the mirror's tables, as `intake.selecting` reads them."""
        with _understood():
            found = self._connection.execute(intake.selecting(table), (tag,))
        while True:
            with _understood():
                chunk = found.fetchmany(a_chunk)
                for row in chunk:
                    if row[-1]:
                        _weigh(row)
            if not chunk:
                return
            yield chunk

    def among(self, entity: str, ids: Sequence[str]) -> set[str]:
        """Those of the ids that the snapshot holds."""
        with _understood():
            if not self._has_index:
                self._connection.execute("CREATE INDEX row_by_id ON row (entity, id)")
                self._has_index = True
            places = ", ".join("?" * len(ids))
            statement = f"SELECT id FROM row WHERE entity = ? AND id IN ({places})"  # noqa: S608
            return {id_ for (id_,) in self._connection.execute(statement, (entity, *ids))}


def _weigh(row: tuple[Any, ...]) -> None:
    if row[-1] == intake.WRONG:
        raise ValueError("not a row")
    orjson.loads(row[-3])


def _unpacked(compressed: bytes | bytearray) -> bytes:
    import zstandard

    size = zstandard.frame_content_size(compressed)
    if not 0 <= size <= min(LARGEST, SMALL + TIMES * len(compressed)):
        raise ValueError("of no size that rows have")
    return zstandard.ZstdDecompressor().decompress(compressed)


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        raise AnswerGarbled("snapshot", str(error)) from error
