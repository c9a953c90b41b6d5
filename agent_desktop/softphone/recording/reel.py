"""A recording on its way to the ear: opened and decoded in memory on a thread of its own, faster where that is wanted.

Both legs are heard as one. Faster is not higher: pieces that are like each other are laid over each other (WSOLA).
"""

import io
import logging
import threading
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agent_desktop.softphone.recording.opus import CHANNELS, RATE_HZ
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import NotSealedError, WrongKeyError
from agent_desktop.softphone.recording.tape import FRAME_S

if TYPE_CHECKING:
    import soundfile

log = logging.getLogger(__name__)

_FRAME: Final = int(RATE_HZ * FRAME_S)
_AHEAD: Final = 50  # frames: a second
_LOOKS_EVERY_S: Final = 0.05
_SEARCH: Final = 160  # samples to both sides: two periods of a low voice
_COARSE: Final = 8  # every so many samples are compared


@dataclass(frozen=True, slots=True)
class Opened:
    """`seconds` in all; `pauses` are where nothing was kept, as (from, to) in seconds."""

    seconds: float
    pauses: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    detail: str


class Reel:
    """`next_frame` may be called from any thread and never waits; `about` is None until the file was read."""

    def __init__(self, path: Path, key: bytes, at_s: float, speed: float) -> None:
        self.about: Opened | Unreadable | None = None
        self._path, self._key = path, key
        self._from_s, self._speed = at_s, speed
        self._ready: deque[bytes] = deque()
        self._given = 0
        self._is_read = False
        self._drop = threading.Event()
        self._reader = threading.Thread(target=self._read, name="listening", daemon=True)
        self._reader.start()

    @property
    def at_s(self) -> float:
        """What is heard just now."""
        at_s = self._from_s + self._given * FRAME_S * self._speed
        return min(at_s, self.about.seconds) if isinstance(self.about, Opened) else at_s

    @property
    def is_over(self) -> bool:
        return self._is_read and not self._ready

    def next_frame(self) -> bytes | None:
        """FRAME_S of 16-bit sound; None while none is ready, and after the end."""
        try:
            frame = self._ready.popleft()
        except IndexError:
            return None
        self._given += 1
        return frame

    def drop(self) -> None:
        """Nothing of it stays in memory once its thread has seen this."""
        self._drop.set()
        self._ready.clear()

    def wait(self, patience_s: float) -> None:
        self._reader.join(patience_s)

    def _read(self) -> None:
        import soundfile

        try:
            found = read_recording(self._path, self._key)
            with soundfile.SoundFile(io.BytesIO(found.sound)) as sound:
                seconds = sound.frames / RATE_HZ
                if sound.samplerate != RATE_HZ or sound.channels != CHANNELS:
                    raise NotSealedError("not sound of ours")
                self._from_s = max(0.0, min(self._from_s, seconds))
                self.about = Opened(seconds, found.pauses)
                self._play(sound)
        except (OSError, NotSealedError, WrongKeyError, soundfile.SoundFileError) as error:
            log.info("recording cannot be played: %s", type(error).__name__)
            self.about = Unreadable(type(error).__name__)
        self._is_read = True

    def _play(self, sound: "soundfile.SoundFile") -> None:
        source = _Source(sound, int(self._from_s * RATE_HZ))
        frames = source.frames() if self._speed == 1.0 else source.hurried(self._speed)
        for frame in frames:
            while len(self._ready) >= _AHEAD and not self._drop.wait(_LOOKS_EVERY_S):
                pass
            if self._drop.is_set():
                return
            self._ready.append(frame.tobytes())


class _Source:
    """One leg made of both, from a sample on; of what is behind only as much as is needed stays."""

    def __init__(self, sound: "soundfile.SoundFile", begin: int) -> None:
        self._sound = sound
        self._sound.seek(begin)
        self._samples = array("h")
        self._first = 0
        self._is_out = False

    def frames(self) -> "Iterator[array[int]]":
        at = 0
        while (frame := self._at(at, _FRAME)) is not None:
            yield frame
            at += _FRAME

    def hurried(self, speed: float) -> "Iterator[array[int]]":
        before = 0
        nominal = 0.0
        while True:
            nominal += _FRAME * speed
            goes_on = self._at(before + _FRAME, _FRAME)
            around = self._at(max(0, int(nominal) - _SEARCH), _FRAME + 2 * _SEARCH)
            if goes_on is None or around is None:
                return
            best = _most_like(goes_on, around)
            before = max(0, int(nominal) - _SEARCH) + best
            comes = around[best : best + _FRAME]
            blended = enumerate(zip(goes_on, comes, strict=True))
            yield array("h", ((old * (_FRAME - n) + new * n) // _FRAME for n, (old, new) in blended))

    def _at(self, first: int, count: int) -> "array[int] | None":
        """Filled up with silence at the end; None after it."""
        while not self._is_out and self._first + len(self._samples) < first + count:
            block = array("h", bytes(self._sound.buffer_read(RATE_HZ, "int16")))
            self._samples.extend((left + right) // 2 for left, right in zip(block[::2], block[1::2], strict=True))
            self._is_out = not block
        if (behind := first - 4 * _FRAME - self._first) > RATE_HZ:
            del self._samples[:behind]
            self._first += behind
        begin = first - self._first
        found = self._samples[begin : begin + count]
        if not found:
            return None
        found.extend([0] * (count - len(found)))
        return found


def _most_like(wanted: "array[int]", around: "array[int]") -> int:
    """Where in `around` a frame goes on as `wanted` does."""
    sketch = wanted[::_COARSE]

    def likeness(begin: int) -> int:
        return sum(a * b for a, b in zip(sketch, around[begin : begin + _FRAME : _COARSE], strict=True))

    return max(range(0, 2 * _SEARCH + 1, _COARSE // 2), key=likeness)
