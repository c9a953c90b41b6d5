"""Word of tickets that are one's own matter: one was given over, or something was said on one that is watched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.notices import Weight
from agent_model.ticket import Ticket, TicketId

FRESH: Final = timedelta(minutes=10)
"""Of a ticket that was not seen before, what is older was told to others."""
LOOKED_AT: Final = 50
"""Tickets that come at once; of more the workstation was away for long, and says nothing of them."""


@dataclass(frozen=True, slots=True)
class _Known:
    owner: str | None
    comments: int


class TicketNews(QObject):
    """An assigned ticket is told with a toast, a comment waits behind the bell: neither during a call."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._notices = notices
        self._names = names
        self._known: dict[TicketId, _Known] = {}

    def took(self, ticket: Ticket) -> None:
        """The person took it: no news to them."""
        self._known[ticket.id] = _Known(self._rooms.agent.id, len(ticket.comments))

    def rows_changed(self, change: ScopeChanged) -> None:
        is_own = change.scope == f"own:{self._rooms.agent.id}"
        if is_own and "ticket" in change.entities and len(change.ids) <= LOOKED_AT:
            desk, ids = self._rooms.desk, sorted(change.ids)
            self._background.store.do(lambda: [desk.ticket(TicketId(id_)) for id_ in ids], self._look, _later)

    def _look(self, tickets: list[Ticket | None]) -> None:
        for ticket in tickets:
            if ticket is not None:
                self._tell_owner(ticket)
                self._tell_comment(ticket)
                self._known[ticket.id] = _Known(ticket.owner, len(ticket.comments))

    def _tell_owner(self, ticket: Ticket) -> None:
        me, known = self._rooms.agent.id, self._known.get(ticket.id)
        last = ticket.hand_overs[-1] if ticket.hand_overs else None
        if ticket.owner != me or (known is not None and known.owner == me) or not ticket.status.is_open:
            return
        if last is not None and last.after.owner == me:
            if last.by != me and (known is not None or self._is_fresh(last.at)):
                words = self.tr("{who} gave you ticket {ticket}.")
                self._notices.tell(
                    words.format(who=self._names().person(last.by), ticket=_name(ticket)), Weight.INFO, ticket=ticket.id
                )
        elif known is not None:
            words = self.tr("Ticket {ticket} is yours now.")
            self._notices.tell(words.format(ticket=_name(ticket)), Weight.INFO, ticket=ticket.id)

    def _tell_comment(self, ticket: Ticket) -> None:
        me, known = self._rooms.agent.id, self._known.get(ticket.id)
        if me not in (ticket.owner, *ticket.watchers) or not ticket.comments:
            return
        last = ticket.comments[-1]
        is_new = len(ticket.comments) > known.comments if known is not None else self._is_fresh(last.at)
        if is_new and last.author != me:
            words = self.tr("{who} commented on ticket {ticket}.")
            told = words.format(who=self._names().person(last.author), ticket=_name(ticket))
            self._notices.tell(told, Weight.INFO, is_quiet=True, ticket=ticket.id)

    def _is_fresh(self, at: datetime) -> bool:
        return at >= self._rooms.clock() - FRESH


def _name(ticket: Ticket) -> str:
    return f"{ticket_name(ticket)} · {ticket.subject}"


def _later(_error: Exception) -> None:
    """A cache that is being mended is told elsewhere."""
