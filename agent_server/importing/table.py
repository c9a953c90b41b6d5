"""Imports a table batch by batch: the good rows go in, the bad ones into a file."""

import asyncio
import itertools
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from agent_model.table_import import ImportTally, ImportWishes
from agent_papers.tables.sheet import BadFile, Sheet
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.importing.cells import House
from agent_server.importing.directory import Directory, read_directory
from agent_server.importing.drafting import BadRow, Draft, Drafting
from agent_server.importing.fields import Kind, kind_with
from agent_server.importing.mapping import Layout, layout_of
from agent_server.importing.merging import Writer
from agent_server.importing.profiles import profile, remember
from agent_server.importing.reading import batches
from agent_server.importing.sentences import EN, ZH, of_faults
from agent_server.importing.table_file import ErrorsFile, digest_of, errors_beside, open_table
from agent_server.importing.writing import Brought, Writing, finished
from agent_server.number_ranges import privacy_numbers
from agent_server.own_fields import own_fields

TELL_EVERY_S: Final = 1.0
ROWS_SHOWN: Final = 5

Tell = Callable[[Mapping[Scope, int]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported and how. `profile` is the name of remembered wishes, under those said here; `remember` a
    name to remember them all by; `name` what the file was called where it came from."""

    kind: Kind
    path: Path
    wishes: ImportWishes = field(default_factory=ImportWishes)
    profile: str | None = None
    remember: str | None = None
    language: str | None = None
    is_dry: bool = False
    errors: Path | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """`errors` is the file of the bad rows, if there were any."""

    tally: ImportTally
    errors: Path | None
    is_dry: bool

    def to_plain(self) -> dict[str, Any]:
        told = asdict(self.tally)
        del told["of"]
        return {**told, "errors": None if self.errors is None else str(self.errors), "dry_run": self.is_dry}


class TableImport:
    """One order, opened. Raises BadFile wherever it looks into the file."""

    def __init__(self, order: Order, wishes: ImportWishes, sheet: Sheet, layout: Layout, house: House) -> None:
        self.sheet = sheet
        self.layout = layout
        self.language = order.language or (ZH if layout.is_chinese else EN)
        self._order = order
        self._wishes = wishes
        self._house = house

    @classmethod
    async def open(cls, database: Database, order: Order, plan: DialPlan, zone: ZoneInfo) -> "TableImport":
        async with database.reading() as connection:
            directory = await read_directory(connection)
            privacy = await privacy_numbers(connection)
            if order.kind.entity == "customer":
                order = replace(order, kind=kind_with(order.kind.name, await own_fields(connection)))
            said = order.profile
            known = ImportWishes() if said is None else await profile(connection, order.kind.name, said)
        errors = order.errors or errors_beside(order.path)
        if errors.exists() or not os.access(errors.parent, os.W_OK):
            raise BadFile("cannot_write_errors", path=str(errors))
        wishes = order.wishes.over(known)
        sheet = open_table(order.path, order.kind, wishes)
        layout = layout_of(sheet, order.kind, wishes)
        segment = directory.only("segment")
        says_segment = any(column.field == "segment" for column in layout.columns) or "segment" in layout.constants
        if order.kind.entity == "customer" and segment is not None and not says_segment:
            layout = replace(layout, constants={**layout.constants, "segment": segment})
        return cls(replace(order, errors=errors), wishes, sheet, layout, House(plan, zone, directory, privacy))

    def preview(self, count: int = ROWS_SHOWN) -> list[dict[str, Any]]:
        """The first rows as they would be."""
        self.layout.require_whole()
        return [_shown(draft, self.language) for draft in self.first(count)]

    def first(self, count: int = ROWS_SHOWN) -> list[Draft | BadRow]:
        """The first rows, as far as it is known yet what their columns mean."""
        return list(itertools.islice(Drafting(self.sheet, self.layout, self._house), count))

    async def run(
        self,
        database: Database,
        trail: AuditTrail,
        now: Callable[[], datetime],
        who: str,
        progress: Callable[[ImportTally], None],
        tell: Tell,
    ) -> Done:
        """Batches before a bad place of the file stay, and so does the batch at hand when this is cancelled. `tell`
        hears which slices moved, once a second at most."""
        order = self._order
        directory: Directory = self._house.directory
        by = Writer(who, now())
        errors = ErrorsFile(order.errors or errors_beside(order.path), self.sheet, self.layout, self.language)
        writing = Writing(database, order.kind, directory, _headings(self.layout), is_dry=order.is_dry)
        tally = ImportTally(max(0, self.sheet.row_count - self.layout.row))
        heads: dict[Scope, int] = {}
        told_at = time.monotonic()
        self.layout.require_whole()
        drafting = Drafting(self.sheet, self.layout, self._house)
        try:
            async for batch in batches(drafting, self.sheet.row_count):
                good = [one for one in batch if isinstance(one, Draft)]
                brought, is_wanted_to_end = await finished(writing.bring(good, by)) if good else (Brought(), False)
                bad = [*(one for one in batch if isinstance(one, BadRow)), *brought.bad]
                for row in sorted(bad, key=lambda row: row.number):
                    errors.note(row)
                tally = _counted(tally, len(batch), brought, len(bad))
                progress(tally)
                heads |= brought.heads
                if heads and time.monotonic() - told_at >= TELL_EVERY_S:
                    await tell(heads)
                    heads, told_at = {}, time.monotonic()
                if is_wanted_to_end:
                    raise asyncio.CancelledError
        finally:
            errors.close()
            if heads:
                await tell(heads)
            if not order.is_dry:
                await finished(self._note(database, trail, by, tally))
        return Done(tally, errors.path if errors.is_begun else None, order.is_dry)

    async def _note(self, database: Database, trail: AuditTrail, by: Writer, tally: ImportTally) -> None:
        order = self._order
        act = act_of(by.id, order.kind.name, order.name or order.path.name, tally)
        async with database.writing() as connection:
            if order.remember is not None:
                await remember(database, connection, order.kind.name, order.remember, self._wishes, by)
            await trail.append(connection, replace(act, field=digest_of(order.path)))
        await trail.anchor()


def act_of(who: str, kind: str, name: str, tally: ImportTally) -> Act:
    """The line of the audit trail."""
    counts = f"new {tally.new}, changed {tally.changed}, unchanged {tally.unchanged}, bad {tally.bad}"
    return Act(Deed.IMPORTED, who, f"{kind}: {name}"[:500], "", counts)


def _counted(tally: ImportTally, rows: int, brought: Brought, bad: int) -> ImportTally:
    return ImportTally(
        max(tally.of, tally.rows + rows),
        tally.rows + rows,
        tally.new + brought.new,
        tally.changed + brought.changed,
        tally.unchanged + brought.unchanged,
        tally.bad + bad,
    )


def _headings(layout: Layout) -> dict[str, str]:
    """By field the heading it stands under; also by the name that it has in the noun."""
    found = {str(column.field): column.heading for column in layout.columns if column.is_taken}
    named = {"value_fen": "value", "monthly_fen": "monthly", "notes": "note", "customer_id": "customer"}
    return {**{other: found[name] for other, name in named.items() if name in found}, **found}


def _shown(draft: Draft | BadRow, language: str) -> dict[str, Any]:
    if isinstance(draft, BadRow):
        return {"row": draft.number, "wrong": of_faults(draft.faults, language)}
    return {"row": draft.number, **draft.told}
