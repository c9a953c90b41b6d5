"""What to say: the greeting of the number that was called, the way the caller came, and words to an abusive caller."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.abuse_card import AbuseCard
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label


@dataclass(frozen=True, slots=True)
class Script:
    brand: str
    greeting: str
    ivr_path: tuple[str, ...] = ()
    called_number: str = ""
    languages: str = ""


class ScriptPane(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Script"))
        self._brand = Label("row", elides=True)
        self._greeting = Label("body", wraps=True)
        self._path = Label("meta", wraps=True)
        self._number = Label("meta", elides=True)
        self._languages = Label("meta", elides=True)
        self._nothing = Label("hint", self.tr("The script appears with the next call."), wraps=True)
        self._card = Card(look, self.tr("Greeting"))
        for widget in (self._brand, self._languages, self._greeting, self._number, self._path):
            self._card.body.addWidget(widget)
        self.abuse = AbuseCard(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addWidget(self._nothing)
        column.addWidget(self.abuse)
        column.addStretch(1)
        self.show_script(None)

    def show_script(self, script: Script | None) -> None:
        self._card.setVisible(script is not None)
        self._nothing.setVisible(script is None)
        if script is None:
            return
        self._brand.say(script.brand)
        self._brand.setVisible(bool(script.brand))
        self._greeting.say(script.greeting)
        self._greeting.setVisible(bool(script.greeting))
        self._languages.say(self.tr("Answered in {languages}").format(languages=script.languages))
        self._languages.setVisible(bool(script.languages))
        self._number.say(self.tr("Called number {number}").format(number=script.called_number))
        self._number.setVisible(bool(script.called_number))
        self._path.say(self.tr("Menu: {path}").format(path=" › ".join(script.ivr_path)))
        self._path.setVisible(bool(script.ivr_path))
