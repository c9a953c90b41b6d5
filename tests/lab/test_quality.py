"""How a call through a real exchange sounds is known for both directions, whatever coder it agreed on."""

import pytest

from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.softphone.quality import QualityLog, Side, worse_side
from tests.lab.agents import Agents


@pytest.mark.parametrize(("user", "codec"), [("1001", "opus"), ("1041", "G722"), ("1012", "opus")])
def test_quality_is_told_in_both_directions_with_the_coder(agents: Agents, user: str, codec: str) -> None:
    agent = agents.sign_in(user, says_hz=440)
    call = agents.dial(agent, "601")

    def told() -> list[QualityMeasured]:
        return [event for event in agent.told if isinstance(event, QualityMeasured)]

    agents.until(lambda: sum(each.mos_there is not None for each in told()) >= 2, patience_s=40)
    agents.hang_up(agent, call)
    log = QualityLog()
    for each in told():
        log.add(each)
    whole = log.take(call.id)
    assert whole is not None
    assert whole.mos_there is not None
    assert whole.codec == codec
    assert 4 < whole.mos <= 4.5, told()
    assert 4 < whole.mos_there <= 4.5, told()
    assert 0 < told()[-1].round_trip_ms < 100, told()
    assert worse_side(told()[-1]) is Side.NEITHER
