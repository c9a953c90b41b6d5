"""The calls that a scenario may be about: the newest whose recording this person may hear."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.lists import ListedCall
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.learning import Learning
from agent_desktop.ui.lists.calls import NEWEST_TALKS
from agent_desktop.ui.messages.trouble import explain

if TYPE_CHECKING:
    from agent_desktop.ui.teaching.question_form import QuestionForm

MOST_OFFERED: Final = 300


class PlayedCalls(QObject):
    """Asked for again with each scenario that is opened; the server says once more who may hear a call."""

    told = Signal(str)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = ground.rooms, ground.background
        self._names, self._formats = ground.names, ground.formats
        self._form: QuestionForm | None = None
        self._learning = Learning(self._background, self._rooms.call_list.learn, self)
        self._learning.over.connect(self._read)

    def offer(self, form: "QuestionForm") -> None:
        """As far as calls are read by now, then all of them."""
        self._form = form
        self._read()
        self._learning.begin()

    def _read(self) -> None:
        nouns, may = self._rooms.call_list, self._rooms.listening.may

        def read() -> list[ListedCall]:
            found = nouns.items(nouns.first(NEWEST_TALKS, MOST_OFFERED))
            return [one for one in found.values() if may(one.call)]

        self._background.library.do(read, self._show, self._failed, replaces="calls to be played")

    def _show(self, calls: list[ListedCall]) -> None:
        if self._form is not None:
            newest = sorted(calls, key=lambda one: one.call.at, reverse=True)
            self._form.show_calls([(one.call.id, self._words(one)) for one in newest])

    def _words(self, one: ListedCall) -> str:
        call, formats = one.call, self._formats
        who = self._names().person(call.agent) if call.agent else ""
        parts = (formats.written(call.at), who, one.customer, call.title, formats.duration(call.duration_s))
        return " · ".join(filter(None, parts))

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
