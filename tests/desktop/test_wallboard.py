"""The wallboard of a workstation: how new its figures are, whose they are, and what they are held against."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent_desktop.supervisor.wallboard import Board, Standing, Wallboard
from agent_model.agent import QueueId, TeamId
from agent_model.floor_bound import Bound, Grade
from agent_model.floor_figures import Figure, FloorFigures, FloorTrend, QueueNow, QueueTrend, Seats, Slot, Sums, TeamNow
from agent_model.organisation import Queue
from agent_model.words import Words

TOLD = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HERE = TOLD + timedelta(hours=3)
"""The clock of this machine is three hours wrong."""
FIGURES = FloorFigures(
    TOLD,
    queues=(
        QueueNow(QueueId("support"), 2, TOLD - timedelta(seconds=8), day=Sums(answered=10, in_time=9)),
        QueueNow(QueueId("billing"), 4, TOLD - timedelta(seconds=50), day=Sums(answered=10, in_time=7)),
    ),
    teams=(TeamNow(TeamId("day"), Seats(ready=3)),),
)


def queue(name: str, *bounds: Bound, within_s: int = 10) -> Queue:
    return Queue(QueueId(name), Words(name, name), TeamId("day"), (), within_s, bounds=bounds)


@pytest.fixture
def wallboard() -> Wallboard:
    made = Wallboard()
    made.learn([queue("support"), queue("billing", Bound(Figure.SERVICE_LEVEL, 60, 50), within_s=20)])
    return made


def board(wallboard: Wallboard, now: datetime) -> Board:
    found = wallboard.board(now)
    assert found is not None
    return found


def test_before_anything_is_told_there_is_no_board(wallboard: Wallboard) -> None:
    assert wallboard.board(HERE) is None
    assert wallboard.points == ()


def test_whoever_waits_goes_on_waiting_between_two_messages(wallboard: Wallboard) -> None:
    wallboard.hear(FIGURES, HERE)

    seen = board(wallboard, HERE + timedelta(seconds=5))

    assert (seen.standing, seen.age_s, seen.longest) == (Standing.LIVE, 5, QueueId("billing"))
    assert seen.figures[Figure.LONGEST_WAIT].value == 55
    assert seen.figures[Figure.WAITING].value == 6


def test_when_nobody_tells_any_more_the_clock_of_the_figures_stands(wallboard: Wallboard) -> None:
    wallboard.hear(FIGURES, HERE)

    seen = board(wallboard, HERE + timedelta(minutes=4))

    assert (seen.standing, seen.at) == (Standing.STALE, TOLD)
    assert seen.figures[Figure.LONGEST_WAIT].value == 50


def test_lost_connection_shows_at_once_and_the_next_figures_end_it(wallboard: Wallboard) -> None:
    wallboard.hear(FIGURES, HERE)
    wallboard.lost()
    assert board(wallboard, HERE).standing is Standing.OFFLINE

    wallboard.hear(FIGURES, HERE)

    assert board(wallboard, HERE).standing is Standing.LIVE


def test_one_queue_is_held_against_its_own_bounds(wallboard: Wallboard) -> None:
    wallboard.hear(FIGURES, HERE)
    assert board(wallboard, HERE).within_s is None
    wallboard.chosen = QueueId("billing")

    seen = board(wallboard, HERE)

    assert seen.figures[Figure.SERVICE_LEVEL].grade is Grade.FINE
    assert (seen.within_s, seen.figures[Figure.WAITING].value) == (20, 4)
    assert [row.queue for row in seen.queues] == ["support", "billing"]


def test_queue_that_is_gone_is_not_chosen_any_more(wallboard: Wallboard) -> None:
    wallboard.chosen = QueueId("billing")

    wallboard.hear(replace(FIGURES, queues=FIGURES.queues[:1]), HERE)

    assert wallboard.chosen is None


def test_queue_that_the_mirror_does_not_know_yet_is_shown_without_grades(wallboard: Wallboard) -> None:
    wallboard.learn([])
    wallboard.hear(FIGURES, HERE)

    seen = board(wallboard, HERE)

    assert seen.figures[Figure.WAITING].value == 6
    assert {one.grade for one in seen.figures.values()} == {None}


def test_trend_is_that_of_the_queue_that_was_chosen(wallboard: Wallboard) -> None:
    both = [QueueTrend(QueueId(name), (Slot(TOLD, asked),)) for name, asked in (("support", 3), ("billing", 5))]
    wallboard.hear(FIGURES, HERE)
    wallboard.hear_trend(FloorTrend(tuple(both)))
    assert wallboard.points == (Slot(TOLD, 8),)

    wallboard.chosen = QueueId("support")

    assert wallboard.points == (Slot(TOLD, 3),)
