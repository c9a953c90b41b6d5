"""A relation being written: whom to, found by the same search as at the top, what they are, a note.

Values: `show_draft(draft, refusal)`, `show_found(found)`. Wishes: `search_wanted(text)`, `typed`, `kept`, `left`.
"""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.customers.relations import SIDES, RelationDraft
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.relation_words import side_word
from agent_desktop.ui.widgets.card_warning import CardWarning
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.found_list import Found, FoundList
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer_relation import LONGEST_NOTE

SEARCH_DELAY_MS = 20


class RelationForm(QFrame):
    search_wanted = Signal(str)
    typed = Signal()
    kept = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._draft = RelationDraft()
        self.setAccessibleName(self.tr("Relation"))
        self.who = Field(look, self.tr("Related to"), self.tr("Search the other customer…"), "search")
        self.found = FoundList(look, self)
        self.side = Pick(look)
        self.side.setAccessibleName(self.tr("What they are"))
        for side in SIDES:
            self.side.addItem(side_word(side))
        self.note = Field(look, self.tr("Note on the relation"), self.tr("Note, Enter saves"), "note")
        self.note.setMaxLength(LONGEST_NOTE)
        self.keep = Button(look, self.tr("Save"), "check", kind="primary", size="compact")
        self.leave = Button(look, self.tr("Cancel"), "close", kind="ghost", size="compact")
        self._why = Label("hint", "", "bad", wraps=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(self._search)
        self._lay_out(look)
        self._connect()

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, look.px(4))
        column.setSpacing(look.px(6))
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.who, 1)
        first.addWidget(self.side)
        column.addLayout(first)
        column.addWidget(self.note)
        column.addWidget(CardWarning(look, self.note))
        column.addWidget(self._why)
        last.addStretch(1)
        last.addWidget(self.leave)
        last.addWidget(self.keep)
        column.addLayout(last)
        self.hide()

    def _connect(self) -> None:
        self.who.textEdited.connect(self._type_name)
        self.who.stepped.connect(self.found.step)
        self.who.entered.connect(self.found.take)
        self.who.left.connect(self._leave_search)
        self.who.lost_focus.connect(self.found.hide)
        self.found.chosen.connect(self._choose)
        self.side.activated.connect(lambda _: self.typed.emit())
        self.note.textEdited.connect(lambda _: self.typed.emit())
        self.note.entered.connect(self.kept)
        self.note.left.connect(self.left)
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)

    @property
    def draft(self) -> RelationDraft:
        side = SIDES[max(0, self.side.currentIndex())]
        return replace(self._draft, name=self.who.text().strip(), side=side, note=self.note.text().strip())

    @property
    def why(self) -> str:
        """Why it is not saved."""
        return self._why.full_text if not self._why.isHidden() else ""

    def show_draft(self, draft: RelationDraft) -> None:
        """Whom it is to is not changed later: that would be another relation."""
        self._draft = draft
        self.who.setText(draft.name)
        self.who.setReadOnly(bool(draft.relation_id))
        self.side.setCurrentIndex(SIDES.index(draft.side))
        self.note.setText(draft.note)
        self.show_why("")
        self.show()

    def start(self) -> None:
        """The keyboard goes where something is missing."""
        (self.side if self._draft.relation_id else self.who).setFocus()

    def show_why(self, why: str) -> None:
        self._why.say(why, "bad")
        self._why.setVisible(bool(why))

    def show_found(self, text: str, found: tuple[Found, ...], *, is_all: bool = True) -> None:
        """Nothing opens when the field was left, or has gone on."""
        if self.who.hasFocus() and self.who.text().strip() == text and not self._draft.other_id:
            self.found.show_under(self.who, found, is_all=is_all)

    def put_away(self) -> None:
        self.found.hide()
        self.show_draft(RelationDraft())
        self.hide()

    def _type_name(self) -> None:
        self._draft = replace(self._draft, other_id="")
        self._pause.start()
        self.typed.emit()

    def _search(self) -> None:
        if text := self.who.text().strip():
            self.search_wanted.emit(text)
        else:
            self.found.hide()

    def _choose(self, found: Found) -> None:
        self.found.hide()
        self._draft = replace(self._draft, other_id=found.id)
        self.who.setText(found.title)
        self.side.setFocus()
        self.typed.emit()

    def _leave_search(self) -> None:
        if self.found.isVisible():
            self.found.hide()
        else:
            self.left.emit()
