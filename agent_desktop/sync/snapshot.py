"""Taking a snapshot apart: the compressed SQLite file becomes rows, in memory only."""

import sqlite3
from collections.abc import Iterator

import orjson
import zstandard

from agent_desktop.errors import AnswerGarbled
from agent_model.wire import Row


def rows_of(compressed: bytes, a_chunk: int) -> Iterator[tuple[Row, ...]]:
    """The rows in chunks. Raises AnswerGarbled for something that is not a snapshot. Nothing touches the disk."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(zstandard.ZstdDecompressor().decompressobj().decompress(compressed))
        found = connection.execute("SELECT entity, id, version, body FROM row")
        while chunk := found.fetchmany(a_chunk):
            yield tuple(Row(entity, id_, version, orjson.loads(body)) for entity, id_, version, body in chunk)
    except (sqlite3.DatabaseError, zstandard.ZstdError, ValueError) as error:
        raise AnswerGarbled("snapshot", str(error)) from error
    finally:
        connection.close()
