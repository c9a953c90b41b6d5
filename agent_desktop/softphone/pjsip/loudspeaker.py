"""Lets who sits here hear a recording, through the device that calls are heard with."""

import time
from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ, PjsipErrors
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.recording.reel import Reel
from agent_desktop.softphone.recording.tape import FRAME_S


class _Spool(pj.AudioMediaPort):  # type: ignore[misc]
    """Asked from the bridge's own thread every 20 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.reel: Reel | None = None
        shape = pj.MediaFormatAudio()
        shape.type = pj.PJMEDIA_TYPE_AUDIO
        shape.init(pj.PJMEDIA_FORMAT_PCM, BRIDGE_RATE_HZ, 1, int(FRAME_S * 1e6), 16)
        self.createPort("listening", shape)

    @guarded
    def onFrameRequested(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        reel = self.reel
        piece = (reel.next_frame() if reel is not None else None) or b""
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        frame.buf.assign_from_bytes(piece.ljust(int(frame.size), b"\0"))


class PjsipLoudspeaker:
    """See `Loudspeaker`. `may_rest`: nobody else needs the bridge. One spool serves for as long as the bridge runs."""

    def __init__(self, sound: Sound, may_rest: Callable[[], bool]) -> None:
        self._sound = sound
        self._may_rest = may_rest
        self._spool: _Spool | None = None

    def play(self, reel: Reel) -> bool:
        self._sound.open()
        ear = self._sound.ear
        if ear is None:
            return False
        self._spool = spool = self._spool or _Spool()
        spool.reel = reel
        spool.startTransmit(ear)
        return True

    def go_on(self) -> bool:
        return self._sound.ear is not None

    def fall_silent(self) -> None:
        spool, ear = self._spool, self._sound.ear
        if spool is not None:
            spool.reel = None
            with suppress(*PjsipErrors):  # the device may have gone
                if ear is not None:
                    spool.stopTransmit(ear)
        if self._sound.is_open and self._may_rest():
            self._sound.rest(time.monotonic())

    def bridge_stopped(self) -> None:
        self._spool = None
