"""The ticket on the screen as a PDF: with the right to it, on record before the file is there."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import ticket_name
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.answers import AnswersPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.print_out import print_out, write_pdf
from agent_model.desk_policy import DeskPolicy
from agent_model.export import ExportKind


class PrintDesk(QObject):
    """`saved` when the line of the audit waits to be sent."""

    saved = Signal()
    told = Signal(str)

    def __init__(self, rooms: Rooms, background: Background, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._formats = rooms, background, formats
        self._page: TicketPage | None = None

    def wire(self, page: TicketPage) -> None:
        self._page = page
        page.print_wanted.connect(self.ask)

    def ask(self) -> None:
        """Where to."""
        page = self._page
        if page is None or page.seen is None:
            return
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or ".")
        name = f"{ticket_name(page.seen.sheet.ticket).lstrip('#')}.pdf"
        target, _ = QFileDialog.getSaveFileName(page, self.tr("Print to PDF"), str(folder / name), "PDF (*.pdf)")
        if target:
            self.print_to(Path(target).with_suffix(".pdf"))

    def print_to(self, path: Path) -> None:
        page, rooms = self._page, self._rooms
        if page is None or page.seen is None:
            return
        agent, ticket = rooms.agent, page.seen.sheet.ticket
        by = f"{agent.name.in_language(self._formats.language)} {agent.login} {agent.extension}".strip()
        seen, answers = page.seen, page.panel(AnswersPanel).answers

        def note() -> DeskPolicy | None:
            if not rooms.exports.may(ExportKind.PRINT, ticket.id, 1, is_online=True).is_given:
                return None
            rooms.exports.note(ExportKind.PRINT, ticket.id, ticket_name(ticket), 1)
            return rooms.exports.policy()

        def noted(policy: DeskPolicy | None) -> None:
            if policy is None:
                self.told.emit(self.tr("Your role may not print tickets. Ask who leads your team."))
                return
            self.saved.emit()
            out = print_out(seen, answers, self._formats, by, is_marked=policy.watermark)
            try:
                write_pdf(out, path)
            except OSError:
                words = self.tr("The ticket could not be written to {path}. Take another folder.")
                self.told.emit(words.format(path=path))
            else:
                self.told.emit(self.tr("The ticket is in {path}.").format(path=path))

        self._background.store.do(note, noted, self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
