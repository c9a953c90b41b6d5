"""Rows of the company in the hands of who may change them: read, written in a form, kept within 800 ms, sent."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.row_editing.form import RowT
from agent_desktop.ui.row_editing.page import RowsPage
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.row_draft import NotWhole, RowDraft

PageT = TypeVar("PageT", bound=RowsPage[Any])


class Book(Protocol[RowT]):
    """Where the rows are; all of it on the store's lane but `fresh`."""

    def all(self) -> tuple[RowT, ...]: ...
    def drafts(self) -> tuple[RowDraft[RowT], ...]: ...
    def fresh(self) -> RowT: ...
    def keep(self, draft: RowDraft[RowT]) -> None: ...
    def drop(self, row_id: str) -> None: ...
    def save(self, draft: RowDraft[RowT]) -> object: ...


class RowsDesk(PageDesk[PageT], Generic[RowT, PageT]):
    """What is being written stays whatever comes meanwhile."""

    def __init__(self, of: Page, book: Book[RowT], ground: Ground, parent: QObject, *, is_offered: bool) -> None:
        super().__init__(of, ground, parent, is_offered=is_offered)
        self._book = book
        self._rows: dict[str, RowT] = {}
        self._drafts: dict[str, RowDraft[RowT]] = {}
        self._unsaved: Unsaved[RowDraft[RowT]] = Unsaved(self)
        self._unsaved.due.connect(self._keep)

    # ---- what is particular -----------------------------------------------------------------------------------

    @abstractmethod
    def _title(self, row: RowT) -> str: ...

    @abstractmethod
    def _version(self, row: RowT) -> str:
        """Which version it is and whose, in words."""

    @abstractmethod
    def _line(self, row: RowT, *, is_draft: bool, is_open: bool) -> Line: ...

    @abstractmethod
    def _saved_words(self) -> str: ...

    @abstractmethod
    def _start(self) -> None:
        """The keyboard goes to the first field of a new row."""

    def _wire(self, page: PageT) -> None:
        page.taken.connect(self._open)
        page.new_wanted.connect(lambda: self._begin())
        page.form.changed.connect(self._changed)
        page.form.save_wanted.connect(self._save)
        page.form.discard_wanted.connect(self._discard)

    def _preview(self, row: RowT) -> None:
        """What would come of it is shown, where something can be."""

    # ---- reading ----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Rows came: the list is read again, what is being written stays."""
        if self._is_wired:
            self._read()

    def save_now(self) -> None:
        """What is written and not on the disk yet goes there."""
        self._unsaved.save_now()

    def _entered(self) -> None:
        self._read()

    def _left(self) -> None:
        self.save_now()

    def _read(self) -> None:
        book = self._book

        def read() -> tuple[tuple[RowT, ...], tuple[RowDraft[RowT], ...]]:
            return book.all(), book.drafts()

        self._background.store.do(
            read, lambda found: self._show(book, *found), self._failed, replaces=f"rows of {self._of.value}"
        )

    def _show(self, book: Book[RowT], rows: tuple[RowT, ...], drafts: tuple[RowDraft[RowT], ...]) -> None:
        if book is not self._book:
            return
        self._rows = {row.id: row for row in rows}
        self._drafts = {draft.row.id: draft for draft in drafts}
        if (unsaved := self._unsaved.typed) is not None:
            self._drafts[unsaved.row.id] = unsaved
        form = self._page.form
        shown, listed = self._current(form.row_id), self._listed()
        if shown is None and listed:
            self._open(listed[0].id)
        elif shown is not None and shown.id not in self._drafts and shown != form.row:
            self._open(shown.id)
        self._list()

    def _current(self, row_id: str) -> RowT | None:
        draft = self._drafts.get(row_id)
        return self._rows.get(row_id) if draft is None else draft.row

    def _listed(self) -> list[RowT]:
        """New ones that are begun stand first."""
        new = [row_id for row_id in self._drafts if row_id not in self._rows]
        shown = (self._current(row_id) for row_id in (*new, *self._rows))
        return [row for row in shown if row is not None]

    def _list(self) -> None:
        open_id = self._page.form.row_id
        self._page.show_rows(
            [self._line(row, is_draft=row.id in self._drafts, is_open=row.id == open_id) for row in self._listed()]
        )

    # ---- writing ----------------------------------------------------------------------------------------------

    def _open(self, row_id: str) -> None:
        self.save_now()
        row = self._current(row_id)
        if row is None:
            return
        version = self._version(self._rows.get(row_id, row))
        self._page.form.show_row(row, self._title(row), version, is_begun=row_id in self._drafts)
        self._list()
        self._preview(row)

    def _begin(self, begun: RowT | None = None) -> None:
        """A new row; one that says something already is kept at once."""
        row = begun or self._book.fresh()
        self._drafts[row.id] = draft = RowDraft(row, None)
        self._open(row.id)
        if begun is not None:
            self._unsaved.keep(draft)
            self._list()
        self._start()

    def _changed(self, row: RowT) -> None:
        self._drafts[row.id] = draft = self._draft(row)
        self._unsaved.keep(draft)
        self._page.form.show_begun(is_begun=True)
        self._list()

    def _draft(self, row: RowT) -> RowDraft[RowT]:
        """With the row as it was seen when the writing began."""
        begun = self._drafts.get(row.id)
        return RowDraft(row, self._rows.get(row.id) if begun is None else begun.seen)

    def _keep(self, draft: RowDraft[RowT]) -> None:
        book = self._book
        self._background.store.do(lambda: book.keep(draft), None, self._not_kept)
        self._preview(draft.row)

    def _save(self, row: RowT) -> None:
        self.save_now()
        book, draft = self._book, self._draft(row)
        self._background.store.do(
            lambda: book.save(draft), lambda _: self._is_saved(row), lambda error: self._not_saved(row, error)
        )

    def _is_saved(self, row: RowT) -> None:
        form = self._page.form
        if form.row_id == row.id:
            form.show_faults(())
            form.show_begun(is_begun=False)
        self._drafts.pop(row.id, None)
        self.told.emit(self._saved_words())
        self.saved.emit()
        self._read()

    def _not_saved(self, row: RowT, error: Exception) -> None:
        form = self._page.form
        if form.row_id != row.id:
            self._failed(error)
        elif isinstance(error, NotWhole):
            form.show_faults(error.faults)
        else:
            form.show_failure(explain(error))

    def _discard(self, row_id: str) -> None:
        book = self._book
        self._unsaved.forget()
        self._drafts.pop(row_id, None)
        self._background.store.do(lambda: book.drop(row_id), lambda _: self._read(), self._failed)
        if row_id in self._rows:
            self._open(row_id)

    def _tell_earlier(self, ask: Callable[[str], tuple[RowT, ...]], row_id: str) -> None:
        """The versions that the server knows, to be chosen from."""

        def told(versions: tuple[RowT, ...]) -> None:
            if self._page.form.row_id == row_id:
                self._page.form.show_earlier([(self._version(one), one) for one in versions])

        self._background.network.do(lambda: ask(row_id), told, self._failed)

    def _not_kept(self, error: Exception) -> None:
        self._page.form.show_failure(explain(error))
