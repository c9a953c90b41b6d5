"""Looks again and again whether those on live connections may still be there, many of them at a time."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from agent_server.accounts import Accounts, Caller
from agent_server.refusals import RequestRefused

log = logging.getLogger("agent_server.doorkeeper")

GUESTS_AT_ONCE: Final = 200
LOOK_EVERY_S: Final = 1.0


class Guest(Protocol):
    """Somebody on a live connection."""

    @property
    def caller(self) -> Caller: ...

    @property
    def doubts(self) -> int:
        """How often this person's rights were doubted so far."""

    @property
    def is_doubted(self) -> bool: ...

    def renew(self, caller: Caller) -> None:
        """The person may stay, as the directory has them now; there is no doubt any more."""

    def show_out(self, code: str) -> None:
        """The session is over."""


class Doorkeeper:
    """Everybody is looked at every `every_s`, and at once whose rights are in doubt."""

    def __init__(self, accounts: Accounts, every_s: float) -> None:
        self._accounts = accounts
        self._every_s = every_s
        self._due_at: dict[Guest, float] = {}
        self._doubt = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def admit(self, guest: Guest) -> Callable[[], None]:
        """Returns what to call when the guest has gone."""
        self._due_at[guest] = asyncio.get_running_loop().time() + self._every_s
        return lambda: self._forget(guest)

    def look_now(self) -> None:
        """Somebody is in doubt."""
        self._doubt.set()

    def _forget(self, guest: Guest) -> None:
        self._due_at.pop(guest, None)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._doubt.wait()
            self._doubt.clear()
            due = [guest for guest, at in self._due_at.items() if guest.is_doubted or at <= loop.time()]
            try:
                for start in range(0, len(due), GUESTS_AT_ONCE):
                    await self._look_at(due[start : start + GUESTS_AT_ONCE])
            except (SQLAlchemyError, OSError) as error:
                log.info("nobody could be looked at: %s", type(error).__name__)  # in a second again

    async def _look_at(self, guests: Sequence[Guest]) -> None:
        doubts = [guest.doubts for guest in guests]
        found = await self._accounts.callers_again([guest.caller for guest in guests])
        for guest, doubted, caller in zip(guests, doubts, found, strict=True):
            if caller is None:
                await self._look_closely(guest)
            elif guest.doubts == doubted and guest in self._due_at:  # else it is looked at once more
                guest.renew(caller)
                self._due_at[guest] = asyncio.get_running_loop().time() + self._every_s

    async def _look_closely(self, guest: Guest) -> None:
        try:
            await self._accounts.caller_again(guest.caller)
        except RequestRefused as refused:
            guest.show_out(refused.code)
