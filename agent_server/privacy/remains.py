"""What a person leaves in the database, table by table, and taking it out.

Nouns that point to a customer, a contact or a ticket go with it, also those that were not thought of here; so does what
stands beside rows in other tables. Of a ticket that a duty keeps only figures stay.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_model.ticket import TicketStatus
from agent_model.wire import NOUNS
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.privacy.duties import Duties, Duty
from agent_server.privacy.tombstones import CALL, Key
from agent_server.rows import Stored, is_among

AT_ONCE: Final = 500
ERASED_SUBJECT: Final = "已应本人要求删除 · erased on request"
FIGURES: Final = frozenset(
    {
        "type",
        "category",
        "priority",
        "status",
        "queue",
        "department",
        "created_at",
        "created_by",
        "number",
        "owner",
        "due_at",
        "clocks",
    }
)
"""What stays of a ticket that a duty keeps."""
POINTERS: Final = ("customer_id", "other_id", "contact_id", "ticket_id", "gone", "caller_number")
LOOKED_AFTER: Final = frozenset({"op_log", "feed", "erased_row"})
"""Beside rows, too; what becomes of them is said by name: answers lose their values, ids of rows stay for a time."""
BESIDE_ROWS: Final = tuple(
    table
    for table in tables.metadata.sorted_tables
    if {"entity", "row_id"} <= set(table.c.keys()) and table.name not in LOOKED_AFTER
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that stays, until when and for which duty. `ids` are files, or tickets of which figures stay."""

    what: str
    ids: tuple[str, ...]
    until: str
    duty: Duty

    def to_plain(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "count": len(self.ids),
            "until": self.until,
            "reason": self.duty.reason.to_body(),
        }


@dataclass(frozen=True, slots=True)
class Remains:
    """Whose rows these are: `rows` by noun without the tickets, which stand by what becomes of them; `merged` are
    customers who went into this one, `payments` those that become figures; `calls` by the exchange's name for them;
    `files` to go now, and what is `kept`."""

    customer_id: str
    rows: Mapping[str, Sequence[str]]
    merged: Sequence[str]
    payments: Sequence[str]
    tickets: Sequence[str]
    figures: Sequence[str]
    calls: Sequence[str]
    files: Sequence[str]
    kept: Sequence[Kept]

    @property
    def keys(self) -> list[Key]:
        """Everything that is never to come back."""
        rows = [(entity, row_id) for entity, ids in self.rows.items() for row_id in ids]
        tickets = [("ticket", row_id) for row_id in (*self.tickets, *self.figures)]
        payments = [("compensation", row_id) for row_id in self.payments]
        people = [("customer", row_id) for row_id in (self.customer_id, *self.merged)]
        return [*people, *rows, *payments, *tickets, *((CALL, ref) for ref in self.calls)]


async def remains_of(connection: AsyncConnection, customer_id: str, duties: Duties, now: datetime) -> Remains:
    ticket = tables.ticket
    query = select(ticket.c.id, ticket.c.type, ticket.c.created_at, ticket.c.call_ref)
    tickets = (await connection.execute(query.where(ticket.c.customer_id == customer_id))).all()
    duty_of = {row.id: duties.ticket(row.type, row.created_at, now) for row in tickets}
    rows = await _pointing_to(connection, customer_id, [row.id for row in tickets])
    merge = tables.customer_merge
    merged = [
        row.gone
        for row in await connection.execute(
            select(merge.c.gone).where(merge.c.customer_id == customer_id, merge.c.is_undone.is_(False))
        )
    ]
    figures = [row.id for row in tickets if duty_of[row.id] is not None]
    paid = tables.compensation
    of_figures = select(paid.c.id).where(is_among(connection, paid.c.ticket_id, figures))
    payments = (await connection.scalars(of_figures)).all()
    rows["compensation"] = [row_id for row_id in rows.get("compensation", ()) if row_id not in payments]
    calls = {row.call_ref for row in tickets if row.call_ref}
    contacts = rows.get("contact", ())
    contact = tables.contact
    for some in _parts(contacts):
        refs = select(contact.c.call_ref).where(
            is_among(connection, contact.c.id, some), contact.c.call_ref.is_not(None)
        )
        calls.update((await connection.scalars(refs)).all())
    uploads = await _uploads_of(connection, contacts, [row.id for row in tickets], sorted(calls))
    kept = [
        Kept("ticket", (row.id,), to_text(duty.until(row.created_at)), duty)
        for row in tickets
        if (duty := duty_of[row.id]) is not None
    ]
    kept += [
        Kept("recording", (row.id,), to_text(duty.until(row.began_at or row.created_at)), duty)
        for row in uploads
        if (duty := duties.recording(row.began_at or row.created_at, now)) is not None
    ]
    stays = {row_id for one in kept for row_id in one.ids if one.what == "recording"}
    return Remains(
        customer_id,
        {entity: ids for entity, ids in rows.items() if ids},
        merged,
        payments,
        [row.id for row in tickets if duty_of[row.id] is None],
        figures,
        sorted(calls),
        [row.id for row in uploads if row.id not in stays],
        kept,
    )


