"""Every kind of trouble as whole sentences: what happened and what to do. Nothing else in the product holds prose."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import (
    AccountLocked,
    AnswerGarbled,
    CacheDamaged,
    ClientTooOld,
    CursorExpired,
    DeskError,
    DiskFull,
    FolderNotWritable,
    KeyLost,
    KeyringLocked,
    KeyringMissing,
    LeaseOver,
    NotTheLastPassword,
    OutboxDamaged,
    ScopeNotYours,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
    StoreBusy,
    StoreError,
    TooManyAttempts,
    WindowSilent,
    WrongPassword,
)
from agent_desktop.headset.port import NoHeadset, NoLibrary, NotAllowed, Plugged, State
from agent_desktop.softphone.account import RegistrarUnreachable, Registration, RegistrationRefused, Trouble
from agent_desktop.softphone.call import EndReason, TransferPurpose
from agent_desktop.softphone.events import Refusal
from agent_desktop.tickets.draft import Lack
from agent_desktop.ui.hotkeys.keys import CHORDS, Key, NotPossible

translate = QCoreApplication.translate


def explain(error: Exception) -> str:
    """The sentences for any error; one we have no words for is named, so that it can be reported."""
    match error:
        case WrongPassword():
            return translate("messages", "The name or the password is wrong. Check both and try again.")
        case AccountLocked():
            return translate("messages", "This account is locked. Ask your team lead or administrator to unlock it.")
        case TooManyAttempts():
            return translate(
                "messages", "There were too many attempts. Wait {seconds} seconds, then try again."
            ).format(seconds=error.retry_after_s)
        case SignInExpired():
            return translate("messages", "Your sign-in has expired. Enter your password again; nothing was lost.")
        case ClientTooOld():
            return translate(
                "messages", "This version is too old for the server. Install the update; what you wrote is kept."
            )
        case CursorExpired():
            return translate(
                "messages", "The local copy was too old and is being fetched again. You can go on working."
            )
        case ScopeNotYours():
            return translate("messages", "You may no longer see part of this. Ask your team lead if that is a mistake.")
        case ServerUnreachable():
            return translate(
                "messages", "The server {address} does not answer. Check the address and the network, then try again."
            ).format(address=error.address)
        case AnswerGarbled():
            return translate(
                "messages", "{address} does not answer as our server would. Check the address with your administrator."
            ).format(address=error.address)
        case ServerRefused():
            return translate(
                "messages", "The server refused this ({code}). Try again; if it stays so, tell your administrator."
            ).format(code=error.code)
        case DiskFull():
            return translate(
                "messages",
                "The disk is full, so this could not be saved. Make room on it; the text stays on the screen.",
            )
        case CacheDamaged():
            return translate(
                "messages", "The local copy was damaged. It is being fetched again; your own changes are safe."
            )
        case OutboxDamaged():
            return translate(
                "messages",
                "The file of unsent changes is damaged. It was set aside at {path}; call your administrator.",
            ).format(path=error.path)
        case KeyLost():
            return translate(
                "messages",
                "What was kept here cannot be opened any more, for its key is gone. It was set aside at {path} and is "
                "fetched again; unsent changes may be in it, so call your administrator.",
            ).format(path=error.path)
        case LeaseOver():
            return translate(
                "messages",
                "You have been without the server for more than {hours} hours, or this computer's clock was set back. "
                "Sign in when the server answers again; what you saved is kept.",
            ).format(hours=error.lease_h)
        case NotTheLastPassword():
            return translate(
                "messages",
                "The server does not answer, and this is not the password you last signed in with here. "
                "Check it and try again.",
            )
        case StoreBusy():
            return translate("messages", "Another program is using the local data. Close it, then try again.")
        case FolderNotWritable():
            return translate(
                "messages", "Nothing can be written to {path}. Ask your administrator for the right to write there."
            ).format(path=error.path)
        case StoreError():
            return translate(
                "messages", "The local data could not be read ({path}). Start the program again; nothing was deleted."
            ).format(path=error.path)
        case KeyringLocked():
            return translate(
                "messages",
                "The keyring of this computer is locked. Unlock it, or sign in with your password every time.",
            )
        case KeyringMissing():
            return translate(
                "messages", "This computer has no safe place for passwords, so you will be asked each time you start."
            )
        case WindowSilent():
            return translate(
                "messages", "This program is open already and does not answer. End it, then start it again."
            )
        case DeskError():
            return _unnamed(error)
        case _:
            return _unnamed(error)


def _unnamed(error: Exception) -> str:
    return translate(
        "messages", "Something went wrong that we did not expect ({kind}). Your work is kept; please report it."
    ).format(kind=type(error).__name__)


def in_use_elsewhere(hosts: tuple[str, ...]) -> str:
    return translate(
        "messages", "Your line is in use at {hosts} too: calls also ring there. If that is not your telephone, tell IT."
    ).format(hosts=", ".join(hosts))


def explain_registration(registration: Registration) -> str:
    """Why there is no line, and who can do what about it."""
    match registration:
        case RegistrationRefused(code):
            return _explain_refused_line(code)
        case RegistrarUnreachable(code, trouble=trouble):
            return _explain_trouble(trouble, code)
        case _:
            return translate("messages", "The phone has no line. No calls come in until it is registered.")


def _explain_refused_line(code: int) -> str:
    match code:
        case 401 | 407:
            words = translate(
                "messages",
                "The telephone switch does not accept your line's password ({code}), so no calls come in. "
                "Ask IT to set the password again.",
            )
        case 403:
            words = translate(
                "messages",
                "The telephone switch does not let your line in ({code}), so no calls come in. "
                "Ask IT whether your line is locked.",
            )
        case 404:
            words = translate(
                "messages",
                "The telephone switch does not know your line ({code}), so no calls come in. "
                "Ask IT to correct your extension.",
            )
        case _:
            words = translate(
                "messages",
                "The telephone switch refused your line ({code}). No calls come in; call your administrator.",
            )
    return words.format(code=code)


def _explain_trouble(trouble: Trouble, code: int) -> str:
    match trouble:
        case Trouble.NO_ANSWER:
            return translate(
                "messages", "The telephone switch does not answer. No calls come in until the line is back."
            )
        case Trouble.UNKNOWN_HOST:
            return translate(
                "messages",
                "Nobody in this network knows the telephone switch by its name, so no calls come in. "
                "Check the network or the VPN, then tell IT.",
            )
        case Trouble.NO_ROUTE:
            return translate(
                "messages",
                "There is no way from this computer to the telephone switch, so no calls come in. "
                "Check the cable, the Wi-Fi or the VPN.",
            )
        case Trouble.CONNECTION_REFUSED:
            return translate(
                "messages",
                "The telephone switch takes no connections, so no calls come in. "
                "It may just be starting; tell IT if it stays so.",
            )
        case Trouble.CERTIFICATE_EXPIRED:
            return translate(
                "messages",
                "The certificate of the telephone switch is not valid today, so the phone stays away from it. "
                "Check the date of this computer, then tell IT.",
            )
        case Trouble.CERTIFICATE_UNTRUSTED:
            return translate(
                "messages",
                "The certificate of the telephone switch comes from nobody this computer trusts, so the phone stays "
                "away from it. Tell IT.",
            )
        case Trouble.CERTIFICATE_OF_ANOTHER:
            return translate(
                "messages",
                "The telephone switch shows the certificate of another host, so the phone stays away from it. "
                "Tell IT at once.",
            )
        case Trouble.SERVER_FAILURE:
            return translate(
                "messages",
                "The telephone switch has a failure of its own ({code}). No calls come in until that is mended.",
            ).format(code=code)
        case Trouble.PORT_TAKEN:
            return translate(
                "messages",
                "Another program has the phone's port, so no calls come in. "
                "Close other telephone programs; tell IT if it stays so.",
            )
        case Trouble.ACCOUNT_UNUSABLE:
            return translate(
                "messages",
                "Your line cannot be used as it is set up, so no calls come in. "
                "Ask IT to correct its name and its addresses.",
            )


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


def explain_lack(lack: Lack, limit: int = 0) -> str:
    match lack:
        case Lack.MISSING:
            return translate("messages", "This is needed.")
        case Lack.TOO_LONG:
            return translate("messages", "This is too long; {limit} characters are allowed.").format(limit=limit)
        case Lack.NOT_OFFERED:
            return translate("messages", "Choose one from the list.")


def explain_rejection(code: str | None) -> str:
    """Why the server did not take a change, by its stable word."""
    match code:
        case "not_allowed":
            return translate("messages", "You may not make this change. Ask your team lead.")
        case "illegal_status":
            return translate("messages", "The ticket has moved on meanwhile, so this step no longer fits.")
        case "unknown_field" | "unknown_entity" | "unknown_kind":
            return translate("messages", "The server does not know this kind of change. Install the update.")
        case "conflict" | None:
            return translate("messages", "Somebody changed the same thing. Compare both and decide.")
        case _:
            return translate("messages", "The server refused this change ({code}).").format(code=code)


def not_encrypted(address: str) -> str:
    return translate(
        "messages",
        "The connection to {address} is not encrypted: anybody on the way can read it. Ask your administrator for an "
        "address that begins with https.",
    ).format(address=address)


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


def explain_headset(state: State | None) -> tuple[str, str]:
    """(sentence, tone) of the headset's buttons; None while nobody looks for one."""
    match state:
        case None:
            return translate("messages", "For headsets that a telephone maker has made for computers."), "muted"
        case Plugged(name, True):
            return translate("messages", "{name}: buttons and lamps are in use.").format(name=name), "ok"
        case Plugged(name):
            return translate("messages", "{name}: its buttons are in use; it has no lamps.").format(name=name), "ok"
        case NotAllowed(name, path):
            words = translate(
                "messages",
                "{name} is plugged in, but you may not use its buttons ({path}). Ask IT to install the rule "
                "70-agent-desktop-headset.rules into /etc/udev/rules.d, then plug it in again.",
            )
            return words.format(name=name, path=path), "warn"
        case NoLibrary():
            return translate("messages", "This installation cannot reach headsets. Ask IT to install hidapi."), "warn"
        case NoHeadset():
            return translate("messages", "No headset with call buttons is plugged in."), "muted"


