"""What the exchange confirms of the agent's state: shown beside it where it differs, told when it cannot be mended."""

from PySide6.QtCore import QObject

from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.exchange import standing_of
from agent_desktop.ui.window.notices import Matter, Weight
from agent_desktop.ui.window.top_bar import TopBar
from agent_model.agent import AgentId
from agent_model.confirmation import Confirmed


class StandingDesk(QObject):
    """Of this agent only; without the server nobody knows what the exchange has."""

    def __init__(
        self, top_bar: TopBar, in_step: InStep, notices: NoticeBoard, agent_id: AgentId, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._top_bar, self._notices, self._agent_id = top_bar, notices, agent_id
        self._was_reachable = False
        in_step.confirmed.connect(self._hear)
        in_step.live_lost.connect(self._forget)

    def _hear(self, confirmed: Confirmed) -> None:
        if confirmed.agent != self._agent_id:
            return
        self._was_reachable = self._was_reachable or confirmed.is_reachable
        standing = standing_of(confirmed, was_reachable=self._was_reachable)
        self._top_bar.show_standing(standing)
        if standing is not None and standing.tone == "bad":
            self._notices.tell(standing.words, Weight.TROUBLE, Matter.EXCHANGE)
        else:
            self._notices.over(Matter.EXCHANGE)

    def _forget(self) -> None:
        self._top_bar.show_standing(None)
