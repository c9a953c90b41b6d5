"""A recording is listened to where it was made: decoded in memory, faster at the same pitch, never beside a call."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from agent_desktop import crashes
from agent_desktop.softphone.audio import Device, DeviceKind, SilentSource, Sound, WavSink
from agent_desktop.softphone.events import CommandRefused, Playing, RecordingPlayed, Refusal
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.reel import Opened, Reel, Unreadable
from agent_desktop.softphone.simulated_link import SimulatedLink
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from tests.softphone.conftest import Pair
from tests.softphone.recorded import KEY, written
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.test_recording import pid_of, written_by
from tests.softphone.tones import RATE_HZ, listen

AGENT_HZ, CALLER_HZ = 500, 900


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Six seconds, of which nothing was kept from the second to the third."""
    return written(tmp_path / "call.adr", AGENT_HZ, CALLER_HZ, 6.0, pause_s=(2.0, 3.0))


def played(station: Station) -> list[RecordingPlayed]:
    return [event for event in station.told if isinstance(event, RecordingPlayed)]


def stages(station: Station) -> list[Playing]:
    return [event.stage for event in played(station)]


def heard(reel: Reel) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """All of it, as fast as it comes."""
    frames = []
    while not reel.is_over:
        frame = reel.next_frame()
        if frame is not None:
            frames.append(frame)
    return np.frombuffer(b"".join(frames), dtype="<i2").astype(float)


