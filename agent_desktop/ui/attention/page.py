"""Changes the server refused, and fields that somebody else changed too: nothing was dropped, the agent decides.

Values: `show_attention(items, now, contests, news)`. Wishes about refused commands: `retry_wanted(op id)`,
`edit_wanted(op id)`, `discard_wanted(op id)`; about contests those of `ConflictCard`, and `third_typed`. Above them:
`show_asked(lines)`, what others ask this person to decide, and `ticket_wanted(id)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.attention.conflict_card import ConflictCard, Contest
from agent_desktop.ui.messages.trouble import explain_rejection
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Glyph, Label, page_name
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that was not taken. `text` is all the agent wrote; `reason` the server's word; `can_change` says
    whether there is a form to mend it in."""

    op_id: str
    title: str
    text: str
    reason: str
    at: datetime
    can_change: bool = True


class AttentionPage(QFrame):
    retry_wanted = Signal(str)
    edit_wanted = Signal(str)
    discard_wanted = Signal(str)
    mine_wanted = Signal(str)
    theirs_wanted = Signal(str)
    both_wanted = Signal(str)
    third_wanted = Signal(str, str)
    third_typed = Signal(str, str)
    seen_wanted = Signal(str)
    again_wanted = Signal(str)
    give_up_wanted = Signal(str)
    ticket_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._contested: dict[str, ConflictCard] = {}
        self._refused: tuple[Refused, ...] | None = None
        self._refused_cards: list[QFrame] = []
        self._is_fresh = False
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Needs attention"))
        self._nothing = Label("hint", self.tr("Nothing needs your attention. Everything you wrote has been taken."))
        self._news = Label("body", "", "warn", wraps=True)
        for not_yet_known in (self._nothing, self._news):
            not_yet_known.hide()
        self._asked_words = Label("section", self.tr("Waits for your decision"))
        self.asked = Lines(look, self._asked_words.full_text)
        self.asked.taken.connect(self.ticket_wanted)
        self.show_asked(())
        self._cards = QVBoxLayout()
        self._cards.setSpacing(look.px(10))
        inside = QWidget()
        in_column = QVBoxLayout(inside)
        in_column.setContentsMargins(0, 0, 0, 0)
        in_column.addLayout(self._cards)
        in_column.addStretch(1)
        self._scroll = scrolled_to_the_edge(look, inside, 16)
        self._scroll.setAccessibleName(self.tr("Needs attention"))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(2), look.px(14))
        column.setSpacing(look.px(10))
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, look.px(14), 0)
        above.setSpacing(look.px(10))
        above.addWidget(page_name(look, self.tr("Needs attention")))
        for widget in (self._news, self._asked_words, self.asked, self._nothing):
            above.addWidget(widget)
        column.addLayout(above)
        column.addWidget(self._scroll, 1)

    def show_attention(
        self, items: tuple[Refused, ...], now: datetime, contests: tuple[Contest, ...] = (), news: str = ""
    ) -> None:
        """Contests first. Cards that stay keep their place, the focus and what is being written in them."""
        had_focus = any(card.hasFocus() or card.focusWidget() is not None for card in self._contested.values())
        self._show_contests(contests, now)
        if items != self._refused:
            self._refused = items
            for card in self._refused_cards:
                _take_away(card)
            self._refused_cards = [self._card(refused, now) for refused in items]
            for card in self._refused_cards:
                self._cards.addWidget(card)
        self._nothing.setVisible(not items and not contests and self.asked.isHidden())
        self._news.say(news)
        self._news.setVisible(bool(news))
        if self._is_fresh or (had_focus and not self._holds_focus()):
            self._focus_first()

    def show_asked(self, lines: Sequence[Line]) -> None:
        """What others asked this person to decide; each leads to its ticket."""
        self.asked.show_lines(lines)
        for widget in (self._asked_words, self.asked):
            widget.setVisible(bool(lines))
        if lines:
            self._nothing.hide()

    def send(self) -> bool:
        """The third text that is being written, if the keyboard is in one."""
        for card in self._contested.values():
            if card.is_writing and card.isAncestorOf(self.focusWidget() or self):
                card.send()
                return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_fresh = True  # what it shows is read now
        self._focus_first()

    def _show_contests(self, contests: tuple[Contest, ...], now: datetime) -> None:
        keys = {contest.key for contest in contests}
        for key in [key for key in self._contested if key not in keys]:
            _take_away(self._contested.pop(key))
        for place, contest in enumerate(contests):
            card = self._contested.get(contest.key)
            if card is None:
                card = self._contested[contest.key] = self._new_card()
                self._cards.insertWidget(place, card)
            card.show_contest(contest, now)

    def _new_card(self) -> ConflictCard:
        card = ConflictCard(self._look, self._formats)
        for heard, told in (
            (card.mine_wanted, self.mine_wanted),
            (card.theirs_wanted, self.theirs_wanted),
            (card.both_wanted, self.both_wanted),
            (card.third_wanted, self.third_wanted),
            (card.third_typed, self.third_typed),
            (card.seen_wanted, self.seen_wanted),
            (card.again_wanted, self.again_wanted),
            (card.give_up_wanted, self.give_up_wanted),
        ):
            heard.connect(told)
        card.stepped.connect(lambda by, card=card: self._step(card, by))
        return card

    def _step(self, card: ConflictCard, by: int) -> None:
        cards = self._in_order()
        at = cards.index(card) + by
        if 0 <= at < len(cards):
            cards[at].setFocus()
            self._scroll.ensureWidgetVisible(cards[at])

    def _in_order(self) -> list[ConflictCard]:
        return sorted(self._contested.values(), key=self._cards.indexOf)

    def _holds_focus(self) -> bool:
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    def _focus_first(self) -> None:
        if self._contested and self.isVisible():
            self._is_fresh = False
            self._in_order()[0].setFocus()

    def _card(self, refused: Refused, now: datetime) -> QFrame:
        px = self._look.px
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(Glyph(self._look, "warning", "bad", 18))
        head.addWidget(Label("section", refused.title, elides=True), 1)
        head.addWidget(Label("hint", self._formats.moment(refused.at, now)))
        column.addLayout(head)
        column.addWidget(Label("body", explain_rejection(refused.reason), "bad", wraps=True))
        column.addWidget(Label("meta", refused.text, wraps=True))
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        wishes = [
            (self.tr("Change it"), "pencil", self.edit_wanted),
            (self.tr("Send again"), "sync", self.retry_wanted),
            (self.tr("Give it up"), "close", self.discard_wanted),
        ]
        for words, icon, wish in wishes if refused.can_change else wishes[1:]:
            button = Button(self._look, words, icon, size="compact")
            button.clicked.connect(lambda _=False, wish=wish: wish.emit(refused.op_id))
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)
        return card


def _take_away(card: QWidget) -> None:
    card.hide()
    card.setParent(None)
    card.deleteLater()
