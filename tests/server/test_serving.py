"""Queues and languages of agents, changed on the floor: by whom, on record, and at the exchange at once."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from agent_server.switch.port import Extension
from agent_server.switch.simulated import SimulatedExchange
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.workstation import Workstation

WHY = "Billing is full of callers"
AGENT = Extension("1001")


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(replace(new_site(), has_simulated_switch=True)) as running:
        yield running


def serves(seat: Workstation, **other: Any) -> tuple[int, str]:
    """The answer: status, and why not."""
    wish = {"agent": "lin.yue", "queues": ["billing", "vip"], "languages": ["zh-CN", "en"], "why": WHY, **other}
    answer = seat.http.put("/floor/v1/serving", json=wish)
    return answer.status_code, answer.json()["error"] if answer.content else ""


def lines(server: ServerThread) -> list[tuple[Any, ...]]:
    query = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'serving_changed' ORDER BY seq"
    return executed(server.settings, query)


def queues_at_the_exchange(server: ServerThread) -> set[str]:
    leading, exchange = server.app_server.floor._leading, server.app_server.floor.exchange_of(AGENT)
    assert leading is not None
    assert isinstance(exchange, SimulatedExchange)
    shot = asyncio.run_coroutine_threadsafe(exchange.snapshot(), leading.get_loop()).result(10)
    return {str(one.queue) for one in shot.members if one.extension == AGENT}


def test_the_exchange_follows_at_once_and_the_act_is_on_record(
    server: ServerThread,
    seat: Workstation,
    lead: Workstation,
    listen: Listen,  # noqa: F811
) -> None:
    agent = listen(seat)
    agent.say({"type": "state", "state": "ready", "reason": None, "until": None})
    agent.next("confirmed", agreement="kept")
    before = queues_at_the_exchange(server)
    assert "support" in before
    assert serves(lead) == (204, "")
    told = agent.next("serving")
    assert (told["queues"], told["by"], told["why"]) == (["billing", "vip"], "zhou.min", WHY)
    until = time.monotonic() + 5
    while queues_at_the_exchange(server) != {"billing", "vip"}:
        assert time.monotonic() < until, queues_at_the_exchange(server)
    assert lines(server) == [("zhou.min", "lin.yue", "billing vip zh-CN en", WHY)]
    assert serves(lead) == (204, "")
    assert len(lines(server)) == 1, "what changes nothing is no act"


@pytest.mark.parametrize(
    ("login", "other", "expected"),
    [
        pytest.param("zhou.min", {"agent": "emma.clarke"}, (403, "not_allowed"), id="another team"),
        pytest.param("wang.qiang", {}, (403, "not_allowed"), id="no lead"),
        pytest.param("admin", {}, (403, "not_allowed"), id="administrator"),
        pytest.param(
            "zhou.min", {"queues": ["support", "billing"]}, (403, "not_your_queue"), id="another team's queue"
        ),
        pytest.param("lu.hai", {"queues": ["vip"]}, (204, ""), id="duty manager"),
        pytest.param("lu.hai", {"queues": ["nowhere"]}, (422, "unknown_queue"), id="no queue"),
        pytest.param("lu.hai", {"languages": []}, (422, "bad_request"), id="speaks nothing"),
        pytest.param("lu.hai", {"languages": ["English, well"]}, (422, "bad_request"), id="no language"),
        pytest.param("lu.hai", {"why": " "}, (422, "bad_request"), id="no reason"),
    ],
)
def test_who_may_change_what(
    server: ServerThread, sit_at: SitAt, login: str, other: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert serves(sit_at(login), **other) == expected
    assert len(lines(server)) == (expected[0] == 204)
