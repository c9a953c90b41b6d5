"""Whose rights may have changed, wherever it was done: at this process, at another, at the server's console.

The audit trail has a line for everything that ends a session or stops a device, and the directory is a slice like any
other. Both are looked at often, because whoever changes a right may have nobody to tell.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from agent_model.scope import ORG, Scope
from agent_server.audit import Deed
from agent_server.database import Database
from agent_server.live import Hub, device_topic, person_topic
from agent_server.tables import audit_head, audit_line, scope_head

log = logging.getLogger("agent_server.rights_watch")

LOOK_EVERY_S: Final = 1.0
LINES_A_LOOK: Final = 1000
OF_A_PERSON: Final = frozenset(
    {
        Deed.ACCOUNT_LOCKED,
        Deed.PASSWORD_CHANGED,
        Deed.ROLE_CHANGED,
        Deed.SECOND_FACTOR_RESET,
        Deed.SESSIONS_ENDED,
        Deed.SITE_CHANGED,
    }
)
OF_A_DEVICE: Final = frozenset({Deed.DEVICE_LOCKED, Deed.DEVICE_WIPED})


class RightsWatch:
    """Has the doorkeeper look at those concerned within LOOK_EVERY_S; they are sent no rows before that is done."""

    def __init__(self, database: Database, hub: Hub, moved: Callable[[Mapping[Scope, int]], None]) -> None:
        """`moved` is told where the directory stands when it has changed."""
        self._database = database
        self._hub = hub
        self._moved = moved
        self._seen = 0
        self._org = 0
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        async with self._database.reading() as connection:
            self._seen = int(await connection.scalar(select(audit_head.c.seq)) or 0)
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self._look()
            except (SQLAlchemyError, OSError) as error:
                log.info("rights could not be looked at: %s", type(error).__name__)  # in a second again

    async def _look(self) -> None:
        line = audit_line.c
        query = select(line.seq, line.deed, line.who, line.subject).where(line.seq > self._seen).order_by(line.seq)
        async with self._database.reading() as connection:
            new = (await connection.execute(query.limit(LINES_A_LOOK))).all()
            org = int(await connection.scalar(select(scope_head.c.head).where(scope_head.c.scope == ORG)) or 0)
        topics = {topic for _, deed, who, subject in new if (topic := _concerned(deed, who, subject)) is not None}
        if topics:
            self._hub.doubt(topics)
        if new:
            self._seen = int(new[-1].seq)
        if org != self._org:
            self._org = org
            self._moved({ORG: org})


def _concerned(deed: str, who: str, subject: str) -> str | None:
    if deed in OF_A_PERSON:
        return person_topic(subject)
    if deed in OF_A_DEVICE:
        return device_topic(subject)
    return person_topic(who) if deed == Deed.SIGNED_OUT else None
