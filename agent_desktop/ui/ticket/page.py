"""The page of one ticket in the centre: the head with its deeds, the form of a deed, and the panels.

Values: `show_ticket(Seen)`, `show_gone(words)`, `tick(now)`, `be_wide(is_wide)`. Wishes: `wished(Wish)`,
`ticket_wanted(id)`, `customer_wanted(id)`, `print_wanted`, `left`. `panel(kind)` gives the panel of a matter to the
desk that wires it.
"""

from datetime import datetime
from typing import TypeVar, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.deed_form import DeedForm
from agent_desktop.ui.ticket.deeds import Deed
from agent_desktop.ui.ticket.head import HeadPanel
from agent_desktop.ui.ticket.panel import Column, Seen, TicketPanel
from agent_desktop.ui.ticket.panels import PANELS
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label

P = TypeVar("P", bound=TicketPanel)


class TicketPage(QFrame):
    wished = Signal(object)
    ticket_wanted = Signal(str)
    customer_wanted = Signal(str)
    left = Signal()
    print_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look = look
        self.ticket_id = ""
        self.seen: Seen | None = None
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Ticket"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = HeadPanel(look, formats)
        self.form = DeedForm(look, formats)
        self.blank = Card(look, self.tr("Ticket"))
        self.gone = Label("meta", wraps=True)
        self.blank.body.addWidget(self.gone)
        self._panels = {kind: kind(look, formats) for kind in PANELS}
        self.panels: tuple[TicketPanel, ...] = (self.head, self.form, *self._panels.values())
        self._lay_out()
        for panel in self.panels:
            panel.wished.connect(self.wished)
            panel.ticket_wanted.connect(self.ticket_wanted)
        self.head.form_wanted.connect(self._open_form)
        self.head.customer_wanted.connect(self.customer_wanted)
        self.head.left.connect(self.left)
        self.head.print.clicked.connect(self.print_wanted)

    def _lay_out(self) -> None:
        px = self._look.px
        self._inside = QWidget()
        columns = {column: QVBoxLayout() for column in Column}
        for panel in self._panels.values():
            columns[panel.column].addWidget(panel)
        for column in columns.values():
            column.setSpacing(px(10))
            column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(px(10))
        self._columns.addLayout(columns[Column.MAIN], 3)
        self._columns.addLayout(columns[Column.SIDE], 2)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(10))
        inside.addWidget(self.form)
        inside.addLayout(self._columns, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.tr("Ticket"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, most: inside.setContentsMargins(0, 0, 0 if most else px(10), 0))
        inside.setContentsMargins(0, 0, px(10), 0)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(px(12), px(12), px(2), px(12))  # the bar stands in the margin
        column_of_all.setSpacing(px(10))
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, px(10), 0)
        above.addWidget(self.head)
        column_of_all.addLayout(above)
        column_of_all.addWidget(self._scroll, 1)
        column_of_all.addWidget(self.blank)
        self.blank.hide()

    def panel(self, kind: type[P]) -> P:
        return cast("P", self._panels[kind])

    def show_ticket(self, seen: Seen) -> None:
        ticket_id = seen.sheet.ticket.id
        if ticket_id != self.ticket_id:
            self.leave()
            self.ticket_id = ticket_id
            self._scroll.verticalScrollBar().setValue(0)
        self.seen = seen
        self._show_blank(is_blank=False)
        for panel in self.panels:
            panel.show_ticket(seen)

    def show_gone(self, words: str) -> None:
        """The ticket is not here, or not any more."""
        self.ticket_id = ""
        self.gone.say(f"{words} {self.tr('Escape leads back.')}")
        self.setFocus()
        self._show_blank(is_blank=True)

    def leave(self) -> None:
        self.ticket_id, self.seen = "", None
        for panel in self.panels:
            panel.leave()

    def tick(self, now: datetime) -> None:
        for panel in self.panels:
            panel.tick(now)

    def be_wide(self, *, is_wide: bool) -> None:
        """Two columns where there is room for them."""
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self.head.be_wide(is_wide=is_wide)

    def press(self, deed: Deed) -> None:
        """As the deed's button or key does."""
        if deed is Deed.COMMENT:
            self._open_form(deed, None)
        else:
            self.head.press(deed)

    def submit(self) -> None:
        """What is being typed, by Ctrl+Return."""
        focus = self.focusWidget() or self
        if any(panel.isAncestorOf(focus) and panel.keep_typed() for panel in self.panels):
            return
        if self.form.isVisible():
            self.form.frame.submit()
        else:
            self.panel(CommentsPanel).submit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open_form(self, deed: Deed, value: object) -> None:
        if deed is Deed.COMMENT:
            comments = self.panel(CommentsPanel)
            comments.start()
            self._scroll.ensureWidgetVisible(comments.area)
        else:
            self.form.open(deed, value)  # type: ignore[arg-type]
            self._scroll.verticalScrollBar().setValue(0)

    def _show_blank(self, *, is_blank: bool) -> None:
        self.blank.setVisible(is_blank)
        self.head.setVisible(not is_blank)
        self._scroll.setVisible(not is_blank)
