"""Something like speech, and how loud it arrived."""

import wave
from pathlib import Path

import numpy as np

from tests.softphone.tones import RATE_HZ

Samples = np.ndarray[tuple[int], np.dtype[np.float64]]
_PITCH_HZ = 140.0
_SYLLABLES_PER_S = 4.0


def speech(seconds: float, peak: float = 12000.0) -> Samples:
    """A voice of many harmonics that says four syllables a second, with a pause after every fourth."""
    moments = np.arange(int(RATE_HZ * seconds)) / RATE_HZ
    wobble = _PITCH_HZ * moments + 0.6 * np.sin(2 * np.pi * 2.3 * moments)
    voice = sum(np.sin(2 * np.pi * n * wobble + n * n) / n**0.7 for n in range(1, 24))
    syllable = np.clip(np.sin(2 * np.pi * _SYLLABLES_PER_S * moments), 0, None) ** 0.5
    speaks = (moments * _SYLLABLES_PER_S) % 5 < 4
    sound = voice * syllable * speaks
    return np.asarray(sound * peak / np.max(np.abs(sound)))


def noise(seconds: float, rms: float) -> Samples:
    return np.random.default_rng(7).normal(0.0, rms, int(RATE_HZ * seconds))


def write(path: Path, samples: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.clip(samples, -32768, 32767).astype("<i2").tobytes())
    return path


def read(path: Path) -> Samples:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64)


def decibels(louder: float, softer: float) -> float:
    """How much louder; silence counts as half a step of 16 bits."""
    return float(20 * np.log10(max(louder, 0.5) / max(softer, 0.5)))


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def rms_of_tenths(samples: Samples) -> list[float]:
    """Of every tenth of a second, from the softest to the loudest."""
    step = RATE_HZ // 10
    return sorted(rms(samples[at : at + step]) for at in range(0, len(samples) - step + 1, step))
