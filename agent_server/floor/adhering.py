"""Who keeps to the plan of their shift now, for boards: reckoned when a state ends, and of everybody now and then."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from agent_model.adherence import Adherence, AdherenceNow, Kept, so_far
from agent_model.agent import Role, StateEntry
from agent_model.body import to_body
from agent_server.database import Database
from agent_server.floor.kept_plans import Plan, read_kept, read_plans, standing
from agent_server.live import Hub, Message, person_topic
from agent_server.scopes import Person

log = logging.getLogger("agent_server.floor")

TOGETHER_S: Final = 0.3
"""States that change within it are read together."""


class Adhering:
    """In every process. What was told last is kept for who comes; what looks the same is not told again."""

    def __init__(
        self,
        database: Database,
        hub: Hub,
        zone: ZoneInfo,
        leads_topics: Callable[[str], tuple[str, ...]],
        every_s: float,
        now: Callable[[], datetime],
    ) -> None:
        """`leads_topics` are what those listen to who lead a team."""
        self._database, self._hub, self._zone, self._now = database, hub, zone, now
        self._leads_topics, self._every_s = leads_topics, every_s
        self._entries: dict[str, StateEntry] = {}
        self._plans: dict[str, list[Plan]] | None = None
        self._kept: dict[str, tuple[Plan, Kept]] = {}
        self._stale: set[str] = set()
        self._told: dict[str, tuple[str, AdherenceNow]] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def state_is(self, agent_id: str, entry: StateEntry) -> None:
        """What they were in before was entered, also where a workstation told of it afterwards."""
        self._entries[agent_id] = entry
        self._stale.add(agent_id)
        if self._plans is None or agent_id in self._plans:
            self._wake.set()

    def plans_changed(self) -> None:
        """Or somebody may be in another team. What is brought in at the server's console is found by itself."""
        self._plans = None
        self._wake.set()

    def missed(self) -> None:
        """Anything may have been entered."""
        self._stale |= self._told.keys()
        self.plans_changed()

    def of(self, agent_id: str) -> AdherenceNow | None:
        """As it was told last."""
        return self._told[agent_id][1] if agent_id in self._told else None

    def seen_by(self, person: Person) -> list[Message]:
        """A lead sees the team, a duty manager everybody, and everybody themselves."""
        return [
            _message(one)
            for agent_id, (team, one) in sorted(self._told.items())
            if agent_id == person.id
            or person.role is Role.DUTY_MANAGER
            or (person.role is Role.TEAM_LEAD and team == person.team)
        ]

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        whole_at = loop.time()
        while True:
            is_whole = loop.time() >= whole_at
            try:
                await self._work_out(is_whole=is_whole)
            except (SQLAlchemyError, OSError) as error:
                log.info("plans of shifts could not be read: %s", type(error).__name__)
            whole_at = loop.time() + self._every_s if is_whole else whole_at
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(whole_at - loop.time(), TOGETHER_S)):
                    await self._wake.wait()
            await asyncio.sleep(TOGETHER_S)
            self._wake.clear()

    async def _work_out(self, *, is_whole: bool) -> None:
        now = self._now()
        plans = self._plans
        if is_whole or plans is None:
            plans, is_whole = await self._read_plans(now), True
        current = {agent_id: _current(own, now) for agent_id, own in plans.items()}
        stale, self._stale = self._stale & current.keys(), set()
        unread = {
            agent_id: plan
            for agent_id, plan in current.items()
            if agent_id in stale or agent_id not in self._kept or self._kept[agent_id][0] != plan
        }
        try:
            if unread:
                async with self._database.reading() as connection:
                    kept = await read_kept(connection, unread)
                self._kept |= {agent_id: (plan, kept[agent_id]) for agent_id, plan in unread.items()}
        except BaseException:
            self._stale |= stale
            raise
        self._tell(current if is_whole else unread, current, now)
        for agent_id in self._told.keys() - current.keys():
            team, _ = self._told.pop(agent_id)
            self._say(team, AdherenceNow(agent_id))

    async def _read_plans(self, now: datetime) -> dict[str, list[Plan]]:
        """Those that may go on now: of today, and of the evening before. What is called in between counts again."""
        today = now.astimezone(self._zone).date()
        self._plans = found = dict[str, list[Plan]]()
        try:
            async with self._database.reading() as connection:
                plans = await read_plans(connection, self._zone, today - timedelta(days=1), today)
        except BaseException:
            self._plans = None
            raise
        for plan in plans:
            if plan.shift.day == today or plan.until.astimezone(self._zone).date() == today:
                found.setdefault(plan.agent, []).append(plan)
        return found

    def _tell(self, whom: Iterable[str], current: dict[str, Plan], now: datetime) -> None:
        for agent_id in whom:
            plan = current[agent_id]
            state = standing(self._entries.get(agent_id), now)
            one = so_far(agent_id, plan.shift.day, plan.times, self._kept[agent_id][1], state, now)
            before = self._told.get(agent_id)
            self._told[agent_id] = plan.team, one
            if before is None or _looks(before[1]) != _looks(one):
                self._say(plan.team, one)

    def _say(self, team: str, one: AdherenceNow) -> None:
        topics = (*self._leads_topics(team), person_topic(one.agent))
        self._hub.tell(topics, "adherence", one.agent, _message(one))


def _current(plans: Sequence[Plan], now: datetime) -> Plan:
    """The shift that goes on; else that of today, also before it begins; else the one that ended today."""
    going_on = next((plan for plan in plans if plan.since <= now < plan.until), None)
    return going_on or plans[-1]


def _looks(one: AdherenceNow) -> object:
    """What of it is shown: a share in whole percents."""
    share = one.so_far.share
    return replace(one, so_far=Adherence()), None if share is None else round(share * 100)


def _message(one: AdherenceNow) -> dict[str, Any]:
    return {"type": "adherence", **to_body(one)}
