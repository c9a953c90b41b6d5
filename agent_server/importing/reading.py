"""Reads a table beside the process that writes: the next rows are drafted while the last ones are stored, and a file
that would take all memory takes only its reader with it."""

import asyncio
import contextlib
import itertools
import multiprocessing
import os
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from typing import Final

from agent_papers.tables.sheet import BadFile
from agent_server.importing.drafting import BadRow, Draft, Drafting

ROWS_A_BATCH: Final = 500
WORTH_A_PROCESS: Final = 5000
"""Rows: fewer are read before a process has begun."""
MEMORY: Final = 4 * 1024 * 1024 * 1024
"""Bytes of address space that the reader may have."""
END_WITHIN_S: Final = 10.0

Batch = list[Draft | BadRow]


async def batches(drafting: Drafting, row_count: int) -> AsyncIterator[Batch]:
    """All rows, in order. Raises BadFile."""
    if row_count < WORTH_A_PROCESS:
        rows = iter(drafting)
        while batch := list(itertools.islice(rows, ROWS_A_BATCH)):
            yield batch
        return
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_read, args=(drafting, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while batch := await asyncio.to_thread(_next, ours):
            yield batch
    finally:
        ours.close()
        process.join(END_WITHIN_S)
        if process.is_alive():
            process.kill()
            process.join()


def limit_memory() -> None:
    """A file that would take more ends this process, and no other."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _next(ours: Connection) -> Batch:
    """Empty at the end. Raises BadFile."""
    try:
        told = ours.recv()
    except EOFError as error:
        raise BadFile("reading_ended") from error
    if isinstance(told, BadFile):
        raise told
    batch: Batch = told
    return batch


def _read(drafting: Drafting, theirs: Connection) -> None:
    """The reader's life."""
    limit_memory()
    rows = iter(drafting)
    with contextlib.suppress(BrokenPipeError), theirs:
        try:
            while batch := list(itertools.islice(rows, ROWS_A_BATCH)):
                theirs.send(batch)
            theirs.send([])
        except BadFile as bad:
            theirs.send(bad)
