"""Some of a few, ticked in a menu beneath a button that says which; none means all."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import paint_arrow
from agent_desktop.ui.widgets.controls import Button

NAMED = 2


class Several(Button):
    changed = Signal()

    def __init__(self, look: Look, name: str, none: str) -> None:
        super().__init__(look, none, kind="pick", name=name)
        self._name, self._none = name, none
        self._name_of: Callable[[str], str] = str
        self._menu = QMenu(self)
        self._menu.setAccessibleName(name)
        self.clicked.connect(lambda: self._menu.popup(self.mapToGlobal(QPoint(0, self.height()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self, self._look)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(str(action.data()) for action in self._menu.actions() if action.isChecked())

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """(value, words); what was chosen stays chosen."""
        chosen = self.chosen
        self._menu.clear()
        for value, words in options:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value in chosen)
            action.triggered.connect(self._taken)
        self._say()

    def name_others(self, name_of: Callable[[str], str]) -> None:
        """What is chosen without being offered is called so."""
        self._name_of = name_of

    def choose(self, values: Sequence[str]) -> None:
        """Without emitting. What is not offered any more is offered by its own name."""
        known = {str(action.data()) for action in self._menu.actions()}
        for value in values:
            if value not in known:
                offered = [(str(one.data()), one.text()) for one in self._menu.actions()]
                self.show_options([*offered, (value, self._name_of(value))])
        for action in self._menu.actions():
            action.setChecked(str(action.data()) in values)
        self._say()

    def _taken(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = [action.text() for action in self._menu.actions() if action.isChecked()]
        more = f" +{len(words) - NAMED}" if len(words) > NAMED else ""
        self.setText(", ".join(words[:NAMED]) + more if words else self._none)
        self.setAccessibleDescription(", ".join(words) or self._none)
