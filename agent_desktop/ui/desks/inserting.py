"""Answers and links of knowledge into what the agent is writing: the note, a ticket's description, a comment."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.widgets.inserting import insert_lines
from agent_desktop.ui.widgets.typing import TextArea
from agent_desktop.ui.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class _Place:
    """`is_there` while it can be written in; `show` brings it into sight."""

    area: TextArea
    is_there: Callable[[], bool]
    show: Callable[[], None]


class Inserting(QObject):
    """Remembers where the agent wrote last. Whoever wrote nowhere yet gets it into the comment of the ticket on the
    screen, else into the description of a new one."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        right = window.right
        self._description = _Place(right.form.description, lambda: True, right.show_ticket)
        note = _Place(right.wrap_up.note, lambda: right.is_of_call, right.show_wrap_up)
        self._places = [self._description, note]
        self._comment: _Place | None = None
        self._last: _Place | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def wire(self, page: TicketPage) -> None:
        area = page.panel(CommentsPanel).area
        self._comment = _Place(area, lambda: self._window.shows_ticket and area.isEnabled(), lambda: None)
        self._places.append(self._comment)

    def insert(self, text: str) -> None:
        """On lines of its own where the agent wrote last, who goes on writing there; Ctrl+Z takes it away again."""
        last, comment = self._last, self._comment
        if last is not None and last.is_there():
            place = last
        else:
            place = comment if comment is not None and comment.is_there() else self._description
        place.show()
        insert_lines(place.area, text, at_end=place is not last)
        place.area.setFocus()

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        written_in = next((place for place in self._places if place.area is now), None)
        self._last = written_in or self._last
