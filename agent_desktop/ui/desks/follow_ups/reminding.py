"""Says once that something is due: never in a call, while it rings or under typing hands; then it waits its turn."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_desktop.ui.desks.hands import Hands
from agent_desktop.ui.follow_ups.words import kind_word
from agent_model.follow_up import FollowUp


class Reminding(QObject):
    """`told` for one that became due, or for several at once."""

    told = Signal(str)

    def __init__(self, hands: Hands, is_in_call: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._hands = hands
        self._is_in_call = is_in_call
        self._said: set[tuple[str, datetime]] = set()

    def tick(self, due: Sequence[tuple[FollowUp, str]], now: datetime) -> None:
        """What is due with whom it is for. One that was put off is said again in its time."""
        waiting = [
            (one, name) for one, name in due if one.wanted_at <= now and (one.id, one.wanted_at) not in self._said
        ]
        if not waiting or self._is_in_call() or self._hands.are_typing:
            return
        self._said |= {(one.id, one.wanted_at) for one, _ in waiting}
        one, name = waiting[0]
        words = self.tr("Due now: {kind} · {name} · {purpose}").format(
            kind=kind_word(one.kind), name=name, purpose=one.purpose
        )
        if len(waiting) > 1:
            more = self.tr("{words} — and {count} more, in the list at the left.")
            words = more.format(words=words, count=len(waiting) - 1)
        self.told.emit(words)
