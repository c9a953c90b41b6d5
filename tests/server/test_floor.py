"""What agents want reaches the exchange, and what it confirms reaches those who may see them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from tests.in_process import ServerThread, serving
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
