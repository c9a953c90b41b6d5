"""Alerts of the floor for who leads it: told once, shown on the boards, and gone to by one key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.supervisor.agent_board import LEADERS
from agent_desktop.supervisor.alerts import Alerts
from agent_desktop.ui.alert_words import alert_words
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_model.agent import AgentId
from agent_model.alert import Alert
from agent_model.floor_bound import Grade


class AlertsDesk(QObject):
    changed = Signal()
    """Others stand than before."""
    agent_wanted = Signal(str)
    queue_wanted = Signal(str)
    """On the wallboard; empty: the floor."""

    def __init__(
        self,
        rooms: Rooms,
        window: MainWindow,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notices, self._names, self._formats = notices, names, formats
        self._is_leader = rooms.agent.role in LEADERS
        self.alerts = Alerts()
        in_step.alert_told.connect(self.hear)
        in_step.live_came.connect(self._begin_anew)
        notices.alert_wanted.connect(self.open)
        window.alert_wanted.connect(self.open_first)

    def hear(self, alert: Alert) -> None:
        if not self._is_leader:
            return
        if self.alerts.hear(alert):
            words = self.tr("{alert}. Ctrl+Shift+9 goes to the worst alert.").format(
                alert=alert_words(alert, self._names(), self._formats)
            )
            weight = Weight.TROUBLE if alert.grade is Grade.BAD else Weight.WARNING
            self._notices.tell(words, weight, alert=alert.id)
        if alert.ended_at is not None:
            self._notices.alert_over(alert.id)
        self.changed.emit()

    def open(self, alert_id: str) -> None:
        """Where it is looked at: the agent on their board, the queue on the wallboard."""
        alert = self.alerts.known(alert_id)
        if alert is None:
            self._notices.tell(self.tr("This alert is over."), Weight.INFO)
        elif alert.agent:
            self.agent_wanted.emit(alert.agent)
        else:
            self.queue_wanted.emit(alert.queue)

    def open_first(self) -> None:
        """The worst that stands."""
        if not self._is_leader:
            return
        if self.alerts.standing:
            self.open(self.alerts.standing[0].id)
        else:
            self._notices.tell(self.tr("There is no alert now."), Weight.INFO)

    def of(self, agent: AgentId) -> Alert | None:
        return self.alerts.of(agent)

    def _begin_anew(self) -> None:
        """What is not over is told again at once; of the rest nothing is known to stand."""
        for one in self.alerts.begin_anew():
            self._notices.alert_over(one.id)
        self.changed.emit()
