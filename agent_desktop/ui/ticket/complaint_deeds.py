"""What can be done about a complaint on its ticket's page, and what is typed for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from agent_desktop.tickets.complaint_sheet import ComplaintSheet
from agent_desktop.tickets.complaints import Complaints
from agent_model.agent import Role
from agent_model.compensation import CompensationState
from agent_model.complaint import DisputeStep, ReceivedFrom, open_dispute
from agent_model.complaint_closing import Hindrance
from agent_model.ticket import TicketStatus

translate = QCoreApplication.translate

SPEAKS = frozenset({Role.DEPARTMENT, Role.TEAM_LEAD, Role.DUTY_MANAGER})


class ComplaintDeed(StrEnum):
    SOURCE = "source"
    DISPUTE = "dispute"
    ACCEPT = "accept"
    DECLINE = "decline"
    DECIDE = "decide"
    COMPENSATE = "compensate"
    GRANT = "grant"
    REFUSE = "refuse"
    LINK = "link"
    PART = "part"
    LET_CLOSE = "let_close"


@dataclass(frozen=True, slots=True)
class ComplaintWish:
    """`text` is the reason or what is said, `choice` an id: a source, a department, a fund, another ticket; `since` is
    when the source had it."""

    deed: ComplaintDeed
    text: str = ""
    choice: str = ""
    amount_fen: int = 0
    since: datetime | None = None


def complaint_deed_word(deed: ComplaintDeed) -> str:
    match deed:
        case ComplaintDeed.SOURCE:
            return translate("complaint", "Source…")
        case ComplaintDeed.DISPUTE:
            return translate("complaint", "Not ours…")
        case ComplaintDeed.ACCEPT:
            return translate("complaint", "It is ours…")
        case ComplaintDeed.DECLINE:
            return translate("complaint", "Not ours either…")
        case ComplaintDeed.DECIDE:
            return translate("complaint", "Decide whose…")
        case ComplaintDeed.COMPENSATE:
            return translate("complaint", "Compensate…")
        case ComplaintDeed.GRANT:
            return translate("complaint", "Grant…")
        case ComplaintDeed.REFUSE:
            return translate("complaint", "Refuse…")
        case ComplaintDeed.LINK:
            return translate("complaint", "It is the same")
        case ComplaintDeed.PART:
            return translate("complaint", "Not the same after all")
        case ComplaintDeed.LET_CLOSE:
            return translate("complaint", "Let it be closed…")


def complaint_deeds(sheet: ComplaintSheet) -> frozenset[ComplaintDeed]:
    """Only what the server will take is shown."""
    if sheet.ticket.status is TicketStatus.CLOSED:
        return frozenset()
    dispute = open_dispute(sheet.ticket.disputes)
    speaks = sheet.role in SPEAKS
    is_answering = dispute is not None and speaks and sheet.department == dispute.department
    given = sheet.given
    is_free = given is None or given.state is CompensationState.REFUSED
    may_decide = given is not None and may_decide_about(sheet)
    return frozenset(
        deed
        for deed, is_possible in {
            ComplaintDeed.SOURCE: True,
            ComplaintDeed.DISPUTE: dispute is None and speaks and sheet.department == sheet.ticket.department,
            ComplaintDeed.ACCEPT: is_answering,
            ComplaintDeed.DECLINE: is_answering,
            ComplaintDeed.DECIDE: dispute is not None and sheet.role is Role.DUTY_MANAGER,
            ComplaintDeed.COMPENSATE: is_free
            and bool(sheet.funds)
            and not sheet.is_part
            and sheet.role is not Role.DEPARTMENT,
            ComplaintDeed.GRANT: may_decide,
            ComplaintDeed.REFUSE: may_decide,
            ComplaintDeed.PART: sheet.ticket.same_as is not None
            and (is_free or sheet.role in (Role.TEAM_LEAD, Role.DUTY_MANAGER)),
            ComplaintDeed.LET_CLOSE: Hindrance.UNREACHED in sheet.standing
            and sheet.role is Role.DUTY_MANAGER
            and sheet.reader not in sheet.handlers,
        }.items()
        if is_possible
    )


def may_decide_about(sheet: ComplaintSheet) -> bool:
    """Whether the reader may grant or refuse what somebody else asked for."""
    given = sheet.given
    if given is None or given.state is not CompensationState.ASKED or given.asked_by == sheet.reader:
        return False
    fund = next((one for one in sheet.funds if one.id == given.fund), None)
    return fund is not None and fund.authority_fen(sheet.role) >= given.amount_fen


def carry_out(wish: ComplaintWish, sheet: ComplaintSheet, complaints: Complaints) -> None:
    """Keeps it on the disk, to be sent; what was typed for it is no draft any more. Raises as `Complaints` does."""
    ticket = sheet.ticket
    match wish.deed:
        case ComplaintDeed.SOURCE:
            complaints.tell_source(ticket.id, ReceivedFrom(wish.choice, wish.text, wish.since))
        case ComplaintDeed.DISPUTE:
            complaints.speak(ticket.id, DisputeStep.DISPUTES, wish.choice, wish.text)
        case ComplaintDeed.ACCEPT:
            complaints.speak(ticket.id, DisputeStep.ACCEPTS, wish.choice, wish.text)
        case ComplaintDeed.DECLINE:
            complaints.speak(ticket.id, DisputeStep.DECLINES, wish.choice, wish.text)
        case ComplaintDeed.DECIDE:
            complaints.speak(ticket.id, DisputeStep.DECIDES, wish.choice, wish.text)
        case ComplaintDeed.COMPENSATE:
            complaints.wish(ticket.id, wish.choice, wish.amount_fen, wish.text)
        case ComplaintDeed.GRANT:
            complaints.decide(wish.choice, is_granted=True, reason=wish.text)
        case ComplaintDeed.REFUSE:
            complaints.decide(wish.choice, is_granted=False, reason=wish.text)
        case ComplaintDeed.LINK:
            other = next(one.ticket for one in sheet.likely if one.ticket.id == wish.choice)
            earlier, later = sorted((ticket, other), key=lambda one: (one.created_at, one.id))
            complaints.lead_by(later.id, earlier.id)
        case ComplaintDeed.PART:
            complaints.lead_by(ticket.id, None)
        case ComplaintDeed.LET_CLOSE:
            complaints.let_close(ticket.id, wish.text)
    complaints.drop(ticket.id)
