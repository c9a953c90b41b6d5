"""Notifications of the desktop: a call that rings where nothing may be put on top, and calls that were missed."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.notifications import OPEN, Note, Notifications, Taken
from agent_desktop.ui.background import Background
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.words import word

MISSED = "missed"


class DesktopNotes(QObject):
    """The lane to the desktop is opened when something is first to be shown."""

    answer_wanted = Signal(str)
    decline_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._desktop: Notifications | None = None
        self._rings: dict[str, CallFace] = {}

    def show_faces(self, ringing: tuple[CallFace, ...]) -> None:
        """The calls that ring; those that do so no more are taken off the screen."""
        now = {str(face.call.id): face for face in ringing}
        for gone in self._rings.keys() - now.keys():
            self._open().withdraw(gone)
        for id_, face in now.items():
            if self._rings.get(id_) != face:
                self._open().show(self._ring(id_, face))
        self._rings = now

    def show_missed(self, count: int) -> None:
        """Since somebody looked at the window; none takes the notification off the screen."""
        if count:
            words = self.tr("Missed calls: {count}").format(count=count)
            self._open().show(Note(MISSED, words, actions={OPEN: self.tr("Open the window")}))
        elif self._desktop is not None:
            self._desktop.withdraw(MISSED)

    def _ring(self, id_: str, face: CallFace) -> Note:
        who = face.title or self.tr("Number withheld")
        about = " · ".join(part for part in (face.number if face.name else "", face.queue) if part)
        actions = {OPEN: self.tr("Open the window"), "answer": word(Deed.ANSWER), "decline": word(Deed.DECLINE)}
        return Note(id_, self.tr("Incoming call: {who}").format(who=who), about, actions, is_urgent=True)

    def _open(self) -> Notifications:
        if self._desktop is None:
            desktop = self._desktop = Notifications()
            self._background.follow("notifications", desktop.follow, self._taken, desktop.stop)
        return self._desktop

    def _taken(self, taken: Taken) -> None:
        if taken.action == OPEN:
            self.open_wanted.emit()
        elif taken.key in self._rings:
            (self.answer_wanted if taken.action == "answer" else self.decline_wanted).emit(taken.key)
