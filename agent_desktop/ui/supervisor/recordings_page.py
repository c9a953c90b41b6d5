"""Recorded calls of those whom somebody leads: found by when, whose, which queue and how long, and listened to.

Values: `show_names`, `show_looking`, `show_calls(RecordedCalls)`, `add_calls`, `say`. Wishes: `sought(Sought)` when
other calls are wanted or more of them, `chosen(RecordedCall | None)`, `customer_wanted(id)`; what is heard is its
`player`'s, what is marked its `marks`'. By keys alone: arrows go through the list, Enter plays, Ctrl+Enter opens the
customer; Alt+F to the filter.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.player import RecordingPlayer
from agent_desktop.ui.supervisor.marks_pane import MarksPane
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import HEAD_PX, UNBOUNDED, Label
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_model.customer import ContactKind
from agent_model.recorded_call import RecordedCall, RecordedCalls, Sought

ANY: Final = ""
DAYS: Final = (1, 7, 30, 90)
AT_LEAST_S: Final = (0, 60, 180, 600)
LIST_PX: Final = 430
FILTER_KEYS: Final = "Alt+F"
MORE: Final = "more"
"""The row behind the last call that was told."""
ICONS: Final = {ContactKind.CALL_IN: "phone-in", ContactKind.CALL_OUT: "phone-out"}


class RecordingsPage(QFrame):
    sought = Signal(object)
    chosen = Signal(object)
    customer_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._directory = Directory()
        self._calls: dict[str, RecordedCall] = {}
        self._has_more = False
        self._shown = ""
        self._now = datetime.now().astimezone()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Recordings"))
        self.agent = Choice(look, self.tr("Agent"), self.tr("All agents"))
        self.queue = Choice(look, self.tr("Queue"), self.tr("All queues"))
        self.days = Segments(self.tr("Of how many days"), tuple((str(days), _days(days), "accent") for days in DAYS))
        self.days.choose(str(DAYS[1]))
        self.length = Pick(look)
        self.length.setAccessibleName(self.tr("How long at least"))
        for seconds in AT_LEAST_S:
            words = self.tr("{minutes} min and more").format(minutes=seconds // 60)
            self.length.addItem(words if seconds else self.tr("Any length"), seconds)
        self.list = RowList(look, self.tr("Recorded calls"))
        self.nothing = Label("hint", "", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.beside = Card(look)
        self.whose = Label("section", "", wraps=True)
        self.facts = Label("meta", "", wraps=True)
        self.customer = Button(look, self.tr("Open the customer"), "user", kind="link")
        self.player = RecordingPlayer(look, formats, has_marks=True)
        self.marks = MarksPane(look, formats, self.player)
        self._lay_out()
        self._connect()
        self._show_rows()

    def _lay_out(self) -> None:
        px = self._look.px
        top, columns = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(10))
        title = Label("name", self.tr("Recordings"))
        title.setMinimumHeight(px(HEAD_PX))
        top.addWidget(title)
        top.addStretch(1)
        for field in (self.agent, self.queue):
            field.setFixedWidth(px(170))
            top.addWidget(field)
        self.length.setFixedWidth(px(150))
        top.addWidget(self.length)
        top.addWidget(self.days)
        self._left = left = Card(self._look)
        left.setMinimumWidth(px(LIST_PX))
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.nothing, 1)
        inside = self.beside.body
        inside.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(self.whose, 1)
        head.addWidget(self.customer)
        inside.addLayout(head)
        inside.addWidget(self.facts)
        inside.addWidget(self.player)
        inside.addWidget(self.marks, 1)
        columns.setSpacing(px(10))
        columns.addWidget(left, 1)
        columns.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def _connect(self) -> None:
        for keys, act in ((FILTER_KEYS, self.agent.setFocus), ("Ctrl+Return", self._open_customer)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        for field in (self.agent, self.queue):
            field.picked.connect(lambda _: self.sought.emit(self.wanted))
        self.days.chosen.connect(lambda _: self.sought.emit(self.wanted))
        self.length.activated.connect(lambda _: self.sought.emit(self.wanted))
        self.list.chosen.connect(self._show_chosen)
        self.list.taken.connect(self._take)
        self.customer.clicked.connect(self._open_customer)

    @property
    def wanted(self) -> Sought:
        """What the filter says."""
        since = self._now - timedelta(days=int(self.days.value))
        at_least_s = int(self.length.currentData())
        return Sought(since, None, str(self.agent.currentData() or ""), str(self.queue.currentData() or ""), at_least_s)

    def show_names(self, directory: Directory, agents: tuple[tuple[str, str], ...], now: datetime) -> None:
        self._directory, self._now = directory, now
        self.agent.offer([(ANY, self.tr("All agents")), *agents])
        self.queue.offer([(ANY, self.tr("All queues")), *directory.queues.items()])

    def show_looking(self) -> None:
        self._calls, self._has_more = {}, False
        self._show_rows(self.tr("The server is asked for the calls."))

    def show_calls(self, found: RecordedCalls) -> None:
        """Instead of those before."""
        self._calls = {call.contact: call for call in found.calls}
        self._has_more = found.has_more
        self._show_rows(self.tr("No recorded call is like that. Choose more days, or another filter."))

    def add_calls(self, found: RecordedCalls) -> None:
        """Behind those that are shown."""
        before = len(self._calls)
        self._calls |= {call.contact: call for call in found.calls}
        self._has_more = found.has_more
        self._show_rows()
        if len(self._calls) > before:
            self.list.choose(list(self._calls)[before])

    def forget(self, customers: Collection[str]) -> None:
        """Those of people who were erased."""
        left = {contact: call for contact, call in self._calls.items() if call.customer not in customers}
        if len(left) < len(self._calls):
            self._calls = left
            self._show_rows(self.tr("No recorded call is like that. Choose more days, or another filter."))

    def say(self, words: str) -> None:
        """Why there is nothing."""
        self._calls, self._has_more = {}, False
        self._show_rows(words)

    def _show_rows(self, nothing: str = "") -> None:
        rows = [(contact, self._row(call)) for contact, call in self._calls.items()]
        if self._has_more:
            rows.append((MORE, Row(self.tr("Show more calls"), "", "chevron-down")))
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.say(nothing)
        self.nothing.setVisible(not rows)
        self._left.setMaximumWidth(self._look.px(LIST_PX) if rows else UNBOUNDED)
        self._show_chosen(self.list.current_key)

    def _row(self, call: RecordedCall) -> Row:
        names, formats = self._directory, self._formats
        parts = [names.person(call.agent), names.queue(call.queue) if call.queue else ""]
        if call.arrived < 100:
            parts.append(self.tr("{percent} % arrived").format(percent=call.arrived))
        return Row(
            call.customer_name or self.tr("Unknown customer"),
            " · ".join(filter(None, (formats.moment(call.at, self._now), *parts))),
            ICONS.get(ContactKind(call.kind), "phone"),
            at_right="" if call.duration_s is None else formats.duration(call.duration_s),
        )

    def _show_chosen(self, contact: str) -> None:
        call = self._calls.get(contact)
        self.beside.setVisible(call is not None)
        if call is not None:
            names, formats = self._directory, self._formats
            self.whose.say(call.customer_name or self.tr("Unknown customer"))
            length = self.tr("Talked: {duration}").format(duration=formats.duration(call.duration_s))
            queue = names.queue(call.queue) if call.queue else ""
            told = (formats.full(call.at), names.person(call.agent), queue, length if call.duration_s else "")
            self.facts.say(" · ".join(filter(None, told)))
        key = call.contact if call is not None else ""
        if key != self._shown:
            self._shown = key
            self.chosen.emit(call)

    def _take(self, contact: str) -> None:
        if contact == MORE:
            last = list(self._calls.values())[-1]
            self.sought.emit(replace(self.wanted, before=last.place))
        elif contact in self._calls:
            self.player.take_keyboard()
            self.player.toggle()

    def _open_customer(self) -> None:
        call = self._calls.get(self._shown)
        if call is not None:
            self.customer_wanted.emit(call.customer)


def _days(days: int) -> str:
    if days == 1:
        return QCoreApplication.translate("RecordingsPage", "24 hours")
    return QCoreApplication.translate("RecordingsPage", "{count} days").format(count=days)
