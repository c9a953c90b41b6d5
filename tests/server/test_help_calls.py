"""Agents who ask for help: who hears of it, who may answer, and when it is over."""

from typing import Any

import pytest

from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.workstation import Workstation

WANTED = {"type": "help", "wanted": True}
OVER = {"type": "help", "wanted": False}
READY = {"type": "state", "state": "ready", "reason": None, "until": None}


def answers(seat: Workstation, agent: str = "lin.yue") -> tuple[int, str]:
    answer = seat.http.post("/floor/v1/help-answers", json={"agent": agent})
    return answer.status_code, answer.json()["error"] if answer.content else ""


def test_the_lead_hears_of_it_and_the_agent_of_who_comes(
    server: ServerThread,
    seat: Workstation,
    lead: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    agent, leads, stranger = listen(seat), listen(lead), listen(sit_at("emma.clarke"))
    agent.say(WANTED)
    asked = leads.next("help", agent="lin.yue")
    assert asked["since"] is not None
    assert answers(lead) == (204, "")
    assert agent.next("help", by="zhou.min")["since"] == asked["since"]
    assert executed(server.settings, "SELECT who, subject FROM audit_line WHERE deed = 'help_answered'") == [
        ("zhou.min", "lin.yue")
    ]
    agent.say(OVER)
    assert leads.next("help", since=None)["agent"] == "lin.yue"
    assert not [one for one in stranger.heard_until_pong() if one["type"] == "help"]


def test_asking_again_after_a_lost_connection_leaves_the_beginning_alone(
    seat: Workstation,
    lead: Workstation,
    listen: Listen,  # noqa: F811
) -> None:
    listen(seat).say(WANTED)
    first = listen(lead).next("help")
    again = listen(seat)
    again.say(WANTED)
    assert again.next("help") == first
    assert listen(lead).next("help") == first


def test_who_goes_needs_no_help_any_more(seat: Workstation, lead: Workstation, listen: Listen) -> None:  # noqa: F811
    agent, leads = listen(seat), listen(lead)
    agent.say(READY)
    agent.say(WANTED)
    leads.next("help")
    agent.say({**READY, "state": "offline"})
    assert leads.next("help", since=None)
    assert answers(lead) == (409, "no_help_asked")


@pytest.mark.parametrize(("login", "agent"), [("wang.qiang", "lin.yue"), ("zhou.min", "emma.clarke")])
def test_only_who_leads_the_agent_answers(sit_at: SitAt, login: str, agent: str) -> None:
    assert answers(sit_at(login), agent) == (403, "not_allowed")


@pytest.mark.parametrize("wanted", [None, "yes", 1])
def test_nonsense_is_said_to_be_so(seat: Workstation, listen: Listen, wanted: Any) -> None:  # noqa: F811
    ear = listen(seat)
    ear.say({"type": "help", "wanted": wanted})
    assert ear.next("error")["error"] == "unknown_message"
