"""Adherence: what counts as kept, and who is out of plan."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.adherence import Adherence, AdherenceNow, Kept, adherence, fits, kept, planned_ms, so_far
from agent_model.agent import AgentState, Spent
from agent_model.shift_plan import Planned, PlannedTime

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
DAY = date(2026, 11, 23)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def in_state(state: AgentState, since: float, until: float, reason: str = "") -> Spent:
    return Spent(state, reason, at(since), at(until))


PLAN = (
    PlannedTime(Planned.WORK, at(0), at(180)),
    PlannedTime(Planned.BREAK, at(180), at(210)),
    PlannedTime(Planned.WORK, at(210), at(540)),
)


@pytest.mark.parametrize(
    ("what", "state", "reason", "is_kept"),
    [
        (Planned.WORK, AgentState.READY, "", True),
        (Planned.WORK, AgentState.ON_CALL, "", True),
        (Planned.WORK, AgentState.AFTER_CALL_WORK, "", True),
        (Planned.WORK, AgentState.BREAK, "short", False),
        (Planned.WORK, AgentState.BREAK, "cool_down", True),
        (Planned.WORK, AgentState.OFFLINE, "", False),
        (Planned.BREAK, AgentState.BREAK, "meal", True),
        (Planned.BREAK, AgentState.BREAK, "own", True),
        (Planned.BREAK, AgentState.BREAK, "training", False),
        (Planned.BREAK, AgentState.BREAK, "no_answer", False),
        (Planned.BREAK, AgentState.READY, "", False),
        (Planned.BREAK, AgentState.OFFLINE, "", False),
        (Planned.TRAINING, AgentState.BREAK, "meeting", True),
        (Planned.TRAINING, AgentState.BREAK, "own", True),
        (Planned.TRAINING, AgentState.BREAK, "short", False),
        (Planned.TRAINING, AgentState.ON_CALL, "", False),
    ],
)
def test_which_states_fit_what_is_planned(what: Planned, state: AgentState, reason: str, is_kept: bool) -> None:
    assert fits(what, state, reason) is is_kept


def test_time_outside_of_the_shift_counts_nowhere() -> None:
    done = adherence(PLAN, [in_state(AgentState.READY, -60, 60), in_state(AgentState.READY, 500, 600)], at(600))
    assert done == Adherence(540 * 60_000, 100 * 60_000)


def test_nothing_planned_yet_is_no_share() -> None:
    assert adherence(PLAN, [in_state(AgentState.READY, -60, -1)], at(-1)).share is None


def now_of(before: Kept, standing: Spent, minutes: float) -> AdherenceNow:
    return so_far("lin.yue", DAY, PLAN, before, standing, at(minutes))


def test_who_has_not_come_is_late_since_the_shift_began() -> None:
    one = now_of(Kept(), in_state(AgentState.OFFLINE, -600, 8), 8)
    assert (one.out_since, one.is_late, one.planned, one.until) == (NINE, True, Planned.WORK, at(180))
    assert one.so_far.share == 0


def test_who_left_again_is_out_and_not_late() -> None:
    one = now_of(Kept(10 * 60_000, at(10)), in_state(AgentState.OFFLINE, 10, 20), 20)
    assert (one.out_since, one.is_late, one.so_far.share) == (at(10), False, 0.5)


def test_who_works_on_into_a_break_is_out_since_it_began() -> None:
    one = now_of(Kept(), in_state(AgentState.READY, 0, 190), 190)
    assert (one.out_since, one.planned, one.until) == (at(180), Planned.BREAK, at(210))


def test_a_changed_reason_does_not_begin_being_out_anew() -> None:
    before = kept(PLAN, [in_state(AgentState.READY, 0, 20), in_state(AgentState.BREAK, 20, 40, "short")])
    one = now_of(before, in_state(AgentState.BREAK, 40, 50, "meal"), 50)
    assert one.out_since == at(20)


def test_moment_of_changing_is_held_against_nobody() -> None:
    one = now_of(Kept(), in_state(AgentState.READY, 0, 180.5), 180.5)
    assert (one.planned, one.out_since) == (Planned.BREAK, None)


def test_next_break_is_the_first_to_come() -> None:
    one = now_of(Kept(), in_state(AgentState.READY, 0, 100), 100)
    assert (one.out_since, one.next_break(at(100)), one.next_break(at(181))) == (None, PLAN[1], None)


minutes = st.integers(-120, 700)


@st.composite
def days(draw: st.DrawFn) -> list[Spent]:
    """States that follow each other, some of them not told."""
    cuts = sorted(draw(st.sets(minutes, min_size=2, max_size=12)))
    states = st.tuples(st.sampled_from(AgentState), st.sampled_from(["", "short", "training", "cool_down"]))
    return [in_state(state, a, b, reason) for a, b in pairwise(cuts) for state, reason in [draw(states)]]


@given(days(), minutes, st.integers(1, 11))
def test_what_is_kept_is_never_more_than_was_planned_and_adds_up(told: list[Spent], now: int, cut: int) -> None:
    past = [one for one in told if one.until <= at(now)]
    whole = adherence(PLAN, past, at(now))
    assert 0 <= whole.kept_ms <= whole.planned_ms == planned_ms(PLAN, at(now))
    assert (kept(PLAN, past[:cut]) | kept(PLAN, past[cut:])) == kept(PLAN, past)


@given(days())
def test_board_says_what_a_report_says(told: list[Spent]) -> None:
    *before, standing = told
    now = standing.until
    live = so_far("lin.yue", DAY, PLAN, kept(PLAN, before), standing, now)
    assert live.so_far == adherence(PLAN, told, now)
    assert (live.out_since is None) or not fits(live.planned or Planned.WORK, standing.state, standing.reason)
