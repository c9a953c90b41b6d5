"""Pictures and other files of articles on the screen: brought to whoever reads, added to what is written."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog

from agent_desktop.article_files import FileAway, NotAddedError, Why
from agent_desktop.attachments import safe_name
from agent_desktop.errors import ServerRefused
from agent_desktop.ui.background import Background
from agent_desktop.ui.knowledge.pictures import encoded, lighter, picture
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.attachments import size_words
from agent_model.article_file import ENDINGS, PICTURES, PLAIN, FileState, kind_of

T = TypeVar("T")

if TYPE_CHECKING:
    from agent_desktop.ui.articles.page import ArticlesPage
    from agent_desktop.ui.articles.pasting import ArticleText

LARGEST_READ: Final = 512 * 1024 * 1024
ASK_AGAIN_MS: Final = 5_000
"""How long after a picture was not there it is looked for again, while its text is on the screen."""


class ArticleFilesDesk(QObject):
    """`saved` when something waits to be sent."""

    saved = Signal()
    told = Signal(str)

    def __init__(self, rooms: Rooms, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = rooms, background
        self._readers: list[Reader] = []
        self._page: ArticlesPage | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self._ask_again)

    def look_after(self, reader: Reader) -> None:
        """Its pictures come from here, and its files are opened."""
        self._readers.append(reader)
        reader.pictures_wanted.connect(lambda ids: self._bring(reader, ids))
        reader.file_wanted.connect(self._open)

    def wire(self, page: "ArticlesPage") -> None:
        """The page is there now."""
        self._page = page
        text = page.editor.text
        self.look_after(page.editor.preview)
        text.picture_pasted.connect(self._add_picture)
        text.files_brought.connect(self._add_files)
        page.editor.bar.file_wanted.connect(self._choose)

    def end(self) -> None:
        self._again.stop()

    # ---- reading ----------------------------------------------------------------------------------------------

    def _bring(self, reader: Reader, ids: frozenset[str]) -> None:
        files = self._rooms.article_files

        def look() -> dict[str, QImage | None]:
            contents = ((id_, files.here(id_)) for id_ in ids)
            return {id_: None if content is None else picture(content) for id_, content in contents}

        def found(images: dict[str, QImage | None]) -> None:
            self._show(reader, {id_: image for id_, image in images.items() if image is not None})
            for id_ in sorted(id_ for id_, image in images.items() if image is None):
                self._fetch(reader, id_)

        self._background.library.do(look, found, self._failed)

    def _fetch(self, reader: Reader, file_id: str) -> None:
        files = self._rooms.article_files

        def away(error: Exception) -> None:
            is_infected = isinstance(error, ServerRefused) and error.code == "attachment_infected"
            state = error.state if isinstance(error, FileAway) else FileState.COMING
            self._show(reader, {file_id: FileState.INFECTED if is_infected else state})
            if not self._again.isActive():
                self._again.start()

        def came(image: QImage | None) -> None:
            self._show(reader, {file_id: FileState.COMING if image is None else image})

        self._background.network.do(lambda: picture(files.read(file_id)), came, away)

    def _show(self, reader: Reader, found: Mapping[str, QImage | FileState]) -> None:
        if shiboken6.isValid(reader):
            reader.show_pictures(found)

    def _ask_again(self) -> None:
        self._readers = [reader for reader in self._readers if shiboken6.isValid(reader)]
        for reader in self._readers:
            if reader.isVisible() and (missing := reader.missing):
                self._bring(reader, missing)

    def _open(self, file_id: str, name: str) -> None:
        """With the program the desktop has for its kind, which its bytes say."""
        files = self._rooms.article_files
        self._background.network.do(
            lambda: files.read(file_id),
            lambda content: self._opened_with(name, content),
            lambda _: self._not_here(name),
        )

    def _opened_with(self, name: str, content: bytes) -> None:
        ending = ENDINGS.get(kind_of(content) or "", ".txt")
        if kind_of(content) == PLAIN and name.lower().endswith(".csv"):
            ending = ".csv"
        stem = safe_name(name or "file")
        with contextlib.suppress(OSError):
            path = self._rooms.opened_files.put(f"{stem.removesuffix(ending)}{ending}", content)
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                return
        self.told.emit(self.tr("No program on this computer opens “{name}”.").format(name=name))

    def _not_here(self, name: str) -> None:
        self.told.emit(self.tr("“{name}” is not here yet. Try again when the server answers.").format(name=name))

    # ---- writing ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        if self._page is None:
            return
        chosen, _ = QFileDialog.getOpenFileNames(self._page, self.tr("Picture or another file"))
        if chosen:
            self._add_files([Path(one) for one in chosen])

    def _add_picture(self, image: QImage) -> None:
        name, files = self.tr("what it shows"), self._rooms.article_files
        self._add(name, lambda: files.add(encoded(image)), lambda text, file_id: text.put_picture(name, file_id))

    def _add_files(self, paths: Sequence[Path]) -> None:
        """In their order, up to the first that does not do."""
        if paths:
            first, *others = paths
            self._add(first.name, partial(self._added, first), lambda text, put: self._put(text, put, others))

    def _added(self, path: Path) -> tuple[str, str, bool]:
        content = _brought(path)
        is_picture = kind_of(content) in PICTURES
        return path.stem if is_picture else path.name, self._rooms.article_files.add(content), is_picture

    def _put(self, text: "ArticleText", put: tuple[str, str, bool], others: Sequence[Path]) -> None:
        name, file_id, is_picture = put
        text.put_file(name, file_id, is_picture=is_picture)
        self._add_files(others)

    def _add(self, name: str, add: Callable[[], T], put: "Callable[[ArticleText, T], None]") -> None:
        page = self._page
        if page is None:
            return
        article_id = page.editor.article_id

        def added(found: T) -> None:
            if page.editor.article_id == article_id:
                put(page.editor.text, found)
                self.saved.emit()

        self._background.library.do(add, added, lambda error: page.editor.show_failure(self._why(name, error)))

    def _why(self, name: str, error: Exception) -> str:
        match error:
            case NotAddedError(why=Why.TOO_LARGE):
                words = self.tr("“{name}” is larger than the {largest} your site allows.")
                return words.format(name=name, largest=size_words(error.rule.largest))
            case NotAddedError(why=Why.EMPTY):
                return self.tr("“{name}” is empty.").format(name=name)
            case NotAddedError():
                return self.tr(
                    "“{name}” is not a kind of file that articles may have: pictures, PDF, Office, text."
                ).format(name=name)
            case OSError():
                return self.tr("“{name}” cannot be read ({why}).").format(
                    name=name, why=error.strerror or type(error).__name__
                )
        return explain(error)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _brought(path: Path) -> bytes:
    """Raises OSError."""
    with path.open("rb") as file:
        return lighter(file.read(LARGEST_READ))
