"""The speed-dial list: favourites with what their telephones do now, and the calls that are parked.

Values: `show_entries`, `offer_targets` (whom one can add). Wishes: `taken(number)`, `added(number)`, `removed(number)`,
`moved(number, by)`.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.targets import Target, matching
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.speed_dial_rows import SpeedDialEntry, SpeedDialList


class SpeedDial(QWidget):
    taken = Signal(str)
    added = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entries: tuple[SpeedDialEntry, ...] = ()
        self._shown: tuple[SpeedDialEntry, ...] = ()
        self._targets: tuple[Target, ...] = ()
        self.setAccessibleName(self.tr("Speed dial"))
        self.add = Button(look, "", "plus", kind="ghost", size="compact", name=self.tr("Add to speed dial"))
        self.add.setCheckable(True)
        self.field = Field(look, self.tr("Whom to add"), self.tr("Name or number"), "search")
        self.field.hide()
        self.list = SpeedDialList(look)
        self._nothing = Label("hint", self.tr("Add colleagues, queues and numbers you often call."), wraps=True)
        self._nothing.setContentsMargins(look.px(7), 0, 0, look.px(6))
        px = look.px
        head = QHBoxLayout()
        head.setContentsMargins(px(7), 0, 0, 0)
        head.addWidget(Label("hint", self.tr("Speed dial")), 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(4), px(7), px(4))
        column.setSpacing(px(2))
        column.addLayout(head)
        for widget in (self.field, self.list, self._nothing):
            column.addWidget(widget)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.add.toggled.connect(self._begin)
        self.field.textChanged.connect(lambda _: self._show())
        self.field.stepped.connect(self.list.step)
        self.field.entered.connect(self._take_typed)
        self.field.left.connect(self._leave)
        self.list.taken.connect(self._take)
        self.list.menu_wanted.connect(self._open_menu)
        self.list.removed.connect(self._remove)
        self.list.moved.connect(self._move)

    def show_entries(self, entries: tuple[SpeedDialEntry, ...]) -> None:
        self._entries = entries
        self._show()

    def offer_targets(self, targets: tuple[Target, ...]) -> None:
        """People and queues that can be added by name."""
        self._targets = targets
        self._show()

    @property
    def shown(self) -> tuple[SpeedDialEntry, ...]:
        return self._shown

    def _show(self) -> None:
        offers = tuple(
            SpeedDialEntry(one.number, one.title, one.kind, is_offer=True)
            for one in matching(self._targets, self.field.text())
        )
        self._shown = offers if self.add.isChecked() else self._entries
        self.list.show_rows(tuple((one, self._word(one)) for one in self._shown))
        self.list.setVisible(bool(self._shown))
        self._nothing.setVisible(not self._shown and not self.add.isChecked())

    def _word(self, entry: SpeedDialEntry) -> str:
        if entry.is_parked:
            return self.tr("Fetch")
        match entry.lamp:
            case Lamp.FREE:
                return self.tr("Free")
            case Lamp.RINGING:
                return self.tr("Rings")
            case Lamp.IN_CALL:
                return self.tr("In a call")
            case Lamp.UNKNOWN:
                return self.tr("Unknown")
            case None:
                return ""

    def _begin(self, is_adding: bool) -> None:
        self.field.setVisible(is_adding)
        self.field.clear()
        self._show()
        if is_adding:
            self.field.setFocus()

    def _leave(self) -> None:
        self.add.setChecked(False)
        self.add.setFocus()

    def _take_typed(self) -> None:
        """The suggestion for a name, or the digits as they stand."""
        typed = self.field.text().strip()
        row = self.list.currentIndex().row()
        is_number = any(sign.isdigit() for sign in typed)
        number = typed if is_number else self._shown[row].number if 0 <= row < len(self._shown) else ""
        if number:
            self._add(number)

    def _add(self, number: str) -> None:
        self._leave()
        self.added.emit(number)

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._shown):
            return
        if self.add.isChecked():
            self._add(self._shown[row].number)
        else:
            self.taken.emit(self._shown[row].number)

    def _own(self, row: int) -> SpeedDialEntry | None:
        """What the agent may move and take away."""
        entry = self._shown[row] if 0 <= row < len(self._shown) else None
        return None if entry is None or entry.is_parked or entry.is_offer else entry

    def _remove(self, row: int) -> None:
        entry = self._own(row)
        if entry is not None:
            self.removed.emit(entry.number)

    def _move(self, row: int, by: int) -> None:
        entry = self._own(row)
        if entry is not None:
            self.moved.emit(entry.number, by)

    def menu_of(self, row: int) -> QMenu | None:
        """What can be done with it; None where nothing can."""
        entry = self._own(row)
        if entry is None:
            return None
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Call {who}").format(who=entry.title)).triggered.connect(lambda: self._take(row))
        menu.addSeparator()
        menu.addAction(self.tr("Move up")).triggered.connect(lambda: self._move(row, -1))
        menu.addAction(self.tr("Move down")).triggered.connect(lambda: self._move(row, 1))
        menu.addAction(self.tr("Remove from speed dial")).triggered.connect(lambda: self._remove(row))
        return menu

    def _open_menu(self, row: int, at: QPoint) -> None:
        menu = self.menu_of(row)
        if menu is not None:
            menu.popup(at)
