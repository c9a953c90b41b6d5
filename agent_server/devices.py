"""Workstations: what they are called, whether they may go on, and how much on them waits to be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, true, update

from agent_model.agent import Role
from agent_model.device import DeviceState
from agent_model.moment import to_text
from agent_server.accounts import Caller
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.tables import agent, device, unsent

DEEDS = {
    DeviceState.ACTIVE: Deed.DEVICE_ACTIVATED,
    DeviceState.LOCKED: Deed.DEVICE_LOCKED,
    DeviceState.WIPE: Deed.DEVICE_WIPED,
}


class UnknownDevice(Exception):
    """No device of this id has ever signed in."""


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    name: str
    platform: str
    enrolled_by: str
    state: DeviceState
    version: str


class Devices:
    """A device is known from its first sign-in on."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def describe(self, caller: Caller, name: str, platform: str, public_key: str | None, version: str) -> None:
        """What the caller's device is called, what it runs on and in which version, and a key of its own, if it has
        one."""
        values = {"name": name, "platform": platform, "version": version} | (
            {} if public_key is None else {"public_key": public_key}
        )
        async with self._database.writing() as connection:
            await connection.execute(update(device).where(device.c.id == caller.device_id).values(**values))

    async def state(self, device_id: str) -> DeviceState:
        async with self._database.reading() as connection:
            found = await connection.scalar(select(device.c.state).where(device.c.id == device_id))
        return DeviceState(found or DeviceState.ACTIVE)

    async def set_state(self, device_id: str, state: DeviceState, audit: AuditTrail, who: str) -> None:
        """Raises UnknownDevice."""
        values = {"state": state.value, "state_since": to_text(self._now())}
        async with self._database.writing() as connection:
            done = await connection.execute(update(device).where(device.c.id == device_id).values(**values))
            if not done.rowcount:
                raise UnknownDevice(device_id)
            await audit.append(connection, Act(DEEDS[state], who, device_id))

    async def all(self) -> list[Device]:
        columns = device.c.id, device.c.name, device.c.platform, device.c.enrolled_by, device.c.state, device.c.version
        query = select(*columns)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(device.c.name, device.c.id))
            return [Device(d.id, d.name, d.platform, d.enrolled_by, DeviceState(d.state), d.version) for d in found]

    async def note_unsent(self, device_id: str, author: str, count: int, oldest_at: str | None) -> None:
        """How many commands of an agent wait on a device. Raises RequestRefused: unknown_author."""
        line = {
            "device_id": device_id,
            "agent_id": author,
            "count": count,
            "oldest_at": oldest_at,
            "told_at": to_text(self._now()),
        }
        async with self._database.writing() as connection:
            if await connection.scalar(select(agent.c.id).where(agent.c.id == author)) is None:
                raise RequestRefused(422, "unknown_author")
            if count:
                await connection.execute(self._database.insert_or_update(unsent, ("device_id", "agent_id")), [line])
            else:
                of_both = unsent.c.device_id == device_id, unsent.c.agent_id == author
                await connection.execute(delete(unsent).where(*of_both))

    async def forget_unsent(self, device_id: str, author: str) -> None:
        """What waited there was brought."""
        of_both = unsent.c.device_id == device_id, unsent.c.agent_id == author
        async with self._database.writing() as connection:
            await connection.execute(delete(unsent).where(*of_both))

    async def unsent(self, caller: Caller) -> list[dict[str, Any]]:
        """What waits where: the caller's own, a lead's team's, everybody's for a duty manager; the oldest first."""
        query = (
            select(unsent, device.c.name, device.c.platform)
            .join(device, device.c.id == unsent.c.device_id)
            .join(agent, agent.c.id == unsent.c.agent_id)
            .where(_may_see(caller))
            .order_by(unsent.c.oldest_at, unsent.c.device_id, unsent.c.agent_id)
        )
        async with self._database.reading() as connection:
            return [
                {
                    "device_id": line.device_id,
                    "device_name": line.name,
                    "author": line.agent_id,
                    "count": line.count,
                    "oldest_at": line.oldest_at,
                    "told_at": line.told_at,
                }
                for line in await connection.execute(query)
            ]


def _may_see(caller: Caller) -> Any:
    own = agent.c.id == caller.person.id
    match caller.person.role:
        case Role.DUTY_MANAGER:
            return true()
        case Role.TEAM_LEAD:
            return or_(own, agent.c.team == caller.person.team)
        case _:
            return own
