"""The customer's facts in words: kinds of contact, states of tickets and products."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.choice_words import native_language as native_language
from agent_desktop.ui.choice_words import priority_word as priority_word
from agent_desktop.ui.widgets.parts import Tone
from agent_model.after_call import PolicyBreach
from agent_model.customer import ContactKind, ProductStatus
from agent_model.identity_answer import ProfileFact
from agent_model.ticket import LinkKind, Ticket, TicketStatus

translate = QCoreApplication.translate

CONTACT_ICONS: dict[ContactKind, tuple[str, Tone]] = {
    ContactKind.CALL_IN: ("phone-in", "accent"),
    ContactKind.CALL_OUT: ("phone-out", "accent"),
    ContactKind.CALL_MISSED: ("phone-missed", "bad"),
    ContactKind.EMAIL: ("mail", "neutral"),
    ContactKind.CHAT: ("chat", "neutral"),
    ContactKind.SMS: ("sms", "neutral"),
    ContactKind.SURVEY: ("star", "warn"),
    ContactKind.IDENTITY_CHECK: ("id-check", "neutral"),
    ContactKind.ORDER: ("cart", "neutral"),
    ContactKind.VISIT: ("home", "neutral"),
    ContactKind.NOTE: ("note", "neutral"),
}


def contact_word(kind: ContactKind) -> str:
    match kind:
        case ContactKind.CALL_IN:
            return translate("customer", "Call in")
        case ContactKind.CALL_OUT:
            return translate("customer", "Call out")
        case ContactKind.CALL_MISSED:
            return translate("customer", "Missed call")
        case ContactKind.EMAIL:
            return translate("customer", "E-mail")
        case ContactKind.CHAT:
            return translate("customer", "Chat")
        case ContactKind.SMS:
            return translate("customer", "Text message")
        case ContactKind.SURVEY:
            return translate("customer", "Rating")
        case ContactKind.IDENTITY_CHECK:
            return translate("customer", "Identity check")
        case ContactKind.ORDER:
            return translate("customer", "Order")
        case ContactKind.VISIT:
            return translate("customer", "Visit")
        case ContactKind.NOTE:
            return translate("customer", "Note")


def asked_word(question: str) -> str:
    """What a question of an identity check was about."""
    match question:
        case ProfileFact.NAME:
            return translate("customer", "Name")
        case ProfileFact.COMPANY:
            return translate("customer", "Company")
        case ProfileFact.EMAIL:
            return translate("customer", "E-mail")
        case ProfileFact.REGION:
            return translate("customer", "Region")
        case ProfileFact.SINCE:
            return translate("customer", "Customer since")
        case ProfileFact.PRODUCT:
            return translate("customer", "Product")
        case ProfileFact.OTHER_PHONE:
            return translate("customer", "Another number")
        case ProfileFact.ID_NUMBER:
            return translate("customer", "ID number")
        case ProfileFact.LAST_ORDER:
            return translate("customer", "Last order")
        case _:
            return translate("customer", "PIN")


def status_word(status: TicketStatus) -> tuple[str, Tone]:
    match status:
        case TicketStatus.NEW:
            return translate("customer", "New"), "vio"
        case TicketStatus.IN_PROGRESS:
            return translate("customer", "In progress"), "accent"
        case TicketStatus.WAITING_CUSTOMER:
            return translate("customer", "Waiting for customer"), "warn"
        case TicketStatus.RESOLVED:
            return translate("customer", "Resolved"), "ok"
        case TicketStatus.CLOSED:
            return translate("customer", "Closed"), "neutral"


def product_word(status: ProductStatus) -> tuple[str, Tone]:
    match status:
        case ProductStatus.ACTIVE:
            return translate("customer", "Active"), "ok"
        case ProductStatus.LOW:
            return translate("customer", "Running low"), "warn"
        case ProductStatus.PAUSED:
            return translate("customer", "Paused"), "neutral"
        case ProductStatus.ENDING:
            return translate("customer", "Ending"), "warn"
        case ProductStatus.ENDED:
            return translate("customer", "Ended"), "neutral"


def link_word(kind: LinkKind) -> str:
    match kind:
        case LinkKind.RELATED:
            return translate("customer", "Related")
        case LinkKind.DUPLICATE:
            return translate("customer", "Duplicate")
        case LinkKind.MERGED:
            return translate("customer", "Merged into this one")


def ticket_name(ticket: Ticket) -> str:
    """The server's number, or the beginning of our own id until it has given one."""
    return ticket.number or f"#{ticket.id[-6:]}"


def tenure(since: date | None, today: date) -> str:
    """How long somebody has been a customer."""
    if since is None:
        return NOTHING
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    years, rest = divmod(max(0, months), 12)
    if years and rest:
        return translate("customer", "{years} y {months} m").format(years=years, months=rest)
    if years:
        return translate("customer", "{years} years").format(years=years)
    return translate("customer", "{months} months").format(months=rest)


def breach_word(breach: PolicyBreach) -> str:
    """What of the work after a call was not as its queue wants it."""
    match breach:
        case PolicyBreach.LEFT_EARLY:
            return translate("customer", "left early")
        case PolicyBreach.EXTENDED_TOO_OFTEN:
            return translate("customer", "prolonged too often")
        case PolicyBreach.NO_DISPOSITION:
            return translate("customer", "without a disposition")
