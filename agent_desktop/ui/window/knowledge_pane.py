"""Knowledge beside the ticket: suggestions for this call, search as you type, the article itself.

Values: `show_suggestions(suggestions, now)`, `show_result(SearchResult, now)`, `show_article(Article, now)`,
`show_article_gone()`, `show_failure(words)`, `show_directory`. Wishes: `search_wanted(text)` 60 ms after the last key,
`article_wanted(id)`, `insert_wanted(article id)` (from the list), `text_inserted(text)` (from an open article).
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from agent_desktop.knowledge.hits import (
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
    Reason,
    SearchHit,
    SearchResult,
    Suggestion,
)
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.hit_list import Hit, HitList
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_model.article import Article

SEARCH_DELAY_MS = 60


class KnowledgePane(QWidget):
    search_wanted = Signal(str)
    article_wanted = Signal(str)
    insert_wanted = Signal(str)
    text_inserted = Signal(str)
    article_opened = Signal()
    article_left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._directory = Directory()
        self._withholds_products = False
        self._suggestions: tuple[Suggestion, ...] = ()
        self._article: Article | None = None
        self._shows_found = False
        self._now = datetime.now().astimezone()
        self.setAccessibleName(self.tr("Knowledge"))
        self._title = Label("section", self.tr("Suggestions"))
        self._count = Label("meta", elides=True)
        self.search = Field(look, self.tr("Search knowledge"), self.tr("Search knowledge"), "search", "F3")
        self.hits = HitList(look)
        self.hits.setAccessibleName(self.tr("Articles"))
        self._nothing = Label("hint", wraps=True)
        self._meant = Button(look, " ", kind="link")
        self.insert = Button(look, self.tr("Insert"), "enter", size="compact")
        self.insert.setToolTip(self.tr("Puts the article into the ticket. Ctrl+I"))
        self.open = Button(look, self.tr("Read"), "book", kind="link")
        self._article_box = QWidget()
        self._list_box = QWidget()
        self._body: _Reader | None = None
        self._headline = Label("section", wraps=True)
        self._about = Label("meta", elides=True)
        self.back = Button(look, self.tr("Back"), "arrow-left", kind="ghost", size="compact")
        self.back.setAccessibleDescription("Esc")
        self.insert_article = Button(look, self.tr("Insert into ticket"), "enter", size="compact")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._lay_out(look)
        self._connect()
        self._show_suggestions()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        in_list = QVBoxLayout(self._list_box)
        in_list.setContentsMargins(0, 0, 0, 0)
        in_list.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Glyph(look, "sparkles", "vio", 16))
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self.insert)
        head.addWidget(self.open)
        in_list.addLayout(head)
        in_list.addWidget(self.search)
        in_list.addWidget(self._meant, 0, Qt.AlignmentFlag.AlignLeft)
        in_list.addWidget(self.hits, 1)
        in_list.addWidget(self._nothing)
        self._meant.hide()
        in_article = QVBoxLayout(self._article_box)
        in_article.setContentsMargins(0, 0, 0, 0)
        in_article.setSpacing(px(6))
        bar = QHBoxLayout()
        bar.addWidget(self.back)
        bar.addStretch(1)
        bar.addWidget(self.insert_article)
        in_article.addLayout(bar)
        in_article.addWidget(self._headline)
        in_article.addWidget(self._about)
        column.addWidget(self._list_box, 1)
        column.addWidget(self._article_box, 1)
        self._article_box.hide()

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.stepped.connect(self.hits.step)
        self.search.entered.connect(self._insert)
        self.search.left.connect(self._clear)
        self._pause.timeout.connect(self._search)
        self.hits.opened.connect(self.article_wanted)
        self.hits.chosen.connect(self._weigh)
        self.insert.clicked.connect(self._insert)
        self.open.clicked.connect(self._read)
        self.back.clicked.connect(self.leave_article)
        self.insert_article.clicked.connect(self._insert_article)
        self._meant.clicked.connect(self._take_meant)

    @property
    def shows_found(self) -> bool:
        """Whether the list answers a search; else it suggests."""
        return self._shows_found

    def withhold_products(self, *, is_withheld: bool) -> None:
        """Whether what the customer has may be named."""
        if is_withheld != self._withholds_products:
            self._withholds_products = is_withheld
            if not self._shows_found and any(isinstance(one.reason, FromProduct) for one in self._suggestions):
                self._show_suggestions()

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def begin_anew(self) -> None:
        """Another matter is on the screen: what was searched for the one before is of no use to it."""
        if self._article is not None:
            self._article = None
            self._article_box.hide()
            self._list_box.show()
            self.article_left.emit()
        self._suggestions = ()
        self._pause.stop()
        self._clear()

    def show_suggestions(self, suggestions: Sequence[Suggestion], now: datetime) -> None:
        """Shown while nothing is typed into the search."""
        self._suggestions, self._now = tuple(suggestions), now
        if not self.search.text().strip():
            self._show_suggestions()

    def show_result(self, result: SearchResult, now: datetime) -> None:
        """The answer to `search_wanted`; comes to nothing when the field was emptied meanwhile."""
        if not self.search.text().strip():
            return
        self._now, self._shows_found = now, True
        self._title.say(self.tr("Found"))
        self._count.say(self.tr("Articles: {count}").format(count=self._formats.count(result.total)))
        self._meant.setVisible(result.did_you_mean is not None)
        if result.did_you_mean is not None:
            self._meant.setText(self.tr("Did you mean “{query}”?").format(query=result.did_you_mean))
            self._meant.setAccessibleName(self._meant.text())
            self._meant.setProperty("query", result.did_you_mean)
        self._show_hits([self._hit(hit, "") for hit in result.hits], self.tr("No article has these words. Try others."))

    def show_article(self, article: Article, now: datetime) -> None:
        self._article, self._now = article, now
        self._headline.say(article.title)
        self._about.say(
            self.tr("Updated {day} · {category}").format(day=self._day(article.updated_at), category=article.category)
        )
        body = self._reader()
        body.setMarkdown(article.body)
        body.setAccessibleName(article.title)
        self._list_box.hide()
        self._article_box.show()
        self.article_opened.emit()
        body.setFocus()

    def show_article_gone(self) -> None:
        self.show_failure(self.tr("This article was withdrawn."))

    def show_failure(self, words: str) -> None:
        self.hits.hide()
        self._nothing.say(words, "bad")
        self._nothing.show()

    def leave_article(self) -> None:
        if self._article is None:
            return
        self._article = None
        self._article_box.hide()
        self._list_box.show()
        self.article_left.emit()
        self.search.setFocus()

    def start(self) -> None:
        """The person wants to search."""
        self.leave_article()
        self.search.setFocus()
        self.search.selectAll()

    def insert_current(self) -> None:
        """Ctrl+I: the open article, or the chosen one of the list."""
        if self._article is not None:
            self._insert_article()
        else:
            self._insert()

    def _reader(self) -> "_Reader":
        # Made when the first article is opened: a rich text document is not free at start-up.
        if self._body is None:
            self._body = _Reader()
            self._body.left.connect(self.leave_article)
            layout = self._article_box.layout()
            assert layout is not None  # noqa: S101
            layout.addWidget(self._body)
        return self._body

    def _show_suggestions(self) -> None:
        self._shows_found = False
        self._title.say(self.tr("Suggestions"))
        self._count.say("")
        self._meant.hide()
        hits = [self._hit(one.hit, self._why(one.reason)) for one in self._suggestions]
        self._show_hits(hits, self.tr("Nothing to suggest yet. F3 searches all articles."))

    def _show_hits(self, hits: list[Hit], nothing: str) -> None:
        self.hits.show_hits(hits)
        self.hits.setVisible(bool(hits))
        self._nothing.say(nothing, "muted")
        self._nothing.setVisible(not hits)

    def _hit(self, hit: SearchHit, why: str) -> Hit:
        when = self._day(hit.updated_at)
        return Hit(hit.article_id, hit.title, hit.title_highlights, hit.snippet, hit.highlights, when, why)

    def _day(self, at: datetime) -> str:
        return self._formats.day(self._formats.local_date(at), self._formats.local_date(self._now))

    def _why(self, reason: Reason) -> str:
        match reason:
            case FromIvrPath(path):
                return self.tr("Chosen in the menu: {path}").format(path=" › ".join(path))
            case FromQueue(queue):
                return self.tr("Often needed in {queue}").format(queue=self._directory.queue(queue))
            case FromProduct() if self._withholds_products:
                return self.tr("Fits what the customer has")
            case FromProduct(product):
                return self.tr("The customer has {product}").format(product=self._directory.product(product))
            case FromSubject():
                return self.tr("Fits what you write in the ticket")
            case FromPastTicket(subject):
                return self.tr("Asked before: {subject}").format(subject=subject)

    def _search(self) -> None:
        text = self.search.text().strip()
        if text:
            self.search_wanted.emit(text)
        else:
            self._show_suggestions()

    def _clear(self) -> None:
        self.search.clear()
        self._show_suggestions()

    def _weigh(self, article_id: str) -> None:
        self.insert.setEnabled(bool(article_id))
        self.open.setEnabled(bool(article_id))

    def _insert(self) -> None:
        if self.hits.current_id and not self.hits.isHidden():
            self.insert_wanted.emit(self.hits.current_id)

    def _read(self) -> None:
        if self.hits.current_id:
            self.article_wanted.emit(self.hits.current_id)

    def _insert_article(self) -> None:
        if self._article is None:
            return
        marked = self._reader().textCursor().selectedText().replace("\u2029", "\n")
        self.text_inserted.emit(marked or self._article.title)

    def _take_meant(self) -> None:
        query = self._meant.property("query")
        if isinstance(query, str):
            self.search.setText(query)
            self.search_wanted.emit(query)


class _Reader(QTextBrowser):
    """An article. Escape leaves it; its links lead nowhere, because nothing here may open a browser by itself.

    Its pictures come from nowhere: a file, a share or a server named in an article would be asked for by reading it.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.document().setDocumentMargin(10)
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(Qt.GlobalColor.transparent)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return self._nothing  # a picture, because for none Qt would look for the file itself

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
