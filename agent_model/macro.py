"""Macros: texts that are written often, kept once, with placeholders and what they change of a ticket."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.braces import has_stray, named
from agent_model.ticket import CommentKind, Priority, TicketStatus, TicketType
from agent_model.words import Words

LONGEST_CODE: Final = 16
LONGEST_TITLE: Final = 40
LONGEST_TEXT: Final = 4000
MOST_QUEUES: Final = 50


class Placeholder(StrEnum):
    """What may stand in braces in a macro's text. `customer.phone` is filled as it may be shown, never whole."""

    CUSTOMER_NAME = "customer.name"
    CUSTOMER_TITLE = "customer.title"
    CUSTOMER_COMPANY = "customer.company"
    CUSTOMER_PHONE = "customer.phone"
    TICKET_NUMBER = "ticket.number"
    TICKET_SUBJECT = "ticket.subject"
    TICKET_DUE = "ticket.due"
    AGENT_NAME = "agent.name"
    QUEUE_NAME = "queue.name"
    QUEUE_BRAND = "queue.brand"
    TODAY = "today"


PLACEHOLDERS: Final = frozenset(one.value for one in Placeholder)


@dataclass(frozen=True, slots=True)
class Macro:
    """`code` is what is typed for it; `text` is written in Chinese, English or both. It is offered for tickets of its
    `types` and `queues` (none named: of all).

    With a comment on a ticket it brings `status` and `priority` (None: as they are), makes whoever writes the owner
    where `takes`, and says for whom the comment is. The server says who changed it, and when.
    """

    id: str
    code: str
    title: Words
    text: Words
    types: tuple[TicketType, ...] = ()
    queues: tuple[str, ...] = ()
    status: TicketStatus | None = None
    priority: Priority | None = None
    takes: bool = False
    comment: CommentKind | None = None
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def is_for(self, type_: TicketType | None, queue: str | None) -> bool:
        """Whether it is offered there; None: nobody knows yet, which keeps nothing away."""
        return (type_ is None or not self.types or type_ in self.types) and (
            queue is None or not self.queues or queue in self.queues
        )


class MacroWrong(StrEnum):
    """Why a field of a macro does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    BAD_CODE = "bad_code"
    """A code is typed without a space, a slash or a brace."""
    STRAY_BRACE = "stray_brace"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    FORBIDDEN = "forbidden"
    """No macro closes a ticket, or moves it where its flow has no move without a reason."""
    UNKNOWN_QUEUE = "unknown_queue"
    """Only the server says this one."""


@dataclass(frozen=True, slots=True)
class MacroFault:
    """`field` is that of the macro (`text.zh`, `code`); `placeholder` what was named wrongly, if anything."""

    field: str
    wrong: MacroWrong
    placeholder: str = ""


def faults(macro: Macro) -> tuple[MacroFault, ...]:
    """Everything that is wrong with a macro by itself; empty when it may be used."""
    return (
        *_code_faults(macro.code),
        *_title_faults(macro.title),
        *_text_faults(macro.text),
        *((MacroFault("queues", MacroWrong.TOO_MANY),) if len(macro.queues) > MOST_QUEUES else ()),
        *((MacroFault("status", MacroWrong.FORBIDDEN),) if macro.status is TicketStatus.CLOSED else ()),
    )


def _code_faults(code: str) -> Iterator[MacroFault]:
    if not code:
        yield MacroFault("code", MacroWrong.MISSING)
    elif len(code) > LONGEST_CODE:
        yield MacroFault("code", MacroWrong.TOO_LONG)
    elif any(sign.isspace() or sign in "/、{}" for sign in code):
        yield MacroFault("code", MacroWrong.BAD_CODE)


def _title_faults(title: Words) -> Iterator[MacroFault]:
    for language, words in (("zh", title.zh), ("en", title.en)):
        if not words.strip():
            yield MacroFault(f"title.{language}", MacroWrong.MISSING)
        elif len(words) > LONGEST_TITLE:
            yield MacroFault(f"title.{language}", MacroWrong.TOO_LONG)


def _text_faults(text: Words) -> Iterator[MacroFault]:
    if not text.zh.strip() and not text.en.strip():
        yield MacroFault("text.zh", MacroWrong.MISSING)
    for language, words in (("zh", text.zh), ("en", text.en)):
        field = f"text.{language}"
        unknown = next((name for name in named(words) if name not in PLACEHOLDERS), None)
        if len(words) > LONGEST_TEXT:
            yield MacroFault(field, MacroWrong.TOO_LONG)
        elif has_stray(words):
            yield MacroFault(field, MacroWrong.STRAY_BRACE)
        elif unknown is not None:
            yield MacroFault(field, MacroWrong.UNKNOWN_PLACEHOLDER, unknown)
