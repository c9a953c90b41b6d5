"""The lines of lists: what of a row is sorted, grouped and filtered by, beside the row itself."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from agent_model.customer import ContactKind, Tier
from agent_model.follow_up import FollowUpState
from agent_model.scope import own, queue, team
from agent_model.ticket import Priority, TicketStatus

_PRIORITIES: Final = {priority.value: rank for rank, priority in enumerate(Priority)}
_STATUSES: Final = {status.value: rank for rank, status in enumerate(TicketStatus)}
_TIERS: Final = {tier.value: rank for rank, tier in enumerate(Tier)}
_CALLS: Final = frozenset(kind.value for kind in (ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED))
_OPEN: Final = frozenset(status.value for status in TicketStatus if status.is_open)


def _text(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) and value else None


def _number(body: Mapping[str, Any], name: str) -> float | None:
    value = body.get(name)
    return value if isinstance(value, int | float) else None


def _ticket(body: Mapping[str, Any]) -> tuple[Any, ...]:
    status = _text(body, "status") or ""
    return (
        _text(body, "number"),
        _text(body, "subject"),
        _text(body, "type"),
        _PRIORITIES.get(_text(body, "priority") or ""),
        _STATUSES.get(status),
        int(status in _OPEN),
        _text(body, "queue"),
        _text(body, "owner"),
        _text(body, "due_at"),
        _text(body, "created_at"),
        _text(body, "updated_at") or _text(body, "created_at"),
        _text(body, "customer_id"),
        _text(body, "category"),
    )


def _customer(body: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        _text(body, "name"),
        _text(body, "company"),
        _TIERS.get(_text(body, "tier") or ""),
        _text(body, "region"),
        _text(body, "language"),
        _text(body, "segment"),
        _number(body, "value_fen"),
        _number(body, "satisfaction"),
        _text(body, "since"),
    )


def _call(body: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Of contacts only those are listed that were calls."""
    kind = _text(body, "kind") or ""
    if kind not in _CALLS:
        return None
    return (
        _text(body, "at"),
        kind,
        _text(body, "title"),
        _text(body, "text"),
        _text(body, "customer_id"),
        _text(body, "agent"),
        _text(body, "queue"),
        _text(body, "wrap_up_code"),
        _number(body, "duration_s"),
    )


def holder(body: Mapping[str, Any]) -> str | None:
    """Whose a follow-up is, as the slice that holds it: a person's, else of a queue or team."""
    for name, slice_of in (("owner", own), ("queue", queue), ("team", team)):
        if (held := _text(body, name)) is not None:
            return slice_of(held)
    return None


def wanted(body: Mapping[str, Any]) -> str:
    """When a follow-up is to be done, as text that sorts."""
    return max(_text(body, "due_at") or "", _text(body, "snoozed_until") or "")


def _follow_up(body: Mapping[str, Any]) -> tuple[Any, ...]:
    state = _text(body, "state") or ""
    attempts = body.get("attempts")
    return (
        wanted(body) or None,
        _text(body, "kind"),
        _text(body, "purpose"),
        state,
        int(state == FollowUpState.OPEN.value),
        holder(body),
        _text(body, "customer_id"),
        _text(body, "result"),
        len(attempts) if isinstance(attempts, list) else None,
        _text(body, "created_at"),
    )


LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "ticket": (
        "number", "subject", "type", "priority", "status", "is_open", "queue", "owner", "due", "created", "touched",
        "customer", "category",
    ),
    "contact": ("at", "kind", "title", "text", "customer", "agent", "queue", "wrap_up_code", "duration"),
    "customer": ("name", "company", "tier", "region", "language", "segment", "value", "satisfaction", "since"),
    "follow_up": (
        "due", "kind", "purpose", "state", "is_open", "holder", "customer", "result", "attempts", "created",
    ),
}  # fmt: skip
SEARCHED: Final[Mapping[str, tuple[str, ...]]] = {
    "contact": ("title", "text"),
    "customer": ("name", "company"),
    "ticket": ("number", "subject"),
    "follow_up": ("purpose",),
}
"""Where a text that a list is narrowed by may stand."""
OF_BODY: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[Any, ...] | None]]] = {
    "contact": _call,
    "customer": _customer,
    "follow_up": _follow_up,
    "ticket": _ticket,
}
"""None for a row that is in no list."""


def line_of(table: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    line = OF_BODY[table](body)
    return None if line is None else dict(zip(LINES[table], line, strict=True))
