"""The strip while nobody calls: a field to dial in, and what is being waited for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.ui.keypad import Keypad
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label


class IdlePage(QWidget):
    dial_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._line_is_up = True
        self._why_not = ""
        self._masked = ("", "")
        self.number = Field(
            look, self.tr("Number to call"), self.tr("Enter a number or extension"), "phone", "F8", kind="dial"
        )
        self.number.setFixedWidth(look.px(300))
        self._call = Button(look, self.tr("Call"), "phone")
        self._pad_button = Button(look, "", "keypad", kind="ghost", name=self.tr("Keypad"))
        self._waiting = Label("sec", self.tr("No call"), elides=False)
        self._waiting.setProperty("tone", "sec")
        self._pad = Keypad(look, self)
        self._pad.digit_wanted.connect(self.number.insert)
        self.number.entered.connect(self._dial)
        self.number.left.connect(self.number.clear)
        self.number.textChanged.connect(self._weigh)
        self._call.clicked.connect(self._dial)
        self._pad_button.clicked.connect(self.open_keypad)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.number)
        row.addWidget(self._call)
        row.addWidget(self._pad_button)
        row.addStretch(1)
        row.addWidget(self._waiting)
        self._weigh("")

    def show_line(self, *, is_up: bool, why_not: str) -> None:
        self._line_is_up, self._why_not = is_up, why_not
        self._weigh(self.number.text())

    def show_waiting(self, words: str) -> None:
        self._waiting.say(words)

    def prefill(self, number: str, shown: str = "") -> None:
        """Puts a number into the field for the agent to confirm. `shown` stands there for one that is kept masked."""
        self._masked = (shown, number)
        self.number.setText(shown or number)

    def open_keypad(self) -> None:
        self._pad.open_under(self._pad_button)

    def _weigh(self, text: str) -> None:
        if not self._line_is_up:
            self._call.offer(is_possible=False, why_not=self._why_not)
        else:
            self._call.offer(is_possible=bool(text.strip()), why_not=self.tr("Enter a number first."))

    def _dial(self) -> None:
        written = self.number.text().strip()
        shown, meant = self._masked
        number = meant if shown and written == shown else written
        if number and self._line_is_up:
            self.number.clear()
            self.dial_wanted.emit(number)
