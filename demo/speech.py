"""What the demo's callers say: speech made by espeak-ng, as a WAV file a phone can play."""

import shutil
import subprocess
import wave
from pathlib import Path

RATE_HZ = 16_000
SYLLABLE_S = 0.16
VOICES = {"zh-CN": "cmn", "en": "en-gb"}


def speak(text: str, language: str, path: Path) -> Path:
    """Writes the text as spoken words to `path` (mono, 16 bit, 16 kHz); where espeak-ng is missing, as a murmur."""
    if shutil.which("espeak-ng") is None:
        _write(path, _murmur(text))
        return path
    raw = path.with_suffix(".raw.wav")
    subprocess.run(
        ["espeak-ng", "-v", VOICES[language], "-s", "150", "-a", "120", "-w", str(raw), text],
        check=True,
        capture_output=True,
    )
    _at_16_khz(raw, path)
    raw.unlink()
    return path


def _at_16_khz(source: Path, target: Path) -> None:
    """espeak-ng writes 22,050 Hz; telephones want 16,000. Straight lines between samples are good enough for speech."""
    import numpy as np

    with wave.open(str(source), "rb") as reader:
        rate = reader.getframerate()
        samples = np.frombuffer(reader.readframes(reader.getnframes()), dtype=np.int16)
    wanted = np.arange(0, len(samples) - 1, rate / RATE_HZ)
    resampled = np.interp(wanted, np.arange(len(samples)), samples).astype(np.int16)
    _write(target, resampled.tobytes())


def _write(path: Path, frames: bytes) -> None:
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE_HZ)
        writer.writeframes(frames)


def _murmur(text: str) -> bytes:
    """A voice without words: a syllable for every sign, as loud as speech and with pauses like it."""
    import numpy as np

    at = np.arange(int(RATE_HZ * SYLLABLE_S)) / RATE_HZ
    swell = np.sin(np.pi * at / SYLLABLE_S)
    pieces = []
    for sign in text:
        pitch_hz = 110 + ord(sign) % 40 if sign.isalnum() else 0
        voice = sum(np.sin(2 * np.pi * pitch_hz * overtone * at) / overtone for overtone in range(1, 9))
        pieces.append(swell * voice * 0.25 if pitch_hz else np.zeros(len(at)))
    return (np.concatenate(pieces) * 32_767 * 0.5).astype(np.int16).tobytes()
