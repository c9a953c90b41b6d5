"""Several calls at one phone through a real exchange: waiting, swapped, held by either side; and what a dying phone
leaves behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from agent_desktop.softphone.call import CallState
from tests.lab.agents import Agents, account
from tests.lab.asterisk import HOLD_HZ, Asterisk
from tests.softphone.tones import lasting

AGENT_HZ, CUSTOMER_HZ, SECOND_HZ = 440, 1040, 740
HOLD = round(HOLD_HZ)


@pytest.fixture(autouse=True)
def no_leg_stays(asterisk: Asterisk) -> Iterator[None]:
    """Asked before the phones leave: what is up then is nobody's."""
    yield
    asterisk.until_no_channels()


def heard(agents: Agents, user: str) -> list[tuple[int, ...]]:
    return lasting(agents.heard_by(user), AGENT_HZ, CUSTOMER_HZ, SECOND_HZ, HOLD)


def test_second_call_waits_and_the_agent_swaps_between_the_two(asterisk: Asterisk, agents: Agents) -> None:
    agent = agents.sign_in("1001", says_hz=AGENT_HZ)
    one, other = agents.sign_in("9001", says_hz=CUSTOMER_HZ), agents.sign_in("9002", says_hz=SECOND_HZ)
    one.phone.dial("41001")
    first = agents.answer(agent)
    other.phone.dial("41001")
    waiting = agents.rings(agent)
    assert (waiting.remote_number, waiting.remote_name) == ("057188886666", "李四")
    agents.talk(1.7)
    assert agent.call(first.id).is_talking, "a call that waits disturbs nobody"
    second = agents.answer(agent)
    agents.until(lambda: agent.call(first.id).held_here)
    agents.talk(1.7)
    agent.phone.resume(first.id)
    agents.until(lambda: agent.call(first.id).is_talking and agent.call(second.id).held_here)
    agents.talk(1.7)
    agents.hang_up(agent, first)
    agent.phone.resume(second.id)
    agents.until(lambda: agent.call(second.id).is_talking)
    agents.talk(1.7)
    agents.hang_up(agent, second)
    agents.until(lambda: not one.phone.snapshot().calls and not other.phone.snapshot().calls)
    assert heard(agents, "1001") == [(CUSTOMER_HZ,), (SECOND_HZ,), (CUSTOMER_HZ,), (SECOND_HZ,)]
    assert heard(agents, "9001") == [(AGENT_HZ,), (HOLD,), (AGENT_HZ,)]
    assert heard(agents, "9002") == [(AGENT_HZ,), (HOLD,), (AGENT_HZ,)]


@pytest.mark.parametrize("codec", ["PCMA", "opus"])
def test_held_customer_hears_the_music_and_nothing_of_the_agent(asterisk: Asterisk, agents: Agents, codec: str) -> None:
    """With one codec on both legs the exchange passes packets on unread, so it must know who is held."""
    agent = agents.sign_in(replace(account(asterisk, "1001"), codecs=(codec,)), says_hz=AGENT_HZ)
    customer = agents.sign_in(replace(account(asterisk, "9001"), codecs=(codec,)), says_hz=CUSTOMER_HZ)
    customer.phone.dial("41001")
    call = agents.answer(agent)
    agents.talk(1.7)
    agent.phone.hold(call.id)
    agents.until(lambda: agent.call(call.id).held_here)
    agents.talk(2.2)
    agent.phone.resume(call.id)
    agents.until(lambda: agent.call(call.id).is_talking)
    agents.talk(1.7)
    agents.hang_up(agent, call)
    agents.until(lambda: not customer.phone.snapshot().calls)
    assert heard(agents, "9001") == [(AGENT_HZ,), (HOLD,), (AGENT_HZ,)]
    assert heard(agents, "1001") == [(CUSTOMER_HZ,)]


def test_hold_by_the_other_side_is_another_fact_than_our_own(asterisk: Asterisk, agents: Agents) -> None:
    """The exchange passes a hold on to 1006 as it came, instead of playing music."""
    agent, other = agents.sign_in("1006"), agents.sign_in("1002")
    agent.phone.dial("1002")
    there = agents.answer(other)
    (here,) = agent.phone.snapshot().calls
    other.phone.hold(there.id)
    agents.until(lambda: agent.call(here.id).held_there)
    assert not agent.call(here.id).held_here
    agent.phone.hold(here.id)
    agents.until(lambda: agent.call(here.id).held_here and agent.call(here.id).held_there)
    other.phone.resume(there.id)
    agents.until(lambda: not agent.call(here.id).held_there)
    assert agent.call(here.id).held_here
    agent.phone.resume(here.id)
    agents.until(lambda: agent.call(here.id).is_talking)
    agents.hang_up(agent, here)
    agents.until(lambda: not other.phone.snapshot().calls)


@contextmanager
def headless(asterisk: Asterisk, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "agent_desktop.softphone", "--account", f"sip:1001@{asterisk.address}"]
    registered = [*command, "--registrar", asterisk.address, *arguments]
    environment = {**os.environ, "AGENT_PHONE_PASSWORD": "pass-1001"}
    with subprocess.Popen(registered, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as running:
        yield running
        running.kill()


def told_of_call(running: "subprocess.Popen[bytes]", **facts: Any) -> dict[str, Any]:
    """The call when it is so."""
    assert running.stdout is not None
    for told in map(json.loads, running.stdout):
        call: dict[str, Any] = told.get("call", {})
        if facts.items() <= call.items():
            return call
    raise AssertionError(f"the phone ended without {facts}")


def test_phone_killed_right_after_hanging_up_leaves_nothing_ringing(asterisk: Asterisk) -> None:
    with headless(asterisk, "--control", "stdio", "--dial", "605") as phone:
        assert phone.stdin is not None
        call = told_of_call(phone, rings_there=True)
        phone.stdin.write(json.dumps({"is": "HangUp", "call_id": call["id"]}).encode() + b"\n")
        phone.stdin.flush()
        told_of_call(phone, state=CallState.ENDING)
        phone.kill()
        asterisk.until_no_channels()


@pytest.mark.parametrize("number", ["605", "601"], ids=["ringing", "talking"])
def test_phone_that_is_told_to_end_hangs_up_first(asterisk: Asterisk, number: str) -> None:
    with headless(asterisk, "--control", "stdio", "--dial", number) as phone:
        told_of_call(phone, **({"rings_there": True} if number == "605" else {"state": "connected"}))
        phone.send_signal(signal.SIGTERM)
        told_of_call(phone, state=CallState.ENDED)
        phone.wait(10)
        asterisk.until_no_channels()
