"""Recordings as tests make and open them."""

import threading
from pathlib import Path

import numpy as np

from agent_desktop.softphone.call import CallId, Recording
from agent_desktop.softphone.events import RecordingSaved
from agent_desktop.softphone.recording.reader import Recorded
from agent_desktop.softphone.recording.tape import FRAME_BYTES, FRAME_S, Leg, Saved, Tape
from tests.softphone.stations import Station, Stations
from tests.softphone.tones import LOUDNESS, RATE_HZ, Heard, listen

KEY = bytes(range(32))


def begin(both: Stations, station: Station, call_id: CallId, path: Path, *, announces: bool = False) -> None:
    station.phone.start_recording(call_id, path, KEY, announces=announces)
    both.until_call(station, call_id, lambda call: call.recording is Recording.ON)


def saved(both: Stations, station: Station) -> RecordingSaved:
    both.until(lambda: any(isinstance(event, RecordingSaved) for event in station.told))
    return next(event for event in station.told if isinstance(event, RecordingSaved))


def legs(recorded: Recorded, folder: Path) -> tuple[list[Heard], list[Heard]]:
    """What the agent's leg and the other leg hold, a judgement every half second."""
    recorded.save(folder / "opened.wav")
    return listen(folder / "opened.wav", Leg.AGENT), listen(folder / "opened.wav", Leg.OTHERS)


def written(
    path: Path,
    agent_hz: float,
    others_hz: float,
    seconds: float,
    pause_s: tuple[float, float] = (0, 0),
    key: bytes = KEY,
) -> Path:
    """A whole recording of a tone on each leg, with nothing kept from when to when."""
    frames, at_once = round(seconds / FRAME_S), round(pause_s[0] / FRAME_S)
    again = round(pause_s[1] / FRAME_S)
    is_over = threading.Event()
    about = {"call_id": "c", "call_ref": None, "queue": None, "began_at": "2026-11-21T09:00:00+00:00"}
    tape = Tape(path, key, about, is_over.set)
    tape.heard(Leg.OTHERS, bytes(FRAME_BYTES))
    for n in range(frames):
        if n == at_once and again > at_once:
            tape.pause()
        if n == again:
            tape.resume()
        tape.heard(Leg.AGENT, _tone(agent_hz, n))
        tape.heard(Leg.OTHERS, _tone(others_hz, n))
    tape.finish()
    assert is_over.wait(30)
    assert isinstance(tape.outcome, Saved)
    return path


def _tone(hertz: float, frame: int) -> bytes:
    count = FRAME_BYTES // 2
    moments = (np.arange(count) + frame * count) / RATE_HZ
    return bytes((LOUDNESS * np.sin(2 * np.pi * hertz * moments)).astype("<i2").tobytes())
