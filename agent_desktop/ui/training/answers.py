"""How questions are answered: marks to choose, lines to order, a text to write.

Each has `show_answer(answer)`, emits `changed(answer)` and takes a number with `press(nth)`.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.training.words import true_false_word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import paint_chosen, paint_focus, paint_ground
from agent_desktop.ui.widgets.typing import TextArea
from agent_model.attempt import LONGEST_ANSWER
from agent_model.question import FALSE, TRUE, Option, QuestionKind
from agent_model.quiz_paper import PaperQuestion

LEAST_PX = 40


class Answer(QWidget):
    changed = Signal(object)

    def show_answer(self, answer: tuple[str, ...]) -> None:
        raise NotImplementedError

    def press(self, nth: int) -> None:
        """A number was typed, from 1."""

    def start(self) -> None:
        """The keyboard comes here."""


class ChoiceAnswer(Answer):
    """One of several, or any of them."""

    def __init__(self, look: Look, options: Sequence[Option], *, is_single: bool) -> None:
        super().__init__()
        self._is_single = is_single
        made = OneOf if is_single else AnyOf
        self.marks: list[OneOf | AnyOf] = [made(look, nth, option) for nth, option in enumerate(options, 1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        for mark in self.marks:
            mark.clicked.connect(self._tell)
            column.addWidget(mark)

    def show_answer(self, answer: tuple[str, ...]) -> None:
        for mark in self.marks:
            mark.setAutoExclusive(False)
            mark.setChecked(mark.key in answer)
            mark.setAutoExclusive(self._is_single)

    def press(self, nth: int) -> None:
        if 1 <= nth <= len(self.marks):
            self.marks[nth - 1].setFocus()
            self.marks[nth - 1].click()

    def start(self) -> None:
        chosen = next((mark for mark in self.marks if mark.isChecked()), self.marks[0])
        chosen.setFocus()

    def _tell(self) -> None:
        self.changed.emit(tuple(mark.key for mark in self.marks if mark.isChecked()))


class OneOf(QRadioButton):
    """An option of which one is right: its number, its text as long as it is. Qt's own do not wrap."""

    def __init__(self, look: Look, number: int, option: Option) -> None:
        super().__init__(option.text)
        self.key = option.key
        self._look, self._number = look, number
        _wear(self, number, option)

    def sizeHint(self) -> QSize:
        return _size(self._look, self)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(LEAST_PX))

    def heightForWidth(self, width: int) -> int:
        return _height(self._look, self.text(), width)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Qt would go to the next mark; the page turns to another question
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        _paint(self, self._look, self._number, radius_px=8)


class AnyOf(QCheckBox):
    """An option of which several may be right."""

    def __init__(self, look: Look, number: int, option: Option) -> None:
        super().__init__(option.text)
        self.key = option.key
        self._look, self._number = look, number
        _wear(self, number, option)

    def sizeHint(self) -> QSize:
        return _size(self._look, self)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(LEAST_PX))

    def heightForWidth(self, width: int) -> int:
        return _height(self._look, self.text(), width)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Qt would go to the next mark; the page turns to another question
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        _paint(self, self._look, self._number, radius_px=4)


def _wear(mark: QAbstractButton, number: int, option: Option) -> None:
    mark.setAccessibleName(f"{number}. {option.text}")
    mark.setCursor(Qt.CursorShape.PointingHandCursor)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    mark.setSizePolicy(policy)


def _size(look: Look, mark: QAbstractButton) -> QSize:
    width = look.px(480)
    return QSize(width, _height(look, mark.text(), width))


def _height(look: Look, text: str, width: int) -> int:
    px = look.px
    room = QRect(0, 0, max(px(40), width - px(84)), 10_000)
    words = QFontMetrics(look.font(13)).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
    return max(px(LEAST_PX), words.height() + px(20))


