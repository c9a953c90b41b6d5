"""What agents tell of articles: once per agent and edition, told to the owner and the editors, who answer it."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from agent_model.article_feedback import VOTES, ArticleFeedback, FeedbackState, faults
from agent_model.body import from_body
from agent_model.moment import to_text
from agent_model.scope import EDITORS
from agent_model.secret import mask
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored
from agent_server.tables import article_feedback

WRITTEN: Final = ("question", "words", "answer")
"""No number, name or address of a customer stays in these, whatever was typed."""


class ArticleFeedbackRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["by"])
        _check(body)
        if body["kind"] in VOTES:
            await _forget_earlier(case, body)
        owner = None
        if body["article"] is not None:
            await case.changes.look_at("article", [body["article"]])
            article = case.changes.get("article", body["article"])
            owner = None if article is None else article.body.get("owner")
        return Outcome({"owner": owner, **_masked(body)})

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if body["kind"] in VOTES or not (EDITORS in case.author.scopes or case.person.id == row.body["owner"]):
            raise Refused("not_allowed")
        _check(body)
        is_open = body["state"] == FeedbackState.OPEN
        if not is_open and not body["answer"].strip() and body["answered_with"] is None:
            raise Refused("bad_feedback", {"answer": "missing"})
        if taken.get("answered_with") is not None:
            await case.changes.look_at("article", [body["answered_with"]])
            if case.changes.get("article", body["answered_with"]) is None:
                raise Refused("bad_feedback", {"answered_with": "unknown"})
        by, at = (None, None) if is_open else (case.person.id, to_text(case.watch.now))
        return Outcome({"answered_by": by, "answered_at": at, **_masked(body)}, row.segment)


def _check(body: Mapping[str, Any]) -> None:
    if found := faults(from_body(ArticleFeedback, "", 0, body)):
        raise Refused("bad_feedback", dict.fromkeys(found, "wrong"))


def _masked(body: Mapping[str, Any]) -> dict[str, Any]:
    """The texts in which something had to be hidden."""
    masked = {name: mask(body[name]) for name in WRITTEN}
    return {name: text for name, text in masked.items() if text != body[name]}


async def _forget_earlier(case: Case, body: Mapping[str, Any]) -> None:
    """A second vote takes the place of the first."""
    table, changes = article_feedback, case.changes
    is_theirs = (table.c.by == body["by"]) & (table.c.article == body["article"]) & table.c.kind.in_(VOTES)
    await changes.load(
        "article_feedback", (await changes.connection.scalars(select(table.c.id).where(is_theirs))).all()
    )
    same = ("by", "article", "edition")
    for row in changes.held("article_feedback"):
        if row.body["kind"] in VOTES and all(row.body[name] == body[name] for name in same):
            changes.delete("article_feedback", row.id)
