"""Articles found or suggested: title, a line of text with the words marked, and why it is suggested."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.knowledge.hits import Range
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Tone, ink, paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_marked, row_role


@dataclass(frozen=True, slots=True)
class Hit:
    """One article as it is painted: `badge` is a warning beside its date, `why` says why it is in the list, with an
    icon in a tone."""

    article_id: str
    title: str
    title_marks: tuple[Range, ...]
    snippet: str
    marks: tuple[Range, ...]
    when: str
    why: str = ""
    icon: str = "sparkles"
    tone: Tone = "vio"
    badge: str = ""
    badge_tone: Tone = "warn"


class HitList(QListView):
    """Arrow keys choose, `opened` on Return or a double click, `chosen` when another is current."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_HitDelegate(look, self))
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(0)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentChanged.connect(self._choose)

    @property
    def current_id(self) -> str:
        row = self.currentIndex().row()
        return self._hits[row].article_id if 0 <= row < len(self._hits) else ""

    @property
    def ids(self) -> tuple[str, ...]:
        """From above to below."""
        return tuple(hit.article_id for hit in self._hits)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """The best one is chosen. The same hits again keep the choice that was made among them."""
        is_same = {hit.article_id for hit in hits} == {hit.article_id for hit in self._hits}
        kept = self.current_id if is_same else ""
        self._hits = tuple(hits)
        self._model.setRowCount(len(hits))
        for n, hit in enumerate(hits):
            item: QStandardItem | None = self._model.item(n)
            if item is None:
                item = QStandardItem()
                self._model.setItem(n, item)
            item.setText(hit.title)
            item.setData(hit, row_role())
            spoken = ", ".join(part for part in (hit.title, hit.badge, hit.why, hit.snippet, hit.when) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        row = next((n for n, hit in enumerate(hits) if hit.article_id == kept), 0)
        self.setCurrentIndex(self._model.index(row, 0) if hits else QModelIndex())
        self.chosen.emit(self.current_id)

    def step(self, by: int) -> None:
        row = self.currentIndex().row() + by
        if 0 <= row < len(self._hits):
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            self.opened.emit(self._hits[row].article_id)

    def _choose(self, *_: object) -> None:
        self.chosen.emit(self.current_id)


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: HitList) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(row_role())
        return QSize(100, self._look.px(80 if isinstance(hit, Hit) and hit.why else 62))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(row_role())
        if not isinstance(hit, Hit):
            return
        look, px = self._look, self._look.px
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        card = QRectF(box).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(look.colour("accent_text" if is_current else "border"))
        painter.setBrush(look.colour("sel" if is_current else "subtle"))
        painter.drawRoundedRect(card, px(8), px(8))
        inner = box.adjusted(px(11), px(8), -px(11), -px(7))
        self._paint_hit(painter, inner, hit)
        painter.restore()

    def _paint_hit(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        look, px = self._look, self._look.px
        when_font = look.font(12)
        width = QFontMetrics(when_font).horizontalAdvance(hit.when) + px(10)
        line = QRect(box.left(), box.top(), box.width(), px(20))
        painter.setFont(when_font)
        painter.setPen(look.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hit.when)
        if hit.badge:
            badge = pill_size(look, hit.badge)
            width += badge.width()
            place = QRectF(line.right() - width + 1, line.top(), badge.width(), badge.height())
            paint_pill(painter, look, place, hit.badge, hit.badge_tone)
            width += px(6)
        title_font = look.font(13, QFont.Weight.DemiBold)
        paint_marked(painter, look, line.adjusted(0, 0, -width, 0), hit.title, hit.title_marks, title_font, "text")
        below = line.translated(0, px(21))
        paint_marked(painter, look, below, hit.snippet, hit.marks, look.font(12), "sec")
        if hit.why:
            why = below.translated(0, px(19))
            ink_token, _ = ink(hit.tone)
            pixmap = look.pixmap(hit.icon, ink_token, 13, painter.device().devicePixelRatioF())
            painter.drawPixmap(why.left(), why.center().y() - px(6), pixmap)
            paint_marked(painter, look, why.adjusted(px(18), 0, 0, 0), hit.why, (), look.font(12), ink_token)
