"""What the strip says: its buttons, why one cannot be used, and the line below the name of whom one talks with."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from agent_desktop.softphone.call import Transfer, TransferPurpose, TransferState
from agent_desktop.ui.messages.calls import explain_transfer
from agent_desktop.ui.strip.buttons import Deed, WhyNot
from agent_desktop.ui.strip.situation import Situation, StripState

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ButtonFace:
    """`keys` is the chord that does the same. `rank`: when room runs out, words of the lowest rank go first; those
    of rank 0 are never shown."""

    icon: str
    rank: int
    kind: str = "plain"
    keys: str = ""


FACES: Mapping[Deed, ButtonFace] = {
    Deed.DIAL: ButtonFace("phone", 9),
    Deed.REDIAL: ButtonFace("phone-out", 3),
    Deed.VOICEMAIL: ButtonFace("voicemail", 8),
    Deed.DO_NOT_DISTURB: ButtonFace("do-not-disturb", 3, keys="Ctrl+Shift+N"),
    Deed.ANSWER: ButtonFace("phone", 9, kind="answer", keys="F9"),
    Deed.DECLINE: ButtonFace("hang-up", 2),
    Deed.DECLINE_MENU: ButtonFace("chevron-down", 0),
    Deed.RECORD: ButtonFace("record", 1, keys="Ctrl+Shift+E"),
    Deed.PAUSE_RECORDING: ButtonFace("record-pause", 1, keys="Ctrl+Shift+E"),
    Deed.RESUME_RECORDING: ButtonFace("record", 1, kind="amber", keys="Ctrl+Shift+E"),
    Deed.STOP_RECORDING: ButtonFace("record-stop", 1),
    Deed.MUTE: ButtonFace("mic", 3, keys="Ctrl+M"),
    Deed.UNMUTE: ButtonFace("mic-off", 3, kind="amber", keys="Ctrl+M"),
    Deed.HOLD: ButtonFace("pause", 4, keys="Ctrl+H"),
    Deed.RETRIEVE: ButtonFace("play", 6, kind="amber", keys="Ctrl+H"),
    Deed.CONSULT: ButtonFace("consult", 4, keys="Ctrl+T"),
    Deed.TRANSFER: ButtonFace("phone-forward", 5, keys="Ctrl+T"),
    Deed.CONFERENCE: ButtonFace("users", 6, keys="Ctrl+Shift+J"),
    Deed.COMPLETE: ButtonFace("phone-forward", 8, kind="primary", keys="Ctrl+Shift+T"),
    Deed.CANCEL_CONSULT: ButtonFace("back-to", 7, keys="Ctrl+H"),
    Deed.SPLIT: ButtonFace("back-to", 7),
    Deed.LEAVE: ButtonFace("sign-off", 8, kind="primary", keys="Ctrl+Shift+L"),
    Deed.KEYPAD: ButtonFace("keypad", 2, keys="Ctrl+D"),
    Deed.HANG_UP: ButtonFace("hang-up", 9, kind="danger", keys="Ctrl+Shift+H"),
    Deed.END_ALL: ButtonFace("hang-up", 9, kind="danger", keys="Ctrl+Shift+H"),
    Deed.SWITCH: ButtonFace("swap", 9, keys="Ctrl+Shift+S"),
    Deed.DROP: ButtonFace("user-minus", 9),
    Deed.CALL_AGAIN: ButtonFace("phone", 9),
    Deed.CLOSE: ButtonFace("close", 9, kind="ghost"),
    Deed.STOP_WAITING: ButtonFace("timer", 9),
    Deed.MORE_TIME: ButtonFace("plus", 8),
    Deed.FINISH: ButtonFace("check", 9, kind="primary"),
    Deed.BACK: ButtonFace("back-to", 9, keys="Esc"),
}

TO_DIAL_FIELD: Mapping[Deed, ButtonFace] = {Deed.DIAL: ButtonFace("keypad", 3, keys="F8")}
"""Where the button leads to the field instead of dialling what stands in it."""


def word(deed: Deed) -> str:
    """What stands on the button, and what it is called where there is room for its icon only."""
    match deed:
        case Deed.DIAL:
            return translate("strip", "Call")
        case Deed.REDIAL:
            return translate("strip", "Redial")
        case Deed.VOICEMAIL:
            return translate("strip", "Voicemail")
        case Deed.DO_NOT_DISTURB:
            return translate("strip", "Do not disturb")
        case Deed.ANSWER:
            return translate("strip", "Answer")
        case Deed.DECLINE:
            return translate("strip", "Decline")
        case Deed.DECLINE_MENU:
            return translate("strip", "Ways to decline")
        case Deed.RECORD:
            return translate("strip", "Record")
        case Deed.PAUSE_RECORDING:
            return translate("strip", "Pause")
        case Deed.RESUME_RECORDING:
            return translate("strip", "Resume")
        case Deed.STOP_RECORDING:
            return translate("strip", "Stop")
        case Deed.MUTE:
            return translate("strip", "Mute")
        case Deed.UNMUTE:
            return translate("strip", "Unmute")
        case Deed.HOLD:
            return translate("strip", "Hold")
        case Deed.RETRIEVE | Deed.CANCEL_CONSULT | Deed.SPLIT:
            return translate("strip", "Retrieve")
        case Deed.CONSULT:
            return translate("strip", "Consult")
        case Deed.TRANSFER | Deed.COMPLETE:
            return translate("strip", "Transfer")
        case Deed.CONFERENCE:
            return translate("strip", "Conference")
        case Deed.LEAVE:
            return translate("strip", "Leave")
        case Deed.KEYPAD:
            return translate("strip", "Keypad")
        case Deed.HANG_UP:
            return translate("strip", "Hang up")
        case Deed.END_ALL:
            return translate("strip", "End for all")
        case Deed.SWITCH:
            return translate("strip", "Switch")
        case Deed.DROP:
            return translate("strip", "Take out")
        case Deed.CALL_AGAIN:
            return translate("strip", "Call again")
        case Deed.CLOSE:
            return translate("strip", "Close")
        case Deed.STOP_WAITING:
            return translate("strip", "Stop waiting")
        case Deed.MORE_TIME:
            return translate("strip", "More time")
        case Deed.FINISH:
            return translate("strip", "Done, ready again")
        case Deed.BACK:
            return translate("strip", "Back")


def spoken(deed: Deed) -> str:
    """What the button is called where nothing has to be short."""
    match deed:
        case Deed.PAUSE_RECORDING:
            return translate("strip", "Pause the recording")
        case Deed.RESUME_RECORDING:
            return translate("strip", "Go on recording")
        case Deed.STOP_RECORDING:
            return translate("strip", "Stop the recording")
        case Deed.DROP:
            return translate("strip", "Take out of the conference")
        case _:
            return word(deed)


def again_word() -> str:
    """On the button that ends a conference, once it was pressed."""
    return translate("strip", "Press again")


def again_sentence() -> str:
    return translate("strip", "Press again to hang up for all three.")


def tip(deed: Deed) -> str:
    """What the button does, where its word alone may not say it."""
    match deed:
        case Deed.CONSULT:
            return translate("strip", "Holds the caller and asks somebody first.")
        case Deed.TRANSFER:
            return translate("strip", "Sends the caller on at once.")
        case Deed.COMPLETE:
            return translate("strip", "Connects both with each other; you leave the call.")
        case Deed.CONFERENCE:
            return translate("strip", "All three hear each other.")
        case Deed.CANCEL_CONSULT:
            return translate("strip", "Ends the question and takes the caller back.")
        case Deed.RETRIEVE:
            return translate("strip", "Takes the caller back.")
        case Deed.SPLIT:
            return translate("strip", "Talks with the caller alone; the other is held.")
        case Deed.LEAVE:
            return translate("strip", "You leave; the other two go on talking.")
        case Deed.END_ALL:
            return translate("strip", "Hangs up for all three. Press twice.")
        case Deed.STOP_WAITING:
            return translate("strip", "The caller does not come back: your after-call work begins.")
        case Deed.BACK:
            return translate("strip", "Back to what was shown before; it goes on meanwhile.")
        case Deed.SWITCH:
            return translate("strip", "Talks with this one and holds the other.")
        case Deed.DO_NOT_DISTURB:
            return translate("strip", "Calls that come in are told that you are busy.")
        case Deed.REDIAL:
            return translate("strip", "Dials the last number once more.")
        case _:
            return ""


def why_not(reason: WhyNot) -> str:
    match reason:
        case WhyNot.NO_NUMBER:
            return translate("strip", "Enter a number first.")
        case WhyNot.NOTHING_DIALLED:
            return translate("strip", "Nothing was dialled yet.")
        case WhyNot.NO_LINE:
            return translate("strip", "The phone has no line. No calls come in until it is registered.")
        case WhyNot.NO_VOICEMAIL_NUMBER:
            return translate("strip", "Nobody has set the number of the voicemail. Ask your administrator.")
        case WhyNot.NOT_ANSWERED:
            return translate("strip", "Possible once the call is answered.")
        case WhyNot.CONSULT_NOT_ANSWERED:
            return translate("strip", "Possible once they answer. Until then you can take the caller back.")
        case WhyNot.ON_HOLD:
            return translate("strip", "The call is on hold. Take it back first.")
        case WhyNot.HELD_THERE:
            return translate("strip", "The other side holds the call. Wait until they take it back.")
        case WhyNot.EXTENDED_ENOUGH:
            return translate("strip", "This queue allows no more time after a call.")
        case WhyNot.TOO_EARLY:
            return translate("strip", "This queue's after-call work lasts its whole time. Use it for the wrap-up.")
        case WhyNot.ENDING:
            return translate("strip", "The call is being ended.")


def purpose_word(purpose: TransferPurpose) -> str:
    match purpose:
        case TransferPurpose.PERSON:
            return translate("strip", "Transfer")
        case TransferPurpose.SURVEY:
            return translate("strip", "Survey")
        case TransferPurpose.PIN_CHECK:
            return translate("strip", "PIN check")
        case TransferPurpose.PARK:
            return translate("strip", "Park")


def news_of(situation: Situation) -> tuple[str, str]:
    """(sentence, tone) of what the agent must know about the call now; empty when it just goes on."""
    main = situation.main
    if main is None:
        return "", ""
    transfer, state = main.call.transfer, situation.state
    match state:
        case StripState.TRANSFER_ASKED | StripState.TRANSFER_RINGING if transfer is not None:
            return _transferring(transfer, main.transfer_to, rings=state is StripState.TRANSFER_RINGING), "accent"
        case StripState.TRANSFER_FAILED if transfer is not None:
            return explain_transfer(main.transfer_to or transfer.to, transfer.sip_code), "bad"
        case StripState.CONSULT_FAILED if main.failed_consult is not None:
            return explain_transfer(main.failed_consult.to, main.failed_consult.end.sip_code), "bad"
        case StripState.CONFERENCE | StripState.CONFERENCE_HELD if situation.consult is not None:
            who = situation.consult.title
            return translate("strip", "In conference with {who}").format(who=who), ""
        case StripState.CONSULT_DIALLING | StripState.CONSULT_RINGING | StripState.CONSULT_TALKING:
            return _consulting(situation)
        case _:
            return "", ""


def _transferring(transfer: Transfer, to: str, *, rings: bool) -> str:
    match transfer.purpose:
        case TransferPurpose.SURVEY:
            return translate("strip", "Going to the survey…")
        case TransferPurpose.PIN_CHECK:
            return translate("strip", "Going to the PIN check…")
        case TransferPurpose.PARK:
            return translate("strip", "Being parked…")
        case TransferPurpose.PERSON if rings:
            return translate("strip", "{who} rings…").format(who=to or transfer.to)
        case TransferPurpose.PERSON:
            return translate("strip", "Transferring to {who}…").format(who=to or transfer.to)


def _consulting(situation: Situation) -> tuple[str, str]:
    first = situation.first
    transfer = None if first is None else first.call.transfer
    if first is not None and transfer is not None and transfer.state is TransferState.FAILED and first.call.held_here:
        return explain_transfer(first.transfer_to or transfer.to, transfer.sip_code), "bad"
    if situation.main is situation.consult and situation.first is not None:
        return translate("strip", "Asked about {who}").format(who=situation.first.title), ""
    return "", ""
