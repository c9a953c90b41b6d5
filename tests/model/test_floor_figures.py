"""What adds up on the floor, the figures of it, and the way of the live message to JSON and back."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from agent_model.agent import AgentState, QueueId, TeamId
from agent_model.body import from_body, to_body
from agent_model.floor_figures import FloorFigures, QueueNow, Seats, Sums, TeamNow, added, seats

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = Sums(
    asked=25, answered=18, in_time=15, gave_up=5, gave_up_short=2, overflowed=1, waited_s=180, ended=10, talked_s=1500,
    held_s=200, wrapped_s=300, judged=8, solved_first=6, repeats=2, rated=9, busy_s=2000, ready_s=500,
)  # fmt: skip


def test_sums_of_several_add_up_in_every_part() -> None:
    ones = Sums(*range(1, len(fields(Sums)) + 1))

    assert added([ones, ones, Sums()]) == Sums(*range(2, 2 * len(fields(Sums)) + 1, 2))


def test_whoever_left_at_once_counts_in_no_share_and_whoever_went_elsewhere_does() -> None:
    assert DAY.settled == 18 + 5 - 2 + 1
    assert DAY.service_level == pytest.approx(15 / 22)
    assert DAY.connect_rate == pytest.approx(18 / 22)
    assert DAY.abandon_rate == pytest.approx(3 / 22)


def test_handle_time_is_talk_hold_and_wrap_up_of_a_call() -> None:
    assert (DAY.talk_s, DAY.hold_s, DAY.wrap_s, DAY.handle_s) == (150, 20, 30, 200)
    assert DAY.answer_speed_s == 10


def test_shares_of_contacts_and_of_time() -> None:
    assert (DAY.solved_first_rate, DAY.repeat_rate, DAY.survey_rate, DAY.occupancy) == (0.75, 0.25, 0.5, 0.8)


@pytest.mark.parametrize(
    "figure",
    ["service_level", "connect_rate", "abandon_rate", "answer_speed_s", "handle_s", "solved_first_rate", "occupancy"],
)
def test_before_the_first_call_there_is_no_figure(figure: str) -> None:
    assert getattr(Sums(), figure) is None


def test_callers_who_all_left_at_once_make_no_service_level() -> None:
    assert Sums(asked=3, gave_up=3, gave_up_short=3).service_level is None


def test_who_is_off_duty_sits_nowhere() -> None:
    states = [AgentState.READY, AgentState.ON_CALL, AgentState.OFFLINE, AgentState.BREAK, AgentState.READY]

    assert seats(states) == Seats(ready=2, on_call=1, on_break=1)
    assert (seats(states) + Seats(after_call_work=1)).all == 5


def test_figures_survive_the_way_to_json_and_back() -> None:
    queue = QueueNow(QueueId("support"), 3, NINE, 40, 1, Seats(1, 2, 0, 1), Sums(asked=2), DAY)
    told = FloorFigures(NINE, queues=(queue,), teams=(TeamNow(TeamId("day"), Seats(1), DAY),))

    assert from_body(FloorFigures, "", 0, to_body(told)) == told
