"""What a wallboard shows: each figure with how it stands, several queues as one, the trend of a day."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_model.agent import QueueId, TeamId
from agent_model.floor_bound import USUAL, Bound, BoundWrong, Grade, bound_faults, bounds_in_force
from agent_model.floor_figures import (
    SLOT,
    Figure,
    FloorFigures,
    FloorTrend,
    QueueNow,
    QueueTrend,
    Seats,
    Slot,
    Sums,
    TeamNow,
)
from agent_model.wallboard import (
    LIVE,
    MOST_POINTS,
    Shown,
    common_bounds,
    is_stale,
    people_in,
    shown,
    together,
    trend_of,
    worst,
)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LONG_AGO, LATELY = NOON - timedelta(seconds=70), NOON - timedelta(seconds=10)
ALL_IN_TIME, LATE = Sums(answered=9, in_time=9), Sums(answered=1)
SUPPORT = QueueNow(QueueId("support"), 3, LONG_AGO, 40, 2, Seats(ready=2, on_call=5), day=ALL_IN_TIME)
BILLING = QueueNow(QueueId("billing"), 4, LATELY, None, 1, Seats(ready=1, on_call=4), day=LATE)
PROMISED = bounds_in_force((), 10, 0.9)


@pytest.mark.parametrize(
    ("bound", "value", "grade"),
    [
        pytest.param(Bound(Figure.SERVICE_LEVEL, 90, 80), 0.9, Grade.FINE, id="a target that is met is fine"),
        pytest.param(Bound(Figure.SERVICE_LEVEL, 90, 80), 0.899, Grade.WARN, id="below the target"),
        pytest.param(Bound(Figure.SERVICE_LEVEL, 90, 80), 0.799, Grade.BAD, id="far below the target"),
        pytest.param(Bound(Figure.WAITING, 5, 10), 4, Grade.FINE, id="few wait"),
        pytest.param(Bound(Figure.WAITING, 5, 10), 5, Grade.WARN, id="many wait"),
        pytest.param(Bound(Figure.LONGEST_WAIT, 30, 60), 60.0, Grade.BAD, id="somebody waits long"),
        pytest.param(Bound(Figure.ABANDON_RATE, 5, 10), 0.0499, Grade.FINE, id="few give up"),
        pytest.param(Bound(Figure.ABANDON_RATE, 5, 10), None, None, id="nobody knows"),
    ],
)
def test_grade_of_a_figure(bound: Bound, value: float | None, grade: Grade | None) -> None:
    assert bound.grade(value) is grade


def test_what_a_queue_promises_is_where_its_service_level_warns() -> None:
    in_force = bounds_in_force((), 20, 0.8)

    assert in_force[Figure.SERVICE_LEVEL] == Bound(Figure.SERVICE_LEVEL, 80, 70)
    assert in_force[Figure.ANSWER_SPEED] == Bound(Figure.ANSWER_SPEED, 20, 40)
    assert in_force[Figure.WAITING] == USUAL[Figure.WAITING]


def test_bounds_of_a_queues_own_take_the_place_of_the_usual_ones() -> None:
    own = Bound(Figure.SERVICE_LEVEL, 95, 85)

    assert bounds_in_force((own,), 20, 0.8)[Figure.SERVICE_LEVEL] == own


@pytest.mark.parametrize(
    ("bounds", "faults"),
    [
        ((Bound(Figure.WAITING, 5, 10), Bound(Figure.SERVICE_LEVEL, 90, 80)), ()),
        ((Bound(Figure.WAITING, 5, 10), Bound(Figure.WAITING, 6, 10)), (BoundWrong.TWICE,)),
        ((Bound(Figure.WAITING, 10, 5),), (BoundWrong.WRONG_ORDER,)),
        ((Bound(Figure.SERVICE_LEVEL, 80, 90),), (BoundWrong.WRONG_ORDER,)),
        ((Bound(Figure.SERVICE_LEVEL, 101, 90),), (BoundWrong.OUT_OF_RANGE,)),
        ((Bound(Figure.WAITING, -1, 5),), (BoundWrong.OUT_OF_RANGE,)),
    ],
    ids=["good", "twice", "much is bad", "little is bad", "over hundred", "below nothing"],
)
def test_faults_of_bounds(bounds: tuple[Bound, ...], faults: tuple[BoundWrong, ...]) -> None:
    assert bound_faults(bounds) == faults


def test_every_figure_of_a_queue_is_shown_with_its_grade() -> None:
    figures = shown(SUPPORT, PROMISED, NOON)

    assert set(figures) == set(Figure)
    assert figures[Figure.LONGEST_WAIT] == Shown(Figure.LONGEST_WAIT, 70.0, Grade.BAD, USUAL[Figure.LONGEST_WAIT])
    assert figures[Figure.SERVICE_LEVEL].grade is Grade.FINE
    assert figures[Figure.HANDLE_TIME].value is None
    assert worst(figures) is Grade.BAD


def test_without_an_exchange_nobody_knows_who_waits_but_the_day_stands() -> None:
    figures = shown(SUPPORT, PROMISED, NOON, is_reached=False)

    assert {figure for figure in LIVE if figures[figure].value is None} == LIVE
    assert figures[Figure.SERVICE_LEVEL].value == 1.0


def test_several_queues_as_one_add_up_and_wait_as_long_as_the_longest() -> None:
    team = TeamNow(TeamId("day"), Seats(ready=2), Sums(busy_s=300, ready_s=100))
    both = together(FloorFigures(NOON, queues=(SUPPORT, BILLING), teams=(team,)), [SUPPORT, BILLING])

    assert (both.waiting, both.waiting_since, both.estimated_s, both.callbacks_due) == (7, SUPPORT.waiting_since, 40, 3)
    assert both.day.service_level == 0.9
    assert both.seats == Seats(ready=2)
    assert both.day.occupancy == 0.75


def test_common_bounds_add_how_many_and_take_the_strictest_of_shares() -> None:
    common = common_bounds([bounds_in_force((), 10, 0.9), bounds_in_force((), 20, 0.95)])

    assert common[Figure.WAITING] == Bound(Figure.WAITING, 10, 20)
    assert common[Figure.SERVICE_LEVEL] == Bound(Figure.SERVICE_LEVEL, 95, 85)
    assert common[Figure.ANSWER_SPEED] == Bound(Figure.ANSWER_SPEED, 10, 20)


def test_whoever_serves_two_queues_is_one_person() -> None:
    told = FloorFigures(NOON, queues=(SUPPORT, BILLING), teams=(TeamNow(TeamId("day"), Seats(ready=2, on_call=6)),))

    assert people_in(told, told.queues).all == 8
    assert people_in(told, [BILLING]).all == 5


def test_trend_of_several_queues_is_added_up_point_by_point() -> None:
    one = QueueTrend(QueueId("support"), (Slot(NOON - SLOT, 4, 3, 2, 4), Slot(NOON, 2, 2, 2, 2)))
    other = QueueTrend(QueueId("billing"), (Slot(NOON, 6, 4, 2, 6),))
    trend = FloorTrend((one, other, QueueTrend(QueueId("vip"), (Slot(NOON, 99, 99, 99, 99),))))

    points = trend_of(trend, frozenset({QueueId("support"), QueueId("billing")}))

    assert points == (Slot(NOON - SLOT, 4, 3, 2, 4), Slot(NOON, 8, 6, 4, 8))
    assert points[1].service_level == 0.5


def test_a_long_trend_keeps_its_newest_points() -> None:
    slots = tuple(Slot(NOON + n * SLOT, n) for n in range(MOST_POINTS + 5))
    trend = FloorTrend((QueueTrend(QueueId("support"), slots),))

    assert trend_of(trend, frozenset({QueueId("support")})) == slots[5:]


def test_figures_are_stale_when_nothing_came_for_a_while() -> None:
    assert not is_stale(NOON, NOON + timedelta(seconds=20))
    assert is_stale(NOON, NOON + timedelta(seconds=21))
