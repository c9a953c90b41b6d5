"""Documents on the page where articles are written: brought in as drafts, and articles brought out."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal

from agent_desktop.article_files import ArticleFiles, NotAddedError
from agent_desktop.knowledge.bringing import Brought, NotGathered, TooManyDocuments
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.knowledge.pictures import lighter
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_model.article import Article
from agent_papers.paper import Gathered
from agent_papers.pictures import LARGEST_FILE, renamed
from agent_papers.writing import write

if TYPE_CHECKING:
    from agent_desktop.ui.articles.page import ArticlesPage


class BringingDesk(QObject):
    """Documents are read in a process of their own, which the lane of papers waits for."""

    saved = Signal()
    brought = Signal()
    """The list of articles may have become longer."""

    def __init__(self, rooms: Rooms, background: Background, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._formats = rooms, background, formats
        self._page: ArticlesPage | None = None

    def wire(self, page: "ArticlesPage") -> None:
        self._page = page
        page.documents_wanted.connect(self.bring_in)
        page.folder_wanted.connect(self.bring_out)
        page.print_wanted.connect(self.print_to)
        page.editor.text.html_pasted.connect(self.paste)

    def bring_in(self, source: Path) -> None:
        reader, language = self._rooms.documents, "zh-CN" if self._formats.is_chinese else "en"
        self._say(self.tr("Reading {name}…").format(name=source.name), is_busy=True)
        self._background.papers.do(lambda: reader.gather(source, language), self._gathered, self._failed)

    def _gathered(self, gathered: Gathered) -> None:
        bringing, files = self._rooms.bringing, self._rooms.article_files

        def bring() -> Brought:
            kept = {id_: _added(files, content) for id_, content in gathered.files.items()}
            papers = [replace(paper, body=renamed(paper.body, kept)) for paper in gathered.papers]
            return bringing.bring_in(papers)

        self._background.store.do(bring, lambda brought: self._done(gathered, brought), self._failed)

    def _done(self, gathered: Gathered, brought: Brought) -> None:
        from agent_desktop.ui.articles.bringing_words import brought_words

        self._say(*brought_words(gathered, brought))
        if brought.written:
            self.saved.emit()
            self.brought.emit()

    def paste(self, html: str, plain: str) -> None:
        """Formatted text as Markdown; as plain text where it cannot be read."""
        if self._page is None:
            return
        text, lane = self._page.editor.text, self._background.library
        article_id = self._page.editor.article_id

        def put(words: str) -> None:
            if self._page is not None and self._page.editor.article_id == article_id and not text.isReadOnly():
                text.put(words)

        files = self._rooms.article_files

        def read() -> str:
            words, held = _as_markdown(html)
            return renamed(words, {id_: _added(files, content) for id_, content in held.items()}) or plain

        lane.do(read, put, lambda _: put(plain))

    def bring_out(self, folder: Path) -> None:
        """As Markdown, into a folder that holds nothing yet."""
        self._out(
            lambda articles: write(articles, folder, self._rooms.article_files.here),
            self.tr("Articles written to {path}: {count}"),
            folder,
        )

    def print_to(self, path: Path) -> None:
        """As one page."""
        from agent_desktop.ui.articles.bringing_words import for_printing

        title = self.tr("Knowledge")

        def printed(articles: tuple[Article, ...]) -> int:
            path.write_text(for_printing(articles, title), encoding="utf-8")
            return len(articles)

        self._out(printed, self.tr("Articles written to {path}: {count}"), path)

    def _out(self, put: Callable[[tuple[Article, ...]], int], words: str, target: Path) -> None:
        self._say(self.tr("Writing…"), is_busy=True)
        book = self._rooms.articles

        def told(count: int) -> None:
            self._say(words.format(path=target, count=count))

        def read(articles: tuple[Article, ...]) -> None:
            self._background.papers.do(lambda: put(articles), told, lambda error: self._not_written(target, error))

        self._background.store.do(book.live, read, self._failed)

    def _not_written(self, target: Path, error: Exception) -> None:
        if isinstance(error, FileExistsError):
            words = self.tr("{path} holds something already. Choose a new or an empty folder.")
        elif isinstance(error, OSError):
            words = self.tr("Nothing could be written to {path}. Choose another place.")
        else:
            self._failed(error)
            return
        self._say("", words.format(path=target))

    def _failed(self, error: Exception) -> None:
        match error:
            case TooManyDocuments():
                words = self.tr("{count} documents are too many at once. Bring them in by parts.")
                self._say("", words.format(count=error.count))
            case NotGathered():
                self._say("", self.tr("The documents could not be read. Try fewer of them."))
            case _:
                self._say("", explain(error))

    def _say(self, words: str, more: str = "", *, is_busy: bool = False) -> None:
        if self._page is not None:
            self._page.show_documents(words, more, is_busy=is_busy)


def _as_markdown(html: str) -> tuple[str, dict[str, bytes]]:
    from agent_papers.html import pasted  # a twentieth of the start, which waits for nobody's paste

    return pasted(html, _in_temp)


def _added(files: ArticleFiles, content: bytes) -> str | None:
    """Its id, made no larger than it must be; None for what the company does not allow. Raises StoreError."""
    try:
        return files.add(lighter(content))
    except NotAddedError:
        return None


def _in_temp(address: str) -> bytes | None:
    """A picture that another program put beside what was copied: Word does so, in the folder for such files. No other
    file is read because a text that was copied names it."""
    url = QUrl(address)
    if not url.isLocalFile():
        return None
    path, folder = Path(url.toLocalFile()), Path(tempfile.gettempdir()).resolve()
    try:
        if not path.resolve().is_relative_to(folder) or path.stat().st_size > LARGEST_FILE:
            return None
        return path.read_bytes()
    except OSError:
        return None
