"""Bringing a call to somebody: asking first, sending it on, conferences, the survey, the PIN check, parking."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.dial_links import read
from agent_desktop.softphone.call import Call, CallEnd, CallId, EndReason, TransferPurpose, TransferState
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.events import Watched
from agent_desktop.ui.messages.calls import explain_end, lost_in_transfer, no_such_number, transferred
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.strip.face import CallFace, FailedConsult
from agent_desktop.ui.strip.targets import Target

PLACES = (TransferPurpose.SURVEY, TransferPurpose.PIN_CHECK, TransferPurpose.PARK)
_ENDED_ON_PURPOSE = (EndReason.HUNG_UP_HERE, EndReason.CANCELLED, EndReason.TRANSFERRED, EndReason.HUNG_UP_THERE)


@dataclass(frozen=True, slots=True)
class Consult:
    """Somebody who is asked about a call. They are no customer: no open item, no line of the timeline."""

    call: Call
    about: CallId


class Transfers(QObject):
    """`changed` when the calls must be shown again."""

    told = Signal(str)
    changed = Signal()

    def __init__(
        self,
        rooms: Rooms,
        items: OpenItems,
        strip: CallStrip,
        wish: Callable[[Callable[[], object]], bool],
        parent: QObject,
    ) -> None:
        """`wish` tries something on the phone and says what is wrong when there is none; true when it was asked."""
        super().__init__(parent)
        self._rooms = rooms
        self._items = items
        self._strip = strip
        self._wish = wish
        self._targets: tuple[Target, ...] = ()
        self._recent: tuple[Target, ...] = ()
        self._favourites: tuple[Target, ...] = ()
        self._lamps: dict[str, Watched] = {}
        self._consults: dict[CallId, Consult] = {}
        self._not_reached: dict[CallId, FailedConsult] = {}
        strip.offer_places(tuple(purpose for purpose in PLACES if rooms.site.number_for(purpose)))
        phone, wishes = rooms.phone, strip.wishes
        wishes.consult_wanted.connect(self._consult)
        wishes.transfer_wanted.connect(self._transfer)
        wishes.place_wanted.connect(self._bring)
        wishes.complete_wanted.connect(lambda id_, to: wish(lambda: phone.complete_transfer(CallId(id_), CallId(to))))
        wishes.join_wanted.connect(lambda id_, to: wish(lambda: phone.join(CallId(id_), CallId(to))))
        wishes.cancel_consult_wanted.connect(lambda id_: wish(lambda: phone.cancel_consult(CallId(id_))))

    # ---- whom ---------------------------------------------------------------------------------------------

    def offer(self, targets: tuple[Target, ...]) -> None:
        """People and queues of the company."""
        self._targets = targets
        self._offer()

    def offer_recent(self, targets: tuple[Target, ...]) -> None:
        """Who was called last, the latest first."""
        self._recent = targets
        self._offer()

    def offer_favourites(self, targets: tuple[Target, ...]) -> None:
        """Whom the agent keeps at hand."""
        self._favourites = targets
        self._offer()

    def show_lamps(self, watched: tuple[Watched, ...]) -> None:
        self._lamps |= {one.number: one for one in watched}
        self._offer()

    def _offer(self) -> None:
        lit = (
            replace(one, lamp=self._lamps[one.number].lamp) if one.number in self._lamps else one
            for one in (*self._favourites, *self._targets, *self._recent)
        )
        self._strip.offer_targets(tuple(lit))

    def title_of(self, written: str) -> str:
        """`Zhou Min (1003)` for a number of the house; another number as it may be shown."""
        known = next((one for one in (*self._targets, *self._recent) if one.number == written), None)
        return known.title if known is not None else masking.shown(written, self._rooms.plan)

    # ---- wishes -------------------------------------------------------------------------------------------

    def _consult(self, about: str, written: str) -> None:
        number = self._number(written)
        if number is None:
            return
        self._not_reached.pop(CallId(about), None)
        if self._wish(lambda: self._rooms.phone.consult(CallId(about), number, self._headers(about))):
            self._strip.panel.done()

    def _transfer(self, call_id: str, written: str) -> None:
        number = self._number(written)
        if number is not None:
            self._send(call_id, number, TransferPurpose.PERSON)

    def _bring(self, call_id: str, purpose: TransferPurpose) -> None:
        self._send(call_id, self._rooms.site.number_for(purpose), purpose)

    def _send(self, call_id: str, number: str, purpose: TransferPurpose) -> None:
        headers = self._headers(call_id)
        if purpose is TransferPurpose.PIN_CHECK:
            headers += ((self._rooms.site.return_header, self._rooms.agent.extension),)
        self._not_reached.pop(CallId(call_id), None)
        if self._wish(lambda: self._rooms.phone.transfer(CallId(call_id), number, purpose, headers)):
            self._strip.panel.done()

    def _number(self, written: str) -> str | None:
        found = read(written, self._rooms.plan)
        if found is None:
            self._strip.panel.show_trouble(no_such_number(written))
            return None
        return found.number

    def _headers(self, call_id: str) -> tuple[Header, ...]:
        """What lets the next one, and the call that comes back, be known for the same matter."""
        item = self._items.with_call(CallId(call_id))
        if item is None or item.call_ref is None:
            return ()
        names = self._rooms.site.headers
        headers: tuple[Header, ...] = ((names.call_ref, item.call_ref),)
        return headers if item.customer is None else (*headers, (names.customer_id, item.customer.id))

    # ---- what became of it --------------------------------------------------------------------------------

    def about(self, call: Call) -> CallId | None:
        """The call that this one is a consultation about: the phone says so, or it goes on where one was."""
        known = self._consults.get(call.id) or (None if call.continues is None else self._consults.get(call.continues))
        return call.consults_for or (None if known is None else known.about)

    def hear_consult(self, call: Call, about: CallId) -> None:
        """A consultation began, changed or ended."""
        if not call.is_over:
            self._consults[call.id] = Consult(replace(call, consults_for=about), about)
            return
        self._consults.pop(call.id, None)
        end = call.end or CallEnd(EndReason.FAILED, 0, "", self._rooms.clock())
        if call.answered_at is None and end.reason not in _ENDED_ON_PURPOSE:
            self._not_reached[about] = FailedConsult(self.title_of(call.remote_number), end)

    def hear(self, call: Call) -> None:
        """A call of a customer changed: what was said about it may not hold any more."""
        if call.is_over or not call.held_here:
            self._not_reached.pop(call.id, None)

    def outcome(self, call: Call) -> str:
        """What became of a call that was to leave this phone, in words; empty when it simply ended."""
        if call.end is None:
            return ""
        has_failed = call.transfer is not None and call.transfer.state is TransferState.FAILED
        if call.transfer is not None and was_lost_in_transfer(call):
            return lost_in_transfer(self.title_of(call.transfer.to))
        if call.end.reason is EndReason.LOST:
            return explain_end(call.end.reason, call.end.sip_code)
        if call.end.reason is not EndReason.TRANSFERRED:
            return ""
        if call.transfer is None or has_failed:
            return transferred(TransferPurpose.PERSON, "")
        return transferred(call.transfer.purpose, self.title_of(call.transfer.to))

    def faces(self) -> tuple[CallFace, ...]:
        """Those who are asked just now."""
        return tuple(
            CallFace(each.call, number="", name=self.title_of(each.call.remote_number))
            for each in self._consults.values()
        )

    def dress(self, face: CallFace) -> CallFace:
        """The face of a customer's call with what is known of its transfer."""
        transfer = face.call.transfer
        return replace(
            face,
            transfer_to="" if transfer is None else self.title_of(transfer.to),
            failed_consult=self._not_reached.get(face.call.id),
        )


def was_lost_in_transfer(call: Call) -> bool:
    """The destination did not take the call, and the exchange did not give it back."""
    is_over = call.end is not None and call.end.reason in (EndReason.HUNG_UP_THERE, EndReason.LOST)
    return is_over and call.transfer is not None and call.transfer.state is TransferState.FAILED
