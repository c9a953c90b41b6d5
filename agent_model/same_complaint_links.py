"""What makes tickets one complaint: `same_as`, merging, and links that call them duplicates. Bodies as on the wire."""

from collections.abc import Mapping
from typing import Any

from agent_model.ticket import LinkKind, TicketType


def above(ticket: Mapping[str, Any]) -> list[str]:
    """Whom it follows, then what it went into."""
    return [one for one in (ticket.get("same_as"), ticket.get("merged_into")) if one is not None]


def merged_into(ticket: Mapping[str, Any]) -> list[str]:
    """What went into it."""
    return _linked(ticket, LinkKind.MERGED)


def duplicates(ticket: Mapping[str, Any]) -> list[str]:
    """Those that are the same complaint as this one, as far as they are complaints."""
    return _linked(ticket, LinkKind.DUPLICATE) if is_complaint(ticket) else []


def is_complaint(ticket: Mapping[str, Any]) -> bool:
    return bool(ticket.get("type") == TicketType.COMPLAINT)


def _linked(ticket: Mapping[str, Any], kind: LinkKind) -> list[str]:
    return [link["ticket"] for link in ticket.get("links") or () if link["kind"] == kind]
