"""A paper that is being taken: one question at a time, by keyboard, with the time that is left.

Values: `show_question`, `show_paused`, `show_clock`, `say`. Wishes: `answered(answer)`, `turned(by)`, `handed_in`, and
those of practice and player. Keys: digits choose, Alt+Right and Alt+Left turn, Return goes on, Ctrl+Return hands in.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.training.answers import Answer, answer_for
from agent_desktop.ui.training.practice import Practice, practice_for
from agent_desktop.ui.training.words import how_words
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_model.quiz_paper import PaperQuestion

LAST_MINUTES_S = 120


class PaperPane(QFrame):
    answered = Signal(object)
    turned = Signal(int)
    handed_in = Signal()
    search_wanted = Signal(str)
    article_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._at = self._count = self._unanswered = 0
        self._is_asked = self._is_paused = False
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Quiz"))
        self.place = Pill(look)
        self.clock = Label("section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(look.px(6))
        self.bar.setAccessibleName(self.tr("Questions answered"))
        self.text = Label("section", wraps=True)
        self.how = Label("hint", wraps=True)
        self.player = RecordingPlayer(look, formats)
        self.answer: Answer | None = None
        self.waits = Label("body", wraps=True)
        self.waits.say(self.tr("You are in a call: question and clock stand still. Afterwards you are where you were."))
        self.told = Label("hint", wraps=True)
        self.before = Button(look, self.tr("Previous"), "arrow-left", size="compact", tip="Alt+Left")
        self.next = Button(look, self.tr("Next"), "chevron-right", size="compact", tip="Alt+Right")
        self.hand_in = Button(look, self.tr("Hand in"), "check", "primary", tip="Ctrl+Enter")
        self.before.clicked.connect(lambda: self.turned.emit(-1))
        self.next.clicked.connect(lambda: self.turned.emit(1))
        self.hand_in.clicked.connect(self.send)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self.title = Label("section")
        head.addWidget(self.title)
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.clock)
        self._answers = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.before)
        foot.addWidget(self.next)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.hand_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(14))
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.waits)
        column.addWidget(self.text)
        column.addWidget(self.how)
        column.addWidget(self.player)
        column.addLayout(self._answers)
        column.addStretch(1)
        column.addLayout(foot)
        self.waits.hide()

    @property
    def practice(self) -> Practice | None:
        return self.answer if isinstance(self.answer, Practice) else None

    def show_question(
        self,
        question: PaperQuestion,
        given: tuple[str, ...],
        at: int,
        count: int,
        categories: Sequence[tuple[str, str]],
        queues: Sequence[tuple[str, str]],
    ) -> None:
        self._at, self._count = at, count
        self._is_asked = False
        self.place.show_as(self.tr("{at} of {count}").format(at=at + 1, count=count), "accent")
        self.text.say(question.text)
        self.setAccessibleName(question.text)  # said when the keyboard comes to the answers
        self.how.say(how_words(question))
        if self.answer is not None:
            self._answers.removeWidget(self.answer)
            self.answer.hide()
            self.answer.deleteLater()
        if question.task is not None:
            self.answer = made = practice_for(self._look, question.task, categories, queues)
            made.search_wanted.connect(self.search_wanted)
            made.article_wanted.connect(self.article_wanted)
        else:
            self.answer = answer_for(self._look, question)
        self.answer.show_answer(given)
        self.answer.changed.connect(self.answered)
        self._answers.addWidget(self.answer)
        self.before.setEnabled(at > 0)
        self.next.setEnabled(at + 1 < count)
        self.say("")
        self.show_paused(is_paused=self._is_paused)
        if not self._is_paused:
            self.answer.start()

    def show_paused(self, *, is_paused: bool) -> None:
        """In a call nothing of the question is seen, nothing is answered, and nothing of it is lost."""
        focused = QApplication.focusWidget()
        if is_paused and focused is not None and self.isAncestorOf(focused):
            self.setFocus()  # not to whatever stands next; from here it goes back to the answer
        self._is_paused = is_paused
        self.waits.setVisible(is_paused)
        for widget in (self.text, self.how, self.answer, self.before, self.next, self.hand_in):
            if widget is not None:
                widget.setVisible(not is_paused)
        self.setAccessibleName(self.waits.full_text if is_paused else self.text.full_text)
        if not is_paused and self.hasFocus() and self.answer is not None:
            self.answer.start()

    def show_answered(self, answered: int) -> None:
        self._unanswered = self._count - answered
        self.bar.setRange(0, self._count)
        self.bar.setValue(answered)
        if self._is_asked:
            self._is_asked = False
            self.say("")
            self.hand_in.wear("primary", "check", self.tr("Hand in"))

    def show_clock(self, left_s: float | None, *, is_paused: bool) -> None:
        if is_paused:
            self.clock.say(self.tr("The clock stands still during the call"), "warn")
        elif left_s is None:
            self.clock.say("")
        else:
            words = self.tr("{time} left").format(time=self._formats.duration(left_s))
            self.clock.say(words, "bad" if left_s < LAST_MINUTES_S else "")

    def say(self, words: str, tone: str = "") -> None:
        self.told.say(words, tone)

    def send(self) -> None:
        """Hands in; where something has no answer it asks once."""
        if self._is_paused:
            return
        if self._unanswered and not self._is_asked:
            self._is_asked = True
            words = self.tr("{count} without an answer. Hand in all the same?").format(count=self._unanswered)
            self.say(words, "warn")
            self.hand_in.wear("primary", "check", self.tr("Hand in all the same"))
            return
        self.handed_in.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_paused:
            super().keyPressEvent(event)
            return
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key(event.key()) in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.turned.emit(1)
        elif event.text() in tuple("123456789") and self.answer is not None and not held:
            self.answer.press(int(event.text()))
        else:
            super().keyPressEvent(event)
