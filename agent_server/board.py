"""What every agent is doing: wanted by the agent, owned and kept by the server, told to those who may see it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from agent_model.agent import AgentState, Role, StateEntry
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.live import Broker
from agent_server.scopes import Person
from agent_server.tables import agent_state

SEES_EVERY_TEAM: Final = frozenset({Role.DUTY_MANAGER, Role.QUALITY, Role.ADMINISTRATOR})
LONGEST_REASON: Final = 200


class UnknownState(Exception):
    """Not a state an agent can be in, or garbled details of one."""


def may_see(viewer: Person, agent_id: str, team: str) -> bool:
    """Whether a person may know what an agent is doing."""
    return viewer.id == agent_id or viewer.team == team or viewer.role in SEES_EVERY_TEAM


def read_wish(message: Mapping[str, Any], now: datetime) -> StateEntry:
    """The state an agent asks for. Raises UnknownState."""
    try:
        state = AgentState(message["state"])
        until = None if message.get("until") is None else from_text(message["until"])
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise UnknownState(str(error)) from error
    reason = message.get("reason")
    if not (reason is None or (isinstance(reason, str) and len(reason) <= LONGEST_REASON and "\x00" not in reason)):
        raise UnknownState("reason")
    ends_by_itself = state is AgentState.AFTER_CALL_WORK
    return StateEntry(state, now, reason, until if ends_by_itself else None)


class Board:
    """States of all agents of this site. Whoever has no live connection for `grace_s` is offline."""

    def __init__(self, database: Database, broker: Broker, now: Callable[[], datetime], grace_s: float) -> None:
        self._database = database
        self._broker = broker
        self._now = now
        self._grace_s = grace_s
        self._entries: dict[str, StateEntry] = {}
        self._teams: dict[str, str] = {}
        self._connections: Counter[str] = Counter()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._write_turn = asyncio.Lock()

    async def open(self, teams: Mapping[str, str]) -> None:
        """Take up where the server stopped; `teams` says whose agent is in which."""
        self._teams = dict(teams)
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(agent_state))).all()
        for row in rows:
            until = None if row.until is None else from_text(row.until)
            self._entries[row.agent_id] = StateEntry(AgentState(row.state), from_text(row.since), row.reason, until)
            if row.state != AgentState.OFFLINE:
                self._wait_for_return(row.agent_id)

    async def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        await asyncio.gather(*self._tasks)

    def arrived(self, person: Person) -> None:
        """A live connection of the agent is open."""
        self._teams[person.id] = person.team
        self._connections[person.id] += 1
        self._cancel_timer(person.id)
        self._wait_for_end(person.id)

    def left(self, person: Person) -> None:
        """A live connection is gone; a workstation that comes back in time changes nothing."""
        self._connections[person.id] -= 1
        if self._connections[person.id] <= 0:
            del self._connections[person.id]
            self._wait_for_return(person.id)

    async def want(self, person: Person, entry: StateEntry) -> None:
        """The agent asks to be in a state. Asking again, as after a lost connection, leaves its beginning alone."""
        self._teams[person.id] = person.team
        now = self._entries.get(person.id)
        if now is not None and replace(entry, since=now.since) == now:
            return
        await self._enter(person.id, entry)

    def seen_by(self, viewer: Person) -> list[dict[str, Any]]:
        """The states a person may know, as messages."""
        return [
            self._message(agent_id, entry)
            for agent_id, entry in sorted(self._entries.items())
            if may_see(viewer, agent_id, self._teams.get(agent_id, ""))
        ]

    async def _enter(self, agent_id: str, entry: StateEntry) -> None:
        self._entries[agent_id] = entry
        self._cancel_timer(agent_id)
        self._wait_for_end(agent_id)
        line = {
            "agent_id": agent_id,
            "state": entry.state.value,
            "since": to_text(entry.since),
            "reason": entry.reason,
            "until": None if entry.until is None else to_text(entry.until),
        }
        async with self._write_turn, self._database.writing() as connection:
            await connection.execute(self._database.insert_or_update(agent_state, ("agent_id",)), [line])
        self._broker.publish(self._message(agent_id, entry))

    def _message(self, agent_id: str, entry: StateEntry) -> dict[str, Any]:
        return {
            "type": "state",
            "agent": agent_id,
            "state": entry.state.value,
            "since": to_text(entry.since),
            "reason": entry.reason,
            "until": None if entry.until is None else to_text(entry.until),
            "team": self._teams.get(agent_id, ""),
        }

    def _wait_for_end(self, agent_id: str) -> None:
        """After-call work with an end becomes ready by itself."""
        entry = self._entries.get(agent_id)
        if entry is None or entry.until is None:
            return
        left_s = max((entry.until - self._now()).total_seconds(), 0.0)
        self._later(agent_id, left_s, AgentState.READY)

    def _wait_for_return(self, agent_id: str) -> None:
        self._cancel_timer(agent_id)
        self._later(agent_id, self._grace_s, AgentState.OFFLINE)

    def _later(self, agent_id: str, delay_s: float, state: AgentState) -> None:
        loop = asyncio.get_running_loop()
        self._timers[agent_id] = loop.call_later(delay_s, self._due, agent_id, state)

    def _due(self, agent_id: str, state: AgentState) -> None:
        self._timers.pop(agent_id, None)
        entry = self._entries.get(agent_id)
        if entry is None or entry.state is state:
            return
        task = asyncio.get_running_loop().create_task(self._enter(agent_id, StateEntry(state, self._now())))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _cancel_timer(self, agent_id: str) -> None:
        timer = self._timers.pop(agent_id, None)
        if timer is not None:
            timer.cancel()