async def rows_about(connection: AsyncConnection, customer_id: str) -> dict[str, Sequence[str]]:
    """Ids of everything that is kept about somebody, by noun."""
    ticket = tables.ticket
    tickets = (await connection.scalars(select(ticket.c.id).where(ticket.c.customer_id == customer_id))).all()
    found = await _pointing_to(connection, customer_id, tickets)
    return {**found, "ticket": tickets}


async def files_of(connection: AsyncConnection, contacts: Sequence[str], tickets: Sequence[str]) -> list[str]:
    """Recordings and other files of these contacts and tickets, and of their calls."""
    contact, ticket = tables.contact, tables.ticket
    calls: set[str] = set()
    for table, ids in ((contact, contacts), (ticket, tickets)):
        refs = select(table.c.call_ref).where(is_among(connection, table.c.id, ids), table.c.call_ref.is_not(None))
        calls.update((await connection.scalars(refs)).all())
    return [row.id for row in await _uploads_of(connection, contacts, tickets, sorted(calls))]


async def take_out(connection: AsyncConnection, changes: Changeset, remains: Remains) -> dict[str, int]:
    """Rows out of the nouns, tickets that are kept to figures, files out of the list of files; how many of each.
    `changes` is written by the caller."""
    counts = {"customer": 1, "ticket": len(remains.tickets), "figures": len(remains.figures)}
    for entity, ids in {"customer": [remains.customer_id], **remains.rows, "ticket": remains.tickets}.items():
        await changes.load(entity, ids)
        for row_id in ids:
            if changes.get(entity, row_id) is not None:
                changes.delete(entity, row_id)
        counts[entity] = len(ids)
    await changes.load("ticket", remains.figures)
    for row_id in remains.figures:
        row = changes.get("ticket", row_id)
        if row is not None:
            changes.put(_figure(row))
    await changes.load("compensation", remains.payments)
    for row_id in remains.payments:
        row = changes.get("compensation", row_id)
        if row is not None:
            words = {"reason": ERASED_SUBJECT, "decision_reason": ""}
            changes.put(replace(row, version=row.version + 1, body={**row.body, **words}))
    record = tables.merge_record
    for some in _parts(remains.rows.get("customer_merge", ())):
        await connection.execute(delete(record).where(is_among(connection, record.c.id, some)))
    for some in _parts(remains.files):
        await connection.execute(delete(tables.upload).where(tables.upload.c.id.in_(some)))
    mark = tables.recording_mark
    kept = [file for one in remains.kept if one.what == "recording" for file in one.ids]
    for some in _parts(kept):  # no duty is about what was noted in them
        await connection.execute(delete(mark).where(mark.c.recording.in_(some)))
    counts["file"] = len(remains.files)
    return counts


async def uploads_of(connection: AsyncConnection, keys: Iterable[Key], but: Collection[str]) -> list[str]:
    """Files of these rows that are here all the same, because they began to come in meanwhile."""
    ids = _by_entity(keys)
    found = await _uploads_of(connection, ids.get("contact", ()), ids.get("ticket", ()), ids.get(CALL, ()))
    return [row.id for row in found if row.id not in but]


