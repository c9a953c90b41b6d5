"""Notices, and the list behind the bell that keeps them all: `show_notices(notices, now)`; wish `notice_taken(key)`,
`alert_seen(key)`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label, page_name
from agent_desktop.ui.widgets.rows import Index, Row, RowDelegate, row_role

WHEN_PX = 150
"""Room for the moment at the right of a row, in any language."""


class Weight(StrEnum):
    """DONE, INFO and WARNING pass by; TROUBLE stays in the list in red until it is over."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    TROUBLE = "trouble"


class Matter(StrEnum):
    """What a notice is about, where that comes to an end by itself."""

    LINE = "line"
    PHONE = "phone"
    ACCOUNT = "account"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    RECORDINGS = "recordings"
    EXCHANGE = "exchange"
    VERSION = "version"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Notice:
    """`over_at`: since when what it says does not hold any more; `ticket`, `article`, `alert`: the id of the one it is
    about; `seen`: who looks after the alert."""

    key: str
    weight: Weight
    words: str
    at: datetime
    detail: str = ""
    is_unread: bool = True
    matter: Matter | None = None
    over_at: datetime | None = None
    ticket: str = ""
    article: str = ""
    alert: str = ""
    seen: str = ""


SEE_KEYS: Final = "Alt+Z"
"""As on the agent board, where it answers who asks for help, too."""
_FACES = {
    Weight.DONE: ("check-circle", "ok"),
    Weight.INFO: ("info", "accent_text"),
    Weight.WARNING: ("warning", "warn"),
    Weight.TROUBLE: ("x-circle", "bad"),
}


def face_of(notice: Notice) -> tuple[str, str]:
    """(icon, colour token); quiet once somebody looks after it, or its matter is over."""
    if notice.over_at is not None:
        return "check-circle", "muted"
    return ("eye", "sec") if notice.seen else _FACES[notice.weight]


class NoticesPage(QFrame):
    notice_taken = Signal(str)
    alert_seen = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._notices: tuple[Notice, ...] = ()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Notices"))
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_NoticeDelegate(look, self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("Notices"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.activated.connect(self._take)
        see = QShortcut(QKeySequence(SEE_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        see.activated.connect(self._see)
        self._nothing = Label("hint", self.tr("No notices."))
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(10))
        inside.addWidget(self.list)
        inside.addWidget(self._nothing)
        inside.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(page_name(look, self.tr("Notices")))
        column.addWidget(card, 1)

    def show_notices(self, notices: tuple[Notice, ...], now: datetime) -> None:
        """Newest first."""
        chosen = self.list.currentIndex().row()
        key = self._notices[chosen].key if 0 <= chosen < len(self._notices) else ""
        self._notices = notices
        self._model.clear()
        for notice in notices:
            icon, token = face_of(notice)
            detail = notice.detail or self._way_on(notice)
            if notice.over_at is not None:
                detail = self.tr("Over since {moment}").format(moment=self._formats.moment(notice.over_at, now))
            item = QStandardItem(notice.words)
            when = self._formats.moment(notice.at, now)
            item.setData(Row(notice.words, detail, icon, token, when, is_unread=notice.is_unread), row_role())
            spoken = ", ".join(part for part in (notice.words, detail, when) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
            if notice.key == key:
                self.list.setCurrentIndex(item.index())
        self.list.setVisible(bool(notices))
        self._nothing.setVisible(not notices)

    def _way_on(self, notice: Notice) -> str:
        if notice.ticket:
            return self.tr("Enter opens the ticket")
        if notice.alert and notice.seen:
            return self.tr("{seen} · Enter goes there").format(seen=notice.seen)
        if notice.alert:
            return self.tr("Enter goes there · {keys} says that you see to it").format(keys=SEE_KEYS)
        return self.tr("Enter opens the article") if notice.article else ""

    def _see(self) -> None:
        """To the alert that is chosen."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._notices) and self._notices[row].alert:
            self.alert_seen.emit(self._notices[row].key)

    def _take(self, index: QModelIndex) -> None:
        self.notice_taken.emit(self._notices[index.row()].key)


class _NoticeDelegate(RowDelegate):
    """A row as tall as its sentences: what is to be done stands at their end."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(look, view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, px = index.data(row_role()), self._look.px
        width = self._view.viewport().width()
        lines = self._words_height(row.title, width) + (px(18) if row.detail else 0)
        return QSize(100, max(px(46), lines + px(14)))

    def _cut(self, box: QRect, row: Row) -> list[str]:
        return []  # sentences go on in the next line

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        px = self._look.px
        box = QRect(box.left(), box.top(), self._room(self._view.viewport().width()), box.height())
        height = self._words_height(row.title, self._view.viewport().width())
        top = box.top() + (box.height() - height - (px(18) if row.detail else 0)) // 2
        painter.setFont(self._font())
        painter.setPen(self._look.colour("text"))
        painter.drawText(QRect(box.left(), top, box.width(), height), int(Qt.TextFlag.TextWordWrap), row.title)
        if row.detail:
            below = QRect(box.left(), top + height, box.width(), px(18))
            self._line(painter, below, row.detail, self._look.font(12), "sec")

    def _font(self) -> QFont:
        return self._look.font(13, QFont.Weight.Medium)

    def _room(self, width: int) -> int:
        """Between the icon at the left and the moment at the right."""
        return max(1, width - self._look.px(8 + 16 + 9 + WHEN_PX))

    def _words_height(self, words: str, width: int) -> int:
        box = QRect(0, 0, self._room(width), 10_000)
        return QFontMetrics(self._font()).boundingRect(box, int(Qt.TextFlag.TextWordWrap), words).height()
