"""A phone engine without a network, for trying things out and for tests: same promises, no audio."""

from collections.abc import Callable, Mapping
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
from agent_desktop.softphone.address import address_of, require_digits
from agent_desktop.softphone.audio import Device, NoDevice, Sound
from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for, ending_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    CallChanged,
    DevicesChanged,
    DigitReceived,
    Event,
    Lamp,
    LevelsMeasured,
    MessageReceived,
    PhoneSnapshot,
    Refusal,
    RegistrationChanged,
    Voicemail,
    VoicemailChanged,
    Watched,
    WatchedChanged,
)
from agent_desktop.softphone.invite import party, read_invite
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.recording.recorder import Recorder
from agent_desktop.softphone.recording.silent_taps import SilentTaps

_SPEECH = 0.5


class SimulatedSwitch:
    """Connects simulated engines. `passwords` by user; None accepts everybody. Numbers from `first_port` on are
    the SIP ports of phones without registrar, so that `sip:100@127.0.0.1:PORT` finds them."""

    def __init__(self, passwords: Mapping[str, str] | None = None, first_port: int = 50000) -> None:
        self._passwords = passwords
        self._ports = count(first_port)
        self._phones: dict[str, SimulatedEngine] = {}
        self._voicemail: dict[str, Voicemail] = {}
        self.is_reachable = True

    def admit(self, phone: "SimulatedEngine", account: Account) -> int:
        """0, or the SIP code of the refusal."""
        if account.registrar is not None:
            if not self.is_reachable:
                return 408
            wanted = account.password if self._passwords is None else self._passwords.get(account.user)
            if wanted != account.password:
                return 401
            self._phones[account.user] = phone
        self._phones[f":{phone.sip_port}"] = phone
        return 0

    def forget(self, phone: "SimulatedEngine") -> None:
        self._phones = {name: each for name, each in self._phones.items() if each is not phone}

    def find(self, address: str) -> "SimulatedEngine | None":
        port = address.partition(";")[0].rpartition(":")[2]
        by_port = self._phones.get(f":{port}") if port.isdigit() else None
        return by_port or self._phones.get(party(address)[1])

    def lamp_of(self, number: str) -> Lamp:
        phone = self._phones.get(number)
        if phone is None:
            return Lamp.UNKNOWN
        states = {call.state for call in phone.snapshot().calls}
        if states - {CallState.RINGING}:
            return Lamp.IN_CALL
        return Lamp.RINGING if states else Lamp.FREE

    def voicemail_of(self, user: str) -> Voicemail:
        return self._voicemail.get(user, Voicemail())

    def count_voicemail(self, user: str, voicemail: Voicemail) -> None:
        """Somebody left a message, or the agent listened to some."""
        self._voicemail[user] = voicemail
        self.moved()

    def send_text(self, user: str, text: str, content_type: str = "text/plain", call_ref: str | None = None) -> None:
        """To a registered phone, as the result of a survey comes."""
        self._phones[user].hear_later(MessageReceived(call_ref, content_type, text))

    def moved(self) -> None:
        """Lamps and counts may be other ones now."""
        for phone in set(self._phones.values()):
            phone.look_later()

    def next_port(self) -> int:
        return next(self._ports)


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
        self._book = CallBook(self._tell, clock)
        self._lamps: dict[str, Lamp] = {}
        self._voicemail = Voicemail()
        self._others: dict[CallId, tuple[SimulatedEngine, CallId]] = {}
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._account: Account | None = None
        self._registration: Registration = NotRegistered()
        self._recorder = Recorder(self._book, tell, clock, self.wake, SilentTaps())

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

    def wake(self) -> None:
        self._inbox.put(lambda: None)

    def snapshot(self) -> PhoneSnapshot:
        return PhoneSnapshot(
            self._registration,
            tuple(self._book),
            self._devices,
            NoDevice(),
            NoDevice(),
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
            return RegistrarUnreachable(code, "Request Timeout", 10)
        if code:
            return RegistrationRefused(code, "Unauthorized")
        if account.registrar is None:
            return NotRegistered()
        return Registered(self._clock() + timedelta(seconds=account.register_every_s))

    def use_sound(self, sound: Sound) -> None:  # noqa: ARG002
        self.refresh_devices()

    def refresh_devices(self) -> None:
        self._tell(DevicesChanged(self._devices, NoDevice(), NoDevice()))

    def dial(self, wanted: commands.Dial) -> None:
        call_id, number, headers = wanted.call_id, wanted.number, wanted.headers
        if self._account is None:
            raise EngineRefusedError(Refusal.NO_ACCOUNT, "no account to call from")
        if call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        address = address_of(number, self._account)
        self._book.add(
            Call(
                call_id,
                Direction.OUTGOING,
                CallState.DIALLING,
                number.strip(),
                "",
                started_at=self._clock(),
                consults_for=wanted.consults_for,
                shown_number=wanted.shown_number,
            )
        )
        there = self._switch.find(address)
        if there is None:
            self._inbox.put(lambda: self._ended(call_id, 404, "Not Found"))
            return
        caller = f'"{self._account.display_name}" <sip:{self._account.user}@{self._account.domain}>'
        invite = "\r\n".join(("INVITE", *(f"{name}: {value}" for name, value in headers), "", ""))
        there._inbox.put(lambda: there._arrives(self, call_id, caller, invite))  # noqa: SLF001

    def answer(self, call_id: CallId, *, zip_tone: bool = False) -> None:  # noqa: ARG002
        self._book.find(call_id, CallState.RINGING)
        self._book.answered(call_id)
        self._say(call_id, lambda there, its: there._book.answered(its))  # noqa: SLF001

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

    def resume(self, call_id: CallId) -> None:
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
            self._say(call_id, partial(_hear, digit))

    def network_changed(self) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def watch(self, numbers: tuple[str, ...]) -> None:
        self._lamps = {number: self._lamps.get(number, Lamp.UNKNOWN) for number in numbers}
        for each in self.snapshot().watched:
            self._tell(WatchedChanged(each))
        self.look_later()

    def try_sound(self, seconds: float) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def transfer(self, wanted: commands.Transfer) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def join(self, call_id: CallId, with_id: CallId) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def measure_levels(self) -> None:
        for call in self._book:
            if call.is_talking:
                self._tell(LevelsMeasured(call.id, _SPEECH, 0.0 if call.muted else _SPEECH))

    def measure_quality(self) -> None:
        """Nothing is counted where nothing is sent."""

    def look_later(self) -> None:
        self._inbox.put(self._look)

    def hear_later(self, event: Event) -> None:
        self._inbox.put(lambda: self._tell(event))

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

    def _say(self, call_id: CallId, what: Callable[["SimulatedEngine", CallId], None]) -> None:
        other = self._others.get(call_id)
        if other is not None:
            there, its = other
            there._inbox.put(lambda: what(there, its))  # noqa: SLF001

    def _arrives(self, caller: "SimulatedEngine", its: CallId, identity: str, invite: str) -> None:
        if self._account is None:
            caller._inbox.put(lambda: caller._ended(its, 480, "Temporarily Unavailable"))  # noqa: SLF001
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
            caller._inbox.put(lambda: caller._rings(its, self, call_id))  # noqa: SLF001

    def _rings(self, call_id: CallId, there: "SimulatedEngine", its: CallId) -> None:
        if call_id in self._book:
            self._others[call_id] = (there, its)
            self._book.change(call_id, rings_there=True)
        else:  # given up before it rang
            there._inbox.put(lambda: there._ended(its, 487, "Request Terminated"))  # noqa: SLF001

    def _held(self, call_id: CallId, *, is_held: bool) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        self._book.change(call_id, held_here=is_held)
        self._say(call_id, lambda there, its: there._book.change(its, held_there=is_held))  # noqa: SLF001

    def _end(self, call_id: CallId, code: int, text: str, reason: EndReason) -> None:
        self._book.change(call_id, state=CallState.ENDING)
        self._say(call_id, lambda there, its: there._ended(its, code, text))  # noqa: SLF001
        self._inbox.put(lambda: self._over(call_id, reason, code, text))

    def _ended(self, call_id: CallId, code: int, text: str) -> None:
        """The other side ended it."""
        if call_id in self._book:
            call = self._book.find(call_id)
            if call.state is not CallState.ENDING:
                self._over(call_id, ending_of(call, code), code, text)

    def _over(self, call_id: CallId, reason: EndReason, code: int, text: str) -> None:
        self._others.pop(call_id, None)
        self._book.end(call_id, reason, code, text)


def _hear(digit: str, phone: SimulatedEngine, call_id: CallId) -> None:
    phone._tell(DigitReceived(call_id, digit))  # noqa: SLF001
