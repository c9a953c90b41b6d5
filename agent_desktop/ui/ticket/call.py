"""The call a ticket was written in, and its recording.

Values: beside `show_ticket` `show_call(Contact | None, Directory)`. Wishes: `call_wanted(Ticket)`, `left`.
"""

from PySide6.QtCore import Signal

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import contact_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.ticket.panel import Column, Seen, TicketPanel
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer import Contact


class CallPanel(TicketPanel):
    column = Column.SIDE
    call_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Call"))
        self._ticket = ""
        self.words = Label("body", wraps=True)
        self.player = RecordingPlayer(look, formats)
        self.body.addWidget(self.words)
        self.body.addWidget(self.player)
        self.hide()

    def show_ticket(self, seen: Seen) -> None:
        ticket = seen.sheet.ticket
        if ticket.id == self._ticket:
            return
        self.leave()
        self._ticket = ticket.id
        if ticket.call_ref is not None:
            self.call_wanted.emit(ticket)

    def show_call(self, contact: Contact | None, names: Directory) -> None:
        """The line of the timeline; None where it is not here."""
        self.setVisible(contact is not None)
        if contact is None:
            return
        who = names.person(contact.agent) if contact.agent else ""
        length = self._formats.duration(contact.duration_s) if contact.duration_s else ""
        facts = (contact_word(contact.kind), self._formats.full(contact.at), length, who)
        self.words.say(" · ".join(part for part in facts if part))

    def leave(self) -> None:
        self._ticket = ""
        self.hide()
        self.left.emit()
