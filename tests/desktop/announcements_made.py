"""Announcements as the server sends them, made short."""

from typing import Any

from agent_model.announcement import seal
from agent_model.wire import Row

QUESTION = {"text": "How much?", "choices": ["20", "30"], "seal": seal("a-1", "How much?", "30")}


def announcement_row(id_: str = "a-1", version: int = 1, **fields: Any) -> Row:
    audience = {"teams": [], "queues": [], "roles": [], "sites": [], **fields.pop("audience", {})}
    at = fields.pop("at", "2026-11-21T09:00:00.000Z")
    body = {
        "title": "New prices",
        "body": "From noon on it costs **30**.",
        "audience": audience,
        "author": "zhou.min",
        "published_at": at,
        "changed_at": at,
        "changed_by": "zhou.min",
        **fields,
    }
    return Row("announcement", id_, version, body)


def receipt_row(id_: str, announcement: str = "a-1", agent: str = "a-1001", **fields: Any) -> Row:
    at = "2026-11-21T09:10:00.000Z"
    body = {
        "announcement": announcement,
        "edition": 1,
        "agent": agent,
        "delivered_at": at,
        "opened_at": at,
        "read_at": at,
        **fields,
    }
    return Row("announcement_receipt", id_, 1, body)
