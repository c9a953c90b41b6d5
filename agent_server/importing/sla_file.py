"""Reads what an administrator writes about service levels: targets and calendars (TOML), holidays (CSV)."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeGuard

from agent_model.calendar import Calendar, DayKind, Opening, SpecialDay
from agent_model.clock import Measure, Step, StepKind
from agent_model.clock_policy import Target
from agent_model.customer import Tier
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.words import Words
from agent_server.importing.company_folder import BadSource

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS: Final = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)\Z")
PERCENT: Final = re.compile(r"(\d{1,3})\s*%\Z")
DISTANCE: Final = re.compile(r"([+-])\s*(\d{1,4})\s*(min|h)\Z")
KINDS: Final = {"off": DayKind.OFF, "休": DayKind.OFF, "work": DayKind.WORK, "班": DayKind.WORK}
LISTS: Final[Mapping[str, type]] = {
    "types": TicketType,
    "tiers": Tier,
    "priorities": Priority,
    "pauses_while": TicketStatus,
}
MOST_DAYS: Final = 366
SHIPPED: Final = Path(__file__).parent.parent / "holidays"
"""Holidays that come with the server, a file a set."""


def read_policy(path: Path) -> tuple[tuple[Target, ...], tuple[Calendar, ...]]:
    """Targets and calendars of a file such as docs/sla.md shows. Raises BadSource."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSource(path.name, str(error)) from error
    _only(path.name, told, {"calendar", "target"})
    calendars = tuple(
        _calendar(f"{path.name}: calendar {n}", one) for n, one in enumerate(_tables(told, "calendar"), 1)
    )
    targets = tuple(_target(f"{path.name}: target {n}", one) for n, one in enumerate(_tables(told, "target"), 1))
    if not targets:
        raise BadSource(path.name, "no target")
    return targets, calendars


def read_holidays(path: Path) -> tuple[SpecialDay, ...]:
    """Lines of date, kind (off or 休, work or 班) and name, under a line of headings. Raises BadSource."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    found: dict[date, SpecialDay] = {}
    for number, line in enumerate(csv.reader(io.StringIO(text)), 1):
        if number == 1 or not any(line):
            continue
        special = _special(f"{path.name}:{number}", line)
        if special.day in found:
            raise BadSource(f"{path.name}:{number}", f"{special.day} stands there twice")
        found[special.day] = special
    if not found:
        raise BadSource(path.name, "no day")
    return tuple(found[day] for day in sorted(found))


def _special(place: str, line: Sequence[str]) -> SpecialDay:
    cells = [cell.strip() for cell in line]
    if len(cells) < 2 or cells[1].lower() not in KINDS:
        raise BadSource(place, "not a date, then off (休) or work (班), then a name")
    try:
        day = date.fromisoformat(cells[0].replace("/", "-"))
    except ValueError as error:
        raise BadSource(place, f"{cells[0]} is not a date such as 2026-02-14") from error
    return SpecialDay(day, KINDS[cells[1].lower()], cells[2] if len(cells) > 2 else "")


def _calendar(place: str, told: Mapping[str, Any]) -> Calendar:
    _only(place, told, {field.name for field in fields(Calendar)} - {"week"} | {"hours"})
    hours = told.get("hours")
    if not isinstance(told.get("id"), str) or not isinstance(hours, dict):
        raise BadSource(place, "without id or hours")
    week: list[tuple[Opening, ...]] = [()] * len(WEEK)
    for days, openings in hours.items():
        for day in _days(place, days):
            week[day] = _openings(place, openings)
    name = told.get("name", {})
    words = Words.from_body(name) if isinstance(name, dict) else Words(str(name), str(name))
    make_up = _openings(place, told.get("make_up", []))
    return Calendar(told["id"], words, str(told.get("zone", "UTC")), tuple(week), told.get("holidays"), make_up)


def _days(place: str, days: str) -> range:
    """`mon`, or `mon-fri`."""
    first, _, last = days.lower().partition("-")
    try:
        begin, end = WEEK.index(first.strip()), WEEK.index((last or first).strip())
    except ValueError as error:
        raise BadSource(place, f"{days} is no day of the week ({', '.join(WEEK)}, or mon-fri)") from error
    return range(begin, end + 1)


def _openings(place: str, told: Any) -> tuple[Opening, ...]:
    found = [HOURS.match(one) if isinstance(one, str) else None for one in (told if isinstance(told, list) else [told])]
    if not all(found):
        raise BadSource(place, f"{told} are no hours such as 09:00-12:00")
    return tuple(Opening(one[1], one[2]) for one in found if one)


def _target(place: str, told: Mapping[str, Any]) -> Target:
    _only(place, told, {"measure", "hours", "minutes", "days", "sources", "calendar", *LISTS, *StepKind})
    if told.get("measure") == Measure.REGULATOR:
        return _regulators_target(place, told)
    _only(place, told, told.keys() - {"days", "sources"})
    minutes = told.get("minutes", 0) if "hours" not in told else told["hours"] * 60
    if not _is_count(minutes):
        raise BadSource(place, "without whole hours or minutes")
    try:
        lists: dict[str, Any] = {
            name: tuple(kind(one) for one in told[name]) for name, kind in LISTS.items() if name in told
        }
        measure = Measure(told.get("measure", Measure.RESOLUTION))
    except (ValueError, TypeError) as error:
        raise BadSource(place, str(error)) from error
    steps = tuple(_step(place, kind, text) for kind in StepKind for text in told.get(kind, []))
    return Target(measure, minutes, str(told.get("calendar", "always")), steps=steps, **lists)


def _regulators_target(place: str, told: Mapping[str, Any]) -> Target:
    _only(place, told, {"measure", "days", "sources", "calendar", *StepKind})
    days, sources = told.get("days"), told.get("sources")
    if not _is_count(days) or days > MOST_DAYS:
        raise BadSource(place, f"without days, from 1 to {MOST_DAYS}")
    if not isinstance(sources, list) or not sources or not all(isinstance(one, str) for one in sources):
        raise BadSource(place, "without the sources it is for")
    steps = tuple(_step(place, kind, text) for kind in StepKind for text in told.get(kind, []))
    calendar = str(told.get("calendar", "always"))
    return Target(Measure.REGULATOR, 0, calendar, steps=steps, pauses_while=(), days=days, sources=tuple(sources))


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _step(place: str, kind: StepKind, text: Any) -> Step:
    """`80%` of the time, or so long before (`-15min`) and after (`+2h`) the due moment."""
    if isinstance(text, str) and (percent := PERCENT.match(text.strip())):
        return Step(kind, int(percent[1]))
    if isinstance(text, str) and (distance := DISTANCE.match(text.strip())):
        minutes = int(distance[2]) * (60 if distance[3] == "h" else 1)
        return Step(kind, None, -minutes if distance[1] == "-" else minutes)
    raise BadSource(place, f"{text} is neither a share such as 80% nor a time such as -15min or +2h")


def _tables(told: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = told.get(name, [])
    return (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))


def _only(place: str, told: Mapping[str, Any], known: set[str]) -> None:
    if unknown := told.keys() - known:
        raise BadSource(place, f"unknown: {', '.join(sorted(unknown))}")
