"""Who listens on a live connection, and the pokes that go out to them shortly after a commit."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any, Final, Protocol

from agent_model.agent import QueueFigures
from agent_model.scope import Scope

WAITING_MESSAGES: Final = 256

Message = Mapping[str, Any]


def queues_message(figures: Collection[QueueFigures]) -> Message:
    return {"type": "queues", "queues": [asdict(queue) for queue in figures]}


class Listener(Protocol):
    """One live connection, as the hub sees it."""

    def offer(self, message: Message) -> None:
        """Queue a message if the person behind the connection may see it. Never blocks."""


class Broker(Protocol):
    """Carries messages to the live connections of every server process."""

    def publish(self, message: Message) -> None: ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns what ends the subscription."""


class InProcessBroker:
    """The broker of a server that is one process."""

    def __init__(self) -> None:
        self._listeners: dict[int, Listener] = {}
        self._next = 0

    def publish(self, message: Message) -> None:
        for listener in tuple(self._listeners.values()):
            listener.offer(message)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        key = self._next
        self._next += 1
        self._listeners[key] = listener

        def end() -> None:
            self._listeners.pop(key, None)

        return end


class Pokes:
    """Gathers the heads that moved and tells each slice once per `delay_s`, however often it was written."""

    def __init__(self, broker: Broker, delay_s: float) -> None:
        self._broker = broker
        self._delay_s = delay_s
        self._heads: dict[Scope, int] = {}
        self._timer: asyncio.TimerHandle | None = None

    def moved(self, heads: Mapping[Scope, int]) -> None:
        """Call after the commit. A lost poke is harmless: workstations also ask by themselves."""
        if not heads:
            return
        for scope, head in heads.items():
            self._heads[scope] = max(head, self._heads.get(scope, 0))
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._delay_s, self._tell)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tell(self) -> None:
        heads, self._heads, self._timer = self._heads, {}, None
        for scope, head in heads.items():
            self._broker.publish({"type": "poke", "scope": scope, "head": head})
