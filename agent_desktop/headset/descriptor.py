"""Reads a HID report descriptor: where in its reports a headset has its buttons and its lamps (HID 1.11 §6.2.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from agent_desktop.headset.port import TELEPHONY_PAGE

LAMP_PAGE: Final = 0x08
_VARIABLE, _RELATIVE, _NO_PREFERRED = 0x02, 0x04, 0x20
_MOST_BITS = 65_536


class _Tag(IntEnum):
    """Items by their prefix without its size."""

    PAGE, SIZE, COUNT, REPORT, PUSH, POP = 0x04, 0x74, 0x94, 0x84, 0xA4, 0xB4
    USAGE, FIRST_USAGE, LAST_USAGE = 0x08, 0x18, 0x28
    INPUT, OUTPUT, FEATURE, COLLECTION, END_COLLECTION = 0x80, 0x90, 0xB0, 0xA0, 0xC0


class Button(IntEnum):
    """Usages of the telephony page (HID Usage Tables 1.4 §14)."""

    HOOK_SWITCH = 0x20
    FLASH = 0x21
    REDIAL = 0x24
    DROP = 0x26
    PHONE_MUTE = 0x2F


class Lamp(IntEnum):
    """Usages of the LED page (HID Usage Tables 1.4 §11)."""

    MUTE = 0x09
    OFF_HOOK = 0x17
    RING = 0x18
    HOLD = 0x20


@dataclass(frozen=True, slots=True)
class Bit:
    """`at` counts bits behind the report id. `keeps`: it says how something stands, else that a button went down."""

    report: int
    at: int
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """`sizes`: how many bits each output report has. `is_numbered`: reports begin with their id."""

    buttons: Mapping[Button, Bit]
    lamps: Mapping[Lamp, Bit]
    sizes: Mapping[int, int]
    is_numbered: bool

    @property
    def is_telephone(self) -> bool:
        return Button.HOOK_SWITCH in self.buttons or Button.PHONE_MUTE in self.buttons


@dataclass(slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0


@dataclass(slots=True)
class _Reading:
    now: _Globals = field(default_factory=_Globals)
    kept: list[_Globals] = field(default_factory=list)
    usages: list[int] = field(default_factory=list)
    first: int | None = None
    at: dict[tuple[int, int], int] = field(default_factory=dict)
    buttons: dict[Button, Bit] = field(default_factory=dict)
    lamps: dict[Lamp, Bit] = field(default_factory=dict)
    is_numbered: bool = False


def layout_of(descriptor: bytes) -> Layout:
    """Whatever is cut off or makes no sense is passed over: what was read up to there counts."""
    reading = _Reading()
    for tag, size, value in _items(descriptor):
        _take(reading, tag, size, value)
    outputs = {report: bits for (kind, report), bits in reading.at.items() if kind == _Tag.OUTPUT}
    return Layout(reading.buttons, reading.lamps, outputs, reading.is_numbered)


def _items(descriptor: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(descriptor):
        prefix = descriptor[at]
        if prefix == 0xFE:  # a long item; nobody has ever defined one
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[prefix & 3]
        yield prefix & 0xFC, size, int.from_bytes(descriptor[at + 1 : at + 1 + size], "little")
        at += 1 + size


def _take(reading: _Reading, tag: int, size: int, value: int) -> None:
    now = reading.now
    match tag:
        case _Tag.PAGE:
            now.page = value
        case _Tag.SIZE:
            now.size = value
        case _Tag.COUNT:
            now.count = value
        case _Tag.REPORT:
            now.report = value
            reading.is_numbered = True
        case _Tag.PUSH:
            reading.kept.append(_Globals(now.page, now.size, now.count, now.report))
        case _Tag.POP:
            reading.now = reading.kept.pop() if reading.kept else now
        case _Tag.USAGE:
            reading.usages.append(_with_page(value, size, now.page))
        case _Tag.FIRST_USAGE:
            reading.first = _with_page(value, size, now.page)
        case _Tag.LAST_USAGE if reading.first is not None:
            reading.usages += range(reading.first, min(_with_page(value, size, now.page), reading.first + 255) + 1)
        case _Tag.INPUT | _Tag.OUTPUT | _Tag.FEATURE:
            _place(reading, tag, value)
            _forget_locals(reading)
        case _Tag.COLLECTION | _Tag.END_COLLECTION:
            _forget_locals(reading)


def _with_page(value: int, size: int, page: int) -> int:
    return value if size == 4 else page << 16 | value


def _forget_locals(reading: _Reading) -> None:
    reading.usages, reading.first = [], None


def _place(reading: _Reading, kind: int, flags: int) -> None:
    """Constant fields count where they are named: Jabra and those who copied it declare their hook switch so."""
    now = reading.now
    start = reading.at.get((kind, now.report), 0)
    bits = now.size * now.count
    if not 0 < start + bits <= _MOST_BITS:
        return
    reading.at[kind, now.report] = start + bits
    if now.size != 1 or not flags & _VARIABLE:
        return
    for n, usage in enumerate(reading.usages[: now.count]):
        _name(reading, kind, usage, Bit(now.report, start + n, keeps=not flags & _RELATIVE), flags)


def _name(reading: _Reading, kind: int, usage: int, bit: Bit, flags: int) -> None:
    page, number = usage >> 16, usage & 0xFFFF
    if kind == _Tag.INPUT and page == TELEPHONY_PAGE and number in set(Button):
        button = Button(number)
        is_switch = button is Button.HOOK_SWITCH or (button is Button.PHONE_MUTE and bool(flags & _NO_PREFERRED))
        keeps = bit.keeps and is_switch
        reading.buttons.setdefault(button, Bit(bit.report, bit.at, keeps))
    elif kind == _Tag.OUTPUT and page == LAMP_PAGE and number in set(Lamp):
        reading.lamps.setdefault(Lamp(number), bit)
