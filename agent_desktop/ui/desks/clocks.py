"""The clocks at the desk: what the ticket in the form will promise, and a word when a clock of one's own has warned."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.sources import told_source, typed_moment
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.open_items import Item
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.ticket_form import TicketForm
from agent_model.agent import Role
from agent_model.clock import StepKind, StepTaken
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.organisation import TicketCategory
from agent_model.past_moment import read_past
from agent_model.ticket import Ticket, TicketId, TicketStatus

FRESH: Final = timedelta(minutes=10)
"""A step that was taken longer ago was seen, or is seen on the ticket."""
LOOKED_AT: Final = 50
"""Tickets that come at once; of more the workstation was away for long, and says nothing of them."""

_REACHES: Final = {Role.TEAM_LEAD: StepKind.ESCALATE, Role.DUTY_MANAGER: StepKind.REPORT}
"""Which step is whose matter beside the owner's."""


class ClockDesk(QObject):
    told = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        form: TicketForm,
        current: Callable[[], Item | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._form = form
        self._current = current
        self._promises: Promises | None = None
        self._types: dict[str, TicketCategory] = {}
        self._said: set[tuple[str, StepTaken]] = set()
        self._locale = rooms.desk.forms.locale
        form.draft_changed.connect(self.foresee)
        form.source.since_settled.connect(self._settle)

    def read(self) -> None:
        """What is promised may be another thing now."""
        rooms = self._rooms
        self._background.store.do(
            lambda: (rooms.promises.policies().current, rooms.desk.categories()), self._read, _later
        )

    def foresee(self, draft: TicketDraft) -> None:
        """Says under the form until when this ticket would have to be answered and solved."""
        category, now = self._types.get(draft.category), self._rooms.clock()
        if category is None or self._promises is None:
            self._form.promise.show_promise(None, now)
            return
        item = self._current()
        tier = item.customer.tier if item is not None and item.customer is not None else None
        source = told_source(draft, category.type, now, self._locale)
        facts = ClockFacts(
            category.type,
            draft.priority,
            TicketStatus.NEW,
            tier,
            source=None if source is None else source.source,
            received_at=None if source is None else source.received_at,
        )
        self._form.promise.show_promise(self._promises.begin(facts, now), now)

    def _settle(self) -> None:
        """`yesterday` is another day tomorrow: a moment that was understood is written out."""
        fields = self._form.source
        moment = read_past(fields.since.text(), self._rooms.clock(), self._locale.zone)
        if moment is not None:
            fields.put_since(typed_moment(moment, self._locale))

    def rows_changed(self, change: ScopeChanged) -> None:
        """Tickets came anew: a clock on one may have done something that this person is to know."""
        if self._is_followed(change.scope) and "ticket" in change.entities and len(change.ids) <= LOOKED_AT:
            desk, ids = self._rooms.desk, sorted(change.ids)
            self._background.store.do(lambda: [desk.ticket(TicketId(id_)) for id_ in ids], self._look, _later)

    def _read(self, read: tuple[Promises, tuple[TicketCategory, ...]]) -> None:
        self._promises, categories = read
        self._types = {category.id: category for category in categories}
        self.foresee(self._form.draft)

    def _look(self, tickets: list[Ticket | None]) -> None:
        since = self._rooms.clock() - FRESH
        for ticket in tickets:
            clocks = ticket.clocks.clocks if ticket is not None and ticket.clocks is not None else ()
            for taken in [taken for clock in clocks for taken in clock.taken if taken.at >= since]:
                if ticket is not None and self._is_news(ticket, taken):
                    self._said.add((ticket.id, taken))
                    self.told.emit(self._words(taken.step.kind, ticket))

    def _is_news(self, ticket: Ticket, taken: StepTaken) -> bool:
        me = self._rooms.agent.id
        is_own = me == (ticket.owner or ticket.created_by)
        is_mine = is_own or taken.step.kind is _REACHES.get(self._rooms.agent.role)
        return is_mine and ticket.status.is_open and (ticket.id, taken) not in self._said

    def _is_followed(self, scope: str) -> bool:
        """Whether tickets of a slice may be this person's matter."""
        is_leading = self._rooms.agent.role in _REACHES
        return scope == f"own:{self._rooms.agent.id}" or (is_leading and scope.startswith("queue:"))

    def _words(self, kind: StepKind, ticket: Ticket) -> str:
        name = f"{ticket_name(ticket)} · {ticket.subject}"
        match kind:
            case StepKind.WARN:
                return self.tr("Ticket {ticket} is due soon.").format(ticket=name)
            case StepKind.ESCALATE:
                return self.tr("Ticket {ticket} is late: it is escalated to the team lead.").format(ticket=name)
            case StepKind.REPORT:
                return self.tr("Ticket {ticket} is late: it is reported to the duty manager.").format(ticket=name)


def _later(_error: Exception) -> None:
    """A cache that is being mended is told elsewhere; the company is read again after it."""
