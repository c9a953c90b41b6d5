"""The rows of the speed-dial list: what one says, which keys it hears, how it is painted."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.targets import TargetKind
from agent_desktop.ui.widgets.rows import Index, paint_focus, paint_ground, paint_line, row_role

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


class SpeedDialList(QListView):
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
        font = look.font(12, QFont.Weight.Medium)
        width = QFontMetrics(font).horizontalAdvance(word) + 2
        right = box.right() - px(8) - width
        paint_line(painter, look, QRect(right, box.top(), width, box.height()), word, font, tone)
        if entry.lamp is not None:
            right -= px(18)
            sign = look.pixmap(_SIGNS[entry.lamp], tone, 14, ratio)
            painter.drawPixmap(right, box.center().y() - px(7) + 1, sign)
        title = QRect(box.left() + px(33), box.top(), right - box.left() - px(39), box.height())
        paint_line(painter, look, title, entry.title, look.font(13, QFont.Weight.Medium), "text")
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, entry: SpeedDialEntry) -> None:
        state = option.state
        token = "accent_bg" if entry.is_parked else "hover" if state & QStyle.StateFlag.State_MouseOver else ""
        if token:
            paint_ground(painter, self._look, QRectF(box).adjusted(0, 1, 0, -1), token)
        is_lit = entry.is_offer and state & QStyle.StateFlag.State_Selected
        if state & QStyle.StateFlag.State_HasFocus or is_lit:
            paint_focus(painter, self._look, QRectF(box).adjusted(1, 2, -1, -2))
