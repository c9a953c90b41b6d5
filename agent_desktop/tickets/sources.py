"""The door by which a complaint came in, as the ticket's form has it typed and as the ticket keeps it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent_desktop.tickets.draft import Lack, TicketDraft
from agent_model.complaint import LONGEST_CASE_NUMBER, ReceivedFrom
from agent_model.form_value import Locale
from agent_model.past_moment import read_past
from agent_model.ticket import TicketType


def told_source(draft: TicketDraft, type_: TicketType | None, now: datetime, locale: Locale) -> ReceivedFrom | None:
    """None for what is no complaint, or came from the customer."""
    if type_ is not TicketType.COMPLAINT or not draft.source:
        return None
    return ReceivedFrom(draft.source, draft.source_case.strip(), read_past(draft.source_since, now, locale.zone))


def source_lacks(draft: TicketDraft, source: ReceivedFrom | None) -> Mapping[str, Lack]:
    """What keeps what is told of the source from being filed, by field."""
    found: dict[str, Lack] = {}
    if source is None:
        return found
    if len(source.case_number) > LONGEST_CASE_NUMBER:
        found["source_case"] = Lack.TOO_LONG
    if draft.source_since.strip() and source.received_at is None:
        found["source_since"] = Lack.NOT_PAST
    return found


def source_in_words(draft: TicketDraft, type_: TicketType | None, now: datetime, locale: Locale) -> TicketDraft:
    """A draft that nobody will mend: what could not be filed as it was typed stands in its description."""
    faulty = source_lacks(draft, told_source(draft, type_, now, locale))
    typed = {"source_case": draft.source_case, "source_since": draft.source_since}
    told = [draft.source, *(typed[name] for name in faulty)] if faulty else []
    words = "\n".join([draft.description.rstrip(), *told]).strip() if told else draft.description
    empty: dict[str, Any] = dict.fromkeys(faulty, "")
    return replace(draft, description=words, **empty)


def typed_source(source: ReceivedFrom | None, locale: Locale) -> dict[str, Any]:
    """The fields of a draft that tell it again."""
    if source is None:
        return {}
    since = "" if source.received_at is None else typed_moment(source.received_at, locale)
    return {"source": source.source, "source_case": source.case_number, "source_since": since}


def typed_moment(moment: datetime, locale: Locale) -> str:
    """A moment as somebody would type it."""
    return f"{moment.astimezone(locale.zone):%Y-%m-%d %H:%M}"
