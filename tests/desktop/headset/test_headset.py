"""A headset: where its buttons and lamps are, what a press means, and that screen and headset stay in step."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.headset.cradle import Cradle
from agent_desktop.headset.descriptor import Button, Lamp, layout_of
from agent_desktop.headset.handling import Deed, Lamps, Line, Press, Stage, Wish, lamps_for, wish_of
from agent_desktop.headset.headset import RELEASE_S, Headset
from agent_desktop.headset.port import Found, NoHeadset, NoLibrary, NotAllowed, Plugged, State
from tests.desktop.headset.devices import (
    ANKER_POWERCONF,
    BUTTON_FOR_HOOK,
    DELL_SP325,
    LOGITECH_BRIO,
    POLY_BLACKWIRE_3220,
    REAL,
    STATEFUL_MUTE,
    FakeDevice,
)

RINGING = Line("ringing", Stage.RINGING, is_answered=False)
TALKING = Line("talking", Stage.UP)
MUTED = Line("talking", Stage.UP, is_muted=True)
DIALLING = Line("dialling", Stage.UP, is_answered=False)
HELD = Line("held", Stage.HELD)


# ---- report descriptors ---------------------------------------------------------------------------------


@pytest.mark.parametrize("descriptor", REAL.values(), ids=REAL.keys())
def test_real_device_has_its_buttons_and_lamps_found(descriptor: bytes) -> None:
    layout = layout_of(descriptor)

    assert layout.is_telephone
    assert layout.is_numbered
    assert Button.PHONE_MUTE in layout.buttons
    assert Lamp.MUTE in layout.lamps


def test_hook_that_is_declared_constant_is_a_hook_all_the_same() -> None:
    hook = layout_of(ANKER_POWERCONF).buttons[Button.HOOK_SWITCH]

    assert (hook.report, hook.at, hook.keeps) == (2, 0, True)


def test_lamps_of_one_report_are_written_together() -> None:
    device = FakeDevice(ANKER_POWERCONF)

    Headset(device, device.layout).light(Lamps(off_hook=True, mute=True, hold=True))

    assert device.written == [bytes([2, 0b1011, 0])]


def test_lamps_of_several_reports_are_written_apart_and_only_where_they_change() -> None:
    device = FakeDevice(POLY_BLACKWIRE_3220)
    headset = Headset(device, device.layout)

    headset.light(Lamps(ring=True))
    headset.light(Lamps(off_hook=True))
    headset.light(Lamps(off_hook=True))

    assert device.written == [bytes([0x18, 1]), bytes([0x18, 0]), bytes([0x17, 1])]


@given(st.binary(max_size=80) | st.builds(lambda cut: ANKER_POWERCONF[:cut], st.integers(0, len(ANKER_POWERCONF))))
def test_no_descriptor_whatever_breaks_the_reading(descriptor: bytes) -> None:
    layout = layout_of(descriptor)

    assert all(bit.at < layout.sizes[bit.report] for bit in layout.lamps.values())


@given(st.lists(st.binary(max_size=8), max_size=20))
def test_no_report_whatever_breaks_the_headset(reports: list[bytes]) -> None:
    device = FakeDevice(DELL_SP325)
    headset = Headset(device, device.layout)

    assert all(isinstance(press, Press) for report in reports for press in headset.presses(report))


# ---- what a press means -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("press", "lines", "wish"),
    [
        (Press.OFF_HOOK, [RINGING], Wish(Deed.ANSWER, "ringing")),
        (Press.HOOK_BUTTON, [RINGING], Wish(Deed.ANSWER, "ringing")),
        (Press.ON_HOOK, [TALKING], Wish(Deed.HANG_UP, "talking")),
        (Press.HOOK_BUTTON, [TALKING], Wish(Deed.HANG_UP, "talking")),
        (Press.ON_HOOK, [DIALLING], Wish(Deed.HANG_UP, "dialling")),
        (Press.OFF_HOOK, [TALKING], None),
        (Press.OFF_HOOK, [], None),
        (Press.ON_HOOK, [], None),
        (Press.ON_HOOK, [TALKING, RINGING], Wish(Deed.ANSWER, "ringing")),
        (Press.HOOK_BUTTON, [HELD], Wish(Deed.RESUME, "held")),
        (Press.ON_HOOK, [HELD], Wish(Deed.RESUME, "held")),
        (Press.ON_HOOK, [HELD, TALKING], Wish(Deed.HANG_UP, "talking")),
        (Press.FLASH, [TALKING], Wish(Deed.HOLD, "talking")),
        (Press.FLASH, [HELD], Wish(Deed.RESUME, "held")),
        (Press.FLASH, [TALKING, HELD], Wish(Deed.RESUME, "held")),
        (Press.FLASH, [TALKING, RINGING], Wish(Deed.ANSWER, "ringing")),
        (Press.FLASH, [DIALLING], None),
        (Press.MUTE_BUTTON, [TALKING], Wish(Deed.MUTE, "talking")),
        (Press.MUTE_BUTTON, [MUTED], Wish(Deed.UNMUTE, "talking")),
        (Press.MUTE_ON, [TALKING], Wish(Deed.MUTE, "talking")),
        (Press.MUTE_ON, [MUTED], None),
        (Press.MUTE_OFF, [MUTED], Wish(Deed.UNMUTE, "talking")),
        (Press.MUTE_BUTTON, [HELD], None),
        (Press.MUTE_BUTTON, [DIALLING], None),
        (Press.MUTE_BUTTON, [], None),
        (Press.DROP, [RINGING], Wish(Deed.DECLINE, "ringing")),
        (Press.DROP, [TALKING, RINGING], Wish(Deed.HANG_UP, "talking")),
        (Press.DROP, [], None),
        (Press.REDIAL, [], Wish(Deed.REDIAL)),
        (Press.REDIAL, [TALKING], None),
    ],
)
def test_press_means_what_the_calls_make_of_it(press: Press, lines: list[Line], wish: Wish | None) -> None:
    assert wish_of(press, lines) == wish


@pytest.mark.parametrize(
    ("lines", "lamps"),
    [
        ([], Lamps()),
        ([RINGING], Lamps(ring=True)),
        ([DIALLING], Lamps(off_hook=True)),
        ([MUTED], Lamps(off_hook=True, mute=True)),
        ([HELD], Lamps(off_hook=True, hold=True)),
        ([HELD, TALKING, RINGING], Lamps(off_hook=True, hold=True, ring=True)),
        ([replace(HELD, is_muted=True), TALKING], Lamps(off_hook=True, hold=True)),
    ],
)
def test_lamps_say_how_the_calls_stand(lines: list[Line], lamps: Lamps) -> None:
    assert lamps_for(lines) == lamps


# ---- screen and headset in step -----------------------------------------------------------------------------


class Agent:
    """A headset on a head, with the phone behind it: what is wished happens, and lights the lamps again."""

    def __init__(self, device: FakeDevice) -> None:
        self.device = device
        self.lines: list[Line] = []
        self.wishes: list[Deed] = []
        self.states: list[State] = []
        self._changed = threading.Condition()
        self.found: Found = device
        self._now = 0.0
        self.cradle = Cradle(lambda: self.found, look_every_s=0.01, clock=lambda: self._now)
        self._thread = threading.Thread(target=self.cradle.follow, args=(self._hear,))
        self._thread.start()

    def calls(self, *lines: Line) -> None:
        """The phone says how the calls stand now, as after a click on the screen."""
        with self._changed:
            self.lines = list(lines)
        self.cradle.show(lamps_for(lines))

    def press(self, button: Button) -> None:
        """A moment later, as hands are."""
        assert self.device.wait_until_heard()
        self._now += 5
        self.device.press(button)

    def until(self, fact: Callable[[], object]) -> bool:
        with self._changed:
            return bool(self._changed.wait_for(fact, 20))

    def leave(self) -> None:
        self.cradle.stop()
        self._thread.join(20)

    def _hear(self, what: State | Press) -> None:
        with self._changed:
            if isinstance(what, Press):
                self._do(wish_of(what, self.lines))
            else:
                self.states.append(what)
            self._changed.notify_all()
        self.cradle.show(lamps_for(self.lines), again=isinstance(what, Press))

    def _do(self, wish: Wish | None) -> None:
        if wish is None:
            return
        self.wishes.append(wish.deed)
        done = {
            Deed.ANSWER: lambda line: replace(line, stage=Stage.UP, is_answered=True),
            Deed.MUTE: lambda line: replace(line, is_muted=True),
            Deed.UNMUTE: lambda line: replace(line, is_muted=False),
            Deed.HOLD: lambda line: replace(line, stage=Stage.HELD),
            Deed.RESUME: lambda line: replace(line, stage=Stage.UP),
        }
        new = []
        for line in self.lines:
            if line.id == wish.line:
                new += [done[wish.deed](line)] if wish.deed in done else []
            elif wish.deed in (Deed.ANSWER, Deed.RESUME) and line.stage is Stage.UP:
                new.append(replace(line, stage=Stage.HELD))
            else:
                new.append(line)
        self.lines = new


Wear = Callable[[FakeDevice], Agent]


@pytest.fixture
def wear() -> Iterator[Wear]:
    agents: list[Agent] = []

    def put_on(device: FakeDevice) -> Agent:
        agents.append(Agent(device))
        assert agents[-1].until(lambda: agents[-1].states)
        return agents[-1]

    yield put_on
    for agent in agents:
        agent.leave()
        assert agent.device.is_closed


HOOKED = {name: descriptor for name, descriptor in REAL.items() if name != "Logitech MX Brio"}


@pytest.mark.parametrize("descriptor", HOOKED.values(), ids=HOOKED.keys())
def test_agent_answers_mutes_and_hangs_up_at_the_headset(wear: Wear, descriptor: bytes) -> None:
    device = FakeDevice(descriptor)
    agent = wear(device)
    agent.calls(RINGING)
    assert device.wait_for_lamps(Lamp.RING)

    agent.press(Button.HOOK_SWITCH)
    assert device.wait_for_lamps(Lamp.OFF_HOOK)
    agent.press(Button.PHONE_MUTE)
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.MUTE)
    agent.press(Button.PHONE_MUTE)
    assert device.wait_for_lamps(Lamp.OFF_HOOK)
    agent.press(Button.HOOK_SWITCH)

    assert device.wait_for_lamps()
    assert agent.wishes == [Deed.ANSWER, Deed.MUTE, Deed.UNMUTE, Deed.HANG_UP]


@pytest.mark.parametrize("descriptor", [ANKER_POWERCONF, DELL_SP325], ids=["Anker", "Dell"])
def test_flash_holds_and_takes_back(wear: Wear, descriptor: bytes) -> None:
    device = FakeDevice(descriptor)
    agent = wear(device)
    agent.calls(TALKING)

    agent.press(Button.FLASH)
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.HOLD)
    agent.press(Button.FLASH)

    assert device.wait_for_lamps(Lamp.OFF_HOOK)
    assert agent.wishes == [Deed.HOLD, Deed.RESUME]


def test_mute_on_the_screen_lights_the_lamp_and_is_not_heard_as_a_press(wear: Wear) -> None:
    device = FakeDevice(STATEFUL_MUTE, repeats_mute=True)
    agent = wear(device)
    agent.calls(TALKING)
    agent.calls(MUTED)
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.MUTE)
    agent.calls(TALKING)
    assert device.wait_for_lamps(Lamp.OFF_HOOK)

    agent.press(Button.PHONE_MUTE)

    assert agent.until(lambda: agent.wishes == [Deed.MUTE])
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.MUTE)
    assert len(device.written) < 12


def test_answering_on_the_screen_is_not_heard_as_a_press(wear: Wear) -> None:
    device = FakeDevice(ANKER_POWERCONF)
    agent = wear(device)
    agent.calls(RINGING)
    agent.calls(replace(RINGING, stage=Stage.UP, is_answered=True), Line("second", Stage.RINGING))
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.RING)
    agent.calls(TALKING)
    agent.calls()
    assert device.wait_for_lamps()

    agent.press(Button.REDIAL if Button.REDIAL in device.layout.buttons else Button.FLASH)

    assert not agent.wishes


def test_press_while_another_call_rings_answers_that_one_and_ends_none(wear: Wear) -> None:
    device = FakeDevice(ANKER_POWERCONF)
    agent = wear(device)
    agent.calls(TALKING)
    agent.calls(TALKING, RINGING)
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.RING)

    agent.press(Button.HOOK_SWITCH)
    assert device.wait_for_lamps(Lamp.OFF_HOOK, Lamp.HOLD)
    agent.press(Button.HOOK_SWITCH)

    assert agent.until(lambda: agent.wishes == [Deed.ANSWER, Deed.HANG_UP])
    assert agent.lines == [replace(TALKING, stage=Stage.HELD)]


def test_hook_that_goes_down_and_up_does_not_hang_up_what_it_answered(wear: Wear) -> None:
    device = FakeDevice(BUTTON_FOR_HOOK, hook_is_button=True)
    agent = wear(device)
    agent.calls(RINGING)

    agent.press(Button.HOOK_SWITCH)
    assert device.wait_for_lamps(Lamp.OFF_HOOK)
    agent.press(Button.HOOK_SWITCH)

    assert device.wait_for_lamps()
    assert agent.wishes == [Deed.ANSWER, Deed.HANG_UP]


def test_hook_put_back_later_hangs_up() -> None:
    device, now = FakeDevice(ANKER_POWERCONF), [10.0]
    headset = Headset(device, device.layout, lambda: now[0])
    assert headset.presses(bytes([2, 1, 0])) == (Press.OFF_HOOK,)
    headset.light(Lamps(off_hook=True))
    now[0] += RELEASE_S + 1

    assert headset.presses(bytes([2, 0, 0])) == (Press.ON_HOOK,)


def test_mute_button_without_a_call_leaves_the_lamp_dark(wear: Wear) -> None:
    device = FakeDevice(STATEFUL_MUTE, repeats_mute=True)
    agent = wear(device)
    agent.calls()

    agent.press(Button.PHONE_MUTE)

    assert agent.until(lambda: device.written)
    assert device.wait_for_lamps()
    assert not agent.wishes


def test_headset_plugged_in_again_shows_the_call_that_goes_on(wear: Wear) -> None:
    first = FakeDevice(ANKER_POWERCONF, "first")
    agent = wear(first)
    agent.calls(MUTED)
    agent.found = NoHeadset()
    first.unplug()
    assert agent.until(lambda: agent.states == [Plugged("first"), NoHeadset()])

    second = FakeDevice(POLY_BLACKWIRE_3220, "second")
    agent.found = second

    assert agent.until(lambda: agent.states[-1] == Plugged("second"))
    assert second.wait_for_lamps(Lamp.OFF_HOOK, Lamp.MUTE)
    assert first.is_closed
    agent.device = second
    agent.press(Button.PHONE_MUTE)
    assert agent.until(lambda: agent.wishes == [Deed.UNMUTE])


@pytest.mark.parametrize("found", [NoHeadset(), NotAllowed("Jabra", "/dev/hidraw3"), NoLibrary()])
def test_why_there_is_no_headset_is_said_once(found: Found) -> None:
    said: list[State | Press] = []
    looked = threading.Semaphore(0)

    def find() -> Found:
        looked.release()
        return found

    cradle = Cradle(find, look_every_s=0.001)
    thread = threading.Thread(target=cradle.follow, args=(said.append,))
    thread.start()
    looked.acquire(timeout=20)
    if found != NoLibrary():
        for _ in range(3):
            assert looked.acquire(timeout=20)
    cradle.stop()
    thread.join(20)

    assert said == [found]


def test_camera_with_a_mute_button_only_mutes(wear: Wear) -> None:
    device = FakeDevice(LOGITECH_BRIO)
    agent = wear(device)
    agent.calls(TALKING)

    agent.press(Button.PHONE_MUTE)

    assert device.wait_for_lamps(Lamp.MUTE)
    assert agent.wishes == [Deed.MUTE]
