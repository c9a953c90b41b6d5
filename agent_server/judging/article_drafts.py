"""Articles as people write them: who may, and by whose second reading agents get them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from agent_model.article_draft import (
    AT_ONCE,
    MOVES,
    RELEASED,
    TEXT,
    ArticleDraft,
    DraftState,
    DraftWrong,
    faults,
    guide_of,
    may_release,
    may_write,
)
from agent_model.article_policy import SITE, ArticlePolicy, is_policy
from agent_model.body import from_body
from agent_model.command import Command
from agent_model.moment import from_text, to_text
from agent_server.articles import article_policy, keep_in_step, load_articles, publish, review_due, withdraw
from agent_server.audit import Act, Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

NAMED: Final = {"product": "product", "queue": "queue", "owner": "agent"}
"""Fields that name a row of the company."""
READ: Final = frozenset({DraftState.PUBLISHED, DraftState.EXPIRED})


class ArticleDraftRules(Rules):
    """The article that agents read is a row of its own, written in the transaction that publishes it."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await load_articles(changes, [command.id for command in commands])

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        """Of an article that agents have, without a changed word, it is as published as that."""
        await _check(case, body)
        steps = {"guide": guide_of(from_body(ArticleDraft, case.command.id, 0, body))}
        body = {**body, **steps}
        live = case.changes.get("article", case.command.id)
        owner = None if live is None else live.body["owner"]
        if live is not None and not may_write(case.person.role, case.person.id, None, owner):
            raise Refused("not_your_article")
        start = {
            **steps,
            "author": case.person.id,
            "writers": [case.person.id],
            "written_in": 1,
            "is_live": live is not None,
            "published_at": None if live is None else live.body["updated_at"],
            **_signature(case),
        }
        if live is not None and _says_the_same(body, live):
            same = {"state": DraftState.PUBLISHED.value, "writers": [], "based_on": live.body["updated_at"]}
            return Outcome({**start, **same, "publish_at": None})
        wanted = DraftState(body["state"])
        if live is not None and wanted is DraftState.PUBLISHED:
            return Outcome({**start, "state": DraftState.DRAFT.value})  # it was taken up from an earlier text
        decided, acts = await _moved(case, None, wanted, {**body, **start})
        return Outcome({**start, **decided}, acts=acts)

    def check_fields(self, case: Case, row: Stored) -> None:
        wanted = case.command.fields.keys()
        is_owned = may_write(case.person.role, case.person.id, row.body["author"], row.body["owner"])
        state = case.command.fields.get("state")
        if not is_owned and (
            wanted & {*TEXT, *AT_ONCE, "checked_at"} or (state is not None and state.new == DraftState.WITHDRAWN)
        ):
            raise Refused("not_your_article")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check(case, body)
        live = case.changes.get("article", row.id)
        was, now = DraftState(row.body["state"]), DraftState(body["state"])
        decided: dict[str, Any] = dict(_signature(case))
        if "checked_at" in taken:
            decided["checked_at"] = min(body["checked_at"] or decided["changed_at"], decided["changed_at"])
        self._in_step(case, row.id, taken, {**body, **decided})
        if taken.keys() & {"kind", "body", "guide"}:
            decided["guide"] = guide_of(from_body(ArticleDraft, row.id, 0, body))
            body = {**body, "guide": decided["guide"]}
        if taken.keys() & set(TEXT):
            if live is not None and _says_the_same(body, live):
                same = {"state": DraftState.PUBLISHED.value, "writers": [], "based_on": live.body["updated_at"]}
                return Outcome({**decided, **same, "publish_at": None, "note": ""}, row.segment)
            earlier = [] if was in READ else row.body["writers"]
            decided |= {
                "writers": [*(one for one in earlier if one != case.person.id), case.person.id],
                "written_in": row.version + 1,
            }
            if "state" not in taken and was is not DraftState.DRAFT:
                return Outcome({**decided, "state": DraftState.DRAFT.value, "publish_at": None}, row.segment)
        acts: tuple[Act, ...] = ()
        if "state" in taken or (now is DraftState.SCHEDULED and "publish_at" in taken):
            moved, acts = await _moved(case, row, now, {**body, **decided})
            decided |= moved
        return Outcome(decided, row.segment, acts)

    def _in_step(self, case: Case, row_id: str, taken: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        if "owner" in taken:
            keep_in_step(case.changes, row_id, {"owner": body["owner"]})
        if taken.keys() & {"review_days", "checked_at"}:
            draft = from_body(ArticleDraft, row_id, 0, body)
            last = max(filter(None, (draft.checked_at, draft.published_at)), default=case.watch.now)
            keep_in_step(case.changes, row_id, {"review_due": review_due(case.changes, draft, last)})


class ArticlePolicyRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        if case.command.id != SITE:
            raise Refused("bad_field")
        return _decided_policy(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return _decided_policy(case, body)


async def _moved(
    case: Case, row: Stored | None, now: DraftState, body: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Act, ...]]:
    """What the move makes of the draft's fields, and the lines of the audit. `row` is as it was, None for a new one."""
    was = DraftState.DRAFT if row is None else DraftState(row.body["state"])
    if now is not was and now not in MOVES[was]:
        raise Refused("no_such_move")
    if now is DraftState.WITHDRAWN:
        return await withdraw(case.changes, case.command.id, case.watch.now), (case.act(Deed.ARTICLE_WITHDRAWN),)
    if now not in RELEASED:
        return {"publish_at": None}, ()
    _require_release(case, was, row, body)
    if now is DraftState.SCHEDULED and from_text(body["publish_at"]) > case.watch.now:
        return {"reviewer": case.person.id}, (case.act(Deed.ARTICLE_PUBLISHED, "publish_at", body["publish_at"]),)
    decided = await publish(case.changes, case.command.id, body, case.person.id, case.watch.now)
    return decided, (case.act(Deed.ARTICLE_PUBLISHED),)


def _require_release(case: Case, was: DraftState, row: Stored | None, body: Mapping[str, Any]) -> None:
    """Refuses what nobody has read as it stands, or what only its own author has."""
    draft = from_body(ArticleDraft, case.command.id, 0, {**body, "state": was.value})
    if not may_release(draft, case.person.id, needs_second=article_policy(case.changes).needs_second):
        raise Refused("own_article" if case.person.id in draft.writers else "not_reviewed")
    if row is not None and case.command.base_version < row.body["written_in"] and _by_another(row, case.person.id):
        raise Refused("draft_moved")
    live = case.changes.get("article", case.command.id)
    if live is not None and body["based_on"] != live.body["updated_at"]:
        raise Refused("article_moved")


def _by_another(row: Stored, person: str) -> bool:
    """Whether somebody else wrote in it last."""
    writers: list[str] = row.body["writers"]
    return bool(writers) and writers[-1] != person


async def _check(case: Case, body: Mapping[str, Any]) -> None:
    draft = from_body(ArticleDraft, case.command.id, 0, body)
    found = {fault.field: fault.wrong.value for fault in faults(draft)}
    for field, entity in NAMED.items():
        named = body[field]
        if named is None or field in found:
            continue
        await case.changes.look_at(entity, [named])
        if case.changes.get(entity, named) is None:
            found[field] = DraftWrong.UNKNOWN.value
    if found:
        raise Refused("bad_article", found)


def _says_the_same(body: Mapping[str, Any], live: Stored) -> bool:
    return all(body[name] == live.body[name] for name in TEXT)


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}


def _decided_policy(case: Case, body: Mapping[str, Any]) -> Outcome:
    if not is_policy(from_body(ArticlePolicy, SITE, 1, body)):
        raise Refused("bad_field")
    return Outcome(_signature(case), acts=(case.act(Deed.POLICY_CHANGED, "article_policy"),))
