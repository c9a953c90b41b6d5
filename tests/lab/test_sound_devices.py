"""Headsets that come and go, echo and noise: a real sound server, devices that are not made of metal."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from agent_desktop.softphone.audio import NativeSink, NativeSource, NoDevice, Sound, WavSink, WavSource
from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import (
    CommandRefused,
    DevicesChanged,
    LevelsMeasured,
    MicrophoneSilent,
    Refusal,
    SoundTest,
    SoundTested,
)
from agent_desktop.softphone.pjsip.ringing import RING_HZ
from tests.lab.pulse import PulseAudio, on_time
from tests.softphone.speech import decibels, noise, read, rms, rms_of_tenths, speech, write
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.test_recording import pid_of
from tests.softphone.tones import RATE_HZ, Heard, listen, write_tone

CALLER_HZ = 1000
SILENCE = 0.0001
HEADSET = Sound(NativeSource("jabra-microphone"), NativeSink("jabra"), echo_cancelling=False, noise_suppression=False)


class Desk:
    """The agent's phone on the sound server, and a caller who says a file and records what they hear."""

    def __init__(self, folder: Path, leaving: ExitStack) -> None:
        self._folder = folder
        self._leaving = leaving
        self._heard = 0
        self.agent, self.caller = (self._phone(name) for name in ("agent", "caller"))
        self.both = Stations(self.agent, self.caller)

    def _phone(self, name: str) -> Station:
        station = started(self._folder / name)
        self._leaving.callback(end, station, self._folder / name)
        return set_up(station, direct({"agent": "100", "caller": "200"}[name]))

    def use(self, sound: Sound, until: str | None = None) -> None:
        """`until`: calls use this headset."""
        until_now = len(self.agent.told)
        self.agent.phone.set_sound(sound)
        self.both.until(lambda: any(isinstance(each, DevicesChanged) for each in self.agent.told[until_now:]))
        if until is not None:
            self.until_devices(f"{until}-microphone", until)

    def caller_says(self, wav: Path) -> None:
        self._heard += 1
        self.caller.phone.set_sound(Sound(WavSource(wav), WavSink(self.heard_by_caller)))

    @property
    def pids(self) -> list[int]:
        return [pid_of(self._folder / name) for name in ("agent", "caller")]

    @property
    def heard_by_caller(self) -> Path:
        return self._folder / f"heard-{self._heard}.wav"

    def caller_sings(self) -> None:
        self.caller_says(write_tone(self._folder / "caller.wav", CALLER_HZ))

    def connect(self) -> CallId:
        return self.both.connect(self.caller, self.agent)[1]

    def hang_up(self, call_id: CallId) -> None:
        self.agent.phone.hang_up(call_id)
        self.both.until(lambda: not self.caller.phone.snapshot().calls and not self.agent.phone.snapshot().calls)
        self.both.until(lambda: _is_finished(self.heard_by_caller))

    def until_devices(self, microphone: str, speaker: str) -> None:
        """As the phone tells them; an empty name stands for none."""

        def fact() -> bool:
            now = self.agent.phone.snapshot()
            return (
                getattr(now.microphone, "name", ""),
                getattr(now.speaker, "name", ""),
            ) == (microphone, speaker)

        self.both.until(fact)

    def is_talking(self, call_id: CallId) -> bool:
        return self.agent.call(call_id).is_talking and bool(self.caller.phone.snapshot().calls)


