"""What simulated phones tell each other, and how they find each other."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Protocol

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.events import Event, Lamp, MessageReceived, PhoneSnapshot, Voicemail
from agent_desktop.softphone.invite import party

Told = Callable[[int, str], None]
"""A SIP answer: code and text."""


class SimulatedPhone(Protocol):
    """Each of these comes from another phone; `post` has it done inside this one's `wait`."""

    sip_port: int

    def post(self, what: Callable[[], None]) -> None: ...

    def arrives(self, caller: "SimulatedPhone", its: CallId, identity: str, invite: str) -> None: ...

    def takes_place(self, caller: "SimulatedPhone", its: CallId, identity: str, of: CallId) -> None:
        """An INVITE with Replaces: the caller comes in the place of the other side of one of this phone's calls."""

    def rings(self, call_id: CallId, there: "SimulatedPhone", its: CallId) -> None: ...

    def answered(self, call_id: CallId) -> None: ...

    def held_there(self, call_id: CallId, *, is_held: bool) -> None: ...

    def digit_pressed(self, call_id: CallId, digit: str) -> None: ...

    def sent_to(self, call_id: CallId, address: str, headers: tuple[Header, ...], told: Told) -> None:
        """A REFER: this phone is to call there instead, and tells what comes of it."""

    def sent_to_other(self, call_id: CallId, number: str, other: "SimulatedPhone", its: CallId, told: Told) -> None:
        """A REFER with Replaces: this phone is to take the sender's place in a call the other phone has."""

    def ended(self, call_id: CallId, code: int, text: str) -> None:
        """The other side ended it."""


class KnownPhone(SimulatedPhone, Protocol):
    """One that the switch knows, and tells of others."""

    def snapshot(self) -> PhoneSnapshot: ...

    def look_later(self) -> None:
        """At what the switch tells beside calls."""

    def hear_later(self, event: Event) -> None: ...


class SimulatedSwitch:
    """Connects simulated engines. `passwords` by user; None accepts everybody. Numbers from `first_port` on are
    the SIP ports of phones without registrar, so that `sip:100@127.0.0.1:PORT` finds them."""

    def __init__(self, passwords: Mapping[str, str] | None = None, first_port: int = 50000) -> None:
        self._passwords = passwords
        self._ports = count(first_port)
        self._phones: dict[str, KnownPhone] = {}
        self._voicemail: dict[str, Voicemail] = {}
        self._elsewhere: dict[str, tuple[str, ...]] = {}
        self.is_reachable = True

    def admit(self, phone: KnownPhone, account: Account) -> int:
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

    def forget(self, phone: SimulatedPhone) -> None:
        self._phones = {name: each for name, each in self._phones.items() if each is not phone}

    def find(self, address: str) -> SimulatedPhone | None:
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

    def elsewhere(self, user: str) -> tuple[str, ...]:
        return self._elsewhere.get(user, ())

    def use_elsewhere(self, user: str, *hosts: str) -> None:
        """From now on telephones at these hosts, and at no others, are registered for the account too."""
        self._elsewhere[user] = hosts
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
