"""The calls of simulated phones: what an engine does with its own, and what other phones do to them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account, NotRegistered, RegistrarUnreachable, Registration
from agent_desktop.softphone.address import address_of, headers_showing, require_digits, require_headers
from agent_desktop.softphone.call import CallId, CallState, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.conference import Conference
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for, ending_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import CallChanged, DigitReceived, Event, Refusal
from agent_desktop.softphone.invite import party, read_invite
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.simulated_switch import SimulatedPhone, SimulatedSwitch, Told
from agent_desktop.softphone.simulated_transferred import SimulatedTransferred
from agent_desktop.softphone.transfers import Transfers


class SimulatedCalls:
    """See `Engine` and `SimulatedPhone`. What another phone does to this one happens inside this one's `wait`."""

    def __init__(
        self,
        switch: SimulatedSwitch,
        tell: Tell,
        clock: Callable[[], datetime],
        new_id: Callable[[], CallId] | None,
    ) -> None:
        self._find = switch.find
        self._tell_of_call = tell
        self._clock = clock
        numbers = count(1)
        self.sip_port = switch.next_port()
        self._new_id = new_id or (lambda: CallId(f"{self.sip_port}-{next(numbers)}"))
        self._account: Account | None = None
        self._registration: Registration = NotRegistered()
        self._book = CallBook(self._follow, clock)
        self._others: dict[CallId, tuple[SimulatedPhone, CallId]] = {}
        self._conference: Conference[CallId] = Conference(self._book, _no_audio, _no_audio)
        self._transfers = Transfers(self._book, self)
        self._transferred = SimulatedTransferred(self._book, self._new_id, clock)
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def wake(self) -> None:
        self.post(lambda: None)

    def _work(self, timeout_s: float) -> None:
        with suppress(Empty):
            self._inbox.get(timeout=timeout_s)()
            while True:
                self._inbox.get_nowait()()
        self._transfers.look_at_clock()

    def _follow(self, event: Event) -> None:
        self._tell_of_call(event)
        if isinstance(event, CallChanged):
            self._transferred.follow(event.call)

    def dial(self, wanted: commands.Dial) -> None:
        address = self.address_of(wanted.number)
        if isinstance(self._registration, RegistrarUnreachable):
            raise EngineRefusedError(Refusal.NO_LINE, str(self._registration))
        headers = (*wanted.headers, *headers_showing(wanted.shown_number, self._account_in_use()))
        require_headers(headers)
        if wanted.call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        self._book.add_dialled(wanted)
        self._call(wanted.call_id, address, headers)

    def _call(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        there = self._find(address)
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
        self._book.add_arrived(call_id, identity, read_invite(invite, self._account.invite_headers))
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
        self._tell_of_call(DigitReceived(call_id, digit))

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
