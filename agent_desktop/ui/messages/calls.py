"""What became of a call or of a wish for one, in whole sentences: what happened and what to do."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import DiskFull, FolderNotWritable
from agent_desktop.softphone.call import EndReason, TransferPurpose
from agent_desktop.softphone.events import Refusal
from agent_desktop.ui.messages.trouble import explain

translate = QCoreApplication.translate


def explain_end(reason: EndReason, sip_code: int, shown_number: str = "") -> str:
    """Why a call did not come about or broke off. `shown_number` is what the called side was to see."""
    match reason:
        case EndReason.FORBIDDEN if shown_number:
            return translate(
                "messages",
                "The switch does not allow this call, or not with {number}. Choose another number beside the dial "
                "field, or ask your team lead.",
            ).format(number=shown_number)
        case EndReason.BUSY:
            return translate("messages", "The line is busy. Try again in a moment.")
        case EndReason.DECLINED:
            return translate("messages", "The other side turned the call away.")
        case EndReason.NO_ANSWER:
            return translate("messages", "Nobody answered.")
        case EndReason.NOT_FOUND:
            return translate("messages", "This number does not exist. Check the digits.")
        case EndReason.UNREACHABLE:
            return translate("messages", "The number cannot be reached now. Try again later.")
        case EndReason.FORBIDDEN:
            return translate("messages", "Your line may not call this number. Ask your team lead.")
        case EndReason.UNAUTHORISED:
            return translate(
                "messages", "The switch does not accept your line's password. Ask IT to set the password again."
            )
        case EndReason.INCOMPATIBLE:
            return translate(
                "messages",
                "The other telephone and this one have no sound format or encryption in common. "
                "Tell IT which number it was.",
            )
        case EndReason.TRANSFERRED:
            return translate("messages", "The call was transferred.")
        case EndReason.RANG_OUT:
            return translate("messages", "The call rang too long and went back to the queue.")
        case EndReason.DO_NOT_DISTURB:
            return translate("messages", "The call was turned away because you asked not to be disturbed.")
        case EndReason.ANONYMOUS_REJECTED:
            return translate("messages", "The call was turned away because its number was withheld.")
        case EndReason.LINES_BUSY:
            return translate("messages", "The call was turned away because you were in another one.")
        case EndReason.PHONE_CRASHED:
            return translate("messages", "The phone stopped and was started again. The call was cut off; call back.")
        case EndReason.MISSED:
            return translate("messages", "The caller gave up before the call was answered.")
        case EndReason.CANCELLED:
            return translate("messages", "You gave up dialling.")
        case EndReason.ANSWERED_ELSEWHERE:
            return translate("messages", "Somebody else answered the call.")
        case EndReason.HUNG_UP_HERE:
            return translate("messages", "You hung up.")
        case EndReason.HUNG_UP_THERE:
            return translate("messages", "The other side hung up.")
        case EndReason.LOST:
            return translate("messages", "The line broke off: nothing came from the other side any more. Call back.")
        case EndReason.FAILED:
            return translate("messages", "The call failed (SIP {code}). Try again.").format(code=sip_code)


def explain_transfer(to: str, sip_code: int) -> str:
    """Why somebody that a caller was to be brought to, or who was to be asked, was not reached. The caller is held."""
    match sip_code:
        case 486 | 600:
            words = translate("messages", "{who} is busy. The caller is on hold here.")
        case 404 | 410 | 484 | 604:
            words = translate("messages", "{who} does not exist. The caller is on hold here.")
        case 408 | 480 | 487:
            words = translate("messages", "{who} does not answer. The caller is on hold here.")
        case 403 | 603:
            words = translate("messages", "{who} turned it down. The caller is on hold here.")
        case _:
            words = translate("messages", "{who} was not reached ({code}). The caller is on hold here.")
    return words.format(who=to, code=sip_code)


def lost_in_transfer(to: str) -> str:
    """The caller is gone and was not taken there: some exchanges keep nobody whose transfer failed."""
    return translate("messages", "{who} did not take the call, and the caller is gone. Call them back.").format(who=to)


def transferred(purpose: TransferPurpose, to: str) -> str:
    """What became of a call that left this phone."""
    match purpose:
        case TransferPurpose.PERSON:
            return translate("messages", "Transferred to {who}").format(who=to)
        case TransferPurpose.SURVEY:
            return translate("messages", "Invited to the survey")
        case TransferPurpose.PIN_CHECK:
            return translate("messages", "At the PIN check, coming back to you")
        case TransferPurpose.PARK:
            return translate("messages", "Parked")


def explain_refusal(refusal: Refusal) -> str:
    """Why the phone did not do what was asked."""
    match refusal:
        case Refusal.NO_SUCH_CALL:
            return translate("messages", "That call is already over.")
        case Refusal.WRONG_STATE:
            return translate("messages", "That is not possible at this moment of the call.")
        case Refusal.NO_ACCOUNT:
            return translate("messages", "The phone has no account yet. Ask your administrator for an extension.")
        case Refusal.NO_LINE:
            return translate(
                "messages", "The telephone switch cannot be reached now, so nothing was dialled. Try again later."
            )
        case Refusal.TOO_MANY_CALLS:
            return translate("messages", "There are too many calls at once. End one of them first.")
        case Refusal.BAD_NUMBER:
            return translate("messages", "That is not a telephone number. Check what you typed.")
        case Refusal.ENGINE_FAILED:
            return translate("messages", "The phone could not do that. Try again; if it stays so, restart the program.")


def no_such_number(written: str) -> str:
    words = translate("messages", "“{text}” is not a telephone number. Check what you typed.")
    return words.format(text=written.strip()[:40])


def not_now(shown: str, attempts: int, allowed: int | None, again_at: str, *, is_today: bool) -> str:
    """Why a customer is not called now. `allowed` None: it is the hour; `again_at` is a time of today or tomorrow."""
    if allowed is not None:
        return translate(
            "messages", "Called {count} times today; {allowed} are allowed. Try again tomorrow from {time}."
        ).format(count=attempts, allowed=allowed, time=again_at)
    if is_today:
        return translate(
            "messages", "Customers are not called with {number} at this hour. Try again today from {time}."
        ).format(number=shown, time=again_at)
    return translate(
        "messages", "Customers are not called with {number} at this hour. Try again tomorrow from {time}."
    ).format(number=shown, time=again_at)


def explain_link() -> str:
    return translate("messages", "The link that was opened holds no telephone number. Nothing was dialled.")


def explain_closed_link() -> str:
    return translate(
        "messages",
        "Your organisation lets this program open no such links. Nothing was dialled; dial the number yourself.",
    )


def explain_not_recorded(error: Exception) -> str:
    """Why a recording could not begin."""
    match error:
        case DiskFull():
            return translate(
                "messages", "This call is not recorded: the disk is full. Make room on it, then record again."
            )
        case FolderNotWritable():
            return translate(
                "messages", "This call is not recorded: nothing can be written to {path}. Tell your administrator."
            ).format(path=error.path)
        case _:
            return explain(error)


def recording_broke_off() -> str:
    return translate(
        "messages",
        "The recording broke off: its file cannot be written. What was recorded is kept, and the call goes on.",
    )
