"""Another version was installed while this one runs: said once, when nobody is on the line or at the work after it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.window.notices import Matter, Weight

LOOK_EVERY_S: Final = 60


class NewVersionDesk(QObject):
    """`is_replaced` looks at the disk; `is_at_a_call` from the ring to the end of the work after it."""

    def __init__(
        self, is_replaced: Callable[[], bool], is_at_a_call: Callable[[], bool], notices: NoticeBoard, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._is_replaced = is_replaced
        self._is_at_a_call = is_at_a_call
        self._notices = notices
        self._seconds = 0
        self._was_told = False

    def tick(self) -> None:
        """Once a second."""
        self._seconds += 1
        if self._seconds >= LOOK_EVERY_S and not self._is_at_a_call():
            self._seconds = 0
            self._look()

    def _look(self) -> None:
        is_replaced = self._is_replaced()
        if is_replaced and not self._was_told:
            self._notices.tell(
                self.tr(
                    "A new version of this program is installed. When you are free, close the window and open it "
                    "again; until then everything here goes on as it is."
                ),
                Weight.INFO,
                Matter.VERSION,
            )
        elif not is_replaced:
            self._notices.over(Matter.VERSION)
        self._was_told = is_replaced
