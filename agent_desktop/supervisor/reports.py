"""Reports of the floor in the hands of who leads: asked of the server as they are now, with the filter kept."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from agent_desktop.offline.kept import Kept
from agent_model.agent import Agent, Role
from agent_model.floor_report import COLUMNS, COMPARABLE, Report, ReportKind, Value, Wish, Writing
from agent_model.moment import from_text, to_text

LEADING: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
KEPT_AS: Final = "floor reports"
WEEK: Final = 7


class Days(StrEnum):
    """OTHER: as they are typed."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    OTHER = "other"


class Beside(StrEnum):
    """What stands beside: the days just before, or the same days of the week some weeks before."""

    NOTHING = "nothing"
    BEFORE = "before"
    SAME_WEEKDAYS = "same_weekdays"


class Part(StrEnum):
    """Figures that are looked at together: all of a report's do not fit beside one another."""

    CALLS = "calls"
    HANDLING = "handling"
    TIMES = "times"
    OUTCOMES = "outcomes"


FIGURES: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.CALLS: (
        "asked", "answered", "in_time", "gave_up", "gave_up_short", "overflowed", "service_level", "connect_rate",
        "abandon_rate", "answer_speed_s",
    ),
    Part.HANDLING: ("answered", "ended", "talk_s", "hold_s", "wrap_s", "handle_s", "rang_out", "refused"),
    Part.TIMES: ("busy_s", "ready_s", "break_s", "occupancy", "adherence"),
    Part.OUTCOMES: ("judged", "solved_first_rate", "repeat_rate", "rated", "survey_rate", "dialled"),
}  # fmt: skip


class NoDays(Exception):
    """What is typed are no days, or the last is before the first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter; empty fields narrow nothing. `first` and `last` are as typed, for OTHER days. `figure` is the column
    of the chart."""

    kind: ReportKind = ReportKind.QUEUE
    days: Days = Days.TODAY
    first: str = ""
    last: str = ""
    beside: Beside = Beside.NOTHING
    team: str = ""
    queue: str = ""
    agent: str = ""
    figure: str = ""

    def period(self, today: date) -> tuple[date, date]:
        """Raises NoDays."""
        match self.days:
            case Days.TODAY:
                return today, today
            case Days.YESTERDAY:
                return today - timedelta(days=1), today - timedelta(days=1)
            case Days.WEEK:
                return today - timedelta(days=6), today
            case Days.MONTH:
                return today - timedelta(days=29), today
            case Days.OTHER:
                try:
                    first, last = (date.fromisoformat(text.strip()) for text in (self.first, self.last or self.first))
                except ValueError:
                    raise NoDays from None
                if last < first:
                    raise NoDays
                return first, last

    def wish(self, today: date) -> Wish:
        """Raises NoDays."""
        first, last = self.period(today)
        wish = Wish(self.kind, first, last, self.team, self.queue, agent=self.agent)
        if self.beside is Beside.NOTHING or self.kind not in COMPARABLE:
            return wish
        back = wish.days if self.beside is Beside.BEFORE else -(-wish.days // WEEK) * WEEK
        try:
            return replace(wish, compared_from=first - timedelta(days=back))
        except OverflowError:
            raise NoDays from None


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the same of the other period; `now` None: there is only that."""

    key: tuple[Value, ...]
    now: tuple[Value, ...] | None
    before: tuple[Value, ...] | None = None


class Server(Protocol):
    """See `sync.client.SyncClient`. Every method raises ServerUnreachable, ServerRefused."""

    def floor_report(self, wish: Wish) -> Report: ...

    def floor_report_file(self, wish: Wish, form: str, language: str) -> bytes: ...


class FloorReports:
    def __init__(self, me: Agent, server: Server, kept: Kept) -> None:
        self._me, self._server, self._kept = me, server, kept
        self.is_offered = me.role in LEADING
        self.sees_all = me.role is Role.DUTY_MANAGER

    def made(self, wish: Wish) -> Report:
        """Raises as `Server` does."""
        return self._server.floor_report(wish)

    def write(self, wish: Wish, form: str, language: str, path: Path) -> None:
        """The file as the server writes it, which has it on record. Raises OSError, and as `Server` does."""
        path.write_bytes(self._server.floor_report_file(wish, form, language))

    def asked(self) -> Asked:
        """As it was kept last. Raises OutboxDamaged, StoreBusy."""
        written = self._kept.read(KEPT_AS)
        try:
            plain = {**asdict(Asked()), **(json.loads(written) if written else {})}
            kind, days, beside = (plain.pop(name) for name in ("kind", "days", "beside"))
            asked = Asked(kind=ReportKind(kind), days=Days(days), beside=Beside(beside), **plain)
        except (ValueError, TypeError):
            return Asked()  # of another version of the program
        return asked if self.sees_all else replace(asked, team="")

    def keep(self, asked: Asked) -> None:
        """For the next time. Raises OutboxDamaged, StoreBusy, DiskFull."""
        self._kept.keep(KEPT_AS, json.dumps(asdict(asked)))


def lines(report: Report, zone: tzinfo | None = None) -> Iterator[Line]:
    """Each row beside that of the other period: of the same name, or as many days after its beginning at the same time
    by the clock of a zone, which may be put forward or back in between; None is this machine's."""
    count = len(report.keys)
    rows = report.now.rows
    if report.before is None:
        yield from (Line(row[:count], row) for row in rows)
        return
    theirs: dict[tuple[Value, ...], tuple[Value, ...]] = {
        _moved(row[:count], report, zone): row for row in report.before.rows
    }
    for row in rows:
        yield Line(row[:count], row, theirs.pop(row[:count], None))
    yield from (Line(key, None, row) for key, row in theirs.items())


def parts(report: Report) -> tuple[Part, ...]:
    """Those that a report has, none of them only to repeat what another shows. What is no sum has none."""
    if report.wish.kind not in COMPARABLE:
        return ()
    held = {part: [name for name in names if name in report.columns] for part, names in FIGURES.items()}
    seen = Counter(name for names in held.values() for name in names)
    return tuple(part for part, names in held.items() if len(names) > 1 or any(seen[name] == 1 for name in names))


def chosen_figure(columns: Sequence[str], wanted: str) -> str:
    """The column of the chart: the one that is wanted where it is there, else the first share, or number."""
    figures = [name for name in columns if COLUMNS[name].writing.is_number]
    if wanted in figures:
        return wanted
    shares = (name for name in figures if COLUMNS[name].writing is Writing.SHARE)
    return next(shares, next(iter(figures), ""))


def _moved(key: tuple[Value, ...], report: Report, zone: tzinfo | None) -> tuple[Value, ...]:
    """The key that a row of the other period would have in this one."""
    wish = report.wish
    by = wish.first - (wish.compared_from or wish.first)
    writings: Mapping[Writing, Callable[[str], str]] = {
        Writing.MOMENT: lambda text: to_text(_later(from_text(text), by, zone)),
        Writing.DAY: lambda text: (date.fromisoformat(text) + by).isoformat(),
    }
    move = [writings.get(COLUMNS[name].writing) for name in report.keys]
    return tuple(value if to is None else to(str(value)) for to, value in zip(move, key, strict=True))


def _later(moment: datetime, by: timedelta, zone: tzinfo | None) -> datetime:
    """The same time of the day, some days later."""
    shown = moment.astimezone(zone).replace(tzinfo=None) + by
    return shown.astimezone() if zone is None else shown.replace(tzinfo=zone)
