"""The ticket on the screen: read, worked on, and told of when something about it is one's own matter."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.keeping_back import kept_back
from agent_desktop.sync.events import ScopeChanged, SightChanged
from agent_desktop.tickets.trail import Trail
from agent_desktop.tickets.work import CommentDraft, TicketSheet
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.deeds import (
    AddSubtask,
    Deed,
    Edit,
    HandOverTo,
    LinkTo,
    MergeInto,
    MoveTo,
    Say,
    Take,
    Unlink,
    Watch,
    Wish,
)
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.panel import Places, Seen
from agent_desktop.ui.ticket.trail import TrailPanel
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.form_filling import Shelf
from agent_model.ticket import Ticket, TicketId

Read = tuple[TicketSheet | None, Shelf, Trail | None]


class TicketPageDesk(QObject):
    """`page_made(TicketPage)` when it is first needed: who has a panel of its own on it wires that then."""

    page_made = Signal(object)
    customer_wanted = Signal(str)
    taken = Signal(object)
    """The Ticket that the person made their own."""
    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._names = names
        self._places = Places()
        self._page: TicketPage | None = None
        self._way: list[str] = []
        self._from = Page.WORKSPACE
        self.sheet: TicketSheet | None = None
        """The ticket on the screen, as it was read last."""
        self._read_version = -1
        self._words: dict[str, str] = {}
        self._seen: Seen | None = None
        self._unsaved: Unsaved[CommentDraft] = Unsaved(self)
        self._unsaved.due.connect(self._save)
        self._begun: Unsaved[tuple[TicketId, Mapping[str, Mapping[str, Any]]]] = Unsaved(self)
        self._begun.due.connect(self._keep)

    # ---- which ticket -----------------------------------------------------------------------------------------

    def open(self, ticket_id: str, came_from: Page = Page.WORKSPACE) -> None:
        """In the centre, in place of the customer; Escape leads back to `came_from`."""
        if not self._way:
            self._from = came_from
        if ticket_id in self._way:
            del self._way[self._way.index(ticket_id) :]
        self._go_to(ticket_id)

    def comment_on(self, ticket_id: str, words: str) -> None:
        """Opens it where a comment is written; the words begin one that is not begun yet."""
        self._words[ticket_id] = words
        self.open(ticket_id)

    @property
    def shown(self) -> Ticket | None:
        """What is on the page while that is on the screen."""
        return self.sheet.ticket if self.sheet is not None and self._window.shows_ticket else None

    def offer(self, places: Places) -> None:
        """Where tickets can be handed to."""
        self._places = places
        self.read_again()

    def read_again(self) -> None:
        if self._way:
            self._read(self._way[-1])

    def rows_changed(self, change: ScopeChanged) -> None:
        """Something came: the ticket on the screen, or one that it names, may be another now."""
        sheet = self.sheet
        if not self._way or (change.entities and "ticket" not in change.entities and "ticket_flow" not in change.ids):
            return
        shown = {self._way[-1]}
        if sheet is not None:
            shown |= {one.id for one in (*sheet.subtasks, *sheet.links)}
        if not change.entities or shown & change.ids:
            self.read_again()

    def sight_changed(self, change: SightChanged) -> None:
        """What is kept back from now on is not shown until the ticket comes as it may be seen."""
        seen, self._read_version = self._seen, -1
        if self._page is None or seen is None or seen.sheet.ticket.id != self._page.ticket_id:
            return
        names = () if seen.sheet.customer is None else (seen.sheet.customer.name,)
        sheet = replace(kept_back(seen.sheet, change.kinds, names), draft=seen.sheet.draft, unsent=seen.sheet.unsent)
        self._seen, self.sheet = replace(seen, sheet=sheet), sheet
        self._page.show_ticket(self._seen)
        self._page.panel(TrailPanel).show_trail(None, self.tr("Asking the server …"))

    def leave(self) -> None:
        """One step back: the ticket before, else where one came from."""
        self.save_now()
        self._way = self._way[:-1]
        if self._way:
            self._read(self._way[-1])
            return
        self.sheet = None
        self._window.close_ticket()
        if self._page is not None:
            self._page.leave()
        self._window.show_page(self._from)

    def close(self) -> None:
        """Something else comes into the centre."""
        self.save_now()
        self._way, self.sheet, self._from = [], None, Page.WORKSPACE
        if self._page is not None:
            self._page.leave()
        self._window.close_ticket()

    def save_now(self) -> None:
        self._unsaved.save_now()
        self._begun.save_now()

    def _save(self, draft: CommentDraft) -> None:
        work = self._rooms.work
        self._background.store.do(lambda: work.save(draft), lambda at: self._is_saved(draft, at), self._failed)

    def _keep(self, begun: tuple[TicketId, Mapping[str, Mapping[str, Any]]]) -> None:
        work = self._rooms.work
        self._background.store.do(lambda: work.keep(*begun), failed=self._failed)

    def _go_to(self, ticket_id: str) -> None:
        self.save_now()
        self._way.append(ticket_id)
        self._window.show_page(Page.WORKSPACE)
        self._read_version = -1
        self._read(ticket_id)

    def _read(self, ticket_id: str) -> None:
        rooms, id_ = self._rooms, TicketId(ticket_id)

        def read() -> Read:
            return rooms.work.sheet(id_), rooms.desk.forms.shelf(), rooms.trail.kept(id_)

        self._background.store.do(read, lambda found: self._show(ticket_id, *found), self._failed, replaces="ticket")

    def _show(self, ticket_id: str, sheet: TicketSheet | None, shelf: Shelf, kept: Trail | None) -> None:
        if not self._way or self._way[-1] != ticket_id:
            return
        page = self._made()
        is_new = page.ticket_id != ticket_id
        self.sheet = sheet
        if sheet is None:
            page.show_gone(self.tr("This ticket is not on this workstation."))
        else:
            rooms = self._rooms
            names, now, me = self._names(), rooms.clock(), rooms.agent.id
            self._seen = Seen(sheet, me, now, names, shelf, self._places, rooms.desk.forms.locale)
            page.show_ticket(self._seen)
        self._window.show_ticket(page)
        if is_new:
            page.head.back.setFocus()
            page.panel(TrailPanel).show_trail(kept, "" if kept is None else self.tr("Asking the server …"))
        words = self._words.pop(ticket_id, "")
        if words and sheet is not None and sheet.may_work:
            page.panel(CommentsPanel).begin(words)
            page.press(Deed.COMMENT)
        if sheet is not None and (is_new or sheet.ticket.version != self._read_version):
            self._read_version = sheet.ticket.version
            self._ask_trail(ticket_id)

    def _made(self) -> TicketPage:
        if self._page is None:
            self._page = page = self._window.make_ticket_page()
            page.wished.connect(self._do)
            page.ticket_wanted.connect(self._go_to)
            page.customer_wanted.connect(self.customer_wanted)
            page.left.connect(self.leave)
            page.panel(CommentsPanel).draft_changed.connect(self._typed)
            page.form.typed.connect(lambda begun: self._begun.keep((TicketId(page.ticket_id), begun)))
            page.panel(TrailPanel).more_wanted.connect(self._ask_more)
            self.page_made.emit(page)
        return self._page

    # ---- the trail --------------------------------------------------------------------------------------------

    def _ask_trail(self, ticket_id: str) -> None:
        trail = self._rooms.trail
        self._background.network.do(
            lambda: trail.read(TicketId(ticket_id)),
            lambda read: self._trail_came(ticket_id, read),
            lambda error: self._no_trail(ticket_id, error),
            replaces="trail",
        )

    def _ask_more(self, before: int) -> None:
        ticket_id, trail = self._way[-1], self._rooms.trail
        self._background.network.do(
            lambda: trail.read(TicketId(ticket_id), before),
            lambda read: self._more_came(ticket_id, read),
            self._failed,
        )

    def _trail_came(self, ticket_id: str, read: Trail) -> None:
        trail = self._rooms.trail
        self._background.store.do(lambda: trail.keep(TicketId(ticket_id), read), failed=self._failed)
        self._trail = read
        if self._page is not None and self._page.ticket_id == ticket_id:
            self._page.panel(TrailPanel).show_trail(read)

    def _more_came(self, ticket_id: str, read: Trail) -> None:
        if self._page is not None and self._page.ticket_id == ticket_id:
            self._trail = Trail((*self._trail.changes, *read.changes), read.read_at, read.next)
            self._page.panel(TrailPanel).show_trail(self._trail)

    def _no_trail(self, ticket_id: str, error: Exception) -> None:
        """Without the server: what was read last, and that it is that."""
        trail, words = self._rooms.trail, explain(error)

        def show(kept: Trail | None) -> None:
            if self._page is not None and self._page.ticket_id == ticket_id:
                self._page.panel(TrailPanel).show_trail(kept, words)

        self._background.store.do(lambda: trail.kept(TicketId(ticket_id)), show, self._failed)

    # ---- deeds ------------------------------------------------------------------------------------------------

    def _do(self, wish: Wish) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        ticket = sheet.ticket
        if isinstance(wish, Take):
            self.taken.emit(ticket)
        if self._page is not None:
            self._page.form.send(wish)
        self._background.store.do(
            lambda: self._deed(ticket, wish),
            lambda said: self._done(wish, said),
            lambda error: self._not_done(wish, error),
        )

    def _deed(self, ticket: Ticket, wish: Wish) -> str:
        """On the store's lane. What keeps it from being done, in words; empty once it is on the disk."""
        work = self._rooms.work
        match wish:
            case Take():
                work.take(ticket)
            case MoveTo(status, reason):
                work.move(ticket, status, reason)
            case HandOverTo(place, reason):
                work.hand_over(ticket, place, reason)
            case Watch(is_on):
                work.watch(ticket, is_on=is_on)
            case Say(text, kind, brings):
                work.comment(ticket, text, kind, brings)
            case Unlink(other):
                work.unlink(ticket, TicketId(other))
            case AddSubtask(subject, place):
                work.add_subtask(ticket, subject, place)
            case Edit(seen, wanted):
                work.edit(ticket, seen, wanted)
            case LinkTo(number) | MergeInto(number):
                return self._with_other(ticket, number, wish)
        return ""

    def _with_other(self, ticket: Ticket, number: str, wish: LinkTo | MergeInto) -> str:
        other = next((one for one in self._rooms.desk.numbered(number) if _is_named(one, number)), None)
        if other is None:
            return self.tr("No ticket {number} is on this workstation.").format(number=number)
        if other.id == ticket.id:
            return self.tr("That is this ticket.")
        if isinstance(wish, LinkTo):
            self._rooms.work.link(ticket, other.id, wish.kind)
        elif other.customer_id != ticket.customer_id or not other.status.is_open:
            return self.tr("A ticket is merged into an open one of the same customer.")
        else:
            self._rooms.work.merge(ticket, other.id)
        return ""

    def _done(self, wish: Wish, said: str) -> None:
        page = self._page
        if page is not None:
            if said:
                page.form.refuse(wish, said)
                return
            if isinstance(wish, Say):
                self._unsaved.forget()
                page.panel(CommentsPanel).sent()
            else:
                page.form.done(wish)
        self.saved.emit()
        self._read_version = -1
        self.read_again()

    def _not_done(self, wish: Wish, error: Exception) -> None:
        words = explain(error)
        self.told.emit(words)
        if self._page is not None:
            self._page.form.refuse(wish, words)

    def _typed(self, text: str, kind: object) -> None:
        if self._page is not None:
            self._unsaved.keep(self._page.panel(CommentsPanel).begun)

    def _is_saved(self, draft: CommentDraft, at: object) -> None:
        page = self._page
        if page is not None and page.ticket_id == draft.ticket and at is not None and self._unsaved.typed is None:
            page.panel(CommentsPanel).show_saved(self.tr("Draft kept"))

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _is_named(ticket: Ticket, number: str) -> bool:
    wanted = "".join(number.upper().split())
    return (ticket.number or "") in (wanted, f"TK-{wanted}")
