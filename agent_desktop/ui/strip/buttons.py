"""Which buttons each state of the strip offers, and why one of them cannot be used: the whole table, in one place.

The sets follow Cisco Finesse: on a call Consult, Transfer, Hold, Keypad, End; while somebody is consulted Conference,
Transfer, Retrieve, End; in a conference Hold, Consult, Keypad, End. There is always a way back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agent_desktop.softphone.call import Recording
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.strip.situation import Beside, StripState


class Deed(StrEnum):
    """TRANSFER sends the call on at once, CONSULT asks somebody first, COMPLETE connects both with each other, also
    before the other has answered.
    RETRIEVE takes the caller back from hold or from a transfer, CANCEL_CONSULT from asking somebody, SPLIT out of a
    conference: the other is held. DROP hangs up the one beside. END_ALL ends a conference for everybody in it, and
    wants to be pressed twice. BACK leads from the dial field to what the strip showed before."""

    DIAL = "dial"
    REDIAL = "redial"
    VOICEMAIL = "voicemail"
    DO_NOT_DISTURB = "do_not_disturb"
    ANSWER = "answer"
    DECLINE = "decline"
    DECLINE_MENU = "decline_menu"
    RECORD = "record"
    PAUSE_RECORDING = "pause_recording"
    RESUME_RECORDING = "resume_recording"
    STOP_RECORDING = "stop_recording"
    MUTE = "mute"
    UNMUTE = "unmute"
    HOLD = "hold"
    RETRIEVE = "retrieve"
    CONSULT = "consult"
    TRANSFER = "transfer"
    CONFERENCE = "conference"
    COMPLETE = "complete"
    CANCEL_CONSULT = "cancel_consult"
    SPLIT = "split"
    LEAVE = "leave"
    KEYPAD = "keypad"
    HANG_UP = "hang_up"
    END_ALL = "end_all"
    SWITCH = "switch"
    DROP = "drop"
    CALL_AGAIN = "call_again"
    CLOSE = "close"
    STOP_WAITING = "stop_waiting"
    MORE_TIME = "more_time"
    FINISH = "finish"
    BACK = "back"


class WhyNot(StrEnum):
    """Why a button that is shown cannot be used now; its sentence is in `words`."""

    NO_NUMBER = "no_number"
    NOTHING_DIALLED = "nothing_dialled"
    NO_LINE = "no_line"
    NO_VOICEMAIL_NUMBER = "no_voicemail_number"
    NOT_ANSWERED = "not_answered"
    CONSULT_NOT_ANSWERED = "consult_not_answered"
    ON_HOLD = "on_hold"
    HELD_THERE = "held_there"
    ENDING = "ending"
    EXTENDED_ENOUGH = "extended_enough"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that is shown; `why_not` None: it can be used."""

    deed: Deed
    why_not: WhyNot | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table asks beside the state. `has_number`: something stands in the dial field. `has_last`: something was
    dialled before. `has_retry`: the call that failed can be dialled again. `has_page_before`: the dial field stands in
    front of work that goes on. `may_extend`: after-call work can be prolonged; `is_locked`: not left yet."""

    is_muted: bool = False
    recording: Recording = Recording.OFF
    rule: RecordingRule = RecordingRule.NEVER
    has_number: bool = False
    has_last: bool = False
    has_voicemail_number: bool = False
    has_messages: bool = False
    has_retry: bool = True
    has_page_before: bool = False
    may_extend: bool = True
    is_locked: bool = False


def offers(state: StripState, facts: Facts) -> tuple[Offer, ...]:
    """The buttons of the strip itself, from left to right."""
    if state in _IDLE:
        return _idle(state, facts)
    if state is StripState.FAILED:
        return (Offer(Deed.DIAL), *([Offer(Deed.CALL_AGAIN)] if facts.has_retry else []), Offer(Deed.CLOSE))
    found: list[Offer] = []
    for one in _TABLE[state]:
        if one.deed is Deed.RECORD:
            found += _recording(facts)
        elif one.deed is Deed.MORE_TIME and not facts.may_extend:
            found.append(Offer(one.deed, WhyNot.EXTENDED_ENOUGH))
        elif one.deed is Deed.FINISH and facts.is_locked:
            found.append(Offer(one.deed, WhyNot.TOO_EARLY))
        elif one.deed is Deed.MUTE and facts.is_muted:
            found.append(Offer(Deed.UNMUTE, one.why_not))
        else:
            found.append(one)
    return tuple(found)


def offers_beside(beside: Beside) -> tuple[Offer, ...]:
    """The buttons of the call in the band at the right."""
    return _BESIDE[beside]


def _recording(facts: Facts) -> list[Offer]:
    """What the site's rule leaves to the agent."""
    running = {
        Recording.ON: [Offer(Deed.PAUSE_RECORDING)],
        Recording.PAUSED: [Offer(Deed.RESUME_RECORDING)],
    }.get(facts.recording, [])
    match facts.rule:
        case RecordingRule.NEVER:
            return []
        case RecordingRule.ALL | RecordingRule.BY_QUEUE:
            return running
        case RecordingRule.ON_DEMAND:
            return [*running, Offer(Deed.STOP_RECORDING)] if running else [Offer(Deed.RECORD)]


