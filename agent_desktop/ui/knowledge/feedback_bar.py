"""What the reader says of an article: it helped or not, or something is wrong with it.

Values: `show_for(vote, words)`, `show_vote(vote)`, `say(words)`. Wishes: `vote_wanted(FeedbackKind)`,
`flag_wanted(reason, words)`, `words_changed(words)`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.feedback_words import reason_word
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.article_feedback import LONGEST_WORDS, FeedbackKind, FlagReason


class FeedbackBar(QWidget):
    vote_wanted = Signal(object)
    flag_wanted = Signal(object, str)
    words_changed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Did this help?"))
        self._votes = {
            FeedbackKind.HELPFUL: Button(look, self.tr("Yes"), kind="segment", tip=self.tr("It helped. Alt+Y")),
            FeedbackKind.UNHELPFUL: Button(look, self.tr("No"), kind="segment", tip=self.tr("It did not help. Alt+N")),
        }
        self.flag = Button(look, self.tr("Flag"), "flag", kind="ghost", size="compact")
        self.flag.setToolTip(self.tr("Tell the owner what is wrong with it. F7"))
        self.flag.setAccessibleDescription("F7")
        self.form = QWidget()
        self.reason = Choice(look, self.tr("What is wrong"), self.tr("What is wrong"))
        self.reason.offer([(reason.value, reason_word(reason)) for reason in FlagReason])
        self.words = TextLine(self.tr("In your words"), self.tr("In your words"))
        self.words.setMaxLength(LONGEST_WORDS)
        self.send = Button(look, self.tr("Send"), "send", kind="primary", size="compact")
        self.cancel = Button(look, self.tr("Cancel"), kind="ghost", size="compact")
        self.cancel.setAccessibleDescription("Esc")
        self._outcome = Label("meta", "", wraps=True)
        self._lay_out()
        for kind, button in self._votes.items():
            button.setProperty("tone", "ok" if kind is FeedbackKind.HELPFUL else "bad")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, kind=kind: self._vote(kind))
        self.flag.clicked.connect(self.open_form)
        self.words.textEdited.connect(self.words_changed)
        self.words.returnPressed.connect(self._send)
        self.send.clicked.connect(self._send)
        self.cancel.clicked.connect(self.close_form)

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Label("meta", self.tr("Did this help?")))
        for button in self._votes.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.flag)
        column.addLayout(row)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(6))
        inside.addWidget(self.reason)
        inside.addWidget(self.words)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.send)
        inside.addLayout(foot)
        column.addWidget(self.form)
        column.addWidget(self._outcome)
        self.form.hide()
        self._outcome.hide()

    @property
    def outcome(self) -> str:
        return "" if self._outcome.isHidden() else self._outcome.full_text

    def show_for(self, vote: FeedbackKind | None, words: str) -> None:
        """Another article is read: what its reader said of it, and the words of a flag that were begun."""
        self.show_vote(vote)
        self.reason.choose("")
        self.words.setText(words)
        self.form.setVisible(bool(words))
        self.flag.setVisible(not words)
        self._outcome.hide()

    def show_vote(self, vote: FeedbackKind | None) -> None:
        for kind, button in self._votes.items():
            button.setChecked(kind is vote)

    @property
    def vote(self) -> FeedbackKind | None:
        """What is shown as said."""
        return next((kind for kind, button in self._votes.items() if button.isChecked()), None)

    def press(self, kind: FeedbackKind) -> None:
        """By its key."""
        self._votes[kind].click()

    def _vote(self, kind: FeedbackKind) -> None:
        self.show_vote(kind)
        self.vote_wanted.emit(kind)

    def open_form(self) -> None:
        """By one key, which in the form sends what is said there."""
        if not self.form.isHidden() and self.reason.chosen:
            self._send()
            return
        self.flag.hide()
        self._outcome.hide()
        self.form.show()
        self.reason.setFocus()

    def show_flagged(self) -> None:
        """It was sent."""
        self.form.hide()
        self.flag.show()
        self.words.clear()
        self.reason.choose("")

    def close_form(self) -> None:
        self.show_flagged()
        self.words_changed.emit("")

    def say(self, words: str, tone: str = "ok") -> None:
        self._outcome.say(words, tone)
        self._outcome.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.form.isHidden():
            self.close_form()
            self.flag.setFocus()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        chosen, words = self.reason.chosen, self.words.text().strip()
        if not chosen:
            self.say(self.tr("Say what is wrong with it first."), "warn")
            self.reason.setFocus()
        elif chosen == FlagReason.OTHER and not words:
            self.say(self.tr("Say in your words what is wrong with it."), "warn")
            self.words.setFocus()
        else:
            self.flag_wanted.emit(FlagReason(chosen), words)
