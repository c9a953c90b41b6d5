"""Calls of which there are recordings, for who may listen to them, by filters and page by page."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.moment import from_text, to_text
from agent_model.recorded_call import PAGE, RecordedCall, RecordedCalls, Sought
from agent_server.accounts import Caller
from agent_server.database import Database
from agent_server.rows import fetch
from agent_server.scopes import segments_in
from agent_server.tables import agent, contact, upload

KIND: Final = "recording"
_OF_CALL: Final = and_(
    upload.c.kind == KIND,
    upload.c.agent_id == contact.c.agent,
    or_(upload.c.contact == contact.c.id, and_(upload.c.contact.is_(None), upload.c.call_ref == contact.c.call_ref)),
)
"""Sent by whose line of the timeline it is, as `recordings` tells them."""


async def recorded_calls(database: Database, caller: Caller, sought: Sought) -> RecordedCalls:
    """Nothing of calls that who asks may not listen to, or whose lines they do not see."""
    async with database.reading() as connection:
        rule = await _rule(connection)
        wanted = and_(*_narrowed(sought), contact.c.segment.in_(sorted(segments_in(caller.scopes))))
        if (whose := _heard_by(rule, caller)) is not None:
            wanted = and_(wanted, whose)
        query = (
            select(contact.c.id, contact.c.at)
            .where(wanted, exists().where(_OF_CALL))
            .order_by(contact.c.at.desc(), contact.c.id.desc())
            .limit(PAGE + 1)
        )
        found = list(await connection.execute(query))
        calls = await _told(connection, caller, [row.id for row in found[:PAGE]])
    return RecordedCalls(calls, len(found) > PAGE)


async def _rule(connection: AsyncConnection) -> DeskPolicy:
    policy = (await fetch(connection, "desk_policy", [SITE])).get(SITE)
    return DeskPolicy() if policy is None else from_body(DeskPolicy, SITE, 1, policy.body)


def _heard_by(rule: DeskPolicy, caller: Caller) -> Any:
    """Whose calls; None: everybody's."""
    role, person = caller.person.role, caller.person
    if rule.hears(role, is_own=False, is_team=False):
        return None
    whose = []
    if rule.hears(role, is_own=True, is_team=False):
        whose.append(contact.c.agent == person.id)
    if person.team and rule.hears(role, is_own=False, is_team=True):
        whose.append(contact.c.agent.in_(select(agent.c.id).where(agent.c.team == person.team)))
    return or_(*whose) if whose else contact.c.id.is_(None)


def _narrowed(sought: Sought) -> Iterable[Any]:
    if sought.since is not None:
        yield contact.c.at >= to_text(sought.since)
    if sought.until is not None:
        yield contact.c.at < to_text(sought.until)
    if sought.agent:
        yield contact.c.agent == sought.agent
    if sought.queue:
        yield contact.c.queue == sought.queue
    if sought.at_least_s:
        yield contact.c.duration_s >= sought.at_least_s
    at, _, last = sought.before.partition("|")
    if last:
        yield or_(contact.c.at < at, and_(contact.c.at == at, contact.c.id < last))


async def _told(connection: AsyncConnection, caller: Caller, ids: Sequence[str]) -> tuple[RecordedCall, ...]:
    contacts = await fetch(connection, "contact", ids, with_names=True)
    customers = await fetch(connection, "customer", sorted({one.body["customer_id"] for one in contacts.values()}))
    sizes: dict[str, list[tuple[int, int]]] = {}
    query = select(contact.c.id, upload.c.length, upload.c.received).where(contact.c.id.in_(ids), _OF_CALL)
    for row in await connection.execute(query):
        sizes.setdefault(row.id, []).append((row.length, row.received))
    told = []
    for contact_id in ids:
        body = contacts[contact_id].body
        whom = customers.get(body["customer_id"])
        name = str(whom.seen(caller.sight)["name"]) if whom is not None else ""
        of_call = sizes[contact_id]
        arrived = sum(received for _, received in of_call) * 100 // max(1, sum(length for length, _ in of_call))
        told.append(
            RecordedCall(
                contact_id, body["customer_id"], name, body["kind"], from_text(body["at"]), body["agent"] or "",
                body["queue"], body["wrap_up_code"], body["duration_s"], len(of_call), arrived,
                f"{body['at']}|{contact_id}",
            )
        )  # fmt: skip
    return tuple(told)
