"""“Your microphone is silent”: when it is said, and when not. With a real one: tests/lab/test_sound_devices.py."""

from dataclasses import dataclass, field

import pytest

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account
from agent_desktop.softphone.audio import Device, DeviceKind
from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import Event, LevelsMeasured, MicrophoneSilent
from agent_desktop.softphone.host import LEVELS_EVERY_S, Meters
from agent_desktop.softphone.simulated import SimulatedEngine
from agent_desktop.softphone.simulated_switch import SimulatedSwitch

MICROPHONE = Device("headset", DeviceKind.MICROPHONE)
SPEAKER = Device("headset", DeviceKind.SPEAKER)


@dataclass
class Talk:
    """An agent in a call with somebody who speaks all the time."""

    told: list[Event] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        switch = SimulatedSwitch()
        self.engine = SimulatedEngine(switch, self.told.append, devices=(MICROPHONE, SPEAKER))
        self._caller = SimulatedEngine(switch, lambda _: None)
        self.meters = Meters(self.engine, self.told.append)
        for engine, user in ((self.engine, "100"), (self._caller, "200")):
            engine.use_account(Account(user, "127.0.0.1"))
        self._caller.dial(commands.Dial(CallId("out"), f"sip:100@127.0.0.1:{self.engine.sip_port}"))
        self.work()
        (self.call,) = self.engine.snapshot().calls
        self.engine.answer(self.call.id)
        self.work()

    def work(self) -> None:
        for engine in (self.engine, self._caller, self.engine):
            engine.wait(0)

    def goes_on(self, seconds: float) -> list[bool]:
        """Whether the microphone was said to be silent or to be heard again, in order."""
        until_now = len(self.told)
        for _ in range(round(seconds / LEVELS_EVERY_S)):
            self.meters.measure(self.now)
            self.now += LEVELS_EVERY_S
        return [each.is_silent for each in self.told[until_now:] if isinstance(each, MicrophoneSilent)]


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_dead_microphone_is_told_once_within_three_seconds(talk: Talk) -> None:
    talk.engine.spoken = 0.0
    assert talk.goes_on(3.0) == [True]
    assert talk.goes_on(60.0) == []


def test_it_is_told_when_something_comes_again(talk: Talk) -> None:
    talk.engine.spoken = 0.0
    talk.goes_on(3.0)
    talk.engine.spoken = 0.3
    assert talk.goes_on(1.0) == [False]


def test_agent_who_only_listens_has_a_living_microphone(talk: Talk) -> None:
    talk.engine.spoken = 0.0005
    assert talk.goes_on(60.0) == []


def test_nobody_is_told_while_the_other_side_is_silent_too(talk: Talk) -> None:
    talk.engine.spoken = talk.engine.heard = 0.0
    assert talk.goes_on(60.0) == []


def test_muted_microphone_is_meant_to_be_silent(talk: Talk) -> None:
    talk.engine.mute(talk.call.id)
    assert talk.goes_on(60.0) == []
    talk.engine.spoken = 0.0
    talk.engine.unmute(talk.call.id)
    assert talk.goes_on(3.0) == [True]
    talk.engine.mute(talk.call.id)
    assert talk.goes_on(1.0) == [False]


def test_held_call_hears_nobody(talk: Talk) -> None:
    talk.engine.spoken = 0.0
    talk.engine.hold(talk.call.id)
    assert talk.goes_on(60.0) == []


def test_missing_microphone_is_told_otherwise(talk: Talk) -> None:
    talk.engine.plug(SPEAKER)
    talk.engine.spoken = 0.0
    assert talk.goes_on(60.0) == []
    assert any(isinstance(each, LevelsMeasured) for each in talk.told)
