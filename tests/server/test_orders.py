"""States that leads put agents into: who may, on record, obeyed once, and not undone by what was wanted before."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.test_live import Ear, Listen, live
from tests.server.workstation import Workstation

READY = {"type": "state", "state": "ready", "reason": None, "until": None}
WHY = "The queue is empty, have your meal now"


@pytest.fixture
def listen(server: ServerThread) -> Iterator[Listen]:
    with ExitStack() as ears:
        yield lambda seat: Ear(ears.enter_context(live(server, seat.access)))


def gives(seat: Workstation, **other: Any) -> tuple[int, str]:
    """The answer: status, and why not."""
    said = {"agent": "lin.yue", "state": "break", "reason": "meal", "why": WHY, **other}
    answer = seat.http.post("/floor/v1/orders", json=said)
    return answer.status_code, answer.json()["error"] if answer.content else ""


def lines(server: ServerThread) -> list[tuple[Any, ...]]:
    query = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'state_forced' ORDER BY seq"
    return executed(server.settings, query)


def test_agent_is_told_by_whom_and_why_and_the_act_is_on_record(
    server: ServerThread, seat: Workstation, lead: Workstation, listen: Listen
) -> None:
    agent, stranger = listen(seat), listen(lead)
    agent.say(READY)
    agent.next("state", state="ready")
    assert gives(lead) == (204, "")
    order = agent.next("order")
    assert (order["state"], order["reason"], order["by"], order["why"]) == ("break", "meal", "zhou.min", WHY)
    assert lines(server) == [("zhou.min", "lin.yue", "meal", WHY)]
    assert not [one for one in stranger.heard_until_pong() if one["type"] == "order"]


def test_until_it_was_taken_no_state_of_before_is_taken_for_what_the_agent_wants(
    seat: Workstation, lead: Workstation, listen: Listen
) -> None:
    agent = listen(seat)
    agent.say(READY)
    agent.next("state", state="ready")
    gives(lead)
    order = agent.next("order")
    agent.say(READY)
    assert agent.next("order") == order
    agent.say({"type": "order_taken", "at": order["at"]})
    agent.say({"type": "state", "state": "break", "reason": "meal", "until": None})
    assert agent.next("state", state="break")["reason"] == "meal"
    agent.say(READY)
    assert agent.next("state", state="ready")


def test_order_waits_for_a_workstation_that_is_away(seat: Workstation, lead: Workstation, listen: Listen) -> None:
    gives(lead, state="offline", reason=None)
    back = listen(seat)
    assert back.next("order")["state"] == "offline"
    back.say({"type": "order_taken", "at": "2026-11-22T00:00:00.000Z"})
    back.say(READY)
    assert back.next("order")["state"] == "offline"


def test_who_is_away_is_out_of_the_queues_at_once(
    server: ServerThread, seat: Workstation, lead: Workstation, listen: Listen
) -> None:
    watching = listen(lead)
    with live(server, seat.access) as socket:
        Ear(socket).say(READY)
        watching.next("state", agent="lin.yue", state="ready")
    while server.app_server.board._connections["lin.yue"]:
        watching.heard_until_pong()
    gives(lead, state="offline", reason=None)
    assert watching.next("state", agent="lin.yue", state="offline")


@pytest.mark.parametrize(
    ("login", "agent", "expected"),
    [
        pytest.param("zhou.min", "emma.clarke", (403, "not_allowed"), id="another team"),
        pytest.param("wang.qiang", "lin.yue", (403, "not_allowed"), id="no lead"),
        pytest.param("zhou.min", "zhou.min", (403, "not_allowed"), id="oneself"),
        pytest.param("zhou.min", "nobody", (403, "not_allowed"), id="nobody, asked by a lead"),
        pytest.param("admin", "lin.yue", (403, "not_allowed"), id="administrator"),
        pytest.param("lu.hai", "admin", (404, "unknown_agent"), id="somebody who serves nobody"),
    ],
)
def test_only_leads_and_only_in_their_team(
    server: ServerThread, sit_at: SitAt, login: str, agent: str, expected: tuple[int, str]
) -> None:
    assert gives(sit_at(login), agent=agent) == expected
    assert lines(server) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"state": "on_call", "reason": None}, id="on a call"),
        pytest.param({"reason": None}, id="a break without its name"),
        pytest.param({"state": "ready"}, id="a break's name without a break"),
        pytest.param({"why": " "}, id="no reason"),
        pytest.param({"why": "x\x00y"}, id="unseen signs"),
        pytest.param({"state": "asleep"}, id="no state"),
        pytest.param({"reason": "holiday"}, id="a break that there is not"),
        pytest.param({"reason": "no_answer"}, id="a break that only a rule orders"),
    ],
)
def test_nonsense_is_refused(lead: Workstation, other: dict[str, Any]) -> None:
    assert gives(lead, **other)[0] == 422
