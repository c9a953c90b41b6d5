"""The agent's own calls of 90 days: search, by kind, and a call back with one key or one click.

Values: `show_lines(lines, has_more)`, `add_lines`, `show_trouble`. Wishes: `asked()` when other calls are wanted
(`typed`, `which`), `more_wanted()` at the end of those shown, `call_wanted(number)`, `customer_wanted(id)`.
"""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from agent_desktop.day import Which
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.history.rows import HistoryDelegate, HistoryLine, HistoryModel, columns
from agent_desktop.ui.widgets.controls import Field, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import row_role

PAUSE_MS = 120


class HistoryPage(QFrame):
    asked = Signal()
    more_wanted = Signal()
    call_wanted = Signal(str)
    customer_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._has_more = self._is_stale = False
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Call history"))
        self.search = Field(look, self.tr("Search calls"), self.tr("Name, pinyin or number"), "search")
        self.search.setFixedWidth(look.px(300))
        self.kinds = Segments(
            self.tr("Which calls"),
            (
                (Which.ALL, self.tr("All"), "accent"),
                (Which.MISSED, self.tr("Missed"), "bad"),
                (Which.IN, self.tr("In"), "accent"),
                (Which.OUT, self.tr("Out"), "accent"),
            ),
        )
        self.kinds.setFixedWidth(look.px(320))
        self.kinds.choose(Which.ALL)
        self.list = _Calls(look)
        self._head = _Head(look)
        self._nothing = Label("hint", "", wraps=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Call history")))
        top.addStretch(1)
        top.addWidget(self.kinds)
        top.addWidget(self.search)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(10), px(6), px(10), px(8))
        inside.setSpacing(0)
        for widget in (self._head, self._nothing):
            inside.addWidget(widget)
        inside.addWidget(self.list, 1)
        self._foot = Label("hint", self.tr("Enter calls back · Ctrl+Enter opens the customer · kept for 90 days here"))
        inside.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._ask_later)
        self._pause.timeout.connect(self.asked)
        self.search.stepped.connect(self.list.step)
        self.search.entered.connect(self.list.setFocus)
        self.search.left.connect(self.search.clear)
        self.kinds.chosen.connect(self.asked)
        self.list.call_wanted.connect(self._call)
        self.list.customer_wanted.connect(self.customer_wanted)
        self.list.verticalScrollBar().valueChanged.connect(self._look_for_the_end)

    @property
    def typed(self) -> str:
        return self.search.text().strip()

    @property
    def which(self) -> Which:
        return Which(self.kinds.value)

    @property
    def lines(self) -> tuple[HistoryLine, ...]:
        """Those that are shown, the latest first."""
        return self.list.calls.lines

    def show_lines(self, lines: tuple[HistoryLine, ...], *, has_more: bool) -> None:
        """Instead of those before. The one that was chosen stays so where it is among them."""
        self._has_more, self._is_stale = has_more, False
        self.list.show_lines(lines)
        self._nothing.say(self._why_empty())
        for widget in (self.list, self._head, self._foot):
            widget.setVisible(bool(lines))
        self._nothing.setVisible(not lines)

    def add_lines(self, lines: tuple[HistoryLine, ...], *, has_more: bool) -> None:
        """Behind those that are shown."""
        self._has_more = has_more
        self.list.calls.add_lines(lines)

    def show_trouble(self, words: str) -> None:
        """They could not be read."""
        self.show_lines((), has_more=False)
        self._nothing.say(words)

    def _ask_later(self) -> None:
        self._is_stale = True
        self._pause.start()

    def _call(self, number: str) -> None:
        """Nobody is called who is about to make room for what was typed."""
        if not self._is_stale:
            self.call_wanted.emit(number)

    def _why_empty(self) -> str:
        if self.typed:
            return self.tr("No call was found. Try part of a name, its pinyin or some digits.")
        if self.which is Which.MISSED:
            return self.tr("No call was missed.")
        return self.tr("No calls yet. They appear here as soon as they are over.")

    def _look_for_the_end(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if self._has_more and value > bar.maximum() - 3 * bar.pageStep():
            self._has_more = False
            self.more_wanted.emit()


class _Calls(QListView):
    """Arrow keys choose; Return, a double click or a click on the telephone calls back; Ctrl+Return opens the
    customer."""

    call_wanted = Signal(str)
    customer_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.calls = HistoryModel()
        self.setModel(self.calls)
        self.setItemDelegate(HistoryDelegate(look, self))
        self.setAccessibleName(self.tr("Calls"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self._call(index))

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        before = self._line(self.currentIndex())
        self.calls.show_lines(lines)
        keys = [line.key for line in lines]
        row = keys.index(before.key) if before is not None and before.key in keys else 0
        self.setCurrentIndex(self.calls.index(row) if lines else QModelIndex())

    def step(self, by: int) -> None:
        row = self.currentIndex().row() + by
        if 0 <= row < self.calls.rowCount():
            self.setCurrentIndex(self.calls.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            line = self._line(self.currentIndex())
            if line is not None and line.customer_id:
                self.customer_wanted.emit(line.customer_id)
        else:
            self._call(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and columns(self.visualRect(index), self._look).call.contains(at):
            self._call(index)

    def _call(self, index: QModelIndex) -> None:
        line = self._line(index)
        if line is not None and line.number:
            self.call_wanted.emit(line.number)

    def _line(self, index: QModelIndex) -> HistoryLine | None:
        line = index.data(row_role()) if index.isValid() else None
        return line if isinstance(line, HistoryLine) else None


class _Head(QWidget):
    """What stands in each column."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = (
            self.tr("Who"),
            self.tr("What became of it"),
            self.tr("Number shown"),
            self.tr("Sound"),
            self.tr("Duration"),
            self.tr("When"),
        )

    def sizeHint(self) -> QSize:
        return QSize(100, self._look.px(30))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._look.font(12, QFont.Weight.Medium))
        painter.setPen(self._look.colour("muted"))
        at = columns(QRect(0, 0, self.width(), self.height()), self._look)
        boxes = (at.who, at.outcome, at.shown, at.quality, at.duration, at.when)
        for box, words in zip(boxes, self._words, strict=True):
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(self._look.colour("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
