"""The cards beside the timeline: open tickets, products, notes.

Wishes: `ticket_taken(id)`, `new_ticket_wanted`, `note_written(text)`.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import product_word, status_word, ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.time_left import time_left
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.card_warning import CardWarning
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer import Note, OwnedProduct
from agent_model.ticket import Ticket, TicketType

TICKETS_SHOWN = 4
PRODUCTS_SHOWN = 6
NOTES_SHOWN = 3


class TicketsCard(Card):
    ticket_taken = Signal(str)
    new_ticket_wanted = Signal()
    promise_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Open tickets"))
        self._tickets: tuple[Ticket, ...] = ()
        self.new = Button(look, self.tr("New"), "plus", kind="ghost", size="compact")
        self.new.setAccessibleName(self.tr("New ticket"))
        self.new.setToolTip("Ctrl+N")
        self.new.clicked.connect(self.new_ticket_wanted)
        self.promise = Button(look, self.tr("Callback"), "phone-forward", kind="ghost", size="compact")
        self.promise.setAccessibleName(self.tr("Promise a callback"))
        self.promise.setToolTip("Ctrl+B")
        self.promise.clicked.connect(self.promise_wanted)
        self.add_to_head(self.promise)
        self.add_to_head(self.new)
        self._lines = Lines(look, self.tr("Open tickets"))
        self._lines.taken.connect(self.ticket_taken)
        self._nothing = Label("hint", self.tr("No open ticket."))
        self._more = Label("hint")
        for widget in (self._lines, self._nothing, self._more):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    @property
    def shown(self) -> tuple[Ticket, ...]:
        """All that are open, also those that the card has no room for."""
        return self._tickets

    def show_tickets(self, tickets: tuple[Ticket, ...], now: datetime) -> None:
        self._tickets = tickets
        self.tick(now)
        self._nothing.setVisible(not tickets)
        rest = len(tickets) - TICKETS_SHOWN
        self._more.say(self.tr("In the tickets tab: {count} more").format(count=rest))
        self._more.setVisible(rest > 0)

    def tick(self, now: datetime) -> None:
        """The time that is left; the list changes only where a word does."""
        lines: list[Line] = []
        for ticket in self._tickets[:TICKETS_SHOWN]:
            word, tone = status_word(ticket.status)
            left = time_left(ticket, now)
            line = Line(
                ticket.id,
                masking.text(ticket.subject),
                ticket_name(ticket),
                word,
                tone,
                left.words,
                left.token,
                left.icon,
            )
            lines.append(line)
        self._lines.show_lines(lines)


class LeadsCard(Card):
    """Open opportunities: tickets of their own type, so that nobody sells what a colleague is about to sell."""

    ticket_taken = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Opportunities"))
        self._formats = formats
        self._directory = Directory()
        self._lines = Lines(look, self.tr("Opportunities"))
        self._lines.taken.connect(self.ticket_taken)
        self.body.addWidget(self._lines)
        self.body.addStretch(1)
        self.hide()

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def show_tickets(self, tickets: tuple[Ticket, ...]) -> bool:
        """Whether there is one among these."""
        leads = [ticket for ticket in tickets if ticket.type is TicketType.LEAD][:TICKETS_SHOWN]
        lines: list[Line] = []
        for ticket in leads:
            word, tone = status_word(ticket.status)
            owner = self._directory.person(ticket.owner) if ticket.owner else ""
            lines.append(Line(ticket.id, masking.text(ticket.subject), pill=word, tone=tone, at_right=owner))
        self._lines.show_lines(lines)
        return bool(leads)


class ProductsCard(Card):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Products"))
        self._formats = formats
        self._lines = Lines(look, self.tr("Products"))
        self._nothing = Label("hint", self.tr("No product."), wraps=True)
        self._why, self._is_empty = "", True
        self.body.addWidget(self._lines)
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    def show_products(self, products: tuple[OwnedProduct, ...]) -> None:
        lines: list[Line] = []
        for n, product in enumerate(products[:PRODUCTS_SHOWN]):
            word, tone = product_word(product.status)
            name = f"{product.name} × {product.quantity}" if product.quantity > 1 else product.name
            lines.append(Line(str(n), name, pill=word, tone=tone, at_right=self._at_right(product), pill_at_right=True))
        self._lines.show_lines(lines)
        self._is_empty = not products
        self._show_what_may_be()

    def withhold(self, why: str) -> None:
        """Says why nothing is shown; empty: everything is."""
        self._why = why
        self._show_what_may_be()

    def _show_what_may_be(self) -> None:
        self._lines.setVisible(not self._why)
        self._nothing.say(self._why or self.tr("No product."))
        self._nothing.setVisible(bool(self._why) or self._is_empty)

    def _at_right(self, product: OwnedProduct) -> str:
        if product.remaining is not None:
            return self.tr("{count} left").format(count=self._formats.count(product.remaining))
        if product.until is not None:
            return self.tr("until {month}").format(month=self._formats.month(product.until))
        return ""


class NotesCard(Card):
    note_written = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Notes"))
        self._formats = formats
        self._directory = Directory()
        self.add = Button(look, self.tr("Add"), "plus", kind="ghost", size="compact")
        self.add.setAccessibleName(self.tr("Add a note"))
        self.add.clicked.connect(self._open)
        self.add_to_head(self.add)
        self._is_whole = False
        self._shown: tuple[tuple[Note, ...], datetime] | None = None
        self._texts = [(Label("body", wraps=True), Label("hint")) for _ in range(NOTES_SHOWN)]
        self._whole: dict[Label, str] = {}
        self._nothing = Label("hint", self.tr("No note."))
        self.field = Field(look, self.tr("New note"), self.tr("Write a note, Enter saves it"), "note")
        self.field.entered.connect(self._save)
        self.field.left.connect(self.put_away)
        self.field.hide()
        row = QHBoxLayout()
        row.addWidget(self.field)
        self.body.addLayout(row)
        self.card_warning = CardWarning(look, self.field)
        self.body.addWidget(self.card_warning)
        for text, about in self._texts:
            self.body.addWidget(text)
            self.body.addWidget(about)
            text.hide()
            about.hide()
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    @property
    def texts(self) -> tuple[Label, ...]:
        """What the notes say, the newest first."""
        return tuple(text for text, _ in self._texts)

    def whole_text(self, text: Label) -> str:
        """What one of the notes says, with the numbers that can be called."""
        return self._whole.get(text, "")

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def be_whole(self, *, is_whole: bool) -> None:
        """Shows the notes with every number in them, for as long as the agent's look is on record."""
        self._is_whole = is_whole
        if self._shown is not None:
            self.show_notes(*self._shown)

    def show_notes(self, notes: tuple[Note, ...], now: datetime) -> None:
        self._shown = notes, now
        newest = sorted(notes, key=lambda note: note.at, reverse=True)[:NOTES_SHOWN]
        for n, (text, about) in enumerate(self._texts):
            is_there = n < len(newest)
            text.setVisible(is_there)
            about.setVisible(is_there)
            if is_there:
                self._whole[text] = newest[n].text
                text.say(newest[n].text if self._is_whole else masking.text(newest[n].text))
                who = self._directory.person(newest[n].author)
                about.say(f"{who} · {self._formats.moment(newest[n].at, now)}")
        self._nothing.setVisible(not newest)

    def _open(self) -> None:
        self.field.show()
        self.field.setFocus()

    @property
    def begun(self) -> str:
        """A note that is being written."""
        return self.field.text().strip()

    def put_away(self) -> None:
        """What was begun belongs to the customer who was shown, so it goes with them."""
        self.field.clear()
        self.field.hide()

    def _save(self) -> None:
        text = self.field.text().strip()
        if text:
            self.note_written.emit(text)
        self.put_away()
