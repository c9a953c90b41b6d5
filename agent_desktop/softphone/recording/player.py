"""Recordings that are listened to: one at a time, to who sits here, never beside a call. The same for every engine."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from agent_desktop.no_core import leave_no_core
from agent_desktop.softphone.commands import PlayRecording
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import Playing, RecordingPlayed, Refusal
from agent_desktop.softphone.recording.recorder import key_of
from agent_desktop.softphone.recording.reel import Opened, Reel, Unreadable
from agent_desktop.softphone.recording.tape import FRAME_S

_TELLS_EVERY_S: Final = 0.1
_SPEEDS: Final = (0.5, 2.0)
_PATIENCE_S: Final = 1.0


class Loudspeaker(Protocol):
    """Where an engine lets who sits here hear something beside calls."""

    def play(self, reel: Reel) -> bool:
        """Takes frames of it from now on; false where there is nothing to hear it with."""

    def go_on(self) -> bool:
        """As `play`, of what plays; called often."""

    def fall_silent(self) -> None: ...


class Player:
    """One thread calls everything. `has_calls` is asked often: the first call ends what plays."""

    def __init__(self, tell: Tell, loudspeaker: Loudspeaker, has_calls: Callable[[], bool]) -> None:
        self._tell = tell
        self._loudspeaker = loudspeaker
        self._has_calls = has_calls
        self._reel: Reel | None = None
        self._path = Path()
        self._is_heard = False
        self.due_at: float | None = None
        """On the monotonic clock; None while nothing plays."""

    def start(self, wanted: PlayRecording) -> None:
        if self._has_calls():
            raise EngineRefusedError(Refusal.WRONG_STATE, "there are calls")
        if not _SPEEDS[0] <= wanted.speed <= _SPEEDS[1]:
            raise EngineRefusedError(Refusal.ENGINE_FAILED, "not a speed")
        key = key_of(wanted.key)
        leave_no_core()
        self._let_go()
        self._path, self._is_heard = wanted.path, False
        self._reel = Reel(wanted.path, key, wanted.at_s, wanted.speed)
        self.due_at = time.monotonic()

    def stop(self, why: Playing = Playing.STOPPED) -> None:
        reel = self._reel
        if reel is not None:
            self._let_go()
            self._say(reel, why)

    def step(self) -> None:
        """As often as the engine waits."""
        reel, now = self._reel, time.monotonic()
        if reel is None or self.due_at is None:
            return
        if self._has_calls():
            self.stop(Playing.CALL_CAME)
        elif isinstance(reel.about, Unreadable):
            self.stop(Playing.UNREADABLE)
        elif not self._goes_on(reel):
            self.stop(Playing.NO_SPEAKER)
        elif reel.is_over:
            self.stop(Playing.DONE)
        elif now >= self.due_at:
            self.due_at = now + _TELLS_EVERY_S
            if self._is_heard:
                self._say(reel, Playing.GOES_ON)

    def close(self) -> None:
        reel = self._reel
        if reel is not None:
            self._let_go()
            reel.wait(_PATIENCE_S)

    def _goes_on(self, reel: Reel) -> bool:
        if self._is_heard:
            return self._loudspeaker.go_on()
        if reel.about is None:
            return True
        self._is_heard = True
        return self._loudspeaker.play(reel)

    def _let_go(self) -> None:
        if self._reel is not None:
            self._loudspeaker.fall_silent()
            self._reel.drop()
        self._reel = self.due_at = None

    def _say(self, reel: Reel, stage: Playing) -> None:
        about = reel.about if isinstance(reel.about, Opened) else Opened(0.0, ())
        at_s = about.seconds if stage is Playing.DONE else reel.at_s
        self._tell(RecordingPlayed(self._path, stage, round(at_s, 2), round(about.seconds, 2), about.pauses))


class SilentLoudspeaker:
    """Hears nothing, in the time it takes: where nothing is sent. `is_there` as the engine's speaker is."""

    def __init__(self, is_there: Callable[[], bool]) -> None:
        self._is_there = is_there
        self._reel: Reel | None = None
        self._heard_until = 0.0

    def play(self, reel: Reel) -> bool:
        self._reel, self._heard_until = reel, time.monotonic()
        return self._is_there()

    def go_on(self) -> bool:
        now = time.monotonic()
        while self._reel is not None and self._heard_until + FRAME_S <= now:
            self._heard_until = now if self._reel.next_frame() is None else self._heard_until + FRAME_S
        return self._is_there()

    def fall_silent(self) -> None:
        self._reel = None
