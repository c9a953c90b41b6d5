"""Reads rows that came for the search and for lists, a few at a time, in the library's lane."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.ui.background import Background


class Learning(QObject):
    """`learn` reads a few and says whether there are more. `over` when nobody is left to be read."""

    over = Signal()

    def __init__(self, background: Background, learn: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._learn = learn
        self._has_more = False
        self.is_going_on = False

    def begin(self) -> None:
        """Rows came or changed."""
        self._has_more = True
        if not self.is_going_on:
            self._go_on()

    def _go_on(self) -> None:
        self.is_going_on, self._has_more = True, False
        self._background.library.do(self._learn, self._learnt, self._not_learnt)

    def _learnt(self, has_more: bool) -> None:
        if has_more or self._has_more:
            self._go_on()
        else:
            self.is_going_on = False
            self.over.emit()

    def _not_learnt(self, _: Exception) -> None:
        """What was not read stays noted; what comes next takes it along."""
        self.is_going_on = False