@pytest.fixture
def desk(pulse: PulseAudio, tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as leaving:
        yield Desk(tmp_path, leaving)


def _is_finished(recording: Path) -> bool:
    """Its head says how long it is: that is written last. A caller who was given nothing to write has none."""
    if not recording.exists():
        return True
    head = recording.read_bytes()[:12]
    return head[8:] == b"WAVE" and int.from_bytes(head[4:8], "little") + 8 == recording.stat().st_size


def _is_heard(heard: Heard, hertz: float) -> bool:
    return abs(heard.peak_hz - hertz) < 8 and heard.rms > 1000


def _tests(station: Station) -> list[SoundTested]:
    return [each for each in station.told if isinstance(each, SoundTested)]


def _hears(desk: Desk, pulse: PulseAudio, device: str, seconds: float = 1.6) -> list[Heard]:
    """What this speaker plays from now on, without the first half second, in which it may be just beginning."""
    with pulse.listening(device, pulse.folder / f"{device}.wav") as wav:
        desk.both.for_a_while(seconds)
    return listen(wav)[1:]


def _loudness(wav: Path) -> float:
    """Of a tone, where it is whole: a machine with much to do drops frames."""
    tenths = rms_of_tenths(read(wav))
    return median(each for each in tenths if each > tenths[-1] / 2)


def _rings(desk: Desk, pulse: PulseAudio, device: str) -> bool:
    """Within six seconds: it does for one in every five."""
    return any(_is_heard(each, RING_HZ) for each in _hears(desk, pulse, device, 6.0))


def _takes_in_sound(station: Station) -> bool:
    """The phone measures something at the microphone and does not call it silent."""
    levels = [each.spoken for each in station.told if isinstance(each, LevelsMeasured)]
    silent = [each.is_silent for each in station.told if isinstance(each, MicrophoneSilent)]
    return levels[-1:] > [SILENCE] and silent[-1:] != [True]


def test_devices_come_and_go_while_the_phone_rests(desk: Desk, pulse: PulseAudio) -> None:
    desk.use(Sound())
    assert desk.agent.phone.snapshot().devices == ()
    pulse.plug_in("jabra")
    desk.until_devices("jabra-microphone", "jabra")
    pulse.plug_in("desk")
    desk.both.until(lambda: "desk" in [each.name for each in desk.agent.phone.snapshot().devices])
    assert isinstance(desk.agent.phone.snapshot().devices[0].title, str)
    pulse.unplug("jabra")
    desk.until_devices("desk-microphone", "desk")
    assert "jabra" not in [each.name for each in desk.agent.phone.snapshot().devices]
    assert pulse.streams() == [], "an idle phone holds no device"


def test_headset_unplugged_in_a_call_is_replaced_and_taken_again(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("desk")
    pulse.plug_in("jabra")
    desk.use(HEADSET, until="jabra")
    desk.caller_sings()
    call_id = desk.connect()
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)
    pulse.unplug("jabra")
    desk.until_devices("desk-microphone", "desk")
    assert desk.is_talking(call_id)
    assert _is_heard(_hears(desk, pulse, "desk")[-1], CALLER_HZ)
    pulse.plug_in("jabra")
    desk.until_devices("jabra-microphone", "jabra")
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)
    pulse.speak("jabra", write_tone(pulse.folder / "said.wav", 440, seconds=20))
    until_now = len(desk.caller.told)
    desk.both.until(
        lambda: any(isinstance(each, LevelsMeasured) and each.heard > 0.1 for each in desk.caller.told[until_now:])
    )
    assert desk.is_talking(call_id)


def test_call_without_any_device_left_goes_on_in_silence(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("jabra")
    desk.use(HEADSET, until="jabra")
    desk.caller_sings()
    call_id = desk.connect()
    pulse.unplug("jabra")
    desk.until_devices("", "")
    desk.both.for_a_while(1.0)
    assert desk.is_talking(call_id)
    pulse.plug_in("jabra")
    desk.until_devices("jabra-microphone", "jabra")
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)


def test_call_outlives_the_sound_server(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("jabra")
    desk.use(HEADSET, until="jabra")
    desk.caller_sings()
    call_id = desk.connect()
    pulse.restart()
    desk.until_devices("", "")
    assert desk.is_talking(call_id)
    pulse.plug_in("jabra")
    desk.until_devices("jabra-microphone", "jabra")
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)


def test_call_begun_without_a_device_is_taken_by_one_that_comes(desk: Desk, pulse: PulseAudio) -> None:
    desk.use(HEADSET)
    desk.caller_sings()
    desk.connect()
    assert (desk.agent.phone.snapshot().microphone, desk.agent.phone.snapshot().speaker) == (NoDevice(), NoDevice())
    pulse.plug_in("jabra")
    desk.until_devices("jabra-microphone", "jabra")
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)


def test_ringing_is_heard_on_the_ring_device_alone(desk: Desk, pulse: PulseAudio) -> None:
    for name in ("jabra", "desk"):
        pulse.plug_in(name)
    desk.use(Sound(HEADSET.source, HEADSET.sink, ringer=NativeSink("desk")), until="jabra")
    with (
        pulse.listening("jabra", pulse.folder / "jabra.wav") as in_ear,
        pulse.listening("desk", pulse.folder / "desk.wav") as on_desk,
    ):
        desk.both.ring(desk.caller, desk.agent)
        desk.both.for_a_while(1.5)
    assert any(_is_heard(each, RING_HZ) for each in listen(on_desk)), listen(on_desk)
    assert all(each.rms < 20 for each in listen(in_ear)), listen(in_ear)


