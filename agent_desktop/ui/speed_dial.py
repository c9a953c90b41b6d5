"""The speed-dial list: favourites with what their telephones do now, and the calls that are parked.

Values: `show_entries`, `offer_targets` (whom one can add). Wishes: `taken(number)`, `added(number)`, `removed(number)`,
`moved(number, by)`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.targets import Target, TargetKind, matching
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Index, row_role

ROW_PX = 30
MOST_ROWS = 6
"""More are scrolled."""

_ICONS = {
    TargetKind.PERSON: "user",
    TargetKind.QUEUE: "users",
    TargetKind.FAVOURITE: "phone",
    TargetKind.RECENT: "phone",
}
_TONES = {Lamp.UNKNOWN: "muted", Lamp.FREE: "ok", Lamp.RINGING: "warn", Lamp.IN_CALL: "bad"}
_SIGNS = {Lamp.UNKNOWN: "help", Lamp.FREE: "check-circle", Lamp.RINGING: "bell", Lamp.IN_CALL: "phone-call"}


@dataclass(frozen=True, slots=True)
class SpeedDialEntry:
    """`number` is what is dialled, `title` a name or the number as it may be shown. `lamp` None: nobody watches it.
    `is_parked`: a caller who waits in a parking place."""

    number: str
    title: str
    kind: TargetKind = TargetKind.FAVOURITE
    lamp: Lamp | None = None
    is_parked: bool = False
    is_offer: bool = False


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
        self.list = _Entries(look)
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


class _Entries(QListView):
    """Return or a click takes one, Delete takes it away, Ctrl+Up and Ctrl+Down move it."""

    taken = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_EntryDelegate(look, self))
        self.setAccessibleName(self.tr("Speed dial"))
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    def show_rows(self, rows: tuple[tuple[SpeedDialEntry, str], ...]) -> None:
        before = self.currentIndex().data(row_role()) if self.currentIndex().isValid() else None
        numbers = [entry.number for entry, _ in rows]
        self._model.setRowCount(len(rows))
        for n, (entry, word) in enumerate(rows):
            item: QStandardItem | None = self._model.item(n)
            if item is None:
                item = QStandardItem()
                self._model.setItem(n, item)
            if item.data(row_role()) != (entry, word):
                item.setData((entry, word), row_role())
                item.setText(entry.title)
                item.setData(
                    ", ".join(part for part in (entry.title, word) if part), Qt.ItemDataRole.AccessibleTextRole
                )
        if before is not None and before[0].number in numbers:
            self.setCurrentIndex(self._model.index(numbers.index(before[0].number), 0))
        elif rows and rows[0][0].is_offer:
            self.setCurrentIndex(self._model.index(0, 0))
        self.setFixedHeight(self._look.px(ROW_PX) * min(MOST_ROWS, len(rows)) + 2)

    def step(self, by: int) -> None:
        row = self.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit(row)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(row)
        elif is_control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(row, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        chosen: QModelIndex = index if index.isValid() else self.currentIndex()
        self.menu_wanted.emit(chosen.row(), self.viewport().mapToGlobal(at))


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, word = index.data(row_role())
        look, px, box = self._look, self._look.px, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box, entry)
        ratio = painter.device().devicePixelRatioF()
        tone = "accent_text" if entry.is_parked else _TONES[entry.lamp or Lamp.UNKNOWN]
        icon = "plus" if entry.is_offer else "park" if entry.is_parked else _ICONS[entry.kind]
        painter.drawPixmap(box.left() + px(8), box.center().y() - px(8) + 1, look.pixmap(icon, "muted", 16, ratio))
        font, words = look.font(12, QFont.Weight.Medium), QFontMetrics(look.font(12, QFont.Weight.Medium))
        width = words.horizontalAdvance(word) + 2
        right = box.right() - px(8) - width
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(QRect(right, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, word)
        if entry.lamp is not None:
            right -= px(18)
            sign = look.pixmap(_SIGNS[entry.lamp], tone, 14, ratio)
            painter.drawPixmap(right, box.center().y() - px(7) + 1, sign)
        title = QRect(box.left() + px(33), box.top(), right - box.left() - px(39), box.height())
        font = look.font(13, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        fits = QFontMetrics(font).elidedText(entry.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, fits)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, entry: SpeedDialEntry) -> None:
        look, state = self._look, option.state
        token = "accent_bg" if entry.is_parked else "hover" if state & QStyle.StateFlag.State_MouseOver else ""
        if token:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(token))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), look.px(7), look.px(7))
        is_lit = entry.is_offer and state & QStyle.StateFlag.State_Selected
        if state & QStyle.StateFlag.State_HasFocus or is_lit:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.colour("accent_text"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 2, -1, -2), look.px(7), look.px(7))
