"""My queues now: who waits, how long, and how many were answered in time."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue of mine now. `target` is the service level to keep, `is_late` when somebody waits too long.

    `waiting` is None while nobody tells: the server is away, or has no exchange to ask.
    """

    name: str
    waiting: int | None
    longest_wait_s: int | None
    service_level: float | None
    target: float = 0.9
    is_late: bool = False


class QueueTable(QWidget):
    """My queues: waiting, longest wait, service level. Painted: it changes every few seconds."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._queues: tuple[QueueLine, ...] = ()
        self._heads = (self.tr("Waiting"), self.tr("Longest"), self.tr("In time"))
        self._title = self.tr("Queues")
        self.setToolTip(self.tr("In time: share of today's callers answered within the queue's time limit."))
        self.setAccessibleName(self._title)

    def show_queues(self, queues: tuple[QueueLine, ...]) -> None:
        if queues == self._queues:
            return
        changed_height = len(queues) != len(self._queues)
        self._queues = queues
        self.setAccessibleDescription(
            "; ".join(
                self.tr("{queue}: {waiting} waiting").format(queue=queue.name, waiting=_count(queue.waiting))
                for queue in queues
            )
        )
        if changed_height:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(46) + self._look.px(26) * max(1, len(self._queues)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - px(14)
        columns = (right - px(112), right - px(56), right)
        head = QRect(px(14), px(14), px(120), px(22))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font(14, QFont.Weight.DemiBold))
        painter.setPen(look.colour("text"))
        painter.drawText(head, middle, self._title)
        painter.setFont(look.font(12))
        painter.setPen(look.colour("sec"))
        for edge, words in zip(columns, self._heads, strict=True):
            painter.drawText(
                QRect(edge - px(70), head.top(), px(70), head.height()), middle | Qt.AlignmentFlag.AlignRight, words
            )
        top = head.bottom() + px(2)
        for queue in self._queues:
            self._paint_queue(painter, queue, top, columns)
            top += px(26)
        if not self._queues:
            painter.setPen(look.colour("muted"))
            painter.drawText(QRect(px(14), top, self.width(), px(26)), middle, self.tr("No queue yet"))

    def _paint_queue(self, painter: QPainter, queue: QueueLine, top: int, columns: tuple[int, int, int]) -> None:
        look, px = self._look, self._look.px
        line = QRect(px(14), top, columns[0] - px(14) - px(26), px(26))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("muted" if queue.waiting is None else "bad_solid" if queue.is_late else "ok_dot"))
        painter.drawEllipse(px(14), line.center().y() - px(3), px(8), px(8))
        name = line.adjusted(px(14), 0, 0, 0)
        painter.setFont(look.font(13, QFont.Weight.Medium))
        painter.setPen(look.colour("text"))
        metrics = painter.fontMetrics()
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(queue.name, Qt.TextElideMode.ElideRight, name.width()),
        )
        is_met = queue.service_level is None or queue.service_level >= queue.target
        level = "muted" if queue.service_level is None else "ok" if is_met else "bad"
        cells = (
            (_count(queue.waiting), "muted" if queue.waiting is None else "text", QFont.Weight.DemiBold),
            (
                self._formats.duration(queue.longest_wait_s) if queue.longest_wait_s is not None else NOTHING,
                "bad" if queue.is_late else "muted",
                QFont.Weight.DemiBold if queue.is_late else QFont.Weight.Normal,
            ),
            (self._formats.percent(queue.service_level), level, QFont.Weight.DemiBold),
        )
        for edge, (words, token, weight) in zip(columns, cells, strict=True):
            painter.setFont(look.font(13, weight))
            painter.setPen(look.colour(token))
            cell = QRect(edge - px(60), top, px(60), px(26))
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)


def _count(waiting: int | None) -> str:
    return NOTHING if waiting is None else str(waiting)
