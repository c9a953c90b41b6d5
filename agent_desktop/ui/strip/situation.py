"""What all calls of this moment add up to: one state of the strip, the call it is about, and the one beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent_desktop.softphone.call import Call, CallId, CallState, TransferState
from agent_desktop.ui.strip.face import CallFace


class StripState(StrEnum):
    """Without a call: IDLE to FAILED. With one: the rest. A call that rings or waits beside it is `Beside`.
    AWAITING_RETURN: a caller is at the PIN check and comes back.
    CONFERENCE_HELD: the agent holds both whom they brought together."""

    IDLE = "idle"
    NOT_REGISTERED = "not_registered"
    PHONE_AWAY = "phone_away"
    AWAITING_RETURN = "awaiting_return"
    AFTER_CALL_WORK = "after_call_work"
    FAILED = "failed"
    RINGING = "ringing"
    DIALLING = "dialling"
    EARLY_MEDIA = "early_media"
    CONNECTED = "connected"
    MUTED = "muted"
    HELD_HERE = "held_here"
    HELD_THERE = "held_there"
    HELD_BOTH = "held_both"
    TRANSFER_ASKED = "transfer_asked"
    TRANSFER_RINGING = "transfer_ringing"
    TRANSFER_FAILED = "transfer_failed"
    CONSULT_DIALLING = "consult_dialling"
    CONSULT_RINGING = "consult_ringing"
    CONSULT_TALKING = "consult_talking"
    CONSULT_FAILED = "consult_failed"
    CONFERENCE = "conference"
    CONFERENCE_HELD = "conference_held"
    ENDING = "ending"


class Beside(StrEnum):
    NOTHING = "nothing"
    RINGING = "ringing"
    HELD = "held"
    IN_CONFERENCE = "in_conference"


class Line(StrEnum):
    """Whether a call can be dialled."""

    UP = "up"
    NOT_REGISTERED = "not_registered"
    PHONE_AWAY = "phone_away"


@dataclass(frozen=True, slots=True)
class Situation:
    """`main` is the call the strip is about. `first` and `consult` are the caller and whoever is asked about them,
    while there is such a pair or a conference. `others` counts the calls that are not shown."""

    state: StripState
    main: CallFace | None = None
    beside: CallFace | None = None
    beside_is: Beside = Beside.NOTHING
    first: CallFace | None = None
    consult: CallFace | None = None
    others: int = 0


def situation_of(
    faces: Sequence[CallFace],
    line: Line,
    *,
    has_failed: bool = False,
    is_awaiting: bool = False,
    has_work: bool = False,
) -> Situation:
    """Calls come before a failure, a failure before whom one waits for, and both before after-call work."""
    live = [face for face in faces if not face.call.is_over]
    ringing = [face for face in live if face.call.state is CallState.RINGING]
    talking = [face for face in live if face.call.state is not CallState.RINGING]
    if talking:
        return _talking(talking, ringing)
    if ringing:
        return Situation(StripState.RINGING, ringing[0], others=len(ringing) - 1)
    if has_failed:
        return Situation(StripState.FAILED)
    if is_awaiting:
        return Situation(StripState.AWAITING_RETURN)
    if has_work:
        return Situation(StripState.AFTER_CALL_WORK)
    return Situation(_IDLE[line])


_IDLE = {
    Line.UP: StripState.IDLE,
    Line.NOT_REGISTERED: StripState.NOT_REGISTERED,
    Line.PHONE_AWAY: StripState.PHONE_AWAY,
}


def _talking(talking: list[CallFace], ringing: list[CallFace]) -> Situation:
    main = _main(talking)
    first, consult = _pair(talking, main)
    state = _state(main, first, consult)
    beside: CallFace | None
    if ringing:
        beside, beside_is = ringing[0], Beside.RINGING
    elif state is StripState.CONFERENCE:
        beside, beside_is = consult, Beside.IN_CONFERENCE
    else:
        beside, beside_is = _next_after(talking, main, first, consult), Beside.HELD
    shown = {face.call.id for face in (main, beside) if face is not None}
    others = sum(1 for face in (*talking, *ringing) if face.call.id not in shown)
    return Situation(
        state, main, beside, beside_is if beside is not None else Beside.NOTHING, first, consult, others=others
    )


def _main(talking: list[CallFace]) -> CallFace:
    """Whom the agent talks with: what is not held; in a conference, and while both are being connected, the caller; a
    call that ends comes last."""
    leaving = next((face for face in talking if _is_leaving(face.call) and face.call.consults_for is None), None)
    if leaving is not None:
        return leaving
    together = [face for face in talking if face.call.is_in_conference]
    if len(together) > 1 and all(face.call.held_here for face in talking if face not in together):
        return next((face for face in together if face.call.consults_for is None), together[0])
    going_on = [face for face in talking if face.call.state is not CallState.ENDING] or talking
    return next((face for face in going_on if not face.call.held_here), going_on[0])


def _pair(talking: list[CallFace], main: CallFace) -> tuple[CallFace | None, CallFace | None]:
    """The caller and the one who is consulted, if `main` is one of them."""
    by_id = {face.call.id: face for face in talking if face.call.state is not CallState.ENDING}
    if main.call.is_in_conference:
        others = [face for face in talking if face.call.is_in_conference and face is not main]
        return (main, others[0]) if others else (None, None)
    if main.call.consults_for in by_id:
        return by_id[main.call.consults_for], main
    consult = next((face for face in by_id.values() if face.call.consults_for == main.call.id), None)
    return (None, None) if consult is None else (main, consult)


def _next_after(
    talking: list[CallFace], main: CallFace, first: CallFace | None, consult: CallFace | None
) -> CallFace | None:
    """The other of a pair, else the next in turn, so that switching goes round all of them."""
    if first is not None and consult is not None:
        return consult if main is first else first
    at = talking.index(main)
    turn = [*talking[at + 1 :], *talking[:at]]
    return next((face for face in turn if face.call.state is not CallState.ENDING), None)


def _state(main: CallFace, first: CallFace | None, consult: CallFace | None) -> StripState:
    call = main.call
    if call.state is CallState.ENDING:
        return StripState.ENDING
    if _is_leaving(call):
        return _state_of_one(main)
    if first is not None and consult is not None:
        return _state_of_pair(first.call, consult.call)
    if call.state is CallState.EARLY_MEDIA:
        return StripState.EARLY_MEDIA
    if call.state is CallState.DIALLING:
        return StripState.DIALLING
    return _state_of_one(main)


def _state_of_pair(first: Call, consult: Call) -> StripState:
    if first.is_in_conference and consult.is_in_conference:
        return StripState.CONFERENCE
    if first.held_here and consult.held_here:
        return StripState.CONFERENCE_HELD
    if consult.state is CallState.CONNECTED:
        return StripState.CONSULT_TALKING
    rings = consult.rings_there or consult.state is CallState.EARLY_MEDIA
    return StripState.CONSULT_RINGING if rings else StripState.CONSULT_DIALLING


def _is_leaving(call: Call) -> bool:
    """The exchange was asked to connect it with somebody else."""
    return call.transfer is not None and call.transfer.state in _TRANSFERS


def _state_of_one(face: CallFace) -> StripState:
    call = face.call
    if call.transfer is not None and call.transfer.state in _TRANSFERS:
        return _TRANSFERS[call.transfer.state]
    if call.held_here and call.transfer is not None and call.transfer.state is TransferState.FAILED:
        return StripState.TRANSFER_FAILED
    if call.held_here and face.failed_consult is not None:
        return StripState.CONSULT_FAILED
    if call.held_here:
        return StripState.HELD_BOTH if call.held_there else StripState.HELD_HERE
    if call.held_there:
        return StripState.HELD_THERE
    return StripState.MUTED if call.muted else StripState.CONNECTED


_TRANSFERS = {
    TransferState.ASKED: StripState.TRANSFER_ASKED,
    TransferState.RINGING: StripState.TRANSFER_RINGING,
    TransferState.DONE: StripState.ENDING,
}


def conference_of(situation: Situation) -> tuple[CallId, ...]:
    """The calls of a conference, the caller's first."""
    if situation.state not in (StripState.CONFERENCE, StripState.CONFERENCE_HELD):
        return ()
    return tuple(face.call.id for face in (situation.first, situation.consult) if face is not None)
