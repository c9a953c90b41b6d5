"""The ticket form's content while it is being written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from agent_model.blank import is_blank
from agent_model.ticket import Priority


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """What is typed so far. `key` names the item it belongs to (a call or a customer); one draft a key.

    `form` is the id of the edition on the screen; `typed` what was typed into its fields, by key, over what they begin
    with; `left` what was typed for fields that are asked no more. Of card numbers they hold the last four characters.
    `facts` are those of call and customer; `faults` why the server refused fields. Nobody keeps these on a disk.

    Of a complaint `source` is the id of the door it came in by (empty: the customer came to us), `source_case` its
    number there, `source_since` when they had it, as typed.
    """

    key: str
    customer_id: str | None = None
    call_ref: str | None = None
    subject: str = ""
    category: str = ""
    priority: Priority = Priority.NORMAL
    description: str = ""
    saved_at: datetime | None = None
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    source_case: str = ""
    source_since: str = ""

    @property
    def is_empty(self) -> bool:
        filled = (self.subject, self.description, self.category, *self.typed.values(), *self.left.values())
        told = (self.source, self.source_case, self.source_since)
        return not any(text.strip() for text in (*filled, *told))

    def with_later(self, later: "TicketDraft") -> "TicketDraft":
        """Both, of one item: what was written later decides, and where both have text, none of it goes."""
        texts = [self.description]
        if later.description.strip() not in self.description:
            texts.append(later.description)
        if later.subject.strip() and self.subject.strip() not in later.subject:
            texts.insert(0, self.subject)
        return replace(
            later,
            subject=later.subject if later.subject.strip() else self.subject,
            description="\n".join(text for text in texts if text.strip()),
            category=later.category or self.category,
            priority=self.priority if later.priority is Priority.NORMAL else later.priority,
            form=later.form or self.form,
            typed={**self.typed, **{key: text for key, text in later.typed.items() if text.strip()}},
            left={**self.left, **later.left},
            source=later.source or self.source,
            source_case=later.source_case or self.source_case,
            source_since=later.source_since or self.source_since,
        )


class Lack(StrEnum):
    """Why a field does not yet do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_OFFERED = "not_offered"
    NOT_PAST = "not_past"
    LEADS_NOWHERE = "leads_nowhere"


SUBJECT_LIMIT = 200
DESCRIPTION_LIMIT = 20_000


def lacks(draft: TicketDraft, categories: frozenset[str], astray: frozenset[str] = frozenset()) -> Mapping[str, Lack]:
    """What keeps the draft from being filed, by field name; empty when it can go. Categories `astray` lead to a queue
    or department that is not there."""
    found: dict[str, Lack] = {}
    if is_blank(draft.subject):
        found["subject"] = Lack.MISSING
    elif len(draft.subject) > SUBJECT_LIMIT:
        found["subject"] = Lack.TOO_LONG
    if not draft.category:
        found["category"] = Lack.MISSING
    elif draft.category not in categories:
        found["category"] = Lack.NOT_OFFERED
    elif draft.category in astray:
        found["category"] = Lack.LEADS_NOWHERE
    if is_blank(draft.description):
        found["description"] = Lack.MISSING
    elif len(draft.description) > DESCRIPTION_LIMIT:
        found["description"] = Lack.TOO_LONG
    return found
