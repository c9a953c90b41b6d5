"""One wish about somebody's data: its course, what stands before it, the decision, and the proof.

Values: `show_wish`, `show_standing`, `show_certificate`. Wishes: `approved`, `declined`, `hold_wanted(is_held)`,
`certificate_wanted`, `copy_wanted`. `reason` is kept for each wish while the window is open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from agent_desktop.sync.privacy import PersonWish, Standing
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.privacy.words import (
    TONES,
    asked_words,
    course_words,
    decided_words,
    standing_words,
    state_word,
    title,
)
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_desktop.ui.widgets.typing import TextLine

LEAST_REASON = 3


@dataclass(frozen=True, slots=True)
class Rights:
    """What the server lets somebody of this role do."""

    may_ask: bool = False
    may_decide: bool = False
    may_hold: bool = False


class WishPane(Card):
    approved = Signal()
    declined = Signal()
    hold_wanted = Signal(bool)
    certificate_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look)
        self._look, self._formats = look, formats
        self._names: Callable[[], Directory] = Directory
        self._wish: PersonWish | None = None
        self._typed: dict[str, str] = {}
        self._may_hold = False
        self._is_held: bool | None = None
        self._proven = ""
        self.title = Label("section", "", elides=True)
        self.state = Pill(look)
        self.asked = Label("body", "", wraps=True)
        self.decision = Label("body", "", wraps=True)
        self.course = Label("body", "", wraps=True)
        self.standing = Label("body", "", wraps=True)
        self.reason = TextLine(self.tr("Why"), self.tr("Why, without name or number; kept for years"))
        self.reason.setMaxLength(500)
        self.approve = Button(look, self.tr("Approve"), "check", kind="primary")
        self.approve.setAccessibleDescription("Ctrl+Enter")
        self.decline = Button(look, self.tr("Decline"), "close")
        self.hold = Button(look, self.tr("Legal hold"), "lock", kind="ghost")
        self.certificate = QPlainTextEdit()
        self.certificate.setReadOnly(True)
        self.certificate.setTabChangesFocus(True)
        self.certificate.setAccessibleName(self.tr("Certificate of erasure"))
        self.save = Button(look, self.tr("Save the certificate…"), "note")
        self.copy = Button(look, self.tr("Fetch the copy…"), "external", kind="primary")
        self._keys = KeyHint("Ctrl ↵")
        self._lay_out()
        self.reason.textChanged.connect(self._type)
        self.approve.clicked.connect(self.approved)
        self.decline.clicked.connect(self.declined)
        self.hold.clicked.connect(lambda: self.hold_wanted.emit(not self._is_held))
        self.save.clicked.connect(self.certificate_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.hide()

    def _lay_out(self) -> None:
        px = self._look.px
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.state)
        self.body.addLayout(self.head)
        self.body.setSpacing(px(8))
        for label in (self.asked, self.decision, self.course, self.standing):
            self.body.addWidget(label)
        self.body.addWidget(self.reason)
        row, below = QHBoxLayout(), QHBoxLayout()
        for button in (self.approve, self.decline, self.hold):
            row.addWidget(button)
        row.addWidget(self._keys)
        for button in (self.save, self.copy):
            below.addWidget(button)
        for line in (row, below):
            line.setSpacing(px(8))
            line.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.certificate, 1)
        self.body.addLayout(below)
        self.body.addStretch(0)

    def name_by(self, names: Callable[[], Directory]) -> None:
        self._names = names

    @property
    def wish(self) -> PersonWish | None:
        return self._wish

    def show_wish(self, wish: PersonWish, who: str, now: datetime, *, is_own: bool, rights: Rights) -> None:
        """`who` is the customer, by name where one is known; `is_own`: this person asked for it."""
        is_same = self._wish is not None and self._wish.id == wish.id
        names, formats = self._names(), self._formats
        self._wish, self._may_hold = wish, rights.may_hold
        self.title.say(title(wish.kind, who))
        self.setAccessibleName(self.title.full_text)
        self.state.show_as(state_word(wish), TONES.get(wish.state, "accent"))
        self.asked.say(asked_words(wish, names, formats, now))
        self.decision.say(decided_words(wish, names, formats, now))
        self.decision.setVisible(wish.decided_at is not None)
        self.course.say(course_words(wish, formats, now, is_own=is_own))
        if not is_same:
            self._is_held = None
            self.standing.hide()
            self.reason.setText(self._typed.get(wish.id, ""))
        self.certificate.setVisible(wish.id == self._proven)
        self.save.setVisible(wish.id == self._proven)
        for widget in (self.approve, self.decline, self._keys):
            widget.setVisible(wish.is_waiting and rights.may_decide and not is_own)
        until = wish.fetched_until
        self.copy.setVisible(is_own and rights.may_ask and until is not None and now <= until)
        self._show_hold()
        self.show()

    def show_standing(self, standing: Standing, now: datetime) -> None:
        self._is_held = standing.hold is not None
        words = standing_words(standing, self._names(), self._formats, now)
        self.standing.say(words, "warn" if self._is_held else "")
        self.standing.show()
        self._show_hold()

    def show_certificate(self, text: str) -> None:
        """Of the wish that is shown."""
        self._proven = "" if self._wish is None else self._wish.id
        if self.certificate.toPlainText() != text:
            self.certificate.setPlainText(text)
        self.certificate.show()
        self.save.show()

    def forget_typed(self, wish_id: str) -> None:
        """The server has it."""
        self._typed.pop(wish_id, None)
        if self._wish is not None and self._wish.id == wish_id:
            self.reason.clear()

    def send(self) -> None:
        if self.approve.isVisible() and self.approve.isEnabled():
            self.approve.click()

    def _show_hold(self) -> None:
        """Of a customer whose hold is not known yet neither is offered."""
        is_waiting = self._wish is not None and self._wish.is_waiting
        self.hold.setVisible(is_waiting and self._may_hold and self._is_held is not None)
        self.hold.setText(self.tr("Lift the hold") if self._is_held else self.tr("Legal hold"))
        self.reason.setVisible(not self.approve.isHidden() or not self.hold.isHidden())
        self._offer()

    def _type(self, text: str) -> None:
        if self._wish is not None:
            self._typed[self._wish.id] = text
        self._offer()

    def _offer(self) -> None:
        lacks = len(self.reason.text().strip()) < LEAST_REASON
        why = self.tr("Say in a few words why.") if lacks else ""
        held = self.tr("There is a legal hold. Lift it first.")
        self.approve.offer(is_possible=not lacks and not self._is_held, why_not=held if self._is_held else why)
        for button in (self.decline, self.hold):
            button.offer(is_possible=not lacks, why_not=why)
