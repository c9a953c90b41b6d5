"""Reports of the floor at a workstation: which days a filter means, and which row stands beside which."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_desktop.supervisor.reports import FIGURES, Asked, Beside, Days, Line, NoDays, chosen_figure, lines, parts
from agent_desktop.sync import reading
from agent_model.floor_report import Period, Report, ReportKind, Wish
from agent_server.floor.reports import CALL_COLUMNS, SHAPES

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("asked", "first", "last", "compared"),
    [
        pytest.param(Asked(), FRIDAY, FRIDAY, None, id="today"),
        pytest.param(Asked(days=Days.YESTERDAY), date(2026, 11, 19), date(2026, 11, 19), None, id="yesterday"),
        pytest.param(
            Asked(days=Days.WEEK, beside=Beside.BEFORE), date(2026, 11, 14), FRIDAY, date(2026, 11, 7), id="week before"
        ),
        pytest.param(Asked(beside=Beside.SAME_WEEKDAYS), FRIDAY, FRIDAY, date(2026, 11, 13), id="the Friday before"),
        pytest.param(
            Asked(days=Days.MONTH, beside=Beside.SAME_WEEKDAYS),
            date(2026, 10, 22),
            FRIDAY,
            date(2026, 9, 17),
            id="as many whole weeks as it takes",
        ),
        pytest.param(
            Asked(days=Days.OTHER, first=" 2026-11-01", last="2026-11-03"),
            date(2026, 11, 1),
            date(2026, 11, 3),
            None,
            id="as typed",
        ),
        pytest.param(
            Asked(days=Days.OTHER, first="2026-11-01"), date(2026, 11, 1), date(2026, 11, 1), None, id="one day"
        ),
        pytest.param(
            Asked(kind=ReportKind.STATES, beside=Beside.BEFORE), FRIDAY, FRIDAY, None, id="a log beside nothing"
        ),
    ],
)
def test_days_of_a_filter(asked: Asked, first: date, last: date, compared: date | None) -> None:
    wish = asked.wish(FRIDAY)

    assert (wish.first, wish.last, wish.compared_from) == (first, last, compared)


@pytest.mark.parametrize(("first", "last"), [("", ""), ("today", ""), ("2026-11-03", "2026-11-01"), ("2026-11-31", "")])
def test_what_is_typed_and_is_no_day_is_told(first: str, last: str) -> None:
    with pytest.raises(NoDays):
        Asked(days=Days.OTHER, first=first, last=last).wish(FRIDAY)


def report(kind: ReportKind, keys: tuple[str, ...], now: Any, before: Any) -> Report:
    wish = Wish(kind, FRIDAY, FRIDAY, compared_from=date(2026, 11, 13))
    return Report(wish, keys, (*keys, "asked", "service_level"), Period(now), Period(before))


def test_rows_stand_beside_those_of_the_same_name() -> None:
    found = report(ReportKind.QUEUE, ("queue",), (("a", 1, 0.5), ("b", 2, None)), (("b", 3, 0.1), ("c", 4, 0.2)))

    assert [*lines(found)] == [
        Line(("a",), ("a", 1, 0.5)),
        Line(("b",), ("b", 2, None), ("b", 3, 0.1)),
        Line(("c",), None, ("c", 4, 0.2)),
    ]


def test_moments_stand_beside_those_of_the_same_clock_of_the_other_day() -> None:
    now = (("a", "2026-11-20T01:00:00.000Z", 1, 0.5),)
    found = report(ReportKind.SERVICE_LEVEL, ("queue", "at"), now, (("a", "2026-11-13T01:00:00.000Z", 7, 0.1),))

    assert [(line.now is not None, line.before is not None) for line in lines(found)] == [(True, True)]


def test_chart_is_of_the_figure_that_was_chosen_or_of_the_first_share() -> None:
    found = report(ReportKind.QUEUE, ("queue",), (), ())

    assert chosen_figure(found.columns, "asked") == "asked"
    assert chosen_figure(found.columns, "talk_s") == "service_level"


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_every_figure_of_a_report_is_in_one_of_its_parts(kind: ReportKind) -> None:
    shape = SHAPES[kind]
    columns = (*shape.keys, *shape.figures)
    found = Report(Wish(kind, FRIDAY, FRIDAY), shape.keys, columns, Period(()))

    shown = {name for part in parts(found) for name in FIGURES[part]}
    assert set(shape.figures) <= shown


def test_what_is_listed_one_by_one_is_shown_whole() -> None:
    found = Report(Wish(ReportKind.CALLS, FRIDAY, FRIDAY), ("asked_at",), CALL_COLUMNS, Period(()))

    assert parts(found) == ()


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"columns": ["queue", "wages"]}, id="a column nobody knows"),
        pytest.param({"now": {"rows": [["a"]], "total": None}}, id="a row that is too short"),
        pytest.param({"now": {"rows": [["a", {"b": 1}]], "total": None}}, id="a value that is none"),
        pytest.param({"kind": "agent"}, id="another report"),
    ],
)
def test_answer_that_is_no_report_is_not_shown(told: dict[str, Any]) -> None:
    plain: dict[str, Any] = {"kind": "queue", "keys": ["queue"], "columns": ["queue", "asked"], "before": None}
    plain |= {"now": {"rows": [["a", 1]], "total": ["", 1]}}
    wish = Wish(ReportKind.QUEUE, FRIDAY, FRIDAY)
    assert reading.floor_report(plain, wish).now == Period((("a", 1),), ("", 1))
    with pytest.raises((KeyError, TypeError, ValueError)):
        reading.floor_report(plain | told, wish)


def test_same_time_of_the_day_stands_beside_though_the_clock_was_put_back_in_between() -> None:
    """New York, 1 November 2026: nine in the morning is an hour later by UTC from then on."""
    wish = Wish(ReportKind.INTERVAL, date(2026, 11, 2), date(2026, 11, 2), compared_from=date(2026, 10, 26))
    now, before = Period((("2026-11-02T14:00:00.000Z", 3),)), Period((("2026-10-26T13:00:00.000Z", 2),))
    [line] = lines(Report(wish, ("at",), ("at", "asked"), now, before), ZoneInfo("America/New_York"))

    assert (line.now, line.before) == (now.rows[0], before.rows[0])
