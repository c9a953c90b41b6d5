"""The short tone in the agent's ear before a call that was answered by itself."""

import time

import pjsua2 as pj

from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ

ZIP_TONE_HZ = 400
ZIP_TONE_S = 0.25
_VOLUME = 6000


class ZipTone:
    """Plays from its making until `until`, on the monotonic clock; ends when it goes away."""

    def __init__(self, ear: pj.AudioMedia) -> None:
        tone = pj.ToneDesc()
        tone.freq1, tone.on_msec, tone.off_msec, tone.volume = ZIP_TONE_HZ, int(ZIP_TONE_S * 1000), 0, _VOLUME
        once = pj.ToneDescVector()
        once.append(tone)
        self._generator = pj.ToneGenerator()
        self._generator.createToneGenerator(BRIDGE_RATE_HZ, 1)
        self._generator.play(once, False)  # noqa: FBT003
        self._generator.startTransmit(ear)
        self.until = time.monotonic() + ZIP_TONE_S
