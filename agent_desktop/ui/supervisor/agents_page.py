"""The agent board: everybody somebody leads, what each does since when, and whether the exchange agrees.

Values: `show_all`, `show_changed`, `show_names`, `show_narrowed`, `say`, `tick`. Wishes: `narrowed_changed(Narrowed)`,
`come_wanted(agent)`, `alert_seen(id)`, `message_wanted(agent)`, `plans_wanted(path)` and those
of the form in its `card`.
By keys alone: Alt+F goes to the filter, arrows go through the list, Enter to what is done to the agent, Ctrl+Enter
does it; Alt+Z says that one comes to who asks for help, or sees to the alert about them, Alt+M writes a message, Alt+P
brings in a table of shifts;
titles and the field beside the filter order the list.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.supervisor.agent_board import Narrowed, OnBoard, Order
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.supervisor.agent_card import COME_KEYS, WRITE_KEYS, AgentCard
from agent_desktop.ui.supervisor.agents_model import AgentsModel, Naming
from agent_desktop.ui.supervisor.agents_table import AgentsTable
from agent_desktop.ui.supervisor.shifts_pane import ShiftsPane
from agent_desktop.ui.supervisor.words import order_word, state_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, Field, Segments, Tick
from agent_desktop.ui.widgets.parts import HEAD_PX, Label
from agent_model.agent import AgentId, AgentState

ANY = ""
FILTER_KEYS = "Alt+F"
PLANS_KEYS = "Alt+P"


class AgentsPage(QFrame):
    narrowed_changed = Signal(object)
    come_wanted = Signal(str)
    alert_seen = Signal(str)
    message_wanted = Signal(str)
    plans_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._all: Mapping[AgentId, OnBoard] = {}
        self._now = datetime.now().astimezone()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Agents"))
        self.model = AgentsModel(formats)
        self.table = AgentsTable(look, self.model, self.tr("Agents"))
        self.card = AgentCard(look)
        self.counts = Label("meta", "", elides=True)
        self.outcome = Label("meta", "", wraps=True)
        self.words = Field(
            look, self.tr("Find an agent"), self.tr("Name, extension, team or queue"), "search", FILTER_KEYS
        )
        self.state = Segments(
            self.tr("State"),
            ((ANY, self.tr("All"), "accent"), *((one.value, state_word(one), "accent") for one in AgentState)),
        )
        self.team = Choice(look, self.tr("Team"), self.tr("All teams"))
        self.queue = Choice(look, self.tr("Queue"), self.tr("All queues"))
        self.trouble = Tick(look, self.tr("Needs a look"))
        self.out = Tick(look, self.tr("Out of plan"))
        self.plans = Button(
            look, self.tr("Shifts"), "calendar", size="compact", name=self.tr("Bring in a table of shifts")
        )
        self.plans.setToolTip(PLANS_KEYS)
        self.plans.setAccessibleDescription(PLANS_KEYS)
        self.shifts = ShiftsPane(look)
        self.order = Pick(look)
        self.order.setAccessibleName(self.tr("Order"))
        for order in Order:
            self.order.addItem(order_word(order), order)
        self.nobody = Label("hint", self.tr("No agent is like that. Choose another filter."), wraps=True)
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._connect()
        self.show_narrowed(Narrowed())

    def _lay_out(self) -> None:
        px = self._look.px
        top, filters, columns = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(12))
        title = Label("name", self.tr("Agents"))
        title.setMinimumHeight(px(HEAD_PX))
        top.addWidget(title)
        top.addWidget(self.counts, 1)
        top.addWidget(self.state)
        top.addWidget(self.plans)
        filters.setSpacing(px(10))
        self.words.setFixedWidth(px(310))
        filters.addWidget(self.words)
        for field in (self.team, self.queue):
            field.setFixedWidth(px(180))
            filters.addWidget(field)
        self.order.setFixedWidth(px(150))
        filters.addWidget(self.order)
        filters.addWidget(self.trouble)
        filters.addWidget(self.out)
        filters.addStretch(1)
        columns.setSpacing(px(10))
        listed = Card(self._look)
        listed.body.setContentsMargins(px(10), px(6), px(10), px(8))
        listed.body.addWidget(self.table, 1)
        listed.body.addWidget(self.nobody, 1)
        columns.addWidget(listed, 1)
        self.card.setFixedWidth(px(300))
        columns.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(filters)
        column.addWidget(self.outcome)
        column.addWidget(self.shifts)
        column.addLayout(columns, 1)
        self.outcome.hide()

    def _connect(self) -> None:
        find = QShortcut(QKeySequence(FILTER_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.words.setFocus)
        come = QShortcut(QKeySequence(COME_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        come.activated.connect(self._come)
        self.card.come.clicked.connect(self._come)
        self.card.see.clicked.connect(self._see)
        plans = QShortcut(QKeySequence(PLANS_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plans.activated.connect(self._choose_plans)
        self.plans.clicked.connect(self._choose_plans)
        self.shifts.turned.connect(self.card.setHidden)  # there is no room for both on a small screen
        write = QShortcut(QKeySequence(WRITE_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        write.activated.connect(self._write)
        self.card.write.clicked.connect(self._write)
        self.words.textChanged.connect(lambda words: self._narrow(words=words))
        self.words.stepped.connect(lambda _: self.table.setFocus())
        self.words.entered.connect(self.table.setFocus)
        self.words.left.connect(self.words.clear)
        self.state.chosen.connect(lambda state: self._narrow(state=state))
        self.team.picked.connect(lambda team: self._narrow(team=team))
        self.queue.picked.connect(lambda queue: self._narrow(queue=queue))
        self.trouble.toggled.connect(lambda on: self._narrow(needs_a_look=on))
        self.out.toggled.connect(lambda on: self._narrow(out_of_plan=on))
        self.order.activated.connect(lambda n: self._narrow(order=self.order.itemData(n)))
        self.table.order_wanted.connect(lambda order: self._narrow(order=order))
        self.table.chosen.connect(self._show_chosen)
        self.table.taken.connect(lambda _: self.card.order.state.setFocus())

    def send(self) -> None:
        """The state that the chosen agent is to be put into."""
        if self.table.current:
            self.card.order.send()

    @property
    def narrowed(self) -> Narrowed:
        return self.model.narrowed

    def show_names(
        self,
        directory: Directory,
        breaks: Mapping[str, str],
        offered: Mapping[str, str],
        queues: Mapping[str, str],
        languages: Sequence[str],
        *,
        has_teams: bool,
    ) -> None:
        """`breaks` are all that have a name, `offered` those somebody can be sent into; `queues` and `languages` those
        that can be given and taken."""
        self.model.naming = Naming(self._formats, directory, breaks)
        self.card.order.offer(offered, queues, languages)
        self.team.offer([(ANY, self.tr("All teams")), *directory.teams.items()])
        self.queue.offer([(ANY, self.tr("All queues")), *directory.queues.items()])
        self.team.setVisible(has_teams)
        self.table.show_team(is_shown=has_teams)
        self.show_narrowed(self.narrowed)

    def show_narrowed(self, narrowed: Narrowed) -> None:
        """Shows a filter without emitting."""
        with QSignalBlocker(self.words), QSignalBlocker(self.trouble), QSignalBlocker(self.out):
            self.words.setText(narrowed.words)
            self.trouble.setChecked(narrowed.needs_a_look)
            self.out.setChecked(narrowed.out_of_plan)
        self.state.choose(narrowed.state if narrowed.state in set(AgentState) else ANY)
        self.team.choose(narrowed.team)
        self.queue.choose(narrowed.queue)
        self.order.setCurrentIndex(list(Order).index(narrowed.order))
        self.model.narrow(narrowed)
        self._count()

    def show_all(self, everybody: Mapping[AgentId, OnBoard], now: datetime) -> None:
        """Everybody anew."""
        self._all, self._now = everybody, now
        self.model.show_all(everybody, now)
        self._count()
        self._show_chosen(self.table.current)

    def choose(self, agent: str) -> None:
        """Their row; where the filter keeps it back, everybody is listed again."""
        if agent in self._all and self.model.row_of(agent) < 0:
            self.show_narrowed(Narrowed(order=self.narrowed.order))
        self.table.choose(agent)
        self.table.setFocus()

    def show_changed(self, agents: Iterable[AgentId], now: datetime) -> None:
        """Only these are others than before."""
        self._now, changed = now, set(agents)
        self.model.change(changed, now)
        self._count()
        if self.table.current in changed:
            self._show_chosen(self.table.current)

    def tick(self, now: datetime) -> None:
        self._now = now
        self.model.tick(now, *self.table.on_screen())
        self.card.tick(now)

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _come(self) -> None:
        """To the chosen agent, if they ask for help; else to the alert about them."""
        one = self._all.get(AgentId(self.table.current))
        if one is not None and one.help is not None and not one.help.by:
            self.come_wanted.emit(one.agent.id)
        else:
            self._see()

    def _see(self) -> None:
        one = self._all.get(AgentId(self.table.current))
        if one is not None and one.alert is not None and not one.alert.taken_by:
            self.alert_seen.emit(one.alert.id)

    def _choose_plans(self) -> None:
        if not self.plans.isEnabled():
            return
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Bring in a table of shifts"), "", "(*.xlsx *.csv *.txt)")
        if chosen:
            self.plans_wanted.emit(Path(chosen))

    def _write(self) -> None:
        if self.table.current and self.card.write.isEnabled():
            self.message_wanted.emit(self.table.current)

    def _narrow(self, **to: object) -> None:
        narrowed = replace(self.narrowed, **to)  # type: ignore[arg-type]
        if narrowed != self.narrowed:
            self.show_narrowed(narrowed)
            self.narrowed_changed.emit(narrowed)

    def _count(self) -> None:
        states = Counter(one.state for one in self._all.values())
        there = len(self._all) - states[AgentState.OFFLINE]
        words = self.tr("{there} of {all} here · ready: {ready} · on calls: {calls}").format(
            there=there, all=len(self._all), ready=states[AgentState.READY], calls=states[AgentState.ON_CALL]
        )
        looks = sum(one.needs_a_look for one in self._all.values())
        if looks:
            words = f"{words} · " + self.tr("need a look: {count}").format(count=looks)
        outs = sum(one.is_out_of_plan for one in self._all.values())
        if outs:
            words = f"{words} · " + self.tr("out of plan: {count}").format(count=outs)
        self.counts.say(words)
        has_rows = self.model.rowCount() > 0
        self.table.setVisible(has_rows)
        self.nobody.setVisible(not has_rows)

    def _show_chosen(self, agent: str) -> None:
        one = self._all.get(AgentId(agent))
        if one is None:
            self.card.show_nobody()
        else:
            self.card.show_agent(one, self.model.naming, self._now)
