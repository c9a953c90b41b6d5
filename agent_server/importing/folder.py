"""Brings a company's folder into the database. What was imported before and has not changed is left alone."""

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.blank import is_blank
from agent_model.organisation import is_place
from agent_model.phone_number import DialPlan
from agent_server import tables, ticket_rules
from agent_server.articles import last_versions
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.importing import company_folder
from agent_server.importing.company_folder import BadSource, Told, checked
from agent_server.importing.desk_file import desk_policy
from agent_server.importing.flow_file import flows
from agent_server.importing.form_file import forms
from agent_server.importing.macro_file import macros
from agent_server.importing.synonym_file import synonyms
from agent_server.judging import complaints
from agent_server.judging.case import Refused
from agent_server.ledger import take_ticket_numbers
from agent_server.number_ranges import privacy_numbers
from agent_server.privacy.tombstones import erased_among, keys_of
from agent_server.row_changes import IMPORTED, Signature
from agent_server.rows import Stored, is_among

WORK: Final = (
    "watchers",
    "comments",
    "attachments",
    "hand_overs",
    "parent",
    "subtasks",
    "links",
    "merged_into",
    "status_reason",
)
"""What people did with a ticket here; no source has it."""
CUSTOMERS_A_BATCH: Final = 1000
NO_SOURCE_HAS: Final = {
    "agent": ("role",),
    "article": ("helpful", "unhelpful", "review_due"),
    "customer": ("signal_results", "consents", "legal_hold"),
    "follow_up": (
        "owner",
        "due_at",
        "snoozed_until",
        "state",
        "reason",
        "attempts",
        "counted",
        "result",
        "satisfaction",
        "cleared_by",
        "ended_at",
    ),
    "fund": ("drawn_fen",),
    "ticket": ("disputes", "same_as", "handlers", "return_visit", "closing_decision"),
}
"""What people did here; rights are changed by somebody, and that stands in the audit trail."""
NEEDED: Final = {"customer": "name", "ticket": "subject"}
"""What nobody could tell one from another without."""
TICKET_NUMBER: Final = re.compile(r"TK-(\d{1,15})\Z")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were in the source, and how many of them were new or changed; `left_out` are telephone numbers that
    are nobody's own and were not taken, `held_back` the complaints that are not yet as the source has them, with the
    reason (a code of `judging.complaints`): the next import looks at them again."""

    seen: int
    written: int
    left_out: int = 0
    held_back: Mapping[str, str] = field(default_factory=dict)

    def and_then(self, later: "Imported") -> "Imported":
        return Imported(
            self.seen + later.seen,
            self.written + later.written,
            self.left_out + later.left_out,
            {**self.held_back, **later.held_back},
        )


async def import_folder(
    database: Database, folder: Path, plan: DialPlan, progress: Callable[[Imported], None], now: datetime
) -> Imported:
    """Raises BadSource; batches before the bad place stay."""
    small = (company_folder.organisation, forms, flows, macros, desk_policy, synonyms, company_folder.articles)
    so_far = await _import_rows(database, [row for read in small for row in read(folder)], now)
    progress(so_far)
    customers = company_folder.customers(folder, plan)
    while batch := list(itertools.islice(customers, CUSTOMERS_A_BATCH)):
        so_far = so_far.and_then(await _import_rows(database, list(itertools.chain.from_iterable(batch)), now))
        progress(so_far)
    return so_far


async def _import_rows(database: Database, rows: Sequence[Told], now: datetime) -> Imported:
    """One transaction: each slice's counter is taken once for the whole batch."""
    digests = {(row.entity, row.id): _digest(row) for row in rows}
    async with database.writing() as connection:
        known = await _known_digests(connection, digests)
        by_key = {(row.entity, row.id): row for row in rows}
        named = {key: {key} | keys_of(row.body) for key, row in by_key.items()}
        erased = await erased_among(connection, set().union(*named.values()))
        changed = {key: row for key, row in by_key.items() if known.get(key) != digests[key]}
        new = {key: checked(row) for key, row in changed.items() if not named[key] & erased}
        if not new:
            return Imported(len(rows), 0)
        left_out = await _leave_out_privacy_numbers(connection, new)
        changes = Changeset(database, connection, Signature(IMPORTED, now))
        for entity, ids in _by_entity(new).items():
            await changes.load(entity, ids)
        await _require_sense(changes, by_key, new.values())
        await _raise_ticket_number(connection, new.values())
        tickets = []
        taken_away = await last_versions(changes, [row.id for row in new.values() if row.entity == "article"])
        for row in new.values():
            before = changes.get(row.entity, row.id)
            if row.entity == "customer" and before is not None and before.segment != row.segment:
                await changes.move_customer(row.id, str(row.segment))
            if row.entity == "ticket":
                tickets.append((before, _following(row, before)))
            else:
                following = _following(row, before)
                last = taken_away.get(row.id, 0) if row.entity == "article" else 0
                changes.put(replace(following, version=max(following.version, last + 1)))
        held_back = await _put_tickets(changes, tickets, now)
        for ticket_id in held_back:
            del new["ticket", ticket_id]
        lines = [{"entity": entity, "row_id": row_id, "digest": digests[entity, row_id]} for entity, row_id in new]
        if lines:
            await connection.execute(database.insert_or_update(tables.imported, ("entity", "row_id")), lines)
        await changes.write()
    return Imported(len(rows), len(new), left_out, held_back)


