"""A guide beside the ticket, one step at a time: what to say, what to answer, by digits, arrows and Enter.

Values: `show_run(GuideRun | None, at_end)`, `show_fault(sentence)`, `be_brief` for the line it is while something else
has its place. Wishes: `chosen(branch)`, `typed(text)` at every key, `went_on(text)`, `went_back`, `put_by`, `taken_up`,
`ended`.
"""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.knowledge.answers import plain
from agent_desktop.knowledge.guide_runs import GuideRun
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.words import prompt_of
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.guide import MOST_BRANCHES, Step


class GuidePlayer(QWidget):
    chosen = Signal(int)
    typed = Signal(str)
    went_on = Signal(str)
    went_back = Signal()
    put_by = Signal()
    taken_up = Signal()
    ended = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._run: GuideRun | None = None
        self._is_brief = False
        self.setAccessibleName(self.tr("Guide"))
        self.back = Button(look, self.tr("Back"), "arrow-left", kind="ghost", size="compact")
        self.back.setAccessibleDescription("Alt+←")
        self.title = Label("section", elides=True)
        self.count = Label("meta")
        self.aside = Button(look, self.tr("Put by"), kind="link", tip=self.tr("It goes on where it stands. Esc"))
        self.go_to = Button(look, self.tr("Go on with the guide"), "script", size="compact")
        self.end = Button(look, self.tr("End"), kind="link")
        self.end.setToolTip(self.tr("What was answered so far goes into the ticket"))
        self.step_name = Label("row", wraps=True)
        self.say = Label("body", wraps=True)
        self.note = Label("hint", wraps=True)
        self.line = _Typed()
        self.fault = Label("hint", "", "bad", wraps=True)
        self.proposed = Label("meta", wraps=True)
        self.answers = tuple(_Answer(look, number) for number in range(MOST_BRANCHES))
        self.on = Button(look, self.tr("Go on"), "enter", kind="primary", size="compact")
        self._lay_out(look)
        for answer in self.answers:
            answer.clicked.connect(lambda _=False, number=answer.number: self.chosen.emit(number))
            answer.stepped.connect(self._step_from)
            answer.went_back.connect(self.went_back)
        self.line.textEdited.connect(self._typed)
        self.line.went_back.connect(self.went_back)
        self.on.clicked.connect(self._go_on)
        self.back.clicked.connect(self.went_back)
        self.aside.clicked.connect(self.put_by)
        self.go_to.clicked.connect(self.taken_up)
        self.end.clicked.connect(self.ended)
        self.hide()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Glyph(look, "script", "accent_text", 16))
        head.addWidget(self.title, 1)
        for part in (self.count, self.go_to, self.aside, self.end):
            head.addWidget(part)
        column.addLayout(head)
        self._box = QFrame()
        self._box.setProperty("role", "inset")
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(px(12), px(10), px(12), px(10))
        inside.setSpacing(px(6))
        said: tuple[QWidget, ...] = (self.step_name, self.say, self.note, self.line, self.fault)
        for widget in (*said, *self.answers, self.proposed):
            inside.addWidget(widget)
        inside.addStretch(1)
        self._scroll = _AsHighAsItsStep()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(self.tr("Guide"))
        self._scroll.setWidget(self._box)
        column.addWidget(self._scroll, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.on)
        column.addWidget(self._foot)

    @property
    def is_going_on(self) -> bool:
        return self._run is not None

    @property
    def is_aside(self) -> bool:
        return self._run is not None and self._run.is_aside

    def show_run(self, run: GuideRun | None, proposed: str = "") -> None:
        """None: no guide is gone through. `proposed` says what the end of a guide brings. The keyboard stays in it."""
        had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        before, self._run = self._run, run
        if run is None:
            self.hide()
            return
        step = run.step
        self.title.say(run.title)
        self.count.say(self.tr("Step {count}").format(count=len(run.answers) + 1))
        self.step_name.say(step.name)
        self.say.say(plain(step.say))
        self.note.say(plain(step.note))
        self.note.setVisible(bool(step.note))
        self._show_field(step, run.typed)
        for answer in self.answers:
            branch = step.branches[answer.number] if answer.number < len(step.branches) else None
            answer.show_label("" if branch is None else branch.label)
        self.proposed.say(proposed)
        self.proposed.setVisible(bool(proposed))
        self.on.setVisible(not step.branches)
        self.on.wear("primary", "check" if step.is_last else "enter", self._words_on(step))
        self.back.setEnabled(bool(run.answers))
        self.show_fault("")
        self._lay_by()
        self._scroll.updateGeometry()
        is_other_step = before is None or before.answers != run.answers
        if had_keyboard and is_other_step and not run.is_aside:
            self.take_keyboard()

    def be_brief(self, *, is_brief: bool) -> None:
        """A line with its name while something else has its place."""
        self._is_brief = is_brief
        self._lay_by()

    def show_fault(self, words: str) -> None:
        """Why what is typed does not do."""
        self.fault.say(words)
        self.fault.setVisible(bool(words))
        set_property(self.line, "fault", bool(words))

    def take_keyboard(self) -> None:
        """To what is answered next."""
        if self._run is None:
            return
        step = self._run.step
        if self._is_brief or self._run.is_aside:
            self.go_to.setFocus()
        elif step.is_typed:
            self.line.setFocus()
        elif step.branches:
            self.answers[0].setFocus()
        else:
            self.on.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers, Return goes on from a field, Left or Alt+Left goes back, Escape puts the guide by."""
        step = None if self._run is None else self._run.step
        number = event.key() - Qt.Key.Key_1
        is_bare = _goes_back(event) or not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is None or not is_bare or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif 0 <= number < len(step.branches):
            self.chosen.emit(number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not step.branches:
            self._go_on()
        elif _goes_back(event):
            self.went_back.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_by.emit()
        else:
            super().keyPressEvent(event)

    def _show_field(self, step: Step, typed: str) -> None:
        self.line.setVisible(step.is_typed)
        if step.asked is None:
            return
        self.line.setPlaceholderText(prompt_of(step.asked.kind))
        self.line.setAccessibleName(step.name)
        if self.line.text() != typed:
            with QSignalBlocker(self.line):
                self.line.setText(typed)

    def _words_on(self, step: Step) -> str:
        return self.tr("Fill the ticket") if step.is_last else self.tr("Go on")

    def _lay_by(self) -> None:
        """Whole, or the line it is while it is put by."""
        run = self._run
        is_line = run is None or self._is_brief or run.is_aside
        for widget in (self._scroll, self._foot, self.aside, self.end):
            widget.setVisible(not is_line)
        self.go_to.setVisible(is_line)

    def _typed(self, text: str) -> None:
        self.show_fault("")
        self.typed.emit(text)

    def _go_on(self) -> None:
        self.went_on.emit(self.line.text())

    def _step_from(self, number: int, by: int) -> None:
        shown = [answer for answer in self.answers if not answer.isHidden()]
        shown[(number + by) % len(shown)].setFocus()


class _AsHighAsItsStep(QScrollArea):
    """What is to be said and its answers are seen at once where there is room for them: the ticket's form scrolls."""

    def sizeHint(self) -> QSize:
        content: QWidget | None = self.widget()
        if content is None:
            return super().sizeHint()
        width = max(self.viewport().width(), content.minimumSizeHint().width())
        layout = content.layout()
        height = content.sizeHint().height() if layout is None else layout.totalHeightForWidth(width)
        return QSize(content.sizeHint().width(), height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """At most two fifths of the window, so that the form beside it can still be read."""
        return QSize(super().minimumSizeHint().width(), min(self.sizeHint().height(), self.window().height() * 2 // 5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class _Typed(TextLine):
    """What is no typing is the guide's: Return, Escape, and going back with nothing in the line, or with Alt."""

    went_back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _goes_back(event) and (not self.text() or event.modifiers()):
            self.went_back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Answer(Button):
    """One of the ways on, with its digit."""

    stepped = Signal(int, int)
    went_back = Signal()

    def __init__(self, look: Look, number: int) -> None:
        super().__init__(look, " ")
        self.number = number
        self.setProperty("align", "left")

    def show_label(self, label: str) -> None:
        self.setText(f"{self.number + 1}   {label}")
        self.setAccessibleName(label)
        self.setAccessibleDescription(str(self.number + 1))
        self.setToolTip(label)
        self.setVisible(bool(label))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if _goes_back(event):
            self.went_back.emit()
        elif by is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(self.number, by)


def _goes_back(event: QKeyEvent) -> bool:
    """To the step before; there is none before the first."""
    held, key = event.modifiers(), event.key()
    is_bare = held == Qt.KeyboardModifier.NoModifier
    if key == Qt.Key.Key_Left:
        return is_bare or held == Qt.KeyboardModifier.AltModifier
    return is_bare and key == Qt.Key.Key_Backspace
