"""The customer's standing facts, for the profile tab."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_look import KEPT_BACK, eye
from agent_desktop.ui.customer.field_words import value_words
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.words import hidden_words
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer import Customer
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber, masked

EMAIL = 1


class Details(QWidget):
    """Wishes: `dial_wanted(number)`: E.164, or the name of one that only the server has; `field_asked(name)`: all of a
    field of which only a part stands here."""

    dial_wanted = Signal(str)
    field_asked = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._customer: Customer | None = None
        self._hidden: frozenset[Disclosed] = frozenset()
        self._why = ""
        self._look = look
        self._form = form = QFormLayout(self)
        self._own: list[_Fact] = []
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(look.px(24))
        form.setVerticalSpacing(look.px(8))
        self._facts: list[_Fact] = []
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
            fact = self._fact()
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
        for fact, text in zip(self._facts, texts, strict=True):
            fact.say(text)
        is_email = Disclosed.EMAIL not in self._hidden and KEPT_BACK in (customer.email or "")
        self._facts[EMAIL].be_of("email" if is_email else "")
        self.numbers.show_numbers(customer.phones)

    @property
    def own_lines(self) -> tuple[tuple[str, str], ...]:
        """The fields that the site made, as they stand there."""
        labels = ((self._form.labelForField(fact), fact) for fact in self._own)
        return tuple((label.full_text, fact.words.full_text) for label, fact in labels if isinstance(label, Label))

    def show_own(self, own: OwnValues, directory: Directory) -> None:
        """Below what every customer has; what is sensitive is masked."""
        lines = [(self.tr("Identity card"), hidden_words(own.id_number), "id_number")] if own.id_number else []
        for field, value in own.fields:
            words = value_words(field.name, value, directory, self._formats)
            asked = field.name if field.is_sensitive and value is not None else ""
            lines.append((field.label.in_language(self._formats.language), words, asked))
        while len(self._own) > len(lines):
            self._form.removeRow(self._own.pop())
        for label, *_ in lines[len(self._own) :]:
            fact = self._fact()
            self._form.addRow(Label("meta", label, wraps=True), fact)
            self._own.append(fact)
        for fact, (label, text, name) in zip(self._own, lines, strict=True):
            if isinstance(called := self._form.labelForField(fact), Label):
                called.say(label)
            fact.say(text)
            fact.be_of(name)

    def show_told(self, field: str, text: str) -> None:
        """All of a field, or no text: as it stood before."""
        for fact in (*self._facts, *self._own):
            if fact.field == field:
                fact.tell(text)

    def _fact(self) -> "_Fact":
        fact = _Fact(self._look)
        fact.eye.clicked.connect(lambda: self.field_asked.emit(fact.field))
        return fact


class _Fact(QWidget):
    """Some words, and an eye where they are only a part."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.field, self._shown = "", ""
        self.words = Label("body", NOTHING, wraps=True)
        tip = self.tr("Shows it for 30 s. It is recorded that you looked.")
        self.eye = eye(look, self.tr("Show all of it"), tip)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(4))
        line.addWidget(self.words, 1)
        line.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self.tell("")

    def be_of(self, field: str) -> None:
        """The field that can be looked at here; empty: all of it stands here."""
        self.field = field
        self.eye.setVisible(bool(field))

    def tell(self, text: str) -> None:
        self.words.say(text or self._shown or NOTHING)


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
