"""The sound of a telephone that rings, here or at the other end."""

from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.pjsip.devices import Plugged
from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ, PjsipErrors

RING_HZ = 450  # YD/T 1097; the rest of the world understands it
_ON_MS, _OFF_MS = 1000, 4000
_VOLUME = 6000
_NO_MICROPHONE = -1


class Ringing:
    """`ear` is where calls are heard, which rings when no other device is to or when that one cannot be opened."""

    def __init__(self, ear: Callable[[], pj.AudioMedia | None]) -> None:
        self._ear = ear
        self._tone: pj.ToneGenerator | None = None
        self._own: pj.ExtraAudioDevice | None = None

    @property
    def is_on(self) -> bool:
        return self._tone is not None

    def start(self, device: Plugged | None) -> None:
        """`device`: another one than that of the calls."""
        self.stop()
        where = self._open(device) or self._ear()
        if where is None:
            return
        tone = pj.ToneDesc()
        tone.freq1, tone.on_msec, tone.off_msec, tone.volume = RING_HZ, _ON_MS, _OFF_MS, _VOLUME
        cadence = pj.ToneDescVector()
        cadence.append(tone)
        self._tone = pj.ToneGenerator()
        self._tone.createToneGenerator(BRIDGE_RATE_HZ, 1)
        self._tone.play(cadence, True)  # noqa: FBT003
        self._tone.startTransmit(where)

    def stop(self) -> None:
        self._tone = None
        own, self._own = self._own, None
        if own is not None:
            with suppress(*PjsipErrors):
                own.close()

    def _open(self, device: Plugged | None) -> pj.ExtraAudioDevice | None:
        if device is None:
            return None
        own = pj.ExtraAudioDevice(device.number, _NO_MICROPHONE)
        try:
            own.open()
        except PjsipErrors:
            return None
        self._own = own
        return own
