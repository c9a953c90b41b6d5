"""The customer's standing facts, for the profile tab."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import value_words
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer import Customer
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber, masked


class Details(QWidget):
    """Wish: `dial_wanted(number)`: E.164, or the name of one that only the server has."""

    dial_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._customer: Customer | None = None
        self._hidden: frozenset[Disclosed] = frozenset()
        self._why = ""
        self._form = form = QFormLayout(self)
        self._own: list[Label] = []
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(look.px(24))
        form.setVerticalSpacing(look.px(8))
        self._facts: list[Label] = []
        self.numbers = _Numbers(look)
        self.numbers.dial_wanted.connect(self.dial_wanted)
        for words in (
            self.tr("Customer number"),
            self.tr("E-mail"),
            self.tr("Company"),
            self.tr("Region"),
            self.tr("Language"),
            self.tr("Tier"),
            self.tr("Tags"),
        ):
            fact = Label("body", NOTHING, wraps=True)
            form.addRow(Label("meta", words), fact)
            self._facts.append(fact)
        form.insertRow(1, Label("meta", self.tr("Numbers")), self.numbers)

    def withhold(self, hidden: frozenset[Disclosed], why: str) -> None:
        self._hidden, self._why = hidden, why
        if self._customer is not None:
            self.show_customer(self._customer)

    def show_customer(self, customer: Customer) -> None:
        self._customer = customer
        language = native_language(customer.language)
        texts = (
            customer.id,
            self._why if customer.email and Disclosed.EMAIL in self._hidden else customer.email or "",
            customer.company or "",
            self._why if customer.region and Disclosed.REGION in self._hidden else customer.region or "",
            language,
            tier_word(customer.tier),
            " · ".join(customer.tags),
        )
        for label, text in zip(self._facts, texts, strict=True):
            label.say(text or NOTHING)
        self.numbers.show_numbers(customer.phones)

    @property
    def own_lines(self) -> tuple[tuple[str, str], ...]:
        """The fields that the site made, as they stand there."""
        labels = ((self._form.labelForField(fact), fact) for fact in self._own)
        return tuple((label.full_text, fact.full_text) for label, fact in labels if isinstance(label, Label))

    def show_own(self, own: OwnValues, directory: Directory) -> None:
        """Below what every customer has; what is sensitive is masked."""
        lines = [
            (field.label.in_language(self._formats.language), value_words(field.name, value, directory, self._formats))
            for field, value in own.fields
        ]
        while len(self._own) > len(lines):
            self._form.removeRow(self._own.pop())
        for label, _ in lines[len(self._own) :]:
            fact = Label("body", NOTHING, wraps=True)
            self._form.addRow(Label("meta", label, wraps=True), fact)
            self._own.append(fact)
        for fact, (label, text) in zip(self._own, lines, strict=True):
            if isinstance(called := self._form.labelForField(fact), Label):
                called.say(label)
            fact.say(text)


class _Numbers(QWidget):
    """Each number on a line, masked; a click calls it."""

    dial_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._numbers: tuple[PhoneNumber, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(2))

    def show_numbers(self, numbers: tuple[PhoneNumber, ...]) -> None:
        if numbers == self._numbers:
            return
        self._numbers = numbers
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for number in numbers:
            shown = masked(number)
            button = Button(self._look, shown, kind="link", tip=self.tr("Call {number}").format(number=shown))
            button.setProperty("edge", "flush")
            button.clicked.connect(lambda _=False, number=number: self.dial_wanted.emit(number))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not numbers:
            self._column.addWidget(Label("body", NOTHING))
