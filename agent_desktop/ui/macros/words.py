"""Macros in words: what their placeholders are called and filled with, what they change, and what is wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.words import priority_word, status_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.row_editing.versions import version_words
from agent_model.agent import Agent
from agent_model.customer import Customer
from agent_model.identity_rule import Disclosed
from agent_model.macro import LONGEST_CODE, LONGEST_TEXT, LONGEST_TITLE, Macro, MacroFault, MacroWrong, Placeholder
from agent_model.organisation import Queue
from agent_model.phone_number import DialPlan
from agent_model.ticket import CommentKind, Priority, Ticket, TicketStatus
from agent_model.words import Words

translate = QCoreApplication.translate

FORMS_OF_ADDRESS: Final[Mapping[str, Words]] = {
    "先生": Words("先生", "Mr"),
    "女士": Words("女士", "Ms"),
    "小姐": Words("小姐", "Ms"),
    "老师": Words("老师", ""),
    "博士": Words("博士", "Dr"),
    "教授": Words("教授", "Professor"),
    "mr": Words("先生", "Mr"),
    "ms": Words("女士", "Ms"),
    "mrs": Words("女士", "Mrs"),
    "dr": Words("博士", "Dr"),
}
"""Tags of a customer that say how they are addressed."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is written about; None and empty: not known here. `hidden` is what the caller has not been checked
    for."""

    agent: Agent
    now: datetime
    customer: Customer | None = None
    ticket: Ticket | None = None
    subject: str = ""
    queue: Queue | None = None
    brand: Words | None = None
    hidden: frozenset[Disclosed] = frozenset()


def language_of(macro: Macro, matter: Matter, own: str) -> str:
    """To the customer in their language, among colleagues in one's own; the other where the macro has no such text."""
    is_to_them = macro.comment is not CommentKind.INTERNAL and matter.customer is not None
    wanted = matter.customer.language if is_to_them and matter.customer is not None else own
    is_chinese = wanted.lower().startswith("zh")
    has_it = macro.text.zh.strip() if is_chinese else macro.text.en.strip()
    return ("zh_CN" if is_chinese else "en") if has_it else ("en" if is_chinese else "zh_CN")


def filled_with(matter: Matter, formats: Formats, plan: DialPlan) -> Mapping[str, str]:
    """Words for every placeholder that something is known of, in the language of `formats`. Numbers are masked, as they
    are wherever somebody else may read them."""
    language, customer, ticket = formats.language, matter.customer, matter.ticket
    today = formats.local_date(matter.now)
    said = {
        Placeholder.AGENT_NAME: matter.agent.name.in_language(language),
        Placeholder.QUEUE_NAME: "" if matter.queue is None else matter.queue.name.in_language(language),
        Placeholder.QUEUE_BRAND: "" if matter.brand is None else matter.brand.in_language(language),
        Placeholder.TODAY: formats.day(today, today),
        Placeholder.TICKET_SUBJECT: masking.text(matter.subject if ticket is None else ticket.subject),
    }
    if ticket is not None:
        said[Placeholder.TICKET_NUMBER] = ticket.number or ""
        said[Placeholder.TICKET_DUE] = "" if ticket.due_at is None else _by_when(ticket.due_at, today, formats)
    if customer is not None:
        said |= {
            Placeholder.CUSTOMER_NAME: masking.whole(customer.name),
            Placeholder.CUSTOMER_TITLE: _title(customer, language),
            Placeholder.CUSTOMER_COMPANY: customer.company or "",
            Placeholder.CUSTOMER_PHONE: _phone(customer, matter.hidden, plan),
        }
    return {name.value: words for name, words in said.items() if words.strip()}


def _by_when(moment: datetime, today: date, formats: Formats) -> str:
    return f"{formats.day(formats.local_date(moment), today)} {formats.clock(moment)}"


def _title(customer: Customer, language: str) -> str:
    known = (FORMS_OF_ADDRESS.get(tag.strip().rstrip(".").casefold()) for tag in customer.tags)
    found = next((words for words in known if words is not None), Words("", ""))
    return found.zh if language.lower().startswith("zh") else found.en


