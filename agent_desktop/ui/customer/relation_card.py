"""Whom the customer on the screen is related to: household, company and its people, with their open tickets.

Values: `show_relations(Relations)`, `show_removed(name)`. Wishes: `customer_wanted(id)`, `add_wanted`,
`change_wanted(Related)`, `remove_wanted(Related)`, `undo_wanted`.
"""

from datetime import datetime

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.customers import masking
from agent_desktop.customers.relations import Related, Relations
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.relation_form import RelationForm
from agent_desktop.ui.customer.relation_words import side_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.strip.party import tier_tone, tier_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_model.customer import Tier

LINES_SHOWN = 8


class RelationsCard(Card):
    customer_wanted = Signal(str)
    add_wanted = Signal()
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Relations"))
        self._formats = formats
        self._directory = Directory()
        self._relations = Relations()
        self._now: datetime | None = None
        self._people = Pill(look)
        self.add = Button(look, self.tr("Add"), "plus", kind="ghost", size="compact")
        self.add.setAccessibleName(self.tr("Add a relation"))
        self.add.clicked.connect(self.add_wanted)
        self.add_to_head(self._people)
        self.add_to_head(self.add)
        self.form = RelationForm(look)
        self.lines = Lines(look, self.tr("Relations"))
        self.lines.taken.connect(self._go)
        self.lines.dropped.connect(lambda _: self._wish(self.remove_wanted))
        self.lines.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self._nothing = Label("hint", self.tr("No relation."))
        self._more = Label("hint")
        self._about = Label("hint", wraps=True)
        self.change = Button(look, self.tr("Change"), "pencil", kind="ghost", size="compact")
        self.change.setAccessibleName(self.tr("Change the relation"))
        self.change.clicked.connect(lambda: self._wish(self.change_wanted))
        self.remove = Button(look, self.tr("Take away"), "close", kind="ghost", size="compact")
        self.remove.setAccessibleName(self.tr("Take the relation away"))
        self.remove.setToolTip(self.tr("It stays on record  Del"))
        self.remove.clicked.connect(lambda: self._wish(self.remove_wanted))
        self._removed = Label("hint", elides=True)
        self.undo = Button(look, self.tr("Undo"), "arrow-left", kind="ghost", size="compact")
        self.undo.setAccessibleName(self.tr("Bring the relation back"))
        self.undo.clicked.connect(self.undo_wanted)
        self._chosen, self._gone = QWidget(), QWidget()
        for row, widgets in (
            (self._chosen, (self._about, self.change, self.remove)),
            (self._gone, (self._removed, self.undo)),
        ):
            inside = QHBoxLayout(row)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(widgets[0], 1)
            for button in widgets[1:]:
                inside.addWidget(button)
        for widget in (self.form, self.lines, self._nothing, self._more, self._chosen, self._gone):
            self.body.addWidget(widget)
        self.show_removed("")
        self.show_relations(Relations())

    @property
    def removed(self) -> str:
        return self._removed.full_text if not self._gone.isHidden() else ""

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def show_relations(self, relations: Relations, now: datetime | None = None) -> None:
        self._relations, self._now = relations, now
        self._people.show_as(
            self.tr("People: {count}").format(count=self._formats.count(relations.people)) if relations.people else "",
            "neutral",
        )
        self.lines.show_lines([self._line(one) for one in relations.related[:LINES_SHOWN]])
        self._nothing.setVisible(not relations.related)
        rest = relations.count - min(LINES_SHOWN, len(relations.related))
        self._more.say(self.tr("{count} more").format(count=self._formats.count(rest)))
        self._more.setVisible(rest > 0)
        self._offer()

    def show_removed(self, name: str) -> None:
        """Whose relation was just taken away; empty: nobody's."""
        self._removed.say(self.tr("Taken away: {name}").format(name=name))
        self._gone.setVisible(bool(name))

    def _line(self, one: Related) -> Line:
        word = side_word(one.side)
        if one.other is None:
            return Line(one.relation.id, self.tr("Somebody you may not see"), lead=word)
        complaints = len(one.complaints)
        tickets = len(one.open_tickets)
        words = self.tr("Open tickets: {count}").format(count=tickets) if tickets else ""
        if complaints:
            words = self.tr("Open complaints: {count}").format(count=complaints)
        tier = "" if one.other.tier is Tier.STANDARD else tier_word(one.other.tier)
        token = "bad" if complaints else "muted"
        return Line(one.relation.id, one.other.name, word, tier, tier_tone(one.other.tier), words, token)

    @property
    def _current(self) -> Related | None:
        key = self.lines.current_key
        return next((one for one in self._relations.related if one.relation.id == key), None)

    def _offer(self) -> None:
        chosen = self._current
        self._chosen.setVisible(chosen is not None)
        if chosen is None:
            return
        why_not = self.tr("You may not see the other customer, so you cannot change this.")
        for button in (self.change, self.remove):
            button.offer(is_possible=chosen.other is not None, why_not=why_not)
        who = self._directory.person(chosen.relation.created_by)
        when = self._formats.moment(chosen.relation.created_at, self._now) if self._now else ""
        note = masking.text(chosen.relation.note)
        self._about.say(" · ".join(part for part in (note, who, when) if part))

    def _go(self, _: str) -> None:
        if (chosen := self._current) is not None and chosen.other is not None:
            self.customer_wanted.emit(chosen.other.id)

    def _wish(self, wish: SignalInstance) -> None:
        if (chosen := self._current) is not None and chosen.other is not None:
            wish.emit(chosen)
