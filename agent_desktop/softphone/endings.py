"""Why a call ended, read from the SIP answer (RFC 3261 §21) and from what happened before it."""

from agent_desktop.softphone.call import Call, CallState, Direction, EndReason
from agent_desktop.softphone.policy import Turned

TURNED_AWAY = {
    Turned.BUSY: (486, "Busy Here"),
    Turned.DECLINED: (603, "Decline"),
    Turned.UNAVAILABLE: (480, "Temporarily Unavailable"),
    Turned.ANONYMOUS: (433, "Anonymity Disallowed"),
}

_BY_CODE = {
    401: EndReason.UNAUTHORISED,
    403: EndReason.FORBIDDEN,
    404: EndReason.NOT_FOUND,
    407: EndReason.UNAUTHORISED,
    410: EndReason.NOT_FOUND,
    480: EndReason.NO_ANSWER,
    484: EndReason.NOT_FOUND,
    486: EndReason.BUSY,
    487: EndReason.NO_ANSWER,
    488: EndReason.INCOMPATIBLE,
    502: EndReason.UNREACHABLE,
    503: EndReason.UNREACHABLE,
    504: EndReason.UNREACHABLE,
    600: EndReason.BUSY,
    603: EndReason.DECLINED,
    604: EndReason.NOT_FOUND,
    606: EndReason.INCOMPATIBLE,
}
_NOBODY_THERE = (408, 481)


def ending_of(call: Call, sip_code: int) -> EndReason:
    """The reason for an ending this side did not ask for."""
    if call.answered_at is not None and sip_code in _NOBODY_THERE:
        return EndReason.LOST
    if call.answered_at is not None:
        return EndReason.HUNG_UP_THERE if sip_code < 300 else EndReason.FAILED
    if call.direction is Direction.INCOMING:
        return EndReason.MISSED if sip_code in (0, 200, 408, 480, 487) else EndReason.FAILED
    if sip_code == 408:
        return EndReason.NO_ANSWER if call.rings_there else EndReason.UNREACHABLE
    return _BY_CODE.get(sip_code, EndReason.FAILED)


def ending_asked_for(call: Call) -> EndReason:
    """The reason for an ending the agent asked for."""
    if call.state is CallState.RINGING:
        return EndReason.DECLINED
    if call.answered_at is None and call.direction is Direction.OUTGOING:
        return EndReason.CANCELLED
    return EndReason.HUNG_UP_HERE
