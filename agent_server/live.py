"""Who listens on a live connection of this process, and what each of them is told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final, Protocol

import orjson

from agent_model.agent import QueueFigures
from agent_model.scope import Scope
from agent_server.notices import Broker
from agent_server.sight import Sight

HEADS_A_NOTICE: Final = 50
HOLDERS_WITHOUT_SPREAD: Final = 100
LONGEST_SPREAD_MS: Final = 5000

Message = Mapping[str, Any]


def person_topic(agent_id: str) -> str:
    """What a person's own connections listen to."""
    return f"person {agent_id}"


def device_topic(device_id: str) -> str:
    """What the connections of a workstation listen to."""
    return f"device {device_id}"


def session_topic(session_id: str) -> str:
    """What the connections of one session listen to."""
    return f"session {session_id}"


def states_topic(team: str) -> str:
    """The states of the agents of a team."""
    return f"states {team}"


EVERY_STATE: Final = "states"


def encoded(message: Message) -> str:
    return orjson.dumps(message).decode()


def queues_message(figures: Iterable[QueueFigures]) -> Message:
    return {"type": "queues", "queues": [asdict(queue) for queue in figures]}


class Listener(Protocol):
    """One live connection, as the hub sees it. Nothing here ever blocks: a slow workstation holds up nobody."""

    @property
    def sight(self) -> Sight:
        """How rows look to the person behind the connection."""

    def offer(self, kind: str, about: str, text: str) -> None:
        """Queue a message; a newer one about the same takes the place of one that still waits."""

    def offer_rows(self, scope: Scope, rows: str, poke: str) -> None:
        """Queue the rows of a slice, or only the poke where this connection should come and ask."""

    def offer_figures(self, figures: Mapping[str, QueueFigures]) -> None:
        """Queue the figures that the person behind the connection may see."""

    def doubt(self) -> None:
        """The person may have other rights now: look again before they are sent anything but pokes."""


class Hub:
    """Listeners by what they are told about: a slice, the states of a team (`states_topic`), a person."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Listener]] = defaultdict(set)
        self._topics: dict[Listener, frozenset[str]] = {}

    def subscribe(self, listener: Listener, topics: Iterable[str]) -> Callable[[], None]:
        """Also takes new topics for a listener that is here. Returns what ends the subscription."""
        self._forget(listener)
        self._topics[listener] = frozenset(topics)
        for topic in self._topics[listener]:
            self._by_topic[topic].add(listener)
        return lambda: self._forget(listener)

    @property
    def topics(self) -> Collection[str]:
        """Those that somebody listens to."""
        return self._by_topic.keys()

    def count(self, topic: str) -> int:
        return len(self._by_topic.get(topic, ()))

    def tell(self, topics: Iterable[str], kind: str, about: str, message: Message) -> None:
        """Everybody who listens to one of the topics, once."""
        listeners: set[Listener] = set().union(*(self._by_topic.get(topic, ()) for topic in topics))
        text = encoded(message) if listeners else ""
        for listener in listeners:
            listener.offer(kind, about, text)

    def poke(self, scope: Scope, head: int) -> None:
        text = self._poke(scope, head)
        for listener in self._by_topic.get(scope, ()):
            listener.offer("poke", scope, text)

    def tell_rows(self, scope: Scope, head: int, rows: Callable[[Sight], str | None]) -> None:
        """The same text to everybody who holds the slice and sees it alike; None stands for a poke."""
        poke = self._poke(scope, head)
        texts: dict[Sight, str | None] = {}
        for listener in self._by_topic.get(scope, ()):
            sight = listener.sight
            if sight not in texts:
                texts[sight] = rows(sight)
            text = texts[sight]
            if text is None:
                listener.offer("poke", scope, poke)
            else:
                listener.offer_rows(scope, text, poke)

    def tell_figures(self, figures: Mapping[str, QueueFigures]) -> None:
        for listener in self._topics:
            listener.offer_figures(figures)

    def doubt(self, topics: Collection[str] | None) -> None:
        """Those who listen to one of the topics; None stands for everybody."""
        doubted = set(self._topics) if topics is None else set().union(*(self._by_topic.get(t, ()) for t in topics))
        for listener in doubted:
            listener.doubt()

    def _forget(self, listener: Listener) -> None:
        for topic in self._topics.pop(listener, ()):
            self._by_topic[topic].discard(listener)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def _poke(self, scope: Scope, head: int) -> str:
        message: dict[str, Any] = {"type": "poke", "scope": scope, "head": head}
        holders = self.count(scope)
        if holders > HOLDERS_WITHOUT_SPREAD:
            message["spread_ms"] = min(holders, LONGEST_SPREAD_MS)
        return encoded(message)


class Pokes:
    """Gathers the heads that moved and tells every process once per `delay_s`, however often they were written."""

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
        heads, self._heads, self._timer = list(self._heads.items()), {}, None
        for start in range(0, len(heads), HEADS_A_NOTICE):
            self._broker.publish({"kind": "moved", "heads": dict(heads[start : start + HEADS_A_NOTICE])})
