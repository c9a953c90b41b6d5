"""After-call work by its policy: when it begins, how often it is prolonged, when it may be left and when it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agent_model.after_call import (
    USUAL_POLICY,
    AfterCallMode,
    AfterCallPolicy,
    AfterCallWork,
    PolicyBreach,
    PolicyWrong,
    WhyStay,
    WorkDone,
    WorkEnd,
    policy_faults,
    weighed_by,
    work_after,
)

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


def worked(seconds: int, end: WorkEnd = WorkEnd.DONE, extended: int = 0) -> WorkDone:
    return WorkDone(NOW, NOW + timedelta(seconds=seconds), end, extended)


def test_work_is_too_long_by_what_is_over_its_time_and_extensions() -> None:
    policy = AfterCallPolicy(extend_s=30, extensions=2)
    assert weighed_by(worked(60), policy, 60, has_disposition=False).over_s == 0
    assert weighed_by(worked(125, extended=2), policy, 60, has_disposition=False).over_s == 5
    twice_too_often = weighed_by(worked(200, extended=4), policy, 60, has_disposition=False)
    assert (twice_too_often.over_s, twice_too_often.breaches) == (80, (PolicyBreach.EXTENDED_TOO_OFTEN,))


def test_work_without_a_limit_is_never_too_long() -> None:
    assert weighed_by(worked(9_000), AfterCallPolicy(AfterCallMode.MANUAL), 0, has_disposition=False).over_s == 0


def test_only_who_ends_it_before_its_time_left_early() -> None:
    policy = AfterCallPolicy(AfterCallMode.NO_EARLY_EXIT)
    found = {end: weighed_by(worked(20, end), policy, 60, has_disposition=True).breaches for end in WorkEnd}
    assert found == {end: (PolicyBreach.LEFT_EARLY,) if end is WorkEnd.DONE else () for end in WorkEnd}


def test_missing_disposition_is_told_where_the_queue_needs_one() -> None:
    policy = AfterCallPolicy(needs_disposition=True)
    assert weighed_by(worked(9), policy, 60, has_disposition=False).breaches == (PolicyBreach.NO_DISPOSITION,)
    assert weighed_by(worked(9), policy, 60, has_disposition=True).breaches == ()


@given(policies, some.integers(0, 3600))
def test_policies_of_the_trade_may_be_kept(policy: AfterCallPolicy, wrap_up_s: int) -> None:
    found = policy_faults(policy, wrap_up_s, offered=1)
    needs_time = policy.mode is AfterCallMode.NO_EARLY_EXIT and wrap_up_s == 0
    assert found == ({"wrap_up_s": PolicyWrong.NEEDS_TIME} if needs_time else {})


def test_disposition_is_not_needed_where_there_is_none() -> None:
    policy = AfterCallPolicy(needs_disposition=True)
    assert policy_faults(policy, 60, offered=0) == {"after_call.needs_disposition": PolicyWrong.NOTHING_TO_PICK}
    assert policy_faults(USUAL_POLICY, 60, offered=0) == {}
