"""A course that is being read: its articles with ticks, and the text of the one that is open.

Values: `show_course(lines, words)`, `show_article`, `say`. Wishes: `article_taken(id)`, `next_wanted`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label
from agent_model.article import Article


class CoursePane(QFrame):
    article_taken = Signal(str)
    link_taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Course"))
        self.title = Label("section", wraps=True)
        self.words = Label("hint", wraps=True)
        self.articles = Lines(look, self.tr("Articles of the course"))
        self.articles.taken.connect(self.article_taken)
        self.headline = Label("section", wraps=True)
        self.reader = Reader()
        self.reader.article_wanted.connect(self.link_taken)
        self.reader.left.connect(self.articles.setFocus)
        self.told = Label("meta")
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(14))
        column.setSpacing(px(8))
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.articles)
        column.addWidget(self.headline)
        column.addWidget(self.reader, 1)
        column.addLayout(foot)

    def show_course(self, title: str, words: str, lines: Sequence[Line]) -> None:
        self.title.say(title)
        self.words.say(words)
        self.articles.show_lines(lines)

    def show_article(self, article: Article | None) -> None:
        """None: nothing is open."""
        self.headline.say("" if article is None else article.title)
        self.reader.setVisible(article is not None)
        self.headline.setVisible(article is not None)
        if article is not None:
            self.reader.show_body(article.body)
            self.reader.setAccessibleName(article.title)
            self.reader.setFocus()

    def say(self, words: str, tone: str = "") -> None:
        self.told.say(words, tone)
