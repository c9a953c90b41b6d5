"""The row of signals in the customer's head: a chip with word and icon for each, its reason and what came of it.

Values: `show_signals(customer id, lines)`, `show_done(key, words)`, `withhold(why)`. Wishes: `act_wanted(key)`,
`answered(key, outcome)`.
The row keeps its height whatever is in it, and while somebody points at it, or works in it, nothing in it moves.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QToolTip, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.signal_card import SignalCard
from agent_desktop.ui.customer.signal_words import AnsweredLine, SignalLine
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, ink, plain_tip, set_property

MOST_CHIPS = 6
_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class SignalRow(QFrame):
    act_wanted = Signal(str)
    answered = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._customer_id = ""
        self._lines: tuple[SignalLine, ...] = ()
        self._shown = 0
        self._waiting: tuple[SignalLine, ...] | None = None
        self._why_hidden, self._hint_words, self._hint_tone = "", "", ""
        self.setAccessibleName(self.tr("Signals"))
        self.chips = [_Chip(look) for _ in range(MOST_CHIPS)]
        self.rest = Button(look, "", "more", kind="ghost", size="compact", name=self.tr("More signals"))
        self.rest.clicked.connect(self._open_rest)
        self.hint = _Hint("hint", elides=True)
        self._answered: tuple[AnsweredLine, ...] = ()
        self.card = SignalCard(look)
        self.card.hide()
        self.card.closed.connect(self._closed)
        self.card.act_wanted.connect(self.act_wanted)
        self.card.answered.connect(self.answered)
        for chip in self.chips:
            chip.clicked.connect(lambda _=False, chip=chip: self._toggle(chip))
            chip.left.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
            chip.hide()
        self.rest.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        self._bar = QWidget()
        self._bar.setFixedHeight(px(26))
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for widget in (*self.chips, self.rest):
            row.addWidget(widget)
        row.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._bar)
        column.addWidget(self.card)

    @property
    def lines(self) -> tuple[SignalLine, ...]:
        """Those on the screen, and behind the dots."""
        return self._lines

    def clear(self) -> None:
        """Somebody else is on the screen: what is known of them comes later."""
        self._customer_id, self._waiting, self._answered = "", None, ()
        self._show(())
        self._say_hint("")

    def show_signals(
        self, customer_id: str, lines: tuple[SignalLine, ...], answered: tuple[AnsweredLine, ...] = ()
    ) -> None:
        """Of the same customer everything stays where it is, and what is new comes behind it."""
        self._answered = answered
        if customer_id != self._customer_id:
            self._customer_id, self._waiting = customer_id, None
            self.card.hide()
            self._show(lines)
        elif self._is_in_use:
            self._waiting = lines
        else:
            self._show(self._in_place(lines))

    def show_done(self, key: str, words: str) -> None:
        """What was recorded stands on the chip until the customer is opened again."""
        self._lines = tuple(replace(line, done=words) if line.key == key else line for line in self._lines)
        self._fill()
        if self.card.key == key:
            self.card.close_card()

    def withhold(self, why: str) -> None:
        """What tells of the customer's products says `why` instead, until it is empty."""
        if why == self._why_hidden:
            return
        self._why_hidden = why
        for line in self._lines:
            if line.key == self.card.key:
                self.card.tell(self._seen(line))
        self._fill()
        self._say_hint(self._hint_words, self._hint_tone)

    def is_withheld(self, key: str) -> bool:
        return bool(self._why_hidden) and any(line.guarded for line in self._lines if line.key == key)

    def _seen(self, line: SignalLine) -> SignalLine:
        if not (self._why_hidden and line.guarded):
            return line
        return replace(line, title=line.guarded, reason=self._why_hidden)

    def show_trouble(self, words: str) -> None:
        """They could not be worked out."""
        self._answered = ()
        self._show(())
        self._say_hint(words, tone="bad")

    def focus_first(self) -> None:
        """To the first chip, by keyboard."""
        first = next((chip for chip in self.chips if not chip.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _is_in_use(self) -> bool:
        focus = QApplication.focusWidget()
        return self.underMouse() or not self.card.isHidden() or (focus is not None and self.isAncestorOf(focus))

    def _catch_up(self) -> None:
        waiting = self._waiting
        if waiting is not None and not self._is_in_use:
            self._waiting = None
            self._show(self._in_place(waiting))

    def _in_place(self, lines: tuple[SignalLine, ...]) -> tuple[SignalLine, ...]:
        """Those before in their order, answered ones with what was recorded; new ones at the end."""
        new = {line.key: line for line in lines}
        staying = [line if line.done else new.pop(line.key) for line in self._lines if line.done or line.key in new]
        done = {line.key for line in staying}
        return (*staying, *(line for line in lines if line.key in new and line.key not in done))

    def _show(self, lines: tuple[SignalLine, ...]) -> None:
        self._lines = lines
        recorded = {line.key for line in lines if line.done}
        quiet = [one.short for one in self._answered if one.key not in recorded]
        nothing = "" if lines else self.tr("No signals")
        self._say_hint(self.tr("Answered: {signals}").format(signals=" · ".join(quiet)) if quiet else nothing)
        if self.card.key not in {line.key for line in lines}:
            self.card.hide()
        self._fill()

    def _say_hint(self, words: str, tone: str = "") -> None:
        self._hint_words, self._hint_tone = words, tone
        answered = (one.short if one.is_guarded and self._why_hidden else one.whole for one in self._answered)
        self.hint.whole = "\n".join(answered) or words
        self.hint.say(words, tone)
        self.hint.tell()

    def _fill(self) -> None:
        for chip, line in zip(self.chips, self._lines, strict=False):
            chip.show_line(self._seen(line))
        self._arrange()

    def _arrange(self) -> None:
        """As many chips as there is room for; the others behind the dots."""
        spacing, room = self._look.px(6), self._bar.width()
        widths = [chip.sizeHint().width() + spacing for chip, _ in zip(self.chips, self._lines, strict=False)]
        shown = len(widths)
        if sum(widths) > room or len(self._lines) > shown:
            room -= self.rest.sizeHint().width() + spacing
            while shown > 1 and sum(widths[:shown]) > room:
                shown -= 1
        for n, chip in enumerate(self.chips):
            chip.setVisible(n < shown)
        self.rest.setVisible(len(self._lines) > shown)
        self._shown = shown

    def _toggle(self, chip: "_Chip") -> None:
        if not self.card.isHidden() and self.card.key == chip.line.key:
            self.card.close_card()
        else:
            self._open(chip.line)

    def _open(self, line: SignalLine) -> None:
        self.card.show_line(self._seen(line))
        for chip in self.chips:
            chip.setChecked(not chip.isHidden() and chip.line.key == line.key)

    def _open_rest(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in self._lines[self._shown :]:
            icon = QIcon(self._look.pixmap(line.icon, ink(line.tone)[0], 16, self.devicePixelRatioF()))
            entry = menu.addAction(icon, self._seen(line).title)
            entry.triggered.connect(lambda _=False, line=line: self._open(line))
        menu.popup(self.rest.mapToGlobal(QPoint(0, self.rest.height())))

    def _closed(self, key: str, had_focus: bool) -> None:
        for chip in self.chips:
            chip.setChecked(False)
            if had_focus and not chip.isHidden() and chip.line.key == key:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._catch_up()


class _Hint(Label):
    """Beside the chips in short; to the pointer, and to who listens, whole."""

    whole = ""

    def tell(self) -> None:
        self.setToolTip(plain_tip(self.whole))
        self.setAccessibleName(self.whole)

    def _elide(self) -> None:
        super()._elide()
        self.tell()


class _Chip(Button):
    """Pressed, it opens its reason; pointed at, or reached by keyboard, it says it."""

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, " ", "flag", kind="state", size="compact")
        self.setCheckable(True)
        self.line = SignalLine("", "", "", "flag", "neutral", "")

    def show_line(self, line: SignalLine) -> None:
        if line == self.line:
            return
        self.line = line
        icon, tone = ("check", "neutral") if line.done else (line.icon, line.tone)
        words = f"{line.title} · {line.done}" if line.done else line.title
        set_property(self, "tone", tone)
        self._look.dress(self, icon, ink(tone)[0])
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(line.reason)
        self.setToolTip(plain_tip(line.reason))
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
