"""What was typed for fields that are asked no more: shown, and put into the description when the ticket goes."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label


class LeftOver(QWidget):
    discard_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._head = Label(
            "meta", self.tr("The form does not ask this any more; it goes into the description."), "warn"
        )
        self._head.setWordWrap(True)
        self._text = Label("body", wraps=True)
        self.discard = Button(look, self.tr("Leave it out"), kind="ghost", size="compact")
        self.discard.clicked.connect(self.discard_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self.discard)
        column.addWidget(self._head)
        column.addLayout(row)
        self.hide()

    @property
    def words(self) -> str:
        return self._text.full_text

    def show_words(self, texts: Mapping[str, str]) -> None:
        """By the field's label."""
        self._text.say("\n".join(self.tr("{field}: {text}").format(field=name, text=texts[name]) for name in texts))
        self.setVisible(bool(texts))
