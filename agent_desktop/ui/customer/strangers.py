"""The head of the pane when the caller is not one known customer: several to choose from, unknown, hidden, none.

Wishes: `candidate_chosen(customer id)`, `create_wanted(NewCustomer)`, `search_wanted`, `attach_wanted(customer id)`;
`typed` whenever the new customer's name or company is another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.customers.duplicates import Duplicate
from agent_desktop.customers.profile import Several, Unknown
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.likeness_words import likeness_word
from agent_desktop.ui.strip.party import tier_tone, tier_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Glyph, Label, Pill
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.blank import is_blank
from agent_model.customer import Tier
from agent_model.phone_number import PhoneNumber, masked
from agent_model.plain_line import LONGEST, plain_line

ALIKE_SHOWN = 3
MOST_BEGUN = 20
"""Callers whose half-typed names are kept."""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What the agent filled in for a caller nobody knew; `number` None: it is not their own."""

    number: PhoneNumber | None
    name: str
    company: str = ""


class Chooser(QWidget):
    """More than one customer has this number: ask who it is and choose by arrow keys and Return."""

    candidate_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Label("section")
        self._hint = Label("meta", self.tr("Ask who is calling, then choose."))
        self._lines = Lines(look, self.tr("Customers with this number"))
        self._lines.taken.connect(self.candidate_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for widget in (self._title, self._hint, self._lines):
            column.addWidget(widget)

    def show_several(self, several: Several) -> None:
        words = self.tr("{count} customers have the number {number}")
        self._title.say(words.format(count=len(several.candidates), number=masked(several.number)))
        self._lines.show_lines(
            [
                Line(
                    customer.id,
                    customer.name,
                    pill="" if customer.tier is Tier.STANDARD else tier_word(customer.tier),
                    tone=tier_tone(customer.tier),
                    at_right=" · ".join(part for part in (customer.company, customer.region) if part),
                    right_token="sec",
                )
                for customer in several.candidates
            ]
        )


class Stranger(QWidget):
    """Nobody has this number: who is it? A short form, filled with what is known, or a search. What was typed about a
    caller is there again when they are turned to again."""

    create_wanted = Signal(object)
    search_wanted = Signal()
    attach_wanted = Signal(str)
    typed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._key = ""
        self._begun: dict[str, tuple[str, str]] = {}
        self._number: PhoneNumber | None = None
        self._title = Label("name")
        self._platform = Pill(look)
        self._hint = Label("meta", elides=True)
        self.name = TextLine(self.tr("Name"), self.tr("Name of the caller"))
        self.company = TextLine(self.tr("Company"), self.tr("Company, if any"))
        for line in (self.name, self.company):
            line.setMaxLength(LONGEST)
        self.create_button = Button(look, self.tr("Create customer"), "user-plus", kind="primary")
        self.search = Button(look, self.tr("Search instead"), "search")
        self.alike = Lines(look, self.tr("Customers who may be the caller"))
        self._about_alike = Label("hint")
        self.name.textChanged.connect(self._weigh)
        self.name.textChanged.connect(self.typed)
        self.company.textChanged.connect(self.typed)
        self.alike.taken.connect(self.attach_wanted)
        self.name.returnPressed.connect(self._create)
        self.company.returnPressed.connect(self._create)
        self.create_button.clicked.connect(self._create)
        self.search.clicked.connect(self.search_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        head = QHBoxLayout()
        head.setSpacing(look.px(14))
        head.addWidget(Glyph(look, "user-plus", "muted", 40))
        names = QVBoxLayout()
        names.setSpacing(look.px(2))
        first = QHBoxLayout()
        first.setSpacing(look.px(8))
        first.addWidget(self._title)
        first.addWidget(self._platform)
        first.addStretch(1)
        names.addLayout(first)
        names.addWidget(self._hint)
        head.addLayout(names, 1)
        column.addLayout(head)
        form = QHBoxLayout()
        form.setSpacing(look.px(8))
        form.addWidget(self.name, 2)
        form.addWidget(self.company, 2)
        form.addWidget(self.create_button)
        form.addWidget(self.search)
        column.addLayout(form)
        column.addWidget(self._about_alike)
        column.addWidget(self.alike)
        self.show_alike(())
        self._weigh()

    @property
    def number(self) -> PhoneNumber | None:
        return self._number

    def show_alike(self, alike: Sequence[Duplicate]) -> None:
        """Who is here already and looks like who is being typed."""
        self._about_alike.setVisible(bool(alike))
        self.alike.show_lines(
            [
                Line(
                    one.customer.id,
                    one.customer.name,
                    pill=likeness_word(one.reasons[0]),
                    at_right=" · ".join(part for part in (one.customer.company, one.customer.region) if part),
                    right_token="sec",
                )
                for one in alike[:ALIKE_SHOWN]
            ]
        )
        self.alike.setVisible(bool(alike))

    def show_unknown(self, unknown: Unknown, caller_name: str, key: str = "") -> None:
        """`key` is the call's, here and below."""
        self._number = unknown.number
        self._turn_to(key or unknown.number, masked(unknown.number), caller_name)
        self._platform.show_as("", "neutral")
        if unknown.is_asking_server:
            self._hint.say(self.tr("Not in the local copy; asking the server…"))
        else:
            self._hint.say(self.tr("Nobody has this number yet. Ask for the name and create the customer, or search."))

    def show_privacy(self, number: PhoneNumber, platform: str, caller_name: str, key: str = "") -> None:
        """The number is the platform's: whoever is made here goes without it."""
        self._number = None
        self._turn_to(key or number, masked(number), caller_name)
        self._platform.show_as(self.tr("Privacy number of {platform}").format(platform=platform), "vio")
        self._hint.say(
            self.tr("It tells of nobody and is not kept. Ask for the name or their own number, then search.")
        )

    def show_hidden(self, caller_name: str, key: str = "") -> None:
        """There is no number to be kept."""
        self._number = None
        self._turn_to(key or "hidden", self.tr("The caller withholds the number"), caller_name)
        self._platform.show_as("", "neutral")
        self._hint.say(self.tr("Ask for the name or the customer number, then search; or create the customer."))

    def _turn_to(self, key: str, title: str, caller_name: str) -> None:
        self._title.say(title)
        attached = self.tr("There already? Enter on a line attaches the number to them.")
        self._about_alike.say(attached if self._number else self.tr("There already? Enter on a line opens them."))
        if key == self._key:
            return
        if self._key:
            self._begun[self._key] = (self.name.text(), self.company.text())
        while len(self._begun) > MOST_BEGUN:
            del self._begun[next(iter(self._begun))]
        name, company = self._begun.get(key, (caller_name, ""))
        self._key = key
        self.show_alike(())
        self.name.setText(name)
        self.company.setText(company)

    def _weigh(self) -> None:
        self.create_button.offer(is_possible=not is_blank(self.name.text()), why_not=self.tr("A name is needed."))

    def _create(self) -> None:
        name, company = plain_line(self.name.text()), plain_line(self.company.text())
        if self._key and not is_blank(name):
            self.create_wanted.emit(NewCustomer(self._number, name, company))


class Blank(QWidget):
    """One line and one action where there is no customer to show."""

    search_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._glyph = Glyph(look, "user", "muted", 40)
        self._title = Label("section")
        self._hint = Label("meta", wraps=True)
        self.search = Button(look, self.tr("Search for a customer"), "search")
        self.search.clicked.connect(self.search_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(6), 0, look.px(6))
        row.setSpacing(look.px(14))
        row.addWidget(self._glyph)
        column = QVBoxLayout()
        column.setSpacing(look.px(2))
        column.addWidget(self._title)
        column.addWidget(self._hint)
        row.addLayout(column, 1)
        row.addWidget(self.search)

    def say(self, icon: str, title: str, hint: str) -> None:
        self._glyph.show_icon(icon, "muted")
        self._title.say(title)
        self._hint.say(hint)
