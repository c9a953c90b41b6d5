"""One follow-up before and after the call about it: who, when on both clocks, what was promised, what was tried.

Value: `show_face(Face)`. Wishes: `call_wanted`, `take_wanted`, `put_off_wanted(words)`, `cancel_wanted(reason)`,
`result_given(result, satisfaction, words)`, `left`. Keys while it has the keyboard: Return calls, 1 to 6 give a result,
L puts it off, T takes it, Delete cancels, Escape closes.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.follow_ups.words import result_word
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_model.follow_up import AttemptResult

RESULTS: Final = (
    (AttemptResult.REACHED, "check"),
    (AttemptResult.NO_ANSWER, "phone-missed"),
    (AttemptResult.BUSY, "do-not-disturb"),
    (AttemptResult.WRONG_NUMBER, "x-circle"),
    (AttemptResult.REFUSED, "user-minus"),
    (AttemptResult.LATER, "clock"),
)
SATISFACTION: Final = range(1, 6)


@dataclass(frozen=True, slots=True)
class Face:
    """`can_call` is empty, or says why not. `suggested` is what the end of the call looked like."""

    key: str
    icon: str
    title: str
    when: str
    when_icon: str
    token: str
    purpose: str
    tried: tuple[str, ...]
    hint: str
    is_open: bool
    is_mine: bool
    asks_satisfaction: bool
    cannot_call: str = ""
    suggested: AttemptResult | None = None


class Asking(Enum):
    """What the line at the foot is typed for."""

    NOTHING = "nothing"
    PUT_OFF = "put_off"
    CALL_LATER = "call_later"
    CANCEL = "cancel"


class FollowUpCard(QFrame):
    call_wanted = Signal()
    take_wanted = Signal()
    put_off_wanted = Signal(str)
    cancel_wanted = Signal(str)
    result_given = Signal(object, object, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._face: Face | None = None
        self._asking = Asking.NOTHING
        self._is_rating = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._glyph, self._when_glyph = Glyph(look, "phone-forward", "sec", 16), Glyph(look, "clock", "sec", 14)
        self._title, self._when = Label("row"), Label("meta")
        self._purpose, self._tried, self._hint = Label("", wraps=True), Label("hint", wraps=True), Label("hint")
        self.call = Button(look, self.tr("Call"), "phone-out", kind="primary", size="compact")
        self.take = Button(look, self.tr("Take it"), "user-plus", size="compact")
        self.later = Button(look, self.tr("Later"), "timer", size="compact")
        self.cancel = Button(look, self.tr("Cancel it"), "x-circle", kind="ghost", size="compact")
        self.away = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close  Esc"))
        self.results = {result: self._result(n, result, icon) for n, (result, icon) in enumerate(RESULTS, start=1)}
        self.ratings = {given: self._rating(given) for given in SATISFACTION}
        self.unrated = Button(look, self.tr("No answer to it"), size="compact")
        self.line = Field(look, self.tr("Answer"), "", "pencil")
        self._asked = Label("meta")
        self._menu = QMenu(self)
        self._fill_menu()
        self._lay_out()
        self._connect()

    def _result(self, n: int, result: AttemptResult, icon: str) -> Button:
        button = Button(self._look, f"{n} {result_word(result)}", icon, size="compact", name=result_word(result))
        button.clicked.connect(lambda: self._give(result))
        return button

    def _rating(self, given: int) -> Button:
        name = self.tr("Satisfaction {given} of 5").format(given=given)
        button = Button(self._look, str(given), size="compact", name=name)
        button.clicked.connect(lambda: self._rate(given))
        return button

    def _fill_menu(self) -> None:
        """Words that are read as any other."""
        for key, words in (("1", self.tr("in 15 min")), ("2", self.tr("in 1 h")), ("3", self.tr("tomorrow 9:00"))):
            action = QAction(f"&{key}  {words}", self._menu)
            action.triggered.connect(lambda _=False, words=words: self.put_off_wanted.emit(words))
            self._menu.addAction(action)
        other = QAction(f"&4  {self.tr('Another time…')}", self._menu)
        other.triggered.connect(lambda: self._ask(Asking.PUT_OFF))
        self._menu.addAction(other)

    def _lay_out(self) -> None:
        px = self._look.px
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(px(6))
        for widget in (self._glyph, self._title, self._when_glyph, self._when):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.call, self.take, self.later, self.cancel, self.away):
            head.addWidget(button)
        foot.addWidget(self._asked)
        foot.addWidget(self.line, 1)
        for button in (*self.results.values(), *self.ratings.values(), self.unrated):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(10), px(8))
        column.setSpacing(px(5))
        column.addLayout(head)
        column.addWidget(self._purpose)
        column.addWidget(self._tried)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.call.clicked.connect(self.call_wanted)
        self.take.clicked.connect(self.take_wanted)
        self.later.clicked.connect(self.open_menu)
        self.cancel.clicked.connect(lambda: self._ask(Asking.CANCEL))
        self.away.clicked.connect(self.left)
        self.unrated.clicked.connect(lambda: self._rate(None))
        self.line.entered.connect(self._answer)
        self.line.left.connect(lambda: self._ask(Asking.NOTHING))

    def show_face(self, face: Face) -> None:
        """Of another one, nothing that was begun for the one before goes on."""
        is_other = self._face is None or face.key != self._face.key
        self._face = face
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.purpose)
        self._glyph.show_icon(face.icon, "sec")
        self._when_glyph.show_icon(face.when_icon or "clock", face.token)
        self._title.say(face.title)
        self._when.say(face.when, {"bad": "bad", "warn": "warn"}.get(face.token, ""))
        self._purpose.say(face.purpose)
        self._tried.say("\n".join(face.tried[:3]))
        self._tried.setVisible(bool(face.tried))
        self._hint.say(face.hint)
        self.call.offer(is_possible=not face.cannot_call, why_not=face.cannot_call)
        for button in (self.call, self.later, self.cancel):
            button.setVisible(face.is_open)
        self.take.setVisible(face.is_open and not face.is_mine)
        for result, button in self.results.items():
            button.wear("amber" if result is face.suggested else "plain", dict(RESULTS)[result])
        if is_other:
            self._is_rating = False
            self._asking = Asking.NOTHING
        self._show_foot()

    def start(self) -> None:
        self.call.setFocus() if self.call.isVisible() and self.call.isEnabled() else self.setFocus()

    def open_menu(self) -> None:
        self._menu.popup(self.later.mapToGlobal(self.later.rect().bottomLeft()))

    def _show_foot(self) -> None:
        is_open = self._face is not None and self._face.is_open
        is_asking = self._asking is not Asking.NOTHING
        for button in self.results.values():
            button.setVisible(is_open and not is_asking and not self._is_rating)
        for button in (*self.ratings.values(), self.unrated):
            button.setVisible(self._is_rating)
        self.line.setVisible(is_asking)
        self._asked.setVisible(self._is_rating)
        self._asked.say(self.tr("How satisfied, 1 to 5?"))

    def _ask(self, asking: Asking) -> None:
        focus = QApplication.focusWidget()
        self._asking = asking
        self._show_foot()
        prompts = {
            Asking.PUT_OFF: self.tr("Until when? in 1 h · tomorrow 10:00"),
            Asking.CALL_LATER: self.tr("When do they want to be called? tomorrow 10:00"),
            Asking.CANCEL: self.tr("Why is it cancelled?"),
        }
        if asking is not Asking.NOTHING:
            self.line.clear()
            self.line.setPlaceholderText(prompts[asking])
            self.line.setAccessibleName(prompts[asking])
            self.line.setFocus()
        elif focus is self.line or focus is None:
            self.start()

    def _answer(self) -> None:
        words = self.line.text().strip()
        if not words:
            return
        match self._asking:
            case Asking.PUT_OFF:
                self.put_off_wanted.emit(words)
            case Asking.CALL_LATER:
                self.result_given.emit(AttemptResult.LATER, None, words)
            case Asking.CANCEL:
                self.cancel_wanted.emit(words)

    def answered(self) -> None:
        """What was typed at the foot is done."""
        self._is_rating = False
        self._ask(Asking.NOTHING)

    def _give(self, result: AttemptResult) -> None:
        if self._face is None or not self._face.is_open:
            return
        if result is AttemptResult.LATER:
            self._ask(Asking.CALL_LATER)
        elif result is AttemptResult.REACHED and self._face.asks_satisfaction:
            self._is_rating = True
            self._show_foot()
            self.ratings[5].setFocus()
        else:
            self.result_given.emit(result, None, "")

    def _rate(self, given: int | None) -> None:
        self.result_given.emit(AttemptResult.REACHED, given, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, digit = event.key(), event.key() - Qt.Key.Key_0.value
        is_open = self._face is not None and self._face.is_open
        if key == Qt.Key.Key_Escape and self._is_rating:
            self._is_rating = False
            self._show_foot()
            self.setFocus()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif not is_open or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif self._is_rating and digit in SATISFACTION:
            self._rate(digit)
        elif not self._is_rating and 1 <= digit <= len(RESULTS):
            self._give(RESULTS[digit - 1][0])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.call.isEnabled():
            self.call_wanted.emit()
        elif key == Qt.Key.Key_L:
            self.open_menu()
        elif key == Qt.Key.Key_T and self.take.isVisible():
            self.take_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self._ask(Asking.CANCEL)
        else:
            super().keyPressEvent(event)