def _phone(customer: Customer, hidden: frozenset[Disclosed], plan: DialPlan) -> str:
    if Disclosed.PHONES in hidden or not customer.phones:
        return ""
    return masking.shown(customer.phones[0], plan)


def placeholder_word(placeholder: Placeholder) -> str:
    match placeholder:
        case Placeholder.CUSTOMER_NAME:
            return translate("macros", "Customer: name")
        case Placeholder.CUSTOMER_TITLE:
            return translate("macros", "Customer: form of address")
        case Placeholder.CUSTOMER_COMPANY:
            return translate("macros", "Customer: company")
        case Placeholder.CUSTOMER_PHONE:
            return translate("macros", "Customer: number, masked")
        case Placeholder.TICKET_NUMBER:
            return translate("macros", "Ticket: number")
        case Placeholder.TICKET_SUBJECT:
            return translate("macros", "Ticket: subject")
        case Placeholder.TICKET_DUE:
            return translate("macros", "Ticket: until when it is to be solved")
        case Placeholder.AGENT_NAME:
            return translate("macros", "Agent: name")
        case Placeholder.QUEUE_NAME:
            return translate("macros", "Queue: name")
        case Placeholder.QUEUE_BRAND:
            return translate("macros", "Queue: brand")
        case Placeholder.TODAY:
            return translate("macros", "Today's date")


def brings_words(brings: Mapping[str, str]) -> str:
    """What a comment changes of its ticket, as on the wire, in words."""
    told = []
    if "status" in brings:
        told.append(
            translate("macros", "Status: {status}").format(status=status_word(TicketStatus(brings["status"]))[0])
        )
    if "priority" in brings:
        words = translate("macros", "Priority: {priority}")
        told.append(words.format(priority=priority_word(Priority(brings["priority"]))))
    if "owner" in brings:
        told.append(translate("macros", "Mine"))
    return " · ".join(told)


def macro_field_word(name: str) -> str:
    words = {
        "code": translate("macros", "Code"),
        "title.zh": translate("macros", "Title, Chinese"),
        "title.en": translate("macros", "Title, English"),
        "text.zh": translate("macros", "Text, Chinese"),
        "text.en": translate("macros", "Text, English"),
        "queues": translate("macros", "Queues"),
        "status": translate("macros", "Status"),
    }
    return words.get(name, name)


def explain_macro_fault(fault: MacroFault) -> str:
    """Which field, and what to do about it."""
    return f"{macro_field_word(fault.field)}: {_why(fault)}"


def _why(fault: MacroFault) -> str:
    match fault.wrong:
        case MacroWrong.MISSING:
            return translate("macros", "write it.")
        case MacroWrong.TOO_LONG:
            most = {"code": LONGEST_CODE, "title": LONGEST_TITLE, "text": LONGEST_TEXT}[fault.field.split(".")[0]]
            return translate("macros", "at most {count} characters.").format(count=most)
        case MacroWrong.TOO_MANY:
            return translate("macros", "choose fewer of them, or none for all.")
        case MacroWrong.BAD_CODE:
            return translate("macros", "no spaces, slashes or braces: it is typed after a slash.")
        case MacroWrong.STRAY_BRACE:
            return translate("macros", "a brace stands alone. Braces are only around the name of a placeholder.")
        case MacroWrong.UNKNOWN_PLACEHOLDER:
            words = translate("macros", "there is no placeholder “{name}”. Choose one from the list.")
            return words.format(name=fault.placeholder)
        case MacroWrong.FORBIDDEN:
            return translate("macros", "a macro does not close a ticket, nor move it where that wants a reason.")
        case MacroWrong.UNKNOWN_QUEUE:
            return translate("macros", "one of them is not there any more. Choose again.")


def macro_version_words(macro: Macro, names: Directory, formats: Formats, today: date) -> str:
    """Which version it is, and whose."""
    if macro.version == 0:
        return translate("macros", "New")
    return version_words(macro.version, macro.changed_by, macro.changed_at, names, formats, today)