async def clear_beside(connection: AsyncConnection, table: Table, keys: Iterable[Key]) -> int:
    """What stands beside these rows in such a table; how many lines there were."""
    gone = 0
    for entity, ids in _by_entity(keys).items():
        for some in _parts(ids):
            these = table.c.entity == entity, is_among(connection, table.c.row_id, some)
            gone += (await connection.execute(delete(table).where(*these))).rowcount
    return gone


async def clear_answers(connection: AsyncConnection, keys: Iterable[Key]) -> int:
    """Values out of what authors of commands about these rows were answered; how many answers had any."""
    log = tables.op_log
    cleared = 0
    for entity, ids in _by_entity(keys).items():
        for some in _parts(ids):
            these = log.c.entity == entity, is_among(connection, log.c.row_id, some)
            found = (await connection.execute(select(log.c.op_id, log.c.answer).where(*these))).all()
            told = [row for row in found if row.answer and (row.answer.get("changed") or row.answer.get("faults"))]
            for row in told:
                answer = {**row.answer, "changed": {}, "faults": {}}
                await connection.execute(update(log).where(log.c.op_id == row.op_id).values(answer=answer))
            cleared += len(told)
    return cleared


async def _pointing_to(
    connection: AsyncConnection, customer_id: str, tickets: Sequence[str]
) -> dict[str, Sequence[str]]:
    """Rows of every other noun that are about the customer, a contact of theirs or one of these tickets."""
    found: dict[str, Sequence[str]] = {}
    contact = tables.contact
    query = select(contact.c.id).where(contact.c.customer_id == customer_id)
    found["contact"] = (await connection.scalars(query)).all()
    phone = tables.customer_phone
    numbers = (await connection.scalars(select(phone.c.number).where(phone.c.customer_id == customer_id))).all()
    pointed = {"customer_id": [customer_id], "contact_id": found["contact"], "ticket_id": tickets}
    pointed["gone"] = pointed["other_id"] = [customer_id]
    pointed["caller_number"] = await _own_alone(connection, numbers)
    for entity, table in tables.NOUN_TABLES.items():
        names = [name for name in POINTERS if name in table.c and pointed[name]]
        if entity in ("contact", "ticket") or not names:
            continue
        to_them = or_(*(is_among(connection, table.c[name], pointed[name]) for name in names))
        found[str(entity)] = (await connection.scalars(select(table.c.id).where(to_them))).all()
    return {entity: ids for entity, ids in found.items() if ids}


async def _own_alone(connection: AsyncConnection, numbers: Sequence[str]) -> list[str]:
    """Without those that somebody else has, too."""
    phone = tables.customer_phone
    query = select(phone.c.number).where(is_among(connection, phone.c.number, numbers)).group_by(phone.c.number)
    return list((await connection.scalars(query.having(func.count() == 1))).all())


async def _uploads_of(
    connection: AsyncConnection, contacts: Sequence[str], tickets: Sequence[str], calls: Sequence[str]
) -> list[Any]:
    upload, found = tables.upload, dict[str, Any]()
    for column, ids in ((upload.c.contact, contacts), (upload.c.ticket, tickets), (upload.c.call_ref, calls)):
        for some in _parts(ids):
            query = select(upload.c.id, upload.c.began_at, upload.c.created_at).where(column.in_(some))
            found |= {row.id: row for row in await connection.execute(query)}
    return list(found.values())


def _figure(row: Stored) -> Stored:
    """The ticket as nobody's. Fields that are not known here count as somebody's words."""
    empty = {f.name: f.default for f in fields(NOUNS["ticket"]) if f.default is not MISSING and f.name != "version"}
    body = {**empty, **{name: row.body[name] for name in FIGURES}, "subject": ERASED_SUBJECT, "description": ""}
    if TicketStatus(body["status"]).is_open:
        body["status"] = TicketStatus.CLOSED.value
    return Stored("ticket", row.id, row.version + 1, {name: _plain(value) for name, value in body.items()})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _by_entity(keys: Iterable[Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entity, row_id in keys:
        found.setdefault(entity, []).append(row_id)
    return found


def _parts(ids: Collection[str]) -> Iterable[list[str]]:
    whole = list(ids)
    return (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))
