"""Dispositions: what people change of the tree, and that a call came to something its queue offers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from agent_model.body import from_body
from agent_model.disposition import faults, is_leaf, leaves
from agent_model.moment import to_text
from agent_model.organisation import Queue, WrapUpCode
from agent_server.audit import Deed
from agent_server.editions import as_known
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

NOT_OFFERED: Final = "disposition_not_offered"

T = TypeVar("T")


class DispositionRules(Rules):
    """Nothing is deleted: what is retired stays with the calls that came to it."""

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)


async def _judged(case: Case, body: Mapping[str, Any]) -> Outcome:
    code = from_body(WrapUpCode, case.command.id, 0, body)
    others = [one for one in await dispositions(case) if one.id != code.id]
    queues = _read(Queue, await case.changes.look_at_all("queue"), case)
    categories = {row.id for row in await case.changes.look_at_all("ticket_category")}
    found = {name: wrong.value for name, wrong in faults(code, others, {one.id for one in queues}, categories).items()}
    if not found and (left_alone := _without_any([*others, code], others, queues, case)):
        found = {"queues" if code.is_on else "is_on": f"last_of.{left_alone}"}
    if found:
        raise Refused("bad_disposition", found)
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "wrap_up_code"),))


def _without_any(after: list[WrapUpCode], others: list[WrapUpCode], queues: Iterable[Queue], case: Case) -> str | None:
    """A queue whose work waits for a disposition that would be offered none any more."""
    row = case.changes.get("wrap_up_code", case.command.id)
    before = others if row is None else [*others, *_read(WrapUpCode, [row], case)]
    waiting = (one.id for one in queues if one.after_call.needs_disposition)
    return next((id_ for id_ in waiting if leaves(before, id_) and not leaves(after, id_)), None)


async def dispositions(case: Case, known_at: datetime | None = None) -> list[WrapUpCode]:
    """The tree as it stands, or as it was known."""
    return _read(WrapUpCode, await as_known(case.changes, "wrap_up_code", known_at), case)


async def check_disposition(case: Case, code: str | None, queue: str | None, known_at: datetime | None) -> None:
    """It can be picked for calls of the queue, now or as its author knew the tree; where the company has no tree at
    all, anything can."""
    if code is None:
        return
    codes = await dispositions(case)
    if not codes or _is_offered(codes, code, queue):
        return
    if known_at is not None and _is_offered(await dispositions(case, known_at), code, queue):
        return
    raise Refused(NOT_OFFERED if is_leaf(codes, code) else "unknown_disposition")


def _is_offered(codes: list[WrapUpCode], id_: str, queue: str | None) -> bool:
    return any(leaf.code.id == id_ for leaf in leaves(codes, queue))


def _read(kind: type[T], rows: Iterable[Stored], case: Case) -> list[T]:
    return [case.changes.value(kind, row) for row in rows]
