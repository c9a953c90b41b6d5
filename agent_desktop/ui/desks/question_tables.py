"""Questions from a table and as one: read in a process of its own, foreseen, written when somebody says so."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_desktop.knowledge.bringing import NotGathered
from agent_desktop.teaching.tables import Foreseen
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.lists.file_export import Exporter
from agent_desktop.ui.messages.trouble import explain
from agent_papers.paper import BadPaper
from agent_papers.question_columns import EN, ZH
from agent_papers.question_table import QuestionTable
from agent_papers.workbook import Workbook

if TYPE_CHECKING:
    from agent_desktop.ui.lists.table_export import TableExport
    from agent_desktop.ui.teaching.page import QuestionsPane

SUBJECT = "questions"
"""What the site's policy calls the bank of questions."""


class QuestionTablesDesk(QObject):
    """`brought` when there are other questions than before."""

    told = Signal(str)
    saved = Signal()
    brought = Signal()

    def __init__(self, ground: Ground, exporter: Callable[[], Exporter], parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._formats = ground.rooms, ground.background, ground.formats
        self._window = ground.window
        self._exporter = exporter
        self._foreseen: tuple[Foreseen, ...] = ()
        self._export: TableExport | None = None

    @property
    def _page(self) -> "QuestionsPane":
        return self._window.pages.teaching.questions

    @property
    def _language(self) -> str:
        return ZH if self._formats.is_chinese else EN

    def wire(self, page: "QuestionsPane", shown: Callable[[], Sequence[str]]) -> None:
        """`shown` are the ids of the questions that are listed."""
        from agent_desktop.ui.lists.table_export import TableExport

        self._export = TableExport(
            self._background, page.look, SUBJECT, self._exporter(), page, page.tables.setFocus, is_read_again=True
        )
        self._export.saved.connect(self.saved)
        page.put_panel(self._export.panel)
        page.table_wanted.connect(self.read)
        page.template_wanted.connect(self.save_template)
        page.export_wanted.connect(lambda: self._bring_out(shown()))
        page.table.write_wanted.connect(self._write)
        page.table.closed.connect(self._close)

    def read(self, path: Path) -> None:
        """Nothing of it is written before somebody has seen what would come of it."""
        reader, tables = self._rooms.documents, self._rooms.question_tables
        page = self._page
        page.tables.setEnabled(False)

        def foresee(table: QuestionTable) -> None:
            self._background.store.do(
                lambda: tables.foresee(table), lambda found: self._show(path, table, found), failed
            )

        def failed(error: Exception) -> None:
            page.tables.setEnabled(True)
            page.table.show_trouble(path.name, self._explain(error))

        self._background.library.do(lambda: reader.questions(path), foresee, failed)

    def _show(self, path: Path, table: QuestionTable, foreseen: tuple[Foreseen, ...]) -> None:
        page = self._page
        page.tables.setEnabled(True)
        self._foreseen = foreseen
        page.table.show_foreseen(path.name, foreseen, table.passed_over)

    def _write(self) -> None:
        tables, foreseen, pane = self._rooms.question_tables, self._foreseen, self._page.table
        pane.write.setEnabled(False)

        def written(count: int) -> None:
            pane.show_done(
                self.tr("Questions written: {count}. They are drawn from the next paper on.").format(count=count)
            )
            self.saved.emit()
            self.brought.emit()

        def failed(error: Exception) -> None:
            pane.write.setEnabled(True)
            pane.say(explain(error), "bad")

        self._background.store.do(lambda: tables.bring_in(foreseen), written, failed)

    def _close(self) -> None:
        self._foreseen = ()
        page = self._page
        page.table.hide()
        page.tables.setFocus()

    def _bring_out(self, ids: Sequence[str]) -> None:
        tables, language, export = self._rooms.question_tables, self._language, self._export

        def offer(found: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> None:
            if export is not None:
                export.offer(self.tr("Questions"), self._page.filters_in_words, *found)

        self._background.store.do(
            lambda: tables.table(language, ids), offer, lambda error: self.told.emit(explain(error))
        )

    def save_template(self, path: Path) -> None:
        """Headings to be filled in, and on a second sheet rows that show how each kind is written."""
        headings, examples = self._rooms.question_tables.template(self._language)
        title, second, now = self.tr("Questions"), self.tr("Examples"), self._rooms.clock()

        def write() -> None:
            book = Workbook(path, title, second, "", now, "")
            book.head(headings)
            book.finish((headings, *examples))

        def failed(error: Exception) -> None:
            is_disk = isinstance(error, OSError)
            words = self.tr("Nothing could be written to {path}. Choose another place.").format(path=path)
            self.told.emit(words if is_disk else explain(error))

        self._background.library.do(
            write, lambda _: self.told.emit(self.tr("The template is written: {path}").format(path=path)), failed
        )

    def _explain(self, error: Exception) -> str:
        from agent_desktop.ui.teaching.table_words import explain_table

        match error:
            case BadPaper():
                return explain_table(error)
            case NotGathered():
                return self.tr("The table could not be read. Part it, or save it as CSV UTF-8.")
            case _:
                return explain(error)
