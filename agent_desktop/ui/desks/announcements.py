"""What the company tells this agent: the badge, the page it is read on, and what keeps from being ready until then."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.announcements import ANNOUNCERS, NotRead, Told
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.announcements.page import AnnouncementsPage, Which
from agent_desktop.ui.announcements.words import explain_unmet, read_first, reminded_of, urgency_word
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.announcement import Unmet, Urgency, as_article_id

CONCERNED: Final = frozenset({"announcement", "announcement_receipt", "agent"})
LOOK_EVERY_MS: Final = 30_000
"""What begins or ceases to hold by itself is seen then."""
TICK_MS: Final = 250


class AnnouncementsDesk(PageDesk[AnnouncementsPage]):
    """`reminded(words)` for the list behind the bell; `searchable_changed(ids)`, as among articles, when the search
    should know; `article_wanted(id)` by a link in a text; `came` when rows did."""

    reminded = Signal(str)
    searchable_changed = Signal(object)
    article_wanted = Signal(str)
    came = Signal()

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.ANNOUNCEMENTS, ground, parent, is_offered=True)
        self._told: tuple[Told, ...] = ()
        self._versions: dict[str, int] | None = None
        self._reminded: dict[str, datetime] = {}
        self._open_id = ""
        self._signed_in_at = self._rooms.announcements.now()
        self._opened_at = self._resumed_at = self._rooms.clock()
        self._dwell_s: dict[tuple[str, int], float] = {}
        self._tries: dict[tuple[str, int], int] = {}
        self._is_shown = False
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_EVERY_MS)
        self._look_again.timeout.connect(self.read_again)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._count_down)

    @property
    def due(self) -> tuple[Told, ...]:
        """What is still to be read, what keeps from being ready first."""
        return tuple(sorted((one for one in self._told if one.is_due), key=lambda one: not one.keeps_from_ready))

    def begin(self) -> None:
        self._look_again.start()
        self.read_again()

    def stop(self) -> None:
        self._look_again.stop()
        self._tick.stop()

    def rows_changed(self, change: ScopeChanged) -> None:
        if not change.entities or change.entities & CONCERNED:
            self.read_again()
            self.came.emit()

    def read_again(self) -> None:
        self._background.store.do(self._rooms.announcements.told, self._show, self._failed, replaces="announcements")

    def asked_for_ready(self) -> None:
        """The agent wishes to be ready: what keeps them from it is said, and opened unless a call or its work goes
        on."""
        keeping = [one for one in self._told if one.keeps_from_ready]
        if not keeping:
            return
        self.told.emit(read_first(keeping[0].announcement.title))
        if self._rooms.session.is_reading:
            self.open(keeping[0].announcement.id)

    def open(self, announcement_id: str) -> None:
        """On its page, from wherever it was found."""
        self._leave_open()
        self._open_id = announcement_id
        self._window.show_page(Page.ANNOUNCEMENTS)

    # ---- the page ---------------------------------------------------------------------------------------------

    def _wire(self, page: AnnouncementsPage) -> None:
        page.offer_writing(is_offered=self._rooms.agent.role in ANNOUNCERS)
        page.write_wanted.connect(lambda: self._window.show_page(Page.ANNOUNCE))
        page.asked.connect(self._list)
        page.taken.connect(self._take)
        page.reading.read_wanted.connect(self._read)
        page.reading.article_wanted.connect(self.article_wanted)
        page.reading.text.left.connect(page.lines.setFocus)

    def _entered(self) -> None:
        self._is_shown, self._resumed_at = True, self._rooms.clock()
        if not self._open_id and self.due:
            self._open_id = self.due[0].announcement.id
        self._take(self._open_id)
        self._page.lines.setFocus()

    def _left(self) -> None:
        self._leave_open()
        self._is_shown = False
        self._tick.stop()

    def _take(self, announcement_id: str) -> None:
        self._leave_open()
        self._open_id = announcement_id
        self._opened_at = self._resumed_at = self._rooms.clock()
        self._show_open()
        self._list()

    def _leave_open(self) -> None:
        """How long it was open so far is kept: it may be looked at in pieces."""
        one = self._current
        if one is not None and self._is_shown:
            self._dwell_s[_edition(one)] = self._dwell_of(one)
            self._resumed_at = self._rooms.clock()

    def _dwell_of(self, one: Told) -> float:
        before = self._dwell_s.get(_edition(one), 0.0)
        return before + max(0.0, (self._rooms.clock() - self._resumed_at).total_seconds())

    @property
    def _current(self) -> Told | None:
        return next((one for one in self._told if one.announcement.id == self._open_id), None)

    def _show_open(self) -> None:
        reading, one = self._page.reading, self._current
        if one is None:
            reading.show_nothing(self.tr("Choose an announcement at the left."))
            self._tick.stop()
            return
        reading.show_told(one, self._about(one))
        if not one.is_due:
            self._tick.stop()
        elif not one.announcement.must_read:
            self._keep("", ())
        else:
            self._tick.start()
            self._count_down()

    def _count_down(self) -> None:
        one = self._current
        if one is not None:
            left = one.announcement.dwell_s - self._dwell_of(one)
            self._page.reading.show_left(max(0, -int(-left // 1)))

    def _about(self, one: Told) -> str:
        announcement, now = one.announcement, self._rooms.clock()
        at = announcement.changed_at or announcement.published_at
        parts = [self._names().person(announcement.author)] if announcement.author else []
        parts += [self._formats.moment(at, now)] if at is not None else [self.tr("not sent yet")]
        if announcement.valid_to is not None:
            until = self._formats.moment(announcement.valid_to, now)
            words = self.tr("until {moment}") if one.is_in_force else self.tr("over since {moment}")
            parts.append(words.format(moment=until))
        if one.receipt is not None:
            parts.append(self.tr("read {moment}").format(moment=self._formats.moment(one.receipt.read_at, now)))
        return " · ".join(parts)

    def _list(self) -> None:
        typed, which = self._page.typed.casefold(), self._page.which
        found = [
            one
            for one in self._told
            if (which is Which.ALL or one.is_due or one.announcement.id == self._open_id)
            and (typed in one.announcement.title.casefold() or typed in one.announcement.body.casefold())
        ]
        self._page.show_lines([self._line(one) for one in found])

    def _line(self, one: Told) -> Line:
        announcement = one.announcement
        word, tone = urgency_word(announcement.urgency)
        if one.is_due and announcement.must_read:
            word, tone = self.tr("Must be read"), "bad"
        elif one.is_due and announcement.urgency is Urgency.NORMAL:
            word, tone = self.tr("New"), "accent"
        elif one.is_read or not one.is_in_force:
            word, tone = ("", "neutral") if one.is_in_force else (self.tr("Over"), "neutral")
        at = announcement.changed_at or announcement.published_at
        when = "" if at is None else self._formats.moment(at, self._rooms.clock())
        return Line(
            announcement.id,
            announcement.title,
            pill=word,
            tone=tone,
            at_right=when,
            right_icon="check" if one.is_read else "",
            is_open=announcement.id == self._open_id,
        )

    # ---- reading ----------------------------------------------------------------------------------------------

    def _read(self, name: str, answers: tuple[int, ...]) -> None:
        if (one := self._current) is not None:
            self._tries[_edition(one)] = self._tries.get(_edition(one), 0) + 1
            self._keep(name, answers)

    def _keep(self, name: str, answers: tuple[int, ...]) -> None:
        one = self._current
        if one is None:
            return
        announcements, opened_at, dwell_s = self._rooms.announcements, self._opened_at, self._dwell_of(one)
        tries = self._tries.get(_edition(one), 0)
        self._background.store.do(
            lambda: announcements.read(one.announcement, opened_at, dwell_s, name, answers, tries),
            lambda _: self._is_read(),
            self._not_read,
        )

    def _is_read(self) -> None:
        self._page.reading.show_fault("")
        self.saved.emit()
        self.read_again()

    def _not_read(self, error: Exception) -> None:
        self._page.reading.show_fault(explain_unmet(error.unmet) if isinstance(error, NotRead) else explain(error))
        if isinstance(error, NotRead) and error.unmet is Unmet.NAME:
            self._page.reading.name.setFocus()

    # ---- what came ----------------------------------------------------------------------------------------------

    def _show(self, told: tuple[Told, ...]) -> None:
        self._told = told
        self._keep_from_ready()
        due = self.due
        self._window.rail.show_announcements(len(due), must_read=sum(one.announcement.must_read for one in due))
        self._remind()
        self._tell_search()
        if self._is_shown:
            self._show_open()
            self._list()

    def _keep_from_ready(self) -> None:
        """Whoever signs in with something unread is kept at once; who is at work finishes what they are at."""
        session, keeping = self._rooms.session, [one for one in self._told if one.keeps_from_ready]
        bounds = [until for one in keeping if (until := self._ready_until(one)) is not None]
        until = self._rooms.announcements.here(min(bounds)) if bounds else None
        session.keep_from_ready(is_kept=bool(keeping), until=until)
        session.tick()

    def _ready_until(self, one: Told) -> datetime | None:
        at = one.announcement.published_at
        return self._signed_in_at if at is not None and at <= self._signed_in_at else one.ready_until

    def _remind(self) -> None:
        for one in self._told:
            id_, at = one.announcement.id, one.announcement.reminded_at
            if at is not None and one.is_due and self._reminded.get(id_) != at:
                self._reminded[id_] = at
                self.reminded.emit(reminded_of(one.announcement.title))

    def _tell_search(self) -> None:
        versions = {one.announcement.id: one.announcement.version for one in self._told}
        before, self._versions = self._versions, versions
        if before is not None and before != versions:
            changed = {id_ for id_ in before.keys() | versions.keys() if before.get(id_) != versions.get(id_)}
            self.searchable_changed.emit(frozenset(map(as_article_id, changed)))


def _edition(one: Told) -> tuple[str, int]:
    return one.announcement.id, one.announcement.edition
