"""What changed, read once for all who hold the slice and sent to each of them in the same words."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from agent_model.scope import ORG, Scope
from agent_server import changes
from agent_server.database import Database
from agent_server.live import Hub, person_topic
from agent_server.sight import WHOLE, Sight
from agent_server.tables import scope_head

log = logging.getLogger("agent_server.fan_out")

MOST_ENTRIES: Final = 64
LARGEST_MESSAGE: Final = 64 * 1024
"""Bytes: what is longer is asked for, packed."""
SLICES_AT_ONCE: Final = 50
FOR_ALL: Final = frozenset({"queue", "desk_policy"})
"""What anybody's rights may hang on."""
GATHER_S: Final = 0.05
"""Each process tells ten times a second what it wrote; what they say at about the same time is read once."""


class FanOut:
    """Told that a slice moved, it sends the new rows where they are few and a poke where they are many.

    Every `look_every_s` it looks by itself: what another process or an import wrote may not have been told.
    """

    def __init__(self, database: Database, hub: Hub, look_every_s: float) -> None:
        self._database = database
        self._hub = hub
        self._look_every_s = look_every_s
        self._told: dict[Scope, int] = {}
        self._moved: dict[Scope, int] = {}
        self._something = asyncio.Event()
        self._look_now = False
        self._task: asyncio.Task[None] | None = None

    async def open(self, epoch_for: Callable[[Sight], str]) -> None:
        self._epoch_for = epoch_for
        self._told = await self._heads()
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def moved(self, heads: Mapping[Scope, int]) -> None:
        for scope, head in heads.items():
            self._moved[scope] = max(head, self._moved.get(scope, 0))
        self._something.set()

    def look(self) -> None:
        """Something may have moved that nobody told."""
        self._look_now = True
        self._something.set()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._look_every_s):
                    await self._something.wait()
                await asyncio.sleep(GATHER_S)
            except TimeoutError:
                self._look_now = True
            self._something.clear()
            try:
                if self._look_now:
                    self._look_now = False
                    self.moved(await self._heads())
                    self._something.clear()
                heads, self._moved = self._moved, {}
                new = [(scope, head) for scope, head in heads.items() if head > self._told.get(scope, 0)]
                for start in range(0, len(new), SLICES_AT_ONCE):
                    await self._tell(dict(new[start : start + SLICES_AT_ONCE]))
            except (SQLAlchemyError, OSError) as error:
                log.info("the database could not be read: %s", type(error).__name__)  # asked again, by the workstations

    async def _tell(self, heads: Mapping[Scope, int]) -> None:
        cursors = {scope: self._told.get(scope, 0) for scope in heads if self._hub.count(scope)}
        pages = await changes.small_pages(self._database, cursors, MOST_ENTRIES) if cursors else {}
        self._told |= heads
        whole = {scope: page(WHOLE) for scope, page in pages.items()}
        if ORG in cursors:
            self._doubt(whole.get(ORG))
        for scope, since in cursors.items():
            if scope in whole:
                reached = self._told[scope] = whole[scope]["next"]
                self._hub.tell_rows(scope, reached, partial(self._message, scope, since, pages[scope]))
            else:
                self._hub.poke(scope, heads[scope])

    def _doubt(self, page: Mapping[str, Any] | None) -> None:
        """Before the first row goes out: those whose rights may have changed are sent no rows until that is known."""
        if page is None:
            self._hub.doubt(None)
            return
        touched = [(row["entity"], row["id"]) for row in page["rows"]] + page["deleted"]
        if any(entity in FOR_ALL for entity, _ in touched):
            self._hub.doubt(None)
        else:
            self._hub.doubt([person_topic(row_id) for entity, row_id in touched if entity == "agent"])

    def _message(
        self, scope: Scope, since: int, page: Callable[[Sight], Mapping[str, Any]], sight: Sight
    ) -> str | None:
        message = {"type": "rows", "scope": scope, "since": since, "epoch": self._epoch_for(sight), "page": page(sight)}
        text = orjson.dumps(message)
        return text.decode() if len(text) <= LARGEST_MESSAGE else None

    async def _heads(self) -> dict[Scope, int]:
        async with self._database.reading() as connection:
            found = await connection.execute(select(scope_head.c.scope, scope_head.c.head))
            return {Scope(row.scope): int(row.head) for row in found}
