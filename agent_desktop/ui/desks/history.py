"""The call history: the agent's own calls from the disk, found as one types, and how many missed ones wait."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.day import PAGE as AT_ONCE
from agent_desktop.day import OwnCall
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.history.page import HistoryPage
from agent_desktop.ui.history.rows import HistoryLine
from agent_desktop.ui.history.words import outcome_word, party_word
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.strip.quality import quality_word
from agent_desktop.ui.window.rail import Page
from agent_model.customer import ContactKind


class HistoryDesk(PageDesk[HistoryPage]):
    """Nothing of it needs the server. `call_wanted` with a number to dial, `customer_wanted` with an id."""

    call_wanted = Signal(str)
    customer_wanted = Signal(str)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.HISTORY, ground, parent, is_offered=True)
        self._last: OwnCall | None = None
        self._is_shown = False

    def calls_changed(self) -> None:
        """A call was kept."""
        if self._is_shown:
            self._read()
            self._see()
        else:
            self._count()

    def _wire(self, page: HistoryPage) -> None:
        page.asked.connect(self._read)
        page.more_wanted.connect(self._read_more)
        page.call_wanted.connect(self.call_wanted)
        page.customer_wanted.connect(self.customer_wanted)

    def _entered(self) -> None:
        self._is_shown = True
        self._page.search.setFocus()
        self._read()
        self._see()

    def _left(self) -> None:
        self._is_shown = False

    def _read(self) -> None:
        day, page = self._rooms.day, self._page
        typed, which = page.typed, page.which
        self._background.store.do(lambda: day.find(typed, which), self._show, self._failed, replaces="history")

    def _read_more(self) -> None:
        day, page, last = self._rooms.day, self._page, self._last
        typed, which = page.typed, page.which
        self._background.store.do(lambda: day.find(typed, which, last), self._add, self._failed, replaces="history")

    def _show(self, calls: tuple[OwnCall, ...]) -> None:
        self._last = calls[-1] if calls else None
        self._page.show_lines(self._lines(calls), has_more=len(calls) == AT_ONCE)

    def _add(self, calls: tuple[OwnCall, ...]) -> None:
        self._last = calls[-1] if calls else self._last
        self._page.add_lines(self._lines(calls), has_more=len(calls) == AT_ONCE)

    def _failed(self, error: Exception) -> None:
        self._page.show_trouble(explain(error))

    def _see(self) -> None:
        self._background.store.do(self._rooms.day.look, lambda _: self._count(), self._not_counted)

    def _count(self) -> None:
        self._background.store.do(self._rooms.day.missed, self._window.rail.show_missed, self._not_counted)

    def _not_counted(self, error: Exception) -> None:
        self.told.emit(explain(error))

    def _lines(self, calls: tuple[OwnCall, ...]) -> tuple[HistoryLine, ...]:
        return tuple(self._line(call) for call in calls)

    def _line(self, call: OwnCall) -> HistoryLine:
        outcome, tone = outcome_word(call)
        icon, token = _ICONS[call.kind] if tone != "bad" else (_ICONS[call.kind][0], "bad")
        quality, quality_tone = quality_word(call.score) if call.score is not None else ("", "")
        return HistoryLine(
            key=call.key,
            icon=icon,
            icon_token=token,
            title=party_word(call, self._rooms.plan),
            detail=masking.shown(call.number, self._rooms.plan) if call.name else "",
            outcome=outcome,
            tone=tone,
            queue=self._names().queue(call.queue),
            shown_number=call.shown_number or NOTHING,
            quality=quality,
            quality_tone=quality_tone,
            duration=self._formats.duration(call.handled_s),
            when=self._formats.moment(call.at, self._rooms.clock()),
            number=call.number,
            customer_id=call.customer_id,
        )


_ICONS = {
    ContactKind.CALL_IN: ("phone-in", "muted"),
    ContactKind.CALL_OUT: ("phone-out", "muted"),
    ContactKind.CALL_MISSED: ("phone-missed", "muted"),
}
