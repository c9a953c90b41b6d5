"""What every agent is doing: wanted by the agent, owned and kept by the server, told to those who may see it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, Role, Spent, StateEntry
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.live import EVERY_STATE, Hub, person_topic, states_topic
from agent_server.notices import Broker, Notice
from agent_server.probation.presence import Presence
from agent_server.scopes import Person
from agent_server.tables import agent_state

log = logging.getLogger("agent_server.board")

SEES_EVERY_TEAM: Final = frozenset({Role.DUTY_MANAGER, Role.QUALITY, Role.ADMINISTRATOR})
LONGEST_REASON: Final = 200
TOGETHER_S: Final = 0.05
AGENTS_A_NOTICE: Final = 40
ON_THE_WAY: Final = timedelta(seconds=5)
"""Clocks this near are the same."""


class UnknownState(Exception):
    """Not a state an agent can be in, or garbled details of one."""


class BreakPlaces(Protocol):
    """Who holds a place on a break (`floor.breaks`)."""

    async def state_is(self, connection: AsyncConnection, agent_id: str, entry: StateEntry) -> None:
        """In the transaction that enters a state."""

    def state_was_entered(self, agent_id: str) -> None:
        """After that transaction."""


def may_see(viewer: Person, agent_id: str, team: str) -> bool:
    """Whether a person may know what an agent is doing."""
    return viewer.id == agent_id or viewer.team == team or viewer.role in SEES_EVERY_TEAM


def read_wish(message: Mapping[str, Any], now: datetime) -> StateEntry:
    """The state an agent asks for. What the workstation's clock, by its `now`, is ahead is taken off. Raises
    UnknownState."""
    try:
        state = AgentState(message["state"])
        until = None if message.get("until") is None else from_text(message["until"])
        ahead = timedelta(0) if message.get("now") is None else from_text(message["now"]) - now
        if until is not None and abs(ahead) > ON_THE_WAY:
            until -= ahead
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise UnknownState(str(error)) from error
    reason = read_reason(message.get("reason"))
    ends_by_itself = state is AgentState.AFTER_CALL_WORK
    return StateEntry(state, now, reason, until if ends_by_itself else None)


def read_reason(said: object) -> str | None:
    """Raises UnknownState."""
    if said is None or (isinstance(said, str) and len(said) <= LONGEST_REASON and "\x00" not in said):
        return said
    raise UnknownState("reason")


class Board:
    """States of all agents of this site, in every process of the server. Whoever has no live connection for `grace_s`
    is offline.

    `process` names this one. A state is kept with the process that last had the agent's live connection: that one ends
    it when its time has come. For one that has said nothing for `grace_s` the others do.
    """

    def __init__(
        self,
        database: Database,
        broker: Broker,
        hub: Hub,
        process: str,
        now: Callable[[], datetime],
        grace_s: float,
        gone_s: float,
        presence: Presence,
        state_is: Callable[[str, StateEntry], None],
        breaks: BreakPlaces,
    ) -> None:
        """`state_is` hears of every state, in every process."""
        self._database = database
        self._presence = presence
        self._state_is = state_is
        self._breaks = breaks
        self._broker = broker
        self._hub = hub
        self._process = process
        self._now = now
        self._grace_s = grace_s
        self._gone_s = gone_s
        self._entries: dict[str, StateEntry] = {}
        self._holders: dict[str, str] = {}
        self._teams: dict[str, str] = {}
        self._connections: Counter[str] = Counter()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._going: dict[str, asyncio.TimerHandle] = {}
        self._gone: dict[str, str] = {}
        """Since when nobody has heard of the workstation of an agent who is not signed out yet."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._write_turn = asyncio.Lock()
        self._heard_from: dict[str, float] = {}
        self._taken_over: set[str] = set()

    async def open(self, teams: Mapping[str, str]) -> None:
        """Take up where the server stopped; `teams` says whose agent is in which."""
        self._teams = dict(teams)
        self._opened_at = asyncio.get_running_loop().time()
        await self._load()
        self._watch = asyncio.get_running_loop().create_task(self._keep_watch())

    async def close(self) -> None:
        for timer in (*self._timers.values(), *self._going.values()):
            timer.cancel()
        self._timers.clear()
        self._watch.cancel()
        await asyncio.gather(self._watch, *self._tasks, return_exceptions=True)

    def arrived(self, person: Person) -> None:
        """A live connection of the agent is open."""
        self._teams[person.id] = person.team
        self._connections[person.id] += 1
        self._cancel_timer(person.id)
        self._is_back(person.id)
        self._wait_for_end(person.id)
        if person.id in self._entries and self._holders.get(person.id) != self._process:
            self._take_over(person.id)

    def left(self, person: Person) -> None:
        """A live connection is gone; a workstation that comes back in time changes nothing."""
        self._connections[person.id] -= 1
        if self._connections[person.id] <= 0:
            del self._connections[person.id]
            self._wait_for_return(person.id)
            since, loop = to_text(self._now()), asyncio.get_running_loop()
            self._going[person.id] = loop.call_later(self._gone_s, self._say_gone, person.id, since)

    async def want(self, person: Person, entry: StateEntry) -> None:
        """The agent asks to be in a state. Asking again, as after a lost connection, leaves its beginning alone, also
        where it is to end at another time."""
        self._teams[person.id] = person.team
        now = self._entries.get(person.id)
        if now is not None and (now.state, now.reason) == (entry.state, entry.reason):
            entry = replace(entry, since=now.since)
        if entry == now:
            return
        await self._enter(person.id, entry)

    async def told(self, person: Person, spent: Sequence[Spent], entry: StateEntry | None) -> None:
        """What the agent did while nobody heard of the workstation, in order, and the state since then. None: what was
        decided for them meanwhile goes on. One that was gone for a moment only, and did nothing, changes nothing."""
        agent_id, now = person.id, self._now()
        self._teams[agent_id] = person.team
        kept = self._entries.get(agent_id, StateEntry(AgentState.OFFLINE, now))
        if entry is not None and not spent and replace(entry, since=kept.since) == kept:
            return
        entry = replace(kept, since=now) if entry is None else entry
        begin = spent[0].since if spent else entry.since
        async with self._write_turn, self._database.writing() as connection:
            await self._presence.ends(connection, agent_id, begin, is_told=True)
            since, quarters = await self._presence.told(connection, agent_id, spent, entry.since)
            entry = replace(entry, since=min(since, now))
            await self._keep(connection, agent_id, entry)
        self._goes_on_with(agent_id, entry)
        if not self._connections[agent_id]:
            self._wait_for_return(agent_id)
        self._presence.entered(quarters)
        self._publish(agent_id, entry)

    async def put(self, agent_id: str, entry: StateEntry) -> None:
        """Somebody else decided it for an agent whose workstation is not connected here; one on a call stays there.
        A workstation that is connected obeys by itself."""
        now = self._entries.get(agent_id)
        is_away = not self._connections[agent_id] and now is not None
        if is_away and now is not None and now.state is not AgentState.ON_CALL and now.state is not entry.state:
            await self._enter(agent_id, entry)

    def is_seen_by(self, viewer: Person, agent_id: str) -> bool:
        return may_see(viewer, agent_id, self._teams.get(agent_id, ""))

    def seen_by(self, viewer: Person) -> list[dict[str, Any]]:
        """The states a person may know, as messages."""
        return [
            self._message(agent_id, entry)
            for agent_id, entry in sorted(self._entries.items())
            if self.is_seen_by(viewer, agent_id)
        ]

    def gone_seen_by(self, viewer: Person) -> list[dict[str, Any]]:
        """The workstations that are gone, of agents whom a person may see, as messages."""
        return [
            {"type": "gone", "agent": agent_id, "since": since}
            for agent_id, since in sorted(self._gone.items())
            if self.is_seen_by(viewer, agent_id)
        ]

    def heard(self, notice: Notice, process: str) -> None:
        """A state, or what another process has of an agent."""
        self._heard_from[process] = asyncio.get_running_loop().time()
        if notice["kind"] == "state":
            self._hear_state(notice, process)
        elif notice["kind"] == "gone":
            self._hear_gone(str(notice["agent"]), notice["since"])
        elif notice["kind"] == "taken_over" and process != self._process:
            for agent_id in notice["agents"]:
                self._holders[agent_id] = process
                if not self._connections[agent_id]:
                    self._cancel_timer(agent_id)

    def missed(self) -> None:
        self._spawn(self._load())

    def _hear_state(self, notice: Notice, process: str) -> None:
        agent_id, entry = str(notice["agent"]), _entry(notice)
        ours = self._entries.get(agent_id)
        self._entries[agent_id] = entry
        self._holders[agent_id] = str(notice["process"])
        self._teams[agent_id] = str(notice["team"])
        if entry.state is AgentState.OFFLINE:
            self._is_back(agent_id)
        if process != self._process:
            self._cancel_timer(agent_id)
            self._wait_for_end(agent_id)
            self._contradict(agent_id, ours)
        self._tell(agent_id)

    def _hear_gone(self, agent_id: str, since: str | None) -> None:
        if since is None:
            self._gone.pop(agent_id, None)
        else:
            self._gone[agent_id] = since
        topics = (states_topic(self._teams.get(agent_id, "")), EVERY_STATE)
        self._hub.tell(topics, "gone", agent_id, {"type": "gone", "agent": agent_id, "since": since})

    def _say_gone(self, agent_id: str, since: str) -> None:
        self._going.pop(agent_id, None)
        if self._is_on(agent_id):
            self._broker.publish({"kind": "gone", "agent": agent_id, "since": since})

    def _is_back(self, agent_id: str) -> None:
        """Or signed out, which says the same."""
        going = self._going.pop(agent_id, None)
        if going is not None:
            going.cancel()
        if agent_id in self._gone:
            self._broker.publish({"kind": "gone", "agent": agent_id, "since": None})

    def _contradict(self, agent_id: str, ours: StateEntry | None) -> None:
        """Another process took an agent for gone whose workstation is connected here."""
        is_here = self._connections[agent_id] > 0
        said_gone = self._entries[agent_id].state is AgentState.OFFLINE
        if is_here and said_gone and ours is not None and ours.state is not AgentState.OFFLINE:
            self._spawn(self._enter(agent_id, ours))

    def _tell(self, agent_id: str) -> None:
        self._state_is(agent_id, self._entries[agent_id])
        message = self._message(agent_id, self._entries[agent_id])
        topics = (person_topic(agent_id), states_topic(self._teams.get(agent_id, "")), EVERY_STATE)
        self._hub.tell(topics, "state", agent_id, message)

    async def _load(self) -> None:
        """The states as they are kept; those that are not as they were here are told."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(agent_state))).mappings().all()
        for row in rows:
            agent_id, entry = str(row["agent_id"]), _entry({str(name): value for name, value in row.items()})
            ours = self._entries.get(agent_id)
            self._holders[agent_id] = row["process"] or ""
            if entry == ours:
                continue
            self._entries[agent_id] = entry
            self._contradict(agent_id, ours)
            self._tell(agent_id)

    async def _enter(self, agent_id: str, entry: StateEntry) -> None:
        self._goes_on_with(agent_id, entry)
        async with self._write_turn, self._database.writing() as connection:
            await self._presence.ends(connection, agent_id, entry.since, is_told=True)
            await self._keep(connection, agent_id, entry)
        self._publish(agent_id, entry)

    def _goes_on_with(self, agent_id: str, entry: StateEntry) -> None:
        self._entries[agent_id] = entry
        self._cancel_timer(agent_id)
        self._wait_for_end(agent_id)

    async def _keep(self, connection: AsyncConnection, agent_id: str, entry: StateEntry) -> None:
        line = {"agent_id": agent_id, **self._kept(entry)}
        await connection.execute(self._database.insert_or_update(agent_state, ("agent_id",)), [line])
        await self._breaks.state_is(connection, agent_id, entry)

    async def _end(self, agent_id: str, state: AgentState, holder: str) -> None:
        """A state ends by itself, unless another process knows better by now."""
        before, entry = self._entries[agent_id], StateEntry(state, self._now())
        is_as_here = (
            (agent_state.c.agent_id == agent_id)
            & (func.coalesce(agent_state.c.process, "") == holder)
            & (agent_state.c.state == before.state.value)
            & (agent_state.c.since == to_text(before.since))
        )
        async with self._write_turn, self._database.writing() as connection:
            if await connection.scalar(select(agent_state.c.agent_id).where(is_as_here).with_for_update()) is None:
                return
            await self._presence.ends(connection, agent_id, entry.since, is_told=False)
            await connection.execute(update(agent_state).where(is_as_here).values(self._kept(entry)))
            await self._breaks.state_is(connection, agent_id, entry)
        self._publish(agent_id, entry)

    def _publish(self, agent_id: str, entry: StateEntry) -> None:
        team = self._teams.get(agent_id, "")
        notice = {"kind": "state", **self._message(agent_id, entry), "team": team, "process": self._process}
        self._broker.publish(notice)
        self._breaks.state_was_entered(agent_id)

    def _kept(self, entry: StateEntry) -> dict[str, Any]:
        return {**_as_text(entry), "process": self._process}

    def _message(self, agent_id: str, entry: StateEntry) -> dict[str, Any]:
        return {"type": "state", "agent": agent_id, **_as_text(entry)}

    # ---- what happens by itself -----------------------------------------------------------------------

    def _wait_for_end(self, agent_id: str) -> None:
        """After-call work with an end becomes ready by itself."""
        entry = self._entries.get(agent_id)
        if entry is None or entry.until is None or not self._connections[agent_id]:
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
        self._spawn(self._end(agent_id, state, self._process))

    def _take_over(self, agent_id: str) -> None:
        if not self._taken_over:
            self._spawn(self._write_taken_over())
        self._taken_over.add(agent_id)

    async def _write_taken_over(self) -> None:
        """All at once who came within a moment: after another process died they come in a crowd."""
        await asyncio.sleep(TOGETHER_S)
        agents, self._taken_over = sorted(self._taken_over), set()
        for start in range(0, len(agents), AGENTS_A_NOTICE):
            some = agents[start : start + AGENTS_A_NOTICE]
            async with self._write_turn, self._database.writing() as connection:
                theirs = update(agent_state).where(agent_state.c.agent_id.in_(some))
                await connection.execute(theirs.values(process=self._process))
            self._holders |= dict.fromkeys(some, self._process)
            self._broker.publish({"kind": "taken_over", "agents": some})

    async def _keep_watch(self) -> None:
        """Say that this process is there; whose process has not said so for `grace_s` is offline."""
        loop = asyncio.get_running_loop()
        while True:
            self._broker.publish({"kind": "alive"})
            await asyncio.sleep(self._grace_s / 4)
            oldest = loop.time() - self._grace_s
            for agent_id, holder in tuple(self._holders.items()):
                is_gone = self._heard_from.get(holder, self._opened_at) < oldest
                if is_gone and not self._connections[agent_id] and self._is_on(agent_id):
                    try:
                        await self._end(agent_id, AgentState.OFFLINE, holder)
                    except (DBAPIError, OSError) as error:
                        log.info("a state could not be written: %s", type(error).__name__)  # at the next round

    def _is_on(self, agent_id: str) -> bool:
        entry = self._entries.get(agent_id)
        return entry is not None and entry.state is not AgentState.OFFLINE

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _cancel_timer(self, agent_id: str) -> None:
        timer = self._timers.pop(agent_id, None)
        if timer is not None:
            timer.cancel()


def _as_text(entry: StateEntry) -> dict[str, Any]:
    return {
        "state": entry.state.value,
        "since": to_text(entry.since),
        "reason": entry.reason,
        "until": None if entry.until is None else to_text(entry.until),
    }


def _entry(plain: Mapping[str, Any]) -> StateEntry:
    until = None if plain["until"] is None else from_text(plain["until"])
    return StateEntry(AgentState(plain["state"]), from_text(plain["since"]), plain["reason"], until)
