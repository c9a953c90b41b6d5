"""Below the customer: one thing that is not yet known of them, to be asked now. It never takes the keyboard.

Values: `show_question(field)`, `show_fault(words)`, `put_away()`. Wishes: `answered(text)`, `visit_wanted`, `put_off`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import field_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Glyph, Label


class AskBar(Card):
    answered = Signal(str)
    visit_wanted = Signal()
    put_off = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._field = ""
        self.setAccessibleName(self.tr("Not yet known"))
        self._words = Label("body")
        self.answer = Field(look, self.tr("Answer"), self.tr("Enter saves it"), "pencil")
        self.visit = Button(look, self.tr("At the next visit"), "calendar", kind="ghost", size="compact")
        self.close_button = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Do not ask now"))
        self._fault = Label("hint", "", "bad")
        self.answer.setToolTip("Ctrl+Shift+A")
        self.answer.entered.connect(lambda: self.answered.emit(self.answer.text()))
        self.answer.left.connect(self.put_off)
        self.visit.clicked.connect(self.visit_wanted)
        self.close_button.clicked.connect(self.put_off)
        px = look.px
        self.body.setContentsMargins(px(14), px(8), px(10), px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Glyph(look, "help", "accent", 18))
        row.addWidget(self._words)
        row.addWidget(self.answer, 1)
        row.addWidget(self.visit)
        row.addWidget(self.close_button)
        self.body.addLayout(row)
        self.body.addWidget(self._fault)
        self.put_away()

    @property
    def field(self) -> str:
        """What is asked for; empty while nothing is."""
        return self._field

    @property
    def question(self) -> str:
        return self.tr("Ask for: {field}").format(field=field_word(self._field))

    @property
    def is_begun(self) -> bool:
        """Somebody is answering."""
        return bool(self.answer.text().strip()) or self.answer.hasFocus()

    def show_question(self, field: str) -> None:
        if field == self._field:
            return
        self._field = field
        self.answer.clear()
        self._words.say(self.question)
        self.answer.setAccessibleName(self.question)
        self._fault.hide()
        self.show()

    def show_fault(self, words: str) -> None:
        self._fault.say(words)
        self._fault.show()
        self.answer.setAccessibleDescription(words)

    def start(self) -> None:
        """The keyboard goes to the answer, where there is a question."""
        if self._field and self.isVisible():
            self.answer.setFocus()

    def put_away(self) -> None:
        self._field = ""
        self.answer.clear()
        self._fault.hide()
        self.hide()
