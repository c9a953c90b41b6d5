"""Applies commands once: log, effect, counters and feed in one transaction (docs/sync.md, Sending)."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.command import Answer, Command, OpId, Verdict
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.secret import Secret
from agent_model.wire import answer_from_plain, answer_to_plain
from agent_server import tables, ticket_rules
from agent_server.audit import AuditTrail
from agent_server.changeset import Changeset
from agent_server.clocks import PolicyShelf
from agent_server.database import Database
from agent_server.judging.case import Author, Clash, Judgement
from agent_server.judging.customer_merges import followed
from agent_server.many_rows import insert_rows
from agent_server.privacy.tombstones import POINTERS, Key, erased_among, keys_of
from agent_server.row_changes import Signature
from agent_server.rows import Stored, is_among
from agent_server.sight import is_sensitive, without_secrets
from agent_server.verdicts import judge, load_rows

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Settled:
    """The answers in the order of the commands, and the heads that moved."""

    answers: tuple[Answer, ...]
    heads: Mapping[Scope, int]

    @property
    def is_clean(self) -> bool:
        """Whether everything took effect."""
        return all(answer.verdict.is_settled for answer in self.answers)


class _Left(Exception):
    """Ends a transaction whose command is to leave no trace."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.op_id)
        self.answer = answer


class _Overtaken(Exception):
    """The same commands were settled by another transaction meanwhile; they are looked up anew."""


