"""The timeline: contacts and tickets, newest first, by day. A list with a delegate; a widget a row would cost seconds.

Wishes: `earlier_wanted(moment)` when the end comes into view, `entry_taken(TimelineEntry)`.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from agent_desktop.customers import masking
from agent_desktop.customers.profile import Timeline, TimelineEntry
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.timeline_rows import ROW_ROLE, TimelineDelegate, TimelineModel, TimelineRow
from agent_desktop.ui.customer.words import (
    CONTACT_ICONS,
    asked_word,
    breach_word,
    contact_word,
    status_word,
    ticket_name,
)
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.time_left import due_moment
from agent_desktop.ui.widgets.parts import Tone
from agent_model.customer import Contact, ContactKind
from agent_model.identity_check import NOBODY, CheckAnswer, IdentityCheck
from agent_model.ticket import Ticket


class Shown(StrEnum):
    ALL = "all"
    TICKETS = "tickets"
    ORDERS = "orders"
    CALLS = "calls"
    MAILS = "mails"
    MESSAGES = "messages"
    RATINGS = "ratings"
    VISITS = "visits"
    NOTES = "notes"


_KINDS = {
    Shown.ORDERS: frozenset({ContactKind.ORDER}),
    Shown.CALLS: frozenset({ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED}),
    Shown.MAILS: frozenset({ContactKind.EMAIL}),
    Shown.MESSAGES: frozenset({ContactKind.CHAT, ContactKind.SMS}),
    Shown.RATINGS: frozenset({ContactKind.SURVEY}),
    Shown.VISITS: frozenset({ContactKind.VISIT}),
    Shown.NOTES: frozenset({ContactKind.NOTE}),
}


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
        self._withholds_orders = False
        self._is_whole = False
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
        self._write()
        self.scrollToTop()

    def add_earlier(self, timeline: Timeline) -> None:
        """The next page, asked for by `earlier_wanted`."""
        shown = [entry for entry in self._entries if self._is_shown(entry)]
        last = self._heading(shown[-1].at) if shown else ""
        self._entries += timeline.entries
        self._earlier_than = timeline.earlier_than
        self._rows.add_rows(self._written(timeline.entries, last))
        if not self._rows.rowCount():
            self._write()
        self._fill_up()

    def show_only(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self._write()
            self._fill_up()

    def text_at(self, at: QPoint) -> str:
        """Everything the entry there says, also what does not fit its row, with the numbers that can be called."""
        row = self.indexAt(at).data(ROW_ROLE)
        if not isinstance(row, TimelineRow) or row.entry is None:
            return ""
        contact, ticket = row.entry.contact, row.entry.ticket
        return f"{row.title} {contact.text if contact else ''} {ticket.description if ticket else ''}".strip()

    def said_at(self, at: QPoint) -> str:
        """The same as it may be shown."""
        return self._said(self.text_at(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def facts_of(self, contact: Contact) -> tuple[str, str, tuple[str, ...], Ticket | None]:
        """Icon, title and facts of an entry that is read whole, and the ticket written in the same call."""
        pill, _ = self._pill(contact)
        queue = self._directory.queue(contact.queue) if contact.queue else ""
        agent = self._directory.person(contact.agent) if contact.agent else ""
        code = self._directory.wrap_up_code(contact.wrap_up_code) if contact.wrap_up_code else ""
        tickets = (entry.ticket for entry in self._entries if entry.ticket is not None and contact.call_ref)
        same = next((ticket for ticket in tickets if ticket.call_ref == contact.call_ref), None)
        facts = (self._formats.full(contact.at), pill, queue, agent, code, self._worked(contact))
        return CONTACT_ICONS[contact.kind][0], self._title(contact), facts, same

    def _worked(self, contact: Contact) -> str:
        """How long the work after the call was, and what of it was not as the queue wants it."""
        work = contact.work
        if work is None:
            return ""
        words = self.tr("after-call work {time}").format(time=self._formats.duration(work.worked_s))
        over = self.tr("{time} too long").format(time=self._formats.duration(work.over_s)) if work.over_s else ""
        return ", ".join(part for part in (words, over, *map(breach_word, work.breaches)) if part)

    def _fill_up(self) -> None:
        """Earlier pages are asked for until what is shown fills the list."""
        self.doItemsLayout()
        self._ask_when_at_end(self.verticalScrollBar().value())

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

    def _write(self) -> None:
        nothing = () if self._earlier_than else (TimelineRow(heading=self.tr("Nothing here yet")),)
        self._rows.show_rows(self._written(self._entries, "") or nothing)

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

    def be_whole(self, *, is_whole: bool) -> None:
        """Shows what people wrote with everything in it, for as long as the agent's look is on record."""
        if is_whole != self._is_whole:
            self._is_whole = is_whole
            self._write()

    def _said(self, text: str) -> str:
        return text if self._is_whole else masking.text(text)

    def withhold_orders(self, *, is_withheld: bool) -> None:
        """Whether orders may be seen."""
        if is_withheld != self._withholds_orders:
            self._withholds_orders = is_withheld
            self._write()

    def _is_shown(self, entry: TimelineEntry) -> bool:
        is_order = entry.contact is not None and entry.contact.kind is ContactKind.ORDER
        if is_order and self._withholds_orders:
            return False
        match self._shown:
            case Shown.ALL:
                return True
            case Shown.TICKETS:
                return entry.ticket is not None
            case _:
                return entry.contact is not None and entry.contact.kind in _KINDS[self._shown]

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
            f"{title} · {self._said(entry.ticket.subject)}",
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
        return f"{word} · {self._said(contact.title)}" if contact.title else word

    def _pill(self, contact: Contact) -> tuple[str, Tone]:
        if contact.rating is not None:
            return self.tr("{rating} of 5").format(rating=contact.rating), "ok" if contact.rating >= 4 else "warn"
        if contact.kind is ContactKind.SURVEY:
            return self.tr("Invited"), "neutral"
        if contact.check is not None:
            return self._outcome(contact.check)
        if contact.amount_fen is not None:
            return self._formats.money(contact.amount_fen), "neutral"
        if contact.duration_s:
            return self._formats.duration(contact.duration_s), "neutral"
        return "", "neutral"

    def _outcome(self, check: IdentityCheck) -> tuple[str, Tone]:
        if check.is_locked:
            return self.tr("Locked that day"), "bad"
        if check.level == NOBODY:
            return self.tr("Not passed"), "warn"
        return self.tr("Level {level}").format(level=check.level), "ok"

    def _text(self, contact: Contact) -> str:
        asked = "、".join(_answer(answer) for answer in contact.check.answers) if contact.check is not None else ""
        queue = self._directory.queue(contact.queue) if contact.queue else ""
        agent = self._directory.person(contact.agent) if contact.agent else ""
        code = self._directory.wrap_up_code(contact.wrap_up_code) if contact.wrap_up_code else ""
        shown = self.tr("Shown: {number}").format(number=contact.shown_number) if contact.shown_number else ""
        return " · ".join(part for part in (asked, self._said(contact.text), queue, agent, code, shown) if part)

    def _ticket_text(self, ticket: Ticket) -> str:
        text = self._said(" ".join(ticket.description.split()))[:200]
        owner = self._directory.person(ticket.owner) if ticket.owner else ""
        due = ""
        if ticket.status.is_open and ticket.due_at is not None:
            due = self.tr("due {moment}").format(moment=due_moment(ticket.due_at, self._now, self._formats))
        return " · ".join(part for part in (due, text, owner) if part)


def _answer(answer: CheckAnswer) -> str:
    return f"{asked_word(answer.question)} {'✓' if answer.is_right else '✗'}"
