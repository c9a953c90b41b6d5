"""The head of a ticket's page: number, subject, state, time left, whose it is; the bar of deeds below."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import field_word, type_word
from agent_desktop.ui.customer.words import priority_word, status_word, ticket_name
from agent_desktop.ui.ticket.deeds import ICONS, KEYS, Deed, MoveTo, Take, Watch, deed_word, offered
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.time_left import time_left
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, Pill
from agent_model.ticket import Priority, TicketType
from agent_model.ticket_flow import Move

IN_A_ROW = 5
FACTS = ("customer_id", "owner", "queue", "department", "category", "created_at")


class HeadPanel(TicketPanel):
    """`form_wanted(Deed, value)`: something has to be typed first; of a move the status it goes to.
    `customer_wanted(id)`, `left`: back to where one came from."""

    form_wanted = Signal(object, object)
    customer_wanted = Signal(str)
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats)
        px = look.px
        self._seen: Seen | None = None
        self.back = Button(look, "", "arrow-left", kind="ghost", name=self.tr("Back"), tip="Esc")
        self.back.clicked.connect(self.left)
        self.print = Button(look, self.tr("Print"), kind="ghost", size="compact", tip="Ctrl+P")
        self.print.setAccessibleDescription("Ctrl+P")
        self.number = Label("meta")
        self.subject = Label("name", wraps=True)
        self.status = Pill(look)
        self.kind = Label("meta")
        self.priority = Pill(look)
        self._left_icon = Glyph(look, "timer", "muted", 14)
        self.time_left = Label("meta")
        self.reason = Label("hint", wraps=True)
        self.unsent = Label("hint", "", "warn", wraps=True)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for widget in (self.back, self.number, self.status, self.kind, self.priority, self._left_icon, self.time_left):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.print)
        self.body.addLayout(line)
        for label in (self.subject, self.reason, self.unsent):
            self.body.addWidget(label)
        self.facts = {name: Label("body", elides=True) for name in FACTS[1:]}
        self.customer = Button(look, "", kind="link", name=self.tr("Open the customer"))
        self.customer.clicked.connect(self._open_customer)
        self.body.addLayout(self._grid())
        self.bar = QWidget()
        self.bar.setAccessibleName(self.tr("What can be done"))
        self._bar = QGridLayout(self.bar)
        self._bar.setContentsMargins(0, px(6), 0, 0)
        self._bar.setSpacing(px(6))
        self._bar.setColumnStretch(len(Deed), 1)
        self._is_wide = False
        self.deeds = {deed: self._deed_button(deed) for deed in Deed}
        for at, button in enumerate(self.deeds.values()):
            self._bar.addWidget(button, at // IN_A_ROW, at % IN_A_ROW)
        self.body.addWidget(self.bar)
        self.moves = QMenu(self)
        self.offered_moves: tuple[Move, ...] = ()
        self.moves.setAccessibleName(deed_word(Deed.MOVE))

    def _grid(self) -> QGridLayout:
        px = self._look.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(3))
        for at, name in enumerate(FACTS):
            row, column = divmod(at, 3)
            grid.addWidget(Label("meta", field_word(name)), row, column * 2)
            left = Qt.AlignmentFlag.AlignLeft
            if name == "customer_id":
                grid.addWidget(self.customer, row, column * 2 + 1, left)
            else:
                grid.addWidget(self.facts[name], row, column * 2 + 1)
        for column in range(3):
            grid.setColumnStretch(column * 2 + 1, 1)
        return grid

    def _deed_button(self, deed: Deed) -> Button:
        kind = "primary" if deed is Deed.TAKE else "plain"
        button = Button(self._look, deed_word(deed), ICONS[deed], kind=kind, size="compact", tip=KEYS[deed])
        button.setAccessibleDescription(KEYS[deed])
        button.clicked.connect(lambda: self.press(deed))
        return button

    def show_ticket(self, seen: Seen) -> None:
        self._seen = seen
        sheet, ticket, names = seen.sheet, seen.sheet.ticket, seen.names
        self.number.say(ticket_name(ticket))
        self.subject.say(masking.cards(ticket.subject))
        self.status.show_as(*status_word(ticket.status))
        self.kind.say(type_word(TicketType(ticket.type)))
        is_urgent = ticket.priority in (Priority.HIGH, Priority.URGENT)
        self.priority.show_as(priority_word(ticket.priority), "bad" if is_urgent else "neutral")
        self.reason.say(self.tr("Reason: {reason}").format(reason=masking.cards(ticket.status_reason or "")))
        self.reason.setVisible(bool(ticket.status_reason))
        words = self.tr("Not sent yet: {count}. Others see it once the server has it.")
        self.unsent.say(words.format(count=len(sheet.unsent)) if sheet.unsent else "")
        self.unsent.setVisible(bool(sheet.unsent))
        customer = sheet.customer.name if sheet.customer is not None else NOTHING
        self.customer.setText(customer)
        self.customer.setEnabled(sheet.customer is not None)
        self.facts["owner"].say(names.person(ticket.owner) if ticket.owner else self.tr("Nobody yet"))
        self.facts["queue"].say(names.queue(ticket.queue))
        self.facts["department"].say(names.department(ticket.department))
        self.facts["category"].say(names.category(ticket.category))
        by = names.person(ticket.created_by)
        self.facts["created_at"].say(f"{by} · {self._formats.moment(ticket.created_at, seen.now)}")
        possible = offered(sheet, seen.me)
        for deed, button in self.deeds.items():
            button.setVisible(deed in possible)
        self._fill_bar()
        is_watching = seen.me in ticket.watchers
        watch = self.deeds[Deed.WATCH]
        watch.wear("plain", "eye-off" if is_watching else "eye", self._watch_word(is_watching=is_watching))
        self.tick(seen.now)

    def be_wide(self, *, is_wide: bool) -> None:
        """In a narrow window the deeds stand in two rows, each with its word."""
        self._is_wide = is_wide
        self._fill_bar()

    def _fill_bar(self) -> None:
        shown = [button for button in self.deeds.values() if not button.isHidden()]
        most = len(Deed) if self._is_wide else IN_A_ROW
        for at, button in enumerate(shown):
            self._bar.addWidget(button, at // most, at % most)

    def tick(self, now: datetime) -> None:
        if self._seen is None:
            return
        left = time_left(self._seen.sheet.ticket, now)
        self.time_left.say(left.words, left.token if left.token != "muted" else "")
        self._left_icon.show_icon(left.icon or "timer", left.token)
        for widget in (self._left_icon, self.time_left):
            widget.setVisible(left.words != NOTHING)

    def press(self, deed: Deed) -> None:
        """As its button does; nothing where it is not offered."""
        seen = self._seen
        if seen is None or deed not in offered(seen.sheet, seen.me):
            return
        match deed:
            case Deed.TAKE:
                self.wished.emit(Take())
            case Deed.WATCH:
                self.wished.emit(Watch(is_on=seen.me not in seen.sheet.ticket.watchers))
            case Deed.MOVE:
                self._offer_moves(seen.sheet.moves)
            case _:
                self.form_wanted.emit(deed, None)

    def _offer_moves(self, moves: tuple[Move, ...]) -> None:
        """Beneath its button; a letter or the arrow keys choose one."""
        self.moves.clear()
        self.offered_moves = moves
        for move in moves:
            words = status_word(move.after)[0]
            action = QAction(f"{words}…" if move.needs_reason else words, self.moves)
            action.triggered.connect(self._chosen(move))
            self.moves.addAction(action)
        button = self.deeds[Deed.MOVE]
        self.moves.popup(button.mapToGlobal(button.rect().bottomLeft()))
        self.moves.setActiveAction(self.moves.actions()[0])

    def _chosen(self, move: Move) -> Callable[[], None]:
        if move.needs_reason:
            return lambda: self.form_wanted.emit(Deed.MOVE, move.after)
        return lambda: self.wished.emit(MoveTo(move.after))

    def _open_customer(self) -> None:
        if self._seen is not None and self._seen.sheet.customer is not None:
            self.customer_wanted.emit(self._seen.sheet.customer.id)

    def _watch_word(self, *, is_watching: bool) -> str:
        return self.tr("Stop watching") if is_watching else deed_word(Deed.WATCH)
