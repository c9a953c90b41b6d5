"""The signals of the customer on the screen: worked out behind the pop, acted on, and what came of them kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.signals import desk
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.customer.signal_words import SignalLine, answered_line, line_of, outcome_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId
from agent_model.signal import SignalOutcome


class SignalDesk(QObject):
    """`ticket_wanted(words)`: the agent acts on a signal, and this is why."""

    ticket_wanted = Signal(str)
    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        pane: CustomerPane,
        names: Callable[[], Directory],
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        self._names = names
        self._formats = formats
        self._found: dict[str, desk.Signal] = {}
        pane.customer_shown.connect(self._read)
        pane.header.signals.act_wanted.connect(self._act)
        pane.header.signals.answered.connect(self._answer)

    def read_again(self) -> None:
        """The rules may be others now."""
        if self._pane.customer_id:
            self._read(self._pane.customer_id)

    def _read(self, customer_id: str) -> None:
        signals = self._rooms.signals
        who = CustomerId(customer_id)
        self._background.store.do(
            lambda: (signals.of(who), signals.answered(who)),
            lambda read: self._show(customer_id, *read),
            self._not_read,
            replaces="signals",
        )

    def _show(self, customer_id: str, found: tuple[desk.Signal, ...], answered: tuple[desk.Answered, ...]) -> None:
        if self._pane.customer_id != customer_id:
            return
        self._found |= {signal.rule.id: signal for signal in found}
        row, now = self._pane.header.signals, self._rooms.clock()
        quiet = (answered_line(one.rule, one.result, now, self._names(), self._formats) for one in answered)
        row.show_signals(customer_id, tuple(map(self._line, found)), tuple(quiet))

    def _line(self, signal: desk.Signal) -> SignalLine:
        today = self._formats.local_date(self._rooms.clock())
        return line_of(signal.rule, signal.facts, today, self._names(), self._formats)

    def _not_read(self, error: Exception) -> None:
        self._pane.header.signals.show_trouble(explain(error))

    def _act(self, key: str) -> None:
        signal = self._signal(key)
        if signal is not None:
            line = self._line(signal)
            reason = line.guarded if self._pane.header.signals.is_withheld(key) else line.reason
            self.ticket_wanted.emit(self.tr("{action}: {reason}").format(action=line.action, reason=reason))

    def _answer(self, key: str, outcome: SignalOutcome) -> None:
        """It stands on the chip once it is on the disk."""
        signal, signals = self._signal(key), self._rooms.signals
        if signal is None:
            return
        item = self._items.current
        call_ref, reason = None if item is None else item.call_ref, self._line(signal).reason

        def kept(_: object) -> None:
            if self._pane.customer_id == signal.customer_id:
                self._pane.header.signals.show_done(key, outcome_word(outcome))
            self.saved.emit()

        self._background.store.do(lambda: signals.record(signal, outcome, reason, call_ref), kept, self._not_kept)

    def _signal(self, key: str) -> desk.Signal | None:
        """The one of the customer on the screen."""
        signal = self._found.get(key)
        return signal if signal is not None and signal.customer_id == self._pane.customer_id else None

    def _not_kept(self, error: Exception) -> None:
        self.told.emit(explain(error))
