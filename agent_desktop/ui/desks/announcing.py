"""Announcements in the hands of who may tell: written, published, withdrawn, and who has read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from agent_desktop.announcements import ANNOUNCERS, TELLS_EVERYBODY, Addressed, AnnouncementBook
from agent_desktop.ui.announcements.board import Readers
from agent_desktop.ui.announcements.words import urgency_word
from agent_desktop.ui.announcements.writing_words import addressed_words
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.row_editing.versions import version_words
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.announcement import Announcement, AnnouncementReader, AnnouncementReaders, AnnouncementState
from agent_model.organisation import Queue, Team
from agent_papers.text_table import TextTable

if TYPE_CHECKING:
    from agent_desktop.ui.announcements.writing_page import AnnouncePage

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class _Places:
    teams: tuple[Team, ...]
    queues: tuple[Queue, ...]
    sites: tuple[str, ...]


class AnnouncingDesk(RowsDesk[Announcement, "AnnouncePage"]):
    """`back_wanted` to where announcements are read."""

    back_wanted = Signal()

    def __init__(self, ground: Ground, parent: QObject) -> None:
        rooms = ground.rooms
        super().__init__(
            Page.ANNOUNCE, rooms.announcement_book, ground, parent, is_offered=rooms.agent.role in ANNOUNCERS
        )
        self._announcements: AnnouncementBook = rooms.announcement_book
        self._board: AnnouncementReaders | None = None
        self._board_of = ""

    def _wire(self, page: "AnnouncePage") -> None:
        super()._wire(page)
        page.form.changed.connect(self._preview)
        page.form.withdraw_wanted.connect(self._withdraw)
        page.back_wanted.connect(self.back_wanted)
        page.board.asked.connect(self._show_board)
        page.board.look_wanted.connect(self._look_at_board)
        page.board.remind_wanted.connect(self._remind)
        page.board.save_wanted.connect(self._save_board)

    def _read(self) -> None:
        def places() -> _Places:
            return _Places(*self._announcements.places())

        self._background.store.do(places, self._offer, self._failed, replaces="places of announcements")
        super()._read()

    def _offer(self, places: _Places) -> None:
        language = self._formats.language
        self._page.form.offer_places(
            [(team.id, team.name.in_language(language)) for team in places.teams],
            [(queue.id, queue.name.in_language(language)) for queue in places.queues],
            places.sites,
            self._names(),
            is_wide=self._rooms.agent.role in TELLS_EVERYBODY,
        )

    def _open(self, row_id: str) -> None:
        super()._open(row_id)
        row = self._rows.get(row_id)
        is_published = row is not None and row.version > 0 and row.state is AnnouncementState.PUBLISHED
        may_change = row is None or (self._announcements.may_change(row) and row.state is AnnouncementState.PUBLISHED)
        self._page.form.show_changeable(may_change=may_change, is_published=is_published)
        self._page.board.setVisible(row is not None and row.version > 0)
        if row_id != self._board_of:
            self._board, self._board_of = None, row_id
        if row is not None and row.version > 0:
            self._look_at_board()

    def _preview(self, row: Announcement) -> None:
        book, audience = self._announcements, row.audience
        self._page.show_preview(row.body)

        def told(addressed: Addressed) -> None:
            self._page.form.show_addressed(addressed_words(addressed, self._formats))

        self._background.store.do(lambda: book.addressed(audience), told, self._failed, replaces="addressed")

    def _title(self, row: Announcement) -> str:
        return row.title or self.tr("New announcement")

    def _version(self, row: Announcement) -> str:
        if row.version == 0:
            return self.tr("Not published")
        today = self._formats.local_date(self._rooms.clock())
        words = version_words(row.edition, row.changed_by, row.changed_at, self._names(), self._formats, today)
        return words if row.state is AnnouncementState.PUBLISHED else f"{self.tr('Withdrawn')} · {words}"

    def _line(self, row: Announcement, *, is_draft: bool, is_open: bool) -> Line:
        word, tone = urgency_word(row.urgency)
        if is_draft:
            word, tone = self.tr("Not published"), "warn"
        elif row.state is AnnouncementState.WITHDRAWN:
            word, tone = self.tr("Withdrawn"), "neutral"
        at = row.published_at
        when = "" if at is None else self._formats.moment(at, self._rooms.clock())
        return Line(row.id, self._title(row), pill=word, tone=tone, at_right=when, is_open=is_open)

    def _saved_words(self) -> str:
        return self.tr("The announcement is published. It is at every connected desk within a second.")

    def _start(self) -> None:
        self._page.form.lines["title"].setFocus()

    # ---- what was published -------------------------------------------------------------------------------------

    def _withdraw(self, row_id: str) -> None:
        self._do(row_id, self._announcements.withdraw, self.tr("The announcement is withdrawn. Nobody has to read it."))

    def _remind(self) -> None:
        self._do(
            self._page.form.row_id,
            self._announcements.remind,
            self.tr("Whoever has not read it finds a reminder behind the bell."),
        )

    def _do(self, row_id: str, deed: Callable[[Announcement], None], words: str) -> None:
        row = self._rows.get(row_id)
        if row is None:
            return

        def done(_: object) -> None:
            self.told.emit(words)
            self.saved.emit()
            self._read()

        self._background.store.do(lambda: deed(row), done, self._failed)

    # ---- the board ----------------------------------------------------------------------------------------------

    def _look_at_board(self) -> None:
        row_id, ask = self._page.form.row_id, self._rooms.announcement_readers

        def found(board: AnnouncementReaders) -> None:
            if self._page.form.row_id == row_id:
                self._board = board
                self._show_board()

        def failed(error: Exception) -> None:
            if self._page.form.row_id == row_id:
                self._page.board.show_trouble(explain(error))

        self._background.network.do(lambda: ask(row_id), found, failed)

    def _show_board(self) -> None:
        board, row = self._board, self._rows.get(self._page.form.row_id)
        if board is None or row is None:
            return
        have = [one for one in board.readers if one.edition >= board.read_from]
        have_not = [one for one in board.readers if one.edition < board.read_from]
        words = self.tr("{read} of {people} have read it.").format(
            read=self._formats.count(len(have)), people=self._formats.count(len(board.readers))
        )
        if have_not:
            words += " " + self.tr("Not yet, by team: {teams}.").format(teams=self._by_team(have_not))
        listed = have_not if self._page.board.which is Readers.NOT_READ else have
        lines = [self._reader_line(one, board.read_from) for one in listed[:MOST_SHOWN]]
        is_open = row.state is AnnouncementState.PUBLISHED and self._announcements.may_change(row)
        self._page.board.show_board(words, lines, may_remind=bool(have_not) and is_open)

    def _by_team(self, readers: Sequence[AnnouncementReader]) -> str:
        names, teams = self._names(), [one.team for one in readers]
        return ", ".join(f"{names.team(team)} {teams.count(team)}" for team in dict.fromkeys(teams))

    def _reader_line(self, one: AnnouncementReader, read_from: int) -> Line:
        names, when = self._names(), ""
        if one.read_at is not None:
            when = self._formats.moment(one.read_at, self._rooms.clock())
        earlier = self.tr("Earlier text") if 0 < one.edition < read_from else ""
        return Line(one.agent, names.person(one.agent), names.team(one.team), earlier, "warn", when)

    def _save_board(self) -> None:
        if self._board is not None:
            name = f"announcement-{self._page.form.row_id}.csv"
            target, _ = QFileDialog.getSaveFileName(self._page, self.tr("Save as a table"), name, "CSV (*.csv)")
            if target:
                self.save_board_to(Path(target))

    def save_board_to(self, target: Path) -> None:
        board, names, written = self._board, self._names(), self._formats.written
        if board is None:
            return
        titles = (
            self.tr("Name"),
            self.tr("Team"),
            self.tr("Read"),
            self.tr("Delivered"),
            self.tr("Opened"),
            self.tr("Read at"),
            self.tr("Told the server"),
            self.tr("Open for, seconds"),
            self.tr("Signed"),
            self.tr("Tries"),
        )
        yes, no = self.tr("yes"), self.tr("no")
        rows = [
            (
                names.person(one.agent),
                names.team(one.team),
                yes if one.edition >= board.read_from else no,
                *map(written, (one.delivered_at, one.opened_at, one.read_at, one.received_at)),
                str(one.dwell_s),
                one.name,
                str(one.tries),
            )
            for one in board.readers
        ]

        def write() -> None:
            table = TextTable(target, "utf-8")
            table.head(titles)
            table.add(rows)
            table.finish(())

        def saved(_: object) -> None:
            self.told.emit(self.tr("Saved as “{path}”.").format(path=target))

        self._background.store.do(write, saved, self._failed)
