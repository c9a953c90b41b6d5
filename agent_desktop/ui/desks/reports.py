"""Reports of the floor for who leads it: asked of the server as the filter says, kept, taken as files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from agent_desktop.errors import ServerRefused
from agent_desktop.supervisor.reports import Asked, NoDays
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.reports_page import ReportsPage
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.state_button import BreakReason
from agent_model.floor_report import TITLES, Report, Wish, most_days


class ReportsDesk(PageDesk[ReportsPage]):
    page_made = Signal(object)

    def __init__(self, ground: Ground, reasons: Callable[[], Mapping[str, BreakReason]], parent: QObject) -> None:
        self._reports = ground.rooms.reports
        super().__init__(Page.REPORTS, ground, parent, is_offered=self._reports.is_offered)
        self._reasons = reasons
        self._wish: Wish | None = None

    def _wire(self, page: ReportsPage) -> None:
        self.page_made.emit(page)
        page.asked.connect(self._ask)
        page.file_wanted.connect(self._choose_file)

    def _entered(self) -> None:
        self._name()
        self._page.begin()
        self._background.store.do(self._reports.asked, self._begin, self._failed)

    def names_changed(self) -> None:
        """Of queues, teams, people or breaks."""
        if not self._is_wired:
            return
        self._name()
        wanted = self._page.wanted
        wish, before = self._wish_of(wanted), self._wish
        if before is not None and wish is not None and wish != before:
            self._ask(wanted)  # who it was narrowed to is gone

    def _name(self) -> None:
        self._page.show_names(self._names(), {id_: one.name for id_, one in self._reasons().items()})

    def write(self, form: str, path: Path) -> None:
        """What is shown, as the server writes it."""
        wish, language = self._wish, self._formats.language
        if wish is None:
            return

        def written(_: None) -> None:
            self.told.emit(self.tr("The report is in {path}.").format(path=path))

        def not_written(error: Exception) -> None:
            if isinstance(error, OSError):
                words = self.tr("The report could not be written to {path}. Take another folder.")
                self.told.emit(words.format(path=path))
            else:
                self.told.emit(self._explained(error))

        self._background.network.do(lambda: self._reports.write(wish, form, language, path), written, not_written)

    def _begin(self, asked: Asked) -> None:
        self._page.show_asked(asked, has_teams=self._reports.sees_all)
        self._look(asked)

    def _ask(self, asked: Asked) -> None:
        self._background.store.do(lambda: self._reports.keep(asked), lambda _: None, self._failed)
        if self._wish is None or self._wish != self._wish_of(asked):
            self._look(asked)

    def _look(self, asked: Asked) -> None:
        self._wish = wish = self._wish_of(asked)
        page = self._page
        if wish is None:
            page.say(self.tr("Write the first and the last day as 2026-01-31, the last not before the first."))
            return
        if wish.days > most_days(wish.kind):
            words = self.tr("This report is of {count} days at most. Choose fewer.")
            page.say(words.format(count=most_days(wish.kind)))
            return
        page.show_busy()
        self._background.network.do(lambda: self._reports.made(wish), self._show, self._not_made, replaces="report")

    def _wish_of(self, asked: Asked) -> Wish | None:
        try:
            return asked.wish(self._formats.local_date(self._rooms.clock()))
        except NoDays:
            return None

    def _show(self, report: Report) -> None:
        if report.wish == self._wish:
            self._page.show_report(report)

    def _not_made(self, error: Exception) -> None:
        self._wish = None
        self._page.say(self._explained(error), is_trouble=True)

    def _choose_file(self, form: str) -> None:
        wish = self._wish
        if wish is None:
            return
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        name = f"{TITLES[wish.kind].in_language(self._formats.language)} {wish.first} {wish.last}.{form}"
        target, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Where to"), str(folder / name), f"{form.upper()} (*.{form})"
        )
        if target:
            self.write(form, Path(target).with_suffix(f".{form}"))

    def _explained(self, error: Exception) -> str:
        if isinstance(error, ServerRefused) and error.code == "too_much":
            return self.tr(
                "That is more than one report holds. Choose fewer days, or narrow it to a queue or an agent."
            )
        if isinstance(error, ServerRefused) and error.code == "not_these_days":
            return self.tr("There is no report of these days. Choose others.")
        return explain(error)
