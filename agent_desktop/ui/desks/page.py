"""A desk of one page of the window, and what all such desks stand on."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page

PageT = TypeVar("PageT", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Ground:
    """`names` is the directory as it is known by now."""

    rooms: Rooms
    background: Background
    window: MainWindow
    names: Callable[[], Directory]
    formats: Formats


class PageDesk(QObject, Generic[PageT]):
    """The page is made and wired when it is first turned to."""

    told = Signal(str)
    saved = Signal()

    def __init__(self, of: Page, ground: Ground, parent: QObject, *, is_offered: bool) -> None:
        super().__init__(parent)
        self._of = of
        self._rooms, self._background, self._window = ground.rooms, ground.background, ground.window
        self._names, self._formats = ground.names, ground.formats
        self._is_wired = False
        ground.window.rail.offer(of, is_offered=is_offered)
        ground.window.page_shown.connect(self._turned_to)

    @property
    def _page(self) -> PageT:
        page: PageT = getattr(self._window.pages, self._of)
        return page

    @abstractmethod
    def _wire(self, page: PageT) -> None:
        """Once: what the page wishes is heard."""

    @abstractmethod
    def _entered(self) -> None:
        """The page is on the screen."""

    def _left(self) -> None:
        """Another one is."""

    def _turned_to(self, page: Page) -> None:
        if page is not self._of:
            self._left()
            return
        if not self._is_wired:
            self._is_wired = True
            self._wire(self._page)
        self._entered()

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
