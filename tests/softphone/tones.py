"""Tones to send and a judgement of what arrived."""

import math
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

RATE_HZ = 16000
LOUDNESS = 8000  # peak of a tone, a quarter of what 16 bits hold
SENT_RMS = LOUDNESS / math.sqrt(2)


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of a recording, half a second unless told otherwise. `tones_hz` are those at least half as loud as they
    are sent, rising."""

    peak_hz: float
    rms: float
    clipped: bool
    tones_hz: tuple[int, ...] = ()


def write_tone(path: Path, hertz: float, seconds: float = 2.0, rate_hz: int = RATE_HZ, channels: int = 1) -> Path:
    """Whole periods, so that a repeated file has no click at its seam."""
    moments = np.arange(int(rate_hz * seconds)) / rate_hz
    samples = (LOUDNESS * np.sin(2 * np.pi * hertz * moments)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


def listen(path: Path, channel: int = 0, step_s: float = 0.5) -> list[Heard]:
    """Every whole piece of one channel of the recording."""
    with wave.open(str(path), "rb") as file:
        rate, channels = file.getframerate(), file.getnchannels()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(float)[channel::channels]
    step = int(rate * step_s)
    return [_judge(samples[at : at + step], rate) for at in range(0, len(samples) - step + 1, step)]


def is_tone(heard: Heard, hertz: float) -> bool:
    """The right pitch and not clipped. Up to half of it may be missing: a machine with much to do drops frames."""
    return abs(heard.peak_hz - hertz) < 8 and 0.7 < heard.rms / SENT_RMS < 1.25 and not heard.clipped


def lasting(heard: Sequence[Heard], *known_hz: int) -> list[tuple[int, ...]]:
    """What was heard for at least a second together, in order: which of the known tones, and any that is not known."""
    chords = [
        tuple(sorted({_nearest(hertz, known_hz) for hertz in each.tones_hz})) for each in heard if not each.clipped
    ]
    stays = [chord for before, chord in pairwise(chords) if before == chord]
    return [chord for at, chord in enumerate(stays) if at == 0 or stays[at - 1] != chord]


def is_as_loud_as_sent(heard: Sequence[Heard]) -> bool:
    """Within 2 dB where it is heard best."""
    return 0.8 < max(each.rms for each in heard) / SENT_RMS < 1.25


def is_silence(heard: Heard) -> bool:
    return heard.rms < 20


def _nearest(hertz: int, known_hz: Sequence[int]) -> int:
    near = min(known_hz, key=lambda known: abs(known - hertz))
    return near if abs(near - hertz) < 8 else hertz


def _judge(samples: "np.ndarray[tuple[int], np.dtype[np.float64]]", rate: int) -> Heard:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    rms = float(np.sqrt(np.mean(samples**2)))
    # A tone driven into the limit lies there for a good part of every period; what stands in for one lost frame may
    # touch it for a moment.
    is_clipped = bool(np.mean(np.abs(samples) >= 32700) > 0.01)
    step_hz = rate / len(samples)
    loud = spectrum > LOUDNESS * len(samples) / 8  # a tone as sent is a quarter of its length times its peak
    is_top = np.r_[False, (spectrum[1:-1] >= spectrum[:-2]) & (spectrum[1:-1] > spectrum[2:]), False]
    tones_hz = tuple(round(int(at) * step_hz) for at in np.flatnonzero(loud & is_top))
    return Heard(float(np.argmax(spectrum)) * step_hz, rms, is_clipped, tones_hz)