def peaks(samples: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> set[int]:
    """The two loudest tones, to 10 Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    first = int(np.argmax(spectrum))
    step = RATE_HZ / len(samples)
    near = int(60 / step)
    rest = spectrum.copy()
    rest[max(0, first - near) : first + near] = 0
    return {round(first * step / 10) * 10, round(int(np.argmax(rest)) * step / 10) * 10}


def test_recording_tells_where_nothing_was_kept(recording: Path) -> None:
    found = read_recording(recording, KEY)
    assert found.pauses == ((2.0, 3.0),)
    assert found.seconds == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("speed", [1.0, 1.25, 1.5, 2.0])
def test_faster_takes_less_time_at_the_same_pitch(recording: Path, speed: float) -> None:
    samples = heard(Reel(recording, KEY, 0.0, speed))
    assert len(samples) / RATE_HZ == pytest.approx(6.0 / speed, abs=0.3)
    first_second = samples[: RATE_HZ // 2]
    assert peaks(first_second) == {AGENT_HZ, CALLER_HZ}


def test_recording_is_heard_from_where_one_wants_it(recording: Path) -> None:
    reel = Reel(recording, KEY, 4.0, 1.0)
    samples = heard(reel)
    assert len(samples) / RATE_HZ == pytest.approx(2.0, abs=0.1)
    assert isinstance(reel.about, Opened)
    assert reel.about.pauses == ((2.0, 3.0),)
    assert reel.at_s == pytest.approx(6.0, abs=0.1)


def test_file_that_the_key_does_not_open_is_not_played(recording: Path) -> None:
    reel = Reel(recording, bytes(32), 0.0, 1.0)
    reel.wait(10)
    assert isinstance(reel.about, Unreadable)
    assert reel.next_frame() is None


# ---- what every engine promises ---------------------------------------------------------------------------


def test_recording_is_not_played_into_a_call(pair: Pair, recording: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.play_recording(recording, KEY)
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    refused = [event for event in pair.here.told if isinstance(event, CommandRefused)]
    assert [(event.command, event.refusal) for event in refused] == [("PlayRecording", Refusal.WRONG_STATE)]
    assert pair.here.call(into).is_talking
    assert played(pair.here) == []


def test_without_a_loudspeaker_it_says_so(pair: Pair, recording: Path) -> None:
    pair.here.phone.play_recording(recording, KEY)
    pair.both.until(lambda: stages(pair.here) == [Playing.NO_SPEAKER])


def test_what_is_no_recording_is_told(pair: Pair, recording: Path) -> None:
    pair.here.phone.play_recording(recording.with_name("gone.adr"), KEY)
    pair.both.until(lambda: stages(pair.here) == [Playing.UNREADABLE])


@pytest.mark.parametrize("speed", [3.0, 0.0])
def test_speed_that_is_none_is_refused(pair: Pair, recording: Path, speed: float) -> None:
    pair.here.phone.play_recording(recording, KEY, speed=speed)
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    assert played(pair.here) == []


# ---- with something to hear it with -----------------------------------------------------------------------


@pytest.fixture(params=["simulated", "pjsip"])
def hearing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    """Here there is a loudspeaker: a simulated one, or a file."""
    switch = SimulatedSwitch()
    phones = []
    for name in ("here", "there"):
        is_simulated = request.param == "simulated"
        link = SimulatedLink(switch, (Device("headset", DeviceKind.SPEAKER),)) if is_simulated else None
        phones.append(Station(link) if link is not None else started(tmp_path / name))
    here, there = phones
    is_native = isinstance(here.link, SimulatedLink)
    set_up(here, direct("100"), Sound() if is_native else Sound(SilentSource(), WavSink(tmp_path / "ear.wav")))
    set_up(there, direct("200"))
    yield Pair(here, there, Stations(here, there))
    for station, name in zip(phones, ("here", "there"), strict=True):
        end(station, tmp_path / name)


def test_recording_is_played_to_its_end(hearing: Pair, recording: Path) -> None:
    hearing.here.phone.play_recording(recording, KEY, at_s=5.0)
    hearing.both.until(lambda: Playing.DONE in stages(hearing.here))
    told = played(hearing.here)
    assert [event.stage for event in told[:-1]] == [Playing.GOES_ON] * (len(told) - 1)
    assert len(told) > 3
    assert all(event.pauses == ((2.0, 3.0),) for event in told)
    assert [event.at_s for event in told] == sorted(event.at_s for event in told)
    assert told[0].at_s >= 5.0
    assert told[-1].at_s == told[-1].seconds == pytest.approx(6.0, abs=0.1)


def test_call_that_rings_ends_it(hearing: Pair, recording: Path) -> None:
    hearing.here.phone.play_recording(recording, KEY)
    hearing.both.until(lambda: Playing.GOES_ON in stages(hearing.here))
    hearing.both.ring(hearing.there, hearing.here)
    hearing.both.until(lambda: Playing.CALL_CAME in stages(hearing.here))
    told = len(played(hearing.here))
    hearing.both.for_a_while(0.3)
    assert len(played(hearing.here)) == told


def test_stopped_recording_goes_on_from_where_it_stood(hearing: Pair, recording: Path) -> None:
    hearing.here.phone.play_recording(recording, KEY, at_s=1.0)
    hearing.both.until(lambda: Playing.GOES_ON in stages(hearing.here))
    hearing.here.phone.stop_playing()
    hearing.both.until(lambda: Playing.STOPPED in stages(hearing.here))
    stood = played(hearing.here)[-1].at_s
    hearing.here.phone.play_recording(recording, KEY, at_s=stood, speed=2.0)
    hearing.both.until(lambda: Playing.DONE in stages(hearing.here))


def test_another_place_takes_over_without_a_word_between(hearing: Pair, recording: Path) -> None:
    hearing.here.phone.play_recording(recording, KEY)
    hearing.both.until(lambda: Playing.GOES_ON in stages(hearing.here))
    hearing.here.phone.play_recording(recording, KEY, at_s=5.5)
    hearing.both.until(lambda: Playing.DONE in stages(hearing.here))
    assert set(stages(hearing.here)) == {Playing.GOES_ON, Playing.DONE}


def test_both_legs_are_heard(tmp_path: Path, recording: Path) -> None:
    station = started(tmp_path / "here")
    set_up(station, direct("100"), Sound(SilentSource(), WavSink(tmp_path / "ear.wav")))
    alone = Stations(station)
    station.phone.play_recording(recording, KEY, at_s=3.5)
    alone.until(lambda: Playing.DONE in stages(station))
    end(station, tmp_path / "here")
    tones = {hertz for piece in listen(tmp_path / "ear.wav") for hertz in piece.tones_hz}
    assert tones <= {AGENT_HZ, CALLER_HZ}
    assert max(piece.rms for piece in listen(tmp_path / "ear.wav")) > 1000


def test_nothing_that_is_heard_lies_on_the_disk_in_clear_after_a_crash(tmp_path: Path, recording: Path) -> None:
    """Killed while it plays at twice the speed: it wrote to the loudspeaker alone, and left no stream of sound."""
    station, ear = started(tmp_path / "here"), tmp_path / "ear.wav"
    set_up(station, direct("100"), Sound(SilentSource(), WavSink(ear)))
    alone = Stations(station)
    station.phone.play_recording(recording, KEY, speed=2.0)
    alone.until(lambda: any(event.at_s > 1.0 for event in played(station)))
    pid = pid_of(tmp_path / "here")
    written_to = written_by(pid)
    os.kill(pid, signal.SIGKILL)
    alone.until(lambda: not station.phone.is_there)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path != ear]
    assert [path for path in written_to - {ear} if path.parent.name != crashes.FOLDER] == []
    assert recording in left
    assert [path for path in left if any(mark in path.read_bytes() for mark in (b"OggS", b"OpusHead", b"RIFF"))] == []
    end(station, tmp_path / "here")
