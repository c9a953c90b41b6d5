"""Work that the server does again and again by itself, in the background."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError


class Rounds:
    """Does `work` every `every_s` seconds, and as soon as somebody asks for it, from `start` until `stop`.

    A round that the database or the disk does not let through is told in the log as `missed`; the next one takes up
    what it left.
    """

    def __init__(
        self,
        work: Callable[[], Awaitable[object]],
        every_s: float,
        log: logging.Logger,
        missed: str,
        *,
        first_after_s: float | None = None,
        again_after_s: float | None = None,
    ) -> None:
        """`first_after_s`: when the first round comes; `again_after_s`: when the one after a missed round. Both are
        `every_s` if they are not given."""
        self._work = work
        self._every_s = every_s
        self._first_after_s = every_s if first_after_s is None else first_after_s
        self._again_after_s = every_s if again_after_s is None else again_after_s
        self._log = log
        self._missed = missed
        self._asked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    def soon(self) -> None:
        """There is something to do; during a round: after it."""
        self._asked.set()

    async def stop(self) -> None:
        """Whatever is under way is cut off."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        wait_s = self._first_after_s
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._asked.wait()
            self._asked.clear()
            wait_s = self._every_s
            try:
                await self._work()
            except (SQLAlchemyError, sqlite3.Error, OSError) as error:
                wait_s = self._again_after_s
                self._log.warning("%s: %s", self._missed, type(error).__name__)
