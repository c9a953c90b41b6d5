"""Fields that two people changed: kept until their author or the team's lead has decided which text stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.clock_watch import Policies
from agent_model.command import Command, CommandKind, FieldChange, OpId, Verdict
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server import tables
from agent_server.accounts import Caller
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.changeset import Changeset
from agent_server.clocks import PolicyShelf
from agent_server.database import Database
from agent_server.judging.case import Author
from agent_server.refusals import RequestRefused
from agent_server.row_changes import Signature
from agent_server.rows import Stored, fetch
from agent_server.verdicts import judge, load_rows

A_PAGE: Final = 200


class Take(StrEnum):
    """Which text stands: the author's, the one on the server, or a third."""

    MINE = "mine"
    THEIRS = "theirs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """`seen` is the field as the server showed it to who decides; `value` is the text of OTHER."""

    take: Take
    seen: Any
    value: Any = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The field as it stands now, the row's version, and the heads that moved."""

    value: Any
    version: int
    heads: Mapping[Scope, int]


class Conflicts:
    """A conflict is seen by its author, by leads of the author's team and by duty managers, who hold its row."""

    def __init__(self, database: Database, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = audit
        self._now = now
        self._shelf = PolicyShelf()

    async def open(self, caller: Caller, after: str) -> dict[str, Any]:
        """A page as it crosses the wire, the oldest first; `after` is the `next` of the page before, or empty."""
        conflict = tables.conflict
        at, _, last_id = after.partition("|")
        query = (
            _seen_by(caller)
            .where(conflict.c.resolved_at.is_(None))
            .where(or_(conflict.c.at > at, and_(conflict.c.at == at, conflict.c.id > last_id)) if after else true())
            .order_by(conflict.c.at, conflict.c.id)
            .limit(A_PAGE)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
            wanted: dict[str, list[str]] = {}
            for line in found:
                wanted.setdefault(line.entity, []).append(line.row_id)
            rows = {
                entity: await fetch(connection, entity, ids, with_names=caller.sight.hides_names)
                for entity, ids in wanted.items()
            }
            writers = await _writers(connection, [row for some in rows.values() for row in some.values()])
        shown = [
            _shown(line, row, caller) | {"now_by": writers.get(row.field_devices.get(line.field, ""))}
            for line in found
            if (row := rows[line.entity].get(line.row_id)) is not None and row.scopes & caller.scopes
        ]
        last = f"{found[-1].at}|{found[-1].id}" if len(found) == A_PAGE else None
        return {"conflicts": shown, "next": last}

    async def decided(self, caller: Caller, op_ids: Sequence[str]) -> list[str]:
        """Those of the caller's own commands of which every contested field has been decided, by whomever."""
        conflict = tables.conflict
        query = (
            select(conflict.c.op_id)
            .where(conflict.c.author == caller.person.id, conflict.c.op_id.in_(op_ids))
            .group_by(conflict.c.op_id)
            .having(func.count() == func.count(conflict.c.resolved_at))
            .order_by(conflict.c.op_id)
        )
        async with self._database.reading() as connection:
            return list(await connection.scalars(query))

    async def resolve(self, conflict_id: str, caller: Caller, decision: Decision, address: str) -> Resolved:
        """Once and for all; the same decision again is answered the same.

        Raises RequestRefused: not_found, already_resolved, row_moved (somebody changed the field meanwhile),
        not_allowed and not_possible with the `reason` a command would be refused with.
        """
        conflict = tables.conflict
        async with self._database.writing() as connection:
            query = _seen_by(caller).where(conflict.c.id == conflict_id).with_for_update(of=conflict)
            line = (await connection.execute(query)).first()
            if line is None:
                raise RequestRefused(404, "not_found")
            signature = Signature(caller.person.id, self._now(), caller.device_id)
            changes = Changeset(self._database, connection, signature, with_names=caller.sight.hides_names)
            await changes.load(line.entity, [line.row_id])
            row = changes.get(line.entity, line.row_id)
            if row is None or not row.scopes & caller.scopes:
                raise RequestRefused(404, "not_found")
            value = _wanted(line, row, decision)
            if line.resolved_at is not None:
                return _as_before(line, row, caller, decision)
            policies = await self._shelf.policies(connection)
            acts = await self._decide(connection, changes, policies, line, row, value, caller, decision, address)
            heads = await changes.write()
            about, device = f"{line.entity}:{line.row_id}", caller.device_id
            act = Act(Deed.CONFLICT_RESOLVED, caller.person.id, about, line.field, decision.take, device, address)
            await self._audit.append(connection, act, *acts)
        after = changes.get(line.entity, line.row_id) or row
        return Resolved(_look(after, line.field, after.body.get(line.field), caller), after.version, heads)

    async def _decide(
        self,
        connection: AsyncConnection,
        changes: Changeset,
        policies: Policies,
        line: Any,
        row: Stored,
        value: Any,
        caller: Caller,
        decision: Decision,
        address: str,
    ) -> tuple[Act, ...]:
        acts: tuple[Act, ...] = ()
        if _look(row, line.field, row.body.get(line.field), caller) != decision.seen:
            raise RequestRefused(409, "row_moved", now=_look(row, line.field, row.body.get(line.field), caller))
        if value != row.body.get(line.field):
            acts = await self._write(changes, policies, line, row, value, caller, address)
        values = {"resolved_at": to_text(self._now()), "resolved_by": caller.person.id, "take": decision.take.value}
        if decision.take is Take.OTHER:
            values["outcome"] = decision.value
        await connection.execute(update(tables.conflict).where(tables.conflict.c.id == line.id).values(**values))
        return acts

    async def _write(
        self, changes: Changeset, policies: Policies, line: Any, row: Stored, value: Any, caller: Caller, address: str
    ) -> tuple[Act, ...]:
        """As if the person had changed the field now, with the rights they have."""
        change = {line.field: FieldChange(row.body.get(line.field), value)}
        now = self._now()
        command = Command(
            OpId(line.id), 0, line.entity, line.row_id, CommandKind.UPDATE, row.version, change, now, caller.person.id
        )
        author = Author(caller.person, caller.device_id, caller.scopes, address)
        await load_rows(changes, [command])
        judgement = await judge(command, author, changes, now, policies)
        if judgement.answer.verdict is Verdict.REJECTED:
            reason = judgement.answer.reason
            is_forbidden = reason in ("not_allowed", "not_yours")
            raise RequestRefused(
                403 if is_forbidden else 422, "not_allowed" if is_forbidden else "not_possible", reason=reason
            )
        return judgement.acts


def _seen_by(caller: Caller) -> Any:
    conflict, agent = tables.conflict, tables.agent
    query = select(conflict, agent.c.team).join(agent, agent.c.id == conflict.c.author)
    return query.where(_may_see(caller))


def _may_see(caller: Caller) -> ColumnElement[bool]:
    own = tables.conflict.c.author == caller.person.id
    match caller.person.role:
        case Role.DUTY_MANAGER:
            return true()
        case Role.TEAM_LEAD:
            return or_(own, tables.agent.c.team == caller.person.team)
        case _:
            return own


def _shown(line: Any, row: Stored, caller: Caller) -> dict[str, Any]:
    texts = {"base": line.base, "mine": line.mine, "theirs": line.theirs, "now": row.body.get(line.field)}
    return {
        "id": line.id,
        "op_id": line.op_id,
        "entity": line.entity,
        "row_id": line.row_id,
        "field": line.field,
        **{name: _look(row, line.field, value, caller) for name, value in texts.items()},
        "author": line.author,
        "at": line.at,
    }


async def _writers(connection: AsyncConnection, rows: Sequence[Stored]) -> dict[str, str]:
    """Whose the devices are that wrote the fields of these rows."""
    devices = sorted({device for row in rows for device in row.field_devices.values()})
    query = select(tables.device.c.id, tables.device.c.enrolled_by).where(tables.device.c.id.in_(devices))
    return {line.id: line.enrolled_by for line in await connection.execute(query)} if devices else {}


def _look(row: Stored, field: str, value: Any, caller: Caller) -> Any:
    """The value of a field as the caller may have it."""
    return row.look(caller.sight, field, value)


def _wanted(line: Any, row: Stored, decision: Decision) -> Any:
    match decision.take:
        case Take.MINE:
            return line.mine
        case Take.THEIRS:
            return row.body.get(line.field)
        case Take.OTHER:
            return decision.value


def _as_before(line: Any, row: Stored, caller: Caller, decision: Decision) -> Resolved:
    is_other = decision.take is Take.OTHER and decision.value != line.outcome
    if (line.resolved_by, line.take) != (caller.person.id, decision.take) or is_other:
        raise RequestRefused(409, "already_resolved", by=line.resolved_by, take=line.take, at=line.resolved_at)
    return Resolved(_look(row, line.field, row.body.get(line.field), caller), row.version, {})
