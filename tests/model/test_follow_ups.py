"""What attempts make of a follow-up, and when the next one is: in hours of the customer's zone, over clock changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.calendar import Opening
from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpId, FollowUpKind, FollowUpState
from agent_model.follow_up_course import counted, is_attempt
from agent_model.follow_up_plan import SHIPPED, FollowUpPlan, is_plan

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
PLAN = SHIPPED[FollowUpKind.RETURN_VISIT]
OPEN = FollowUp(FollowUpId("F-1"), FollowUpKind.RETURN_VISIT, "核实处理结果", AT, AT, "lin.yue", "C-1", owner="lin.yue")
ZONES = ("Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")
moments = st.integers(0, 15 * 366 * 24 * 60).map(lambda minutes: AT + timedelta(minutes=minutes))
results = st.sampled_from([result for result in AttemptResult if result is not AttemptResult.LATER])


def attempt(result: AttemptResult, at: datetime = AT, satisfaction: int | None = None) -> Attempt:
    return Attempt(at, "lin.yue", result, "call-1", satisfaction=satisfaction)


@pytest.mark.parametrize("plan", SHIPPED.values(), ids=lambda plan: plan.id)
def test_shipped_plan_can_be_followed(plan: FollowUpPlan) -> None:
    assert is_plan(plan)


@given(moments, st.integers(1, 8), st.sampled_from(ZONES))
def test_next_attempt_is_late_enough_and_within_the_customers_hours(after: datetime, nth: int, zone: str) -> None:
    again = PLAN.next_attempt(after, nth, zone)
    waits = PLAN.spacing_min[min(nth, len(PLAN.spacing_min)) - 1]
    assert again >= after + timedelta(minutes=waits)
    assert 9 <= again.astimezone(ZoneInfo(zone)).hour < 20


@given(moments, st.sampled_from(ZONES))
def test_nobody_waits_longer_than_until_the_next_opening(after: datetime, zone: str) -> None:
    earliest = after + timedelta(minutes=PLAN.spacing_min[0])
    assert PLAN.next_attempt(after, 1, zone) - earliest < timedelta(hours=15)


@given(moments, st.sampled_from(ZONES))
def test_hours_that_a_zone_skips_wait_for_a_day_that_has_them(after: datetime, zone: str) -> None:
    by_night = replace(PLAN, hours=(Opening("02:00", "03:00"),))
    again = by_night.next_attempt(after, 1, zone)
    assert again.astimezone(ZoneInfo(zone)).hour == 2
    assert by_night.is_within_hours(again, zone)


def test_zone_nobody_knows_counts_as_the_centres() -> None:
    assert PLAN.next_attempt(AT, 1, "Mars/Base") == PLAN.next_attempt(AT, 1, None)


@given(st.lists(st.tuples(results, moments), max_size=8))
def test_only_who_was_reached_is_done_and_satisfied(told: list[tuple[AttemptResult, datetime]]) -> None:
    attempts = tuple(
        attempt(result, at, 5 if result is AttemptResult.REACHED else None)
        for result, at in told
        if result is not AttemptResult.CALLED_IN
    )
    ended = counted(replace(OPEN, attempts=attempts), PLAN)
    spoken_to = [one for one in attempts if one.result in (AttemptResult.REACHED, AttemptResult.REFUSED)]
    assert (ended.state is FollowUpState.DONE) == bool(spoken_to)
    assert ended.satisfaction == (spoken_to[0].satisfaction if spoken_to else None)
    assert ended.counted == len(attempts)


@given(st.lists(st.tuples(results, moments), max_size=8), st.integers(0, 8))
def test_attempts_counted_in_parts_come_to_the_same(told: list[tuple[AttemptResult, datetime]], cut: int) -> None:
    attempts = tuple(attempt(result, at) for result, at in told)
    at_once = counted(replace(OPEN, attempts=attempts), PLAN)
    in_parts = counted(replace(counted(replace(OPEN, attempts=attempts[:cut]), PLAN), attempts=attempts), PLAN)
    assert in_parts == at_once


def test_last_attempt_of_the_plan_in_vain_ends_it() -> None:
    in_vain = tuple(attempt(AttemptResult.NO_ANSWER) for _ in range(PLAN.attempts))
    assert counted(replace(OPEN, attempts=in_vain[:-1]), PLAN).is_open
    ended = counted(replace(OPEN, attempts=in_vain), PLAN)
    assert (ended.state, ended.satisfaction) == (FollowUpState.NOT_REACHED, None)


def test_time_that_was_named_counts_no_attempt() -> None:
    later = replace(attempt(AttemptResult.LATER), later_at=AT + timedelta(days=3))
    tries = (attempt(AttemptResult.NO_ANSWER), later, attempt(AttemptResult.BUSY))
    assert counted(replace(OPEN, attempts=tries), PLAN).is_open


def test_own_call_of_the_customer_clears_a_callback_only() -> None:
    called = attempt(AttemptResult.CALLED_IN)
    assert is_attempt(replace(OPEN, kind=FollowUpKind.CALLBACK), called)
    assert not is_attempt(OPEN, called)


def test_put_off_it_is_wanted_later_but_never_before_it_is_due() -> None:
    assert replace(OPEN, snoozed_until=AT + timedelta(hours=1)).wanted_at == AT + timedelta(hours=1)
    assert replace(OPEN, snoozed_until=AT - timedelta(hours=1)).wanted_at == AT
