"""What became of a paper: the score, and each question with what was answered, what is right, why, and where it stands.

Values: `show_result`. Wishes: `article_wanted(id)`, `again_wanted`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, Tone


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as it was judged. `sources` are articles, (id, title)."""

    text: str
    word: str
    tone: Tone
    given: str
    right: str
    explanation: str
    sources: tuple[tuple[str, str], ...] = ()


class ResultPane(QFrame):
    article_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.px
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Result"))
        card = QFrame()
        card.setProperty("role", "card")
        self.title = Label("section", wraps=True)
        self.score = Label("name")
        self.pill = Pill(look)
        self.about = Label("meta", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.score)
        head.addWidget(self.pill)
        head.addStretch(1)
        self.again = Button(look, self.tr("Another try"), "play", size="compact")
        self.again.clicked.connect(self.again_wanted)
        head.addWidget(self.again)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(18), px(14), px(18), px(14))
        inside.setSpacing(px(6))
        inside.addWidget(self.title)
        inside.addLayout(head)
        inside.addWidget(self.about)
        self._marks: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._column.addWidget(card)
        self._column.addStretch(1)

    def show_result(
        self,
        title: str,
        score: str,
        pill: str,
        tone: Tone,
        about: str,
        marks: Sequence[Judged],
        *,
        has_another: bool = False,
    ) -> None:
        self.again.setVisible(has_another)
        self.title.say(title)
        self.score.say(score)
        self.pill.show_as(pill, tone)
        self.about.say(about)
        for old in self._marks:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._marks = [self._mark(nth, judged) for nth, judged in enumerate(marks, 1)]
        for place, made in enumerate(self._marks, 1):
            self._column.insertWidget(place, made)

    def _mark(self, nth: int, judged: Judged) -> QWidget:
        px = self._look.px
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(f"{nth}. {judged.text}, {judged.word}")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(18), px(10), px(18), px(10))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Label("body", f"{nth}. {judged.text}", wraps=True), 1)
        head.addWidget(Pill(self._look, judged.word, judged.tone))
        column.addLayout(head)
        column.addWidget(Label("meta", self.tr("Your answer: {words}").format(words=judged.given), wraps=True))
        if judged.right:
            column.addWidget(Label("meta", self.tr("Right is: {words}").format(words=judged.right), wraps=True))
        if judged.explanation:
            column.addWidget(Label("body", judged.explanation, wraps=True))
        for source, words in judged.sources:
            link = Button(self._look, words, "book", kind="link", size="compact")
            link.clicked.connect(lambda _=False, source=source: self.article_wanted.emit(source))
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        return card
