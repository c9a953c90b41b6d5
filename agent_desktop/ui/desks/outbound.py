"""Calls to customers: which of the company's numbers they see, and whether they may be called now."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.day import OwnCall
from agent_desktop.dial_links import Dialable
from agent_desktop.outbound import may_call, shown_first
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.messages.calls import not_now
from agent_desktop.ui.messages.privacy import do_not_call
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.shown_number import Showable, ShownNumber
from agent_model.consent import ConsentChannel, is_withdrawn
from agent_model.customer import ContactKind
from agent_model.organisation import CalledNumber
from agent_model.phone_number import PhoneNumber, display, masked, normalise, on_record


class OutboundDesk(QObject):
    """`number_chosen` when the agent takes another one; `use` is told what was taken before."""

    told = Signal(str)
    number_chosen = Signal(str)

    def __init__(self, rooms: Rooms, items: OpenItems, chooser: ShownNumber, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._items = items
        self._chooser = chooser
        self._formats = formats
        self._numbers: tuple[CalledNumber, ...] = ()
        self._fixed = ""
        self._calls: tuple[OwnCall, ...] = ()
        self._shown_to: dict[str, str] = {}
        chooser.chosen.connect(self._choose)

    def offer(self, numbers: tuple[CalledNumber, ...]) -> None:
        """The company's own numbers."""
        self._numbers = tuple(one for one in numbers if one.outbound is not None)
        self.show_again()

    def use(self, number: str) -> None:
        """What the agent chose last; empty: whichever fits the customer."""
        self._fixed = number
        self.show_again()

    def hear_calls(self, calls: tuple[OwnCall, ...]) -> None:
        """The agent's own calls of today."""
        self._calls = calls

    def show_again(self) -> None:
        """Another item is on the screen, or the numbers are other ones."""
        now = self._fitting()
        numbers = tuple(self._showable(one) for one in self._numbers)
        fixed = self._fixed if any(one.number == self._fixed for one in numbers) else ""
        self._chooser.show_numbers(numbers, fixed, "" if now is None else now.number)

    def number_for(self, found: Dialable) -> str | None:
        """What is to be shown, empty for the switch's own choice. None: they may not be called now; it has been said
        when they may."""
        shown = self._again(found.number) or self._fitting() if found.is_public else None
        if shown is None or shown.outbound is None:
            return ""
        self._tell_who_said_no(found.number)
        now = self._formats.local(self._rooms.clock())
        attempts = sum(self._is_attempt(call, found.number) for call in self._calls)
        refused = may_call(shown.outbound, attempts, now)
        if refused is not None:
            again_at, is_today = self._formats.clock(refused.again_at), refused.again_at.date() == now.date()
            self.told.emit(not_now(self._title(shown), attempts, refused.allowed, again_at, is_today=is_today))
            return None
        self._shown_to[found.number] = shown.number
        return shown.number

    def _tell_who_said_no(self, number: str) -> None:
        """Calls that are asked for go out all the same; whoever makes them knows."""
        item = self._items.current
        customer = None if item is None else item.customer
        if customer is None or not {number, masked(PhoneNumber(number))} & set(customer.phones):
            return
        if is_withdrawn(customer.consents, ConsentChannel.CALL):
            self.told.emit(do_not_call(customer.name))

    def _is_attempt(self, call: OwnCall, number: str) -> bool:
        is_today = self._formats.local_date(call.at) == self._formats.local_date(self._rooms.clock())
        record, key = on_record(call.number), normalise(number, self._rooms.plan)
        is_same = record.shown == masked(key) if record and key else call.number == number
        return call.kind is ContactKind.CALL_OUT and is_same and is_today

    def _again(self, number: str) -> CalledNumber | None:
        """What they were shown when this number was dialled before, unless the agent has chosen since."""
        shown = "" if self._fixed else self._shown_to.get(number, "")
        return next((one for one in self._numbers if one.number == shown), None)

    def _fitting(self) -> CalledNumber | None:
        item, mine = self._items.current, self._rooms.agent.queues
        invite = InviteFacts() if item is None or item.call is None else item.call.invite
        queue = invite.queue or (mine[0] if mine else "")
        return shown_first(self._numbers, self._as_listed(invite.called_number), queue, self._fixed)

    def _as_listed(self, called: str | None) -> str:
        """The exchange and the company's table may write the same number in different ways."""
        key = normalise(called, self._rooms.plan) if called else None
        same = (one.number for one in self._numbers if key and normalise(one.number, self._rooms.plan) == key)
        return next(same, called or "")

    def _showable(self, one: CalledNumber) -> Showable:
        return Showable(one.number, self._title(one), one.brand.in_language(self._formats.language))

    def _title(self, one: CalledNumber) -> str:
        key = normalise(one.number, self._rooms.plan)
        return display(key, self._rooms.plan) if key else one.number

    def _choose(self, number: str) -> None:
        self.use(number)
        self.number_chosen.emit(number)
