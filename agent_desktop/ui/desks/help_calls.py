"""Asking one's lead for help by one key, and hearing of it as the lead of who asks."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent_desktop.supervisor.agent_board import LEADERS
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_model.help_call import HelpCall


class HelpDesk(QObject):
    """What the server says is what is shown: whether the lead hears it is the point."""

    def __init__(
        self,
        rooms: Rooms,
        window: MainWindow,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._flag, self._in_step = rooms, window.top_bar.help, in_step
        self._notices, self._names = notices, names
        self._is_leader = rooms.agent.role in LEADERS
        self._own = HelpCall(rooms.agent.id)
        self._asking: set[str] = set()
        self._is_wanted = False
        self._flag.setVisible(not self._is_leader)
        window.help_flag_wanted.connect(self.turn)
        self._flag.clicked.connect(self.turn)
        in_step.help_called.connect(self.hear)
        in_step.live_lost.connect(self._lost)

    def turn(self) -> None:
        """Asks, or takes it back."""
        if self._is_leader:
            return
        self._is_wanted = not self._is_wanted
        self._in_step.want_help(is_wanted=self._is_wanted)
        if self._is_wanted and not self._in_step.is_live:
            self._notices.tell(
                self.tr("The server does not answer, so your lead does not see that you want help. Call them.")
            )

    def hear(self, call: HelpCall) -> None:
        if call.agent == self._rooms.agent.id:
            self._hear_own(call)
        elif self._is_leader:
            self._hear_of(call)

    def _hear_own(self, call: HelpCall) -> None:
        before, self._own = self._own, call
        self._is_wanted = call.since is not None
        self._flag.show_flag(call)
        if call.by and call.by != before.by:
            name = self._names().person(call.by)
            self._notices.tell(self.tr("{name} comes to help you.").format(name=name), Weight.TROUBLE)

    def _hear_of(self, call: HelpCall) -> None:
        if call.since is None:
            self._asking.discard(call.agent)
        elif call.agent not in self._asking and not call.by:
            self._asking.add(call.agent)
            name = self._names().person(call.agent)
            words = self.tr("{name} asks for help. Ctrl+Shift+2 opens the agents, Alt+Z says that you come.")
            self._notices.tell(words.format(name=name), Weight.TROUBLE)

    def _lost(self) -> None:
        """It is asked again by itself when the server is back; until then nobody sees it."""
        self._own = HelpCall(self._rooms.agent.id)
        self._flag.show_flag(self._own)
