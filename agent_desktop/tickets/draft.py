"""The ticket form's content while it is being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_model.ticket import Priority


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """What is typed so far. `key` names the item it belongs to (a call or a customer); one draft a key."""

    key: str
    customer_id: str | None = None
    call_ref: str | None = None
    subject: str = ""
    category: str = ""
    priority: Priority = Priority.NORMAL
    description: str = ""
    saved_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.subject.strip() or self.description.strip() or self.category)


class Lack(StrEnum):
    """Why a field does not yet do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_OFFERED = "not_offered"


SUBJECT_LIMIT = 200
DESCRIPTION_LIMIT = 20_000


def lacks(draft: TicketDraft, categories: frozenset[str]) -> Mapping[str, Lack]:
    """What keeps the draft from being filed, by field name; empty when it can go."""
    found: dict[str, Lack] = {}
    if not draft.subject.strip():
        found["subject"] = Lack.MISSING
    elif len(draft.subject) > SUBJECT_LIMIT:
        found["subject"] = Lack.TOO_LONG
    if not draft.category:
        found["category"] = Lack.MISSING
    elif draft.category not in categories:
        found["category"] = Lack.NOT_OFFERED
    if not draft.description.strip():
        found["description"] = Lack.MISSING
    elif len(draft.description) > DESCRIPTION_LIMIT:
        found["description"] = Lack.TOO_LONG
    return found
