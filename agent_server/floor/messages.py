"""Short messages of leads: told at once, again to who comes back in time; and who has read them."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, insert, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import SERVING_ROLES, Role
from agent_model.clock_reckoning import in_order
from agent_model.floor_message import FloorMessage, Reached, To
from agent_model.floor_policy import Steering
from agent_model.moment import from_text, to_text
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.monitoring import policy_now
from agent_server.live import Hub, Message, person_topic
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_MESSAGE
from agent_server.scopes import Person
from agent_server.tables import agent, floor_message, floor_message_reader

log = logging.getLogger("agent_server.floor")

READERS_A_NOTICE: Final = 30
SENT_FOR: Final = timedelta(hours=24)
MOST_SENT: Final = 30
"""Messages that their author is shown."""


class Messages:
    """In every process. Whom a message is for is settled when it is sent."""

    def __init__(
        self, database: Database, audit: AuditTrail, broker: Broker, hub: Hub, now: Callable[[], datetime]
    ) -> None:
        self._database, self._audit, self._broker, self._hub = database, audit, broker, hub
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, actor: Actor, lead: Person, message: FloorMessage) -> Reached:
        """Whom it is for. One that is sent again changes nothing. Raises RequestRefused."""
        _require(lead, message)
        policy = await policy_now(self._database)
        async with self._database.writing() as connection:
            there = await self._there(connection, lead, message)
            readers = [
                one
                for one, team in there.items()
                if policy.may_steer(Steering.MESSAGE, lead.role, lead.id, lead.team, one, team)
            ]
            if not readers:
                raise RequestRefused(403, "limited", act=Steering.MESSAGE.value)
            left_out = len(there) - len(readers)
            row = {"id": message.id, "by": lead.id, "to": message.to.value, "whom": message.whom}
            told = {"words": message.words, "is_urgent": message.is_urgent}
            moments = {"at": to_text(message.at), "until": to_text(message.until)}
            made = await connection.execute(
                self._database.insert_new(floor_message, ("id",)), [{**row, **told, **moments}]
            )
            if not made.rowcount:
                return Reached(await self._sent_before(connection, lead, message.id), left_out)
            lines = [{"message": message.id, "agent": one} for one in readers]
            await connection.execute(insert(floor_message_reader), lines)
            subject = message.whom or message.to.value
            await self._audit.append(connection, actor.act(Deed.MESSAGE_SENT, subject, message.words, message.to.value))
        for start in range(0, len(readers), READERS_A_NOTICE):
            some = readers[start : start + READERS_A_NOTICE]
            self._broker.publish({"kind": "message", "readers": some, "message": as_message(message)})
        return Reached(len(readers), left_out)

    async def sent(self, lead: Person) -> list[dict[str, Any]]:
        """What somebody has sent of late, the newest first, each with its readers."""
        since = to_text(self._now() - SENT_FOR)
        query = select(floor_message).where(floor_message.c.by == lead.id, floor_message.c.at >= since)
        async with self._database.reading() as connection:
            newest = query.order_by(floor_message.c.at.desc()).limit(MOST_SENT)
            found = [as_message(_read(row)) for row in (await connection.execute(newest)).mappings()]
            reader = floor_message_reader.c
            lines = select(reader.message, reader.agent, reader.read_at).where(
                reader.message.in_([one["id"] for one in found])
            )
            receipts: dict[str, list[dict[str, Any]]] = {one["id"]: [] for one in found}
            for line in await connection.execute(lines.order_by(reader.agent)):
                receipts[line.message].append({"agent": line.agent, "read_at": line.read_at})
        return [{**one, "readers": receipts[one["id"]]} for one in found]

    async def waiting_for(self, person: Person) -> list[Message]:
        """What somebody has not read and still should, as live messages."""
        async with self._database.reading() as connection:
            found = await self._unread(connection, floor_message_reader.c.agent == person.id)
        return [told for _, told in found]

    async def was_read(self, person: Person, message_id: str, told: datetime) -> None:
        """By somebody, as their workstation tells, also late. They and the author are told that it is known."""
        reader = floor_message_reader.c
        is_theirs = (reader.message == message_id) & (reader.agent == person.id)
        async with self._database.writing() as connection:
            found = select(floor_message.c.by, floor_message.c.at, reader.read_at).join(
                floor_message_reader, floor_message.c.id == reader.message
            )
            row = (await connection.execute(found.where(is_theirs))).one_or_none()
            read_at = to_text(told) if row is None else row.read_at
            if row is not None and read_at is None:
                [moment] = in_order([told], from_text(row.at), self._now())
                read_at = to_text(moment)
                await connection.execute(update(floor_message_reader).where(is_theirs).values(read_at=read_at))
        by = person.id if row is None else row.by
        self._broker.publish(
            {"kind": "message_read", "id": message_id, "agent": person.id, "by": by, "read_at": read_at}
        )

    def heard(self, notice: Notice) -> None:
        if notice["kind"] == "message":
            told = notice["message"]
            self._hub.tell(map(person_topic, notice["readers"]), "message", told["id"], told)
        else:
            topics = (person_topic(notice["agent"]), person_topic(notice["by"]))
            told = {"type": "message_read", **{name: notice[name] for name in ("id", "agent", "read_at")}}
            self._hub.tell(topics, "message_read", f"{notice['id']} {notice['agent']}", told)

    def missed(self) -> None:
        """Something may have been sent that was not heard here."""
        task = asyncio.get_running_loop().create_task(self._tell_again())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_again(self) -> None:
        try:
            async with self._database.reading() as connection:
                found = await self._unread(connection, true())
        except SQLAlchemyError as error:
            log.info("messages could not be read: %s", type(error).__name__)  # told when their readers come back
            return
        for reader, told in found:
            self._hub.tell((person_topic(reader),), "message", told["id"], told)

    async def _unread(self, connection: AsyncConnection, whose: ColumnElement[bool]) -> list[tuple[str, Message]]:
        """Who should read what, the oldest first."""
        reader = floor_message_reader.c
        unread = (reader.message == floor_message.c.id) & reader.read_at.is_(None)
        query = select(floor_message, reader.agent.label("reader")).join(floor_message_reader, unread)
        in_force = query.where(whose, floor_message.c.until > to_text(self._now())).order_by(floor_message.c.at)
        return [(row["reader"], as_message(_read(row))) for row in (await connection.execute(in_force)).mappings()]

    async def _there(self, connection: AsyncConnection, lead: Person, message: FloorMessage) -> dict[str, str]:
        """Whom it is meant for, with their teams. Raises RequestRefused: unknown_agent, nobody_there."""
        theirs = {
            To.AGENT: agent.c.id == message.whom,
            To.TEAM: agent.c.team == message.whom,
            To.ALL: agent.c.team != "",
        }[message.to]
        serves = agent.c.role.in_([role.value for role in SERVING_ROLES])
        query = select(agent.c.id, agent.c.team).where(theirs, serves, agent.c.id != lead.id).order_by(agent.c.id)
        found = (await connection.execute(query)).all()
        if not found:
            raise RequestRefused(404, "unknown_agent" if message.to is To.AGENT else "nobody_there")
        if lead.role is not Role.DUTY_MANAGER and any(one.team != lead.team for one in found):
            raise RequestRefused(403, "not_allowed")
        return {str(one.id): str(one.team) for one in found}

    async def _sent_before(self, connection: AsyncConnection, lead: Person, message_id: str) -> int:
        """Raises RequestRefused: not_allowed, where somebody else did."""
        by = await connection.scalar(select(floor_message.c.by).where(floor_message.c.id == message_id))
        if by != lead.id:
            raise RequestRefused(403, "not_allowed")
        return len(await _agents(connection, message_id))


def as_message(message: FloorMessage) -> dict[str, Any]:
    """As it is told."""
    return {
        "type": "message",
        "id": message.id,
        "by": message.by,
        "to": message.to.value,
        "whom": message.whom,
        "words": message.words,
        "is_urgent": message.is_urgent,
        "at": to_text(message.at),
        "until": to_text(message.until),
    }


def _require(lead: Person, message: FloorMessage) -> None:
    is_theirs = message.to is To.AGENT or (message.to is To.TEAM and message.whom == lead.team)
    if lead.role not in MAY_MESSAGE or not (is_theirs or lead.role is Role.DUTY_MANAGER):
        raise RequestRefused(403, "not_allowed")


async def _agents(connection: AsyncConnection, message_id: str) -> Collection[str]:
    query = select(floor_message_reader.c.agent).where(floor_message_reader.c.message == message_id)
    return (await connection.scalars(query)).all()


def _read(row: RowMapping) -> FloorMessage:
    at, until = from_text(row["at"]), from_text(row["until"])
    return FloorMessage(
        row["id"], row["by"], To(row["to"]), row["whom"], row["words"], bool(row["is_urgent"]), at, until
    )
