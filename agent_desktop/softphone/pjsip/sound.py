"""What calls hear and say: devices, WAV files and silence on PJSIP's conference bridge."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone import audio
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice, device_for
from agent_desktop.softphone.pjsip.devices import Devices, Plugged
from agent_desktop.softphone.pjsip.ringing import Ringing
from agent_desktop.softphone.pjsip.settings import PjsipErrors

log = logging.getLogger(__name__)

_WIND_DOWN_S = 0.2  # the bridge removes a port on its next tick; a recording is finished only then
_TRY_AGAIN_S = 2.0  # with a device that could not be opened, or that died while its neighbours stayed
_ECHO_TAIL_MS = 256
_NO_CANCELLING = 0x10000  # of our own build: only the noise suppressor works
_TELLS_PEAK = hasattr(pj, "takeMicrophonePeak")  # our own build


class Sound:
    """Open while there are calls, closed otherwise: an idle phone holds no microphone and needs no clock.

    `changed` is called when there are other devices than before, or calls have come to use others.
    """

    def __init__(self, endpoint: pj.Endpoint, changed: Callable[[], None], bell_port: int) -> None:
        self._changed = changed
        self._manager = endpoint.audDevManager()
        self._manager.setNoDev()
        self._wanted = audio.Sound()
        self._devices = Devices(self._manager, bell_port)
        self._ringing = Ringing(lambda: self._manager.getPlaybackDevMedia() if self._can_ring else None)
        self._opened: tuple[Plugged | None, Plugged | None] = (None, None)
        self._is_broken = False
        self._try_again_at: float | None = None
        self._player: pj.AudioMediaPlayer | None = None
        self._player_before: pj.AudioMediaPlayer | None = None
        self._recorder: pj.AudioMediaRecorder | None = None
        self._recordings = 0
        self._is_open = False
        self._close_at: float | None = None
        self.microphone: Device | NoDevice = NoDevice()
        self.speaker: Device | NoDevice = NoDevice()
        self._choose()

    @property
    def devices(self) -> tuple[Device, ...]:
        return self._devices.all

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def close_at(self) -> float | None:
        """When the bridge may stop, on the monotonic clock; None while calls are up or nothing is open."""
        return self._close_at

    @property
    def ear(self) -> pj.AudioMedia | None:
        """Where the agent hears; None where there is nothing to hear with."""
        is_missing = isinstance(self._wanted.sink, audio.NativeSink) and self.speaker == NoDevice()
        return None if is_missing else self._sink()

    @property
    def mouth(self) -> pj.AudioMedia | None:
        """What the agent says; None where there is nothing to say it with."""
        is_missing = isinstance(self._wanted.source, audio.NativeSource) and self.microphone == NoDevice()
        return None if is_missing else self._source()

    def take_peak(self) -> float:
        """The loudest the microphone was since this was last asked, 0..1, before anything was done to its sound."""
        return pj.takeMicrophonePeak() / 32768 if isinstance(self.microphone, Device) and _TELLS_PEAK else 0.0

    def use(self, wanted: audio.Sound) -> None:
        """Detach every call before and attach it again after."""
        before, self._wanted = self._wanted, wanted
        if wanted.sink != before.sink:
            self._recordings = 0
        self._drop_files()
        self._ringing.stop()
        self._choose()
        if not self._is_open:
            return
        if self._opened != self._to_open() or _treatment(before) != _treatment(wanted):
            self._start_clock()
        else:
            self._set_gains()

    def look_for_devices(self) -> None:
        """Lists them anew, and lets calls that are up use what they are to use now."""
        must_close = self._is_open and not self._devices.can_list_while_open
        if must_close:
            self._manager.setNullDev()
        before = self._devices.all, self.microphone, self.speaker
        self._devices.list_again()
        self._choose()
        if self._is_open and (must_close or self._opened != self._to_open()):
            self._start_clock()
        if self._ringing.is_on:
            self._ringing.start(self._ring_device())
        if before != (self._devices.all, self.microphone, self.speaker):
            self._changed()

    def look(self) -> None:
        """Whether a device has come or gone; to be called often."""
        is_time = self._try_again_at is not None and time.monotonic() >= self._try_again_at
        if self._is_broken and self._is_open:  # what died would not be noticed by its name
            self._manager.setNullDev()
            self._fall_silent()
            self._changed()
        elif self._devices.have_changed() or (is_time and self._is_open):
            self._try_again_at = None
            self.look_for_devices()

    def device_died(self) -> None:
        """From inside PJSIP's callbacks: nothing moves until the next `look`."""
        self._is_broken = True

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
        if not wanted:
            self._ringing.stop()
        elif self._is_open and not self._ringing.is_on:
            device = self._ring_device()
            if device is not None or self._can_ring:
                self._ringing.start(device)

    def rest(self, now: float) -> None:
        """The last call is over: finish recordings, close a moment later."""
        if self._is_open and self._close_at is None:
            self._drop_files()
            self._close_at = now + _WIND_DOWN_S

    def close(self) -> None:
        self._drop_files()
        self._ringing.stop()
        self._close_at = self._try_again_at = None
        self._is_broken = False
        if self._is_open:
            self._manager.setNoDev()
            self._is_open = False

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

    # PJSUA2 names levels from the bridge's side: it transmits what comes from a port.
    def _source(self) -> pj.AudioMedia | None:
        match self._wanted.source:
            case audio.SilentSource():
                return None
            case audio.WavSource(path, repeats):
                if self._player is None:
                    player = pj.AudioMediaPlayer()
                    player.createPlayer(str(path), 0 if repeats else pj.PJMEDIA_FILE_NO_LOOP)
                    player.adjustTxLevel(self._wanted.microphone_gain)
                    self._player = player
                return self._player
            case audio.NativeSource():
                return self._manager.getCaptureDevMedia()

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
                    recorder.adjustRxLevel(self._wanted.speaker_gain)
                    self._recorder = recorder
                return self._recorder
            case audio.NativeSink():
                return self._manager.getPlaybackDevMedia()

    @property
    def _can_ring(self) -> bool:
        return isinstance(self.speaker, Device)

    def _drop_files(self) -> None:
        if self._player is not None:
            self._player_before = self._player  # PJSIP's own thread may yet tell it that its file has ended
        self._player = None
        self._recorder = None

    def _choose(self) -> None:
        self.microphone = device_for(self._devices.all, DeviceKind.MICROPHONE, self._wanted.source)
        self.speaker = device_for(self._devices.all, DeviceKind.SPEAKER, self._wanted.sink)

    def _fall_silent(self) -> None:
        self._is_broken = False
        self._try_again_at = time.monotonic() + _TRY_AGAIN_S
        self._opened = (None, None)
        self.microphone = self.speaker = NoDevice()

    def _ring_device(self) -> Plugged | None:
        """None: that of the calls."""
        if self._wanted.ringer is None:
            return None
        device = device_for(self._devices.all, DeviceKind.SPEAKER, self._wanted.ringer)
        is_other = isinstance(device, Device) and device.name == self._wanted.ringer.name and device != self.speaker
        return self._devices.find(device) if is_other and isinstance(device, Device) else None

    def _to_open(self) -> tuple[Plugged | None, Plugged | None]:
        return self._plugged(self.microphone), self._plugged(self.speaker)

    def _plugged(self, device: Device | NoDevice) -> Plugged | None:
        return self._devices.find(device) if isinstance(device, Device) else None

    def _start_clock(self) -> None:
        self._is_broken = False
        self._opened = microphone, speaker = self._to_open()
        if speaker is None:
            # PJSIP opens a microphone only together with a speaker; the call is silent both ways.
            self.microphone = NoDevice()
            self._manager.setNullDev()
            return
        try:
            self._open_devices(microphone, speaker)
        except PjsipErrors as reason:  # in use by another program, or unplugged a moment ago
            log.warning("no sound: %s", str(reason).strip().replace("\n", "; "))
            self._manager.setNullDev()
            self._fall_silent()

    def _open_devices(self, microphone: Plugged | None, speaker: Plugged) -> None:
        self._manager.setNoDev()
        self._manager.setEcOptions(*_treatment(self._wanted))
        if microphone is not None:
            self._manager.setCaptureDev(microphone.number)
        self._manager.setPlaybackDev(speaker.number)
        self._manager.setSndDevMode(pj.PJSUA_SND_DEV_SPEAKER_ONLY if microphone is None else 0)  # this opens them
        self._set_gains()

    def _set_gains(self) -> None:
        self._manager.getCaptureDevMedia().adjustTxLevel(self._wanted.microphone_gain)
        self._manager.getPlaybackDevMedia().adjustRxLevel(self._wanted.speaker_gain)


def _treatment(sound: audio.Sound) -> tuple[int, int]:
    """How long an echo is looked for and PJSIP's options, which take effect when a device is opened."""
    suppressing = pj.PJMEDIA_ECHO_USE_NOISE_SUPPRESSOR if sound.noise_suppression else 0
    works = sound.echo_cancelling or sound.noise_suppression
    return (_ECHO_TAIL_MS if works else 0), suppressing | (0 if sound.echo_cancelling else _NO_CANCELLING)
