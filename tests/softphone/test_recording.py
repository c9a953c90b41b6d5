"""What is said is recorded on two legs, sealed, and nowhere else on the disk."""

import os
import signal
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from agent_desktop import crashes
from agent_desktop.softphone.account import Transport
from agent_desktop.softphone.audio import NullSink, Sound, WavSource
from agent_desktop.softphone.call import Recording
from agent_desktop.softphone.events import CommandRefused, RecordingSaved, Refusal
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import Wholeness
from agent_desktop.softphone.recording.tape import FRAME_BYTES, Broken, Leg, Saved, Tape
from agent_desktop.softphone.run_folder import find
from tests.softphone.conftest import Pair
from tests.softphone.recorded import KEY, begin, legs, saved
from tests.softphone.stations import Station, Stations
from tests.softphone.talkers import AGENT_HZ, CALLER_HZ, Talkers
from tests.softphone.tones import LOUDNESS, RATE_HZ, is_silence, is_tone, listen, write_tone

ABOUT = {"call_id": "c", "call_ref": None, "queue": None, "began_at": "2026-11-21T09:00:00+00:00"}
SECRET_HZ, BEEP_HZ = 1700, 1400


@pytest.fixture
def talkers(tmp_path: Path) -> Iterator[Talkers]:
    running = Talkers(tmp_path, Transport.UDP)
    yield running
    running.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Where recordings lie, and nothing else."""
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


def refusals(station: Station) -> list[tuple[str, Refusal]]:
    return [(event.command, event.refusal) for event in station.told if isinstance(event, CommandRefused)]


def pid_of(folder: Path) -> int:
    here = find(folder)
    assert here is not None
    return here.pid


def loudness_at(path: Path, hertz: float, leg: Leg) -> float:
    """The highest amplitude of this tone in any half second."""
    with wave.open(str(path), "rb") as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(float)[leg::2]
    window = np.hanning(rate // 2)
    tone = np.exp(-2j * np.pi * hertz * np.arange(rate // 2) / rate) * window
    starts = range(0, len(samples) - rate // 2, rate // 10)
    return float(max(2 * abs(np.sum(samples[at : at + rate // 2] * tone)) / np.sum(window) for at in starts))


def written_by(pid: int) -> set[Path]:
    """The files a process has open for writing, its log aside."""
    opened = psutil.Process(pid).open_files()
    return {Path(each.path) for each in opened if each.mode != "r" and not each.path.endswith(".log")}


def holds_sound(content: bytes, sung: Path) -> bool:
    """Sixteen samples of the tone in a row, at its rate or at half of it, or the marks of a sound file."""
    with wave.open(str(sung), "rb") as file:
        samples = np.frombuffer(file.readframes(1000), dtype="<i2")
    runs = {samples[at : at + 16 * step : step].tobytes() for step in (1, 2) for at in range(800)}
    return any(mark in content for mark in (b"OggS", b"OpusHead", b"RIFF", *runs))


def loud() -> bytes:
    """A frame of a tone of 500 Hz, which fits into it ten times."""
    moments = np.arange(FRAME_BYTES // 2) / RATE_HZ
    return bytes((LOUDNESS * np.sin(2 * np.pi * 500 * moments)).astype("<i2").tobytes())


def by_hand(folder: Path, key: str) -> int:
    paths = [str(folder / name) for name in ("call.adr", "out.wav")]
    command = [sys.executable, "-m", "agent_desktop.softphone.recording", *paths]
    return subprocess.run(command, input=f"{key}\n".encode(), check=False).returncode


# ---- what every engine promises ---------------------------------------------------------------------------


def test_recording_of_a_call_is_whole_when_the_call_has_ended(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    begin(pair.both, pair.here, into, shelf / "call.adr")
    pair.both.for_a_while(1.5)
    pair.here.phone.hang_up(into)
    told = saved(pair.both, pair.here)
    recorded = read_recording(shelf / "call.adr", KEY)
    assert (told.call_id, told.path) == (into, shelf / "call.adr")
    assert 1 < told.seconds < 10
    assert (recorded.wholeness, recorded.seconds, recorded.call_id) == (Wholeness.WHOLE, told.seconds, into)


def test_recording_knows_the_call_of_the_switch(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.ring(pair.there, pair.here, (("X-Call-Ref", "pbx1-17.3"), ("X-Queue", "support")))
    pair.here.phone.answer(into)
    pair.both.until_call(pair.here, into, lambda call: call.is_talking)
    begin(pair.both, pair.here, into, shelf / "call.adr")
    pair.here.phone.stop_recording(into)
    saved(pair.both, pair.here)
    recorded = read_recording(shelf / "call.adr", KEY)
    assert (recorded.call_ref, recorded.queue) == ("pbx1-17.3", "support")


def test_recording_can_be_stopped_and_begun_again_in_the_same_call(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    begin(pair.both, pair.here, into, shelf / "one.adr")
    pair.here.phone.stop_recording(into)
    pair.both.until_call(pair.here, into, lambda call: call.recording is Recording.OFF)
    begin(pair.both, pair.here, into, shelf / "two.adr")
    pair.here.phone.hang_up(into)
    pair.both.until(lambda: sum(isinstance(event, RecordingSaved) for event in pair.here.told) == 2)
    assert [read_recording(path, KEY).wholeness for path in sorted(shelf.iterdir())] == [Wholeness.WHOLE] * 2


def test_pause_and_resume_are_told_and_pauses_are_left_out_of_the_seconds(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    begin(pair.both, pair.here, into, shelf / "call.adr")
    pair.here.phone.pause_recording(into)
    pair.both.until_call(pair.here, into, lambda call: call.recording is Recording.PAUSED)
    pair.both.for_a_while(3)
    pair.here.phone.resume_recording(into)
    pair.both.until_call(pair.here, into, lambda call: call.recording is Recording.ON)
    pair.both.for_a_while(1)
    pair.here.phone.stop_recording(into)
    assert saved(pair.both, pair.here).seconds < 2.5


@pytest.mark.parametrize("verb", ["pause_recording", "resume_recording", "stop_recording"])
def test_call_that_is_not_recorded_refuses_the_rest(pair: Pair, verb: str) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    getattr(pair.here.phone, verb)(into)
    pair.both.until(lambda: bool(refusals(pair.here)))
    assert [refusal for _, refusal in refusals(pair.here)] == [Refusal.WRONG_STATE]


def test_call_is_recorded_once(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    begin(pair.both, pair.here, into, shelf / "one.adr")
    pair.here.phone.start_recording(into, shelf / "two.adr", KEY)
    pair.both.until(lambda: bool(refusals(pair.here)))
    assert refusals(pair.here) == [("StartRecording", Refusal.WRONG_STATE)]
    assert not (shelf / "two.adr").exists()


def test_call_that_rings_is_not_recorded(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.ring(pair.there, pair.here)
    pair.here.phone.start_recording(into, shelf / "call.adr", KEY)
    pair.both.until(lambda: bool(refusals(pair.here)))
    assert refusals(pair.here) == [("StartRecording", Refusal.WRONG_STATE)]


def test_short_key_is_refused(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.start_recording(into, shelf / "call.adr", KEY[:16])
    pair.both.until(lambda: bool(refusals(pair.here)))
    assert refusals(pair.here) == [("StartRecording", Refusal.ENGINE_FAILED)]
    assert pair.here.call(into).recording is Recording.OFF


def test_folder_that_is_not_there_breaks_the_recording_and_not_the_call(pair: Pair, shelf: Path) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.start_recording(into, shelf / "gone" / "call.adr", KEY)
    call = pair.both.until_call(pair.here, into, lambda call: call.recording is Recording.BROKEN)
    assert call.is_talking
    assert pair.there.call(out).is_talking
    begin(pair.both, pair.here, into, shelf / "again.adr")


def test_file_taken_away_breaks_the_recording_and_not_the_call(pair: Pair, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    begin(pair.both, pair.here, into, shelf / "call.adr")
    pair.both.until(lambda: (shelf / "call.adr").exists())
    (shelf / "call.adr").unlink()
    call = pair.both.until_call(pair.here, into, lambda call: call.recording is Recording.BROKEN)
    assert call.is_talking


# ---- what is heard in it ------------------------------------------------------------------------------------


def test_agent_is_on_the_left_and_the_customer_on_the_right(talkers: Talkers, shelf: Path, tmp_path: Path) -> None:
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    talkers.both.for_a_while(0.5)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.for_a_while(3)
    talkers.agent.phone.stop_recording(into)
    saved(talkers.both, talkers.agent)
    left, right = legs(read_recording(shelf / "call.adr", KEY), tmp_path)
    heard = talkers.end()
    assert len(left) >= 5
    assert [is_tone(each, AGENT_HZ) for each in left[1:5]] == [True] * 4, left
    assert [is_tone(each, CALLER_HZ) for each in right[1:5]] == [True] * 4, right
    assert [is_tone(each, CALLER_HZ) for each in heard.agent[2:7]] == [True] * 5, "recording disturbs nobody"
    assert [is_tone(each, AGENT_HZ) for each in heard.caller[2:7]] == [True] * 5, "recording disturbs nobody"


def test_muted_agent_is_not_recorded(talkers: Talkers, shelf: Path, tmp_path: Path) -> None:
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    talkers.agent.phone.mute(into)
    talkers.both.until_call(talkers.agent, into, lambda call: call.muted)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.for_a_while(2.2)
    talkers.agent.phone.unmute(into)
    talkers.both.for_a_while(1.6)
    talkers.agent.phone.stop_recording(into)
    saved(talkers.both, talkers.agent)
    left, right = legs(read_recording(shelf / "call.adr", KEY), tmp_path)
    assert [is_silence(each) for each in left[1:4]] == [True] * 3, left
    assert is_tone(left[6], AGENT_HZ), left
    assert [is_tone(each, CALLER_HZ) for each in right[1:7]] == [True] * 6, right


def test_held_time_is_silence_on_both_legs(talkers: Talkers, shelf: Path, tmp_path: Path) -> None:
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.for_a_while(1.2)
    talkers.agent.phone.hold(into)
    talkers.both.until_call(talkers.agent, into, lambda call: call.held_here)
    talkers.both.for_a_while(2.2)
    talkers.agent.phone.resume(into)
    talkers.both.until_call(talkers.agent, into, lambda call: call.is_talking)
    talkers.both.for_a_while(1.6)
    talkers.agent.phone.stop_recording(into)
    told = saved(talkers.both, talkers.agent)
    left, right = legs(read_recording(shelf / "call.adr", KEY), tmp_path)
    assert told.seconds > 4.5, "held time is kept, so that the recording runs as the call did"
    assert [is_silence(each) for each in left[4:6]] == [True] * 2, left
    assert [is_silence(each) for each in right[4:6]] == [True] * 2, right
    assert is_tone(left[-2], AGENT_HZ), left
    assert is_tone(right[-2], CALLER_HZ), right


def test_pause_keeps_time_and_not_a_trace_of_what_was_said(talkers: Talkers, shelf: Path, tmp_path: Path) -> None:
    """The caller sings one tone before and after the pause and another while it lasts."""
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.for_a_while(1.2)
    talkers.agent.phone.pause_recording(into)
    talkers.both.until_call(talkers.agent, into, lambda call: call.recording is Recording.PAUSED)
    talkers.caller_sings(SECRET_HZ)
    talkers.both.for_a_while(2)
    talkers.caller_sings(CALLER_HZ)
    talkers.both.for_a_while(0.6)
    talkers.agent.phone.resume_recording(into)
    talkers.both.until_call(talkers.agent, into, lambda call: call.recording is Recording.ON)
    talkers.both.for_a_while(1.6)
    talkers.agent.phone.stop_recording(into)
    told = saved(talkers.both, talkers.agent)
    left, right = legs(read_recording(shelf / "call.adr", KEY), tmp_path)
    heard = talkers.end()
    assert any(is_tone(each, SECRET_HZ) for each in heard.agent), "the agent did hear it"
    assert len(right) * 0.5 > told.seconds + 2, "the time of the pause is in the file"
    assert [is_silence(each) for each in left[3:7]] == [True] * 4, left
    assert [is_silence(each) for each in right[3:7]] == [True] * 4, right
    assert is_tone(right[-2], CALLER_HZ), right
    assert loudness_at(tmp_path / "opened.wav", SECRET_HZ, Leg.OTHERS) < 0.005 * LOUDNESS


def test_announced_recording_beeps_for_both_at_once_and_every_fifteen_seconds(talkers: Talkers, shelf: Path) -> None:
    talkers.fall_silent()
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    talkers.both.for_a_while(1)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr", announces=True)
    talkers.both.for_a_while(16)
    heard = talkers.end()
    for ear in (heard.agent, heard.caller):
        beeps = [at for at, each in enumerate(ear) if abs(each.peak_hz - BEEP_HZ) < 8 and each.rms > 100]
        assert 2 <= len(beeps) <= 4, ear
        assert 28 <= beeps[-1] - beeps[0] <= 32, ear


# ---- what lies on the disk -----------------------------------------------------------------------------------


def test_nothing_that_was_said_lies_on_the_disk_in_clear_after_a_crash(
    talkers: Talkers, tmp_path: Path, shelf: Path
) -> None:
    """Killed in mid-call: what was written up to the last second opens with the key, and no file the phone has
    anything of holds the sound as samples, as A-law or µ-law, or as a stream of Opus."""
    talkers.agent.phone.set_sound(Sound(WavSource(tmp_path / "agent.wav"), NullSink()))
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.for_a_while(5)
    pid = pid_of(tmp_path / "agent")
    open_files = written_by(pid)
    os.kill(pid, signal.SIGKILL)
    Stations(talkers.agent).until(lambda: not talkers.agent.phone.is_there)
    recorded = read_recording(shelf / "call.adr", KEY)
    left, right = legs(recorded, tmp_path)
    (tmp_path / "opened.wav").unlink()
    sung = ("agent.wav", "caller.wav", "caller-heard.wav")
    on_disk = [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in sung]
    assert recorded.wholeness is Wholeness.CUT
    assert len(left) >= 6, "all but the last seconds"
    assert is_tone(left[2], AGENT_HZ), left
    assert is_tone(right[2], CALLER_HZ), right
    [where_it_was] = open_files - {shelf / "call.adr"}
    assert where_it_was.parent.name == crashes.FOLDER
    assert {shelf / "call.adr", where_it_was} <= set(on_disk)
    assert [path for path in on_disk if holds_sound(path.read_bytes(), tmp_path / "agent.wav")] == []
    assert holds_sound(write_tone(tmp_path / "low.wav", AGENT_HZ, rate_hz=8000).read_bytes(), tmp_path / "agent.wav")


@pytest.mark.parametrize("pair", ["pjsip"], indirect=True)
def test_phone_that_records_leaves_no_memory_behind_when_it_crashes(pair: Pair, tmp_path: Path, shelf: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    phone = psutil.Process(pid_of(tmp_path / "here"))
    most = phone.rlimit(psutil.RLIMIT_CORE)[1]
    phone.rlimit(psutil.RLIMIT_CORE, (most, most))
    begin(pair.both, pair.here, into, shelf / "call.adr")
    assert phone.rlimit(psutil.RLIMIT_CORE) == (0, most)


def test_full_disk_breaks_the_recording_and_not_the_call(talkers: Talkers, tmp_path: Path, shelf: Path) -> None:
    out, into = talkers.both.connect(talkers.caller, talkers.agent)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.both.until(lambda: any(path.stat().st_size > 2000 for path in shelf.iterdir()))
    almost = (shelf / "call.adr").stat().st_size + 100
    psutil.Process(pid_of(tmp_path / "agent")).rlimit(psutil.RLIMIT_FSIZE, (almost, almost))
    call = talkers.both.until_call(talkers.agent, into, lambda call: call.recording is Recording.BROKEN)
    recorded = read_recording(shelf / "call.adr", KEY)
    assert call.is_talking
    assert talkers.caller.call(out).is_talking
    assert recorded.wholeness is Wholeness.CUT
    assert len(recorded.sound) > 1500


def test_recording_goes_on_while_the_window_is_gone(talkers: Talkers, tmp_path: Path, shelf: Path) -> None:
    _, into = talkers.both.connect(talkers.caller, talkers.agent)
    begin(talkers.both, talkers.agent, into, shelf / "call.adr")
    talkers.agent.link.close()
    Stations(talkers.caller).for_a_while(2)
    window = Station(PhoneLink(tmp_path / "agent"))
    Stations(window).until(lambda: window.phone.is_there)
    assert [call.recording for call in window.phone.snapshot().calls] == [Recording.ON]
    window.phone.stop_recording(into)
    assert saved(Stations(window), window).seconds > 1.5
    window.link.close()


# ---- the tape by itself ---------------------------------------------------------------------------------------


class Listener:
    """Feeds a tape by hand and waits for its outcome."""

    def __init__(self, path: Path) -> None:
        self._is_over = threading.Event()
        self.tape = Tape(path, KEY, ABOUT, self._is_over.set)

    def hear(self, agent: bytes, others: bytes, count: int = 1) -> None:
        for _ in range(count):
            self.tape.heard(Leg.AGENT, agent)
            self.tape.heard(Leg.OTHERS, others)

    def outcome(self) -> Saved | Broken | None:
        assert self._is_over.wait(10)
        return self.tape.outcome


def test_tape_that_cannot_write_fast_enough_gives_up_instead_of_filling_the_memory(tmp_path: Path) -> None:
    listener = Listener(tmp_path / "call.adr")
    listener.hear(bytes(FRAME_BYTES), bytes(FRAME_BYTES), 100_000)
    assert listener.outcome() == Broken("the disk is too slow")


def test_legs_that_start_apart_are_laid_side_by_side(tmp_path: Path) -> None:
    listener = Listener(tmp_path / "call.adr")
    for _ in range(30):
        listener.tape.heard(Leg.OTHERS, loud())
    listener.hear(bytes(FRAME_BYTES), bytes(FRAME_BYTES), 50)
    listener.hear(loud(), loud(), 50)
    listener.tape.finish()
    listener.outcome()
    left, right = legs(read_recording(tmp_path / "call.adr", KEY), tmp_path)
    assert [[is_silence(each) for each in leg] for leg in (left[:2], right[:2])] == [[True, True]] * 2
    assert abs(left[-1].rms - right[-1].rms) < 0.1 * left[-1].rms


# ---- opened by hand -------------------------------------------------------------------------------------------


def test_recording_is_opened_by_hand_with_the_key_on_standard_input(tmp_path: Path) -> None:
    listener = Listener(tmp_path / "call.adr")
    listener.hear(loud(), bytes(FRAME_BYTES), 100)
    listener.tape.finish()
    listener.outcome()
    assert by_hand(tmp_path, KEY.hex()) == 0
    assert is_tone(listen(tmp_path / "out.wav")[1], 500)
    assert by_hand(tmp_path, KEY[::-1].hex()) == 2
    assert by_hand(tmp_path, "no key") == 2
    (tmp_path / "call.adr").write_bytes((tmp_path / "call.adr").read_bytes()[:-1])
    assert by_hand(tmp_path, KEY.hex()) == 1
