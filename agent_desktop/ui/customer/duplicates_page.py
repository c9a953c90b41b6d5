"""Where a team lead goes through those who may be one person: the pairs at the left, the two side by side at the right.

Values: `show_pairs`, `say`, `show_looking`, `merging`. Wishes: `compare_wanted(key)`, `apart_wanted(key)`,
`again_wanted`, and those of `merging`.
By keys alone: arrows go through the pairs, Enter compares, Delete says that they are two people.
"""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.customers.duplicates import OF_PERSON, Likeness
from agent_desktop.customers.likely_pairs import Confidence, Pair
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.likeness_words import confidence_word, reasons_in_words
from agent_desktop.ui.customer.merging import MergeCard
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, KeyHint, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row

TOKENS: Final = {Confidence.ALMOST_SURE: "ok", Confidence.LIKELY: "accent_text", Confidence.PERHAPS: "muted"}


class Because(StrEnum):
    """The reasons that pairs can be gone through by."""

    ANY = "any"
    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"


class DuplicatesPage(QFrame):
    compare_wanted = Signal(str)
    apart_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._pairs: dict[str, Pair] = {}
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Likely duplicates"))
        self.because = Segments(
            self.tr("By which reason"),
            (
                (Because.ANY, self.tr("All"), "accent"),
                (Because.NUMBER, self.tr("Number"), "accent"),
                (Because.EMAIL, self.tr("E-mail"), "accent"),
                (Because.NAME, self.tr("Name"), "accent"),
            ),
        )
        self.because.choose(Because.ANY)
        self.again = Button(look, self.tr("Look again"), "sync", size="compact")
        self.outcome = Label("meta", "", wraps=True)
        self.list = RowList(look, self.tr("Likely duplicates"))
        self.nothing = Label("hint", "", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.compare = Button(look, self.tr("Compare"), "merge", size="compact")
        self.apart = Button(look, self.tr("Two people"), "users", kind="ghost", size="compact")
        self.apart.setToolTip(self.tr("They are two people. Nobody is asked about them again."))
        self.apart.setAccessibleDescription("Delete")
        self.merging = MergeCard(look, formats)
        self.beside = Label(
            "hint", self.tr("Choose a pair in the list to compare the two; nobody is ever merged by a machine.")
        )
        self.beside.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.beside.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.show_pairs({})

    def _lay_out(self) -> None:
        px = self._look.px
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Likely duplicates")))
        top.addStretch(1)
        top.addWidget(self.because)
        top.addWidget(self.again)
        left = Card(self._look)
        left.setFixedWidth(px(430))
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.nothing, 1)
        foot.setSpacing(px(8))
        for widget in (self.compare, KeyHint("↵"), self.apart, KeyHint("Del")):
            foot.addWidget(widget)
        foot.addStretch(1)
        left.body.addLayout(foot)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(self.merging, 1)
        columns.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.outcome)
        column.addLayout(columns, 1)
        self.outcome.hide()

    def _connect(self) -> None:
        self.because.chosen.connect(lambda _: self._show_rows())
        self.again.clicked.connect(self.again_wanted)
        self.list.taken.connect(self.compare_wanted)
        self.list.dropped.connect(self.apart_wanted)
        self.compare.clicked.connect(lambda: self.compare_wanted.emit(self.key))
        self.apart.clicked.connect(lambda: self.apart_wanted.emit(self.key))

    @property
    def key(self) -> str:
        """The pair that is chosen."""
        return self.list.current_key

    def send(self) -> None:
        self.merging.send()

    def show_looking(self, words: str) -> None:
        """Until there is an answer; what was found before stays."""
        self.again.be_busy(busy=True)
        if not self._pairs:
            self.nothing.say(words)

    def show_pairs(self, pairs: dict[str, Pair], why_none: str = "") -> None:
        self._pairs = pairs
        self.again.be_busy(busy=False)
        self.nothing.say(why_none)
        self._show_rows()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def open_merging(self) -> None:
        self.beside.hide()
        self.merging.start()

    def close_merging(self) -> None:
        """The keyboard goes back to the list."""
        had_it = self.merging.isAncestorOf(self.focusWidget() or self)
        self.merging.put_away()
        self.beside.show()
        if had_it:
            self.list.setFocus()

    def _show_rows(self) -> None:
        because = Because(self.because.value)
        shown = [pair for pair in self._pairs.values() if _is_because(pair, because)]
        self.list.show_rows([(pair.key, self._row(pair)) for pair in shown])
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        if self._pairs and not shown:
            self.nothing.say(self.tr("Nobody may be the same for this reason."))
        for button in (self.compare, self.apart):
            button.setEnabled(bool(shown))

    def _row(self, pair: Pair) -> Row:
        return Row(
            title=f"{pair.one.name} · {pair.other.name}",
            detail=reasons_in_words(pair.reasons, is_chinese=self._formats.language.startswith("zh")),
            icon="merge",
            at_right=confidence_word(pair.confidence),
            right_token=TOKENS[pair.confidence],
        )


def _is_because(pair: Pair, because: Because) -> bool:
    match because:
        case Because.ANY:
            return True
        case Because.NUMBER | Because.EMAIL:
            return Likeness(because) in pair.reasons
        case Because.NAME:
            return bool(OF_PERSON & set(pair.reasons))