def _paint(mark: QAbstractButton, look: Look, number: int, radius_px: int) -> None:
    px = look.px
    painter = QPainter(mark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QRectF(mark.rect()).adjusted(1, 1, -1, -1)
    if mark.isChecked():
        paint_chosen(painter, look, ground)
    else:
        paint_ground(painter, look, ground, "hover" if mark.underMouse() else "subtle")
    if mark.hasFocus():
        paint_focus(painter, look, ground)
    painter.setFont(look.font(12, QFont.Weight.DemiBold))
    painter.setPen(look.colour("muted"))
    painter.drawText(QRectF(px(10), 0, px(20), mark.height()), Qt.AlignmentFlag.AlignCenter, str(number))
    box = QRectF(px(38), mark.height() / 2 - px(8), px(16), px(16))
    painter.setPen(look.colour("accent" if mark.isChecked() else "bstrong"))
    painter.setBrush(look.colour("accent" if mark.isChecked() else "surface"))
    painter.drawRoundedRect(box, px(radius_px), px(radius_px))
    if mark.isChecked():
        pixmap = look.pixmap("check", "on_accent", 12, mark.devicePixelRatioF())
        painter.drawPixmap(int(box.center().x()) - px(6), int(box.center().y()) - px(6), pixmap)
    painter.setFont(look.font(13))
    painter.setPen(look.colour("text"))
    room = QRect(px(66), 0, mark.width() - px(84), mark.height())
    painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, mark.text())


class OrderAnswer(Answer):
    """Lines to be put in order. Up and Down go through them, with Alt they take the line along."""

    def __init__(self, look: Look, options: Sequence[Option]) -> None:
        super().__init__()
        self._look = look
        self._options = {option.key: option for option in options}
        self.order = [option.key for option in options]
        self.lines: list[_OrderLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        for place in range(len(self.order)):
            line = _OrderLine(look)
            line.stepped.connect(lambda by, place=place: self._go(place + by))
            line.moved.connect(lambda by, place=place: self._move(place, by))
            column.addWidget(line)
            self.lines.append(line)
        self._show()

    def show_answer(self, answer: tuple[str, ...]) -> None:
        if sorted(answer) == sorted(self._options):
            self.order = list(answer)
            self._show()

    def press(self, nth: int) -> None:
        self._go(nth - 1)

    def start(self) -> None:
        self._go(0)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.lines):
            self.lines[place].setFocus()

    def _move(self, place: int, by: int) -> None:
        to = place + by
        if not 0 <= to < len(self.order):
            return
        self.order[place], self.order[to] = self.order[to], self.order[place]
        self._show()
        self._go(to)
        self.changed.emit(tuple(self.order))

    def _show(self) -> None:
        for nth, (line, key) in enumerate(zip(self.lines, self.order, strict=True), 1):
            line.show_option(nth, self._options[key].text)


class _OrderLine(QFrame):
    stepped = Signal(int)
    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._number = Label("meta")
        self._words = Label("body", wraps=True)
        up = Button(look, "", "chevron-up", "ghost", "compact", self.tr("Further up"), self.tr("Further up  Alt+Up"))
        down = Button(
            look, "", "chevron-down", "ghost", "compact", self.tr("Further down"), self.tr("Further down  Alt+Down")
        )
        for button, by in ((up, -1), (down, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, by=by: self.moved.emit(by))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(4), look.px(6), look.px(4))
        row.setSpacing(look.px(10))
        row.addWidget(self._number)
        row.addWidget(self._words, 1)
        row.addWidget(up)
        row.addWidget(down)

    def show_option(self, nth: int, words: str) -> None:
        self._number.say(str(nth))
        self._words.say(words)
        self.setAccessibleName(f"{nth}. {words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        else:
            self.stepped.emit(by)


class TextAnswer(Answer):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.area = TextArea(self.tr("Your answer"))
        self.area.setFixedHeight(look.px(140))
        self.area.textChanged.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def show_answer(self, answer: tuple[str, ...]) -> None:
        with QSignalBlocker(self.area):
            self.area.setPlainText(answer[0] if answer else "")

    def start(self) -> None:
        self.area.setFocus()

    def _tell(self) -> None:
        words = self.area.toPlainText()[:LONGEST_ANSWER]
        self.changed.emit((words,) if words.strip() else ())


def answer_for(look: Look, question: PaperQuestion) -> Answer:
    """How a question is answered that is not done in the practice."""
    match question.kind:
        case QuestionKind.ORDER:
            return OrderAnswer(look, question.options)
        case QuestionKind.SHORT_TEXT:
            return TextAnswer(look)
        case QuestionKind.TRUE_FALSE:
            options = [Option(key, true_false_word(key)) for key in (TRUE, FALSE)]
            return ChoiceAnswer(look, options, is_single=True)
        case _:
            return ChoiceAnswer(look, question.options, is_single=question.kind is QuestionKind.SINGLE)
