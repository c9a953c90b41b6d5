"""Two legs of speech as Opus in Ogg, made and read by libsndfile: the only module that knows it."""

import io
import wave
from pathlib import Path

RATE_HZ = 16000
CHANNELS = 2
_SAMPLE_BYTES = 2
_BLOCK = RATE_HZ
# libsndfile's 0..1 for Opus is a bit rate: 37 kbit/s. Below that the encoder lets one leg leak into the other.
_COMPRESSION = 0.95


class OpusEncoder:
    """Stereo 16-bit sound of RATE_HZ in, Ogg pages out, about one a second."""

    def __init__(self) -> None:
        import soundfile

        self._pages = _Pages()
        self._file = soundfile.SoundFile(
            self._pages, "w", RATE_HZ, CHANNELS, format="OGG", subtype="OPUS", compression_level=_COMPRESSION
        )

    def encode(self, sound: bytes) -> bytes:
        """What became ready; empty most of the time."""
        self._file.buffer_write(sound, "int16")
        return self._pages.take()

    def finish(self) -> bytes:
        """The rest."""
        self._file.close()
        return self._pages.take()


class _Pages:
    """A file that is only ever appended to, as libsndfile wants to see one."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._taken = 0

    def take(self) -> bytes:
        ready = bytes(self._waiting)
        self._taken += len(ready)
        self._waiting.clear()
        return ready

    def write(self, page: bytes) -> int:
        self._waiting += page
        return len(page)

    def tell(self) -> int:
        return self._taken + len(self._waiting)

    def seek(self, _offset: int, _whence: int = io.SEEK_SET) -> int:
        return self.tell()

    def read(self, _count: int) -> bytes:
        return b""


def write_wav(sound: bytes, path: Path) -> float:
    """Decodes Ogg Opus into a 16-bit stereo WAV file; tells its seconds. A cut stream gives what there is of it."""
    import soundfile

    frames = 0
    with (
        soundfile.SoundFile(io.BytesIO(sound)) as opened,
        wave.open(str(path), "wb") as file,
    ):
        file.setnchannels(opened.channels)
        file.setsampwidth(_SAMPLE_BYTES)
        file.setframerate(opened.samplerate)
        while block := bytes(opened.buffer_read(_BLOCK, "int16")):
            file.writeframes(block)
            frames += len(block) // (_SAMPLE_BYTES * opened.channels)
        return float(frames / opened.samplerate)
