"""Clocks of tickets keep what was promised: started, standing still, met or missed, with each step once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_model.body import from_body, to_body
from agent_model.calendar import ALWAYS, Calendar, Opening
from agent_model.calendar_time import BadCalendar, Timetable
from agent_model.clock import Clock, ClockState, Measure, Step, StepKind, TicketClocks
from agent_model.clock_policy import DEFAULT_POLICY, PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import ClockFacts, Promises, plausible
from agent_model.customer import Tier
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MONDAY = datetime(2026, 11, 16, 10, tzinfo=SHANGHAI)
WARN, ESCALATE = Step(StepKind.WARN, 50), Step(StepKind.ESCALATE, None, 30)
LAST_MINUTES = Step(StepKind.WARN, None, -15)
WEEK = ((Opening("09:00", "12:00"), Opening("13:00", "18:00")),) * 5 + ((),) * 2
OFFICE = Calendar("office", Words("", ""), "Asia/Shanghai", WEEK)
POLICY = SlaPolicy(
    PolicyId("p"),
    MONDAY,
    (
        Target(Measure.RESOLUTION, 4 * 60, "office", tiers=(Tier.DIAMOND,)),
        Target(Measure.RESOLUTION, 24 * 60, "always", types=(TicketType.COMPLAINT,), steps=(LAST_MINUTES,)),
        Target(Measure.RESOLUTION, 8 * 60, "office", priorities=(Priority.HIGH,), steps=(WARN, ESCALATE)),
        Target(Measure.RESOLUTION, 16 * 60, "office", steps=(WARN, ESCALATE)),
        Target(Measure.FIRST_RESPONSE, 60, "office"),
    ),
    (ALWAYS, OFFICE),
)
FACTS = ClockFacts(TicketType.FAULT, Priority.NORMAL, TicketStatus.NEW)


@pytest.fixture
def promises() -> Promises:
    return Promises(POLICY)


def resolution(clocks: TicketClocks) -> Clock:
    clock = clocks.clock(Measure.RESOLUTION)
    assert clock is not None
    return clock


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, local(18, 10)),
        ({"priority": Priority.HIGH}, local(17, 10)),
        ({"type": TicketType.COMPLAINT, "priority": Priority.HIGH}, local(17, 10)),
        ({"type": TicketType.COMPLAINT, "tier": Tier.DIAMOND}, local(16, 15)),
        ({"tier": Tier.GOLD}, local(18, 10)),
        ({"agreed_at": local(20, 12)}, local(20, 12)),
    ],
    ids=["everybody", "priority", "type before priority", "tier before type", "another tier", "agreed by name"],
)
def test_first_target_that_fits_says_when_a_ticket_is_due(
    promises: Promises, facts: dict[str, Any], due: datetime
) -> None:
    assert resolution(promises.begin(replace(FACTS, **facts), MONDAY)).due_at == due


def test_first_response_is_given_by_whoever_begins(promises: Promises) -> None:
    clocks = promises.begin(FACTS, MONDAY)
    assert clocks.leading is not None
    assert (clocks.leading.measure, clocks.leading.due_at) == (Measure.FIRST_RESPONSE, MONDAY + HOUR)

    begun = promises.follow(clocks, replace(FACTS, status=TicketStatus.IN_PROGRESS), MONDAY + MINUTE)

    assert begun.leading == resolution(begun)
    answered = begun.clock(Measure.FIRST_RESPONSE)
    assert answered is not None
    assert (answered.met_at, answered.state(MONDAY + 2 * HOUR)) == (MONDAY + MINUTE, ClockState.MET)


def test_clock_stands_still_while_the_customer_is_waited_for(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    waiting = promises.follow(started, replace(FACTS, status=TicketStatus.WAITING_CUSTOMER), local(16, 11))

    assert waiting.leading is not None
    assert (waiting.leading.due_at, waiting.leading.left_s) == (None, 15 * 3600)
    assert waiting.leading.state(local(30, 12)) is ClockState.PAUSED
    assert promises.next_step_at(waiting) is None

    back = promises.follow(waiting, replace(FACTS, status=TicketStatus.IN_PROGRESS), local(17, 9))
    assert (resolution(back).due_at, resolution(back).left_s) == (local(18, 17), None)


def test_what_is_missed_stays_missed_while_the_customer_is_waited_for(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    waiting = promises.follow(started, replace(FACTS, status=TicketStatus.WAITING_CUSTOMER), local(20, 10))

    assert resolution(waiting).due_at == local(18, 10)
    assert resolution(waiting).state(local(20, 10)) is ClockState.MISSED


def test_solved_in_time_is_met_and_a_minute_later_is_missed(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    solved = replace(FACTS, status=TicketStatus.RESOLVED)
    in_time = promises.follow(started, solved, local(18, 10))
    late = promises.follow(started, solved, local(18, 10, 1))

    assert resolution(in_time).state(local(30, 12)) is ClockState.MET
    assert resolution(late).state(local(30, 12)) is ClockState.MISSED
    assert in_time.leading is late.leading is None


def test_time_in_which_a_ticket_was_thought_solved_does_not_count(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    solved = promises.follow(started, replace(FACTS, status=TicketStatus.RESOLVED), local(16, 11))
    again = promises.follow(solved, replace(FACTS, status=TicketStatus.IN_PROGRESS), local(17, 9))

    assert resolution(again).met_at is None
    assert resolution(again).due_at == local(18, 17)


def test_other_priority_counts_from_when_the_ticket_was_written(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    urgent = promises.follow(started, replace(FACTS, priority=Priority.HIGH), local(16, 17))

    assert resolution(urgent).due_at == local(17, 10)


def test_agreed_moment_is_not_moved_by_a_pause(promises: Promises) -> None:
    agreed = replace(FACTS, agreed_at=local(17, 11))
    started = promises.begin(agreed, MONDAY)
    waiting = promises.follow(started, replace(agreed, status=TicketStatus.WAITING_CUSTOMER), local(16, 11))

    assert resolution(waiting).due_at == local(17, 11)


def test_steps_are_taken_once_and_in_their_order(promises: Promises) -> None:
    clocks = promises.begin(FACTS, MONDAY)
    assert promises.next_step_at(clocks) == local(17, 10)
    assert promises.take_steps(clocks, local(17, 10) - MINUTE) == (clocks, ())

    warned, first = promises.take_steps(clocks, local(17, 10))
    assert first == (WARN,)
    assert promises.next_step_at(warned) == local(18, 10, 30)
    escalated, second = promises.take_steps(warned, local(19, 9))

    assert second == (ESCALATE,)
    assert promises.next_step_at(escalated) is None
    assert promises.take_steps(escalated, local(30, 9)) == (escalated, ())
    assert [taken.step for taken in resolution(escalated).taken] == [WARN, ESCALATE]


def test_steps_that_nobody_was_there_for_are_taken_together(promises: Promises) -> None:
    clocks = promises.begin(FACTS, MONDAY)
    assert promises.take_steps(clocks, local(25, 9))[1] == (WARN, ESCALATE)


def test_step_before_the_end_is_counted_in_working_time(promises: Promises) -> None:
    complaint = promises.begin(replace(FACTS, type=TicketType.COMPLAINT), MONDAY)
    warn_at = resolution(complaint).warn_at
    assert warn_at == local(17, 9, 45)
    assert resolution(complaint).state(warn_at - MINUTE) is ClockState.FINE
    assert resolution(complaint).state(warn_at) is ClockState.WARN


def test_no_step_is_taken_of_a_promise_that_was_kept(promises: Promises) -> None:
    started = promises.begin(FACTS, MONDAY)
    solved = promises.follow(started, replace(FACTS, status=TicketStatus.RESOLVED), local(16, 11))

    assert promises.next_step_at(solved) is None
    assert promises.take_steps(solved, local(30, 9)) == (solved, ())


MOMENTS = st.integers(0, 20 * 24 * 60).map(lambda minutes: MONDAY + minutes * MINUTE)


@settings(max_examples=200, deadline=None)
@given(st.lists(MOMENTS, min_size=3, max_size=9, unique=True).map(sorted))
def test_pauses_move_the_due_moment_by_their_working_time(moments: list[datetime]) -> None:
    promises = Promises(POLICY)
    office = Timetable(OFFICE)
    start, *changes = moments
    clocks = promises.begin(FACTS, start)
    for number, at in enumerate(changes):
        status = TicketStatus.IN_PROGRESS if number % 2 else TicketStatus.WAITING_CUSTOMER
        clocks = promises.follow(clocks, replace(FACTS, status=status), at)
    clocks = promises.follow(clocks, replace(FACTS, status=TicketStatus.IN_PROGRESS), moments[-1])
    clock = resolution(clocks)

    assert clock.due_at is not None
    paused = sum((office.between(one.since, min(one.until or clock.due_at, clock.due_at)) for one in clock.pauses
                  if one.since < clock.due_at), timedelta())  # fmt: skip
    assert office.between(start, clock.due_at) == 16 * HOUR + paused


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(MOMENTS, st.sampled_from(TicketStatus)), max_size=8))
def test_whatever_happens_a_clock_comes_back_whole_from_the_wire(events: list[tuple[datetime, TicketStatus]]) -> None:
    promises = Promises(POLICY)
    clocks = promises.begin(FACTS, MONDAY)
    for at, status in sorted(events):
        clocks = promises.follow(clocks, replace(FACTS, status=status), at)
        clocks, _ = promises.take_steps(clocks, at)

    told = from_body(TicketClocks, "", 0, to_body(clocks))
    assert told == clocks
    assert promises.next_step_at(told) == promises.next_step_at(clocks)


def test_default_policy_keeps_what_the_practitioners_ask_for() -> None:
    promises = Promises(DEFAULT_POLICY)
    complaint = promises.begin(replace(FACTS, type=TicketType.COMPLAINT), MONDAY)
    answer = complaint.clock(Measure.FIRST_RESPONSE)

    assert resolution(complaint).due_at == MONDAY + 48 * HOUR
    assert answer is not None
    assert answer.due_at == MONDAY + 24 * HOUR


def test_policy_with_a_calendar_that_is_not_there_says_so() -> None:
    with pytest.raises(BadCalendar) as refused:
        Promises(replace(POLICY, calendars=(ALWAYS,)))
    assert (refused.value.calendar, refused.value.fact) == ("office", "missing")


def test_holidays_that_are_named_and_not_there_are_missed() -> None:
    with pytest.raises(BadCalendar) as refused:
        Promises(replace(POLICY, calendars=(ALWAYS, replace(OFFICE, holidays="cn"))))
    assert (refused.value.calendar, refused.value.fact) == ("cn", "missing")


@pytest.mark.parametrize("told", [MONDAY - timedelta(days=8), MONDAY + 3 * MINUTE])
def test_clock_that_is_plainly_wrong_is_not_believed(told: datetime) -> None:
    now = MONDAY.astimezone(UTC)
    assert plausible(told, now) == now
    assert plausible(now - HOUR, now) == now - HOUR


def answered(promises: Promises, clocks: TicketClocks, at: datetime) -> TicketClocks:
    return promises.follow(clocks, replace(FACTS, answered_at=at), at)


def test_answer_to_the_customer_is_the_first_response_and_leaves_the_rest(promises: Promises) -> None:
    begun = promises.begin(FACTS, MONDAY)

    told = answered(promises, begun, MONDAY + MINUTE)

    response = told.clock(Measure.FIRST_RESPONSE)
    assert response is not None
    assert (response.met_at, response.state(MONDAY + 2 * HOUR)) == (MONDAY + MINUTE, ClockState.MET)
    assert resolution(told) == resolution(begun)


MINUTES = st.integers(-60, 60 * 24 * 3)


@settings(deadline=None)
@given(answers=st.lists(MINUTES, max_size=5), taken_up=st.none() | MINUTES, order=st.randoms(use_true_random=False))
def test_first_response_is_the_earliest_answer_in_whichever_order_they_become_known(
    answers: list[int], taken_up: int | None, order: Any
) -> None:
    """Taking it up counts where no answer was known by then."""
    promises = Promises(POLICY)
    clocks, is_open = promises.begin(FACTS, MONDAY), True
    events = [(minute, True) for minute in answers] + ([] if taken_up is None else [(taken_up, False)])
    order.shuffle(events)
    for minute, is_answer in events:
        at = MONDAY + minute * MINUTE
        is_open = is_open and is_answer
        status = TicketStatus.NEW if is_open else TicketStatus.IN_PROGRESS
        clocks = promises.follow(clocks, replace(FACTS, status=status, answered_at=at if is_answer else None), at)

    response = clocks.clock(Measure.FIRST_RESPONSE)
    assert response is not None
    counting = [minute for place, (minute, is_answer) in enumerate(events) if is_answer or place == 0]
    earliest = min(counting, default=None)
    assert response.met_at == (None if earliest is None else max(MONDAY, MONDAY + earliest * MINUTE))
    assert resolution(clocks) == resolution(promises.begin(FACTS, MONDAY))
