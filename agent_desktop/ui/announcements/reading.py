"""One announcement as it is read: its text, and beneath it what it asks for before it counts as read.

Values: `show_told(Told, by, when)`, `show_left(seconds)`, `show_fault(words)`, `show_nothing(words)`.
Wishes: `read_wanted(name, answers)`, `article_wanted(id)`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.announcements import Told
from agent_desktop.ui.announcements.words import urgency_word
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.announcement import Announcement


class ReadingCard(Card):
    read_wanted = Signal(str, object)
    article_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._shown: Announcement | None = None
        self._left_s = 0
        self.setAccessibleName(self.tr("Announcement"))
        self.title = Label("section", "", wraps=True)
        self.about = Label("meta", "", elides=True)
        self._urgency, self._state = Pill(look), Pill(look)
        self.text = Reader()
        self.text.article_wanted.connect(self.article_wanted)
        self.asked = Label("hint", "", wraps=True)
        self.name = TextLine(self.tr("Your name"), self.tr("Your name, as a signature"))
        self.name.setMaximumWidth(look.px(280))
        self.name.returnPressed.connect(self.send)
        self.questions: list[Pick] = []
        self._quiz = QWidget()
        self._in_quiz = QVBoxLayout(self._quiz)
        self._in_quiz.setContentsMargins(0, 0, 0, 0)
        self._in_quiz.setSpacing(look.px(4))
        self.fault = Label("hint", "", "bad", wraps=True)
        self.read = Button(look, self.tr("I have read it"), "check", kind="primary")
        self.read.setAccessibleDescription("Ctrl+Enter")
        self.read.clicked.connect(self.send)
        self._keys = KeyHint("Ctrl ↵")
        self._lay_out()
        self.show_nothing("")

    def _lay_out(self) -> None:
        px = self._look.px
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self._urgency, 0, Qt.AlignmentFlag.AlignTop)
        self.head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self.head)
        self.body.addWidget(self.about)
        self.body.addWidget(self.text, 1)
        self.body.setSpacing(px(6))
        for widget in (self.asked, self._quiz, self.name, self.fault):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.read)
        row.addStretch(1)
        row.addWidget(self._keys)
        self.body.addLayout(row)
        self.body.addStretch(0)

    @property
    def shown(self) -> Announcement | None:
        return self._shown

    def show_told(self, told: Told, about: str) -> None:
        """The same one again leaves what was typed and chosen as it is."""
        one, before = told.announcement, self._shown
        self.title.say(one.title)
        self.about.say(about)
        self._urgency.show_as(*urgency_word(one.urgency))
        is_asked = told.is_due and one.must_read
        if is_asked:
            self._state.show_as(self.tr("Must be read"), "bad")
        elif told.is_read and one.must_read:
            self._state.show_as(self.tr("Read"), "ok")
        else:
            self._state.show_as("", "neutral")
        if before is None or (before.id, before.edition) != (one.id, one.edition):
            self._begin(one)
        self._shown = one
        for widget, is_there in (
            (self.text, True),
            (self.asked, is_asked and bool(one.quiz or one.asks_name)),
            (self._quiz, is_asked and bool(one.quiz)),
            (self.name, is_asked and one.asks_name),
            (self.read, is_asked),
            (self._keys, is_asked),
        ):
            widget.setVisible(is_there)

    def show_left(self, seconds: int) -> None:
        """How long it is to stay open still."""
        self._left_s = seconds
        still = self.tr("I have read it ({seconds} s)").format(seconds=seconds)
        self.read.setText(still if seconds > 0 else self.tr("I have read it"))
        self.read.setEnabled(seconds <= 0)

    def show_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.setVisible(bool(words))

    def show_nothing(self, words: str) -> None:
        """There is none to be shown."""
        self._shown = None
        self.title.say("")
        self.about.say(words)
        for pill in (self._urgency, self._state):
            pill.show_as("", "neutral")
        for widget in (self.text, self.asked, self._quiz, self.name, self.fault, self.read, self._keys):
            widget.hide()

    def send(self) -> None:
        one = self._shown
        if one is None or self.read.isHidden() or self._left_s > 0:
            return
        answers = tuple(pick.currentIndex() - 1 for pick in self.questions)
        if any(answer < 0 for answer in answers):
            self.show_fault(self.tr("Answer every question first."))
            self.questions[answers.index(-1)].setFocus()
        elif one.asks_name and not self.name.text().strip():
            self.show_fault(self.tr("Sign with your name first."))
            self.name.setFocus()
        else:
            self.read_wanted.emit(self.name.text().strip(), answers)

    def _begin(self, one: Announcement) -> None:
        self.text.show_body(one.body)
        self.text.setAccessibleName(one.title)
        self.name.clear()
        self.show_fault("")
        while (item := self._in_quiz.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.questions = []
        for question in one.quiz:
            pick = Pick(self._look)
            pick.setAccessibleName(question.text)
            pick.addItem(self.tr("Choose the answer"))
            pick.addItems(question.choices)
            label = Label("body", question.text, wraps=True)
            label.setBuddy(pick)
            self._in_quiz.addWidget(label)
            self._in_quiz.addWidget(pick)
            self.questions.append(pick)
        asked = [self.tr("Answer the questions")] if one.quiz else []
        asked += [self.tr("sign with your name")] if one.asks_name else []
        self.asked.say(self.tr("Before it counts as read: {what}.").format(what=" · ".join(asked)))
