"""A ticket as it was filed, with what its own edition of the form asked: over the window; Escape closes it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.tickets.forms_filling import Shelf
from agent_desktop.ui.customer.field_words import type_word
from agent_desktop.ui.customer.words import priority_word, status_word, ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.forms.words import value_of_field
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.parts import Label
from agent_model.ticket import Priority, Ticket, TicketType

WIDTH_PX, HEIGHT_PX = 480, 520


class TicketSheet(QFrame):
    def __init__(self, look: Look, formats: Formats, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look, self._formats = look, formats
        px = look.px
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Ticket"))
        self.setFixedSize(px(WIDTH_PX), px(HEIGHT_PX))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.tr("Ticket"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(12), px(16))
        column.addWidget(self._scroll)

    def show_ticket(self, ticket: Ticket, shelf: Shelf, names: Directory) -> None:
        """With the edition that the ticket names, however many there were since."""
        px = self._look.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        column.addWidget(Label("name", ticket.subject, wraps=True))
        about = (
            ticket_name(ticket),
            type_word(TicketType(ticket.type)),
            status_word(ticket.status)[0],
            priority_word(Priority(ticket.priority)),
            names.category(ticket.category),
        )
        column.addWidget(Label("meta", " · ".join(filter(None, about)), wraps=True))
        column.addWidget(Label("body", ticket.description, wraps=True))
        asked = self._asked(ticket, shelf, names)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        for row, (label, words) in enumerate(asked):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label("meta", label, wraps=True), row, 0, top)
            grid.addWidget(Label("body", words, wraps=True), row, 1, top)
        column.addLayout(grid)
        form = None if ticket.details is None else shelf.of(ticket.details.form)
        if form is not None:
            words = self.tr("Form “{type}”, edition {edition}")
            column.addWidget(Label("hint", words.format(type=type_word(form.type), edition=form.edition)))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def open_over(self, window: QWidget) -> None:
        centre = window.mapToGlobal(window.rect().center())
        self.move(centre.x() - self.width() // 2, centre.y() - self.height() // 2)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _asked(self, ticket: Ticket, shelf: Shelf, names: Directory) -> Sequence[tuple[str, str]]:
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
