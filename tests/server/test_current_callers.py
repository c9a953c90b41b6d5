"""Whom agents talk with now: numbers masked, told to those who lead them and to nobody else."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from agent_server.switch.port import Extension
from agent_server.switch.simulated import SimulatedExchange
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite, SitAt
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.workstation import Workstation

AGENT = Extension("1001")


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(replace(new_site(), has_simulated_switch=True)) as running:
        yield running


@pytest.fixture
def does(server: ServerThread) -> Callable[[str], None]:
    """`talks` or `hangs up`, at the agent's telephone."""
    leading, exchange = server.app_server.floor._leading, server.app_server.floor.exchange_of(AGENT)
    assert leading is not None
    assert isinstance(exchange, SimulatedExchange)

    async def do(what: str) -> None:
        exchange.comes(AGENT)
        if what == "talks":
            await exchange.call(AGENT, "13800138000")
        else:
            exchange.hangs_up(AGENT)

    return lambda what: asyncio.run_coroutine_threadsafe(do(what), leading.get_loop()).result(10)


def test_the_lead_sees_the_masked_number_until_the_call_is_over(
    lead: Workstation,
    sit_at: SitAt,
    does: Callable[[str], None],
    listen: Listen,  # noqa: F811
) -> None:
    ear, others = listen(lead), [listen(sit_at(login)) for login in ("lin.yue", "wang.qiang", "admin")]
    does("talks")
    told = ear.next("caller", agent="lin.yue")
    assert told["number"] == "138****8000"
    assert told["since"] is not None
    assert listen(lead).next("caller", agent="lin.yue") == told
    does("hangs up")
    assert ear.next("caller", agent="lin.yue", since=None)["number"] == ""
    for other in others:
        assert not [one for one in other.heard_until_pong() if one["type"] == "caller"]
    assert not [one for one in listen(lead).heard_until_pong() if one["type"] == "caller"]
