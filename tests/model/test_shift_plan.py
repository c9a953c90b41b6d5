"""Shifts as people write them, and how they pass on the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.shift_plan import (
    DAY_MIN,
    NoShift,
    PlanFault,
    Planned,
    PlannedSpan,
    Shift,
    clock_min,
    clock_text,
    laid_out,
    times,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 23)


def work(since: int, until: int) -> PlannedSpan:
    return PlannedSpan(Planned.WORK, since * 60, until * 60)


def rest(since: int, until: int) -> PlannedSpan:
    return PlannedSpan(Planned.BREAK, since * 60, until * 60)


def test_break_is_cut_out_of_the_work_around_it() -> None:
    assert laid_out([work(9, 18), rest(12, 13)]) == (work(9, 12), rest(12, 13), work(13, 18))


def test_night_shift_ends_on_the_day_after_and_its_break_with_it() -> None:
    assert laid_out([work(22, 6), rest(2, 3)]) == (work(22, 26), rest(26, 27), work(27, 30))


def test_training_before_the_work_of_a_day_stays_where_it_is() -> None:
    training = PlannedSpan(Planned.TRAINING, 8 * 60, 9 * 60)
    assert laid_out([work(9, 17), training]) == (training, work(9, 17))


@pytest.mark.parametrize(
    ("said", "fault", "nth"),
    [
        ([work(9, 12), work(11, 18)], PlanFault.OVERLAP, 1),
        ([work(9, 18), rest(12, 13), PlannedSpan(Planned.TRAINING, 750, 810)], PlanFault.OVERLAP, 2),
        ([work(30, 50)], PlanFault.NO_TIME, 0),
        ([work(9, 12), rest(12, 12)], PlanFault.NO_TIME, 1),
        ([work(0, 12), work(13, 25)], PlanFault.TOO_LONG, 1),
        ([work(9, 18)] * 49, PlanFault.TOO_MANY, 48),
    ],
    ids=["two of a kind", "break in a training", "beyond the day after", "no length", "more than a day", "many"],
)
def test_what_is_no_shift_says_which_line_is_wrong(said: list[PlannedSpan], fault: PlanFault, nth: int) -> None:
    with pytest.raises(NoShift) as raised:
        laid_out(said)
    assert (raised.value.fault, raised.value.nth) == (fault, nth)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 6, 1), 8)],
    ids=["the clock goes forward", "the clock goes back", "any night"],
)
def test_night_shift_is_as_long_as_the_night(day: date, hours: int) -> None:
    [one] = times(Shift("lin.yue", day, laid_out([work(22, 6)])), BERLIN)
    assert one.until - one.since == timedelta(hours=hours)


def test_break_in_the_hour_that_the_clock_leaves_out_takes_no_time() -> None:
    shift = Shift("lin.yue", date(2026, 3, 28), laid_out([work(22, 6), PlannedSpan(Planned.BREAK, 1575, 1605)]))
    found = times(shift, BERLIN)
    assert [one.what for one in found] == [Planned.WORK, Planned.WORK]
    assert found[0].until == found[1].since == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_times_are_those_of_the_site() -> None:
    [one] = times(Shift("lin.yue", DAY, (work(9, 18),)), SHANGHAI)
    assert (one.since, one.until) == (datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC))


@pytest.mark.parametrize("text", ["9", "24:60", "48:01", "-1:00", "９:00x", ""])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^" if not text else None):
        clock_min(text)


@given(st.integers(0, 2 * DAY_MIN))
def test_clock_is_read_as_it_is_written(minutes: int) -> None:
    assert clock_min(clock_text(minutes)) == minutes


minutes = st.integers(0, 2 * DAY_MIN)


@given(st.lists(st.tuples(st.sampled_from(Planned), minutes, minutes), max_size=8))
def test_spans_of_a_shift_are_in_order_and_never_overlap(said: list[tuple[Planned, int, int]]) -> None:
    try:
        spans = laid_out([PlannedSpan(*one) for one in said])
    except NoShift:
        return
    ends = [0, *(one.until_min for one in spans)]
    assert all(end <= one.since_min < one.until_min for end, one in zip(ends, spans, strict=False))
