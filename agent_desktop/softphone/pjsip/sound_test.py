"""Lets the agent hear their own microphone: a few seconds in memory, then played back."""

import time
from array import array
from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.engine import Tell
from agent_desktop.softphone.events import SoundTest, SoundTested
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ, PjsipErrors
from agent_desktop.softphone.pjsip.sound import Sound

_FRAME_MS = 20
_TELL_EVERY_S = 0.1
_LOUDEST = 32768


class _Tape(pj.AudioMediaPort):  # type: ignore[misc]
    """Called from the bridge's own thread every 20 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.is_recording = self.is_playing = False
        self.loudest = 0
        self._sound = bytearray()
        self._played = 0
        shape = pj.MediaFormatAudio()
        shape.type = pj.PJMEDIA_TYPE_AUDIO
        shape.init(pj.PJMEDIA_FORMAT_PCM, BRIDGE_RATE_HZ, 1, _FRAME_MS * 1000, 16)
        self.createPort("sound test", shape)

    @guarded
    def onFrameReceived(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        if self.is_recording and frame.size:
            piece = bytes(frame.buf)
            samples = array("h", piece)
            self.loudest = max(self.loudest, *samples, -min(samples))
            self._sound += piece

    @guarded
    def onFrameRequested(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        size = int(frame.size)
        piece = self._sound[self._played : self._played + size] if self.is_playing else b""
        self._played += len(piece)
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        frame.buf.assign_from_bytes(bytes(piece).ljust(size, b"\0"))

    @property
    def is_played(self) -> bool:
        return self._played >= len(self._sound)


class SoundTrial:
    """One at a time; a call ends it. `may_rest`: nobody else needs the bridge."""

    def __init__(self, sound: Sound, tell: Tell, may_rest: Callable[[], bool]) -> None:
        self._sound = sound
        self._tell = tell
        self._may_rest = may_rest
        self._tapes: list[_Tape] = []  # one not needed any more is kept: it could be called until the bridge stops
        self._stage: SoundTest | None = None
        self._until = 0.0
        self._loudest = 0.0
        self.due_at: float | None = None

    def start(self, seconds: float) -> None:
        self.stop()
        self._sound.open()
        self._loudest = 0.0
        mouth = self._sound.mouth
        if mouth is None:
            self._end(SoundTest.FAILED)
            return
        tape = _Tape()
        self._tapes.append(tape)
        tape.is_recording = True
        mouth.startTransmit(tape)
        self._stage, self.due_at = SoundTest.RECORDING, time.monotonic()
        self._until = self.due_at + seconds

    def stop(self) -> None:
        """Before its end, because something more important came."""
        if self._stage is not None:
            self._end(SoundTest.FAILED)

    def step(self) -> None:
        now = time.monotonic()
        if self.due_at is None or now < self.due_at:
            return
        self.due_at = now + _TELL_EVERY_S
        if not self._may_rest():
            self.stop()
        elif self._stage is SoundTest.RECORDING:
            self._record(self._tapes[-1], is_over=now >= self._until)
        elif self._tapes[-1].is_played:
            self._end(SoundTest.DONE)

    def bridge_stopped(self) -> None:
        self._tapes.clear()

    def _record(self, tape: _Tape, *, is_over: bool) -> None:
        loudest, tape.loudest = tape.loudest / _LOUDEST, 0
        self._loudest = max(self._loudest, loudest)
        self._tell(SoundTested(SoundTest.RECORDING, loudest))
        ear = self._sound.ear
        if not is_over:
            return
        tape.is_recording = False
        if ear is None:
            self._end(SoundTest.FAILED)
            return
        tape.is_playing = True
        tape.startTransmit(ear)
        self._stage = SoundTest.PLAYING
        self._tell(SoundTested(SoundTest.PLAYING, self._loudest))

    def _end(self, how: SoundTest) -> None:
        self._stage = self.due_at = None
        for tape in self._tapes:
            tape.is_recording = tape.is_playing = False
            self._part(tape)
        self._tell(SoundTested(how, self._loudest))
        if self._may_rest():
            self._sound.rest(time.monotonic())

    def _part(self, tape: _Tape) -> None:
        mouth, ear = self._sound.mouth, self._sound.ear
        with suppress(*PjsipErrors):  # it was connected to one of them only
            if mouth is not None:
                mouth.stopTransmit(tape)
        with suppress(*PjsipErrors):
            if ear is not None:
                tape.stopTransmit(ear)
