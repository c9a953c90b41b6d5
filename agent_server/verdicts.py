"""Judges one command against the rows as they stand: what it changes, and what its author is told.

What holds for every noun is here; what one noun allows is said by its rules (`judging`).
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import datetime
from typing import Any, Final

from agent_model.clock_reckoning import CLOCK_TOLERANCE
from agent_model.clock_watch import Policies, Watch
from agent_model.command import Answer, Command, CommandKind, FieldChange, Verdict
from agent_model.moment import from_text, to_text
from agent_model.secret import IN_TEXTS, Secret
from agent_model.wire import NOUNS
from agent_server.audit import LONGEST_REASON, Deed
from agent_server.changeset import Changeset
from agent_server.judging.abusive_calls import AbusiveCallRules
from agent_server.judging.after_call import QueueRules
from agent_server.judging.alert_rules import AlertRuleRules
from agent_server.judging.announcements import AnnouncementRules, ReceiptRules
from agent_server.judging.article_drafts import ArticleDraftRules, ArticlePolicyRules
from agent_server.judging.article_feedback import ArticleFeedbackRules
from agent_server.judging.assignments import AssignmentRules
from agent_server.judging.attempts import AttemptRules
from agent_server.judging.break_reasons import BreakReasonRules
from agent_server.judging.care_policy import CarePolicyRules
from agent_server.judging.case import Author, Case, Clash, Judgement, Refused
from agent_server.judging.compensations import CompensationRules
from agent_server.judging.contacts import ContactRules
from agent_server.judging.course_rules import CourseRuleRules
from agent_server.judging.customer_forms import CustomerFormRules
from agent_server.judging.customer_merges import CustomerMergeRules
from agent_server.judging.customer_relations import CustomerRelationRules
from agent_server.judging.customers import CustomerRules
from agent_server.judging.desk_policy import DeskPolicyRules, load_policy, policy_of
from agent_server.judging.dispositions import DispositionRules
from agent_server.judging.exports import ExportRules
from agent_server.judging.floor_policy import FloorPolicyRules
from agent_server.judging.follow_ups import FollowUpPlanRules, FollowUpRules
from agent_server.judging.gap_decisions import GapDecisionRules
from agent_server.judging.hearing import HEARD, heard
from agent_server.judging.identity import IdentityRuleRules
from agent_server.judging.list_views import ListViewRules
from agent_server.judging.macros import MacroRules
from agent_server.judging.number_ranges import NumberRangeRules
from agent_server.judging.questions import QuestionKeyRules, QuestionRules
from agent_server.judging.quizzes import CourseRules, QuizRules
from agent_server.judging.rules import Rules
from agent_server.judging.search_batches import SearchBatchRules
from agent_server.judging.signal_rules import SignalRuleRules
from agent_server.judging.synonyms import SynonymRules
from agent_server.judging.ticket_forms import FormRules
from agent_server.judging.tickets import TicketRules
from agent_server.rights import APPENDABLE, SERVER_DECIDES, is_changeable, is_own_field, may_command
from agent_server.rows import BadBody, Stored, checked_body, known_fields
from agent_server.sight import as_told, hides, is_sensitive, rewritten, without_secrets
from agent_server.tables import INNER

RULES: Final[Mapping[str, Rules]] = {
    "abusive_call": AbusiveCallRules(),
    "care_policy": CarePolicyRules(),
    "alert_rule": AlertRuleRules(),
    "announcement": AnnouncementRules(),
    "announcement_receipt": ReceiptRules(),
    "assignment": AssignmentRules(),
    "attempt": AttemptRules(),
    "course": CourseRules(),
    "course_rule": CourseRuleRules(),
    "question": QuestionRules(),
    "question_key": QuestionKeyRules(),
    "quiz": QuizRules(),
    "article_feedback": ArticleFeedbackRules(),
    "article_draft": ArticleDraftRules(),
    "article_policy": ArticlePolicyRules(),
    "break_reason": BreakReasonRules(),
    "compensation": CompensationRules(),
    "contact": ContactRules(),
    "customer": CustomerRules(),
    "identity_rule": IdentityRuleRules(),
    "number_range": NumberRangeRules(),
    "floor_policy": FloorPolicyRules(),
    "follow_up": FollowUpRules(),
    "follow_up_plan": FollowUpPlanRules(),
    "desk_policy": DeskPolicyRules(),
    "export": ExportRules(),
    "gap_decision": GapDecisionRules(),
    "list_view": ListViewRules(),
    "customer_form": CustomerFormRules(),
    "customer_merge": CustomerMergeRules(),
    "customer_relation": CustomerRelationRules(),
    "macro": MacroRules(),
    "queue": QueueRules(),
    "search_batch": SearchBatchRules(),
    "signal_rule": SignalRuleRules(),
    "synonym": SynonymRules(),
    "ticket": TicketRules(),
    "ticket_form": FormRules(),
    "wrap_up_code": DispositionRules(),
}
"""Of every noun that somebody may command."""

REVEALED, COPIED = "revealed", "copied"
WRITTEN: Final = frozenset({"created_at", "asked_at"})
"""When somebody wrote a row, by their own clock."""
AT_WRITTEN: Final = frozenset({"abusive_call", "article_feedback", "gap_decision", "search_batch"})
"""Nouns whose `at` is such a moment."""
PLACES: Final = frozenset({"customer", "ticket"})
"""Where on the screen something was copied."""


async def load_rows(changes: Changeset, commands: Sequence[Command]) -> None:
    """Bring in what a batch is judged by."""
    by_entity: dict[str, list[Command]] = defaultdict(list)
    for command in commands:
        if command.entity in NOUNS:
            by_entity[command.entity].append(command)
    for entity in sorted(by_entity):
        await changes.load(entity, {command.id for command in by_entity[entity]})
    for entity in sorted(by_entity.keys() & RULES.keys()):
        await RULES[entity].load(by_entity[entity], changes)


async def judge(command: Command, author: Author, changes: Changeset, now: datetime, policies: Policies) -> Judgement:
    """Apply a command to the changeset, or leave it untouched and say why."""
    case = Case(command, author, changes, Watch.for_act(policies, now, command.occurred_at))
    try:
        _check_author(case)
        match command.kind:
            case CommandKind.CREATE:
                return _as_may_be_told(await _create(case), case)
            case CommandKind.UPDATE:
                return _as_may_be_told(await _update(case), case)
            case CommandKind.APPEND:
                return _as_may_be_told(await _append(case), case)
            case CommandKind.REVEAL:
                return await _revealed(case)
    except Refused as refused:
        answer = Answer(command.op_id, Verdict.REJECTED, reason=refused.reason, faults=refused.faults)
        return Judgement(answer)


def _check_author(case: Case) -> None:
    command = case.command
    case.require_author(command.author)
    if command.entity not in NOUNS:
        raise Refused("unknown_entity")
    if command.entity not in RULES or not may_command(case.person.role, command.entity, command.kind):
        raise Refused("not_allowed")
    known = {REVEALED, COPIED, HEARD} if command.kind is CommandKind.REVEAL else known_fields(command.entity)
    unknown = command.fields.keys() - known
    if not all(is_own_field(command.entity, name) for name in unknown):
        raise Refused("unknown_field")


async def _create(case: Case) -> Judgement:
    command = case.command
    entity = command.entity
    if (there := case.changes.get(entity, command.id)) is not None:
        if RULES[entity].is_made(case, there):
            return Judgement(Answer(command.op_id, Verdict.APPLIED, there.version))
        raise Refused("id_taken")
    wanted = {name: change.new for name, change in command.fields.items()}
    start = _starting_fields(entity)
    if any(wanted[name] != start.get(name) for name in SERVER_DECIDES[entity] & wanted.keys()):
        raise Refused("not_allowed")
    written = WRITTEN | {"at"} if entity in AT_WRITTEN else WRITTEN
    moments = {name: wanted[name] for name in written & wanted.keys()}
    mended = {name: now for name, told in moments.items() if (now := _by_now(told, case)) != told}
    body = _checked(command, 1, {**start, **wanted, **mended})
    outcome = await RULES[entity].begin(case, body)
    decided = {**mended, **outcome.decided}
    case.changes.put(Stored(entity, command.id, 1, {**body, **decided}, outcome.segment, _devices(case, wanted)))
    return Judgement(Answer(command.op_id, Verdict.APPLIED, 1, changed=decided), acts=outcome.acts)


def _by_now(told: Any, case: Case) -> Any:
    """When something was done, by a clock that may be ahead: then it was done now."""
    if not isinstance(told, str):
        return told
    try:
        return to_text(case.watch.now) if from_text(told) > case.watch.now + CLOCK_TOLERANCE else told
    except (ValueError, OverflowError):
        return told


def _devices(case: Case, written: Iterable[str]) -> dict[str, str]:
    """Whose device wrote these fields, where the noun keeps that."""
    is_kept = "field_devices" in INNER.get(case.command.entity, ())
    return dict.fromkeys(written, case.author.device_id) if is_kept else {}


async def _update(case: Case) -> Judgement:
    command = case.command
    row = _visible_row(case)
    if not all(is_changeable(command.entity, name) for name in command.fields):
        raise Refused("not_allowed")
    hidden = case.person.hidden
    if any(row.body.get(name) and is_sensitive(command.entity, name, hidden) for name in command.fields):
        raise Refused("not_allowed")  # a clash would answer with what they may not see
    rules = RULES[command.entity]
    rules.check_fields(case, row)
    if case.person.is_masked and hides(command.entity):
        command = _written_over(command, row, case.person.hidden)
    taken, clashes = _merge(command, row, case.author.device_id, rules)
    if not taken:
        return Judgement(_merged_answer(command, row, clashes, {}), clashes)
    body = _checked(command, row.version + 1, {**row.body, **taken})
    outcome = await rules.change(case, row, taken, body)
    devices = {**row.field_devices, **_devices(case, taken)}
    changed = Stored(row.entity, row.id, row.version + 1, {**body, **outcome.decided}, outcome.segment, devices)
    case.changes.put(changed)
    answer = _merged_answer(command, row, clashes, outcome.decided)
    return Judgement(replace(answer, version=changed.version), clashes, outcome.acts)


def _written_over(command: Command, row: Stored, hidden: frozenset[Secret]) -> Command:
    """What a masked person wrote over a text in which something was hidden from them: it stands whole again."""
    seen, changes = without_secrets(row.body, hidden, row.names), dict(command.fields)
    for name, change in command.fields.items():
        whole = row.body.get(name)
        old = whole if change.old == seen.get(name) else change.old
        changes[name] = FieldChange(old, rewritten(change.new, whole, name, hidden, row.names))
    return replace(command, fields=changes)


def _as_may_be_told(judgement: Judgement, case: Case) -> Judgement:
    """Texts of others come back with an answer; a masked person has them as they see them everywhere."""
    if not case.person.is_masked:
        return judgement
    row = case.changes.get(case.command.entity, case.command.id)
    names = () if row is None else row.names
    changed = as_told(case.command.entity, judgement.answer.changed, case.person.hidden, names)
    told = replace(judgement.answer, changed=changed)
    return replace(judgement, answer=told)


def _visible_row(case: Case) -> Stored:
    row = case.changes.get(case.command.entity, case.command.id)
    if row is None or not row.scopes & case.author.scopes:
        raise Refused("unknown_row")
    return row


def _merge(command: Command, row: Stored, device_id: str, rules: Rules) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """Field by field: untouched since the author looked, or last written by the same device, is taken."""
    taken: dict[str, Any] = {}
    clashes = []
    for name, change in command.fields.items():
        current = row.body.get(name)
        if name in rules.followers or current == change.new:
            continue
        if name in rules.sets:
            if (joined := _joined(current, change)) != current:
                taken[name] = joined
        elif current == change.old or row.field_devices.get(name) == device_id:
            taken[name] = change.new
        else:
            clashes.append(Clash(name, change.old, change.new, current))
    taken |= {
        name: command.fields[name].new
        for name, leader in rules.followers.items()
        if leader in taken and name in command.fields
    }
    return taken, tuple(clashes)


def _joined(current: Any, change: FieldChange) -> Any:
    """A set with what somebody added and without what they took away."""
    old, new = change.old, change.new
    if not isinstance(new, list):
        return new
    seen = old if isinstance(old, list) else []
    kept = [one for one in current if one in new or one not in seen]
    return [*kept, *(one for one in new if one not in seen and one not in kept)]


def _merged_answer(command: Command, row: Stored, clashes: tuple[Clash, ...], decided: Mapping[str, Any]) -> Answer:
    changed = dict(decided) | {clash.field: clash.theirs for clash in clashes}
    if clashes:
        verdict = Verdict.CONFLICT
    elif row.version > command.base_version:
        verdict = Verdict.MERGED
    else:
        verdict = Verdict.APPLIED
    return Answer(command.op_id, verdict, row.version, changed=changed)


async def _append(case: Case) -> Judgement:
    command = case.command
    row = _visible_row(case)
    if not command.fields.keys() <= APPENDABLE.get(command.entity, frozenset()):
        raise Refused("not_allowed")
    rules = RULES[command.entity]
    if rules.is_there(case, row):
        return Judgement(Answer(command.op_id, Verdict.APPLIED, row.version))
    added = {name: _done_by_now(change.new, case) for name, change in command.fields.items()}
    grown = {name: [*row.body[name], one] for name, one in added.items()}
    body = _checked(command, row.version + 1, {**row.body, **grown})
    outcome = await rules.append(case, row, body)
    devices = {**row.field_devices, **_devices(case, outcome.moved)}
    changed = replace(row, version=row.version + 1, body={**body, **outcome.decided}, field_devices=devices)
    case.changes.put(changed)
    verdict = Verdict.APPLIED if row.version <= command.base_version else Verdict.MERGED
    mended = {name: body[name] for name, change in command.fields.items() if added[name] != change.new}
    told = {**mended, **outcome.decided}
    return Judgement(Answer(command.op_id, verdict, changed.version, changed=told), acts=outcome.acts)


def _done_by_now(added: Any, case: Case) -> Any:
    return {**added, "at": _by_now(added["at"], case)} if isinstance(added, dict) and "at" in added else added


async def _revealed(case: Case) -> Judgement:
    """What of a row was looked at, copied or listened to."""
    if HEARD in case.command.fields:
        return await heard(case, _visible_row(case))
    return await _copied(case) if COPIED in case.command.fields else _reveal(case)


def _reveal(case: Case) -> Judgement:
    command = case.command
    row = _visible_row(case)
    said = command.fields.get(REVEALED)
    if (
        said is None
        or not isinstance(said.old, str)
        or not is_sensitive(command.entity, said.old, IN_TEXTS | case.person.hidden)
    ):
        raise Refused("bad_field")
    if not isinstance(said.new, str) or not said.new.strip() or len(said.new) > LONGEST_REASON or "\x00" in said.new:
        raise Refused("bad_field")
    answer = Answer(command.op_id, Verdict.APPLIED, row.version)
    return Judgement(answer, acts=(case.act(Deed.REVEALED, said.old, said.new),))


async def _copied(case: Case) -> Judgement:
    """It is on the clipboard already: what was not allowed is told, not refused."""
    command = case.command
    row = _visible_row(case)
    said = command.fields[COPIED]
    kinds = said.old.split(",") if isinstance(said.old, str) else []
    if not kinds or not set(kinds) <= IN_TEXTS or len(set(kinds)) != len(kinds) or command.fields.keys() != {COPIED}:
        raise Refused("bad_field")
    if not isinstance(said.new, str) or said.new not in PLACES:
        raise Refused("bad_field")
    await load_policy(case.changes)
    is_allowed = case.person.role in policy_of(case.changes).copies
    deed = Deed.COPIED if is_allowed else Deed.COPIED_UNALLOWED
    return Judgement(Answer(command.op_id, Verdict.APPLIED, row.version), acts=(case.act(deed, said.old, said.new),))


def _checked(command: Command, version: int, body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return checked_body(command.entity, command.id, version, body)
    except BadBody as error:
        raise Refused("bad_field") from error


def _starting_fields(entity: str) -> dict[str, Any]:
    """The fields that a new row has when its author says nothing about them."""
    plain, lists = _defaults(entity)
    return plain | {name: list(value) for name, value in lists}


@functools.cache
def _defaults(entity: str) -> tuple[dict[str, Any], tuple[tuple[str, tuple[Any, ...]], ...]]:
    """What stands for every row alike, and what each has of its own."""
    given = [(f.name, f.default) for f in fields(NOUNS[entity]) if f.default is not MISSING and f.name != "version"]
    lists = tuple((name, value) for name, value in given if isinstance(value, tuple))
    return {name: value for name, value in given if not isinstance(value, tuple)}, lists
