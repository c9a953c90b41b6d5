"""A phone engine without a network, for trying things out and for tests: same promises, no audio."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    RegistrarUnreachable,
    Registration,
    RegistrationRefused,
)
from agent_desktop.softphone.address import address_of, headers_showing, require_digits, require_headers
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice, Sound, device_for
from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.conference import Conference
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for, ending_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    CallChanged,
    DevicesChanged,
    DigitReceived,
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
from agent_desktop.softphone.invite import party, read_invite
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.recording.recorder import Recorder
from agent_desktop.softphone.recording.silent_taps import SilentTaps
from agent_desktop.softphone.simulated_switch import SimulatedPhone, SimulatedSwitch, Told
from agent_desktop.softphone.simulated_transferred import SimulatedTransferred
from agent_desktop.softphone.transfers import Transfers

_SPEECH = 0.5


class SimulatedEngine:
    """See `Engine`. What another engine does to this one happens inside this one's `wait`."""

    def __init__(
        self,
        switch: SimulatedSwitch,
        tell: Tell,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], CallId] | None = None,
        devices: tuple[Device, ...] = (),
    ) -> None:
        self._switch = switch
        self._tell_workstation = tell
        self._clock = clock
        numbers = count(1)
        self.sip_port = switch.next_port()
        self._new_id = new_id or (lambda: CallId(f"{self.sip_port}-{next(numbers)}"))
        self._devices = devices
        self._sound = Sound()
        self.spoken = _SPEECH
        self._book = CallBook(self._tell, clock)
        self._lamps: dict[str, Lamp] = {}
        self._voicemail = Voicemail()
        self._others: dict[CallId, tuple[SimulatedPhone, CallId]] = {}
        self._conference: Conference[CallId] = Conference(self._book, _no_audio, _no_audio)
        self._transfers = Transfers(self._book, self)
        self._transferred = SimulatedTransferred(self._book, self._new_id, clock)
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._account: Account | None = None
        self._registration: Registration = NotRegistered()
        self._recorder = Recorder(self._book, tell, clock, self.wake, SilentTaps())

    def _tell(self, event: Event) -> None:
        self._tell_workstation(event)
        if isinstance(event, CallChanged | RegistrationChanged):
            self._switch.moved()
            self.look_later()  # also when it has just left the switch
        if isinstance(event, CallChanged):
            self._transferred.follow(event.call)

    def start(self) -> None:
        """Nothing to prepare."""

    def stop(self) -> None:
        for call in tuple(self._book):
            self.hang_up(call.id)
        self._recorder.close()
        self._switch.forget(self)
        self._switch.moved()

    def wait(self, timeout_s: float) -> None:
        self._recorder.look()
        with suppress(Empty):
            self._inbox.get(timeout=timeout_s)()
            while True:
                self._inbox.get_nowait()()
        self._recorder.look()
        self._transfers.look_at_clock()

    def wake(self) -> None:
        self._inbox.put(lambda: None)

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

    def dial(self, wanted: commands.Dial) -> None:
        address = self.address_of(wanted.number)
        if isinstance(self._registration, RegistrarUnreachable):
            raise EngineRefusedError(Refusal.NO_LINE, str(self._registration))
        headers = (*wanted.headers, *headers_showing(wanted.shown_number, self._account_in_use()))
        require_headers(headers)
        if wanted.call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        self._book.add(
            Call(
                wanted.call_id,
                Direction.OUTGOING,
                CallState.DIALLING,
                wanted.number.strip(),
                "",
                started_at=self._clock(),
                consults_for=wanted.consults_for,
                shown_number=wanted.shown_number,
            )
        )
        self._call(wanted.call_id, address, headers)

    def _call(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        there = self._switch.find(address)
        if there is None:
            self.post(lambda: self.ended(call_id, 404, "Not Found"))
            return
        invite = "\r\n".join(("INVITE", *(f"{name}: {value}" for name, value in headers), "", ""))
        there.post(lambda: there.arrives(self, call_id, self._identity(), invite))

    def _identity(self) -> str:
        account = self._account
        return "" if account is None else f'"{account.display_name}" <sip:{account.user}@{account.domain}>'

    def answer(self, call_id: CallId, *, zip_tone: bool = False) -> None:  # noqa: ARG002
        self._book.find(call_id, CallState.RINGING)
        self._book.answered(call_id)
        self._say(call_id, lambda there, its: there.answered(its))

    def decline(self, call_id: CallId, how: Turned, because: EndReason = EndReason.DECLINED) -> None:
        self._book.find(call_id, CallState.RINGING)
        self._end(call_id, *TURNED_AWAY[how], because)

    def hang_up(self, call_id: CallId) -> None:
        call = self._book.find(call_id)
        if call.state is CallState.RINGING:
            self.decline(call_id, Turned.BUSY)
        elif call.answered_at is None:
            self._end(call_id, 487, "Request Terminated", ending_asked_for(call))
        else:
            self._end(call_id, 200, "Normal call clearing", ending_asked_for(call))

    def hold(self, call_id: CallId) -> None:
        self._held(call_id, is_held=True)
        self._conference.leave(call_id)

    def resume(self, call_id: CallId) -> None:
        self._transfers.resumed(self._book.find(call_id, CallState.CONNECTED))
        self._held(call_id, is_held=False)

    def mute(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        self._book.change(call_id, muted=True)

    def unmute(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        self._book.change(call_id, muted=False)

    def send_digits(self, call_id: CallId, digits: str) -> None:
        self._book.find(call_id, CallState.CONNECTED, CallState.EARLY_MEDIA)
        require_digits(digits)
        for digit in digits.upper().replace(",", ""):
            self._say(call_id, partial(_press, digit))

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

    def transfer(self, wanted: commands.Transfer) -> None:
        self._transfers.begin(wanted)

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        self._transfers.complete(call_id, with_id)

    def join(self, call_id: CallId, with_id: CallId) -> None:
        for each in (call_id, with_id):
            self._book.find(each, CallState.CONNECTED)
        self._conference.join(call_id, with_id)
        for each in (call_id, with_id):
            self.resume(each)
            self._conference.attach(each, each)

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        return tuple(
            LevelsMeasured(call.id, _SPEECH, 0.0 if call.muted else self.spoken)
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
        for number, before in self._lamps.items():
            lamp = Lamp.UNKNOWN if user is None else self._switch.lamp_of(number)
            if lamp is not before:
                self._lamps[number] = lamp
                self._tell(WatchedChanged(Watched(number, lamp)))
        waiting = Voicemail() if user is None else self._switch.voicemail_of(user)
        if waiting != self._voicemail:
            self._voicemail = waiting
            self._tell(VoicemailChanged(waiting))

    def address_of(self, number: str) -> str:
        return address_of(number, self._account_in_use())

    def _account_in_use(self) -> Account:
        if self._account is None:
            raise EngineRefusedError(Refusal.NO_ACCOUNT, "no account to call from")
        return self._account

    def refer(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        told = self._told_of_transfer(call_id)
        self._say(call_id, lambda there, its: there.sent_to(its, address, headers, told))

    def refer_to_other(self, call_id: CallId, other_id: CallId) -> None:
        told, number = self._told_of_transfer(call_id), self._book.find(other_id).remote_number
        other, others = self._others[other_id]
        self._say(call_id, lambda there, its: there.sent_to_other(its, number, other, others, told))

    def end(self, call_id: CallId, because: EndReason) -> None:
        self._end(call_id, 200, "Normal call clearing", because)

    def make_sure_of(self, call_id: CallId) -> None:
        """Simulated phones tell when they go."""

    def post(self, what: Callable[[], None]) -> None:
        self._inbox.put(what)

    def arrives(self, caller: SimulatedPhone, its: CallId, identity: str, invite: str) -> None:
        if self._account is None:
            caller.post(lambda: caller.ended(its, 480, "Temporarily Unavailable"))
            return
        call_id = self._new_id()
        self._others[call_id] = (caller, its)
        facts, (name, number) = read_invite(invite, self._account.invite_headers), party(identity)
        self._book.add(
            Call(
                call_id,
                Direction.INCOMING,
                CallState.RINGING,
                number if facts.asserted_number is None else facts.asserted_number,
                facts.asserted_name or name,
                started_at=self._clock(),
                invite=facts,
            )
        )
        if self._book.find(call_id).state is CallState.RINGING:
            caller.post(lambda: caller.rings(its, self, call_id))

    def takes_place(self, caller: SimulatedPhone, its: CallId, identity: str, of: CallId) -> None:
        name, number = party(identity)
        call_id = self._transferred.replaced(of, name, number)
        if call_id is None:
            caller.post(lambda: caller.ended(its, 481, "Call/Transaction Does Not Exist"))
            return
        self._others[call_id] = (caller, its)
        caller.post(lambda: caller.rings(its, self, call_id))
        caller.post(lambda: caller.answered(its))
        self.answered(call_id)
        self.end(of, EndReason.TRANSFERRED)

    def rings(self, call_id: CallId, there: SimulatedPhone, its: CallId) -> None:
        if call_id in self._book and self._book.find(call_id).state is not CallState.ENDING:
            self._others[call_id] = (there, its)
            self._book.change(call_id, rings_there=True)
        else:  # given up before it rang
            there.post(lambda: there.ended(its, 487, "Request Terminated"))

    def answered(self, call_id: CallId) -> None:
        self._book.answered(call_id)
        if self._transferred.is_to_be_held(call_id) and call_id in self._book:
            self.hold(call_id)

    def held_there(self, call_id: CallId, *, is_held: bool) -> None:
        self._book.change(call_id, held_there=is_held)

    def digit_pressed(self, call_id: CallId, digit: str) -> None:
        self._tell(DigitReceived(call_id, digit))

    def sent_to(self, call_id: CallId, address: str, headers: tuple[Header, ...], told: Told) -> None:
        new = self._sent_on(call_id, *party(address), told)
        if new is not None:
            self._call(new, address, headers)

    def sent_to_other(self, call_id: CallId, number: str, other: SimulatedPhone, its: CallId, told: Told) -> None:
        new = self._sent_on(call_id, "", number, told)
        if new is not None:
            other.post(lambda: other.takes_place(self, new, self._identity(), its))

    def _sent_on(self, call_id: CallId, name: str, number: str, told: Told) -> CallId | None:
        new = None if self._account is None else self._transferred.sent_to(call_id, name, number, told)
        if new is None:
            told(603, "Decline")
        return new

    def ended(self, call_id: CallId, code: int, text: str) -> None:
        if call_id not in self._book:
            return
        call = self._book.find(call_id)
        if call.state is not CallState.ENDING:
            elsewhere = self._transferred.ending(call) or self._transfers.ending(call, by_switch=False)
            self._over(call_id, elsewhere or ending_of(call, code), code, text)

    def _say(self, call_id: CallId, what: Callable[[SimulatedPhone, CallId], None]) -> None:
        other = self._others.get(call_id)
        if other is not None:
            there, its = other
            there.post(lambda: what(there, its))

    def _told_of_transfer(self, call_id: CallId) -> Told:
        return lambda code, text: self.post(lambda: self._moved(call_id, code, text))

    def _moved(self, call_id: CallId, code: int, text: str) -> None:
        self._transfers.moved(call_id, code, text)

    def _held(self, call_id: CallId, *, is_held: bool) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        self._book.change(call_id, held_here=is_held)
        self._say(call_id, lambda there, its: there.held_there(its, is_held=is_held))

    def _end(self, call_id: CallId, code: int, text: str, reason: EndReason) -> None:
        self._book.change(call_id, state=CallState.ENDING)
        self._say(call_id, lambda there, its: there.ended(its, code, text))
        self.post(lambda: self._over(call_id, reason, code, text))

    def _over(self, call_id: CallId, reason: EndReason, code: int, text: str) -> None:
        self._others.pop(call_id, None)
        self._conference.leave(call_id)
        self._transfers.forget(call_id)
        self._book.end(call_id, reason, code, text)


def _press(digit: str, phone: SimulatedPhone, call_id: CallId) -> None:
    phone.digit_pressed(call_id, digit)


def _no_audio(one: CallId, other: CallId) -> None:
    """Nothing is to be heard where nothing is sent."""
