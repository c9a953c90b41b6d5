"""Wishes for the exchanges, brought from any process to the one that leads, and what became of them."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_server.notices import Broker, Notice
from agent_server.switch.port import ExchangeGone, Extension, Monitoring, NotDone

log = logging.getLogger("agent_server.floor")

DONE_WITHIN_S: Final = 18.0
"""A lead's telephone may ring for most of it. A workstation waits a little longer for the answer."""
_DONE: Final = ""
_GONE: Final = "exchange_gone"


class Verb(StrEnum):
    MONITOR = "monitor"
    LEAVE = "leave"
    TAKE_OVER = "take_over"
    HANG_UP = "hang_up"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the lead at an extension wants of the exchange; `extension` is the agent's, `number` who is called."""

    verb: Verb
    lead: Extension
    extension: Extension | None = None
    how: Monitoring | None = None
    reference: str = ""
    number: str = ""


class Asking:
    """In every process. `do` is called in the one that leads, and raises ExchangeGone or NotDone."""

    def __init__(self, broker: Broker, process: str, do: Callable[[Wish], Awaitable[None]]) -> None:
        self._broker, self._process, self._do = broker, process, do
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ask(self, wish: Wish) -> None:
        """Returns when the exchange has confirmed it. Raises ExchangeGone, NotDone."""
        name = secrets.token_hex(16)
        answered = self._waiting[name] = asyncio.get_running_loop().create_future()
        self._broker.publish({"kind": "wish", "wish": name, "for": self._process, **_plain(wish)})
        try:
            async with asyncio.timeout(DONE_WITHIN_S):
                why = await answered
        except TimeoutError as error:
            raise ExchangeGone("no process has it") from error
        finally:
            del self._waiting[name]
        if why == _GONE:
            raise ExchangeGone
        if why != _DONE:
            raise NotDone(why)

    def heard(self, notice: Notice) -> None:
        """A wish, or what became of one."""
        if notice["kind"] == "wish" and self._broker.leads:
            task = asyncio.get_running_loop().create_task(self._answer(notice))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif notice["kind"] == "wish_done" and notice["for"] == self._process:
            answered = self._waiting.get(str(notice["wish"]))
            if answered is not None and not answered.done():
                answered.set_result(str(notice["why"]))

    async def _answer(self, notice: Notice) -> None:
        why = _DONE
        try:
            await self._do(_wish(notice))
        except ExchangeGone:
            why = _GONE
        except NotDone as error:
            log.info("%s was not done: %s", notice["verb"], error)
            why = error.why
        self._broker.publish({"kind": "wish_done", "wish": notice["wish"], "for": notice["for"], "why": why})


def _plain(wish: Wish) -> dict[str, str]:
    return {
        "verb": wish.verb.value,
        "lead": wish.lead,
        "extension": wish.extension or "",
        "how": wish.how.value if wish.how is not None else "",
        "reference": wish.reference,
        "number": wish.number,
    }


def _wish(notice: Notice) -> Wish:
    how = Monitoring(notice["how"]) if notice["how"] else None
    extension = Extension(notice["extension"]) if notice["extension"] else None
    number = str(notice["number"])
    return Wish(Verb(notice["verb"]), Extension(notice["lead"]), extension, how, str(notice["reference"]), number)
