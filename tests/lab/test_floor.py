"""States of agents at a server that a real Asterisk is connected to."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import ServerThread, make_site, serving
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk, free
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

QUEUES = ("support", "billing", "vip")
"""Lin Yue's, who sits at 1001."""


@pytest.fixture
def server(asterisk: Asterisk, tmp_path: Path) -> Iterator[ServerThread]:
    exchange = AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret")
    with serving(replace(make_site(tmp_path / "site"), exchanges=(exchange,), offline_after_s=2.0)) as running:
        yield running


@contextmanager
def seated(server: ServerThread, login: str) -> Iterator[Ear]:
    with Workstation(server.address, login) as seat, live(server, seat.access) as line:
        yield Ear(line)


@pytest.fixture
def agent(server: ServerThread) -> Iterator[Ear]:
    with ExitStack() as leaving:
        seat = leaving.enter_context(Workstation(server.address, "lin.yue"))
        yield Ear(leaving.enter_context(live(server, seat.access)))


def says(ear: Ear, state: str, reason: str | None = None) -> None:
    ear.say({"type": "state", "state": state, "reason": reason, "until": None})


def standing(asterisk: Asterisk) -> dict[str, str]:
    """How 1001 stands in each queue it is a member of: why it is paused, or `offered`."""
    found = {}
    for queue in QUEUES:
        line = next((one for one in asterisk.cli(f"queue show {queue}").splitlines() if "PJSIP/1001" in one), None)
        if line is not None:
            paused = re.search(r"\(paused:([^)]*?) was", line)
            found[queue] = paused[1] if paused else "offered"
    return found


def takes(fact: Callable[[], bool], within_s: float) -> float:
    began = time.monotonic()
    while not fact():
        assert time.monotonic() - began < within_s
        time.sleep(0.05)
    return time.monotonic() - began


def test_state_reaches_exchange(asterisk: Asterisk, agent: Ear) -> None:
    says(agent, "ready")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=5)
    assert agent.next("confirmed", agreement="kept")["why"] == ""
    says(agent, "break", "lunch")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "lunch"), within_s=2)
    says(agent, "ready")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=2)
    says(agent, "offline")
    takes(lambda: standing(asterisk) == {}, within_s=2)


def test_drift_is_repaired(asterisk: Asterisk, agent: Ear) -> None:
    says(agent, "ready")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=5)
    asterisk.cli("queue pause member PJSIP/1001 queue support reason console")
    asterisk.cli("queue remove member PJSIP/1001 from vip")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=5)


def test_exchange_restart_heals(asterisk: Asterisk, agent: Ear, caplog: pytest.LogCaptureFixture) -> None:
    says(agent, "break", "lunch")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "lunch"), within_s=5)
    agent.next("confirmed", agreement="kept")
    asterisk.restart(forgets=False)
    agent.next("confirmed", agreement="unknown")
    takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "lunch"), within_s=10)
    agent.next("confirmed", agreement="kept")
    assert "exchange lab (127.0.0.1 port" in caplog.text
    caplog.clear()


def test_workstation_that_is_gone_is_offered_nobody(asterisk: Asterisk, server: ServerThread) -> None:
    with Workstation(server.address, "lin.yue") as seat, live(server, seat.access) as line:
        says(Ear(line), "ready")
        takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=5)
    takes(lambda: standing(asterisk) == {}, within_s=8)


def test_ring_no_answer_goes_to_next(asterisk: Asterisk, server: ServerThread, agents: Agents) -> None:
    phones = {"1001": agents.sign_in("1001"), "1002": agents.sign_in("1002")}
    with seated(server, "lin.yue") as first, seated(server, "wang.qiang") as second:
        says(first, "ready")
        says(second, "ready")
        support = "queue show support"
        takes(lambda: all(f"PJSIP/{number}" in asterisk.cli(support) for number in phones), within_s=8)
        asterisk.customer_calls("4020")
        agents.until(lambda: any(phone.incoming() for phone in phones.values()))
        rings = next(number for number, phone in phones.items() if phone.incoming())
        other = next(number for number in phones if number != rings)
        agents.until(lambda: bool(phones[other].incoming()), patience_s=30)
        agents.until(lambda: not phones[rings].incoming())
        agents.answer(phones[other])


def test_one_of_two_exchanges_is_lost_and_the_other_goes_on(
    asterisk: Asterisk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    branch = Asterisk(tmp_path_factory.mktemp("branch"))
    exchanges = (
        AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret"),
        AsteriskSettings("branch", "127.0.0.1", branch.ami_port, "desk", "desk-secret", extensions="1002"),
    )
    try:
        branch.start()
        with ExitStack() as leaving:
            settings = replace(make_site(tmp_path / "site"), exchanges=exchanges)
            server = leaving.enter_context(serving(settings))
            ours = leaving.enter_context(seated(server, "lin.yue"))
            theirs = leaving.enter_context(seated(server, "wang.qiang"))
            says(ours, "ready")
            says(theirs, "ready")
            takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "offered"), within_s=8)
            takes(lambda: "PJSIP/1002" in branch.cli("queue show support"), within_s=8)
            assert "PJSIP/1002" not in asterisk.cli("queue show support")
            branch.kill()
            theirs.next("confirmed", agreement="unknown")
            says(ours, "break", "lunch")
            takes(lambda: standing(asterisk) == dict.fromkeys(QUEUES, "lunch"), within_s=5)
            assert "exchange branch" in caplog.text
            assert "exchange lab" not in caplog.text
            caplog.clear()
    finally:
        free(branch)
