"""The floor as those who lead it are told of it: whose queues, what is known of them, and their bounds."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from agent_model.agent import QueueId, Role
from agent_model.body import from_body
from agent_model.floor_figures import FloorFigures, FloorTrend, QueueNow, Seats, Sums
from agent_server.floor.measures import Totals
from agent_server.wallboard import EVERY_FLOOR, Lines, estimated_wait_s, floor_topic, floor_topics
from tests.in_process import ServerThread, serving
from tests.server.conftest import LEAD, NewSite
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

READY = {"type": "state", "state": "ready", "reason": None, "until": None}


class People:
    """Signed in at a server with a simulated exchange, and listening."""

    def __init__(self, server: ServerThread, leaving: ExitStack) -> None:
        self.server, self._leaving = server, leaving

    def ear(self, login: str) -> Ear:
        seat = self._leaving.enter_context(Workstation(self.server.address, login))
        return Ear(self._leaving.enter_context(live(self.server, seat.access)))


@pytest.fixture
def people(new_site: NewSite) -> Iterator[People]:
    site = replace(new_site(), has_simulated_switch=True, figures_every_s=0.2)
    with serving(site) as server, ExitStack() as leaving:
        yield People(server, leaving)


def figures(told: dict[str, Any]) -> FloorFigures:
    return from_body(FloorFigures, "", 0, told)


def until(ear: Ear, is_so: Any) -> FloorFigures:
    while True:
        told = figures(ear.next("figures"))
        if is_so(told):
            return told


def test_lead_is_told_of_the_teams_queues_and_of_who_sits_there(people: People) -> None:
    lead, agent = people.ear(LEAD), people.ear("lin.yue")
    agent.say(READY)
    trend = from_body(FloorTrend, "", 0, lead.next("trend"))

    told = until(lead, lambda one: one.is_reached and any(team.seats.ready for team in one.teams))

    assert len(told.teams) == 1
    assert {one.queue for one in told.queues} >= {"support"}
    assert next(one for one in told.queues if one.queue == "support").seats.ready == 1
    assert {one.queue for one in trend.queues} == {one.queue for one in told.queues}


def test_who_leads_nobody_is_not_told_of_the_floor(people: People) -> None:
    lead, agent = people.ear(LEAD), people.ear("lin.yue")

    until(lead, lambda one: one.is_reached)

    assert not [one for one in agent.heard_until_pong() if one["type"] in ("figures", "trend")]


def test_who_comes_later_is_told_at_once_what_is_known(people: People) -> None:
    until(people.ear(LEAD), lambda one: one.is_reached)

    assert figures(people.ear(LEAD).next("figures")).is_reached


def test_without_an_exchange_the_day_is_told_and_who_waits_is_not_known(new_site: NewSite) -> None:
    with serving(replace(new_site(), figures_every_s=0.2)) as server, ExitStack() as leaving:
        told = figures(People(server, leaving).ear(LEAD).next("figures"))

    assert not told.is_reached
    assert told.queues
    assert {one.waiting_since for one in told.queues} == {None}


def test_topics_are_of_the_own_team_or_of_all() -> None:
    assert floor_topics(Role.TEAM_LEAD, "day") == {floor_topic("day")}
    assert floor_topics(Role.DUTY_MANAGER, "day") == {EVERY_FLOOR}
    assert floor_topics(Role.AGENT, "day") == floor_topics(Role.ADMINISTRATOR, "day") == frozenset()


def test_queue_that_a_teams_people_serve_is_the_teams_too() -> None:
    lines = Lines(
        {"a-1": ("day", frozenset({"support", "gone"})), "a-2": ("night", frozenset({"vip"}))},
        {"support": "night", "billing": "day", "vip": "night"},
    )

    assert lines.of_team("day") == {"support", "billing"}


def test_occupancy_of_a_queue_is_that_of_the_people_who_serve_it() -> None:
    lines = Lines(
        {"a-1": ("day", frozenset({"support", "billing"})), "a-2": ("day", frozenset({"support"}))},
        {"support": "day", "billing": "day"},
    )
    agents = {"a-1": Totals(on_call_ms=3000, ready_ms=1000), "a-2": Totals(ready_ms=4000), "gone": Totals(ready_ms=1)}

    worked = lines.worked(agents)

    assert {id_: Sums(answered=1).worked_by(one.sums).occupancy for id_, one in worked.items()} == {
        "support": 0.375,
        "billing": 0.75,
    }


@pytest.mark.parametrize(
    ("queue", "seconds"),
    [
        pytest.param(QueueNow(QueueId("q"), 0, seats=Seats(ready=1)), 0, id="somebody is ready"),
        pytest.param(QueueNow(QueueId("q"), 2, window=Sums(answered=60)), 90, id="three turns of half a minute"),
        pytest.param(QueueNow(QueueId("q"), 2), None, id="nobody was answered lately"),
    ],
)
def test_estimated_wait(queue: QueueNow, seconds: int | None) -> None:
    assert estimated_wait_s(queue, 1800) == seconds


BOUNDS = [{"figure": "service_level", "warn": 95, "bad": 85}]


def test_lead_sets_bounds_of_the_own_teams_queue(lead: Workstation) -> None:
    lead.sync()
    row = lead.row("queue", "support")

    answer = lead.push(lead.op("queue", "support", "update", {"bounds": [[], BOUNDS]}, base_version=row["version"]))[0]

    assert answer["verdict"] == "applied"
    lead.sync()
    assert lead.row("queue", "support")["body"]["bounds"] == BOUNDS


@pytest.mark.parametrize(
    ("bounds", "fault"),
    [
        ([*BOUNDS, *BOUNDS], "twice"),
        ([{"figure": "waiting", "warn": 9, "bad": 3}], "wrong_order"),
        ([{"figure": "occupancy", "warn": 90, "bad": 101}], "out_of_range"),
    ],
    ids=["twice", "order", "range"],
)
def test_bounds_that_cannot_hold_are_refused(lead: Workstation, bounds: list[Any], fault: str) -> None:
    lead.sync()
    row = lead.row("queue", "support")

    answer = lead.push(lead.op("queue", "support", "update", {"bounds": [[], bounds]}, base_version=row["version"]))[0]

    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_bounds", {"bounds": fault})
