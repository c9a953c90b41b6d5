"""A shift begins: what its agent has left open before is named, once."""

from PySide6.QtCore import QObject

from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.still_open import StillOpen, still_open
from agent_desktop.ui.window.notices import Weight


class ShiftDesk(QObject):
    def __init__(self, rooms: Rooms, background: Background, notices: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._notices = rooms, background, notices

    def begin(self) -> None:
        now = self._rooms.clock()
        self._background.store.do(lambda: still_open(self._rooms, now), self._tell, self._failed)

    def _tell(self, still: StillOpen) -> None:
        if still.lines:
            words = self.tr("Left from before. {what}").format(what="; ".join(still.lines))
            self._notices.tell(words, Weight.INFO, is_quiet=True)

    def _failed(self, error: Exception) -> None:
        self._notices.tell(explain(error), Weight.TROUBLE)