def _idle(state: StripState, facts: Facts) -> tuple[Offer, ...]:
    no_line = WhyNot.NO_LINE if state is not StripState.IDLE else None
    found = [
        Offer(Deed.DIAL, no_line or (None if facts.has_number else WhyNot.NO_NUMBER)),
        Offer(Deed.REDIAL, no_line or (None if facts.has_last else WhyNot.NOTHING_DIALLED)),
        Offer(Deed.KEYPAD),
    ]
    if facts.has_voicemail_number or facts.has_messages:
        nowhere = None if facts.has_voicemail_number else WhyNot.NO_VOICEMAIL_NUMBER
        found.append(Offer(Deed.VOICEMAIL, no_line or nowhere))
    return (*found, Offer(Deed.DO_NOT_DISTURB), *([Offer(Deed.BACK)] if facts.has_page_before else []))


def _row(*deeds: Deed, **why_not: WhyNot) -> tuple[Offer, ...]:
    return tuple(Offer(deed, why_not.get(deed.value)) for deed in deeds)


_D, _W = Deed, WhyNot
_IDLE = (StripState.IDLE, StripState.NOT_REGISTERED, StripState.PHONE_AWAY)
_ON_A_CALL = _row(_D.RECORD, _D.MUTE, _D.HOLD, _D.CONSULT, _D.TRANSFER, _D.KEYPAD, _D.HANG_UP)
_CONSULTING = (_D.MUTE, _D.CONFERENCE, _D.COMPLETE, _D.CANCEL_CONSULT, _D.HANG_UP)
_NOT_REACHED = _row(_D.RETRIEVE, _D.CONSULT, _D.TRANSFER, _D.HANG_UP)
_UNANSWERED = _row(*_CONSULTING[1:], conference=_W.CONSULT_NOT_ANSWERED)
_HELD = _row(_D.RECORD, _D.MUTE, _D.RETRIEVE, _D.CONSULT, _D.TRANSFER, _D.KEYPAD, _D.HANG_UP, keypad=_W.ON_HOLD)

_TABLE: Mapping[StripState, tuple[Offer, ...]] = {
    StripState.AWAITING_RETURN: _row(_D.DIAL, _D.STOP_WAITING),
    StripState.AFTER_CALL_WORK: _row(_D.DIAL, _D.MORE_TIME, _D.FINISH),
    StripState.RINGING: _row(_D.DECLINE, _D.DECLINE_MENU, _D.ANSWER),
    StripState.DIALLING: _row(_D.KEYPAD, _D.HANG_UP, keypad=_W.NOT_ANSWERED),
    StripState.EARLY_MEDIA: _row(_D.KEYPAD, _D.HANG_UP),
    StripState.CONNECTED: _ON_A_CALL,
    StripState.MUTED: _ON_A_CALL,
    StripState.HELD_HERE: _HELD,
    StripState.HELD_THERE: _row(
        _D.RECORD, _D.MUTE, _D.HOLD, _D.CONSULT, _D.TRANSFER, _D.KEYPAD, _D.HANG_UP, keypad=_W.HELD_THERE
    ),
    StripState.HELD_BOTH: _HELD,
    StripState.TRANSFER_ASKED: _row(_D.RETRIEVE, _D.HANG_UP),
    StripState.TRANSFER_RINGING: _row(_D.RETRIEVE, _D.HANG_UP),
    StripState.TRANSFER_FAILED: _NOT_REACHED,
    StripState.CONSULT_DIALLING: _UNANSWERED,
    StripState.CONSULT_RINGING: _UNANSWERED,
    StripState.CONSULT_TALKING: _row(*_CONSULTING),
    StripState.CONSULT_FAILED: _NOT_REACHED,
    StripState.CONFERENCE: _row(_D.MUTE, _D.HOLD, _D.CONSULT, _D.KEYPAD, _D.SPLIT, _D.LEAVE, _D.END_ALL),
    StripState.CONFERENCE_HELD: _row(_D.MUTE, _D.RETRIEVE, _D.LEAVE, _D.END_ALL),
    StripState.ENDING: _row(_D.HANG_UP, hang_up=_W.ENDING),
}

_BESIDE: Mapping[Beside, tuple[Offer, ...]] = {
    Beside.NOTHING: (),
    Beside.RINGING: _row(_D.DECLINE, _D.DECLINE_MENU, _D.ANSWER),
    Beside.HELD: _row(_D.SWITCH),
    Beside.IN_CONFERENCE: _row(_D.DROP),
}
