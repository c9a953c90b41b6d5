"""Who may go on a break: the line for each reason, the places in it, and leads who agree where the site wants it.

Every process takes wishes and tells what became of them; the one that leads gives the places, so that no two are given
where there is one.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, Role, StateEntry
from agent_model.body import from_body
from agent_model.break_reason import Away, BreakReason, Place, has_room, in_force
from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.live import EVERY_STATE, Hub, person_topic, states_topic
from agent_server.notices import Broker, Notice
from agent_server.rows import reader, selecting
from agent_server.scopes import Person
from agent_server.tables import agent, agent_state, break_turn

log = logging.getLogger("agent_server.floor")

LOOK_EVERY_S: Final = 5.0
HELD_FOR: Final = timedelta(minutes=2)
"""A place that somebody was given and does not take, although no call keeps them."""
MAY_DECIDE: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""A lead for the own team. Nobody for themselves."""


class NotOffered(Exception):
    """Nobody may go on a break for this reason, or the wish is not there any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`place` counts from 1 among those who wait in line for the same reason; 0 for the others."""

    agent: str
    reason: str
    standing: Away
    asked_at: str
    by: str = ""
    place: int = 0


def message(turn: Turn) -> dict[str, Any]:
    return {
        "type": "break",
        "agent": turn.agent,
        "reason": turn.reason,
        "standing": turn.standing.value,
        "place": turn.place,
        "asked_at": turn.asked_at,
        "by": turn.by,
    }


