"""Queues and teams of the wallboard, a line each: painted, because they change every few seconds. The columns share the
room, so that no figure stands far from its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import LEFT, RIGHT, Painted
from agent_desktop.ui.wallboard.words import ICONS, TONES, grade_word
from agent_desktop.ui.widgets.parts import ink
from agent_model.floor_bound import Grade

HEAD_PX: Final = 58
ROW_PX: Final = 28
EDGE_PX: Final = 14
ICON_PX: Final = 12
GAP_PX: Final = 6
NAME_PARTS: Final = 2.0
JUDGED_PARTS: Final = 1.2
"""How many columns wide the name is, and what says how all of it stands."""


@dataclass(frozen=True, slots=True)
class Cell:
    words: str
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """`grade` is how all of it stands, None where nobody judges that."""

    id: str
    name: str
    cells: Sequence[Cell]
    grade: Grade | None = None


class Table(Painted):
    """`taken` carries the id of a row that was pressed."""

    taken = Signal(str)

    def __init__(self, look: Look, title: str, heads: Sequence[str]) -> None:
        """The first of `heads` stands over the names."""
        super().__init__(look, title)
        self._title, self._heads = title, tuple(heads)
        self.rows: Sequence[TableRow] = ()
        self._chosen, self._is_old, self._empty = "", False, ""
        self._lines = _Lines(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._lines)
        self._scroll.setAccessibleName(title)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._scroll)
        self._fit()

    def show_rows(self, rows: Sequence[TableRow], chosen: str, *, is_old: bool, empty: str) -> None:
        if (rows, chosen, is_old, empty) == (self.rows, self._chosen, self._is_old, self._empty):
            return
        self.rows, self._chosen, self._is_old, self._empty = rows, chosen, is_old, empty
        self._scroll.setAccessibleDescription("\n".join(self._in_words(row) for row in rows) or empty)
        self._fit()
        self.update()

    def grow(self, zoom: float) -> None:
        super().grow(zoom)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.px(400), self.px(HEAD_PX + 3 * ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(240), self.px(HEAD_PX + 2 * ROW_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = self.painter(), self.px
        title = QRectF(px(EDGE_PX), px(8), self.width() - 2 * px(EDGE_PX), px(22))
        self.write(painter, title, self._title, self.font_of(14, QFont.Weight.DemiBold), "text")
        boxes = self.boxes(self.width(), px(31), px(24))
        for n, (box, words) in enumerate(zip(boxes, self._heads, strict=False)):
            self.write(painter, box, words, self.font_of(12), "muted", RIGHT if n else LEFT)

    def boxes(self, width: float, top: float, height: float) -> list[QRectF]:
        """Of the name, of each figure and of how it stands."""
        judged = JUDGED_PARTS if any(row.grade is not None for row in self.rows) else 0.0
        figures = len(self._heads) - 1
        edge, gap = self.px(EDGE_PX), self.px(GAP_PX)
        part = (width - 2 * edge) / (NAME_PARTS + figures + judged)
        left, boxes = float(edge), []
        for parts in (NAME_PARTS, *[1.0] * figures, judged):
            boxes.append(QRectF(left, top, part * parts - gap, height))
            left += part * parts
        return boxes

    def paint_rows(self, painter: QPainter) -> None:
        if not self.rows:
            box = QRectF(self.px(EDGE_PX), 0, self.width() - 2 * self.px(EDGE_PX), self.px(ROW_PX))
            self.write(painter, box, self._empty, self.font_of(13), "muted")
        for n, row in enumerate(self.rows):
            self._paint_row(painter, row, n * self.px(ROW_PX))

    def row_at(self, y: float) -> None:
        n = int(y // self.px(ROW_PX))
        if n < len(self.rows):
            self.taken.emit(self.rows[n].id)

    def _paint_row(self, painter: QPainter, row: TableRow, top: float) -> None:
        px = self.px
        if row.id == self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("sel"))
            painter.drawRoundedRect(QRectF(px(6), top, self.width() - px(14), px(ROW_PX)), px(5), px(5))
        name, *figures, judged = self.boxes(self.width(), top, px(ROW_PX))
        self.write(painter, name, row.name, self.font_of(13, QFont.Weight.DemiBold), "text")
        for box, cell in zip(figures, row.cells, strict=True):
            is_off = cell.grade not in (None, Grade.FINE)
            token = "muted" if self._is_old else ink(TONES[cell.grade])[0] if cell.grade and is_off else "text"
            font = self.font_of(13, QFont.Weight.DemiBold if is_off else QFont.Weight.Normal)
            self.write(painter, box, cell.words, font, token, RIGHT)
            if cell.grade and is_off:
                width = painter.fontMetrics().horizontalAdvance(cell.words)
                side = px(ICON_PX)
                left = box.right() - width - side - px(3)
                self.draw_icon(painter, left, box.center().y() - side / 2, ICONS[cell.grade], token, ICON_PX)
        if row.grade is not None:
            self._paint_grade(painter, judged, row.grade)

    def _paint_grade(self, painter: QPainter, box: QRectF, grade: Grade) -> None:
        px = self.px
        token = "muted" if self._is_old else ink(TONES[grade])[0]
        left, side = box.left() + px(10), px(ICON_PX)
        self.draw_icon(painter, left, box.center().y() - side / 2, ICONS[grade], token, ICON_PX)
        words = QRectF(left + side + px(4), box.top(), box.right() + px(10) - left - side - px(4), box.height())
        self.write(painter, words, grade_word(grade), self.font_of(12, QFont.Weight.Medium), token)

    def _in_words(self, row: TableRow) -> str:
        told = [
            f"{head} {cell.words}" + (f" ({grade_word(cell.grade)})" if cell.grade not in (None, Grade.FINE) else "")
            for head, cell in zip(self._heads[1:], row.cells, strict=True)
        ]
        return f"{row.name}: {'; '.join(told)}"

    def _fit(self) -> None:
        self._column.setContentsMargins(1, self.px(HEAD_PX), 2, self.px(6))
        self._lines.setFixedHeight(max(1, len(self.rows)) * self.px(ROW_PX))
        self._lines.update()


class _Lines(QWidget):
    """What is scrolled: the table paints it."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._table.paint_rows(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.row_at(event.position().y())
