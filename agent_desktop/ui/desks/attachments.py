"""The files of the ticket on the screen: attached, sent on, opened, saved; their author is told of one with a virus."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog

from agent_desktop.attachments import AwayError, NotAttachedError, Why
from agent_desktop.errors import ServerRefused
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.sync.uploads import UploadProgress
from agent_desktop.ui.background import Background
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.attachments import AttachmentsPanel, size_words
from agent_desktop.ui.ticket.page import TicketPage
from agent_model.attachment import Attachment, AttachmentState
from agent_model.export import ExportKind
from agent_model.ticket import Ticket, TicketId

LARGEST_READ = 512 * 1024 * 1024


class AttachmentDesk(QObject):
    """`saved` when something waits to be sent; `attached` when the ticket is to be read again."""

    saved = Signal()
    attached = Signal()
    told = Signal(str)

    def __init__(self, rooms: Rooms, background: Background, in_step: InStep, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = rooms, background
        self._page: TicketPage | None = None
        self._told_of: set[str] = set()
        in_step.upload_moved.connect(self._moved)
        in_step.scope_changed.connect(self._rows_came)

    def wire(self, page: TicketPage) -> None:
        """The page is there now."""
        self._page = page
        panel = page.panel(AttachmentsPanel)
        panel.files_wanted.connect(self._attach_files)
        panel.picture_wanted.connect(self._attach_picture)
        panel.open_wanted.connect(self._open)
        panel.save_wanted.connect(self._save)

    @property
    def _panel(self) -> AttachmentsPanel | None:
        return None if self._page is None else self._page.panel(AttachmentsPanel)

    def _attach_files(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._attach(path.name, lambda path=path: _read(path))

    def _attach_picture(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        content = bytes(buffer.data().data())
        self._attach(self.tr("Picture {clock}.png").format(clock=f"{self._rooms.clock():%H%M%S}"), lambda: content)

    def _attach(self, name: str, content: object) -> None:
        page, rooms = self._page, self._rooms
        if page is None or not page.ticket_id or not callable(content):
            return
        ticket_id, read = page.ticket_id, content

        def attached(_: Attachment) -> None:
            self._say("")
            self.saved.emit()
            self.attached.emit()

        self._background.store.do(
            lambda: rooms.attachments.attach(ticket_id, name, read()),
            attached,
            lambda error: self._say(self._why(name, error), "bad"),
        )

    def _open(self, attachment: Attachment) -> None:
        """Pictures here; others with the program the desktop has for them."""
        self._fetch(attachment, lambda content: self._show(attachment, content))

    def _save(self, attachment: Attachment) -> None:
        panel = self._panel
        if panel is None:
            return
        target, _ = QFileDialog.getSaveFileName(panel, self.tr("Save as"), attachment.name)
        if target:
            self.save_to(attachment, Path(target))

    def save_to(self, attachment: Attachment, target: Path) -> None:
        """With the right to do so, and on record before the file is there."""
        rooms, ticket_id = self._rooms, self._page.ticket_id if self._page is not None else ""

        def write(content: bytes) -> None:
            def work() -> bool:
                if not rooms.exports.may(ExportKind.ATTACHMENT, ticket_id, 1, is_online=True).is_given:
                    return False
                rooms.exports.note(ExportKind.ATTACHMENT, ticket_id, attachment.name, 1)
                target.write_bytes(content)
                return True

            def done(is_written: bool) -> None:
                if is_written:
                    self._say(self.tr("Saved: {path}").format(path=target), "ok")
                    self.saved.emit()
                else:
                    self._say(self.tr("Your role may not save attachments. Ask who leads your team."), "bad")

            self._background.store.do(work, done, lambda error: self._say(self._why(attachment.name, error), "bad"))

        self._fetch(attachment, write)

    def _fetch(self, attachment: Attachment, then: object) -> None:
        page, rooms = self._page, self._rooms
        if page is None or not callable(then):
            return
        if attachment.state is AttachmentState.INFECTED:
            self._say(_infected(attachment), "bad")
            return
        ticket_id = page.ticket_id
        self._background.network.do(
            lambda: rooms.attachments.open(ticket_id, attachment),
            then,
            lambda error: self._say(self._why(attachment.name, error), "bad"),
            replaces="attachment",
        )

    def _show(self, attachment: Attachment, content: bytes) -> None:
        panel = self._panel
        if panel is None:
            return
        self._say("")
        if attachment.media_type.startswith("image/") and panel.show_picture(content):
            return
        with contextlib.suppress(OSError):
            path = self._rooms.opened_files.put(attachment.name, content)
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                return
        self._say(
            self.tr("No program on this computer opens “{name}”. Save it instead.").format(name=attachment.name), "warn"
        )

    def _moved(self, progress: UploadProgress) -> None:
        panel = self._panel
        if panel is not None:
            panel.show_progress(progress.name.partition(".")[0], progress.sent * 100 // max(1, progress.length))

    def _rows_came(self, change: ScopeChanged) -> None:
        """One's own files that turned out to have a virus: told once."""
        desk, ids = self._rooms.desk, sorted(change.ids)
        if change.entities and "ticket" not in change.entities:
            return

        def read() -> list[Ticket]:
            found = (desk.ticket(TicketId(id_)) for id_ in ids)
            return [ticket for ticket in found if ticket is not None]

        if ids:
            self._background.store.do(read, self._tell_infected, lambda error: self.told.emit(explain(error)))

    def _tell_infected(self, tickets: list[Ticket]) -> None:
        me = self._rooms.agent.id
        for ticket in tickets:
            for one in ticket.attachments:
                is_mine = one.added_by == me and one.state is AttachmentState.INFECTED
                if is_mine and one.id not in self._told_of:
                    self._told_of.add(one.id)
                    self.told.emit(f"{ticket.number or ticket.subject}: {_infected(one)}")

    def _say(self, words: str, tone: str = "") -> None:
        if self._panel is not None:
            self._panel.say(words, tone)

    def _why(self, name: str, error: Exception) -> str:
        match error:
            case NotAttachedError():
                return self._not_attached(name, error)
            case AwayError():
                return self.tr("“{name}” is not here, and the server has it no more.").format(name=name)
            case ServerRefused(code="attachment_waits"):
                return self.tr(
                    "“{name}” is not there yet, or still being looked through. Try again in a moment."
                ).format(name=name)
            case ServerRefused(code="attachment_infected"):
                return self.tr("A virus was found in “{name}”. Nobody can open it.").format(name=name)
            case ServerRefused(code="attachment_lost"):
                return self.tr("“{name}” is not here, and the server has it no more.").format(name=name)
            case OSError():
                return self.tr("“{name}” cannot be read or written there ({why}).").format(
                    name=name, why=error.strerror or type(error).__name__
                )
        return explain(error)

    def _not_attached(self, name: str, error: NotAttachedError) -> str:
        match error.why:
            case Why.TOO_LARGE:
                words = self.tr("“{name}” is larger than the {largest} your site allows.")
                return words.format(name=name, largest=size_words(error.rule.largest))
            case Why.TYPE:
                return self.tr("“{name}” is not a kind of file that your site allows.").format(name=name)
            case Why.TOO_MANY:
                words = self.tr("The ticket has {most} files already, as many as your site allows.")
                return words.format(most=error.rule.most)
            case Why.EMPTY:
                return self.tr("“{name}” is empty.").format(name=name)
            case Why.GONE:
                return self.tr("The ticket is no longer on this workstation, so nothing was attached.")


def _infected(attachment: Attachment) -> str:
    words = QCoreApplication.translate(
        "ticket", "A virus was found in “{name}” ({virus}). Nobody can open it; attach a clean file instead."
    )
    return words.format(name=attachment.name, virus=attachment.found or "?")


def _read(path: Path) -> bytes:
    """Raises OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST_READ)