def test_ringing_moves_to_the_headset_when_its_device_goes(desk: Desk, pulse: PulseAudio) -> None:
    for name in ("jabra", "desk"):
        pulse.plug_in(name)
    desk.use(Sound(HEADSET.source, HEADSET.sink, ringer=NativeSink("desk")), until="jabra")
    desk.both.ring(desk.caller, desk.agent)
    pulse.unplug("desk")
    assert any(_rings(desk, pulse, "jabra") for _ in range(5))


@pytest.mark.parametrize(("gain", "louder_db"), [(0.5, -6.0), (1.8, 5.1)], ids=["softer", "louder"])
def test_gain_works_in_both_directions(desk: Desk, pulse: PulseAudio, gain: float, louder_db: float) -> None:
    pulse.plug_in("jabra")
    tone = write_tone(pulse.folder / "said.wav", 440, seconds=60)
    loudness = []
    for sound in (HEADSET, replace(HEADSET, microphone_gain=gain, speaker_gain=gain)):
        desk.use(sound, until="jabra")
        desk.caller_sings()
        call_id = desk.connect()
        pulse.speak("jabra", tone)
        with pulse.listening("jabra", pulse.folder / "jabra.wav") as in_ear:
            desk.both.for_a_while(2.1)
        desk.hang_up(call_id)
        loudness.append((_loudness(in_ear), _loudness(desk.heard_by_caller)))
    (plain_ear, plain_mouth), (ear, mouth) = loudness
    assert decibels(ear, plain_ear) == pytest.approx(louder_db, abs=1.0)
    assert decibels(mouth, plain_mouth) == pytest.approx(louder_db, abs=1.0)


def test_echo_cancelling_keeps_callers_from_hearing_themselves(desk: Desk, pulse: PulseAudio) -> None:
    """A machine too busy for its sound server moves the echo, which is then learned anew: the best of three counts."""
    pulse.plug_in("jabra", hears_itself=True)
    voice = write(pulse.folder / "voice.wav", speech(16.0))

    def echo(*, cancelling: bool) -> float:
        desk.use(replace(HEADSET, echo_cancelling=cancelling), until="jabra")
        desk.caller_says(voice)
        call_id = desk.connect()
        for pid in (pulse.pid, *desk.pids):
            on_time(pid)
        desk.both.for_a_while(12.0)
        heard = desk.heard_by_caller
        desk.hang_up(call_id)
        return min(rms(second) for second in read(heard)[-5 * RATE_HZ :].reshape(5, -1))

    plain = echo(cancelling=False)
    assert plain > 300, "there is an echo to cancel"
    enhancements = (decibels(plain, echo(cancelling=True)) for _ in range(3))
    assert any(one > 18 for one in enhancements), "echo return loss enhancement in dB"


@pytest.mark.parametrize("cancelling", [False, True], ids=["alone", "with echo cancelling"])
def test_noise_suppression_lifts_the_voice_out_of_the_noise(desk: Desk, pulse: PulseAudio, cancelling: bool) -> None:
    pulse.plug_in("jabra")
    desk.caller_says(write(pulse.folder / "nothing.wav", noise(1.0, 0.0)))
    voice = speech(10.0)
    noisy = write(pulse.folder / "noisy.wav", voice + noise(10.0, 300.0))
    ratios = []
    for suppressing in (False, True):
        desk.use(replace(HEADSET, echo_cancelling=cancelling, noise_suppression=suppressing), until="jabra")
        call_id = desk.connect()
        pulse.speak("jabra", noisy)
        desk.both.for_a_while(6.5)
        heard = desk.heard_by_caller
        desk.hang_up(call_id)
        desk.caller_says(pulse.folder / "nothing.wav")
        tenths = rms_of_tenths(read(heard)[2 * RATE_HZ : 6 * RATE_HZ])
        ratios.append(decibels(tenths[-5], tenths[2]))
    print(f"voice to noise: {ratios[0]:.1f} dB without, {ratios[1]:.1f} dB with suppression")
    assert ratios[1] - ratios[0] > 6


