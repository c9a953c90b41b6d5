"""After-call work by its policy: when it begins, how often it is prolonged, when it may be left and when it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agent_model.after_call import AfterCallMode, AfterCallPolicy, AfterCallWork, WhyStay, work_after

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
modes = some.sampled_from(AfterCallMode)
policies = some.builds(
    AfterCallPolicy,
    mode=modes,
    extend_s=some.integers(0, 600),
    extensions=some.none() | some.integers(0, 5),
    stays=some.booleans(),
    needs_disposition=some.booleans(),
)


def begun(mode: AfterCallMode, **more: object) -> AfterCallWork:
    work = work_after(AfterCallPolicy(mode, **more), 60, NOW)  # type: ignore[arg-type]
    assert work is not None
    return work


def test_optional_work_begins_only_when_it_is_asked_for() -> None:
    policy = AfterCallPolicy(AfterCallMode.OPTIONAL)
    asked = work_after(policy, 60, NOW, is_asked=True)

    assert work_after(policy, 60, NOW) is None
    assert asked is not None
    assert asked.ends_at is None
    assert asked.why_stay(NOW) is None


def test_optional_work_begins_where_a_disposition_is_still_missing() -> None:
    policy = AfterCallPolicy(AfterCallMode.OPTIONAL, needs_disposition=True)
    work = work_after(policy, 60, NOW)

    assert work is not None
    assert work.why_stay(NOW) is WhyStay.DISPOSITION_MISSING
    assert work_after(policy, 60, NOW, has_disposition=True) is None


def test_manual_work_never_ends_by_itself_and_may_be_left_at_once() -> None:
    work = begun(AfterCallMode.MANUAL)

    assert work.ends_at is None
    assert not work.is_done(NOW + 100 * MINUTE)
    assert work.is_over_time(NOW + MINUTE)
    assert work.why_stay(NOW) is None
    assert not work.may_extend


def test_boxed_work_ends_with_its_time_and_not_before() -> None:
    work = begun(AfterCallMode.TIME_BOXED)

    assert not work.is_done(NOW + MINUTE - timedelta(milliseconds=1))
    assert work.is_done(NOW + MINUTE)
    assert work.why_stay(NOW) is None


def test_work_without_early_exit_is_left_only_when_its_time_is_over() -> None:
    work = begun(AfterCallMode.NO_EARLY_EXIT, stays=True)

    assert work.why_stay(NOW + MINUTE - timedelta(milliseconds=1)) is WhyStay.TOO_EARLY
    assert work.why_stay(NOW + MINUTE) is None


def test_missing_disposition_keeps_the_agent_there_over_time() -> None:
    work = begun(AfterCallMode.TIME_BOXED, needs_disposition=True)
    late = NOW + 2 * MINUTE

    assert not work.is_done(late)
    assert work.is_over_time(late)
    assert work.why_stay(late) is WhyStay.DISPOSITION_MISSING


def test_extensions_are_counted() -> None:
    work = begun(AfterCallMode.TIME_BOXED, extend_s=30, extensions=2)
    twice = work.longer(NOW).longer(NOW)

    assert twice.until == NOW + 2 * MINUTE
    assert not twice.may_extend
    assert twice.longer(NOW) == twice


def test_extension_after_the_time_is_over_is_counted_from_now() -> None:
    work = begun(AfterCallMode.TIME_BOXED, stays=True, extend_s=30)

    assert work.longer(NOW + 5 * MINUTE).until == NOW + 5 * MINUTE + timedelta(seconds=30)


@pytest.mark.parametrize("mode", [AfterCallMode.TIME_BOXED, AfterCallMode.NO_EARLY_EXIT])
def test_box_without_time_is_no_work(mode: AfterCallMode) -> None:
    assert work_after(AfterCallPolicy(mode), 0, NOW) is None


@given(policies, some.integers(0, 3_600), some.booleans(), some.booleans(), some.integers(0, 7_200))
def test_work_ends_by_itself_only_when_the_agent_may_leave_it(
    policy: AfterCallPolicy, wrap_up_s: int, has_disposition: bool, is_asked: bool, later_s: int
) -> None:
    work = work_after(policy, wrap_up_s, NOW, has_disposition=has_disposition, is_asked=is_asked)
    later = NOW + timedelta(seconds=later_s)
    if work is None:
        assert not (policy.needs_disposition and not has_disposition)
        assert not is_asked
    elif work.is_done(later):
        assert work.why_stay(later) is None
        assert work.is_over_time(later)
        assert not policy.stays


@given(policies, some.integers(0, 3_600), some.lists(some.integers(0, 1_200), max_size=9))
def test_extensions_only_ever_make_it_longer_and_no_more_often_than_allowed(
    policy: AfterCallPolicy, wrap_up_s: int, waits_s: list[int]
) -> None:
    work, now = AfterCallWork(policy, NOW, NOW + timedelta(seconds=wrap_up_s)), NOW
    for wait_s in waits_s:
        now += timedelta(seconds=wait_s)
        longer = work.longer(now)
        assert work.until is not None
        assert longer.until is not None
        assert longer.until >= work.until
        assert (longer.extended == work.extended) == (not work.may_extend)
        work = longer
    assert policy.extensions is None or work.extended <= policy.extensions


@given(policies, some.integers(0, 3_600), some.integers(0, 7_200))
def test_leaving_becomes_possible_with_time_and_never_impossible_again(
    policy: AfterCallPolicy, wrap_up_s: int, later_s: int
) -> None:
    work = AfterCallWork(policy, NOW, NOW + timedelta(seconds=wrap_up_s), has_disposition=True)
    if work.why_stay(NOW) is None:
        assert work.why_stay(NOW + timedelta(seconds=later_s)) is None
