"""The timeline: contacts and tickets, newest first, by day. A list with a delegate; a widget a row would cost seconds.

Wishes: `earlier_wanted(moment)` when the end comes into view, `entry_taken(TimelineEntry)`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.customers.profile import Timeline, TimelineEntry
from agent_desktop.ui.customer.words import CONTACT_ICONS, contact_word, status_word, ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.parts import Tone, ink, paint_pill, pill_size
from agent_model.customer import Contact, ContactKind
from agent_model.ticket import Ticket

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class Shown(StrEnum):
    ALL = "all"
    TICKETS = "tickets"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One painted row; `heading` alone is a line between days."""

    heading: str = ""
    icon: str = ""
    tone: Tone = "neutral"
    title: str = ""
    pill: str = ""
    pill_tone: Tone = "neutral"
    text: str = ""
    when: str = ""
    full_when: str = ""
    is_last_of_day: bool = False
    entry: TimelineEntry | None = None


class TimelineModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TimelineRow, ...] = ()

    def show_rows(self, rows: tuple[TimelineRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def add_rows(self, rows: tuple[TimelineRow, ...]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self._rows[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading or row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.full_when, row.text) if part)
        return ", ".join(part for part in (row.heading, row.title, row.pill, row.text, row.full_when) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TimelineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TimelineRow = index.data(ROW_ROLE)
        return QSize(100, self._look.px(30) if row.heading else self._look.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TimelineRow = index.data(ROW_ROLE)
        look, px = self._look, self._look.px
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            painter.setFont(look.font(12))
            painter.setPen(look.colour("muted"))
            painter.drawText(box.adjusted(px(16), px(6), 0, 0), Qt.AlignmentFlag.AlignVCenter, row.heading)
        else:
            self._paint_focus(painter, option, box)
            self._paint_mark(painter, box, row)
            self._paint_words(painter, box, row)
        painter.restore()

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state: QStyle.StateFlag = option.state
        if not state & QStyle.StateFlag.State_HasFocus:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sel"))
        inner = QRectF(box).adjusted(self._look.px(8), 1, -self._look.px(6), -1)
        painter.drawRoundedRect(inner, self._look.px(7), self._look.px(7))

    def _paint_mark(self, painter: QPainter, box: QRect, row: TimelineRow) -> None:
        look, px = self._look, self._look.px
        text_token, ground_token = ink(row.tone)
        side = px(28)
        left, top = box.left() + px(16), box.top() + px(6)
        if not row.is_last_of_day:
            painter.setPen(look.colour("border"))
            middle = left + side // 2
            painter.drawLine(middle, top + side + px(4), middle, box.bottom() + px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground_token))
        painter.drawEllipse(left, top, side, side)
        pixmap = look.pixmap(row.icon, text_token, 15, painter.device().devicePixelRatioF())
        inset = (side - px(15)) // 2
        painter.drawPixmap(left + inset, top + inset, pixmap)

    def _paint_words(self, painter: QPainter, box: QRect, row: TimelineRow) -> None:
        look, px = self._look, self._look.px
        when_font = look.font(12)
        when_width = QFontMetrics(when_font).horizontalAdvance(row.when) + 2
        right = box.right() - px(14)
        left = box.left() + px(56)
        line = QRect(left, box.top() + px(7), right - left, px(22))
        painter.setFont(when_font)
        painter.setPen(look.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.when)
        title_font = look.font(13, QFont.Weight.DemiBold)
        metrics = QFontMetrics(title_font)
        pill = pill_size(look, row.pill) if row.pill else QSize(0, 0)
        room = line.width() - when_width - px(14) - (pill.width() + px(8) if row.pill else 0)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, max(px(30), room))
        painter.setFont(title_font)
        painter.setPen(look.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        if row.pill:
            at = line.left() + metrics.horizontalAdvance(title) + px(8)
            top = line.center().y() - pill.height() / 2 + 1
            paint_pill(painter, look, QRectF(at, top, pill.width(), pill.height()), row.pill, row.pill_tone)
        body = QRect(left, line.bottom(), right - left, px(20))
        body_font = look.font(13)
        painter.setFont(body_font)
        painter.setPen(look.colour("sec"))
        fits = QFontMetrics(body_font).elidedText(row.text, Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, Qt.AlignmentFlag.AlignVCenter, fits)


class TimelineView(QListView):
    earlier_wanted = Signal(object)
    entry_taken = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._directory = Directory()
        self._entries: tuple[TimelineEntry, ...] = ()
        self._earlier_than: datetime | None = None
        self._asked: datetime | None = None
        self._shown = Shown.ALL
        self._now = datetime.now().astimezone()
        self._rows = TimelineModel()
        self.setModel(self._rows)
        self.setItemDelegate(TimelineDelegate(look, self))
        self.setAccessibleName(self.tr("Timeline"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().valueChanged.connect(self._ask_when_at_end)
        self.doubleClicked.connect(self._take)

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        return self._entries

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def show_timeline(self, timeline: Timeline, now: datetime) -> None:
        self._entries, self._earlier_than, self._now = timeline.entries, timeline.earlier_than, now
        self._asked = None
        self._rows.show_rows(self._written(self._entries, ""))
        self.scrollToTop()

    def add_earlier(self, timeline: Timeline) -> None:
        """The next page, asked for by `earlier_wanted`."""
        last = self._heading(self._entries[-1].at) if self._entries else ""
        self._entries += timeline.entries
        self._earlier_than = timeline.earlier_than
        self._rows.add_rows(self._written(timeline.entries, last))

    def show_only(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self._rows.show_rows(self._written(self._entries, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask_when_at_end(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self._earlier_than is None or self._asked == self._earlier_than or value < bar.maximum() - self.height():
            return
        self._asked = self._earlier_than
        self.earlier_wanted.emit(self._earlier_than)

    def _take(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if isinstance(row, TimelineRow) and row.entry is not None:
            self.entry_taken.emit(row.entry)

    def _written(self, entries: tuple[TimelineEntry, ...], heading: str) -> tuple[TimelineRow, ...]:
        wanted = [entry for entry in entries if self._is_shown(entry)]
        rows: list[TimelineRow] = []
        for n, entry in enumerate(wanted):
            words = self._heading(entry.at)
            if words != heading:
                rows.append(TimelineRow(heading=words))
                heading = words
            is_last = n + 1 == len(wanted) or self._heading(wanted[n + 1].at) != heading
            rows.append(self._row(entry, is_last=is_last))
        return tuple(rows)

    def _is_shown(self, entry: TimelineEntry) -> bool:
        match self._shown:
            case Shown.ALL:
                return True
            case Shown.TICKETS:
                return entry.ticket is not None
            case Shown.ORDERS:
                return entry.contact is not None and entry.contact.kind is ContactKind.ORDER

    def _heading(self, at: datetime) -> str:
        today, day = self._formats.local_date(self._now), self._formats.local_date(at)
        if day >= today:
            return self.tr("Today · {day}").format(day=self._day(today))
        if today - day < timedelta(days=7):
            return self.tr("Last 7 days")
        return self.tr("Earlier")

    def _day(self, day: date) -> str:
        words = (self._formats.day(day, day), self._formats.weekday(day))
        return " ".join(words if self._formats.is_chinese else reversed(words))

    def _row(self, entry: TimelineEntry, *, is_last: bool) -> TimelineRow:
        when, full = self._formats.moment(entry.at, self._now), self._formats.full(entry.at)
        if entry.contact is not None:
            icon, tone = CONTACT_ICONS[entry.contact.kind]
            pill, pill_tone = self._pill(entry.contact)
            return TimelineRow(
                "",
                icon,
                tone,
                self._title(entry.contact),
                pill,
                pill_tone,
                self._text(entry.contact),
                when,
                full,
                is_last,
                entry,
            )
        assert entry.ticket is not None  # noqa: S101 - the value promises one of the two
        word, tone = status_word(entry.ticket.status)
        title = self.tr("Ticket {number}").format(number=ticket_name(entry.ticket))
        return TimelineRow(
            "",
            "ticket",
            "accent",
            f"{title} · {entry.ticket.subject}",
            word,
            tone,
            self._ticket_text(entry.ticket),
            when,
            full,
            is_last,
            entry,
        )

    def _title(self, contact: Contact) -> str:
        word = contact_word(contact.kind)
        return f"{word} · {contact.title}" if contact.title else word

    def _pill(self, contact: Contact) -> tuple[str, Tone]:
        if contact.rating is not None:
            return self.tr("{rating} of 5").format(rating=contact.rating), "ok" if contact.rating >= 4 else "warn"
        if contact.amount_fen is not None:
            return self._formats.money(contact.amount_fen), "neutral"
        if contact.duration_s:
            return self._formats.duration(contact.duration_s), "neutral"
        return "", "neutral"

    def _text(self, contact: Contact) -> str:
        queue = self._directory.queue(contact.queue) if contact.queue else ""
        agent = self._directory.person(contact.agent) if contact.agent else ""
        code = self._directory.wrap_up_code(contact.wrap_up_code) if contact.wrap_up_code else ""
        return " · ".join(part for part in (contact.text, queue, agent, code) if part)

    def _ticket_text(self, ticket: Ticket) -> str:
        text = " ".join(ticket.description.split())[:200]
        owner = self._directory.person(ticket.owner) if ticket.owner else ""
        return " · ".join(part for part in (text, owner) if part)
