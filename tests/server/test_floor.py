"""What agents want reaches the exchange, and what it confirms reaches those who may see them."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from agent_model.agent import QueueId
from agent_server.switch.port import CallId, RangOut
from agent_server.tables import agent
from tests.in_process import ServerThread, serving, until
from tests.server.conftest import LEAD, NewSite
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

READY = {"type": "state", "state": "ready", "reason": None, "until": None}


class People:
    """Signed in at a server with a simulated exchange, and listening."""

    def __init__(self, server: ServerThread, leaving: ExitStack) -> None:
        self._server, self._leaving = server, leaving

    def ear(self, login: str) -> Ear:
        seat = self._leaving.enter_context(Workstation(self._server.address, login))
        return Ear(self._leaving.enter_context(live(self._server, seat.access)))

    def share_a_telephone(self, *agent_ids: str) -> None:
        """All of them at that of the first."""

        async def move() -> None:
            async with self._server.app_server.database.writing() as connection:
                shared = select(agent.c.extension).where(agent.c.id == agent_ids[0]).scalar_subquery()
                await connection.execute(update(agent).where(agent.c.id.in_(agent_ids)).values(extension=shared))
            floor.people_changed()

        floor = self._server.app_server.floor
        asyncio.run_coroutine_threadsafe(move(), self._server._uvicorn._loop).result(10)
        until(lambda: any(set(agent_ids) <= set(sharing) for sharing in floor._sharing.values()))

    def rings_in_vain(self, agent_id: str, *, is_refused: bool) -> None:
        """The exchange offered a caller at the agent's telephone, and nobody answered."""
        floor = self._server.app_server.floor
        _, place = floor._places[agent_id]
        now = datetime.now(UTC)
        event = RangOut(now, CallId("c-1"), QueueId("billing"), place.extension, 20.0, is_refused)
        told = asyncio.run_coroutine_threadsafe(floor._ears("simulated")(event), self._server._uvicorn._loop)
        told.result(10)


@pytest.fixture
def people(new_site: NewSite) -> Iterator[People]:
    with serving(replace(new_site(), has_simulated_switch=True)) as server, ExitStack() as leaving:
        yield People(server, leaving)


def test_what_the_exchange_confirms_reaches_the_agent_and_the_lead_and_nobody_else(people: People) -> None:
    agent, lead, stranger = (people.ear(login) for login in ("lin.yue", LEAD, "emma.clarke"))
    agent.say(READY)
    told = agent.next("confirmed", agreement="kept")
    assert told == {
        "type": "confirmed",
        "agent": told["agent"],
        "agreement": "kept",
        "is_reachable": False,
        "why": "",
    }
    assert lead.next("confirmed", agreement="kept")["agent"] == told["agent"]
    assert not [one for one in stranger.heard_until_pong() if one["type"] == "confirmed"]


def test_who_comes_later_is_told_what_was_confirmed(people: People) -> None:
    agent = people.ear("lin.yue")
    agent.say(READY)
    told = agent.next("confirmed", agreement="kept")
    assert people.ear(LEAD).next("confirmed") == told


@pytest.mark.parametrize("is_refused", [False, True])
def test_who_lets_a_caller_ring_in_vain_is_not_ready_any_more(people: People, is_refused: bool) -> None:
    agent = people.ear("lin.yue")
    agent.say(READY)
    agent.next("confirmed", agreement="kept")
    people.rings_in_vain("lin.yue", is_refused=is_refused)
    ordered = [(one["state"], one["reason"], one["by"]) for one in agent.heard_until_pong() if one["type"] == "order"]
    assert ordered == ([] if is_refused else [("break", "no_answer", "")])


@pytest.mark.parametrize("evening", ["wang.qiang", "lin.yue"])
def test_telephone_of_two_shifts_is_whose_shift_it_is(people: People, evening: str) -> None:
    morning = ({"wang.qiang", "lin.yue"} - {evening}).pop()
    people.share_a_telephone("wang.qiang", "lin.yue")
    first, second = people.ear(morning), people.ear(evening)
    first.say(READY)
    first.next("confirmed", agreement="kept")
    first.say({**READY, "state": "offline"})
    second.say(READY)
    second.next("confirmed", agent=evening, agreement="kept")
    people.rings_in_vain(evening, is_refused=False)
    assert second.next("order")["reason"] == "no_answer"
    assert not [one for one in first.heard_until_pong() if one["type"] == "order"]


def test_workstation_that_is_gone_is_told_to_the_lead_until_it_is_back(new_site: NewSite) -> None:
    settings = replace(new_site(), gone_after_s=0.1, offline_after_s=60.0)
    with serving(settings) as server, ExitStack() as leaving:
        people = People(server, leaving)
        lead, agent = people.ear(LEAD), people.ear("lin.yue")
        agent.say(READY)
        lead.next("state", agent="lin.yue", state="ready")
        agent.socket.close()
        assert lead.next("gone", agent="lin.yue")["since"] is not None
        assert people.ear(LEAD).next("gone")["agent"] == "lin.yue"
        people.ear("lin.yue")
        assert lead.next("gone", agent="lin.yue", since=None)
