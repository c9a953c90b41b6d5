"""Rows as the server sends them, made short."""

from typing import Any

from agent_model.wire import Row


def customer_row(id_: str = "C-1", version: int = 1, **fields: Any) -> Row:
    body = {"segment": "home", "name": "王芳", "phones": ["+8613800000001"], "tier": "standard", **fields}
    return Row("customer", id_, version, body)


def contact_row(id_: str, at: str, customer: str = "C-1", version: int = 1, **fields: Any) -> Row:
    body = {"customer_id": customer, "kind": "call_in", "at": at, "title": "宽带", **fields}
    return Row("contact", id_, version, body)


def ticket_row(id_: str, customer: str = "C-1", version: int = 1, **fields: Any) -> Row:
    body = {
        "number": f"TK-{id_}",
        "customer_id": customer,
        "subject": "网络很慢",
        "type": "fault",
        "category": "fault-slow",
        "priority": "normal",
        "status": "new",
        "description": "晚上很慢",
        "queue": "q-home",
        "department": "d-net",
        "created_at": "2026-11-20T10:00:00.000Z",
        "created_by": "A-1001",
        **fields,
    }
    return Row("ticket", id_, version, body)


def category_row(id_: str = "fault-slow", queue: str = "q-home") -> Row:
    body = {"name": {"zh": "慢", "en": "Slow"}, "type": "fault", "queue": queue, "department": "d-net"}
    return Row("ticket_category", id_, 1, body)
