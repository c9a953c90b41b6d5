"""Alerts of the floor: the process that leads judges by the company's rules, those who lead are told and take them."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.alert import Alert, AlertKind, AlertRule, in_force
from agent_model.body import from_body, to_body
from agent_model.floor_bound import GRADES
from agent_model.moment import from_text, to_text
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.alerts import AlertBook, Happened, InCall, Seen, Told, find
from agent_server.floor.calls_now import CallsNow
from agent_server.floor.floor import Floor
from agent_server.floor.live_totals import LiveTotals, Today
from agent_server.floor.measures import Kind, quarter_of
from agent_server.live import Hub, Message
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_TAKE_ALERTS
from agent_server.rows import reader, selecting
from agent_server.scopes import Person
from agent_server.switch.port import ExchangeEvent
from agent_server.tables import abusive_call, agent, alert, contact, floor_event
from agent_server.wallboard import EVERY_FLOOR, Lines, floor_topic, read_lines

log = logging.getLogger("agent_server.floor")

LONGEST_QUIET: Final = timedelta(days=1)
JUDGED_EVERY_S: Final = 1.0
"""What lasts is found within this of its limit; what is read of the database, as often as figures are told."""
_COLUMNS: Final = tuple(field.name for field in fields(Alert) if field.name != "id")
_TAKEN: Final = ("taken_by", "taken_at")


@dataclass(frozen=True, slots=True)
class _Lately:
    """What the database says of the floor."""

    today: Today
    rang_out: Sequence[Happened]
    abused: Sequence[Happened]
    sounded: Sequence[Happened]


class Alerts:
    """In every process, for those who are connected to it; what stands is in the table, whoever leads."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        hub: Hub,
        floor: Floor,
        totals: LiveTotals,
        audit: AuditTrail,
        every_s: float,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database, self._broker, self._hub = database, broker, hub
        self._floor, self._totals, self._audit = floor, totals, audit
        self._every_s, self._now, self._new_id = every_s, now, new_id
        self._calls = CallsNow()
        self._rules: Sequence[AlertRule] | None = None
        self._lines: Lines | None = None
        self._book: AlertBook | None = None
        self._lately: _Lately | None = None
        self._changes = 0
        """Of the company: what was read before the latest holds no more."""
        self._read_again_at = 0.0
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
        self._rules = self._lines = self._lately = None
        self._changes += 1

    async def take(self, actor: Actor, lead: Person, alert_id: str) -> None:
        """The lead looks after it, and everybody who was told of it is told so. Whoever has it already keeps it. Raises
        RequestRefused: not_allowed, unknown_alert, alert_over, alert_taken."""
        if lead.role not in MAY_TAKE_ALERTS:
            raise RequestRefused(403, "not_allowed")
        at = to_text(self._now())
        async with self._database.writing() as connection:
            query = select(alert).where(alert.c.id == alert_id).with_for_update()
            row = (await connection.execute(query)).first()
            if row is None or not _is_told(lead.role, lead.team, row.teams):
                raise RequestRefused(404, "unknown_alert")
            if row.ended_at is not None:
                raise RequestRefused(409, "alert_over")
            if row.taken_by == lead.id:
                return
            if row.taken_by:
                raise RequestRefused(409, "alert_taken")
            await connection.execute(update(alert).where(alert.c.id == alert_id).values(taken_by=lead.id, taken_at=at))
            await self._audit.append(connection, actor.act(Deed.ALERT_TAKEN, row.agent or row.queue, "", row.kind))
        self._broker.publish({"kind": "alert_taken", "id": alert_id, "by": lead.id, "at": at})

    def heard(self, notice: Notice) -> None:
        """What the process that leads has found, or that it is over; or who took it."""
        teams, stood = self._standing.get(notice["id"], (frozenset(), None))
        if notice["kind"] == "alert":
            teams, told = frozenset(notice["teams"]), from_body(Alert, notice["id"], 0, notice["alert"])
            if stood is not None:
                told = replace(told, taken_by=stood.taken_by, taken_at=stood.taken_at)
        elif stood is not None:
            told = replace(stood, taken_by=notice["by"], taken_at=from_text(notice["at"]))
        else:
            return  # it was over meanwhile
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
        return [_message(one) for teams, one in stands if _is_told(role, team, teams)]

    # ---- the process that leads ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(min(JUDGED_EVERY_S, self._every_s))
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
        rules, lines, book, lately = await self._read()
        seen = self._see(lines, lately)
        changed = book.judge(find(rules, seen), seen.at)
        if not changed:
            return
        try:
            await self._keep(changed)
        except BaseException:
            self._book = None  # what was not kept was not told: it is found again
            raise
        for told in changed:
            self._broker.publish(_notice(told))

    async def _read(self) -> tuple[Sequence[AlertRule], Lines, AlertBook, _Lately]:
        """What is not known yet, or not any more."""
        at, changes = asyncio.get_running_loop().time(), self._changes
        rules, lines, book, lately = self._rules, self._lines, self._book, self._lately
        if rules is None or lines is None or book is None or lately is None or at >= self._read_again_at:
            today = await self._totals.today()
            async with self._database.reading() as connection:
                if rules is None:
                    rows = map(reader("alert_rule"), await connection.execute(selecting("alert_rule")))
                    rules = in_force(from_body(AlertRule, row.id, row.version, row.body) for row in rows)
                if lines is None:
                    lines, _ = await read_lines(connection)
                if book is None:
                    book = await self._book_of_before(connection)
                lately = await self._happened(connection, rules, today)
            self._book, self._read_again_at = book, at + self._every_s
            if changes == self._changes:
                self._rules, self._lines, self._lately = rules, lines, lately
        return rules, lines, book, lately

    async def _happened(self, connection: AsyncConnection, rules: Sequence[AlertRule], today: Today) -> _Lately:
        now = self._now()
        since = {
            kind: now - max(rule.within for rule in rules if rule.kind is kind)
            for kind in {rule.kind for rule in rules}
        }
        return _Lately(
            today,
            await _rang_out(connection, since.get(AlertKind.RING_NO_ANSWER, now)),
            await _abused(connection, since.get(AlertKind.ABUSIVE_CALL, now)),
            await _sounded(connection, since.get(AlertKind.BAD_LINES, now)),
        )

    def _see(self, lines: Lines, lately: _Lately) -> Seen:
        now = self._now()

        def level(queue: str, within: timedelta) -> tuple[float | None, int]:
            sums = lately.today.queue_since(queue, quarter_of(now - within)).sums
            return sums.service_level, sums.settled

        waiting = self._floor.waiting
        return Seen(
            now,
            self._in_calls(lines),
            {queue: waiting.since(queue) for queue in lines.queues} if waiting.is_known else {},
            level,
            lately.rang_out,
            lately.abused,
            lately.sounded,
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
                **_found(told.alert),
                "key": told.key,
                "about": told.about,
                "teams": sorted(told.teams),
            }
            for told in changed
        ]
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert_or_update(alert, ("id",), _TAKEN), lines)

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


def _is_told(role: Role, team: str, teams: Collection[str]) -> bool:
    return role is Role.DUTY_MANAGER or (role is Role.TEAM_LEAD and team in teams)


def _found(one: Alert) -> dict[str, Any]:
    """Who took it is not the business of who judges."""
    return {name: value for name, value in to_body(one).items() if name not in _TAKEN}


def _notice(told: Told) -> dict[str, Any]:
    return {"kind": "alert", "id": told.alert.id, "alert": _found(told.alert), "teams": sorted(told.teams)}


def _message(one: Alert) -> dict[str, Any]:
    return {"type": "alert", "id": one.id, **to_body(one)}
