"""A new version that waits until nobody is kept from work by it: offered, put off, begun by starting again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.errors import UpdateRefused
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.hands import Hands
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.messages import updates as words
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Matter, Weight
from agent_desktop.updates.updater import Stage, Standing

AFTER_CALL: Final = timedelta(minutes=1)
"""Somebody may call back, or go on with what the call was about."""
AFTER_TYPING: Final = timedelta(seconds=20)
LATER: Final = timedelta(hours=4)


class UpdateDesk(QObject):
    """`is_at_a_call` from the ring to the end of the work after it. Whatever is not the moment now is looked at again
    every second."""

    start_again_wanted = Signal()
    changed = Signal(object)
    """A Standing."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        notices: NoticeBoard,
        hands: Hands,
        is_at_a_call: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._window = rooms, background, window
        self._notices = notices
        self._hands = hands
        self._is_at_a_call = is_at_a_call
        self.standing = rooms.updates.standing
        self._clock = rooms.clock
        self._not_before = self._clock() + AFTER_CALL  # whoever has just come in has something to do
        self._is_wired = False

    def begin(self) -> None:
        updates = self._rooms.updates
        self._background.network.do(updates.gave_up, self._tell_gave_up)
        self._background.follow("updates", updates.run, self._hear, updates.stop)

    def tick(self) -> None:
        """Once a second."""
        now = self._clock()
        is_at_a_call = self._is_at_a_call()
        self._rooms.updates.hold(is_held=is_at_a_call)
        if is_at_a_call:
            self._wait(now + AFTER_CALL)
        elif self.standing.stage is Stage.READY and now >= self._not_before and self._is_writing():
            self._wait(now + AFTER_TYPING)
        self._show(now)

    def _wait(self, until: datetime) -> None:
        self._not_before = max(self._not_before, until)

    def _is_writing(self) -> bool:
        """Somebody is typing, or something they have typed stands unsent before them."""
        right = self._window.right
        if self._hands.are_typing or self._hands.hold_words or not right.form.draft.is_empty:
            return True
        typed = (*self._window.findChildren(QLineEdit), *self._window.findChildren(QPlainTextEdit))
        return any(_is_typed(field) for field in typed if field.isVisible())

    def _hear(self, standing: Standing) -> None:
        before, self.standing = self.standing, standing
        self.changed.emit(standing)
        if isinstance(standing.trouble, UpdateRefused) and standing.trouble != before.trouble:
            self._notices.tell(words.explain_update(standing.trouble), Weight.WARNING, Matter.UPDATE, is_quiet=True)
        elif standing.trouble is None:
            self._notices.over(Matter.UPDATE)
        self._show(self._clock())

    def _show(self, now: datetime) -> None:
        is_ready = self.standing.stage is Stage.READY
        if is_ready and now >= self._not_before and not self._rooms.updates.is_quiet:
            self._wire()
            self._window.update_band.show_offer(words.offer(self.standing.newer))
        elif self._is_wired:
            self._window.update_band.show_nothing()

    def _wire(self) -> None:
        if not self._is_wired:
            self._is_wired = True
            self._window.update_band.start_again_wanted.connect(self._start_again)
            self._window.update_band.later_wanted.connect(self._put_off)

    def _put_off(self) -> None:
        """Without being asked again soon; the next start begins with it anyway."""
        now = self._clock()
        self._wait(now + LATER)
        self._show(now)

    def _start_again(self) -> None:
        """Unless a call came in the same moment."""
        self.tick()
        if self._window.update_band.words:
            self.start_again_wanted.emit()

    def _tell_gave_up(self, version: str) -> None:
        if version:
            self._notices.tell(words.gave_up(version, self.standing.running), Weight.WARNING)


def _is_typed(field: QWidget) -> bool:
    match field:
        case QLineEdit():
            return field.isModified() and bool(field.text()) and not field.isReadOnly()
        case QPlainTextEdit():
            return field.document().isModified() and bool(field.toPlainText()) and not field.isReadOnly()
        case _:
            return False
