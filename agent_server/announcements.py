"""Who of the audience of an announcement has read it, and when: worked out when a lead looks, kept nowhere."""

from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Agent, Role
from agent_model.announcement import Audience
from agent_model.body import from_body
from agent_server.rights import MAY_TELL_EVERYBODY
from agent_server.rows import Stored, fetch_all
from agent_server.scopes import Person
from agent_server.tables import announcement_receipt

TOLD = ("edition", "delivered_at", "opened_at", "read_at", "received_at", "dwell_s", "name", "tries")


async def readers(connection: AsyncConnection, row: Stored, viewer: Person) -> list[dict[str, Any]]:
    """A line for everybody of the audience whom the viewer leads, with their newest receipt, of whatever edition;
    `edition` 0 where there is none. Who read it and is of the audience no longer is not among them."""
    audience = from_body(Audience, "", 0, row.body["audience"])
    agents = [from_body(Agent, one.id, one.version, one.body) for one in await fetch_all(connection, "agent")]
    receipt = announcement_receipt.c
    query = select(receipt.agent, *(receipt[name] for name in TOLD)).where(receipt.announcement == row.id)
    newest: dict[str, RowMapping] = {}
    for one in (await connection.execute(query.order_by(receipt.edition))).mappings():
        newest[one["agent"]] = one
    return [
        {"agent": agent.id, "team": agent.team, **_line(newest.get(agent.id))}
        for agent in sorted(agents, key=lambda agent: (agent.team, agent.id))
        if audience.has(agent) and _leads(viewer, agent)
    ]


def _leads(viewer: Person, agent: Agent) -> bool:
    return viewer.role in MAY_TELL_EVERYBODY or (viewer.role is Role.TEAM_LEAD and viewer.team == agent.team)


def _line(receipt: RowMapping | None) -> dict[str, Any]:
    if receipt is None:
        return {"edition": 0, **dict.fromkeys(TOLD[1:5]), "dwell_s": 0, "name": "", "tries": 0}
    return {name: receipt[name] for name in TOLD}
