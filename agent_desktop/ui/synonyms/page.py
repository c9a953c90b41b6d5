"""Where editors keep words that mean the same: all sets at the left, one in its form, what it finds now below.

Values and wishes of a RowsPage, `show_found([WordFound…])`; those of its `ways`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.editor_ways import EditorWays
from agent_desktop.ui.page import Page
from agent_desktop.ui.row_editing.page import PageWords, RowsPage
from agent_desktop.ui.synonyms.form import SynonymForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label


@dataclass(frozen=True, slots=True)
class WordFound:
    """How many articles a word finds, with the set and without it, and the first of them with it."""

    word: str
    with_set: int
    without: int
    first: str


class SynonymsPage(RowsPage[SynonymForm]):
    def __init__(self, look: Look) -> None:
        words = PageWords(
            self.tr("Synonyms"),
            self.tr("New set"),
            self.tr("Who searches for one word of a set finds the others too, further down. No index is made anew."),
            self.tr("There is no set yet."),
        )
        self.found = Label("body", "", wraps=True)
        below = Card(look, self.tr("What it finds"))
        below.body.addWidget(self.found)
        super().__init__(look, words, SynonymForm(look), below)
        self.ways = EditorWays(look, Page.SYNONYMS)
        self.top.insertWidget(1, self.ways)

    def show_found(self, found: Sequence[WordFound]) -> None:
        words = self.tr("“{word}”: {count} articles, {without} without this set; first “{title}”")
        nothing = self.tr("“{word}”: no article, with this set or without")
        self.found.say(
            "\n".join(
                words.format(word=one.word, count=one.with_set, without=one.without, title=one.first)
                if one.with_set
                else nothing.format(word=one.word)
                for one in found
            )
        )
