"""What the demo's callers say: speech made by espeak-ng, as a WAV file a phone can play."""

import subprocess
import wave
from pathlib import Path

VOICES = {"zh-CN": "cmn", "en": "en-gb"}


def speak(text: str, language: str, path: Path) -> Path:
    """Writes the text as spoken words to `path` (mono, 16 bit, 16 kHz). Raises OSError when espeak-ng is missing."""
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
    wanted = np.arange(0, len(samples) - 1, rate / 16_000)
    resampled = np.interp(wanted, np.arange(len(samples)), samples).astype(np.int16)
    with wave.open(str(target), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(resampled.tobytes())
