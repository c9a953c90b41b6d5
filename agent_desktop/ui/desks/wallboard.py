"""The wallboard for who leads the floor: what is told of it, held against the bounds of its queues, every second."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from agent_desktop.supervisor.wallboard import LEADING, Wallboard
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.wallboard.page import WallboardPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import QueueId
from agent_model.alert import Alert
from agent_model.floor_figures import Figure, FloorFigures, FloorTrend
from agent_model.organisation import Queue


class WallboardDesk(PageDesk[WallboardPage]):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        self._wallboard = Wallboard()
        self._is_shown = False
        self._alerts: tuple[Alert, ...] = ()
        super().__init__(Page.WALLBOARD, ground, parent, is_offered=ground.rooms.agent.role in LEADING)
        ground.window.screen_wanted.connect(self._fill_or_leave)

    def learn(self, queues: Sequence[Queue]) -> None:
        self._wallboard.learn(queues)
        self._show_all()

    def hear(self, figures: FloorFigures) -> None:
        self._wallboard.hear(figures, self._rooms.clock())
        self._show_all()

    def hear_trend(self, trend: FloorTrend) -> None:
        self._wallboard.hear_trend(trend)
        self._show_all()

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Those that stand, the worst first."""
        self._alerts = tuple(alerts)
        self._show()

    def open(self, queue: str) -> None:
        """A queue, or all of them."""
        self._window.show_page(Page.WALLBOARD)
        self._choose(queue)

    def lost(self) -> None:
        self._wallboard.lost()
        self._show()

    def _wire(self, page: WallboardPage) -> None:
        page.queue_chosen.connect(self._choose)
        page.screen_wanted.connect(self._fill_or_leave)
        page.second.connect(self._show)

    def _entered(self) -> None:
        self._is_shown = True
        self._page.begin()
        self._page.queues.setFocus()
        self._show_all()

    def _left(self) -> None:
        if self._is_shown:
            self._is_shown = False
            self._page.end()
            self._fill_screen(is_whole=False)

    def _choose(self, queue: str) -> None:
        self._wallboard.chosen = QueueId(queue) if queue else None
        self._show_all()

    def _show_all(self) -> None:
        """The trend too, which changes seldom."""
        self._show()
        board = self._wallboard.board(self._rooms.clock())
        if self._is_shown and board is not None:
            bound = board.figures[Figure.SERVICE_LEVEL].bound
            self._page.show_trend(self._wallboard.points, None if bound is None else bound.warn / 100)

    def _show(self) -> None:
        board = self._wallboard.board(self._rooms.clock())
        if self._is_shown:
            self._page.show_directory(self._names())
            self._page.show_alerts(self._alerts)
        if self._is_shown and board is not None:
            self._page.show_board(board, self._wallboard.chosen or "")

    def _fill_or_leave(self) -> None:
        if not self._is_shown:
            self._window.show_page(Page.WALLBOARD)
        if self._is_shown:
            self._fill_screen(is_whole=not self._window.fills_screen)

    def _fill_screen(self, *, is_whole: bool) -> None:
        self._window.fill_screen(is_whole=is_whole)
        self._page.show_on_screen(is_whole=is_whole)
