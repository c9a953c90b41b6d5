"""What a press on the headset means for the calls there are, and which lamps they light. Decides; does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum


class Press(Enum):
    """What the agent did. A hook or mute switch that keeps its state says which; a button only that it went down."""

    OFF_HOOK = "off_hook"
    ON_HOOK = "on_hook"
    HOOK_BUTTON = "hook_button"
    MUTE_ON = "mute_on"
    MUTE_OFF = "mute_off"
    MUTE_BUTTON = "mute_button"
    FLASH = "flash"
    REDIAL = "redial"
    DROP = "drop"


class Stage(StrEnum):
    """UP: the agent dials or talks."""

    RINGING = "ringing"
    UP = "up"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Line:
    """One call, as far as a headset is concerned."""

    id: str
    stage: Stage
    is_muted: bool = False
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class Lamps:
    off_hook: bool = False
    ring: bool = False
    hold: bool = False
    mute: bool = False


class Deed(StrEnum):
    ANSWER = "answer"
    DECLINE = "decline"
    HANG_UP = "hang_up"
    MUTE = "mute"
    UNMUTE = "unmute"
    HOLD = "hold"
    RESUME = "resume"
    REDIAL = "redial"


@dataclass(frozen=True, slots=True)
class Wish:
    """`line` is the call's id, empty for REDIAL."""

    deed: Deed
    line: str = ""


def lamps_for(lines: Sequence[Line]) -> Lamps:
    up = _first(lines, Stage.UP)
    return Lamps(
        off_hook=any(line.stage is not Stage.RINGING for line in lines),
        ring=_first(lines, Stage.RINGING) is not None,
        hold=_first(lines, Stage.HELD) is not None,
        mute=up is not None and up.is_muted,
    )


def wish_of(press: Press, lines: Sequence[Line]) -> Wish | None:
    """None when it means nothing now.

    A press that could be meant for two calls never ends one: while another call rings it answers that one, and with
    everybody on hold it takes the caller back.
    """
    up, ringing, held = (_first(lines, stage) for stage in (Stage.UP, Stage.RINGING, Stage.HELD))
    match press:
        case Press.OFF_HOOK | Press.ON_HOOK | Press.HOOK_BUTTON:
            return _hook(press, up, ringing, held)
        case Press.FLASH:
            return _flash(up, ringing, held)
        case Press.MUTE_ON | Press.MUTE_OFF | Press.MUTE_BUTTON:
            return _mute(press, up)
        case Press.DROP if up is None and ringing is not None:
            return Wish(Deed.DECLINE, ringing.id)
        case Press.DROP:
            return None if up is None else Wish(Deed.HANG_UP, up.id)
        case Press.REDIAL:
            return None if lines else Wish(Deed.REDIAL)


def _hook(press: Press, up: Line | None, ringing: Line | None, held: Line | None) -> Wish | None:
    if ringing is not None:
        return Wish(Deed.ANSWER, ringing.id)
    if up is not None:
        return None if press is Press.OFF_HOOK else Wish(Deed.HANG_UP, up.id)
    return None if held is None else Wish(Deed.RESUME, held.id)


def _flash(up: Line | None, ringing: Line | None, held: Line | None) -> Wish | None:
    if ringing is not None:
        return Wish(Deed.ANSWER, ringing.id)
    if held is not None:
        return Wish(Deed.RESUME, held.id)
    return Wish(Deed.HOLD, up.id) if up is not None and up.is_answered else None


def _mute(press: Press, up: Line | None) -> Wish | None:
    if up is None or not up.is_answered:
        return None
    wanted = not up.is_muted if press is Press.MUTE_BUTTON else press is Press.MUTE_ON
    if wanted == up.is_muted:
        return None
    return Wish(Deed.MUTE if wanted else Deed.UNMUTE, up.id)


def _first(lines: Sequence[Line], stage: Stage) -> Line | None:
    return next((line for line in lines if line.stage is stage), None)
