"""Who was at the other end of a call and what became of it, in a word or two."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.day import OwnCall
from agent_desktop.softphone.call import EndReason
from agent_model.customer import ContactKind
from agent_model.phone_number import DialPlan

translate = QCoreApplication.translate


def party_word(call: OwnCall, plan: DialPlan) -> str:
    """Who was at the other end: a name, else the number as it may be shown."""
    return call.name or masking.shown(call.number, plan) or translate("history", "Number withheld")


def outcome_word(call: OwnCall) -> tuple[str, str]:
    """What became of the call, and the token of its colour: red where somebody waits to be called."""
    is_known = call.ended in tuple(EndReason)
    reason = EndReason(call.ended) if is_known else None
    if reason is EndReason.TRANSFERRED:
        return translate("history", "Transferred"), "accent_text"
    if call.handled_s is not None:
        return _answered(call, reason)
    if call.kind is ContactKind.CALL_OUT:
        return _not_reached(reason), "warn"
    return _not_taken(reason), "bad" if call.is_missed else "sec"


def _answered(call: OwnCall, reason: EndReason | None) -> tuple[str, str]:
    if reason in (EndReason.PHONE_CRASHED, EndReason.FAILED, EndReason.LOST, EndReason.UNREACHABLE):
        return translate("history", "Broke off"), "bad"
    if call.kind is ContactKind.CALL_OUT:
        return translate("history", "Talked"), "text"
    return translate("history", "Answered"), "text"


def _not_reached(reason: EndReason | None) -> str:
    match reason:
        case EndReason.BUSY:
            return translate("history", "Busy")
        case EndReason.DECLINED:
            return translate("history", "Declined there")
        case EndReason.CANCELLED | EndReason.HUNG_UP_HERE:
            return translate("history", "Given up")
        case EndReason.NO_ANSWER:
            return translate("history", "No answer")
        case EndReason.NOT_FOUND:
            return translate("history", "No such number")
        case EndReason.FORBIDDEN | EndReason.UNAUTHORISED:
            return translate("history", "Not allowed")
        case EndReason.UNREACHABLE:
            return translate("history", "Not reachable")
        case _:
            return translate("history", "Not reached")


def _not_taken(reason: EndReason | None) -> str:
    match reason:
        case EndReason.DECLINED:
            return translate("history", "Declined")
        case EndReason.ANSWERED_ELSEWHERE:
            return translate("history", "Answered by somebody else")
        case EndReason.RANG_OUT:
            return translate("history", "Rang out")
        case EndReason.DO_NOT_DISTURB:
            return translate("history", "Turned away: do not disturb")
        case EndReason.ANONYMOUS_REJECTED:
            return translate("history", "Turned away: number withheld")
        case EndReason.LINES_BUSY:
            return translate("history", "Turned away: in another call")
        case _:
            return translate("history", "Missed")
