"""Notices: brief ones over the bottom of the centre, and the list behind the bell that keeps them all.

`NoticesPage.show_notices(notices, now)`; wish `notice_taken(key)`. `Toasts.show_toast(Notice)`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role
from agent_desktop.ui.widgets.spoken import announce

SHOWN_FOR_MS = 6_000
AT_ONCE = 2


class Weight(StrEnum):
    """DONE, INFO and WARNING pass by; TROUBLE stays in the list in red."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Notice:
    key: str
    weight: Weight
    words: str
    at: datetime
    detail: str = ""
    is_unread: bool = True


_FACES = {
    Weight.DONE: ("check-circle", "ok"),
    Weight.INFO: ("info", "accent_text"),
    Weight.WARNING: ("warning", "warn"),
    Weight.TROUBLE: ("x-circle", "bad"),
}


class NoticesPage(QFrame):
    notice_taken = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._notices: tuple[Notice, ...] = ()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Notices"))
        self._model = QStandardItemModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowDelegate(look, self._view))
        self._view.setAccessibleName(self.tr("Notices"))
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.activated.connect(self._take)
        self._nothing = Label("hint", self.tr("No notices."))
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(10))
        inside.addWidget(self._view)
        inside.addWidget(self._nothing)
        inside.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.addWidget(Label("name", self.tr("Notices")))
        column.addWidget(card, 1)

    def show_notices(self, notices: tuple[Notice, ...], now: datetime) -> None:
        """Newest first."""
        self._notices = notices
        self._model.clear()
        for notice in notices:
            icon, token = _FACES[notice.weight]
            item = QStandardItem(notice.words)
            when = self._formats.moment(notice.at, now)
            item.setData(Row(notice.words, notice.detail, icon, token, when, is_unread=notice.is_unread), row_role())
            self._model.appendRow(item)
        self._view.setVisible(bool(notices))
        self._nothing.setVisible(not notices)

    def _take(self, index: QModelIndex) -> None:
        self.notice_taken.emit(self._notices[index.row()].key)


class Toasts(QWidget):
    """At most two at once, six seconds each, at the bottom left of the centre; they never take the focus."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._over = parent
        self._shown: list[_Toast] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        self.hide()
        parent.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._shown:
            self._place()
        return False

    def show_toast(self, notice: Notice) -> None:
        while len(self._shown) >= AT_ONCE:
            self._drop(self._shown[0])
        toast = _Toast(self._look, notice)
        toast.closed.connect(lambda: self._drop(toast))
        self._shown.append(toast)
        self._column.addWidget(toast)
        self._place()
        self.show()
        self.raise_()
        announce(self, notice.words)

    def clear(self) -> None:
        while self._shown:
            self._drop(self._shown[0])

    def _drop(self, toast: "_Toast") -> None:
        if toast not in self._shown:
            return
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        if self._shown:
            self._place()
        else:
            self.hide()

    def _place(self) -> None:
        parent = self._over
        width = min(self._look.px(380), parent.width() - self._look.px(24))
        height = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
        height = max(height, len(self._shown) * self._look.px(52))
        self.setGeometry(self._look.px(12), parent.height() - height - self._look.px(12), width, height)


class _Toast(QFrame):
    closed = Signal()

    def __init__(self, look: Look, notice: Notice) -> None:
        super().__init__()
        icon, token = _FACES[notice.weight]
        self.setProperty("role", "popover")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(8), look.px(6), look.px(8))
        row.setSpacing(look.px(10))
        row.addWidget(Glyph(look, icon, token, 18))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label("row", notice.words, wraps=True))
        if notice.detail:
            column.addWidget(Label("meta", notice.detail, wraps=True))
        row.addLayout(column, 1)
        close = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.closed)
        row.addWidget(close)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.closed)
        timer.start(SHOWN_FOR_MS)
