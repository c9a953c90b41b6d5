"""Complaints at the desk: the panel on a ticket's page, what is typed there, and what waits for somebody's decision."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.tickets.complaint_sheet import ComplaintSheet, Given
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.complaint_deeds import ComplaintWish, carry_out
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.compensation import Compensation, CompensationState
from agent_model.ticket import Ticket

if TYPE_CHECKING:
    from agent_desktop.ui.ticket.complaint import ComplaintPanel
    from agent_desktop.ui.ticket.page import TicketPage

FRESH: Final = timedelta(hours=24)
CONCERNS: Final = frozenset({"ticket", "compensation", "fund", "follow_up", "complaint_source", "department_rule"})


class ComplaintDesk(QObject):
    """`counted` says how much others asked this person to decide; it stands on the attention page, and leads from there
    to the ticket (`ticket_wanted`). `concerned`: what its ticket's page offers may be different now."""

    told = Signal(str)
    saved = Signal()
    counted = Signal(int)
    concerned = Signal()
    ticket_wanted = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._names = names
        self._formats = formats
        self._panel: ComplaintPanel | None = None
        self._ticket_id = ""
        self._sheet: ComplaintSheet | None = None
        self._unsaved: Unsaved[tuple[str, Mapping[str, str]]] = Unsaved(self)
        self._unsaved.due.connect(self._save)
        self._known: dict[str, CompensationState] | None = None
        self._asked: Given = ()
        self._shows_asked = False
        self._is_connected = False
        window.page_shown.connect(self._turned_to)

    def begin(self) -> None:
        self._read_asked()

    def wire(self, page: "TicketPage") -> None:
        """The page of tickets was made."""
        from agent_desktop.ui.ticket.complaint import ComplaintPanel

        self._panel = panel = page.panel(ComplaintPanel)
        panel.looked_at.connect(self._look_at)
        panel.deed_wanted.connect(self._do)
        panel.typed.connect(self._typed)

    def rows_changed(self, change: ScopeChanged) -> None:
        if change.entities and not CONCERNS & change.entities:
            return
        if self._ticket_id:
            self.concerned.emit()
        if not change.entities or "compensation" in change.entities:
            self._read_asked()

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _save(self, typed: tuple[str, Mapping[str, str]]) -> None:
        complaints = self._rooms.complaints
        self._background.store.do(lambda: complaints.keep(*typed), failed=self._failed)

    # ---- the panel --------------------------------------------------------------------------------------------

    def _look_at(self, ticket_id: str) -> None:
        if ticket_id != self._ticket_id:
            self.save_now()
        self._ticket_id = ticket_id
        self._read()

    def _read(self) -> None:
        rooms, ticket_id = self._rooms, self._ticket_id

        def read() -> tuple[ComplaintSheet | None, Mapping[str, str]]:
            return rooms.complaint_sheets.of(ticket_id), rooms.complaints.begun(ticket_id)

        self._background.store.do(read, lambda found: self._show(ticket_id, *found), self._failed, replaces="complaint")

    def _show(self, ticket_id: str, sheet: ComplaintSheet | None, begun: Mapping[str, str]) -> None:
        if self._panel is None or ticket_id != self._ticket_id or not self._panel.is_of(ticket_id):
            return
        self._sheet = sheet
        self._panel.show_complaint(sheet, self._names(), begun)

    def _typed(self, values: Mapping[str, str]) -> None:
        self._unsaved.keep((self._ticket_id, values))

    # ---- deeds ------------------------------------------------------------------------------------------------

    def _do(self, wish: ComplaintWish) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._unsaved.forget()
        complaints = self._rooms.complaints
        self._background.store.do(lambda: carry_out(wish, sheet, complaints), lambda _: self._done(), self._not_done)

    def _done(self) -> None:
        if self._panel is not None:
            self._panel.done()
        self.saved.emit()
        self._read()
        self._read_asked()

    def _not_done(self, error: Exception) -> None:
        """Nothing was kept: what was typed stays where it is."""
        words = explain(error)
        self.told.emit(words)
        if self._panel is not None:
            self._panel.form.frame.fault.say(words)

    # ---- what waits for a decision ----------------------------------------------------------------------------

    def _read_asked(self) -> None:
        sheets = self._rooms.complaint_sheets
        self._background.store.do(
            lambda: (sheets.asked(), sheets.own()),
            lambda found: self._show_asked(*found),
            self._failed,
            replaces="asked",
        )

    def _show_asked(self, asked: Given, own: Given) -> None:
        before, self._known = self._known, {one.id: one.state for one, _ in (*asked, *own)}
        self._asked = asked
        self.counted.emit(len(asked))
        if self._shows_asked:
            self._window.pages.attention.show_asked([self._line(given, ticket) for given, ticket in asked])
        if before is not None:
            self._tell(before, asked, own)

    def _tell(self, before: Mapping[str, CompensationState], asked: Given, own: Given) -> None:
        """What was not so when it was read last."""
        since = self._rooms.clock() - FRESH
        for given, ticket in asked:
            if given.id not in before and given.asked_at >= since:
                self.told.emit(self._request(given, ticket))
        for given, ticket in own:
            if before.get(given.id) is CompensationState.ASKED and given.state is not CompensationState.ASKED:
                self.told.emit(self._answer(given, ticket))

    def _turned_to(self, page: Page) -> None:
        was_shown, self._shows_asked = self._shows_asked, page is Page.ATTENTION
        if self._shows_asked and not was_shown:
            if not self._is_connected:
                self._is_connected = True
                self._window.pages.attention.ticket_wanted.connect(self.ticket_wanted)
            self._window.pages.attention.show_asked([self._line(given, ticket) for given, ticket in self._asked])

    def _line(self, given: Compensation, ticket: Ticket | None) -> Line:
        subject = given.reason if ticket is None else f"{ticket.subject} · {given.reason}"
        who, moment = self._names().person(given.asked_by), self._formats.moment(given.asked_at, self._rooms.clock())
        lead = "" if ticket is None else ticket_name(ticket)
        return Line(
            given.ticket_id,
            masking.text(subject),
            lead,
            self._formats.money(given.amount_fen),
            "warn",
            f"{who} · {moment}",
        )

    def _request(self, given: Compensation, ticket: Ticket | None) -> str:
        said = self.tr("{who} asks for a compensation of {amount} for {ticket}: it waits for your decision.")
        return said.format(
            who=self._names().person(given.asked_by),
            amount=self._formats.money(given.amount_fen),
            ticket="?" if ticket is None else ticket_name(ticket),
        )

    def _answer(self, given: Compensation, ticket: Ticket | None) -> str:
        is_granted = given.state is CompensationState.GRANTED
        said = (
            self.tr("The compensation of {amount} for {ticket} was granted by {who}.")
            if is_granted
            else self.tr("The compensation of {amount} for {ticket} was refused by {who}: “{why}”")
        )
        return said.format(
            who=self._names().person(given.decided_by or ""),
            amount=self._formats.money(given.amount_fen),
            ticket="?" if ticket is None else ticket_name(ticket),
            why=given.decision_reason,
        )

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
