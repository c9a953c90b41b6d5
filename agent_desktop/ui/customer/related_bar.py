"""Below the customer: somebody of their household or company has something open. Nothing above it moves when it comes.

Value: `show_trouble(Related | None)`. Wish: `ticket_wanted(id)`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.customers import masking
from agent_desktop.customers.relations import Related
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.relation_words import side_word
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, plain_tip
from agent_model.ticket import TicketType


class RelatedBar(Card):
    ticket_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._ticket_id = ""
        self.setAccessibleName(self.tr("Household and company"))
        self._words = Label("body", elides=True)
        self.open = Button(look, self.tr("Open the ticket"), "ticket", size="compact")
        self.open.clicked.connect(lambda: self.ticket_wanted.emit(self._ticket_id))
        px = look.px
        self.body.setContentsMargins(px(14), px(8), px(10), px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Glyph(look, "users", "warn", 18))
        row.addWidget(self._words, 1)
        row.addWidget(self.open)
        self.body.addLayout(row)
        self.hide()

    @property
    def is_needed(self) -> bool:
        return bool(self._ticket_id)

    @property
    def words(self) -> str:
        return self._words.full_text

    def show_trouble(self, related: Related | None) -> None:
        """`related` has something open."""
        ticket = None if related is None else related.trouble
        self._ticket_id = "" if ticket is None else ticket.id
        if related is None or related.other is None or ticket is None:
            return
        told = (
            self.tr("{side} {name} has an open complaint: {ticket} {subject}")
            if ticket.type is TicketType.COMPLAINT
            else self.tr("{side} {name} has an open ticket: {ticket} {subject}")
        )
        subject = masking.text(ticket.subject)
        words = told.format(
            side=side_word(related.side), name=related.other.name, ticket=ticket_name(ticket), subject=subject
        )
        self._words.say(words)
        self._words.setToolTip(plain_tip(words))
        self.setAccessibleDescription(words)
