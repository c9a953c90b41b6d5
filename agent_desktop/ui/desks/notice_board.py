"""Everything the agent was told: a toast for the moment, the list behind the bell for later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Matter, Notice, Weight
from agent_desktop.ui.window.rail import Page

KEPT = 200


class NoticeBoard(QObject):
    """During a call only trouble becomes a toast: nothing else may come between the agent and the customer.
    Alerts have a band of their own over every page, and no toast. `ticket_wanted(id)`, `article_wanted(id)`,
    `alert_wanted(id)` when a notice about one is taken; `alert_seen(id)` when the agent is to look after it."""

    ticket_wanted = Signal(str)
    article_wanted = Signal(str)
    alert_wanted = Signal(str)
    alert_seen = Signal(str)

    def __init__(
        self, window: MainWindow, clock: Callable[[], datetime], is_in_call: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._clock = clock
        self._is_in_call = is_in_call
        self._is_shown = self._is_wired = False
        self._keys = count()
        self.notices: tuple[Notice, ...] = ()
        window.page_shown.connect(self._turned_to)

    def tell(
        self,
        words: str,
        weight: Weight = Weight.WARNING,
        matter: Matter | None = None,
        *,
        is_quiet: bool = False,
        ticket: str = "",
        article: str = "",
        alert: str = "",
    ) -> None:
        """Said once while it stays the latest. A notice of a `matter` takes the place of what was said of it before;
        one that `is_quiet` only waits behind the bell. What people wrote is in no notice whole."""
        words = masking.text(words)
        latest = self.notices[0] if self.notices else None
        if latest is not None and latest.words == words and latest.over_at is None:
            return
        if matter is not None:
            self.over(matter)
        key = f"n{next(self._keys)}"
        notice = Notice(key, weight, words, self._clock(), matter=matter, ticket=ticket, article=article, alert=alert)
        self.notices = (notice, *self.notices)[:KEPT]
        if not alert and (weight is Weight.TROUBLE or not (is_quiet or self._is_in_call())):
            self._window.toasts.show_toast(notice)
        self._show()

    def say_otherwise(self, told: Callable[[str], str]) -> None:
        """What was said stands there in other words from now on: something of it is kept back."""
        otherwise = {one.key: words for one in self.notices if (words := told(one.words)) != one.words}
        for key, words in otherwise.items():
            self._window.toasts.say_otherwise(key, words)
        self.notices = tuple(replace(one, words=otherwise.get(one.key, one.words)) for one in self.notices)
        self._show()

    def over(self, matter: Matter) -> None:
        """What was said of it holds no more: it leaves the screen, and the list says since when."""
        self._end({one.key for one in self.notices if one.matter is matter and one.over_at is None})

    def alert_over(self, alert: str) -> None:
        """As `over`, of one alert."""
        self._end({one.key for one in self.notices if one.alert == alert and one.over_at is None})

    def alert_stands(self, alert: str, seen: str) -> None:
        """It is not over, also if it seemed so; `seen` is who looks after it, then nobody else needs to read of it."""
        before = self.notices
        self.notices = tuple(
            replace(one, over_at=None, seen=seen, is_unread=one.is_unread and not seen) if one.alert == alert else one
            for one in before
        )
        if self.notices != before:
            self._show()

    def _end(self, stale: set[str]) -> None:
        if not stale:
            return
        now = self._clock()
        self.notices = tuple(
            replace(one, over_at=now, is_unread=False) if one.key in stale else one for one in self.notices
        )
        for key in stale:
            self._window.toasts.drop(key)
        self._show()

    def _turned_to(self, page: Page) -> None:
        self._is_shown = page is Page.NOTICES
        if self._is_shown:
            self._wire()
            self._show()

    def _wire(self) -> None:
        if not self._is_wired:
            self._is_wired = True
            self._window.pages.notices.notice_taken.connect(self._take)
            self._window.pages.notices.alert_seen.connect(self._see)

    def _take(self, key: str) -> None:
        notice = next((one for one in self.notices if one.key == key), None)
        if notice is not None and notice.ticket:
            self.ticket_wanted.emit(notice.ticket)
        elif notice is not None and notice.article:
            self.article_wanted.emit(notice.article)
        elif notice is not None and notice.alert:
            self.alert_wanted.emit(notice.alert)

    def _see(self, key: str) -> None:
        self.alert_seen.emit(next((one.alert for one in self.notices if one.key == key), ""))

    def _show(self) -> None:
        if self._is_shown:
            self._window.pages.notices.show_notices(self.notices, self._clock())
            self.notices = tuple(replace(notice, is_unread=False) for notice in self.notices)
        self._window.top_bar.show_unread(sum(1 for one in self.notices if one.is_unread))
