"""What a row says over what is there: only what its source changed since it last told is taken, so that what people
wrote here meanwhile stays."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from agent_model.moment import to_text
from agent_model.ticket import Priority, TicketStatus

Prints = Mapping[str, Any]
"""By field the fingerprint of what was told; of a list, one of each of its values."""
LISTS: Final = ("phones", "tags")
NEVER_EMPTY: Final = ("type", "queue", "department", "created_at", "created_by")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who brings the rows, and when."""

    id: str
    now: datetime


def fingerprint(value: Any) -> str:
    return hashlib.blake2b(orjson.dumps(value), digest_size=6).hexdigest()


def prints_of(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [fingerprint(one) for one in value] if isinstance(value, list | tuple) else fingerprint(value)
        for name, value in told.items()
    }


def news(told: Mapping[str, Any], prints: Prints, last: Prints | None, *, is_new: bool) -> dict[str, Any]:
    """The fields that the source changed. What it has never told before changes nothing while it is empty."""
    if is_new:
        return dict(told)
    known = last or {}
    changed = {name: value for name, value in told.items() if prints[name] != known.get(name)}
    return {name: value for name, value in changed.items() if name in known or value not in (None, [])}


def joined(told: Sequence[str], before: Sequence[str], last: Sequence[str]) -> list[str]:
    """What is told now, then what others added here: all that was there and that the source did not tell before."""
    dropped = set(last)
    stays = [one for one in before if one not in told and fingerprint(one) not in dropped]
    return [*told, *stays]


def customer(
    new: Mapping[str, Any], before: Mapping[str, Any] | None, last: Prints | None, by: Writer
) -> dict[str, Any]:
    """The fields of the body that change."""
    body = {name: value for name, value in new.items() if name not in ("id", "value", "note", *LISTS)}
    if before is None:
        body["phones"] = []
    for name in LISTS:
        if name in new:
            body[name] = joined(new[name], (before or {}).get(name, ()), (last or {}).get(name, ()))
    if "value" in new:
        body["value_fen"] = new["value"]
    if body.get("id_number", "") is None and not (before or {}).get("id_number"):
        del body["id_number"]
    notes = (before or {}).get("notes", [])
    if new.get("note") and all(note["text"] != new["note"] for note in notes):
        body["notes"] = [*notes, {"text": new["note"], "author": by.id, "at": to_text(by.now)}]
    return body


def product(
    new: Mapping[str, Any], before: Mapping[str, Any] | None, _last: Prints | None, _by: Writer
) -> dict[str, Any]:
    body = {name: value for name, value in new.items() if name in ("line", "monthly_fen")}
    if "monthly" in new:
        body["monthly_fen"] = new["monthly"]
    named = {language: new[name] for language, name in (("zh", "name"), ("en", "name_en")) if name in new}
    if named:
        body["name"] = {"zh": "", "en": "", **(before or {}).get("name", {}), **named}
    if before is None:
        body.setdefault("monthly_fen", 0)
    return body


def ticket(
    new: Mapping[str, Any], before: Mapping[str, Any] | None, _last: Prints | None, by: Writer
) -> dict[str, Any]:
    """`new` has the customer as `customer_id` and `segment`, and the category's `branch`, where they are told."""
    body = {name: value for name, value in new.items() if name not in ("id", "customer", "customer_phone", "branch")}
    now = to_text(by.now)
    if before is not None:
        body = {name: value for name, value in body.items() if value is not None or name not in NEVER_EMPTY}
        return {**body, "updated_at": now} if any(before.get(name) != value for name, value in body.items()) else {}
    told = {name: value for name, value in body.items() if value is not None}
    starting = {"priority": Priority.NORMAL.value, "status": TicketStatus.NEW.value, "description": "", "due_at": None}
    written = {"number": None, "created_at": now, "created_by": by.id, "updated_at": now}
    return {**new["branch"], **starting, **written, **told}


Bodies = Callable[[Mapping[str, Any], Mapping[str, Any] | None, Prints | None, Writer], dict[str, Any]]
BODIES: Final[Mapping[str, Bodies]] = {"customer": customer, "product": product, "ticket": ticket}
