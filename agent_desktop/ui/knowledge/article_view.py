"""One article: its name, what is to be known about it, its text, and the ways it goes into the ticket.

Values: `show_article(article, about, badges)`, `show_favourite`, `show_large`, `say(words)`. Wishes: `left` (Back or
Escape), `article_wanted(id)` from a link, `insert_wanted`, `link_wanted`, `favourite_wanted(bool)`,
`guide_wanted(Article)`, `large_wanted(bool)` for room to read it in. `reader_made(Reader)` once.
`beneath` has room for what else is to be said or asked about the article.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from agent_desktop.knowledge.answers import as_text, link
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.guides.words import guide_as_read
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, Tone, plain_tip
from agent_model.article import Article, ArticleKind

LINE_PX: Final = 760


class ArticleView(QWidget):
    left = Signal()
    article_wanted = Signal(str)
    insert_wanted = Signal()
    link_wanted = Signal()
    favourite_wanted = Signal(bool)
    guide_wanted = Signal(object)
    reader_made = Signal(object)
    large_wanted = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.article: Article | None = None
        self._body: Reader | None = None
        self._headline = Label("section", wraps=True)
        self._about = Label("meta", elides=True)
        self._told = Label("hint", wraps=True)
        self._told.hide()
        self.back = Button(look, self.tr("Back"), "arrow-left", kind="ghost", size="compact")
        self.back.setAccessibleDescription("Esc")
        self.insert = Button(look, self.tr("Insert"), "enter", size="compact")
        self.insert.setAccessibleDescription("Ctrl+I")
        self.insert.setToolTip(self.tr("The answer, or what you have marked of it, to where you write. Ctrl+I"))
        self.link = Button(look, self.tr("Link"), kind="ghost", size="compact")
        self.link.setAccessibleDescription("Ctrl+L")
        self.link.setToolTip(self.tr("Puts the article's name and a link to it where you write. Ctrl+L"))
        self.star = Button(look, "", "star", kind="ghost", size="compact", name=self.tr("Favourite"))
        self.star.setCheckable(True)
        self.large = Button(look, "", "expand", kind="ghost", size="compact", name=self.tr("Full size"))
        self.large.setCheckable(True)
        self.show_large(is_large=False)
        self.copy = Button(look, "", "copy", kind="ghost", size="compact", name=self.tr("Copy"))
        self._copies = QMenu(self)
        self._copies.setAccessibleName(self.tr("Copy"))
        self._copies.addAction(self.tr("Copy the text"), lambda: self._copy(as_text))
        self._copies.addAction(self.tr("Copy the link"), lambda: self._copy(link))
        self._badges = QHBoxLayout()
        self._pills: list[Pill] = []
        self.start_guide = Button(look, self.tr("Start"), "play", kind="primary", size="compact")
        self.start_guide.setToolTip(self.tr("Goes through the guide beside the ticket. Enter"))
        self.start_guide.hide()
        self.beneath = QVBoxLayout()
        self._lay_out()
        self.star.clicked.connect(lambda: self.favourite_wanted.emit(self.star.isChecked()))
        self.copy.clicked.connect(lambda: self._copies.popup(self.copy.mapToGlobal(QPoint(0, self.copy.height()))))
        self.back.clicked.connect(self.left)
        self.insert.clicked.connect(self.insert_wanted)
        self.link.clicked.connect(self.link_wanted)
        self.large.clicked.connect(lambda: self.large_wanted.emit(self.large.isChecked()))
        self.start_guide.clicked.connect(self._start_guide)

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        bar = QHBoxLayout()
        bar.setSpacing(px(4))
        bar.addWidget(self.back)
        bar.addStretch(1)
        bar.addWidget(self.large)
        bar.addWidget(self.star)
        bar.addWidget(self.copy)
        bar.addWidget(self.link)
        bar.addWidget(self.insert)
        bar.addWidget(self.start_guide)
        column.addLayout(bar)
        column.addWidget(self._headline)
        self._badges.setSpacing(px(6))
        self._badges.addStretch(1)
        column.addLayout(self._badges)
        column.addWidget(self._about)
        column.addWidget(self._told)
        self._text = QVBoxLayout()
        column.addLayout(self._text, 1)
        column.addLayout(self.beneath)

    @property
    def marked(self) -> str:
        """What the person has marked of the text; empty for nothing."""
        return self._reader.marked if self.article is not None else ""

    def show_article(self, article: Article, about: str, badges: Sequence[tuple[str, Tone, str]] = ()) -> None:
        """The same article in another version stays where it was being read."""
        before, reader = self.article, self._reader
        is_same = before is not None and before.id == article.id
        at = reader.verticalScrollBar().value() if is_same else 0
        self.article = article
        self._headline.say(article.title)
        self._about.say(about)
        self._show_badges(badges)
        self._told.hide()
        is_guide = article.kind is ArticleKind.GUIDE
        self.start_guide.setVisible(is_guide)
        self.insert.setVisible(not is_guide)
        if before is None or not is_same or before.body != article.body:
            reader.show_body(guide_as_read(article.body) if is_guide else article.body)
            reader.verticalScrollBar().setValue(at)
        reader.setAccessibleName(article.title)

    @property
    def is_large(self) -> bool:
        """Whether it has the window's room."""
        return self.large.isChecked()

    def show_large(self, *, is_large: bool) -> None:
        self.large.setChecked(is_large)
        words = self.tr("Back beside the customer. Esc") if is_large else self.tr("Read in the whole window. Enter")
        self.large.setToolTip(words)
        self.large.setAccessibleDescription("Esc" if is_large else "Enter")

    def show_favourite(self, *, is_favourite: bool) -> None:
        self.star.setChecked(is_favourite)
        words = self.tr("Not a favourite any more") if is_favourite else self.tr("Keep as a favourite")
        self.star.setToolTip(words)
        self.star.setAccessibleDescription(words)

    @property
    def text(self) -> str:
        """What is read, as it stands there."""
        return self._reader.toPlainText() if self.article is not None else ""

    @property
    def about(self) -> str:
        return self._about.full_text

    @property
    def badges(self) -> tuple[str, ...]:
        """The words beneath its name."""
        return tuple(pill.text() for pill in self._pills if not pill.isHidden())

    def _show_badges(self, badges: Sequence[tuple[str, Tone, str]]) -> None:
        while len(self._pills) < len(badges):
            pill = Pill(self._look)
            self._badges.insertWidget(len(self._pills), pill)
            self._pills.append(pill)
        for n, pill in enumerate(self._pills):
            word, tone, means = badges[n] if n < len(badges) else ("", "neutral", "")
            pill.show_as(word, tone)
            pill.setToolTip(plain_tip(means))
            pill.setAccessibleDescription(means)

    def _copy(self, written: Callable[[Article], str]) -> None:
        if self.article is not None:
            QGuiApplication.clipboard().setText(written(self.article))
            self.say(self.tr("Copied."), "ok")

    @property
    def told(self) -> str:
        """The sentence above the text."""
        return "" if self._told.isHidden() else self._told.full_text

    def say(self, words: str, tone: str = "bad") -> None:
        """A sentence above the text, until another article is shown."""
        self._told.say(words, tone)
        self._told.show()

    def _start_guide(self) -> None:
        if self.article is not None and self.article.kind is ArticleKind.GUIDE:
            self.guide_wanted.emit(self.article)

    def _enter(self) -> None:
        """Return goes through a guide; any other article gets room, or gives it back."""
        if self.article is not None and self.article.kind is ArticleKind.GUIDE:
            self._start_guide()
        else:
            self.large_wanted.emit(not self.is_large)

    def start(self) -> None:
        self._reader.setFocus()

    @property
    def _reader(self) -> Reader:
        # Made when the first article is opened: a rich text document is not free at start-up.
        if self._body is None:
            self._body = Reader(self._look.px(LINE_PX))
            self._body.left.connect(self.left)
            self._body.entered.connect(self._enter)
            self._body.article_wanted.connect(self.article_wanted)
            self._text.addWidget(self._body)
            self.reader_made.emit(self._body)
        return self._body
