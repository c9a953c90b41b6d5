"""The files of a ticket: dragged in, pasted as a picture or chosen; looked at, opened and saved, with how they stand.

Values: beside `show_ticket` `show_here(ids)`, `show_progress(id, pct)`, `show_picture`, `say`. Wishes:
`files_wanted(paths)`, `picture_wanted(image)`, `open_wanted(Attachment)`, `save_wanted(Attachment)`.
"""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QFileDialog

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, Tone
from agent_model.attachment import Attachment, AttachmentState

PREVIEW_PX = 220


class AttachmentsPanel(TicketPanel):
    files_wanted = Signal(object)
    picture_wanted = Signal(object)
    open_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats, self.tr("Attachments"))
        self._attachments: tuple[Attachment, ...] = ()
        self._progress: dict[str, int] = {}
        self._seen: Seen | None = None
        self._ticket = ""
        self.setAcceptDrops(True)
        self.add = Button(look, self.tr("Attach a file…"), "plus", size="compact")
        self.paste = Button(look, self.tr("Paste a picture"), "copy", kind="ghost", size="compact")
        self.paste.setAccessibleDescription("Ctrl+V")
        self.open_button = Button(look, self.tr("Open"), "eye", kind="ghost", size="compact")
        self.save = Button(look, self.tr("Save as…"), "external", kind="ghost", size="compact")
        for button in (self.open_button, self.save, self.paste, self.add):
            self.add_to_head(button)
        self.lines = Lines(look, self.tr("Attachments"))
        self.lines.taken.connect(self._open)
        self.picture = Label("body")
        self.picture.setAccessibleName(self.tr("Preview"))
        self.picture.hide()
        self.hint = Label(
            "hint", self.tr("Drop files here, or paste a picture. They are kept here until they are sent.")
        )
        self.words = Label("meta", "", wraps=True)
        self.words.hide()
        for widget in (self.lines, self.picture, self.hint, self.words):
            self.body.addWidget(widget)
        self.add.clicked.connect(self._choose)
        self.paste.clicked.connect(self.paste_picture)
        self.open_button.clicked.connect(lambda: self._open(self._current))
        self.save.clicked.connect(self._save)

    def show_ticket(self, seen: Seen) -> None:
        ticket = seen.sheet.ticket
        if ticket.id != self._ticket:
            self.leave()
            self._ticket = ticket.id
        self._seen, self._attachments = seen, ticket.attachments
        self._show()
        for button in (self.add, self.paste):
            button.setVisible(seen.sheet.may_work)

    def leave(self) -> None:
        self._ticket = ""
        self._progress.clear()
        self.picture.hide()
        self.words.hide()

    def show_progress(self, id_: str, percent: int) -> None:
        self._progress[id_] = percent
        self._show()

    def show_picture(self, content: bytes) -> bool:
        """Whether it is one."""
        pixmap = QPixmap()
        if not pixmap.loadFromData(content):
            return False
        side = self._look.px(PREVIEW_PX)
        width = max(side, self.width() - self._look.px(40))
        mode = Qt.TransformationMode.SmoothTransformation
        self.picture.setPixmap(pixmap.scaled(width, side, Qt.AspectRatioMode.KeepAspectRatio, mode))
        self.picture.show()
        return True

    def say(self, words: str, tone: str = "") -> None:
        self.words.say(words, tone)
        self.words.setVisible(bool(words))

    def paste_picture(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.add.isVisible() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_picture()
        elif event.matches(QKeySequence.StandardKey.Save):
            self._save()
        else:
            super().keyPressEvent(event)

    @property
    def _current(self) -> str:
        row = self.lines.currentIndex().row()
        if not 0 <= row < len(self._attachments):
            row = len(self._attachments) - 1
        return self._attachments[row].id if row >= 0 else ""

    def _open(self, id_: str) -> None:
        if (found := self._named(id_)) is not None:
            self.open_wanted.emit(found)

    def _save(self) -> None:
        if (found := self._named(self._current)) is not None:
            self.save_wanted.emit(found)

    def _named(self, id_: str) -> Attachment | None:
        return next((one for one in self._attachments if one.id == id_), None)

    def _take(self, held: QMimeData) -> None:
        """Files before a picture: a file that was copied brings its picture along."""
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if paths:
            self.files_wanted.emit(paths)
            return
        image = held.imageData() if held.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.picture_wanted.emit(image)
        else:
            self.say(self.tr("There is no picture to paste. Copy one first, or choose a file."), "warn")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach a file"))
        if chosen:
            self.files_wanted.emit([Path(path) for path in chosen])

    def _show(self) -> None:
        seen = self._seen
        if seen is not None:
            self.lines.show_lines([self._line(one, seen) for one in self._attachments])
        for button in (self.open_button, self.save):
            button.setVisible(bool(self._attachments))

    def _line(self, one: Attachment, seen: Seen) -> Line:
        words, tone = self._state(one)
        about = f"{size_words(one.size)} · {seen.names.person(one.added_by)} · {self._when(one.added_at, seen.now)}"
        return Line(one.id, one.name, pill=words, tone=tone, at_right=about)

    def _when(self, at: datetime, now: datetime) -> str:
        return self._formats.moment(at, now)

    def _state(self, one: Attachment) -> tuple[str, Tone]:
        match one.state:
            case AttachmentState.COMING:
                percent = self._progress.get(one.id)
                if percent is None:
                    return self.tr("waits to be sent"), "neutral"
                return self.tr("sent: {percent} %").format(percent=percent), "accent"
            case AttachmentState.SCANNING:
                return self.tr("being looked through"), "accent"
            case AttachmentState.CLEAN:
                return self.tr("no virus found"), "ok"
            case AttachmentState.INFECTED:
                return self.tr("virus: nobody can open it"), "bad"
            case AttachmentState.NOT_SCANNED:
                return self.tr("not scanned"), "warn"


def size_words(size: int) -> str:
    """A size in bytes as people say it."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
