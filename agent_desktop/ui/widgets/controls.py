"""Controls: buttons, the search field, the segmented choice, key hints."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
)

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.typing import TextLine

_ICON_INK = {
    "primary": "on_accent",
    "danger": "on_accent",
    "answer": "on_accent",
    "amber": "warn",
    "link": "accent_text",
}


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Button(QPushButton):
    """A button of the sheet. With an icon alone it needs `name`, which is said to assistive technology."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        icon: str = "",
        kind: str = "plain",
        size: str = "",
        name: str = "",
        tip: str = "",
    ) -> None:
        super().__init__()
        self._look, self._kind, self._icon = look, kind, icon
        self._words, self._is_busy = text, False
        self.setText(text)
        self.setProperty("kind", kind)
        if size:
            self.setProperty("measure", size)  # a widget's own `size` is taken
        if not text:
            self.setProperty("shape", "icon")
        self.setAccessibleName(name or text)
        self.setToolTip(tip or ("" if text else name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon:
            look.dress(self, icon, _ICON_INK.get(kind, "sec"))

    def setText(self, text: str) -> None:
        # A style sheet cannot set the gap between icon and words; without one, Chinese words touch the icon.
        super().setText(f" {text}" if text and self._icon else text)

    def wear(self, kind: str, icon: str, text: str | None = None) -> None:
        """Changes kind, icon and text together; the width stays when a caller fixed it."""
        if (kind, icon) != (self._kind, self._icon):
            self._kind, self._icon = kind, icon
            set_property(self, "kind", kind)
            self._look.dress(self, icon, _ICON_INK.get(kind, "sec"))
        if text is not None and text != self._words:
            self._words = text
            self.setText(text)
            self.setAccessibleName(text)

    def wear_words(self, text: str) -> None:
        """Says something else."""
        self._words = text
        self.setText(text)
        self.setAccessibleName(text)

    def offer(self, *, is_possible: bool, why_not: str = "") -> None:
        """Enables the button, or disables it and says why."""
        self.setEnabled(is_possible)
        self.setToolTip("" if is_possible else why_not)

    def be_busy(self, *, busy: bool) -> None:
        """While busy it shows that it works, keeps its width and takes no clicks."""
        if busy == self._is_busy:
            return
        self._is_busy = busy
        if busy:
            self.setFixedWidth(self.width())
            self.setText("…")
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
            self.setText(self._words)
        self.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the keyboard, as Space does; Qt does so in dialogs only."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~_KEYPAD:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def sizeHint(self) -> QSize:
        if self.property("shape") != "stack":
            return super().sizeHint()
        px = self._look.px
        return QSize(max(px(44), self.fontMetrics().horizontalAdvance(self.text().strip()) + px(12)), px(46))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.property("shape") == "stack":
            self._paint_stack()
        else:
            super().paintEvent(event)

    def _paint_stack(self) -> None:
        """The word below the icon, which no style sheet can ask for."""
        option, px, style = QStyleOptionButton(), self._look.px, self.style()
        self.initStyleOption(option)
        painter = QPainter(self)
        option.icon, option.text = QIcon(), ""
        style.drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        side, top = px(16), px(7)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self.icon().paint(painter, (self.width() - side) // 2, top, side, side, Qt.AlignmentFlag.AlignCenter, mode)
        option.text = self.text().strip()
        option.rect = QRect(0, top + side, self.width(), self.height() - top - side - px(3))
        style.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)


class Tick(QCheckBox):
    """A check box with its tick: the style sheet can colour the box but not draw the mark."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            side = self._look.px(14)
            pixmap = self._look.pixmap("check", "on_accent", 14, self.devicePixelRatioF())
            QPainter(self).drawPixmap(box.center().x() - side // 2 + 1, box.center().y() - side // 2 + 1, pixmap)


class KeyHint(Label):
    """A key chord as a chip. Hidden from assistive technology's reading order by being part of descriptions."""

    def __init__(self, keys: str) -> None:
        super().__init__("key", keys)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Field(TextLine):
    """A line to type in with an icon at its left and the key that leads there at its right.

    Emits `entered` on Return, `stepped` on Up (-1) and Down (+1), `left` on Escape.
    """

    entered = Signal()
    stepped = Signal(int)
    left = Signal()
    lost_focus = Signal()

    def __init__(self, look: Look, name: str, prompt: str, icon: str, keys: str = "", kind: str = "search") -> None:
        super().__init__(name, prompt)
        self._look = look
        self.setProperty("kind", kind)
        self._glyph = Glyph(look, icon, "muted", 16)
        self._glyph.setParent(self)
        self._keys: QLabel | None = None
        self._keys_px = 0
        if keys:
            self._keys = KeyHint(keys)
            self._keys.setParent(self)
            self._keys_px = look.px(9 * len(keys))
            self.setTextMargins(0, 0, self._keys_px, 0)
            self.setAccessibleDescription(keys)
            self.textChanged.connect(self._show_keys_while_empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lost_focus.emit()

    def _show_keys_while_empty(self, text: str) -> None:
        if self._keys is not None:
            self._keys.setVisible(not text)
            self.setTextMargins(0, 0, 0 if text else self._keys_px, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._glyph.sizeHint()
        self._glyph.setGeometry(self._look.px(10), (self.height() - size.height()) // 2, size.width(), size.height())
        if self._keys is not None:
            hint = self._keys.sizeHint()
            left = self.width() - hint.width() - self._look.px(8)
            self._keys.setGeometry(left, (self.height() - hint.height()) // 2, hint.width(), hint.height())


class _Segment(QPushButton):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class Segments(QFrame):
    """One of a few, all visible. Tab comes to the chosen one, arrow keys choose another, as with radio buttons."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str, str]]) -> None:
        """`options` are (value, text, tone)."""
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self._buttons: dict[str, _Segment] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for value, text, tone in options:
            button = _Segment(text)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            button.setProperty("tone", tone)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, value=value: self._take(value))
            button.stepped.connect(self._step)
            group.addButton(button)
            row.addWidget(button, 1)
            self._buttons[value] = button

    def choose(self, value: str) -> None:
        """Shows a choice without emitting."""
        self._buttons[value].setChecked(True)
        for other, button in self._buttons.items():
            is_chosen = other == value
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)

    def button(self, value: str) -> QAbstractButton:
        return self._buttons[value]

    def offer(self, values: Collection[str]) -> None:
        """These alone can be chosen now."""
        for value, button in self._buttons.items():
            button.setHidden(value not in values)

    def _take(self, value: str) -> None:
        self.choose(value)
        self.chosen.emit(value)

    def _step(self, by: int) -> None:
        values = [value for value, button in self._buttons.items() if not button.isHidden()]
        value = values[(values.index(self.value) + by) % len(values)]
        self._take(value)
        self._buttons[value].setFocus()

    @property
    def value(self) -> str:
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")
