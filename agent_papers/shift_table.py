"""A table of shifts (XLSX, CSV) to what is planned for whom: a day of an agent whole, or refused with what is wrong."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from agent_model.plain_line import plain_line
from agent_model.shift_plan import (
    DAY_MIN,
    LATEST_MIN,
    NoShift,
    PlanFault,
    Planned,
    PlannedSpan,
    Shift,
    clock_min,
    laid_out,
)
from agent_papers.headed_table import read_table
from agent_papers.tables.sheet import SERIAL_START, Cell, Row

MOST_ROWS: Final = 50_000
LONGEST_NAME: Final = 128
MOST_NAMED: Final = 20
"""Headings that are told as passed over: there may be thousands."""
_DAY: Final = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_MIDNIGHT: Final = re.compile(r"[ T]0{1,2}:00(?::00)?\Z")
_CLOCK: Final = re.compile(r"(\d{1,2})[:：时](\d{2})(?:[:：]00|分)?")
_SERIALS: Final = range(15_000, 80_000)
_OFF: Final = ""
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "agent": ("坐席", "工号", "员工", "登录名", "分机", "姓名", "agent", "login", "employee", "extension", "name"),
    "day": ("日期", "班次日期", "day", "date"),
    "since": ("开始", "开始时间", "上班时间", "from", "start", "begin", "start time"),
    "until": ("结束", "结束时间", "下班时间", "to", "end", "until", "end time"),
    "what": ("安排", "活动", "内容", "类型", "planned", "plan", "activity", "what", "type"),
}
"""What the columns may be called."""
NEEDED: Final = ("agent", "day", "since", "until")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    Planned.WORK: ("工作", "上班", "在线", "接听", "班", "work", "shift", "on duty"),
    Planned.BREAK: ("小休", "休息", "用餐", "午餐", "午休", "晚餐", "break", "lunch", "meal", "rest"),
    Planned.TRAINING: ("培训", "会议", "例会", "辅导", "training", "meeting", "coaching"),
    _OFF: ("休", "公休", "调休", "休假", "年假", "请假", "off", "day off", "leave", "holiday"),
}
"""What is planned, as tables say it; without a word it is work."""
_HEADINGS: Final = {word: name for name, words in HEADINGS.items() for word in words}
_WORDS: Final = {word: what for what, words in WORDS.items() for word in words}


class LineWrong(StrEnum):
    """What is wrong with a line, beside what keeps its lines from being a shift (`PlanFault`)."""

    UNREADABLE = "unreadable"
    NO_AGENT = "no_agent"
    NO_DAY = "no_day"
    NO_CLOCK = "no_clock"
    NO_WORD = "no_word"


@dataclass(frozen=True, slots=True)
class LineFault:
    """`number` counts as a spreadsheet does, `wrong` is a LineWrong or a PlanFault, `value` what stands there."""

    number: int
    wrong: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ToldShift:
    """What a table says of an agent's day: the agent as it calls them; `number` is its first line."""

    number: int
    shift: Shift


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """A day of an agent with a faulty line is none of `shifts`. `passed_over` are headings that nobody knows."""

    shifts: tuple[ToldShift, ...] = ()
    faults: tuple[LineFault, ...] = ()
    passed_over: tuple[str, ...] = ()


def gather(path: Path) -> ShiftTable:
    """Raises BadPaper, and OSError."""
    return read_table(path, _columns, MOST_ROWS, _gathered)


@dataclass(slots=True)
class _Columns:
    """Where which field stands."""

    places: dict[str, int] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)

    @property
    def known(self) -> int:
        return len(self.places)

    @property
    def are_enough(self) -> bool:
        return self.places.keys() >= set(NEEDED)

    def cell(self, row: Row, name: str) -> Cell:
        place = self.places.get(name, len(row.cells))
        return row.cells[place] if place < len(row.cells) else None


@dataclass(slots=True)
class _Day:
    """The lines of an agent's day. `is_off`: one of them says so."""

    number: int
    spans: list[PlannedSpan] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    is_off: bool = False
    is_faulty: bool = False


class _Wrong(Exception):
    def __init__(self, wrong: LineWrong, cell: Cell) -> None:
        super().__init__(wrong)
        self.wrong, self.value = wrong, _written(cell)[:60]