async def _require_sense(changes: Changeset, told: Mapping[tuple[str, str], Told], rows: Iterable[Stored]) -> None:
    """Raises BadSource for what nobody could tell from another, or would find."""
    places = {noun: frozenset(row.id for row in await changes.look_at_all(noun)) for noun in ("queue", "department")}
    for row in rows:
        needed = NEEDED.get(row.entity)
        wrong = [needed] if needed is not None and is_blank(row.body[needed]) else []
        if row.entity == "ticket":
            wrong += [noun for noun, known in places.items() if not is_place(row.body[noun], known)]
        if wrong:
            raise BadSource(told[row.entity, row.id].place, f"{row.entity} {row.id}: {wrong[0]}")


async def _put_tickets(
    changes: Changeset, tickets: Iterable[tuple[Stored | None, Stored]], now: datetime
) -> dict[str, str]:
    """Each with what it gets because it is a complaint, and with its number; those that are held back, and why."""
    taken, held_back = [], {}
    for before, row in tickets:
        try:
            decided = await complaints.imported(changes, before, row, IMPORTED, now)
        except Refused as refused:
            held_back[row.id] = refused.reason
        else:
            taken.append(replace(row, body={**row.body, **decided}))
    unnumbered = sum(row.body["number"] is None for row in taken)
    numbers = iter(await take_ticket_numbers(changes.connection, unnumbered) if unnumbered else ())
    for row in taken:
        number = row.body["number"] or ticket_rules.number_text(next(numbers))
        changes.put(replace(row, body={**row.body, "number": number}))
    return held_back


async def _leave_out_privacy_numbers(connection: AsyncConnection, rows: dict[tuple[str, str], Stored]) -> int:
    """How many numbers of customers were nobody's own."""
    known = await privacy_numbers(connection)
    left_out = 0
    for key, row in rows.items():
        if row.entity == "customer" and (lent := known.among(row.body["phones"])):
            kept = [number for number in row.body["phones"] if number not in lent]
            rows[key] = replace(row, body={**row.body, "phones": kept})
            left_out += len(lent)
    return left_out


def _following(row: Stored, before: Stored | None) -> Stored:
    """The row to store: the source's fields over what is there, in the next version."""
    if before is None:
        return row
    if row.entity in ("ticket_form", "customer_form"):
        if row.body != before.body:
            raise BadSource(row.id, "an edition is never changed: give the form the next one")
        return before
    body = {**before.body, **row.body}
    if row.entity == "ticket":
        kept = [*WORK, *(["number"] if row.body["number"] is None else [])]
        body |= {name: before.body[name] for name in kept}
    body |= {name: before.body[name] for name in NO_SOURCE_HAS.get(row.entity, ())}
    return replace(row, version=before.version + 1, body=body, field_devices=before.field_devices)


async def _raise_ticket_number(connection: AsyncConnection, rows: Iterable[Stored]) -> None:
    """Numbers the source has given are not given again."""
    texts = (row.body["number"] for row in rows if row.entity == "ticket" and row.body["number"] is not None)
    numbers = [int(found[1]) for text in texts if (found := TICKET_NUMBER.match(text))]
    if numbers:
        table = tables.sequence
        last = max(numbers)
        await connection.execute(update(table).where(table.c.name == "ticket", table.c.last < last).values(last=last))


async def _known_digests(connection: AsyncConnection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    table = tables.imported
    known: dict[tuple[str, str], str] = {}
    for entity, ids in _by_entity(keys).items():
        are_these = is_among(connection, table.c.row_id, ids)
        query = select(table.c.row_id, table.c.digest).where(table.c.entity == entity, are_these)
        known |= {(entity, row.row_id): row.digest for row in await connection.execute(query)}
    return known


def _by_entity(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = defaultdict(list)
    for entity, row_id in keys:
        ids[entity].append(row_id)
    return ids


def _digest(row: Told) -> str:
    text = orjson.dumps([row.segment, row.body], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(text, digest_size=16).hexdigest()
