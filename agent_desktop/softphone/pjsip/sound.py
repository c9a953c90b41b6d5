"""Devices, WAV files and silence on PJSIP's conference bridge."""

from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone import audio
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ, PjsipErrors

_WIND_DOWN_S = 0.2  # the bridge removes a port on its next tick; a recording is finished only then
_RING_HZ, _RING_ON_MS, _RING_OFF_MS = 450, 1000, 4000  # YD/T 1097; the rest of the world understands it
_RING_VOLUME = 6000


class Sound:
    """Open while there are calls, closed otherwise: an idle phone holds no microphone and needs no clock.

    `changed` is called when calls have come to use other devices than before.
    """

    def __init__(self, endpoint: pj.Endpoint, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._ring: pj.ToneGenerator | None = None
        self._manager = endpoint.audDevManager()
        self._manager.setNoDev()
        self._wanted = audio.Sound()
        self._player: pj.AudioMediaPlayer | None = None
        self._recorder: pj.AudioMediaRecorder | None = None
        self._recordings = 0
        self._is_open = False
        self._close_at: float | None = None
        self.devices: tuple[Device, ...] = ()
        self.microphone: Device | NoDevice = NoDevice()
        self.speaker: Device | NoDevice = NoDevice()
        self._list_devices()

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def close_at(self) -> float | None:
        """When the bridge may stop, on the monotonic clock; None while calls are up or nothing is open."""
        return self._close_at

    def use(self, wanted: audio.Sound) -> None:
        """Detach every call before and attach it again after."""
        self._wanted = wanted
        self._drop_files()
        self._ring = None
        self._choose()
        if self._is_open:
            self._start_clock()

    def look_for_devices(self) -> None:
        if not self._is_open:  # PJSIP counts anew, which pulls open devices away
            self._manager.refreshDevs()
        self._list_devices()

    def _list_devices(self) -> None:
        found = []
        for device in self._manager.enumDev2():
            if device.inputCount:
                found.append(Device(device.name, DeviceKind.MICROPHONE))
            if device.outputCount:
                found.append(Device(device.name, DeviceKind.SPEAKER))
        self.devices = tuple(found)
        self._choose()

    def open(self) -> None:
        self._close_at = None
        if self._is_open:
            return
        before = (self.microphone, self.speaker)
        if NoDevice() in before:
            self.look_for_devices()  # one may have been plugged in, or be free again
        self._start_clock()
        self._is_open = True
        if before != (self.microphone, self.speaker):
            self._changed()

    def ring(self, *, wanted: bool) -> None:
        """The same tone for a call that comes in and for one that rings at the other end; on speakers only."""
        if wanted == (self._ring is not None):
            return
        if not wanted:
            self._ring = None
        elif self._is_open and isinstance(self.speaker, Device):
            tone = pj.ToneDesc()
            tone.freq1, tone.on_msec, tone.off_msec, tone.volume = _RING_HZ, _RING_ON_MS, _RING_OFF_MS, _RING_VOLUME
            cadence = pj.ToneDescVector()
            cadence.append(tone)
            self._ring = pj.ToneGenerator()
            self._ring.createToneGenerator(BRIDGE_RATE_HZ, 1)
            self._ring.play(cadence, True)  # noqa: FBT003
            self._ring.startTransmit(self._manager.getPlaybackDevMedia())

    def rest(self, now: float) -> None:
        """The last call is over: finish recordings, close a moment later."""
        if self._is_open and self._close_at is None:
            self._drop_files()
            self._close_at = now + _WIND_DOWN_S

    def close(self) -> None:
        self._drop_files()
        self._ring = None
        self._close_at = None
        if self._is_open:
            self._manager.setNoDev()
            self._is_open = False

    @property
    def ear(self) -> pj.AudioMedia | None:
        """Where the agent hears; None where there is nothing to hear with."""
        return self._sink()

    @property
    def mouth(self) -> pj.AudioMedia | None:
        """What the agent says; None where there is nothing to say it with."""
        return self._source()

    def attach(self, call: pj.AudioMedia, *, muted: bool = False) -> None:
        """Again with another `muted` to change that. Only the agent is muted: others may speak to this call too."""
        source, sink = self._source(), self._sink()
        if source is not None and muted:
            with suppress(*PjsipErrors):  # it may not have been heard before
                source.stopTransmit(call)
        elif source is not None:
            source.startTransmit(call)
        if sink is not None:
            call.startTransmit(sink)

    def detach(self, call: pj.AudioMedia) -> None:
        source, sink = self._source(), self._sink()
        if source is not None:
            source.stopTransmit(call)
        if sink is not None:
            call.stopTransmit(sink)

    def _source(self) -> pj.AudioMedia | None:
        match self._wanted.source:
            case audio.SilentSource():
                return None
            case audio.WavSource(path, repeats):
                if self._player is None:
                    player = pj.AudioMediaPlayer()
                    player.createPlayer(str(path), 0 if repeats else pj.PJMEDIA_FILE_NO_LOOP)
                    self._player = player
                return self._player
            case audio.NativeSource():
                return None if self.microphone == NoDevice() else self._manager.getCaptureDevMedia()

    def _sink(self) -> pj.AudioMedia | None:
        match self._wanted.sink:
            case audio.NullSink():
                return None
            case audio.WavSink(path):
                if self._recorder is None:
                    self._recordings += 1
                    numbered = path.with_stem(f"{path.stem}-{self._recordings}")
                    recorder = pj.AudioMediaRecorder()
                    recorder.createRecorder(str(path if self._recordings == 1 else numbered))
                    self._recorder = recorder
                return self._recorder
            case audio.NativeSink():
                return None if self.speaker == NoDevice() else self._manager.getPlaybackDevMedia()

    def _drop_files(self) -> None:
        self._player = None
        self._recorder = None

    def _choose(self) -> None:
        source, sink = self._wanted.source, self._wanted.sink
        self.microphone = self.speaker = NoDevice()
        if isinstance(source, audio.NativeSource):
            self.microphone = self._device(source.name, DeviceKind.MICROPHONE)
        if isinstance(sink, audio.NativeSink):
            self.speaker = self._device(sink.name, DeviceKind.SPEAKER)

    def _device(self, name: str | None, kind: DeviceKind) -> Device | NoDevice:
        """The device of that name; if it is gone or not named, what ALSA calls `default`, else the first one."""
        fitting = [device for device in self.devices if device.kind is kind]
        named = [device for wanted in (name, "default") for device in fitting if device.name == wanted]
        return next(iter((*named, *fitting)), NoDevice())

    def _start_clock(self) -> None:
        if self.microphone == NoDevice() and self.speaker == NoDevice():
            self._manager.setNullDev()
            return
        try:
            self._open_devices()
        except PjsipErrors:  # in use by another program, or unplugged a moment ago
            self.microphone = self.speaker = NoDevice()
            self._manager.setNullDev()

    def _open_devices(self) -> None:
        if isinstance(self.speaker, NoDevice):
            # PJSIP opens a microphone only together with a speaker; the call is silent both ways.
            self.microphone = NoDevice()
            self._manager.setNullDev()
            return
        self._manager.setNoDev()
        if isinstance(self.microphone, Device):
            self._manager.setCaptureDev(self._index(self.microphone))
        self._manager.setPlaybackDev(self._index(self.speaker))
        only_speaker = isinstance(self.microphone, NoDevice)
        self._manager.setSndDevMode(pj.PJSUA_SND_DEV_SPEAKER_ONLY if only_speaker else 0)  # this opens them

    def _index(self, wanted: Device) -> int:
        for index, device in enumerate(self._manager.enumDev2()):
            counted = device.inputCount if wanted.kind is DeviceKind.MICROPHONE else device.outputCount
            if device.name == wanted.name and counted:
                return index
        raise RuntimeError(f"{wanted.name} is gone")