class Ledger:
    """The only way commands reach the rows."""

    def __init__(self, database: Database, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = audit
        self._now = now
        self._shelf = PolicyShelf()

    async def settle(self, commands: Sequence[Command], author: Author) -> Settled:
        """Judge a batch. What was answered before is answered the same again, and changes nothing.

        A batch is one transaction. If the database itself will not have it, its commands are tried one by one, so
        that a single command that cannot be stored is refused and does not hold up the others for ever.
        """
        try:
            return await self._attempt(commands, author)
        except (DBAPIError, OverflowError) as error:
            if not _is_unstorable(error):
                raise
            if len(commands) == 1:
                return await self._refuse(commands[0], author)
        answers: list[Answer] = []
        heads: dict[Scope, int] = {}
        for command in commands:
            settled = await self.settle([command], author)
            answers.extend(settled.answers)
            heads |= settled.heads
        return Settled(tuple(answers), heads)

    async def settle_again(self, commands: Sequence[Command], author: Author) -> Settled:
        """Commands that an earlier history of this database had taken, sent once more after a restored backup.

        Each is a transaction of its own. What is in the log is a duplicate, whatever it was told; of the others only
        those are taken that nothing stands against, and the rest leave no trace: they may wait for other people's.
        """
        answers: list[Answer] = []
        heads: dict[Scope, int] = {}
        known = await self._known(commands, author)
        for command in commands:
            if command.op_id in known:
                answers.append(known[command.op_id])
                continue
            try:
                settled = await self._attempt([command], author, is_again=True)
            except _Left as left:
                answers.append(left.answer)
            except (DBAPIError, OverflowError) as error:
                if not _is_unstorable(error):
                    raise
                answers.append(Answer(command.op_id, Verdict.REJECTED, reason="not_storable"))
            else:
                answers.extend(settled.answers)
                heads |= settled.heads
        return Settled(tuple(answers), heads)

    async def _known(self, commands: Sequence[Command], author: Author) -> dict[str, Answer]:
        """Duplicates of what the author was answered before."""
        async with self._database.reading() as connection:
            given = await _answers_given(connection, {command.op_id for command in commands}, author)
        is_own = (op_id for op_id, answer in given.items() if answer.reason != "not_yours")
        return {op_id: replace(given[op_id], verdict=Verdict.DUPLICATE, reason=None) for op_id in is_own}

    async def _attempt(self, commands: Sequence[Command], author: Author, *, is_again: bool = False) -> Settled:
        async def apply(connection: AsyncConnection) -> Settled:
            settled = await self._apply(connection, commands, author)
            if is_again and not settled.is_clean:
                raise _Left(settled.answers[0])
            return settled

        return await self._retried(apply)

    async def _retried(self, work: Callable[[AsyncConnection], Awaitable[Settled]]) -> Settled:
        """In a transaction of its own, and again when two writers met."""
        for attempt in range(ATTEMPTS):
            try:
                async with self._database.writing() as connection:
                    return await work(connection)
            except (DBAPIError, _Overtaken) as error:
                if attempt == ATTEMPTS - 1 or not _is_passing(error):
                    raise
                await asyncio.sleep(0.02 * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    async def _apply(self, connection: AsyncConnection, commands: Sequence[Command], author: Author) -> Settled:
        now = self._now()
        op_ids = {c.op_id for c in commands}
        known = await _answers_given(connection, op_ids, author)
        depended = {c.depends_on for c in commands if c.depends_on is not None} - op_ids
        earlier = await _answers_given(connection, depended, author)
        changes = Changeset(
            self._database,
            connection,
            _signature(author, now),
            with_names=Secret.NAME in author.person.hidden,
        )
        new = [command for command in _first_of_each(commands) if command.op_id not in known]
        about = await followed(new, changes)
        await load_rows(changes, about)
        erased = await erased_among(connection, {key for command in new for key in _named(command)})
        is_about_tickets = any(command.entity in ("ticket", "follow_up") for command in new)
        policies = await self._shelf.policies(connection) if is_about_tickets else self._shelf.last
        judged: dict[str, Judgement] = {}
        given = earlier | known
        is_merging = any(command.entity == "customer_merge" for command in new)  # then who is meant may change again
        for command, its in zip(new, about, strict=True):
            changes.sign(_signature(author, now, command.occurred_at))
            [judged_as] = await followed([command], changes) if is_merging else [its]
            judgement = _dependent(command, given) or _about_erased(command, erased)
            judgement = judgement or await judge(judged_as, author, changes, now, policies)
            judged[command.op_id] = judgement
            given[command.op_id] = judgement.answer
        answers = await self._number_tickets(connection, changes, new, judged)
        settled = await followed(new, changes) if is_merging else about
        await self._record(connection, settled, answers, judged, author, now)
        heads = await changes.write()
        await self._audit.append(connection, *(act for command in new for act in judged[command.op_id].acts))
        return Settled(_in_order(commands, answers, known), heads)

    async def _record(
        self,
        connection: AsyncConnection,
        commands: Sequence[Command],
        answers: Mapping[str, Answer],
        judged: Mapping[str, Judgement],
        author: Author,
        now: datetime,
    ) -> None:
        """Write the commands into the log with their answers, and what they clash with.

        A twin in flight waits here. Raises _Overtaken when the other one was taken: then nothing here may count.
        """
        if not commands:
            return
        received_at = to_text(now)
        lines = {c.op_id: _log_line(c, answers[c.op_id], author, received_at) for c in commands}
        try:
            await insert_rows(connection, tables.op_log, [lines[op_id] for op_id in sorted(lines)])
        except IntegrityError as error:
            raise _Overtaken from error
        clashes = [_conflict_line(c, clash, author, now) for c in commands for clash in judged[c.op_id].clashes]
        if clashes:
            await connection.execute(insert(tables.conflict), clashes)

    async def _number_tickets(
        self,
        connection: AsyncConnection,
        changes: Changeset,
        commands: Sequence[Command],
        judged: Mapping[str, Judgement],
    ) -> dict[str, Answer]:
        """The new answers by op, new tickets numbered in the order they were written."""
        answers = {op_id: judgement.answer for op_id, judgement in judged.items()}
        rows = [(c.op_id, changes.get("ticket", c.id)) for c in commands if c.entity == "ticket"]
        new = [(op_id, row) for op_id, row in rows if row is not None and row.body["number"] is None]
        ids = list(dict.fromkeys(row.id for _, row in new))
        if not ids:
            return answers
        numbers = dict(zip(ids, await take_ticket_numbers(connection, len(ids)), strict=True))
        for op_id, row in new:
            text = ticket_rules.number_text(numbers[row.id])
            body = {**row.body, "number": text}
            changes.put(Stored(row.entity, row.id, row.version, body, row.segment, row.field_devices))
            if answers[op_id].verdict is not Verdict.REJECTED:
                answers[op_id] = replace(answers[op_id], changed={**answers[op_id].changed, "number": text})
        return answers

    async def _refuse(self, command: Command, author: Author) -> Settled:
        now = self._now()
        answer = Answer(command.op_id, Verdict.REJECTED, reason="not_storable")
        answers: dict[str, Answer] = {command.op_id: answer}
        judged: dict[str, Judgement] = {command.op_id: Judgement(answer)}

        async def refuse(connection: AsyncConnection) -> Settled:
            known = await _answers_given(connection, {command.op_id}, author)
            if not known:
                await self._record(connection, [command], answers, judged, author, now)
            return Settled(_in_order([command], {} if known else answers, known), {})

        return await self._retried(refuse)


_SEQUENCE: Final = tables.sequence.c
_TAKE_NUMBERS: Final = (
    update(tables.sequence)
    .where(_SEQUENCE.name == "ticket")
    .values(last=_SEQUENCE.last + bindparam("count"))
    .returning(_SEQUENCE.last)
)


async def take_ticket_numbers(connection: AsyncConnection, count: int) -> range:
    """The next `count` ticket numbers, held until the transaction ends."""
    last = int(await connection.scalar(_TAKE_NUMBERS, {"count": count}) or 0)
    return range(last - count + 1, last + 1)


def _first_of_each(commands: Sequence[Command]) -> list[Command]:
    firsts: dict[str, Command] = {}
    for command in commands:
        firsts.setdefault(command.op_id, command)
    return list(firsts.values())


def _in_order(
    commands: Sequence[Command], new: Mapping[str, Answer], known: Mapping[str, Answer]
) -> tuple[Answer, ...]:
    """One answer per command; the second time an op stands in a batch it has been answered by the first."""
    answers = []
    told: set[str] = set()
    for command in commands:
        if command.op_id in new and command.op_id not in told:
            answers.append(new[command.op_id])
        else:
            answers.append(_repeated(new.get(command.op_id) or known[command.op_id]))
        told.add(command.op_id)
    return tuple(answers)


def _repeated(answer: Answer) -> Answer:
    """What a repeated op is told: `duplicate` if it took effect, else its verdict again, so that none is missed."""
    if answer.verdict in (Verdict.APPLIED, Verdict.MERGED):
        return replace(answer, verdict=Verdict.DUPLICATE)
    return answer


def _dependent(command: Command, given: Mapping[str, Answer]) -> Judgement | None:
    """The refusal of a command whose forerunner took no effect."""
    if command.depends_on is None:
        return None
    forerunner = given.get(command.depends_on)
    if forerunner is not None and forerunner.verdict is not Verdict.REJECTED:
        return None
    reason = "depends_on_unknown" if forerunner is None else "depends_on_rejected"
    return Judgement(Answer(command.op_id, Verdict.REJECTED, reason=reason))


def _named(command: Command) -> set[Key]:
    """The row, and those that it is to point to."""
    fields = command.fields
    return {(command.entity, command.id)} | keys_of({name: fields[name].new for name in POINTERS if name in fields})


def _about_erased(command: Command, erased: Collection[Key]) -> Judgement | None:
    """The refusal of a command about somebody who was erased: nothing brings them back."""
    if not erased or _named(command).isdisjoint(erased):
        return None
    return Judgement(Answer(command.op_id, Verdict.REJECTED, reason="erased"))


async def _answers_given(connection: AsyncConnection, op_ids: Collection[str], author: Author) -> dict[str, Answer]:
    """Answers of the log. Another person's op is not told, only that it is not the asker's."""
    if not op_ids:
        return {}
    log = tables.op_log
    columns = log.c.op_id, log.c.author, log.c.entity, log.c.answer
    query = select(*columns).where(is_among(connection, log.c.op_id, op_ids))
    given = {}
    hidden = author.person.hidden
    for op_id, op_author, entity, plain in await connection.execute(query):
        if op_author == author.person.id and plain is not None:
            answer = answer_from_plain(plain)
            if Secret.NAME in hidden:  # it may name whom the row is about; the row itself comes masked
                answer = replace(answer, changed={})
            elif hidden:  # they may have had numbers whole when it was given
                told = {name: value for name, value in answer.changed.items() if not is_sensitive(entity, name, hidden)}
                answer = replace(answer, changed=without_secrets(told, hidden))
            given[op_id] = answer
        else:
            given[op_id] = Answer(OpId(op_id), Verdict.REJECTED, reason="not_yours")
    return given


def _signature(author: Author, now: datetime, done_at: datetime | None = None) -> Signature:
    return Signature(author.person.id, now, author.device_id, done_at)


def _log_line(command: Command, answer: Answer, author: Author, received_at: str) -> dict[str, Any]:
    return {
        "op_id": command.op_id,
        "device_id": author.device_id,
        "device_seq": command.device_seq,
        "author": author.person.id,
        "entity": command.entity,
        "row_id": command.id,
        "occurred_at": to_text(command.occurred_at),
        "received_at": received_at,
        "answer": answer_to_plain(answer),
    }


def _conflict_line(command: Command, clash: Clash, author: Author, now: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "op_id": command.op_id,
        "entity": command.entity,
        "row_id": command.id,
        "field": clash.field,
        "base": clash.base,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "author": author.person.id,
        "device_id": author.device_id,
        "at": to_text(now),
    }


def _is_unstorable(error: DBAPIError | OverflowError) -> bool:
    """Whether the values themselves are the trouble (too long, too large, taken), not the database's health."""
    if isinstance(error, (OverflowError, IntegrityError, DataError)):
        return True
    return str(getattr(error.orig, "sqlstate", "") or "")[:2] in ("22", "23")


def _is_passing(error: DBAPIError | _Overtaken) -> bool:
    """Whether trying again may help: two writers met (deadlock, serialisation, SQLite's lock)."""
    if isinstance(error, _Overtaken):
        return True
    state = getattr(error.orig, "sqlstate", None)
    return state in ("40P01", "40001") or "database is locked" in str(error.orig)
