"""Calls through a real exchange are recorded as they were: who said what, and of which call of the exchange."""

from pathlib import Path

import pytest

from agent_desktop.softphone.call import CallId, Recording
from agent_desktop.softphone.events import RecordingSaved
from agent_desktop.softphone.recording.reader import Recorded, read_recording
from agent_desktop.softphone.recording.sealed import Wholeness
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.softphone.recorded import KEY, legs
from tests.softphone.stations import Station
from tests.softphone.tones import Heard, is_silence, is_tone, lasting

AGENT_HZ, COLLEAGUE_HZ, CUSTOMER_HZ = 440, 920, 700


def customer_on_the_line(
    asterisk: Asterisk, agents: Agents, tape: Path, facts: dict[str, str] | None = None
) -> tuple[Station, CallId]:
    """An agent and the recorded call of a customer who says a tone."""
    agent = agents.sign_in("1001", says_hz=AGENT_HZ)
    asterisk.customer_calls("41001", facts=facts)
    call_id = agents.answer(agent).id
    agent.phone.start_recording(call_id, tape, KEY)
    agents.until(lambda: agent.call(call_id).recording is Recording.ON)
    return agent, call_id


def opened(agents: Agents, agent: Station, tape: Path) -> tuple[Recorded, list[Heard], list[Heard]]:
    """The recording once it is saved, and what is on its left and on its right."""
    agents.until(lambda: any(isinstance(event, RecordingSaved) for event in agent.told))
    recorded = read_recording(tape, KEY)
    return recorded, *legs(recorded, tape.parent)


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "call.adr"


def test_customers_call_is_recorded_on_two_legs_and_names_the_call_of_the_exchange(
    asterisk: Asterisk, agents: Agents, tape: Path
) -> None:
    agent, call_id = customer_on_the_line(asterisk, agents, tape, {"CALL_REF": "pbx1-99.1", "QUEUE": "vip"})
    agents.talk(3)
    agents.hang_up(agent, agent.call(call_id))
    recorded, left, right = opened(agents, agent, tape)
    assert (recorded.wholeness, recorded.call_id) == (Wholeness.WHOLE, call_id)
    assert (recorded.call_ref, recorded.queue) == ("pbx1-99.1", "vip")
    assert lasting(left, AGENT_HZ, CUSTOMER_HZ) == [(AGENT_HZ,)], left
    assert lasting(right, AGENT_HZ, CUSTOMER_HZ) == [(CUSTOMER_HZ,)], right


def test_music_for_the_held_customer_is_not_recorded_nor_is_the_room(
    asterisk: Asterisk, agents: Agents, tape: Path
) -> None:
    agent, call_id = customer_on_the_line(asterisk, agents, tape)
    agents.talk(1.2)
    agent.phone.hold(call_id)
    agents.until(lambda: agent.call(call_id).held_here)
    agents.talk(2.2)
    agents.hang_up(agent, agent.call(call_id))
    _, left, right = opened(agents, agent, tape)
    assert is_tone(left[1], AGENT_HZ), left
    assert [is_silence(each) for each in left[-3:]] == [True] * 3, left
    assert [is_silence(each) for each in right[-3:]] == [True] * 3, right


def test_conference_has_the_agent_on_the_left_and_everybody_else_on_the_right(
    asterisk: Asterisk, agents: Agents, tape: Path
) -> None:
    agent, first = customer_on_the_line(asterisk, agents, tape)
    colleague = agents.sign_in("1002", says_hz=COLLEAGUE_HZ)
    agents.talk(1.7)
    second = agent.phone.consult(first, "1002")
    agents.answer(colleague)
    agents.until(lambda: agent.call(second).is_talking and agent.call(first).held_here)
    agents.talk(1.7)
    agent.phone.join(first, second)
    agents.until(lambda: all(each.is_in_conference and each.is_talking for each in agent.phone.snapshot().calls))
    agents.talk(2.7)
    agents.hang_up(agent, agent.call(second))
    agents.hang_up(agent, agent.call(first))
    _, left, right = opened(agents, agent, tape)
    known = (AGENT_HZ, COLLEAGUE_HZ, CUSTOMER_HZ)
    assert set(lasting(left, *known)) == {(AGENT_HZ,), ()}, left
    assert lasting(right, *known)[0] == (CUSTOMER_HZ,), right
    assert (CUSTOMER_HZ, COLLEAGUE_HZ) in lasting(right, *known), right
    assert (COLLEAGUE_HZ,) not in lasting(right, *known), "what was said to the colleague alone is another call"


def test_recording_is_whole_when_the_customer_was_transferred_away(
    asterisk: Asterisk, agents: Agents, tape: Path
) -> None:
    agent, call_id = customer_on_the_line(asterisk, agents, tape)
    agents.talk(1.5)
    agent.phone.transfer(call_id, "5700")
    agents.until(lambda: agent.call(call_id).is_over)
    recorded, left, _ = opened(agents, agent, tape)
    assert recorded.wholeness is Wholeness.WHOLE
    assert is_tone(left[1], AGENT_HZ), left
