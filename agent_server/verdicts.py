"""Judges one command against the rows as they stand: what it changes, and what its author is told."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from agent_model.clock_watch import Policies, Watch
from agent_model.command import Answer, Command, CommandKind, Verdict
from agent_model.customer import Tier
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.wire import NOUNS
from agent_server import signal_rules, ticket_forms, ticket_rules
from agent_server.audit import LONGEST_REASON
from agent_server.changeset import Changeset
from agent_server.rights import APPENDABLE, CHANGEABLE, MAY_MOVE_CUSTOMERS, SERVER_DECIDES, may_command
from agent_server.rows import BadBody, Stored, checked_body, known_fields
from agent_server.scopes import Person, segments_in
from agent_server.sight import SENSITIVE

NUMBER_FORMS: Final = ("+", "ext:", "short:", "raw:")
"""How a normalised number begins (`agent_model.phone_number`); others would never be found again."""

LONGEST_NUMBER: Final = 64
REVEALED: Final = "revealed"


class Refused(Exception):
    """The command changes nothing; `reason` is the code its author is told."""

    def __init__(self, reason: str, faults: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends commands, from which device, and the slices they may hold."""

    person: Person
    device_id: str
    scopes: frozenset[Scope]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed since its author looked; the server's value stayed."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """A masked field that the author looked at, and why."""

    row_id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer, the clashes that are to be kept for a person to resolve, and what stands in the audit trail."""

    answer: Answer
    clashes: tuple[Clash, ...] = ()
    readings: tuple[Reading, ...] = ()
    publishes: bool = False


async def judge(command: Command, author: Author, changes: Changeset, now: datetime, policies: Policies) -> Judgement:
    """Apply a command to the changeset, or leave it untouched and say why."""
    watch = Watch.for_act(policies, now, command.occurred_at)
    try:
        _check_author(command, author)
        match command.kind:
            case CommandKind.CREATE:
                return _create(command, author, changes, watch)
            case CommandKind.UPDATE:
                return await _update(command, author, changes, watch)
            case CommandKind.APPEND:
                return _append(command, author, changes)
            case CommandKind.REVEAL:
                return _reveal(command, author, changes)
    except Refused as refused:
        answer = Answer(command.op_id, Verdict.REJECTED, reason=refused.reason, faults=refused.faults)
        return Judgement(answer)


def _check_author(command: Command, author: Author) -> None:
    if command.author != author.person.id:
        raise Refused("not_yours")
    if command.entity not in NOUNS:
        raise Refused("unknown_entity")
    if not may_command(author.person.role, command.entity, command.kind):
        raise Refused("not_allowed")
    known = {REVEALED} if command.kind is CommandKind.REVEAL else known_fields(command.entity)
    if not command.fields.keys() <= known:
        raise Refused("unknown_field")


def _create(command: Command, author: Author, changes: Changeset, watch: Watch) -> Judgement:
    if changes.get(command.entity, command.id) is not None:
        raise Refused("id_taken")
    wanted = {name: change.new for name, change in command.fields.items()}
    start = _starting_fields(command.entity)
    if any(wanted[name] != start.get(name) for name in SERVER_DECIDES[command.entity] & wanted.keys()):
        raise Refused("not_allowed")
    body = _checked(command, 1, {**start, **wanted})
    if command.entity == "ticket_form":
        _require(ticket_forms.edition_refused(command.id, body, author.person.id, changes))
        changes.put(Stored(command.entity, command.id, 1, body))
        return Judgement(Answer(command.op_id, Verdict.APPLIED, 1), publishes=True)
    if command.entity == "signal_rule":
        _require(signal_rules.refused(body))
        body |= signal_rules.signed(author.person.id, watch.now)
    segment = _check_new(command.entity, body, author, changes)
    decided = {}
    if command.entity == "ticket":
        clocks = watch.begun(body, _tier(body["customer_id"], changes))
        decided = {"segment": segment, "updated_at": to_text(watch.now)} | clocks
    devices = dict.fromkeys(wanted, author.device_id)
    changes.put(Stored(command.entity, command.id, 1, body | decided, segment, devices))
    return Judgement(Answer(command.op_id, Verdict.APPLIED, 1, changed=decided))


def _check_new(entity: str, body: Mapping[str, Any], author: Author, changes: Changeset) -> str | None:
    """The slice that a new row will be in; refuses rows that their author could not have written."""
    if entity == "customer":
        if body.get("segment") not in segments_in(author.scopes):
            raise Refused("not_allowed")
        _check_notes(body["notes"], author)
        return str(body["segment"])
    if entity == "signal_rule":
        return None
    if entity == "contact":
        if body.get("agent") != author.person.id:
            raise Refused("not_yours")
        return _segment_of_customer(body.get("customer_id"), author, changes)
    if body.get("created_by") != author.person.id:
        raise Refused("not_yours")
    if body.get("status") not in ticket_rules.FIRST_STATUSES:
        raise Refused("illegal_status")
    _require(ticket_forms.details_refused(body, None, changes))
    if body.get("customer_id") is None:
        return None
    return _segment_of_customer(body["customer_id"], author, changes)


def _segment_of_customer(customer_id: Any, author: Author, changes: Changeset) -> str:
    customer = changes.get("customer", customer_id) if isinstance(customer_id, str) else None
    if customer is None or not customer.scopes & author.scopes:
        raise Refused("unknown_customer")
    return str(customer.segment)


def _tier(customer_id: str | None, changes: Changeset) -> Tier | None:
    customer = None if customer_id is None else changes.get("customer", customer_id)
    return None if customer is None else Tier(customer.body["tier"])


async def _update(command: Command, author: Author, changes: Changeset, watch: Watch) -> Judgement:
    row = _visible_row(command, author, changes)
    if not command.fields.keys() <= CHANGEABLE[command.entity]:
        raise Refused("not_allowed")
    if author.person.is_masked and command.fields.keys() & SENSITIVE.get(command.entity, {}).keys():
        raise Refused("not_allowed")  # a clash would answer with what they may not see
    if command.entity == "contact" and row.body["agent"] != author.person.id:
        raise Refused("not_yours")
    if "rating" in command.fields and (row.body["kind"] != "survey" or row.body["rating"] is not None):
        raise Refused("not_allowed")
    taken, clashes = _merge(command, row, author.device_id)
    body = _checked(command, row.version + 1, {**row.body, **taken})
    if command.entity == "signal_rule" and taken:
        _require(signal_rules.refused(body))
        body |= signal_rules.signed(author.person.id, watch.now)
    decided, segment = await _follow_up(command.entity, row, taken, body, author, changes, watch)
    answer = _merged_answer(command, row, clashes, decided)
    if not taken:
        return Judgement(answer, clashes)
    devices = {**row.field_devices, **dict.fromkeys(taken, author.device_id)}
    changed = Stored(row.entity, row.id, row.version + 1, body | decided, segment, devices)
    if command.entity == "customer" and segment is not None and segment != row.segment:
        await changes.move_customer(row.id, segment)
    changes.put(changed)
    return Judgement(replace(answer, version=changed.version), clashes)


def _visible_row(command: Command, author: Author, changes: Changeset) -> Stored:
    row = changes.get(command.entity, command.id)
    if row is None or not row.scopes & author.scopes:
        raise Refused("unknown_row")
    return row


def _merge(command: Command, row: Stored, device_id: str) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """Field by field: untouched since the author looked, or last written by the same device, is taken."""
    taken, clashes = {}, []
    for name, change in command.fields.items():
        current = row.body[name]
        if current == change.new:
            continue
        if current == change.old or row.field_devices.get(name) == device_id:
            taken[name] = change.new
        else:
            clashes.append(Clash(name, change.old, change.new, current))
    return taken, tuple(clashes)


def _merged_answer(command: Command, row: Stored, clashes: tuple[Clash, ...], decided: Mapping[str, Any]) -> Answer:
    changed = dict(decided) | {clash.field: clash.theirs for clash in clashes}
    if clashes:
        verdict = Verdict.CONFLICT
    elif row.version > command.base_version:
        verdict = Verdict.MERGED
    else:
        verdict = Verdict.APPLIED
    return Answer(command.op_id, verdict, row.version, changed=changed)


async def _follow_up(
    entity: str,
    row: Stored,
    taken: Mapping[str, Any],
    body: Mapping[str, Any],
    author: Author,
    changes: Changeset,
    watch: Watch,
) -> tuple[dict[str, Any], str | None]:
    """What the server adds to the fields taken, and the slice the row is in afterwards. Refuses illegal changes."""
    if entity == "customer" and "segment" in taken:
        is_known = body["segment"] in segments_in(author.scopes)
        if author.person.role not in MAY_MOVE_CUSTOMERS or not is_known:
            raise Refused("not_allowed")
        return {}, str(body["segment"])
    if entity != "ticket" or not taken:
        return {}, row.segment
    if not ticket_rules.may_move(row.body["status"], body["status"]):
        raise Refused("illegal_status")
    if "details" in taken:
        before = row.body["details"]
        _require(ticket_forms.details_refused(body, before and before["form"], changes))
    decided: dict[str, Any] = {"updated_at": to_text(watch.now)}
    if "customer_id" not in taken:
        return decided | watch.followed(row.body, body, taken, None), row.segment
    segment = None
    if body["customer_id"] is not None:
        await changes.load("customer", [str(body["customer_id"])])
        segment = _segment_of_customer(body["customer_id"], author, changes)
    clocks = watch.followed(row.body, body, taken, _tier(body["customer_id"], changes))
    return decided | {"segment": segment} | clocks, segment


def _append(command: Command, author: Author, changes: Changeset) -> Judgement:
    row = _visible_row(command, author, changes)
    if not command.fields.keys() <= APPENDABLE[command.entity]:
        raise Refused("not_allowed")
    is_here = not author.person.is_masked  # who must not know the numbers cannot try them out either
    if is_here and all(name == "phones" and change.new in row.body[name] for name, change in command.fields.items()):
        return Judgement(Answer(command.op_id, Verdict.APPLIED, row.version))
    grown = {name: [*row.body[name], change.new] for name, change in command.fields.items()}
    body = _checked(command, row.version + 1, {**row.body, **grown})
    if "notes" in command.fields:
        _check_notes([command.fields["notes"].new], author)
    if "signal_results" in command.fields and command.fields["signal_results"].new["agent"] != author.person.id:
        raise Refused("not_yours")
    changes.put(replace(row, version=row.version + 1, body=body))
    verdict = Verdict.APPLIED if row.version <= command.base_version else Verdict.MERGED
    return Judgement(Answer(command.op_id, verdict, row.version + 1))


def _reveal(command: Command, author: Author, changes: Changeset) -> Judgement:
    row = _visible_row(command, author, changes)
    said = command.fields.get(REVEALED)
    if said is None or not isinstance(said.old, str) or said.old not in SENSITIVE.get(command.entity, {}):
        raise Refused("bad_field")
    if not isinstance(said.new, str) or not said.new.strip() or len(said.new) > LONGEST_REASON or "\x00" in said.new:
        raise Refused("bad_field")
    reading = Reading(row.id, said.old, said.new)
    return Judgement(Answer(command.op_id, Verdict.APPLIED, row.version), readings=(reading,))


def _require(refusal: ticket_forms.Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal.reason, refusal.faults)


def _check_notes(notes: Sequence[Mapping[str, Any]], author: Author) -> None:
    if any(note["author"] != author.person.id for note in notes):
        raise Refused("not_yours")


def _checked(command: Command, version: int, body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        checked = checked_body(command.entity, command.id, version, body)
    except BadBody as error:
        raise Refused("bad_field") from error
    if command.entity == "customer" and not all(map(_is_number, checked["phones"])):
        raise Refused("bad_field")
    return checked


def _is_number(text: str) -> bool:
    return text.startswith(NUMBER_FORMS) and len(text) <= LONGEST_NUMBER


def _starting_fields(entity: str) -> dict[str, Any]:
    """The fields that a new row has when its author says nothing about them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in _defaults(entity)}


@functools.cache
def _defaults(entity: str) -> tuple[tuple[str, Any], ...]:
    noun = NOUNS[entity]
    return tuple((f.name, f.default) for f in fields(noun) if f.default is not MISSING and f.name != "version")
