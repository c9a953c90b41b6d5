"""A phone engine without a network, for trying things out and for tests: same promises, no audio."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    RegistrarUnreachable,
    Registration,
    RegistrationRefused,
)
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice, Sound, device_for
from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    CallChanged,
    DevicesChanged,
    Event,
    Lamp,
    LevelsMeasured,
    PhoneSnapshot,
    Refusal,
    RegistrationChanged,
    SoundTest,
    SoundTested,
    Voicemail,
    VoicemailChanged,
    Watched,
    WatchedChanged,
)
from agent_desktop.softphone.recording.player import Player, SilentLoudspeaker
from agent_desktop.softphone.recording.recorder import Recorder
from agent_desktop.softphone.recording.silent_taps import SilentTaps
from agent_desktop.softphone.recording.tape import FRAME_S
from agent_desktop.softphone.simulated_calls import SimulatedCalls
from agent_desktop.softphone.simulated_switch import SimulatedSwitch

_SPEECH = 0.5


class SimulatedEngine(SimulatedCalls):
    """See `Engine`. What another engine does to this one happens inside this one's `wait`.

    `heard` and `spoken` are the levels of every call.
    """

    def __init__(
        self,
        switch: SimulatedSwitch,
        tell: Tell,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], CallId] | None = None,
        devices: tuple[Device, ...] = (),
    ) -> None:
        super().__init__(switch, self._tell, clock, new_id)
        self._switch = switch
        self._tell_workstation = tell
        self._devices = devices
        self._sound = Sound()
        self.heard = self.spoken = _SPEECH
        self._lamps: dict[str, Lamp] = {}
        self._voicemail = Voicemail()
        self._recorder = Recorder(self._book, tell, clock, self.wake, SilentTaps())
        loudspeaker = SilentLoudspeaker(lambda: self._speaker != NoDevice())
        self._player = Player(tell, loudspeaker, lambda: len(self._book) > 0)

    def _tell(self, event: Event) -> None:
        self._tell_workstation(event)
        if isinstance(event, CallChanged | RegistrationChanged):
            self._switch.moved()
            self.look_later()  # also when it has just left the switch

    def start(self) -> None:
        """Nothing to prepare."""

    def stop(self) -> None:
        for call in tuple(self._book):
            self.hang_up(call.id)
        self._player.close()
        self._recorder.close()
        self._switch.forget(self)
        self._switch.moved()

    def wait(self, timeout_s: float) -> None:
        self._recorder.look()
        self._work(timeout_s if self._player.due_at is None else min(timeout_s, FRAME_S))
        self._recorder.look()
        self._player.step()

    def snapshot(self) -> PhoneSnapshot:
        return PhoneSnapshot(
            self._registration,
            tuple(self._book),
            self._devices,
            self._microphone,
            self._speaker,
            self.sip_port,
            self._voicemail,
            tuple(Watched(number, lamp) for number, lamp in self._lamps.items()),
        )

    def use_account(self, account: Account | None) -> None:
        if account != self._account:
            self._account = account
            self._switch.forget(self)
            self._registration = self._ask_switch(account)
        self._tell(RegistrationChanged(self._registration, self.sip_port))

    def _ask_switch(self, account: Account | None) -> Registration:
        if account is None:
            return NotRegistered()
        code = self._switch.admit(self, account)
        if code == 408:
            return RegistrarUnreachable(code, "Request Timeout", 2)
        if code:
            return RegistrationRefused(code, "Unauthorized")
        if account.registrar is None:
            return NotRegistered()
        return Registered(self._clock() + timedelta(seconds=account.register_every_s), account.registrar)

    def use_sound(self, sound: Sound) -> None:
        self._sound = sound
        self.refresh_devices()

    def refresh_devices(self) -> None:
        self._tell(DevicesChanged(self._devices, self._microphone, self._speaker))

    def plug(self, *devices: Device) -> None:
        """From now on there are these."""
        self._devices = devices
        self.refresh_devices()

    @property
    def _microphone(self) -> Device | NoDevice:
        return device_for(self._devices, DeviceKind.MICROPHONE, self._sound.source)

    @property
    def _speaker(self) -> Device | NoDevice:
        return device_for(self._devices, DeviceKind.SPEAKER, self._sound.sink)

    def network_changed(self) -> None:
        self._switch.forget(self)
        self._registration = self._ask_switch(self._account)
        self._tell(RegistrationChanged(self._registration, self.sip_port))

    def watch(self, numbers: tuple[str, ...]) -> None:
        self._lamps = {number: self._lamps.get(number, Lamp.UNKNOWN) for number in numbers}
        for each in self.snapshot().watched:
            self._tell(WatchedChanged(each))
        self.look_later()

    def try_sound(self, seconds: float) -> None:  # noqa: ARG002
        if len(self._book):
            raise EngineRefusedError(Refusal.WRONG_STATE, "there are calls")
        if NoDevice() in (self._microphone, self._speaker):
            self._tell(SoundTested(SoundTest.FAILED))
            return
        for stage in (SoundTest.RECORDING, SoundTest.PLAYING, SoundTest.DONE):
            self._tell(SoundTested(stage, self.spoken))

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def play_recording(self, wanted: commands.PlayRecording) -> None:
        self._player.start(wanted)

    def stop_playing(self) -> None:
        self._player.stop()

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        return tuple(
            LevelsMeasured(call.id, self.heard, 0.0 if call.muted else self.spoken)
            for call in self._book
            if call.is_talking
        )

    def measure_quality(self) -> None:
        """Nothing is counted where nothing is sent."""

    def look_later(self) -> None:
        self.post(self._look)

    def hear_later(self, event: Event) -> None:
        self.post(lambda: self._tell(event))

    def _look(self) -> None:
        """At what the switch tells beside calls; nothing to who is not registered there."""
        user = self._account.user if self._account and isinstance(self._registration, Registered) else None
        self._look_elsewhere(user)
        for number, before in self._lamps.items():
            lamp = Lamp.UNKNOWN if user is None else self._switch.lamp_of(number)
            if lamp is not before:
                self._lamps[number] = lamp
                self._tell(WatchedChanged(Watched(number, lamp)))
        waiting = Voicemail() if user is None else self._switch.voicemail_of(user)
        if waiting != self._voicemail:
            self._voicemail = waiting
            self._tell(VoicemailChanged(waiting))

    def _look_elsewhere(self, user: str | None) -> None:
        now = self._registration
        if user is not None and isinstance(now, Registered) and now.elsewhere != self._switch.elsewhere(user):
            self._registration = replace(now, elsewhere=self._switch.elsewhere(user))
            self._tell(RegistrationChanged(self._registration, self.sip_port))
