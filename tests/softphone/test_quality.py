"""How good a call sounds is measured in both directions, and the bad one is named."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Transport
from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.softphone.quality import QualityLog, Side, opinion_score, worse_side
from agent_model.call_quality import CallQuality
from tests.softphone.bad_network import BadNetwork, Weather
from tests.softphone.stations import Station
from tests.softphone.talkers import Talkers

CALL = CallId("c")


def measured(
    mos: float, mos_there: float | None = None, loss_pct: float = 0.0, jitter_ms: float = 1.0
) -> QualityMeasured:
    loss_there_pct = None if mos_there is None else 2.0
    return QualityMeasured(CALL, mos, loss_pct, jitter_ms, 40.0, mos_there, loss_there_pct, None, "PCMA")


# ---- the score ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["PCMA", "PCMU", "G722", "opus"])
def test_clean_line_scores_as_g107_says(codec: str) -> None:
    assert opinion_score(0, 0, 0, codec) == pytest.approx(4.4, abs=0.02)


@pytest.mark.parametrize(("loss_pct", "score"), [(1, 4.32), (5, 3.9), (10, 3.39), (20, 2.62)])
def test_loss_with_g711_and_concealment_scores_as_g107_and_g113_say(loss_pct: float, score: float) -> None:
    assert opinion_score(loss_pct, 0, 0, "PCMA") == pytest.approx(score, abs=0.02)


@pytest.mark.parametrize(
    "score",
    [
        pytest.param(lambda step: opinion_score(step, 0, 0), id="loss"),
        pytest.param(lambda step: opinion_score(0, step * 10, 0), id="jitter"),
        pytest.param(lambda step: opinion_score(0, 0, step * 50), id="delay"),
    ],
)
def test_worse_network_never_scores_better(score: Callable[[float], float]) -> None:
    scores = [score(step) for step in range(0, 101, 5)]
    assert all(better >= worse for better, worse in pairwise(scores))
    assert scores[0] > scores[4] > scores[8]
    assert all(1 <= each <= 4.5 for each in scores)


def test_coder_without_concealment_suffers_more_from_loss() -> None:
    scores = [opinion_score(3, 0, 0, codec) for codec in ("PCMA", "opus", "G722", "unheard-of")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[-1] > 0.5


# ---- the side ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "there", "side"),
    [
        (4.4, None, Side.NEITHER),
        (4.4, 4.3, Side.NEITHER),
        (3.5, None, Side.HERE),
        (3.5, 4.3, Side.HERE),
        (4.4, 3.9, Side.THERE),
        (3.5, 3.6, Side.BOTH),
        (3.9, 2.1, Side.THERE),
        (1.5, 3.0, Side.HERE),
    ],
)
def test_worse_side_is_named(here: float, there: float | None, side: Side) -> None:
    assert worse_side(measured(here, there)) is side


# ---- the whole call -----------------------------------------------------------------------------------------------


def test_whole_call_is_told_in_means_and_its_worst_moment() -> None:
    log = QualityLog()
    log.add(measured(4.4, None, loss_pct=0, jitter_ms=2))
    log.add(measured(3.0, 4.0, loss_pct=8, jitter_ms=6))
    log.add(measured(4.0, 3.0, loss_pct=1, jitter_ms=4))
    assert log.take(CALL) == CallQuality("PCMA", 3.8, 3.0, 3.0, 4.0, 40.0, mos_there=3.5, loss_there_pct=2.0)


def test_quality_of_a_call_is_taken_once() -> None:
    log = QualityLog()
    log.add(measured(4.4))
    assert log.take(CALL) is not None
    assert log.take(CALL) is None


def test_call_that_was_never_measured_has_no_quality() -> None:
    assert QualityLog().take(CALL) is None


# ---- a real call over a bad network ---------------------------------------------------------------------------------


class Line:
    """Two phones and the network between them."""

    def __init__(self, folder: Path) -> None:
        self.leaving = ExitStack()
        self.talkers = Talkers(folder, Transport.UDP)
        self.leaving.callback(self.talkers.close)

    def talk(self, there: Weather, back: Weather, seconds: float) -> None:
        """`there`: what the agent gets of the caller; `back`: what the caller gets of the agent."""
        both, caller, agent = self.talkers.both, self.talkers.caller, self.talkers.agent
        network = BadNetwork(agent.phone.snapshot().sip_port, there, back)
        self.leaving.callback(network.close)
        out = caller.phone.dial(f"sip:100@127.0.0.1:{network.port}")
        both.until(lambda: bool(agent.incoming()))
        agent.phone.answer(agent.incoming()[0].id)
        both.until_call(caller, out, lambda call: call.state is CallState.CONNECTED)
        both.for_a_while(seconds)
        both.until(lambda: all(len(told_by(each)) >= 2 for each in (agent, caller)))

    @property
    def agent(self) -> list[QualityMeasured]:
        return told_by(self.talkers.agent)

    @property
    def caller(self) -> list[QualityMeasured]:
        return told_by(self.talkers.caller)


def told_by(station: Station) -> list[QualityMeasured]:
    """What a phone measured once it knew both directions."""
    return [each for each in station.told if isinstance(each, QualityMeasured) and each.mos_there is not None]


def summary(told: list[QualityMeasured]) -> CallQuality:
    log = QualityLog()
    for each in told:
        log.add(each)
    whole = log.take(told[0].call_id)
    assert whole is not None
    assert whole.mos_there is not None
    return whole


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    running = Line(tmp_path)
    yield running
    running.leaving.close()


def test_loss_and_delay_are_measured_and_the_side_that_suffers_is_named(line: Line) -> None:
    line.talk(Weather(loss_pct=15, delay_ms=60), Weather(delay_ms=60), 18)
    agent, caller = summary(line.agent), summary(line.caller)
    assert agent.loss_pct == pytest.approx(15, abs=5), line.agent
    assert caller.loss_there_pct == pytest.approx(15, abs=5), line.caller
    assert caller.loss_pct < 3, line.caller
    assert 110 <= agent.round_trip_ms <= 220, line.agent
    assert agent.mos < 3.5 < 4 < caller.mos
    assert (worse_side(line.agent[-1]), worse_side(line.caller[-1])) == (Side.HERE, Side.THERE)


def test_jitter_is_measured_on_the_way_it_happens(line: Line) -> None:
    line.talk(Weather(), Weather(jitter_ms=90), 13)
    assert all(each.jitter_there_ms is not None for each in line.agent)
    assert max(each.jitter_there_ms or 0 for each in line.agent) > 12, line.agent
    assert max(each.jitter_ms for each in line.caller) > 12, line.caller
    assert min(each.jitter_ms for each in line.agent) < 12, line.agent


def test_bad_network_in_both_directions_is_named_so(line: Line) -> None:
    line.talk(Weather(loss_pct=20), Weather(loss_pct=20), 13)
    assert summary(line.agent).mos < 3.4
    assert worse_side(line.agent[-1]) is Side.BOTH


def test_hold_is_no_loss(line: Line) -> None:
    both, caller, agent = line.talkers.both, line.talkers.caller, line.talkers.agent
    _, into = both.connect(caller, agent)
    agent.phone.hold(into)
    both.until_call(agent, into, lambda call: call.held_here)
    both.for_a_while(3)
    agent.phone.resume(into)
    both.until_call(agent, into, lambda call: call.is_talking)
    before = (len(agent.told), len(caller.told))
    both.until(lambda: all(measured_since(each, at) for each, at in zip((agent, caller), before, strict=True)), 20)
    later = [each for station, at in zip((agent, caller), before, strict=True) for each in measured_since(station, at)]
    assert [each for each in later if each.mos < 4 or each.loss_pct > 3] == []


def measured_since(station: Station, at: int) -> list[QualityMeasured]:
    """Twice at least, so that one of them was measured wholly after that."""
    found = [each for each in station.told[at:] if isinstance(each, QualityMeasured)]
    return found if len(found) >= 2 else []
