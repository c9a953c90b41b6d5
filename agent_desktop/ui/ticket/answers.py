"""What the ticket says: its description, and what its own edition of the form asked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import type_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.words import value_of_field
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.widgets.parts import Label
from agent_model.form_filling import Shelf
from agent_model.ticket import Ticket


class AnswersPanel(TicketPanel):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Description"))
        self.description = Label("body", wraps=True)
        self.description.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._asked: QWidget | None = None
        self._shown: Sequence[tuple[str, str]] = ()
        self.edition = Label("hint")
        self.body.addWidget(self.description)
        self.body.addWidget(self.edition)

    @property
    def answers(self) -> Sequence[tuple[str, str]]:
        """Labels and values as they stand on the screen."""
        return self._shown

    def show_ticket(self, seen: Seen) -> None:
        """With the edition that the ticket names, however many there were since."""
        ticket = seen.sheet.ticket
        self.description.say(masking.cards(ticket.description))
        self.description.setVisible(bool(ticket.description))
        self._show_asked(self._values(ticket, seen.shelf, seen.names))
        form = None if ticket.details is None else seen.shelf.of(ticket.details.form)
        words = self.tr("Form “{type}”, edition {edition}")
        self.edition.say(words.format(type=type_word(form.type), edition=form.edition) if form is not None else "")
        self.edition.setVisible(form is not None)
        self.setVisible(bool(ticket.description or self._shown))

    def _show_asked(self, asked: Sequence[tuple[str, str]]) -> None:
        if asked == self._shown:
            return
        self._shown = asked
        if self._asked is not None:
            self._asked.deleteLater()
        self._asked = QWidget()
        grid = QGridLayout(self._asked)
        px = self._look.px
        grid.setContentsMargins(0, px(6), 0, px(2))
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (label, words) in enumerate(asked):
            grid.addWidget(Label("meta", label), row, 0, top)
            grid.addWidget(Label("body", words, wraps=True), row, 1, top)
        self.body.insertWidget(self.body.indexOf(self.edition), self._asked)

    def _values(self, ticket: Ticket, shelf: Shelf, names: Directory) -> Sequence[tuple[str, str]]:
        """Every value the ticket has: those of its edition in its order, and any other under its key."""
        if ticket.details is None:
            return ()
        values, form = ticket.details.values, shelf.of(ticket.details.form)
        fields = form.fields if form is not None else ()
        known = [
            (
                field.label.in_language(self._formats.language),
                value_of_field(field, values[field.key], self._formats, names.product),
            )
            for field in fields
            if field.key in values
        ]
        keys = {field.key for field in fields}
        return [*known, *((key, str(value)) for key, value in values.items() if key not in keys)]
