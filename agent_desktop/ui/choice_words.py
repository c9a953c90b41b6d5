"""Words for what is chosen everywhere: kinds and priorities of tickets, languages, after-call work."""

from PySide6.QtCore import QCoreApplication, QLocale

from agent_model.after_call import AfterCallMode
from agent_model.ticket import Priority, TicketType

translate = QCoreApplication.translate


def priority_word(priority: Priority) -> str:
    match priority:
        case Priority.LOW:
            return translate("customer", "Low")
        case Priority.NORMAL:
            return translate("customer", "Normal")
        case Priority.HIGH:
            return translate("customer", "High")
        case Priority.URGENT:
            return translate("customer", "Urgent")


def native_language(tag: str) -> str:
    """A language as its speakers call it. Qt takes a plain `en` for American."""
    return "English" if tag.lower().startswith("en") else QLocale(tag).nativeLanguageName()


def type_word(kind: TicketType) -> str:
    """The kind of a ticket."""
    match kind:
        case TicketType.INQUIRY:
            return translate("fields", "Inquiry")
        case TicketType.REQUEST:
            return translate("fields", "Request")
        case TicketType.FAULT:
            return translate("fields", "Fault")
        case TicketType.COMPLAINT:
            return translate("fields", "Complaint")
        case TicketType.SUPPORT:
            return translate("fields", "Support")
        case TicketType.APPOINTMENT:
            return translate("fields", "Appointment")
        case TicketType.SUGGESTION:
            return translate("fields", "Suggestion")
        case TicketType.PRAISE:
            return translate("fields", "Praise")
        case TicketType.LEAD:
            return translate("fields", "Sales lead")
        case TicketType.CHANGE:
            return translate("fields", "Change")


def mode_word(mode: AfterCallMode) -> str:
    """How the work after calls of a queue goes."""
    match mode:
        case AfterCallMode.OPTIONAL:
            return translate("rules", "Only when the agent asks for it")
        case AfterCallMode.MANUAL:
            return translate("rules", "Until the agent ends it")
        case AfterCallMode.TIME_BOXED:
            return translate("rules", "For its time, then ready; may be left earlier")
        case AfterCallMode.NO_EARLY_EXIT:
            return translate("rules", "For its whole time, then ready")
