"""Working time is exactly what the clock on the wall says, whatever the zone does with it."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_model.calendar import ALL_DAY, ALWAYS, Calendar, DayKind, Holidays, Opening, SpecialDay
from agent_model.calendar_time import BadCalendar, Timetable
from agent_model.words import Words

MINUTE = timedelta(minutes=1)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
OFFICE = (Opening("09:00", "12:00"), Opening("13:00", "18:00"))
BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
NAME = Words("", "")


def opening(minutes: tuple[int, int]) -> Opening:
    return Opening(*(f"{minute // 60:02}:{minute % 60:02}" for minute in minutes))


@st.composite
def hours(draw: st.DrawFn) -> tuple[Opening, ...]:
    ends = sorted(draw(st.lists(st.integers(0, 24 * 60), unique=True, max_size=6)))
    return tuple(opening(pair) for pair in zip(ends[::2], ends[1::2], strict=False))


# Weeks in which some of these zones change their clocks, and one in which none does.
BEGINNINGS = st.sampled_from([datetime(2026, *day, tzinfo=UTC) for day in ((3, 28), (10, 24), (3, 7), (4, 4), (7, 1))])
MOMENTS = st.builds(lambda begin, minutes: begin + minutes * MINUTE, BEGINNINGS, st.integers(0, 4 * 24 * 60))
SPANS = st.integers(0, 3 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, Holidays]:
    week = draw(st.tuples(*[hours()] * 7).filter(lambda days: any(days)))
    first = draw(BEGINNINGS).date()
    kinds = draw(st.dictionaries(st.integers(0, 6), st.sampled_from(DayKind)))
    special = tuple(SpecialDay(first + timedelta(days=number), kind) for number, kind in kinds.items())
    make_up = draw(hours())
    return Calendar("c", NAME, draw(st.sampled_from(ZONES)), week, "h", make_up), Holidays("h", special)


def is_worked(calendar: Calendar, holidays: Holidays, moment: datetime) -> bool:
    """What a person would say who looks at the clock and at the plan."""
    local = moment.astimezone(ZoneInfo(calendar.zone))
    openings = calendar.week[local.weekday()]
    for special in holidays.days:
        if special.day == local.date():
            first_worked = next(day for day in calendar.week if day)
            openings = () if special.kind is DayKind.OFF else calendar.make_up or first_worked
    return any(one.opens <= f"{local:%H:%M}" < one.closes for one in openings)


@settings(max_examples=150, deadline=None)
@given(calendars(), MOMENTS, SPANS)
def test_working_time_is_that_of_a_person_who_counts_every_minute(
    told: tuple[Calendar, Holidays], start: datetime, span: timedelta
) -> None:
    minutes = (start + number * MINUTE for number in range(span // MINUTE))
    counted = sum(is_worked(*told, minute) for minute in minutes) * MINUTE

    assert Timetable(*told).between(start, start + span) == counted


@settings(max_examples=100, deadline=None)
@given(calendars(), MOMENTS)
def test_minute_is_open_when_the_clock_on_the_wall_says_so(told: tuple[Calendar, Holidays], moment: datetime) -> None:
    assert Timetable(*told).is_open(moment) == is_worked(*told, moment)


@settings(max_examples=200, deadline=None)
@given(calendars(), MOMENTS, SPANS)
def test_working_time_that_was_added_is_measured_again(
    told: tuple[Calendar, Holidays], start: datetime, working: timedelta
) -> None:
    timetable = Timetable(*told)
    assert timetable.between(start, timetable.add(start, working)) == working


@settings(max_examples=200, deadline=None)
@given(calendars(), MOMENTS, SPANS)
def test_moment_that_is_reckoned_is_the_first_one(
    told: tuple[Calendar, Holidays], start: datetime, span: timedelta
) -> None:
    timetable, end = Timetable(*told), start + span
    reckoned = timetable.add(start, timetable.between(start, end))

    assert reckoned <= end
    assert timetable.between(reckoned, end) == timedelta()


@settings(max_examples=200, deadline=None)
@given(calendars(), MOMENTS, SPANS, SPANS)
def test_more_working_time_never_ends_earlier(
    told: tuple[Calendar, Holidays], start: datetime, some: timedelta, more: timedelta
) -> None:
    timetable = Timetable(*told)
    assert timetable.add(start, some) <= timetable.add(start, some + more)
    assert timetable.add(start, some) <= timetable.add(start + more, some)


@settings(max_examples=200, deadline=None)
@given(calendars(), MOMENTS, SPANS, SPANS)
def test_working_time_in_two_parts_is_the_whole(
    told: tuple[Calendar, Holidays], start: datetime, first: timedelta, second: timedelta
) -> None:
    timetable, middle, end = Timetable(*told), start + first, start + first + second
    assert timetable.between(start, middle) + timetable.between(middle, end) == timetable.between(start, end)
    assert timetable.add(timetable.add(start, first), second) == timetable.add(start, first + second)


def test_zones_are_known_where_the_system_has_none() -> None:
    """On Windows, and in small containers."""
    asked = f"from zoneinfo import ZoneInfo; [ZoneInfo(name) for name in {ZONES}]"
    environment = {**os.environ, "PYTHONTZPATH": ""}
    subprocess.run([sys.executable, "-c", asked], env=environment, check=True)


def test_hour_that_is_skipped_in_spring_is_not_worked() -> None:
    night = Calendar("c", NAME, "Europe/Berlin", ((Opening("01:00", "04:00"),),) * 7)
    midnight = datetime(2026, 3, 29, tzinfo=BERLIN)

    assert Timetable(night).between(midnight, datetime(2026, 3, 29, 12, tzinfo=BERLIN)) == timedelta(hours=2)


def test_hour_that_comes_twice_in_autumn_is_worked_twice() -> None:
    night = Calendar("c", NAME, "Europe/Berlin", ((Opening("01:00", "04:00"),),) * 7)
    due = Timetable(night).add(datetime(2026, 10, 25, tzinfo=BERLIN), timedelta(hours=3))

    assert due == datetime(2026, 10, 25, 3, tzinfo=BERLIN)


def test_whole_days_in_a_zone_are_twenty_three_and_twenty_five_hours_long() -> None:
    days = Timetable(Calendar("c", NAME, "Europe/Berlin", (ALL_DAY,) * 7))
    spring, autumn = datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)

    assert days.add(spring, timedelta(hours=23)) == datetime(2026, 3, 30, tzinfo=BERLIN)
    assert days.add(autumn, timedelta(hours=25)) == datetime(2026, 10, 26, tzinfo=BERLIN)


def test_around_the_clock_every_moment_counts() -> None:
    start = datetime(2026, 3, 29, 0, 30, 15, 250_000, tzinfo=UTC)
    always = Timetable(ALWAYS)

    assert always.add(start, timedelta(hours=48)) == start + timedelta(hours=48)
    assert always.between(start, start + timedelta(hours=48)) == timedelta(hours=48)


def test_time_ends_with_the_last_hour_and_not_with_the_next_morning() -> None:
    office = Timetable(Calendar("c", NAME, "Asia/Shanghai", (OFFICE,) * 5 + ((),) * 2))
    friday = datetime(2026, 11, 20, 17, tzinfo=SHANGHAI)

    assert office.add(friday, timedelta(hours=1)) == friday + timedelta(hours=1)
    assert office.add(friday, timedelta(hours=1, minutes=1)) == datetime(2026, 11, 23, 9, 1, tzinfo=SHANGHAI)


def test_make_up_day_without_hours_of_its_own_is_worked_like_the_first_working_day() -> None:
    saturday = Holidays("cn", (SpecialDay(date(2026, 2, 14), DayKind.WORK),))
    office = Timetable(Calendar("c", NAME, "Asia/Shanghai", (OFFICE,) * 5 + ((),) * 2, "cn"), saturday)
    morning = datetime(2026, 2, 14, tzinfo=SHANGHAI)

    assert office.between(morning, morning + timedelta(days=1)) == timedelta(hours=8)


@pytest.mark.parametrize(
    ("zone", "week", "fact"),
    [
        ("Asia/Atlantis", (OFFICE,) * 7, "unknown_zone"),
        ("../etc/passwd", (OFFICE,) * 7, "unknown_zone"),
        ("UTC", (OFFICE,) * 6, "bad_week"),
        ("UTC", ((),) * 7, "never_open"),
        ("UTC", ((Opening("9:00", "18:00"),),) * 7, "bad_hours"),
        ("UTC", ((Opening("18:00", "09:00"),),) * 7, "bad_hours"),
        ("UTC", ((Opening("09:00", "12:00"), Opening("11:00", "18:00")),) * 7, "bad_hours"),
    ],
)
def test_calendar_that_cannot_be_reckoned_with_says_why(
    zone: str, week: tuple[tuple[Opening, ...], ...], fact: str
) -> None:
    with pytest.raises(BadCalendar) as refused:
        Timetable(Calendar("c", NAME, zone, week))
    assert refused.value.fact == fact
