"""Everything the agent was told: a toast for the moment, the list behind the bell for later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.notices import Notice, Weight

KEPT = 200


class NoticeBoard(QObject):
    """During a call only trouble becomes a toast: nothing else may come between the agent and the customer."""

    def __init__(
        self, window: MainWindow, clock: Callable[[], datetime], is_in_call: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._clock = clock
        self._is_in_call = is_in_call
        self._notices: tuple[Notice, ...] = ()
        window.top_bar.notices_wanted.connect(self._read)

    def tell(self, words: str, weight: Weight = Weight.WARNING) -> None:
        """Said once while it stays the latest."""
        if self._notices and self._notices[0].words == words:
            return
        notice = Notice(f"n{len(self._notices)}", weight, words, self._clock())
        self._notices = (notice, *self._notices)[:KEPT]
        if weight is Weight.TROUBLE or not self._is_in_call():
            self._window.toasts.show_toast(notice)
        self._window.top_bar.show_unread(sum(1 for one in self._notices if one.is_unread))

    def _read(self) -> None:
        self._window.notices.show_notices(self._notices, self._clock())
        self._notices = tuple(replace(notice, is_unread=False) for notice in self._notices)
        self._window.top_bar.show_unread(0)
