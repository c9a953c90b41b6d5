"""What agents read of articles, as it follows from what editors write: published, read again, taken away."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from agent_model.article_draft import TEXT, ArticleDraft, DraftState
from agent_model.article_policy import SITE, ArticlePolicy
from agent_model.body import from_body
from agent_model.moment import to_text
from agent_server import tables
from agent_server.article_file_rows import hold
from agent_server.changeset import Changeset
from agent_server.rows import Stored, checked_body, is_among


async def load_articles(changes: Changeset, ids: list[str]) -> None:
    """What publishing needs beside the drafts: always after them, so that nobody waits for each other."""
    await changes.load("article", ids)
    await changes.look_at("article_policy", [SITE])


def article_policy(changes: Changeset) -> ArticlePolicy:
    """As it stands in this transaction, loaded before; the default where the company has decided nothing."""
    row = changes.get("article_policy", SITE)
    return ArticlePolicy() if row is None else changes.value(ArticlePolicy, row)


async def publish(
    changes: Changeset, row_id: str, body: Mapping[str, Any], reviewer: str, now: datetime
) -> dict[str, Any]:
    """Agents have the text of this draft from now on; what becomes of the draft's fields."""
    draft = from_body(ArticleDraft, row_id, 0, body)
    live = changes.get("article", row_id)
    at = to_text(now)
    told = {name: body[name] for name in TEXT} | {
        "owner": body["owner"],
        "updated_at": at,
        "review_due": review_due(changes, draft, now),
    }
    kept = (await last_versions(changes, [row_id])).get(row_id, 0)
    if live is not None and not kept:
        changes.keep(live)  # it is from before versions of articles were kept
    version = max(kept, 0 if live is None else live.version) + 1
    whole = checked_body("article", row_id, version, told if live is None else {**live.body, **told})
    changes.put(Stored("article", row_id, version, whole))
    await hold(changes, row_id, "" if live is None else live.body["body"], draft.body, now)
    return {
        "state": DraftState.PUBLISHED.value,
        "publish_at": None,
        "based_on": at,
        "published_at": at,
        "reviewer": reviewer,
        "is_live": True,
        "note": "",
    }


def keep_in_step(changes: Changeset, row_id: str, told: Mapping[str, Any]) -> None:
    """Fields that agents see without a new text."""
    live = changes.get("article", row_id)
    if live is not None and any(live.body[name] != value for name, value in told.items()):
        changes.put(replace(live, version=live.version + 1, body={**live.body, **told}))


async def withdraw(changes: Changeset, row_id: str, now: datetime) -> dict[str, Any]:
    """Agents have it no more; its versions stay, and its number is not given again."""
    live = changes.get("article", row_id)
    if live is not None:
        if (await last_versions(changes, [row_id])).get(row_id, 0) < live.version:
            changes.keep(live)
        changes.delete("article", row_id)
        await hold(changes, row_id, live.body["body"], "", now)
    return {"is_live": False, "publish_at": None, "based_on": None}


def review_due(changes: Changeset, draft: ArticleDraft, read_at: datetime) -> str | None:
    """The day by which an article that was read now is to be read again."""
    due = article_policy(changes).due(draft.category, draft.review_days, read_at.date())
    return None if due is None else due.isoformat()


async def last_versions(changes: Changeset, ids: Collection[str]) -> dict[str, int]:
    """The last version that is kept of each of these articles, also of one that was taken away."""
    kept = tables.kept_version
    is_theirs = (kept.c.entity == "article") & is_among(changes.connection, kept.c.row_id, ids)
    query = select(kept.c.row_id, func.max(kept.c.version).label("last")).where(is_theirs).group_by(kept.c.row_id)
    last = {row.row_id: int(row.last) for row in await changes.connection.execute(query)}
    return last | {row_id: max(one, last.get(row_id, 0)) for row_id, one in changes.kept_now("article").items()}
