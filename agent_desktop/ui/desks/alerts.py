"""Alerts of the floor for who leads it: told once, at the top until somebody looks after them, gone to by one key and
taken by one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.supervisor.agent_board import LEADERS
from agent_desktop.supervisor.alerts import Alerts
from agent_desktop.ui.alert_words import alert_words, explain_not_taken, seen_words
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
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
    """Others stand than before, or somebody looks after one."""
    agent_wanted = Signal(str)
    queue_wanted = Signal(str)
    """On the wallboard; empty: the floor."""
    asked = Signal(str, str)
    """The id and the words of a new one that nobody looks after."""
    settled = Signal(str)
    """Somebody does now, or it is over."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._window = background, window
        self._notices, self._names, self._formats = notices, names, formats
        self._acts = rooms.floor_acts
        self._is_leader = rooms.agent.role in LEADERS
        self._on_the_way: set[str] = set()
        """What the server was asked for and has not answered."""
        self._has_band = False
        self.alerts = Alerts()
        in_step.alert_told.connect(self.hear)
        in_step.live_came.connect(self._begin_anew)
        notices.alert_wanted.connect(self.open)
        notices.alert_seen.connect(self.see_to)
        window.alert_wanted.connect(self.open_first)
        window.see_to_alert_wanted.connect(self.see_to_first)

    def hear(self, alert: Alert) -> None:
        if not self._is_leader:
            return
        is_new = self.alerts.hear(alert)
        said = self._said(alert)
        if is_new:
            words = self.tr("{alert}. Ctrl+Shift+9 goes to the worst alert.").format(alert=said)
            weight = Weight.TROUBLE if alert.grade is Grade.BAD else Weight.WARNING
            self._notices.tell(words, weight, alert=alert.id)
        if alert.ended_at is not None:
            self._notices.alert_over(alert.id)
        else:
            self._notices.alert_stands(alert.id, seen_words(alert, self._names(), self._formats))
        if alert.ended_at is not None or alert.taken_by:
            self.settled.emit(alert.id)
        elif is_new:
            self.asked.emit(alert.id, said)
        self._show()

    def see_to(self, alert_id: str) -> None:
        """The lead looks after it from now on, and everybody else who leads is told so."""
        alert = self.alerts.known(alert_id)
        if alert is None:
            self._notices.tell(self.tr("This alert is over."), Weight.INFO)
        elif alert.taken_by:
            self._notices.tell(f"{seen_words(alert, self._names(), self._formats)}.", Weight.INFO)
        elif alert_id not in self._on_the_way:
            self._on_the_way.add(alert_id)
            self._background.network.do(
                lambda: self._acts.see_to(alert_id),
                lambda _: self._on_the_way.discard(alert_id),
                lambda error: self._not_taken(alert_id, error),
            )

    def see_to_first(self) -> None:
        """Of those that nobody looks after: the one at the top."""
        if not self._is_leader:
            return
        if asking := self.alerts.asking:
            self.see_to(asking[0].id)
        else:
            self._notices.tell(self.tr("There is no alert that nobody sees to."), Weight.INFO)

    def open(self, alert_id: str) -> None:
        """Where it is looked at: the agent on their board, the queue on the wallboard. Empty: the worst that stands."""
        alert = self.alerts.known(alert_id)
        if not alert_id:
            self.open_first()
        elif alert is None:
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
        self._show()

    def _not_taken(self, alert_id: str, error: Exception) -> None:
        self._on_the_way.discard(alert_id)
        words, asking = explain_not_taken(error), self.alerts.asking
        alert = self.alerts.known(alert_id)
        if alert is not None and alert != next(iter(asking), None):
            words = f"{self._said(alert)}. {words}"
        self._notices.tell(words, Weight.WARNING)
        if alert in asking:
            self._window.alert_band.say(words)

    def _said(self, alert: Alert) -> str:
        return masking.text(alert_words(alert, self._names(), self._formats))

    def _show(self) -> None:
        asking = self.alerts.asking
        if asking:
            self._window.alert_band.show_alert(asking[0].grade, self._said(asking[0]), len(asking) - 1)
        elif self._has_band:
            self._window.alert_band.show_nothing()
        self._has_band = bool(asking)
        self.changed.emit()
