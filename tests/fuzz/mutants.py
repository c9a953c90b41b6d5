"""Mistakes that a protocol like ours is made with, each put into the real code; the fuzzer must notice every one."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Final

from sqlalchemy import delete, insert

from agent_desktop.offline.database import Database as LocalDatabase
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State, Written
from agent_desktop.sync.conflicts import Conflicts
from agent_desktop.sync.decisions import Decision
from agent_model.command import Answer, Command
from agent_model.scope import Scope
from agent_model.wire import ChangesPage, Gone, Row
from agent_server import changes, changeset, tables, verdicts
from agent_server.changeset import Changeset
from agent_server.ledger import Ledger, Settled
from tests.fuzz.seeds import play_seeds

_Swap = tuple[Any, str, Callable[[Any], Any]]
"""Whose attribute, its name, and the mistaken one made from the right one."""


@contextlib.contextmanager
def mistaken(name: str) -> Iterator[None]:
    """Inside the block the code makes this mistake."""
    kept = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in MUTANTS[name]]
    for owner, attribute, mistake in MUTANTS[name]:
        setattr(owner, attribute, mistake(getattr(owner, attribute)))
    try:
        yield
    finally:
        for owner, attribute, right in kept:
            setattr(owner, attribute, right)


def seeds_until_noticed(name: str, patience: int) -> int | None:
    """How many seeds it takes until an invariant is broken by this mistake; None if `patience` were not enough."""
    with mistaken(name):
        tally = play_seeds(range(patience), most_failures=1)
    return tally.seeds if tally.failures and "Broken" in tally.failures[0] else None


# ---- the server -----------------------------------------------------------------------------------------


def _forgetting(right: Any) -> Any:
    async def apply(self: Ledger, connection: Any, commands: Sequence[Command], *rest: Any) -> Any:
        ids = [command.op_id for command in commands]
        await connection.execute(delete(tables.op_log).where(tables.op_log.c.op_id.in_(ids)))
        return await right(self, connection, commands, *rest)

    return apply


_late_entries: ContextVar[list[Any] | None] = ContextVar("late entries", default=None)


def _numbers_first(right: Any) -> Any:
    """The numbers are taken in one transaction and their entries are written in a later one."""

    async def attempt(self: Ledger, *arguments: Any, **options: Any) -> Settled:
        late: list[Any] = []
        _late_entries.set(late)
        settled: Settled = await right(self, *arguments, **options)
        for _ in range(300):
            await asyncio.sleep(0)
        if late:
            async with self._database.writing() as connection:
                await connection.execute(insert(tables.feed), late)
        return settled

    return attempt


def _entries_later(right: Any) -> Any:
    async def insert_rows(connection: Any, table: Any, lines: Sequence[Mapping[str, Any]]) -> None:
        late = _late_entries.get()
        if late is not None and table is tables.feed:
            late.extend(lines)
        else:
            await right(connection, table, lines)

    return insert_rows


def _deaf_to_deletes(right: Any) -> Any:
    async def write_feed(self: Changeset) -> Any:
        self._touched = {key: None for key in self._touched if self.get(*key) is not None}
        return await right(self)

    return write_feed


def _deaf_to_moves(right: Any) -> Any:
    async def write_feed(self: Changeset) -> Any:
        self._before |= {key: row for key in self._touched if (row := self.get(*key)) is not None}
        return await right(self)

    return write_feed


def _not_knowing_devices(right: Any) -> Any:
    return lambda command, row, _device, rules: right(command, row, "of nobody", rules)


def _not_telling_one(right: Any) -> Any:
    """Of several entries the first is not told; the numbers before and behind it are."""

    def page(scope: Scope, since: int, bounds: Any, entries: Sequence[Any], row_of: Any) -> Any:
        return right(scope, since, bounds, entries[1:] if len(entries) > 1 else entries, row_of)

    return page


# ---- the workstation ------------------------------------------------------------------------------------


def _giving_away(right: Any) -> Any:
    def hand_out(self: Outbox, limit: int) -> list[Written]:
        commands: list[Written] = right(self, limit)
        with self._store.writing_outbox() as connection:
            connection.executemany("DELETE FROM command WHERE op_id = ?", [(c.op_id,) for c in commands])
        self._wrote()
        return commands

    return hand_out


def _dropping_refused(right: Any) -> Any:
    def answered(self: Outbox, answers: Sequence[Answer]) -> None:
        right(self, answers)
        with self._store.writing_outbox() as connection:
            connection.execute("DELETE FROM command WHERE state = ?", (State.PARKED,))
        self._wrote()

    return answered


def _cursor_first(right: Any) -> Any:
    def apply(
        self: Mirror,
        scope: Scope,
        rows: Sequence[Row],
        cursor: Cursor | None,
        gone: Sequence[Gone] = (),
        deleted: Sequence[Gone] = (),
    ) -> None:
        if cursor is not None:
            right(self, scope, (), cursor)
        right(self, scope, rows, None, gone, deleted)

    return apply


def _clobbering(right: Any) -> Any:
    def apply(self: Mirror, scope: Scope, rows: Sequence[Row], *rest: Any) -> None:
        right(self, scope, rows, *rest)
        with self._store.writing_outbox() as connection:
            connection.executemany(
                "DELETE FROM command WHERE entity = ? AND id = ? AND state = 'waiting'",
                [(row.entity, row.id) for row in rows],
            )

    return apply


def _keeping_rows(_right: Any) -> Any:
    def drop(self: Mirror, scope: Scope) -> None:
        with self._store.writing() as connection:
            connection.execute("DELETE FROM cursor WHERE scope = ?", (scope,))

    return drop


def _not_counting(_right: Any) -> Any:
    return lambda _page, _since: False


def _dropping_decisions(right: Any) -> Any:
    def answer_to(self: Conflicts, decision: Decision) -> str | None:
        self._decisions.drop(decision.conflict)
        answer: str | None = right(self, decision)
        return answer

    return answer_to


def _unflushed(right: Any) -> Any:
    def init(self: LocalDatabase, path: Any, sealing: Any, _synchronous: str, damaged: Any) -> None:
        right(self, path, sealing, "NORMAL", damaged)

    return init


MUTANTS: Final[Mapping[str, Sequence[_Swap]]] = {
    "no idempotency log": [(Ledger, "_apply", _forgetting)],
    "outbox deleted before the answer": [(Outbox, "hand_out", _giving_away)],
    "cursor saved before its rows": [(Mirror, "apply", _cursor_first)],
    "numbers taken before the commit": [
        (Ledger, "_attempt", _numbers_first),
        (changeset, "insert_rows", _entries_later),
    ],
    "fetching overwrites what is pending": [(Mirror, "apply", _clobbering)],
    "no tombstones": [(Changeset, "_write_feed", _deaf_to_deletes)],
    "no eviction of rows that moved": [(Changeset, "_write_feed", _deaf_to_moves)],
    "no eviction of scopes that were lost": [(Mirror, "drop", _keeping_rows)],
    "an entry is not told": [(changes, "_page", _not_telling_one)],
    "an entry is not told, and nobody counts": [
        (changes, "_page", _not_telling_one),
        (ChangesPage, "has_gap_after", _not_counting),
    ],
    "an agent conflicts with himself": [(verdicts, "_merge", _not_knowing_devices)],
    "outbox not flushed": [(LocalDatabase, "__init__", _unflushed)],
    "decision dropped before the answer": [(Conflicts, "_answer_to", _dropping_decisions)],
    "refused commands are dropped": [(Outbox, "answered", _dropping_refused)],
}
