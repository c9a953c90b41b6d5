"""Questions and their keys as authors change them: whole, from what is published, with calls that may be heard."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.moment import to_text
from agent_model.practice import Act, named_in
from agent_model.question import (
    Question,
    QuestionKey,
    QuestionState,
    QuestionWrong,
    SourceKind,
    key_faults,
    question_faults,
)
from agent_model.wire import NOUNS
from agent_server.audit import Deed, fields_of
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.desk_policy import load_policy, policy_of
from agent_server.judging.hearing import may_hear
from agent_server.judging.rules import Outcome, Rules
from agent_server.question_sources import says_something_else
from agent_server.rows import Stored
from agent_server.tables import kept_version

FRESH: Final = {"stale_since": None, "stale_by": None}
NAMES: Final = {Act.OPENED: "article", Act.CATEGORY: "ticket_category", Act.TRANSFERRED: "queue"}
"""What the steps of a practice name, by the noun it is."""


class QuestionRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.look_at("question_key", {command.id for command in commands})

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check(case, body, None)
        decided = {**_signature(case), **await _as_it_stands(case, body)}
        return Outcome(decided, acts=(case.act(Deed.QUESTION_CHANGED),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check(case, body, row.body["call"], is_stale=row.body["state"] == QuestionState.STALE)
        decided = {**_signature(case), **await _as_it_stands(case, body)}
        return Outcome(decided, row.segment, (case.act(Deed.QUESTION_CHANGED, fields_of(taken)),))


class QuestionKeyRules(Rules):
    """A key's question is there before it; one that was stale because its key did not fit any more is asked again."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("question", {command.id for command in commands})

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check_key(case, body)
        await _heal(case)
        return Outcome(_signature(case), acts=(case.act(Deed.QUESTION_CHANGED, "right"),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check_key(case, body)
        await _heal(case)
        return Outcome(_signature(case), row.segment, (case.act(Deed.QUESTION_CHANGED, fields_of(taken)),))


async def _check(case: Case, body: Mapping[str, Any], call_before: Any, *, is_stale: bool = False) -> None:
    """One that `is_stale` may be changed by who has not heard of it: it stays so until somebody says otherwise."""
    question = from_body(Question, case.command.id, 1, body)
    if question.state is QuestionState.STALE and not is_stale:
        raise Refused("not_allowed")
    found = {fault.field: fault.wrong for fault in question_faults(question)}
    await case.changes.look_at("agent", [question.author])
    if case.changes.get("agent", question.author) is None:
        found["author"] = QuestionWrong.UNKNOWN
    for kind in SourceKind:
        ids = [source.id for source in question.sources if source.kind is kind]
        if ids and not await _are_there(case.changes, kind.value, ids):
            found["sources"] = QuestionWrong.UNKNOWN
    if question.call is not None and body["call"] != call_before and not await _may_play(case, question.call.contact):
        found["call"] = QuestionWrong.UNKNOWN
    if found:
        raise Refused("bad_question", {field: wrong.value for field, wrong in found.items()})


async def _are_there(changes: Changeset, entity: str, ids: Sequence[str]) -> bool:
    if entity not in NOUNS:
        return False
    await changes.look_at(entity, ids)
    return all(changes.get(entity, one) is not None for one in ids)


async def _may_play(case: Case, contact_id: str) -> bool:
    """Whether the author may hear the call that everybody who is asked will hear."""
    await case.changes.look_at("contact", [contact_id])
    contact = case.changes.get("contact", contact_id)
    if contact is None or not contact.scopes & case.author.scopes:
        return False
    whose = contact.body["agent"] or ""
    await load_policy(case.changes)
    await case.changes.look_at("agent", [whose])
    return may_hear(policy_of(case.changes), case.person, case.changes.get("agent", whose))


async def _as_it_stands(case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    """Whether it is stale: by its sources, or because its key, which another may have changed meanwhile, does not fit
    it."""
    if body["state"] != QuestionState.ACTIVE:
        return {}
    if (stale := await _stale_by_source(case, body)) is not None:
        return stale
    row_id = case.command.id
    key = case.changes.get("question_key", row_id)
    if key is not None and key_faults(
        from_body(Question, row_id, 1, body), from_body(QuestionKey, row_id, 1, key.body)
    ):
        return _stale(case, row_id)
    return dict(FRESH)


async def _stale_by_source(case: Case, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """A source was published after its author, who may have been offline, wrote this."""
    for source in body["sources"]:
        row = case.changes.get(source["kind"], source["id"])
        if row is not None and row.version > source["version"] and await _is_other(case, row, source["version"]):
            return _stale(case, row.id)
    return None


def _stale(case: Case, by: str) -> dict[str, Any]:
    return {"state": QuestionState.STALE.value, "stale_since": to_text(case.watch.now), "stale_by": by}


async def _heal(case: Case) -> None:
    """The question whose key is what it has to be now, as its sources stand."""
    row = case.changes.get("question", case.command.id)
    if row is None or row.body["state"] != QuestionState.STALE or row.body["stale_by"] != row.id:
        return
    body = {**row.body, "state": QuestionState.ACTIVE.value}
    for source in body["sources"]:
        await case.changes.look_at(source["kind"], [source["id"]])
    decided = await _stale_by_source(case, body) or FRESH
    case.changes.put(replace(row, version=row.version + 1, body={**body, **decided}))


async def _is_other(case: Case, row: Stored, version: int) -> bool:
    """Whether a source says something else than in the version that the author read."""
    kept = kept_version.c
    of_it = (kept.entity == row.entity) & (kept.row_id == row.id) & (kept.version <= version)
    body = await case.changes.connection.scalar(select(kept.body).where(of_it).order_by(kept.version.desc()).limit(1))
    if body is None:
        return _published_at(row) > to_text(case.watch.at)
    return says_something_else(replace(row, body=body), row)


def _published_at(row: Stored) -> str:
    return str(row.body.get("updated_at") or row.body.get("published_at") or "")


async def _check_key(case: Case, body: Mapping[str, Any]) -> None:
    row = case.changes.get("question", case.command.id)
    if row is None:
        raise Refused("unknown_question")
    question = from_body(Question, row.id, row.version, row.body)
    found = {fault.field: fault.wrong for fault in key_faults(question, from_body(QuestionKey, row.id, 1, body))}
    if "right" not in found and question.task is not None and not await _can_be_done(case.changes, body["right"]):
        found["right"] = QuestionWrong.UNKNOWN
    if found:
        raise Refused("bad_question", {field: wrong.value for field, wrong in found.items()})


async def _can_be_done(changes: Changeset, steps: Sequence[str]) -> bool:
    """Whether the articles, categories and queues that the steps of a practice name are there."""
    for act, entity in NAMES.items():
        if (ids := named_in(steps, act)) and not await _are_there(changes, entity, ids):
            return False
    return True


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
