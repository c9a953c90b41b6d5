"""The customer's standing facts, for the profile tab."""

from PySide6.QtWidgets import QFormLayout, QWidget

from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.formats import NOTHING, Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer import Customer
from agent_model.phone_number import masked


class Details(QWidget):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(look.px(24))
        form.setVerticalSpacing(look.px(8))
        self._facts: list[Label] = []
        for words in (
            self.tr("Customer number"),
            self.tr("Numbers"),
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

    def show_customer(self, customer: Customer) -> None:
        language = native_language(customer.language)
        texts = (
            customer.id,
            "   ".join(masked(number) for number in customer.phones),
            customer.email or "",
            customer.company or "",
            customer.region or "",
            language,
            tier_word(customer.tier),
            " · ".join(customer.tags),
        )
        for label, text in zip(self._facts, texts, strict=True):
            label.say(text or NOTHING)