def explain_hotkeys(state: tuple[Key, ...] | NotPossible | None) -> tuple[str, str]:
    """(sentence, tone) of the keys of the whole desktop; None while they are off."""
    match state:
        case NotPossible.WAYLAND:
            words = translate(
                "messages", "This desktop (Wayland) gives keys only to the program in front. Use the headset's buttons."
            )
            return words, "warn"
        case NotPossible():
            return translate("messages", "This desktop gives programs no keys of their own."), "warn"
        case tuple() if state:
            taken = ", ".join(CHORDS[key] for key in state)
            words = translate("messages", "Another program has {keys} already. The other keys work.")
            return words.format(keys=taken), "warn"
        case _:
            words = translate("messages", "{answer} answer, {hang_up} hang up, {mute} mute, {hold} hold")
            return words.format(**{key.value: chord for key, chord in CHORDS.items()}), "muted"


def no_microphone() -> str:
    return translate("messages", "No microphone was found. Plug in your headset; callers hear nothing until then.")


def no_speaker() -> str:
    return translate("messages", "No loudspeaker was found. Plug in your headset; you hear nothing until then.")


def microphone_replaced(gone: str, instead: str) -> str:
    words = translate("messages", "“{gone}” was unplugged. Until it is back, callers hear you through “{instead}”.")
    return words.format(gone=gone, instead=instead)


def speaker_replaced(gone: str, instead: str) -> str:
    words = translate("messages", "“{gone}” was unplugged. Until it is back, you hear callers through “{instead}”.")
    return words.format(gone=gone, instead=instead)


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
            return _unnamed(error)


def recording_broke_off() -> str:
    return translate(
        "messages",
        "The recording broke off: its file cannot be written. What was recorded is kept, and the call goes on.",
    )


def phone_lost() -> str:
    return translate("messages", "The phone stopped. It is being started again; calls that were up are cut off.")


def phone_stays_away() -> str:
    return translate("messages", "The phone stopped twice in a row. No calls come in until it is started again.")


def phone_taken() -> str:
    return translate("messages", "Your phone was taken over at another computer. Sign in here again to get it back.")
