"""Enters in the log what the exchanges tell of callers and calls."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from agent_server.database import Database
from agent_server.floor.event_log import EventLog
from agent_server.floor.measures import Fact, Kind, Quarter, quarter_of
from agent_server.switch.port import (
    Answered,
    Asked,
    ExchangeEvent,
    Extension,
    GaveUp,
    LegEnded,
    Offered,
    Overflowed,
    RangOut,
    Resynced,
)
from agent_server.tables import floor_event

log = logging.getLogger("agent_server.floor")

ENTER_EVERY_S: Final = 0.2
CALLS_REMEMBERED: Final = 20_000
MOST_KEPT: Final = 200_000
"""Facts that wait for a database that does not answer: an hour of a large centre."""
UNKNOWN: Final = Quarter(-1)
"""Of a call that this process did not hear of before: the log may know it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A queue: whose it is, and within what time its callers should be answered."""

    team: str
    within_s: int


class Recorder:
    """In the process that leads. `who` says which agent sits at an extension, and of which team, if one does."""

    def __init__(
        self,
        database: Database,
        events: EventLog,
        lines: Callable[[], Mapping[str, Line]],
        who: Callable[[Extension], tuple[str, str]],
        short_s: float,
    ) -> None:
        """Whoever gives up before `short_s` are over did not mean to wait."""
        self._database, self._events = database, events
        self._lines, self._who, self._short_s = lines, who, short_s
        self._asked: OrderedDict[tuple[str, str], Quarter] = OrderedDict()
        self._kept: list[Fact] = []
        self._lost = 0

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """What an exchange of that name told."""
        match event:
            case Asked():
                self._ask(exchange, event.call, event.queue, event.at)
            case Offered():
                self._keep(self._at_an_extension(exchange, event, Kind.OFFERED))
            case RangOut():
                kind = Kind.REFUSED if event.is_refused else Kind.RANG_OUT
                self._keep(replace(self._at_an_extension(exchange, event, kind), span_ms=_ms(event.rang_s)))
            case Answered():
                agent_id, _ = self._who(event.extension)
                in_time = int(event.waited_s <= self._within_s(event.queue))
                self._keep(replace(self._settled(exchange, event, Kind.ANSWERED), agent=agent_id, in_time=in_time))
            case GaveUp():
                short = int(event.waited_s < self._short_s)
                self._keep(replace(self._settled(exchange, event, Kind.GAVE_UP), short=short))
            case Overflowed():
                self._keep(self._settled(exchange, event, Kind.OVERFLOWED))
            case LegEnded():
                self._end(exchange, event)
            case Resynced():
                for one in event.snapshot.waiting:
                    if (exchange, one.call) not in self._asked:
                        self._ask(exchange, one.call, one.queue, one.since)
            case _:
                pass

    async def run(self) -> None:
        """Enters what was heard, until cancelled; then what is left of it."""
        try:
            while True:
                await asyncio.sleep(ENTER_EVERY_S)
                await self.enter()
        finally:
            await asyncio.shield(self.enter())

    async def enter(self) -> None:
        """What cannot be entered now is entered later."""
        facts, self._kept = self._kept, []
        if not facts:
            return
        try:
            await self._events.enter(await self._placed(facts))
        except (SQLAlchemyError, OSError) as error:
            self._kept = [*facts, *self._kept]
            self._lost += max(len(self._kept) - MOST_KEPT, 0)
            self._kept = self._kept[-MOST_KEPT:]
            log.warning("what happened on the floor waits for the database: %s", type(error).__name__)
            return
        if self._lost:
            log.error("%d events of the floor were lost while the database did not answer", self._lost)
            self._lost = 0

    def _ask(self, exchange: str, call: str, queue: str, at: datetime) -> None:
        quarter = quarter_of(at)
        self._asked[exchange, call] = quarter
        self._asked.move_to_end((exchange, call))
        while len(self._asked) > CALLS_REMEMBERED:
            self._asked.popitem(last=False)
        self._keep(Fact(at, quarter, Kind.ASKED, exchange, call, queue, self._team(queue)))

    def _at_an_extension(self, exchange: str, event: Offered | RangOut, kind: Kind) -> Fact:
        agent_id, team = self._who(event.extension)
        quarter = self._quarter(exchange, event.call)
        return Fact(event.at, quarter, kind, exchange, event.call, event.queue, team, agent_id)

    def _settled(self, exchange: str, event: Answered | GaveUp | Overflowed, kind: Kind) -> Fact:
        """A caller waits no longer. It counts for the team of the queue, as the wish did."""
        quarter = self._asked.get((exchange, event.call), quarter_of(event.at - timedelta(seconds=event.waited_s)))
        team, span_ms = self._team(event.queue), _ms(event.waited_s)
        return Fact(event.at, quarter, kind, exchange, event.call, event.queue, team, span_ms=span_ms)

    def _end(self, exchange: str, event: LegEnded) -> None:
        agent_id, team = self._who(event.extension)
        if event.queue is None and not agent_id:
            return
        quarter = self._quarter(exchange, event.call)
        talked_ms, held_ms = _ms(event.talked_s), _ms(event.held_s)
        queue = event.queue or ""
        self._keep(
            Fact(
                event.at, quarter, Kind.ENDED, exchange, event.call, queue, team or self._team(queue), agent_id,
                span_ms=talked_ms, held_ms=held_ms,
            )
        )  # fmt: skip

    def _keep(self, fact: Fact) -> None:
        self._kept.append(fact)

    async def _placed(self, facts: list[Fact]) -> list[Fact]:
        """Those of calls that were not heard of before: in the quarter that the log has, else in their own."""
        calls = {fact.call for fact in facts if fact.quarter == UNKNOWN}
        if not calls:
            return facts
        query = select(floor_event.c.exchange, floor_event.c.call, floor_event.c.quarter)
        query = query.where(floor_event.c.call.in_(sorted(calls)), floor_event.c.kind == Kind.ASKED.value)
        async with self._database.reading() as connection:
            known = {(row.exchange, row.call): Quarter(row.quarter) for row in await connection.execute(query)}
        return [
            fact
            if fact.quarter != UNKNOWN
            else replace(fact, quarter=known.get((fact.exchange, fact.call), quarter_of(fact.at)))
            for fact in facts
        ]

    def _quarter(self, exchange: str, call: str) -> Quarter:
        return self._asked.get((exchange, call), UNKNOWN)

    def _team(self, queue: str) -> str:
        line = self._lines().get(queue)
        return "" if line is None else line.team

    def _within_s(self, queue: str) -> int:
        line = self._lines().get(queue)
        return 0 if line is None else line.within_s


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
