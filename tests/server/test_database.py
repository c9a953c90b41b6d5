"""The server's connections to its database."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.database import Database, address

PATIENCE_S = 10.0

Block = Callable[[Database], AbstractAsyncContextManager[AsyncConnection]]


class Slow(sqlite3.Connection):
    """Opens once it may."""

    begun, may_open, closed = threading.Event(), threading.Event(), threading.Event()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.begun.set()
        assert self.may_open.wait(PATIENCE_S)
        super().__init__(*args, **kwargs)

    def close(self) -> None:
        self.closed.set()
        super().close()


@pytest.mark.parametrize("block", [Database.reading, Database.writing], ids=["reading", "writing"])
def test_connection_that_opens_while_somebody_is_cut_off_is_closed(tmp_path: Path, block: Block) -> None:
    for happened in (Slow.begun, Slow.may_open, Slow.closed):
        happened.clear()

    async def cut_off_in_the_middle() -> bool:
        database = Database(address(str(tmp_path / "server.db")))
        for engine in (database._reader, database._writer):
            event.listen(engine.sync_engine, "do_connect", lambda *given: given[-1].update(factory=Slow))

        async def use() -> None:
            async with block(database):
                raise AssertionError("nobody is there to use it")

        using = asyncio.ensure_future(use())
        assert await asyncio.to_thread(Slow.begun.wait, PATIENCE_S)
        using.cancel()
        await asyncio.wait((using,))
        Slow.may_open.set()
        await database.close()
        return using.cancelled()

    assert asyncio.run(cut_off_in_the_middle())
    assert Slow.closed.is_set()
