"""Workstations of people who have to do with one complaint, each with the complaint's panel before them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent_desktop import resources
from agent_desktop.customers.follow_ups import FollowUps
from agent_desktop.tickets.complaint_sheet import ComplaintSheet, ComplaintSheets
from agent_desktop.tickets.complaints import Complaints
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.promises import TicketPromises
from agent_desktop.tickets.work import TicketWork
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.ticket.complaint import ComplaintPanel
from agent_desktop.ui.ticket.complaint_deeds import ComplaintDeed, ComplaintWish, carry_out
from agent_desktop.ui.ticket.complaint_form import ComplaintForm
from agent_model.ticket import Place, Ticket, TicketStatus
from tests.desktop.sync.seat import Seat, seat
from tests.fakes import SetClock, counting_ids


@dataclass
class Worker:
    """One person: `seat` is the workstation, `panel` what stands on its screen."""

    seat: Seat
    sheets: ComplaintSheets
    complaints: Complaints
    panel: ComplaintPanel
    follow_ups: FollowUps
    work: TicketWork

    def sync(self) -> None:
        self.seat.sync()

    def complain(
        self, customer_id: str | None, subject: str, category: str = "complaint/service", **source: Any
    ) -> Ticket:
        """`source`, `source_case` and `source_since` as they are typed into the ticket's form."""
        draft = TicketDraft("call", customer_id, subject=subject, category=category, description=subject, **source)
        ticket = self.seat.desk.file(self.seat.drafts.save(draft))
        self.sync()
        return ticket

    def look(self, ticket_id: str) -> ComplaintSheet:
        """The panel with the ticket as it is here now."""
        self.sync()
        sheet = self.sheets.of(ticket_id)
        assert sheet is not None
        self.panel.show_complaint(sheet, Directory(), {})
        return sheet

    def do(self, ticket_id: str, deed: ComplaintDeed, fill: Callable[[ComplaintForm], None] = lambda _: None) -> None:
        """Presses the deed's button, fills its form and keeps it, as the keyboard does; sent when this returns."""
        sheet = self.look(ticket_id)
        button = self.panel.button(deed)
        assert not button.isHidden(), f"{deed} is not offered"
        wishes: list[ComplaintWish] = []
        connection = self.panel.deed_wanted.connect(wishes.append)
        button.click()
        if self.panel.form.deed is not None:
            fill(self.panel.form)
            self.panel.form.frame.submit()
        self.panel.deed_wanted.disconnect(connection)
        assert wishes, self.panel.form.frame.fault.full_text
        carry_out(wishes[0], sheet, self.complaints)
        self.panel.done()
        self.sync()

    def link(self, ticket_id: str, other_id: str) -> None:
        """Takes the offered likeness."""
        sheet = self.look(ticket_id)
        wishes: list[ComplaintWish] = []
        connection = self.panel.deed_wanted.connect(wishes.append)
        self.panel.doors.offers[other_id].click()
        self.panel.deed_wanted.disconnect(connection)
        carry_out(wishes[0], sheet, self.complaints)
        self.sync()

    def hand_over(self, ticket_id: str, department: str) -> None:
        ticket = self.look(ticket_id).ticket
        self.work.hand_over(ticket, Place(ticket.queue, department), "转派")
        self.sync()

    def offers(self, ticket: Ticket, status: TicketStatus) -> bool:
        """Whether the page of the ticket offers this state."""
        sheet = self.work.sheet(ticket.id)
        return sheet is not None and status in [move.after for move in sheet.moves]

    def move(self, ticket: Ticket, status: TicketStatus) -> str:
        """The next state of the ticket; why the server would not have it, or nothing."""
        self.sync()
        current = self.seat.desk.ticket(ticket.id)
        assert current is not None
        self.work.move(current, status, "按流程处理")
        self.sync()
        return next((refused.reason for refused in self.seat.desk.refused()), "")

    def close(self) -> None:
        self.panel.hide()
        self.panel.deleteLater()
        self.seat.close()


def worker(folder: Path, address: str, login: str, clock: SetClock) -> Worker:
    taken = seat(folder / login, address, login)
    taken.clock.now = clock.now
    taken.sync()
    promises = TicketPromises(taken.view, clock)
    panel = ComplaintPanel(Look(resources.folder(), "light"), Formats("en"))
    sheets = ComplaintSheets(taken.view, taken.agent, clock, promises.with_clocks)
    return Worker(
        taken,
        sheets,
        Complaints(taken.view, taken.agent.id, clock, counting_ids(f"{login}-")),
        panel,
        FollowUps(taken.view, taken.agent, clock, counting_ids(f"{login}-visit-")),
        TicketWork(
            taken.view,
            taken.agent,
            clock,
            counting_ids(f"{login}-work-"),
            promises.with_clocks,
            sheets.may_close,
        ),
    )
