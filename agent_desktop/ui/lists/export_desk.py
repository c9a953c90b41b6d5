"""A list on its way into a file: what may leave, written a few rows at a time behind the window, put on record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal

from agent_desktop.exports.desk import Answer, Exports, Permit
from agent_desktop.exports.job import About, ExportJob, Form, Rows
from agent_desktop.lists import NounList, Query
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.columns import Line
from agent_desktop.ui.lists.export_panel import Asked, ExportPanel
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.messages.trouble import explain
from agent_model.agent import Agent
from agent_model.export import Export, ExportKind

translate = QCoreApplication.translate
T = TypeVar("T")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Exporter:
    """Who takes lists out of the house, in whose words; `is_online` says whether the server answers."""

    exports: Exports
    agent: Agent
    formats: Formats
    names: Callable[[], Directory]
    clock: Callable[[], Any]
    is_online: Callable[[], bool]

    @property
    def by(self) -> str:
        return f"{self.agent.name.in_language(self.formats.language)} {self.agent.login} {self.agent.extension}".strip()


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was shown when the export was wanted."""

    query: Query
    columns: tuple[str, ...]
    chosen: frozenset[int]
    what: str


class ExportDesk(QObject, Generic[T]):
    """Of one list. `saved` when something waits to be sent."""

    saved = Signal()

    def __init__(
        self,
        background: Background,
        look: Look,
        nouns: NounList[T],
        kind: ListKind[T],
        exporter: Exporter,
        page: ListPage,
    ) -> None:
        super().__init__(page)
        self._background, self._nouns, self._kind, self._exporter, self._page = background, nouns, kind, exporter, page
        self._wish: _Wish | None = None
        self._job: ExportJob | None = None
        self._permit: Permit | None = None
        self._count = 0
        self._is_running = self._is_stopping = False
        self._asked: dict[str, Export] = {}
        self.panel = ExportPanel(look)
        self.panel.hide()
        page.put_panel(self.panel)
        page.export_wanted.connect(self.open)
        self.panel.start_wanted.connect(self._start)
        self.panel.ask_wanted.connect(self._ask)
        self.panel.cancel_wanted.connect(self._stop)
        self.panel.closed.connect(self._close)
        self.panel.decided.connect(self._decide)

    def open(self) -> None:
        """What would leave, and whether it may."""
        if self._is_running:
            return
        page, exporter = self._page, self._exporter
        chosen = frozenset(page.chosen_here)
        self._wish = _Wish(page.query, page.shown_columns, chosen, self._what(page.query))
        count = len(chosen) or page.count
        kind, is_online = self._kind.name, exporter.is_online()
        self._background.store.do(
            lambda: (
                exporter.exports.may(ExportKind.LIST, kind, count, is_online=is_online),
                exporter.exports.to_decide(),
            ),
            lambda found: self._show(count, *found),
            self._failed,
        )

    def _show(self, count: int, permit: Permit, asked: tuple[Export, ...]) -> None:
        self._permit, self._count = permit, count
        self._asked = {one.id: one for one in asked}
        head = self.tr("Export “{list}”: {count} rows").format(list=self._kind.title, count=count)
        path = self._suggested() if permit.is_given else None
        can_ask = permit.answer is Answer.NEEDS_APPROVAL
        self.panel.show_wish(head, self._about_permit(permit), path, can_ask=can_ask)
        self.panel.show_asked([Asked(one.id, self._asked_words(one)) for one in asked])
        self.panel.show()

    def _about_permit(self, permit: Permit) -> str:
        match permit.answer:
            case Answer.ALLOWED:
                return self.tr(
                    "As the list shows it: its order, filters and columns. Your name and the time stand in the file, "
                    "and the export is put on record."
                )
            case Answer.NEEDS_APPROVAL:
                return self.tr(
                    "You may export up to {rows} rows at once. For more, somebody who leads your team has to approve; "
                    "narrow the list, or ask."
                ).format(rows=permit.rows)
            case Answer.TOO_MANY:
                return self.tr("Nobody may export more than {most} rows at once. Narrow the list.").format(
                    most=permit.most
                )
            case Answer.NOT_YOURS:
                return self.tr("Your role may not export this list. Ask who leads your team.")
            case Answer.ONLINE_ONLY:
                return self.tr(
                    "The server does not answer, and your site allows exports only while it does. Try later."
                )

    def _asked_words(self, one: Export) -> str:
        names = self._exporter.names()
        return self.tr("{who} asks to export {count} rows of “{list}” ({what}): {reason}").format(
            who=names.person(one.asked_by), count=one.rows, list=one.subject, what=one.what, reason=one.reason or ""
        )

    def _what(self, query: Query) -> str:
        """Which part of the list, in words."""
        page = self._page
        only = next((one.title for one in self._kind.narrowings if one.only == query.only), "")
        said = [only, *(page.filters.words(one) for one in query.filters)]
        if query.text:
            said.append(f"“{query.text}”")
        return " · ".join(filter(None, said))

    def _suggested(self) -> Path:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        stamp = f"{self._exporter.formats.local(self._exporter.clock()):%Y-%m-%d %H%M%S}"
        return folder / f"{self._kind.title} {stamp}.xlsx"

    def _start(self, path: Path, form: str) -> None:
        wish = self._wish
        if wish is None or self._is_running:
            return
        if path.exists():
            self.panel.show_trouble(self.tr("There is a file of this name already. Take another name."))
            return
        self._is_running = True
        self.panel.show_progress(0, self._count)
        self._background.library.do(lambda: self._begun(wish, path, Form(form)), self._go_on, self._not_written)

    def _begun(self, wish: _Wish, path: Path, form: Form) -> ExportJob:
        kind, nouns = self._kind, self._nouns
        columns = [column for column in kind.columns if column.key in wish.columns]
        ordering = nouns.order(wish.query)
        places = [place for place in ordering.places if place in wish.chosen] if wish.chosen else ordering.places
        heads = () if wish.chosen else tuple(
            (kind.group_title(wish.query.group, group.key), group.count) for group in ordering.groups
        )  # fmt: skip
        unsent = () if wish.chosen else tuple(map(kind.line, nouns.unsent(ordering)))

        def cells(line: Line) -> tuple[str, ...]:
            return tuple(_written(line, column.key) for column in columns)

        def cells_of(some: Sequence[int]) -> list[tuple[str, ...]]:
            return [cells(kind.line(item)) for item in nouns.items(some).values()]

        rows = Rows(tuple(column.title for column in columns), tuple(map(cells, unsent)), places, heads)
        return ExportJob(path, form, rows, self._about(wish, rows.count), cells_of)

    def _about(self, wish: _Wish, count: int) -> About:
        exporter, now = self._exporter, self._exporter.clock()
        when = exporter.formats.full(now)
        mark = f"{exporter.by} · {when}"
        lines = (
            (translate("lists", "Exported by"), exporter.by),
            (translate("lists", "Exported at"), when),
            (translate("lists", "List"), self._kind.title),
            (translate("lists", "Narrowed to"), wish.what),
            (translate("lists", "Rows"), str(count)),
        )
        return About(self._kind.title, translate("lists", "About this file"), exporter.by, now, mark, lines)

    def _go_on(self, job: ExportJob) -> None:
        self._job = job
        self._count = job.count
        self._step()

    def _step(self) -> None:
        job = self._job
        if job is None:
            return
        if self._is_stopping:
            self._over()
            self._background.library.do(job.break_off, failed=self._failed)
            self.panel.show_trouble(self.tr("Stopped. No file was written."))
            return
        self.panel.show_progress(job.written, self._count)
        if job.is_whole:
            self._background.store.do(lambda: self._finish(job), self._finished, self._not_written)
        else:
            self._background.library.do(job.step, lambda _: self._step(), self._not_written)

    def _finish(self, job: ExportJob) -> Path:
        """In the lane that writes: the line of the audit is on the disk before the file is there."""
        exporter, wish, permit = self._exporter, self._wish, self._permit
        what = wish.what if wish is not None else ""
        approved = permit.approved if permit is not None else None
        return job.finish(
            lambda rows: exporter.exports.note(ExportKind.LIST, self._kind.name, what, rows, approved)
        )  # fmt: skip

    def _finished(self, path: Path) -> None:
        self._over()
        self.panel.show_done(self.tr("The file is written: {path}").format(path=path))
        self.saved.emit()

    def _stop(self) -> None:
        """With the next few rows: who writes now is not disturbed."""
        self._is_stopping = self._is_running

    def end(self) -> None:
        """The window goes: nothing half written stays behind."""
        job, self._job = self._job, None
        if job is not None:
            self._background.library.do(job.break_off)

    def _over(self) -> None:
        self._job, self._is_running, self._is_stopping = None, False, False

    def _not_written(self, error: Exception) -> None:
        self._over()
        if isinstance(error, OSError):
            self.panel.show_trouble(
                self.tr("The file could not be written there ({why}). Take another folder.").format(
                    why=error.strerror or type(error).__name__
                )
            )
        else:
            self._failed(error)

    def _ask(self, reason: str) -> None:
        exporter, wish, count, kind = self._exporter, self._wish, self._count, self._kind.name
        if wish is None:
            return

        def asked(_: None) -> None:
            self.panel.show_done(self.tr("Asked. You are told here when it is decided; then export again."))
            self.saved.emit()

        self._background.store.do(
            lambda: exporter.exports.ask(kind, wish.what, count, reason), asked, self._failed
        )  # fmt: skip

    def _decide(self, id_: str, is_approved: bool) -> None:
        exporter, export = self._exporter, self._asked.get(id_)
        if export is None:
            return

        def decided(_: None) -> None:
            self.saved.emit()
            self.open()

        self._background.store.do(
            lambda: exporter.exports.decide(export, "", is_approved=is_approved), decided, self._failed
        )  # fmt: skip

    def _close(self) -> None:
        if not self._is_running:
            self.panel.hide()
            self._page.table.setFocus()

    def _failed(self, error: Exception) -> None:
        self.panel.show_trouble(explain(error))


def _written(line: Line, column: str) -> str:
    cell = line.cells[column]
    text = cell.written or cell.text
    return "" if text == NOTHING else text
