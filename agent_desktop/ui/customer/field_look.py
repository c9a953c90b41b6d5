"""One field of a customer that is kept back, looked at for a moment, for a reason where the site wants one.

Wish: `wanted(field, reason)`. `told(field, text)`: what stands there from now on; no text: masked again.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, Field

KEPT_BACK = "*"
"""Stands in what is not all of it."""
SHOWN_FOR = timedelta(seconds=30)


class FieldLook(Field):
    """Is itself the line for the reason, seen while one is asked for."""

    wanted = Signal(str, str)
    told = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Reason"), self.tr("Why do you need to see it? Enter shows it"), "eye")
        self.asked = ""
        """The field that was asked for, or is shown."""
        self._until: datetime | None = None
        self.entered.connect(self._say_why)
        self.left.connect(self.hide_field)
        self.hide()

    def ask(self, field: str) -> None:
        """Asks for the field, or puts it away again."""
        was = self.asked
        self.hide_field()
        if field != was:
            self.asked = field
            self.wanted.emit(field, "")

    def ask_why(self) -> None:
        """It is shown once a reason was given."""
        if self.asked and self._until is None:
            self.show()
            self.setFocus()

    def show_field(self, field: str, value: str, now: datetime) -> None:
        """All of it, for 30 s; nothing when it is not waited for any more."""
        if field == self.asked and self._until is None:
            self._until = now + SHOWN_FOR
            self.clear()
            self.hide()
            self.told.emit(field, value)

    def hide_field(self) -> None:
        field, self.asked, self._until = self.asked, "", None
        self.clear()
        self.hide()
        if field:
            self.told.emit(field, "")

    def tick(self, now: datetime) -> None:
        if self._until is not None and now >= self._until:
            self.hide_field()

    def _say_why(self) -> None:
        if (reason := self.text().strip()) and self.asked:
            self.wanted.emit(self.asked, reason)


def eye(look: Look, name: str, tip: str) -> Button:
    button = Button(look, "", "eye", kind="ghost", name=name, size="compact", tip=tip)
    button.hide()
    return button