def _columns(row: Row) -> _Columns:
    found = _Columns()
    for place, cell in enumerate(row.cells):
        heading = " ".join(str(cell or "").split())
        name = _HEADINGS.get(heading.casefold())
        if name is not None and name not in found.places:
            found.places[name] = place
        elif heading and len(found.passed_over) < MOST_NAMED:
            found.passed_over.append(heading[:60])
    return found


def _gathered(rows: Iterator[Row], columns: _Columns) -> ShiftTable:
    days: dict[tuple[str, date], _Day] = {}
    faults: list[LineFault] = []
    for row in rows:
        _read(row, columns, days, faults)
    shifts = list(_shifts(days, faults))
    return ShiftTable(tuple(shifts), tuple(sorted(faults, key=lambda one: one.number)), tuple(columns.passed_over))


def _read(row: Row, columns: _Columns, days: dict[tuple[str, date], _Day], faults: list[LineFault]) -> None:
    if row.faults:
        faults.append(LineFault(row.number, LineWrong.UNREADABLE, row.faults[0].code))
    own: _Day | None = None
    try:
        agent = plain_line(_written(columns.cell(row, "agent")))
        if not agent or len(agent) > LONGEST_NAME:
            raise _Wrong(LineWrong.NO_AGENT, agent)
        own_day = _day(columns.cell(row, "day"))
        own = days.setdefault((agent, own_day), _Day(row.number))
        what = _what(columns.cell(row, "what"))
        if what is None:
            own.is_off = True
        else:
            since, until = (_minutes(columns.cell(row, name), own_day) for name in ("since", "until"))
            own.spans.append(PlannedSpan(what, since, until))
            own.numbers.append(row.number)
    except _Wrong as error:
        if not row.faults:
            faults.append(LineFault(row.number, error.wrong, error.value))
        if own is not None:
            own.is_faulty = True
    if row.faults and own is not None:
        own.is_faulty = True


def _shifts(days: Mapping[tuple[str, date], _Day], faults: list[LineFault]) -> Iterable[ToldShift]:
    for (agent, day), own in days.items():
        if own.is_faulty:
            continue
        if own.is_off and own.spans:
            faults.append(LineFault(own.number, PlanFault.OVERLAP))
            continue
        try:
            yield ToldShift(own.number, Shift(agent, day, laid_out(own.spans)))
        except NoShift as error:
            number = own.numbers[min(error.nth, len(own.numbers) - 1)]
            faults.append(LineFault(number, error.fault))


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _what(cell: Cell) -> Planned | None:
    """None: a day off."""
    said = _written(cell).casefold()
    found = _WORDS.get(said, None if said else Planned.WORK)
    if found is None:
        raise _Wrong(LineWrong.NO_WORD, cell)
    return None if found == _OFF else Planned(found)


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = _written(cell)
    try:
        if whole := _DAY.fullmatch(_MIDNIGHT.sub("", said)):
            return date(*(int(part) for part in whole.groups()))
    except ValueError as error:
        raise _Wrong(LineWrong.NO_DAY, cell) from error
    if said.isdecimal() and len(said) == 5 and int(said) in _SERIALS:
        return SERIAL_START + timedelta(days=int(said))
    raise _Wrong(LineWrong.NO_DAY, cell)


def _minutes(cell: Cell, day: date) -> int:
    """A time as text or as spreadsheets keep it: a clock, a length of time, a share of a day, a day with its clock."""
    minutes = -1
    match cell:
        case datetime() if cell.year > SERIAL_START.year + 1:
            minutes = (cell.date() - day).days * DAY_MIN + cell.hour * 60 + cell.minute
        case time():
            minutes = cell.hour * 60 + cell.minute
        case timedelta():
            minutes = round(cell / timedelta(minutes=1))
        case bool():
            pass
        case int() | float():
            minutes = round(cell * DAY_MIN) if 0 <= cell <= LATEST_MIN / DAY_MIN else -1
        case str():
            minutes = _minutes_said(_written(cell), day)
    if not 0 <= minutes <= LATEST_MIN:
        raise _Wrong(LineWrong.NO_CLOCK, cell)
    return minutes


def _minutes_said(said: str, day: date) -> int:
    before, _, clock = said.rpartition(" ")
    if (found := _CLOCK.fullmatch(clock)) is None:
        return -1
    try:
        minutes = clock_min(f"{found[1]}:{found[2]}")
        return minutes + (_day(before) - day).days * DAY_MIN if before else minutes
    except (ValueError, _Wrong):
        return -1
