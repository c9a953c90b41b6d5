"""Rows on their way into a file: what may leave, written a few at a time behind the window, put on record."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.exports.desk import Answer, Exports, Permit
from agent_desktop.exports.job import About, ExportJob, Form
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.export_panel import Asked, ExportPanel
from agent_desktop.ui.messages.trouble import explain
from agent_model.agent import Agent
from agent_model.export import Export, ExportKind

translate = QCoreApplication.translate


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


class FileExport(QObject):
    """Of one `subject` of the site's policy. `saved` when something waits to be sent."""

    saved = Signal()

    def __init__(self, background: Background, look: Look, subject: str, exporter: Exporter, parent: QWidget) -> None:
        super().__init__(parent)
        self._background, self._subject, self._exporter = background, subject, exporter
        self._job: ExportJob | None = None
        self._permit: Permit | None = None
        self._said = ""
        self._count = 0
        self._is_running = self._is_stopping = False
        self._asked: dict[str, Export] = {}
        self.panel = ExportPanel(look)
        self.panel.hide()
        self.panel.start_wanted.connect(self._start)
        self.panel.ask_wanted.connect(self._ask)
        self.panel.cancel_wanted.connect(self._stop)
        self.panel.closed.connect(self._close)
        self.panel.decided.connect(self._decide)

    # ---- what is particular -----------------------------------------------------------------------------------

    @property
    @abstractmethod
    def _title(self) -> str:
        """What is exported, as a file and a sheet are called."""

    @abstractmethod
    def _wished(self) -> tuple[int, str]:
        """How many rows would leave now, and which part of all of them, in words."""

    @abstractmethod
    def _begun(self, path: Path, form: Form) -> ExportJob:
        """On the library's lane."""

    @abstractmethod
    def _closed(self) -> None:
        """The panel is gone: the keyboard goes back."""

    # ---- what may leave ---------------------------------------------------------------------------------------

    def open(self) -> None:
        """What would leave, and whether it may."""
        if self._is_running:
            return
        exporter, subject = self._exporter, self._subject
        count, self._said = self._wished()
        is_online = exporter.is_online()
        self._background.store.do(
            lambda: (
                exporter.exports.may(ExportKind.LIST, subject, count, is_online=is_online),
                exporter.exports.to_decide(),
            ),
            lambda found: self._show(count, *found),
            self._failed,
        )

    def _show(self, count: int, permit: Permit, asked: tuple[Export, ...]) -> None:
        self._permit, self._count = permit, count
        self._asked = {one.id: one for one in asked}
        head = self.tr("Export “{list}”: {count} rows").format(list=self._title, count=count)
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

    def _suggested(self) -> Path:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        stamp = f"{self._exporter.formats.local(self._exporter.clock()):%Y-%m-%d %H%M%S}"
        return folder / f"{self._title} {stamp}.xlsx"

    # ---- the file ---------------------------------------------------------------------------------------------

    def _start(self, path: Path, form: str) -> None:
        if self._is_running:
            return
        if path.exists():
            self.panel.show_trouble(self.tr("There is a file of this name already. Take another name."))
            return
        self._is_running = True
        self.panel.show_progress(0, self._count)
        self._background.library.do(lambda: self._begun(path, Form(form)), self._go_on, self._not_written)

    def _about(self, count: int) -> About:
        exporter, now = self._exporter, self._exporter.clock()
        when = exporter.formats.full(now)
        mark = f"{exporter.by} · {when}"
        lines = (
            (translate("lists", "Exported by"), exporter.by),
            (translate("lists", "Exported at"), when),
            (translate("lists", "List"), self._title),
            (translate("lists", "Narrowed to"), self._said),
            (translate("lists", "Rows"), str(count)),
        )
        return About(self._title, translate("lists", "About this file"), exporter.by, now, mark, lines)

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
        exporter, permit = self._exporter, self._permit
        approved = permit.approved if permit is not None else None
        return job.finish(
            lambda rows: exporter.exports.note(ExportKind.LIST, self._subject, self._said, rows, approved)
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
        exporter, said, count, subject = self._exporter, self._said, self._count, self._subject

        def asked(_: None) -> None:
            self.panel.show_done(self.tr("Asked. You are told here when it is decided; then export again."))
            self.saved.emit()

        self._background.store.do(
            lambda: exporter.exports.ask(subject, said, count, reason), asked, self._failed
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
            self._closed()

    def _failed(self, error: Exception) -> None:
        self.panel.show_trouble(explain(error))