class Breaks:
    def __init__(self, database: Database, broker: Broker, hub: Hub, now: Callable[[], datetime]) -> None:
        self._database, self._broker, self._hub, self._now = database, broker, hub, now
        self._turns: dict[str, Turn] = {}
        self._places: dict[str, Place] = {}
        self._reasons: dict[str, BreakReason] = {}
        self._turn_to_read = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        await self._read()
        self._watch = asyncio.get_running_loop().create_task(self._keep_watch())

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        await asyncio.gather(*filter(None, (self._watch, *self._tasks)), return_exceptions=True)

    def is_free(self, reason: str | None) -> bool:
        """Whether one goes on this break without asking; also for those that only rules send into."""
        known = self._reasons.get(reason or "")
        return known is None or known.is_free

    def is_offered(self, reason: str | None) -> bool:
        """Whether people go on this break, and not only by a rule."""
        known = self._reasons.get(reason or "")
        return known is not None and known.is_on

    def may_go(self, agent_id: str, reason: str | None) -> bool:
        turn = self._turns.get(agent_id)
        has_place = turn is not None and (turn.reason, turn.standing) == (reason, Away.GRANTED)
        return self.is_free(reason) or has_place

    def seen_by(self, may_see: Callable[[str], bool]) -> list[dict[str, Any]]:
        """Every wish that somebody may know, as messages."""
        return [message(turn) for agent_id, turn in sorted(self._turns.items()) if may_see(agent_id)]

    async def ask(self, person: Person, reason: str) -> None:
        """From now on the agent waits for a place, or for a lead who agrees first. Raises NotOffered."""
        known = self._reasons.get(reason)
        if known is None or not self.is_offered(reason):
            raise NotOffered
        standing = Away.ASKED if known.needs_approval else Away.IN_LINE
        await self._put(person.id, reason, standing, is_away=False)

    async def went(self, agent_id: str, reason: str) -> None:
        """The agent went while nobody could be asked, or a lead sent them: it is a fact, and counts like any other."""
        asked_at = await self._put(agent_id, reason, Away.GRANTED, is_away=True)
        self._turns[agent_id] = Turn(agent_id, reason, Away.GRANTED, asked_at)
        self._tell(self._turns[agent_id])

    async def take_back(self, person: Person) -> None:
        """The agent waits no longer, or does not take the place."""
        mine = and_(break_turn.c.agent_id == person.id, break_turn.c.is_away.is_(False))
        async with self._database.writing() as connection:
            await connection.execute(delete(break_turn).where(mine))
        self._changed()

    async def decide(self, person: Person, agent_id: str, *, is_granted: bool) -> None:
        """A lead agrees, and the agent stands in line, or refuses. Raises NotOffered."""
        team = self._places.get(agent_id, ("", ()))[0]
        is_theirs = person.role is Role.DUTY_MANAGER or person.team == team
        asked = and_(break_turn.c.agent_id == agent_id, break_turn.c.standing == Away.ASKED.value)
        if person.role not in MAY_DECIDE or person.id == agent_id or not is_theirs:
            raise NotOffered
        async with self._database.writing() as connection:
            agreed = update(break_turn).values(standing=Away.IN_LINE.value, decided_by=person.id).where(asked)
            done = await connection.execute(agreed if is_granted else delete(break_turn).where(asked))
        if done.rowcount == 0:
            raise NotOffered
        if not is_granted:
            self._broker.publish({"kind": "break_refused", "agent": agent_id, "by": person.id})
        self._changed()

    async def state_is(self, connection: AsyncConnection, agent_id: str, entry: StateEntry) -> None:
        """In the transaction that enters a state: who is on the break holds the place, who came back gives it up. A
        call that comes between does not end a break."""
        turn = self._turns.get(agent_id)
        if turn is None or entry.state in (AgentState.ON_CALL, AgentState.AFTER_CALL_WORK):
            return
        mine = break_turn.c.agent_id == agent_id
        if entry.state is AgentState.BREAK and entry.reason == turn.reason:
            await connection.execute(update(break_turn).values(is_away=True).where(mine))
            return
        ends = mine if entry.state is AgentState.OFFLINE else and_(mine, break_turn.c.is_away.is_(True))
        await connection.execute(delete(break_turn).where(ends))

    def state_was_entered(self, agent_id: str) -> None:
        """After that transaction."""
        if agent_id in self._turns:
            self._changed()

    def heard(self, notice: Notice) -> None:
        """Wishes are others now, or a lead refused one."""
        if notice["kind"] == "break_refused":
            agent_id = str(notice["agent"])
            if (turn := self._turns.get(agent_id)) is not None:
                self._tell(replace(turn, standing=Away.REFUSED, by=str(notice["by"]), place=0))
            return
        self._spawn(self._look())

    def company_changed(self) -> None:
        """Reasons or people are others now."""
        self._spawn(self._look())

    missed = company_changed

    # ---- by itself ----------------------------------------------------------------------------------------------

    async def _keep_watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._broker.leads and self._turns:
                await self._look()

    async def _look(self) -> None:
        try:
            async with self._turn_to_read:
                await self._read()
                if self._broker.leads and await self._settle():
                    self._changed()
        except (SQLAlchemyError, OSError) as error:
            log.info("the line for breaks could not be read: %s", type(error).__name__)  # at the next look

    async def _read(self) -> None:
        people = select(agent.c.id, agent.c.team, agent.c.queues)
        turns = select(break_turn).order_by(break_turn.c.asked_at, break_turn.c.agent_id)
        read = reader("break_reason")
        async with self._database.reading() as connection:
            self._places = {row.id: (row.team, row.queues) for row in await connection.execute(people)}
            rows = [read(row) for row in await connection.execute(selecting("break_reason"))]
            lines = (await connection.execute(turns)).all()
        own = (from_body(BreakReason, row.id, row.version, row.body) for row in rows)
        self._reasons = {reason.id: reason for reason in in_force(own)}
        before, self._turns = self._turns, _in_order(lines)
        for agent_id in before.keys() - self._turns.keys():
            self._tell(replace(before[agent_id], standing=Away.OVER, place=0))
        for agent_id, turn in self._turns.items():
            if before.get(agent_id) != turn:
                self._tell(turn)

    async def _settle(self) -> bool:
        """Gives free places to who waits longest, and takes back those that nobody takes. Whether something changed."""
        now, changed = self._now(), False
        for reason in self._reasons.values():
            turns = [turn for turn in self._turns.values() if turn.reason == reason.id]
            away = [self._place(turn) for turn in turns if turn.standing is Away.GRANTED]
            for turn in turns:
                if turn.standing is Away.IN_LINE and has_room(reason, self._place(turn), away):
                    away.append(self._place(turn))
                    await self._grant(turn, now)
                    changed = True
        return await self._let_lapse(now) or changed

    async def _grant(self, turn: Turn, now: datetime) -> None:
        waits = and_(break_turn.c.agent_id == turn.agent, break_turn.c.standing == Away.IN_LINE.value)
        granted = update(break_turn).values(standing=Away.GRANTED.value, granted_at=to_text(now)).where(waits)
        async with self._database.writing() as connection:
            await connection.execute(granted)

    async def _let_lapse(self, now: datetime) -> bool:
        """Who is in a call, or in the work after it, comes later."""
        busy = (AgentState.ON_CALL.value, AgentState.AFTER_CALL_WORK.value)
        is_kept = select(agent_state.c.agent_id).where(agent_state.c.state.in_(busy))
        lapsed = and_(
            break_turn.c.standing == Away.GRANTED.value,
            break_turn.c.is_away.is_(False),
            or_(break_turn.c.granted_at.is_(None), break_turn.c.granted_at < to_text(now - HELD_FOR)),
            break_turn.c.agent_id.not_in(is_kept),
        )
        async with self._database.writing() as connection:
            return (await connection.execute(delete(break_turn).where(lapsed))).rowcount > 0

    async def _put(self, agent_id: str, reason: str, standing: Away, *, is_away: bool) -> str:
        """When it was asked."""
        asked_at = to_text(self._now())
        line = {
            "agent_id": agent_id,
            "reason": reason,
            "standing": standing.value,
            "asked_at": asked_at,
            "granted_at": asked_at if standing is Away.GRANTED else None,
            "decided_by": None,
            "is_away": is_away,
        }
        before = select(break_turn.c.reason).where(break_turn.c.agent_id == agent_id)
        async with self._database.writing() as connection:
            is_again = await connection.scalar(before) == reason and not is_away
            if not is_again:
                await connection.execute(self._database.insert_or_update(break_turn, ("agent_id",)), [line])
        self._changed()
        return asked_at

    def _place(self, turn: Turn) -> Place:
        return self._places.get(turn.agent, ("", ()))

    def _changed(self) -> None:
        self._broker.publish({"kind": "breaks"})

    def _tell(self, turn: Turn) -> None:
        team = self._place(turn)[0]
        topics = (person_topic(turn.agent), states_topic(team), EVERY_STATE)
        self._hub.tell(topics, "break", turn.agent, message(turn))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _in_order(lines: Iterable[Any]) -> dict[str, Turn]:
    """By agent, each with the place in the line."""
    waiting: dict[str, int] = {}
    turns: dict[str, Turn] = {}
    for line in lines:
        standing, place = Away(line.standing), 0
        if standing is Away.IN_LINE:
            place = waiting[line.reason] = waiting.get(line.reason, 0) + 1
        turns[line.agent_id] = Turn(line.agent_id, line.reason, standing, line.asked_at, line.decided_by or "", place)
    return turns
