"""Which keys there are everywhere, and what every way of getting them promises."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol


class Key(StrEnum):
    """What a key of the whole desktop does. Ctrl+M and Ctrl+H of the window belong to other programs out there."""

    ANSWER = "answer"
    HANG_UP = "hang_up"
    MUTE = "mute"
    HOLD = "hold"


CHORDS: Final = {Key.ANSWER: "F9", Key.HANG_UP: "Ctrl+Shift+F9", Key.MUTE: "Ctrl+Alt+M", Key.HOLD: "Ctrl+Alt+H"}


@dataclass(frozen=True, slots=True)
class Chord:
    """`sign` is a letter in capitals, or `F1` to `F24`."""

    sign: str
    ctrl: bool = False
    alt: bool = False
    shift: bool = False

    @classmethod
    def read(cls, text: str) -> "Chord":
        """Of `Ctrl+Alt+M`."""
        *modifiers, sign = text.split("+")
        held = {modifier.lower() for modifier in modifiers}
        return cls(sign.upper(), ctrl="ctrl" in held, alt="alt" in held, shift="shift" in held)

    @property
    def function_key(self) -> int | None:
        """9 of `F9`."""
        return int(self.sign[1:]) if len(self.sign) > 1 and self.sign[0] == "F" else None


class NotPossible(StrEnum):
    """Why this desktop gives nobody a key of its own. WAYLAND keeps keys from programs that have not the focus."""

    WAYLAND = "wayland"
    NO_DISPLAY = "no_display"
    UNKNOWN_SYSTEM = "unknown_system"


class Hotkeys(Protocol):
    """Holds keys from `take` to `release`. What is pressed is told in the main thread, once for each press."""

    def take(self, chords: dict[Key, Chord]) -> tuple[Key, ...]:
        """The keys that another program holds already, and that stay with it."""

    def release(self) -> None: ...
