"""Below the customer: who may be the same person, and why. Nothing above it moves when it comes.

Value: `show_duplicates(customer id, tuple[Duplicate, ...])`. Wishes: `compare_wanted(id)`, `apart_wanted(id)`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.customers.duplicates import Duplicate
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.likeness_words import reasons_in_words
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, plain_tip


class DuplicateBar(Card):
    compare_wanted = Signal(str)
    apart_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look)
        self._formats = formats
        self._duplicates: tuple[Duplicate, ...] = ()
        self.setAccessibleName(self.tr("Perhaps the same person"))
        self._words = Label("body", elides=True)
        self._more = Label("hint")
        self.compare = Button(look, self.tr("Compare"), "merge", size="compact")
        self.apart = Button(look, self.tr("Somebody else"), "users", kind="ghost", size="compact")
        self.apart.setToolTip(self.tr("They are two people. Nobody is asked about them again."))
        self.compare.clicked.connect(self._compare)
        self.apart.clicked.connect(self._tell_apart)
        px = look.px
        self.body.setContentsMargins(px(14), px(8), px(10), px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(Glyph(look, "merge", "warn", 18))
        row.addWidget(self._words, 1)
        for widget in (self._more, self.compare, self.apart):
            row.addWidget(widget)
        self.body.addLayout(row)
        self.hide()

    @property
    def shown(self) -> Duplicate | None:
        """The likeliest; one at a time."""
        return self._duplicates[0] if self._duplicates else None

    @property
    def words(self) -> str:
        return self._words.full_text

    def show_duplicates(self, duplicates: tuple[Duplicate, ...]) -> None:
        self._duplicates = duplicates
        self.setVisible(bool(duplicates))
        if not duplicates:
            return
        first = duplicates[0]
        reasons = reasons_in_words(first.reasons, is_chinese=self._formats.language.startswith("zh"))
        self._words.say(
            self.tr("The same as {who}? They have {reasons}").format(who=first.customer.name, reasons=reasons)
        )
        self._words.setToolTip(plain_tip(self._words.full_text))
        self.setAccessibleDescription(self._words.full_text)
        self._more.say(self.tr("{count} more").format(count=len(duplicates) - 1) if len(duplicates) > 1 else "")

    def _compare(self) -> None:
        if (shown := self.shown) is not None:
            self.compare_wanted.emit(shown.customer.id)

    def _tell_apart(self) -> None:
        if (shown := self.shown) is not None:
            self.apart_wanted.emit(shown.customer.id)
