"""For who found nothing: the question goes to the editors by one key, with a word where one has something to say.

Values: `show_for(question)`, `say(words)`. Wishes: `tell_wanted(question, words)`, `words_changed(words)`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.article_feedback import LONGEST_WORDS


class TellEditors(QWidget):
    tell_wanted = Signal(str, str)
    words_changed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.question = ""
        self._hint = Label("meta", "", wraps=True)
        self.words = TextLine(
            self.tr("A word for the editors, if you like"), self.tr("A word for the editors, if you like")
        )
        self.words.setMaxLength(LONGEST_WORDS)
        self.tell = Button(look, self.tr("Tell the editors"), "send", size="compact")
        self.tell.setAccessibleDescription("F7")
        self._outcome = Label("meta", "", wraps=True)
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(6))
        self._asking = QWidget()
        inside = QVBoxLayout(self._asking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(6))
        inside.addWidget(self._hint)
        inside.addWidget(self.words)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        foot.addWidget(self.tell)
        foot.addWidget(KeyHint("F7"))
        foot.addStretch(1)
        inside.addLayout(foot)
        column.addWidget(self._asking)
        column.addWidget(self._outcome)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.words.textEdited.connect(self.words_changed)
        self.words.returnPressed.connect(self.send)
        self.tell.clicked.connect(self.send)
        self.hide()

    @property
    def outcome(self) -> str:
        return "" if self._outcome.isHidden() else self._outcome.full_text

    def show_for(self, question: str) -> None:
        """What is typed by now and found nothing; words that were begun stay."""
        self.question = question
        self._hint.say(
            self.tr("Whoever writes the articles can be told; you hear of it when one answers “{question}”.").format(
                question=question
            )
        )
        self._asking.show()
        self._outcome.hide()
        self.show()

    def show_words(self, words: str) -> None:
        """Those that were begun before."""
        if not self.words.text():
            self.words.setText(words)

    def send(self) -> None:
        if not self._asking.isHidden():
            self.tell_wanted.emit(self.question, self.words.text().strip())

    def say(self, words: str, tone: str = "ok") -> None:
        """What became of it."""
        self._asking.setVisible(tone != "ok")
        if tone == "ok":
            self.words.clear()
        self._outcome.say(words, tone)
        self._outcome.show()
