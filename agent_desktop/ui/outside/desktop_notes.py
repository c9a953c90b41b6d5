"""Notifications of the desktop: a call that rings where nothing may be put on top, calls that were missed, and alerts
of the floor."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.notifications import OPEN, Note, Notifications, Taken
from agent_desktop.ui.background import Background
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.words import word

MISSED = "missed"
ALERT = "alert "
"""Before the id of one."""
ALERTS = "alerts"
"""Those beyond AT_ONCE, as one."""
AT_ONCE: Final = 3
LONGEST_ALERT: Final = 200


class DesktopNotes(QObject):
    """The lane to the desktop is opened when something is first to be shown."""

    answer_wanted = Signal(str)
    decline_wanted = Signal(str)
    open_wanted = Signal()
    alert_wanted = Signal(str)
    """The place of one; empty: of the worst."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._desktop: Notifications | None = None
        self._rings: dict[str, CallFace] = {}
        self._alerts: set[str] = set()
        self._more: set[str] = set()

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

    def show_alert(self, alert: str, words: str) -> None:
        """Until `drop_alert`, or somebody looks at the window. When there are many, the rest is counted."""
        if len(self._alerts) < AT_ONCE:
            self._alerts.add(alert)
            actions = {OPEN: self.tr("Go there")}
            self._open().show(Note(f"{ALERT}{alert}", self.tr("Alert of the floor"), words[:LONGEST_ALERT], actions))
        else:
            self._more.add(alert)
            self._show_more()

    def drop_alert(self, alert: str) -> None:
        """Somebody looks after it, or it is over."""
        if alert in self._alerts:
            self._alerts.discard(alert)
            self._open().withdraw(f"{ALERT}{alert}")
        elif alert in self._more:
            self._more.discard(alert)
            self._show_more()

    def drop_alerts(self) -> None:
        """Somebody looks at the window."""
        for alert in (*self._alerts, *self._more):
            self.drop_alert(alert)

    def _show_more(self) -> None:
        if not self._more:
            self._open().withdraw(ALERTS)
            return
        words = self.tr("More alerts of the floor: {count}").format(count=len(self._more))
        self._open().show(Note(ALERTS, words, actions={OPEN: self.tr("Go there")}))

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
        if taken.key == ALERTS or taken.key.startswith(ALERT):
            self.open_wanted.emit()
            self.alert_wanted.emit(taken.key.removeprefix(ALERT) if taken.key != ALERTS else "")
        elif taken.action == OPEN:
            self.open_wanted.emit()
        elif taken.key in self._rings:
            (self.answer_wanted if taken.action == "answer" else self.decline_wanted).emit(taken.key)