def test_silent_microphone_is_told_while_the_caller_speaks(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("jabra")
    desk.caller_says(write(pulse.folder / "voice.wav", speech(20.0)))
    desk.use(replace(HEADSET, echo_cancelling=True, noise_suppression=True), until="jabra")
    room = write(pulse.folder / "room.wav", noise(60.0, 10.0))  # the agent listens in a very quiet room
    pulse.speak("jabra", room)
    call_id = desk.connect()
    desk.both.until(lambda: _takes_in_sound(desk.agent))
    until_now = len(desk.agent.told)
    desk.both.for_a_while(4.0)
    assert [each for each in desk.agent.told[until_now:] if isinstance(each, MicrophoneSilent)] == []
    pulse.fall_silent("jabra")
    until_now = len(desk.agent.told)
    is_told = MicrophoneSilent(call_id, is_silent=True)
    desk.both.until(lambda: is_told in desk.agent.told[until_now:])
    before = desk.agent.told[until_now : desk.agent.told.index(is_told, until_now)]
    silent = [each for each in before if isinstance(each, LevelsMeasured) and each.spoken < SILENCE]
    assert len(silent) <= 30, "three seconds at ten levels a second"
    pulse.speak("jabra", room)
    desk.both.until(lambda: MicrophoneSilent(call_id, is_silent=False) in desk.agent.told[until_now:])


def test_agent_hears_their_own_microphone(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("jabra")
    desk.use(HEADSET, until="jabra")
    pulse.speak("jabra", write_tone(pulse.folder / "said.wav", 440, seconds=30))
    desk.agent.phone.try_sound(4.0)
    desk.both.until(lambda: SoundTest.PLAYING in [each.stage for each in _tests(desk.agent)])
    pulse.fall_silent("jabra")
    with pulse.listening("jabra", pulse.folder / "heard.wav") as wav:
        desk.both.until(lambda: SoundTest.DONE in [each.stage for each in _tests(desk.agent)])
    stages = [each.stage for each in _tests(desk.agent)]
    assert stages == sorted(stages, key=[SoundTest.RECORDING, SoundTest.PLAYING, SoundTest.DONE].index)
    assert len([each for each in stages if each is SoundTest.RECORDING]) >= 5, "the level moves while one speaks"
    assert _tests(desk.agent)[-1].heard == pytest.approx(8000 / 32768, rel=0.1)
    assert any(_is_heard(each, 440) for each in listen(wav)), listen(wav)
    desk.both.until(lambda: pulse.streams() == [])


def test_trying_the_sound_fails_without_a_microphone(desk: Desk) -> None:
    desk.use(Sound())
    desk.agent.phone.try_sound(1.0)
    desk.both.until(lambda: bool(_tests(desk.agent)))
    assert _tests(desk.agent) == [SoundTested(SoundTest.FAILED)]


def test_call_goes_before_trying_the_sound(desk: Desk, pulse: PulseAudio) -> None:
    pulse.plug_in("jabra")
    desk.use(HEADSET, until="jabra")
    desk.agent.phone.try_sound(30.0)
    desk.both.until(lambda: bool(_tests(desk.agent)))
    desk.caller_sings()
    desk.connect()
    desk.both.until(lambda: _tests(desk.agent)[-1].stage is SoundTest.FAILED)
    assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)
    desk.agent.phone.try_sound(1.0)
    desk.both.until(
        lambda: (
            ("TrySound", Refusal.WRONG_STATE)
            in [(each.command, each.refusal) for each in desk.agent.told if isinstance(each, CommandRefused)]
        )
    )


def test_device_of_alsa_that_dies_in_a_call_is_taken_again(
    pulse: PulseAudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a sound server of its own: the phone knows only what ALSA lists."""
    pulse.plug_in("jabra")
    alsa = tmp_path / "asound.conf"
    card = f'type pulse server "{pulse.environment["PULSE_SERVER"]}"'
    alsa.write_text(f"</usr/share/alsa/alsa.conf>\npcm.card {{ {card} hint {{ show on description card }} }}\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa))
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    with ExitStack() as leaving:
        desk = Desk(tmp_path, leaving)
        desk.use(Sound(NativeSource("card"), NativeSink("card"), echo_cancelling=False, noise_suppression=False))
        desk.until_devices("card", "card")
        desk.caller_sings()
        call_id = desk.connect()
        assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)
        pulse.restart()
        desk.until_devices("", "")
        assert desk.is_talking(call_id)
        pulse.plug_in("jabra")
        desk.until_devices("card", "card")
        assert _is_heard(_hears(desk, pulse, "jabra")[-1], CALLER_HZ)
