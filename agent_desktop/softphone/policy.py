"""What the phone does with calls by itself, as the site and the agent want it."""

from dataclasses import dataclass
from enum import StrEnum

from agent_desktop.softphone.call import Call, EndReason


class Turned(StrEnum):
    """How a call is turned away: 486 (the next agent is tried), 603 (nobody is tried), 480 (not available),
    433 (callers who hide their number are not taken, RFC 5079)."""

    BUSY = "busy"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"
    ANONYMOUS = "anonymous"


class AutoAnswer(StrEnum):
    """BY_HEADER: when the INVITE asks for it and after so long as it says (`InviteFacts.answer_after_s`).
    ALWAYS: also without being asked."""

    NEVER = "never"
    BY_HEADER = "by_header"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """`do_not_disturb_says`: what callers are told then, BUSY or UNAVAILABLE. `auto_answer_after_s`: for calls that do
    not say it themselves. `zip_tone`: a short tone in the agent's ear before a call that was answered by itself.
    `ring_for_s` None: rings until the caller gives up. `call_waiting` False: a second call is turned away while there
    is another one."""

    do_not_disturb: bool = False
    do_not_disturb_says: Turned = Turned.BUSY
    auto_answer: AutoAnswer = AutoAnswer.BY_HEADER
    auto_answer_after_s: float = 0.0
    zip_tone: bool = True
    rejects_anonymous: bool = False
    ring_for_s: float | None = None
    call_waiting: bool = True


@dataclass(frozen=True, slots=True)
class TurnedAway:
    how: Turned
    because: EndReason


def turned_away(policy: CallPolicy, call: Call, *, has_others: bool) -> TurnedAway | None:
    """None: it may ring. `has_others`: there are calls beside it."""
    if policy.do_not_disturb:
        return TurnedAway(policy.do_not_disturb_says, EndReason.DO_NOT_DISTURB)
    if policy.rejects_anonymous and (not call.remote_number or call.invite.is_private):
        return TurnedAway(Turned.ANONYMOUS, EndReason.ANONYMOUS_REJECTED)
    if has_others and not policy.call_waiting:
        return TurnedAway(Turned.BUSY, EndReason.LINES_BUSY)
    return None


def answers_after_s(policy: CallPolicy, call: Call) -> float | None:
    """None: the agent answers."""
    asked = call.invite.answer_after_s
    match policy.auto_answer:
        case AutoAnswer.NEVER:
            return None
        case AutoAnswer.BY_HEADER:
            return asked
        case AutoAnswer.ALWAYS:
            return policy.auto_answer_after_s if asked is None else asked
