"""The rows of files of articles, as they follow from texts that name them and from bytes that come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool

from agent_model.article_file import ArticleFile, FileState, id_of, kind_of, named_in
from agent_model.body import from_body, to_body
from agent_model.desk_policy import SITE, AttachmentRule, DeskPolicy
from agent_model.moment import to_text
from agent_server.article_store import ArticleStore
from agent_server.changeset import Changeset
from agent_server.rows import Stored, checked_body


async def hold(changes: Changeset, article_id: str, before: str, now: str, at: datetime) -> None:
    """The files of an article follow it: agents get those that its text names now, and hold others no more that no
    article of theirs names."""
    was, named = named_in(before), named_in(now)
    ids = sorted(was | named)
    await changes.load("article_file", ids)
    for file_id in ids:
        row = changes.get("article_file", file_id)
        if row is None and file_id not in named:
            continue
        body = to_body(ArticleFile(file_id, added_at=at)) if row is None else dict(row.body)
        others = [one for one in body["named_by"] if one != article_id]
        by = sorted([*others, article_id]) if file_id in named else others
        if row is None or by != body["named_by"]:
            put(changes, row, file_id, {**body, "named_by": by, "is_live": bool(by)})


async def take_in(
    changes: Changeset, store: ArticleStore, plain: bytes, rule: AttachmentRule, by: str | None, at: datetime
) -> str | None:
    """The id of a file that is kept from now on, to be looked through; None for one that no article may have. Raises
    OSError."""
    kind = kind_of(plain)
    if kind is None or not rule.takes(kind) or not 0 < len(plain) <= rule.largest:
        return None
    file_id = id_of(plain)
    await changes.load("article_file", [file_id])
    row = changes.get("article_file", file_id)
    is_new = row is None or row.body["state"] == FileState.COMING
    if is_new or not store.has(file_id):
        await run_in_threadpool(store.put, file_id, plain)
    if is_new:
        body = to_body(ArticleFile(file_id)) if row is None else row.body
        fresh = {"media_type": kind, "size": len(plain), "state": FileState.SCANNING.value}
        put(changes, row, file_id, {**body, **fresh, "added_by": by, "added_at": to_text(at)})
    return file_id


def rule_of(policy: Stored | None) -> AttachmentRule:
    """The company's rule for files, as for those of tickets."""
    return (DeskPolicy() if policy is None else from_body(DeskPolicy, SITE, 1, policy.body)).attachments


def put(changes: Changeset, row: Stored | None, file_id: str, body: Mapping[str, Any]) -> None:
    version = 1 if row is None else row.version + 1
    whole = checked_body("article_file", file_id, version, body)
    changes.put(
        Stored("article_file", file_id, version, whole) if row is None else replace(row, version=version, body=whole)
    )
