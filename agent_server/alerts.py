"""Alerts of the floor: the process that leads judges by the company's rules, and those who lead are told."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.alert import Alert, AlertKind, AlertRule, in_force
from agent_model.body import from_body, to_body
from agent_model.floor_bound import GRADES
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.floor.alerts import AlertBook, Happened, InCall, Seen, Told, find
from agent_server.floor.calls_now import CallsNow
from agent_server.floor.floor import Floor
from agent_server.floor.live_totals import LiveTotals, Today
from agent_server.floor.measures import Kind, quarter_of
from agent_server.live import Hub, Message
from agent_server.notices import Broker, Notice
from agent_server.rows import reader, selecting
from agent_server.switch.port import ExchangeEvent
from agent_server.tables import abusive_call, agent, alert, contact, floor_event
from agent_server.wallboard import EVERY_FLOOR, Lines, floor_topic, read_lines

log = logging.getLogger("agent_server.floor")

LONGEST_QUIET: Final = timedelta(days=1)
_COLUMNS: Final = tuple(field.name for field in fields(Alert) if field.name != "id")


class Alerts:
    """In every process, for those who are connected to it; what stands is in the table, whoever leads."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        hub: Hub,
        floor: Floor,
        totals: LiveTotals,
        every_s: float,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database, self._broker, self._hub = database, broker, hub
        self._floor, self._totals = floor, totals
        self._every_s, self._now, self._new_id = every_s, now, new_id
        self._calls = CallsNow()
        self._rules: Sequence[AlertRule] | None = None
        self._lines: Lines | None = None
        self._book: AlertBook | None = None
        self._standing: dict[str, tuple[frozenset[str], Alert]] = {}
        """What was told and is not over, by id, with whose leads it was told to."""
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises DBAPIError."""
        await self._read_standing()
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """What an exchange tells the process that leads."""
        self._calls.hear(exchange, event)

    def company_changed(self) -> None:
        """There may be other rules, and people may be elsewhere."""
        self._rules = self._lines = None

    def heard(self, notice: Notice) -> None:
        """What the process that leads has found, or that it is over."""
        told = from_body(Alert, notice["id"], 0, notice["alert"])
        teams = frozenset(notice["teams"])
        if told.ended_at is None:
            self._standing[told.id] = teams, told
        else:
            self._standing.pop(told.id, None)
        self._hub.tell((EVERY_FLOOR, *map(floor_topic, teams)), "alert", told.id, _message(told))

    @property
    def standing(self) -> Sequence[tuple[frozenset[str], Alert]]:
        """What was told and is not over, with whose leads it was told to: the worst first, of them the newest."""
        newest = sorted(self._standing.values(), key=lambda one: one[1].began_at, reverse=True)
        return sorted(newest, key=lambda one: GRADES.index(one[1].grade), reverse=True)

    def seen_by(self, role: Role, team: str) -> list[Message]:
        """What stands, for somebody who comes, the oldest first."""
        stands = sorted(self._standing.values(), key=lambda one: one[1].began_at)
        sees_all = role is Role.DUTY_MANAGER
        return [_message(one) for teams, one in stands if sees_all or (role is Role.TEAM_LEAD and team in teams)]

    # ---- the process that leads ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            if not self._broker.leads:
                self._book = None
                self._calls.begin_anew()
                continue
            try:
                await self._judge()
            except (SQLAlchemyError, OSError) as error:
                log.info("alerts could not be worked out: %s", type(error).__name__)
            except Exception:
                log.exception("alerts have failed and are begun anew")
                self._book = None

    async def _judge(self) -> None:
        today = await self._totals.today()
        async with self._database.reading() as connection:
            if self._rules is None:
                rows = map(reader("alert_rule"), await connection.execute(selecting("alert_rule")))
                self._rules = in_force(from_body(AlertRule, row.id, row.version, row.body) for row in rows)
            if self._lines is None:
                self._lines, _ = await read_lines(connection)
            rules, lines = self._rules, self._lines
            if self._book is None:
                self._book = await self._book_of_before(connection)
            seen = await self._see(connection, rules, lines, today)
        changed = self._book.judge(find(rules, seen), seen.at)
        if not changed:
            return
        try:
            await self._keep(changed)
        except BaseException:
            self._book = None  # what was not kept was not told: it is found again
            raise
        for told in changed:
            self._broker.publish(_notice(told))

    async def _see(self, connection: AsyncConnection, rules: Sequence[AlertRule], lines: Lines, today: Today) -> Seen:
        now = self._now()

        def level(queue: str, within: timedelta) -> tuple[float | None, int]:
            sums = today.queue_since(queue, quarter_of(now - within)).sums
            return sums.service_level, sums.settled

        since = {
            kind: now - max(rule.within for rule in rules if rule.kind is kind)
            for kind in {rule.kind for rule in rules}
        }
        waiting = self._floor.waiting
        return Seen(
            now,
            self._in_calls(lines),
            {queue: waiting.since(queue) for queue in lines.queues} if waiting.is_known else {},
            level,
            await _rang_out(connection, since.get(AlertKind.RING_NO_ANSWER, now)),
            await _abused(connection, since.get(AlertKind.ABUSIVE_CALL, now)),
            await _sounded(connection, since.get(AlertKind.BAD_LINES, now)),
            {queue: lines.teams_at(queue) for queue in lines.queues},
        )

    def _in_calls(self, lines: Lines) -> list[InCall]:
        found = []
        for one in self._calls.all:
            agent_id = self._floor.person_at(one.extension)
            if agent_id is not None and agent_id in lines.people:
                team, _ = lines.people[agent_id]
                found.append(InCall(one.call, agent_id, team, one.queue, one.since, one.held_since))
        return found

    async def _book_of_before(self, connection: AsyncConnection) -> AlertBook:
        book = AlertBook(self._new_id)
        lately = (alert.c.ended_at.is_(None)) | (alert.c.ended_at >= to_text(self._now() - LONGEST_QUIET))
        for row in await connection.execute(select(alert).where(lately).order_by(alert.c.began_at)):
            book.was_told(_told(row))
        return book

    async def _keep(self, changed: Sequence[Told]) -> None:
        lines = [
            {
                "id": told.alert.id,
                **to_body(told.alert),
                "key": told.key,
                "about": told.about,
                "teams": sorted(told.teams),
            }
            for told in changed
        ]
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert_or_update(alert, ("id",)), lines)

    async def _read_standing(self) -> None:
        async with self._database.reading() as connection:
            rows = await connection.execute(select(alert).where(alert.c.ended_at.is_(None)))
            self._standing = {row.id: (frozenset(row.teams), _told(row).alert) for row in rows}


async def _rang_out(connection: AsyncConnection, since: datetime) -> list[Happened]:
    query = select(floor_event.c.at, floor_event.c.agent, floor_event.c.team, floor_event.c.queue).where(
        floor_event.c.quarter >= quarter_of(since),
        floor_event.c.at > to_text(since),
        floor_event.c.kind == Kind.RANG_OUT.value,
    )
    return [Happened(from_text(row.at), row.agent, row.team, row.queue) for row in await connection.execute(query)]


async def _abused(connection: AsyncConnection, since: datetime) -> list[Happened]:
    query = select(abusive_call).where(abusive_call.c.at > to_text(since))
    return [
        Happened(from_text(row.at), row.agent, row.team, row.queue or "", row.id, len(row.steps))
        for row in await connection.execute(query)
    ]


async def _sounded(connection: AsyncConnection, since: datetime) -> list[Happened]:
    """How calls sounded on the side that was worse."""
    query = (
        select(contact.c.at, contact.c.agent, contact.c.queue, contact.c.quality, agent.c.team)
        .join(agent, agent.c.id == contact.c.agent)
        .where(contact.c.at > to_text(since), contact.c.quality.is_not(None))
    )
    return [
        Happened(from_text(row.at), row.agent, row.team, row.queue or "", mos=_worse(row.quality))
        for row in await connection.execute(query)
    ]


def _worse(quality: Mapping[str, Any]) -> float:
    here, there = quality["mos"], quality.get("mos_there")
    return float(here if there is None else min(here, there))


def _told(row: Any) -> Told:
    plain = {name: getattr(row, name) for name in _COLUMNS}
    return Told(from_body(Alert, row.id, 0, plain), row.key, row.about, frozenset(row.teams))


def _notice(told: Told) -> dict[str, Any]:
    return {"kind": "alert", "id": told.alert.id, "alert": to_body(told.alert), "teams": sorted(told.teams)}


def _message(one: Alert) -> dict[str, Any]:
    return {"type": "alert", "id": one.id, **to_body(one)}
