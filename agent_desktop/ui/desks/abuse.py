"""The call on the screen where its caller abuses the agent: marked, warned, ended, and the break after it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.care.abusive_calls import Mark
from agent_desktop.softphone.call import CallId
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.care.abuse_card import AbuseCard, AbuseSheet
from agent_desktop.ui.desks.script import CalledLines
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.abusive_call import COOL_DOWN, Abuse, AbuseStep

ROWS = frozenset({"abusive_call", "care_policy"})


class AbuseDesk(QObject):
    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        lines: CalledLines,
        formats: Formats,
        card: AbuseCard,
        hang_up: Callable[[CallId], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._items = rooms, background, items
        self._lines, self._formats, self._card, self._hang_up = lines, formats, card, hang_up
        self._mark: Mark | None = None
        self._of = ""
        card.marked.connect(self._marked)
        card.said.connect(self._said)
        card.rest_wanted.connect(self._rest)

    def show(self) -> None:
        """Another item is on the screen, or its call went on."""
        item = self._markable()
        if item is None or item.call_ref is None:
            self._of, self._mark = "", None
            self._card.show_sheet(None)
        elif item.call_ref != self._of:
            self._of, self._mark = item.call_ref, None
            self._card.show_sheet(None)
            self._read()
        else:
            self._show()

    def rows_came(self, change: ScopeChanged) -> None:
        if self._of and (not change.entities or change.entities & ROWS):
            self._read()

    def _read(self) -> None:
        call_ref, calls, store = self._of, self._rooms.abusive_calls, self._background.store
        store.do(lambda: calls.of_call(call_ref), lambda mark: self._learn(call_ref, mark), self._failed)

    def _learn(self, call_ref: str, mark: Mark) -> None:
        if call_ref == self._of:
            self._mark = mark
            self._show()

    def _show(self) -> None:
        item, mark = self._markable(), self._mark
        if item is None or mark is None:
            return
        call, clock = mark.call, self._formats.clock
        if call is None:
            self._card.show_sheet(AbuseSheet(is_up=item.is_in_call))
            return
        to_say = "" if call.next_step is None else mark.policy.script(call.next_step).in_language(self._language(item))
        self._card.show_sheet(
            AbuseSheet(
                call.abuse,
                tuple((said.step, clock(said.at)) for said in call.steps),
                call.next_step,
                to_say,
                is_up=item.is_in_call,
                rest_min=mark.policy.cool_down_min if mark.may_rest else None,
                rested="" if call.cool_down_at is None else clock(call.cool_down_at),
            )
        )

    def _marked(self, abuse: Abuse) -> None:
        item = self._markable()
        if item is None:
            return
        call_ref, queue, calls = self._of, item.queue, self._rooms.abusive_calls
        self._keep(lambda: calls.mark(call_ref, queue, abuse), lambda _: None)

    def _said(self) -> None:
        call_ref, calls = self._of, self._rooms.abusive_calls
        self._keep(lambda: calls.say(call_ref), lambda step: self._stepped(call_ref, step))

    def _stepped(self, call_ref: str, step: AbuseStep | None) -> None:
        """A call is ended for it only once that is written down."""
        ended = next((item for item in self._items if item.call_ref == call_ref), None)
        if step is AbuseStep.ENDED and ended is not None and ended.is_in_call and ended.call is not None:
            self._hang_up(ended.call.id)

    def _rest(self) -> None:
        call_ref, calls = self._of, self._rooms.abusive_calls
        self._keep(lambda: calls.rest(call_ref), self._rested)

    def _rested(self, is_granted: object) -> None:
        if is_granted:
            self._rooms.session.take_break(COOL_DOWN)
        else:
            self.told.emit(self.tr("The break after this call is not granted any more."))

    def _keep(self, write: Callable[[], object], kept: Callable[..., None]) -> None:
        def done(result: object) -> None:
            self.saved.emit()
            kept(result)
            self._read()

        self._background.store.do(write, done, self._failed)

    def _markable(self) -> Item | None:
        """The item of a call that was answered; one that only rings abuses nobody."""
        item = self._items.current
        if item is None or not item.is_of_call or (item.call is not None and item.call.answered_at is None):
            return None
        return item

    def _language(self, item: Item) -> str:
        """The first of the line that was called; the agent's own where that is not known."""
        line = None if item.call is None else self._lines.of(item.call.invite)
        return line.languages[0] if line is not None and line.languages else self._formats.language

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
