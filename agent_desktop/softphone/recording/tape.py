"""A recording that runs: takes what both sides say from the bridge and writes it sealed, on a thread of its own."""

import json
import logging
import threading
from array import array
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from agent_desktop.softphone.recording.opus import RATE_HZ, OpusEncoder
from agent_desktop.softphone.recording.sealed import SealedFile

log = logging.getLogger(__name__)

FRAME_S = 0.02
FRAME_BYTES = int(RATE_HZ * FRAME_S) * 2
SILENCE = bytes(FRAME_BYTES)
_WRITES_EVERY_S = 0.2
_MOST_WAITING = int(30 / FRAME_S)
_PAUSED = None


class Leg(IntEnum):
    """Left and right of the recording: what goes out to the other side, and what the other sides say."""

    AGENT = 0
    OTHERS = 1


@dataclass(frozen=True, slots=True)
class Saved:
    seconds: float


@dataclass(frozen=True, slots=True)
class Broken:
    detail: str


class Tape:
    """`heard` may be called from any thread and never waits. Frames are FRAME_BYTES of 16-bit sound, FRAME_S long.

    Opening the file is the writer's work as well, so that a slow disk holds up no call. `over` is called on its thread
    once there is an `outcome`.
    """

    def __init__(self, path: Path, key: bytes, about: Mapping[str, object], over: Callable[[], None]) -> None:
        self.path = path
        self.outcome: Saved | Broken | None = None
        self._key = key
        self._about = about
        self._over = over
        self._is_paused = False
        self._is_running = False
        self._seen: set[Leg] = set()
        self._waiting: tuple[deque[bytes | None], ...] = (deque(), deque())
        self._frames = 0
        self._all_frames = 0
        self._pauses: list[list[float]] = []
        self._finish = threading.Event()
        self._writer = threading.Thread(target=self._write, name="recording", daemon=True)
        self._writer.start()

    def heard(self, leg: Leg, frame: bytes) -> None:
        if not self._is_running:
            self._seen.add(leg)
            # The bridge asks the agent's leg first; from there on the legs lie side by side.
            self._is_running = leg is Leg.AGENT and len(self._seen) == len(Leg)
        queue = self._waiting[leg]
        if self._is_running and self.outcome is None and len(queue) <= _MOST_WAITING:
            queue.append(_PAUSED if self._is_paused else frame)

    def pause(self) -> None:
        """From now on nothing that is said is kept, not even in memory; time goes on."""
        self._is_paused = True

    def resume(self) -> None:
        self._is_paused = False

    def finish(self) -> None:
        """Ends it; `outcome` follows when everything is on the disk."""
        self._finish.set()

    def wait(self, patience_s: float) -> None:
        self._writer.join(patience_s)

    def _write(self) -> None:
        try:
            self.outcome = self._written()
        except OSError as error:
            self.outcome = Broken(str(error))
        except Exception as error:
            log.exception("recording")
            self.outcome = Broken(type(error).__name__)
        self._over()

    def _written(self) -> Saved:
        encoder = OpusEncoder()
        with SealedFile(self.path, self._key, json.dumps(self._about).encode()) as sealed:
            is_over = False
            while not is_over:
                is_over = self._finish.wait(_WRITES_EVERY_S)
                if pages := encoder.encode(self._take()):
                    sealed.add(pages)
            sealed.add(encoder.finish())
            seconds = round(self._frames * FRAME_S, 2)
            sealed.finish(json.dumps({"seconds": seconds, "pauses": self._pauses}).encode())
        return Saved(seconds)

    def _take(self) -> bytes:
        """Both legs of what has come from both, as stereo."""
        agent, others = self._waiting
        if len(agent) > _MOST_WAITING or len(others) > _MOST_WAITING:
            raise OSError("the disk is too slow")
        count = min(len(agent), len(others))
        stereo = array("h", bytes(2 * FRAME_BYTES * count))
        for leg, queue in enumerate(self._waiting):
            frames = [queue.popleft() for _ in range(count)]
            stereo[leg::2] = array("h", b"".join(frame or SILENCE for frame in frames))
            if leg == Leg.AGENT:
                self._frames += count - frames.count(_PAUSED)
                self._note_pauses(frames)
        return stereo.tobytes()

    def _note_pauses(self, frames: list[bytes | None]) -> None:
        """From when to when nothing was kept, in seconds of the whole."""
        was_paused = bool(self._pauses) and self._pauses[-1][1] == round(self._all_frames * FRAME_S, 2)
        for n, frame in enumerate(frames, self._all_frames):
            if frame is _PAUSED and not was_paused:
                self._pauses.append([round(n * FRAME_S, 2), 0.0])
            if frame is _PAUSED:
                self._pauses[-1][1] = round((n + 1) * FRAME_S, 2)
            was_paused = frame is _PAUSED
        self._all_frames += len(frames)
