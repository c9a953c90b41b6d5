"""Drafts of tickets: written to the disk while the agent types, found again after a crash."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent_desktop.offline.outbox import Draft, Outbox
from agent_desktop.tickets.draft import TicketDraft
from agent_model.ticket import Priority

SAVE_WITHIN_MS = 800
"""The longest that typed text may be on the screen and not on the disk, also during steady typing."""


class Drafts:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy, and then keeps what was there before."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._clock = clock

    def save(self, draft: TicketDraft) -> TicketDraft:
        """The draft as saved, with its moment. An empty draft is dropped."""
        if draft.is_empty:
            self._outbox.drop_draft(draft.key)
            return replace(draft, saved_at=None)
        now = self._clock()
        saved = replace(draft, saved_at=now)
        body = {
            "customer_id": draft.customer_id,
            "call_ref": draft.call_ref,
            "subject": draft.subject,
            "category": draft.category,
            "priority": draft.priority.value,
            "description": draft.description,
            "form": draft.form,
            "typed": dict(draft.typed),
            "left": dict(draft.left),
            "facts": dict(draft.facts),
            "source": draft.source,
            "source_case": draft.source_case,
            "source_since": draft.source_since,
        }
        self._outbox.save_draft(draft.key, body, now)
        return saved

    def of(self, key: str) -> TicketDraft | None:
        found = self._outbox.draft(key)
        return None if found is None else _ticket_draft(found)

    def all(self) -> tuple[TicketDraft, ...]:
        """Every unfinished draft, the latest first."""
        return tuple(_ticket_draft(draft) for draft in self._outbox.drafts())

    def drop(self, key: str) -> None:
        self._outbox.drop_draft(key)


def _ticket_draft(draft: Draft) -> TicketDraft:
    body = draft.body
    return TicketDraft(
        key=draft.key,
        customer_id=body["customer_id"],
        call_ref=body["call_ref"],
        subject=body["subject"],
        category=body["category"],
        priority=Priority(body["priority"]),
        description=body["description"],
        saved_at=draft.saved_at,
        form=body.get("form", ""),
        typed=body.get("typed", {}),
        left=body.get("left", {}),
        facts=body.get("facts", {}),
        source=body.get("source", ""),
        source_case=body.get("source_case", ""),
        source_since=body.get("source_since", ""),
    )
