"""Where a field's value is typed or chosen, one kind of widget for each kind of field, all with the same words: `text`
is what stands there, `put(text)` shows it without emitting, `edited` follows every change by the person."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.words import HIDDEN_DIGITS, prompt_of
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Segments, Tick
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.form import FieldKind, FormField
from agent_model.form_value import BETWEEN_CHOICES, NO, YES, card_kept


class Entry(QWidget):
    """`holds_secret_changed` tells whether the recording must not hear this entry now."""

    edited = Signal()
    holds_secret_changed = Signal()
    holds_secret = False

    def __init__(self, place: QWidget) -> None:
        super().__init__()
        self.place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(place)
        self.setFocusProxy(place)

    @property
    @abstractmethod
    def text(self) -> str: ...

    @abstractmethod
    def put(self, text: str) -> None: ...

    @property
    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops in it, in order."""
        return (self.place,)

    def name(self, words: str, description: str) -> None:
        """What assistive technology says of it."""
        self.place.setAccessibleName(words)
        self.place.setAccessibleDescription(description)

    def mark(self, *, is_faulty: bool) -> None:
        set_property(self.place, "fault", is_faulty)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """What can be chosen, as (id, name); for kinds from which something is chosen."""


class LineEntry(Entry):
    def __init__(self, field: FormField) -> None:
        self._line = TextLine("", prompt_of(field.kind))
        super().__init__(self._line)
        self._line.textEdited.connect(self.edited)

    @property
    def text(self) -> str:
        return self._line.text()

    def put(self, text: str) -> None:
        if self._line.text() != text:
            self._line.setText(text)


class AreaEntry(Entry):
    def __init__(self, look: Look) -> None:
        self._area = TextArea("")
        self._area.setFixedHeight(look.px(64))
        super().__init__(self._area)
        self._area.textChanged.connect(self.edited)

    @property
    def text(self) -> str:
        return self._area.toPlainText()

    def put(self, text: str) -> None:
        if self._area.toPlainText() != text:
            with QSignalBlocker(self._area):
                self._area.setPlainText(text)


class ChoiceEntry(Entry):
    def __init__(self, look: Look, name: str, prompt: str) -> None:
        self._choice = Choice(look, name, prompt)
        super().__init__(self._choice)
        self._choice.picked.connect(self.edited)

    @property
    def text(self) -> str:
        return self._choice.chosen

    def put(self, text: str) -> None:
        if self._choice.chosen != text:
            self._choice.choose(text)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        self._choice.offer([*options, ("", NOTHING)])


class SeveralEntry(Entry):
    """A tick for each choice; Space sets it."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._ticks: dict[str, Tick] = {}
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(2))
        super().__init__(self._box)

    @property
    def text(self) -> str:
        return BETWEEN_CHOICES.join(id_ for id_, tick in self._ticks.items() if tick.isChecked())

    def put(self, text: str) -> None:
        chosen = text.split(BETWEEN_CHOICES)
        for id_, tick in self._ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(id_ in chosen)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        if [(id_, tick.text()) for id_, tick in self._ticks.items()] == list(options):
            return
        kept = self.text
        for tick in self._ticks.values():
            tick.hide()
            tick.deleteLater()
        self._ticks = {id_: Tick(self._look, name) for id_, name in options}
        for tick in self._ticks.values():
            tick.toggled.connect(self.edited)
            self._column.addWidget(tick)
        self.put(kept)
        self.setFocusProxy(next(iter(self._ticks.values()), self._box))

    @property
    def stops(self) -> Sequence[QWidget]:
        return tuple(self._ticks.values())


class YesNoEntry(Entry):
    """Arrows choose, or a click; at first neither."""

    def __init__(self, name: str) -> None:
        options = [("", NOTHING, ""), (YES, self.tr("Yes"), ""), (NO, self.tr("No"), "")]
        self._segments = Segments(name, options)
        super().__init__(self._segments)
        self._segments.choose("")
        self._segments.chosen.connect(self.edited)

    @property
    def stops(self) -> Sequence[QWidget]:
        return self._segments.findChildren(QPushButton)

    @property
    def text(self) -> str:
        return self._segments.value

    def put(self, text: str) -> None:
        if text != self.text:
            self._segments.choose(text)


class CardEntry(Entry):
    """A card's number while it is taken down. Whole and right, it gives way to its last four when the keyboard leaves;
    until then, and while something of it stands there, nothing of it is told to anybody and the recording pauses."""

    def __init__(self, field: FormField) -> None:
        self._kind = field.kind
        self._kept = ""
        self._line = TextLine("", prompt_of(field.kind))
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        super().__init__(self._line)
        self._line.textEdited.connect(self._typed)
        self._line.installEventFilter(self)

    @property
    def text(self) -> str:
        return self._kept

    @property
    def is_half(self) -> bool:
        """Something stands there that is no whole number."""
        return bool(self._line.text().strip()) and not self._kept

    def put(self, text: str) -> None:
        if text != self._kept:
            self._kept = text
            self._line.setText(HIDDEN_DIGITS + text if text else "")
        self._tell()

    def forget(self) -> None:
        """Nothing of the number stays: it is not asked any more."""
        self._kept = ""
        self._line.clear()
        self._tell()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.lostFocus() and self._kept and event.reason() != Qt.FocusReason.PopupFocusReason:
                self._line.setText(HIDDEN_DIGITS + self._kept)
            self._tell(has_focus=event.gotFocus())
        return False

    def _typed(self, text: str) -> None:
        shown_before = text.startswith(HIDDEN_DIGITS.strip())
        if shown_before:  # who changes what is hidden takes the number down again
            self._line.setText(text.removeprefix(HIDDEN_DIGITS + self._kept) if self._kept in text else "")
        kept = card_kept(self._kind, self._line.text()) or ""
        if kept != self._kept or shown_before:
            self._kept = kept
            self.edited.emit()
        self._tell()

    def _tell(self, *, has_focus: bool | None = None) -> None:
        focused = self._line.hasFocus() if has_focus is None else has_focus
        stands = self._line.text()
        holds = focused or (bool(stands) and not stands.startswith(HIDDEN_DIGITS))
        if holds != self.holds_secret:
            self.holds_secret = holds
            self.holds_secret_changed.emit()


def entry_for(look: Look, field: FormField, name: str, prompt: str) -> Entry:
    match field.kind:
        case FieldKind.LONG_TEXT:
            return AreaEntry(look)
        case FieldKind.CHOICE | FieldKind.PRODUCT:
            return ChoiceEntry(look, name, prompt)
        case FieldKind.MULTI_CHOICE:
            return SeveralEntry(look)
        case FieldKind.YES_NO:
            return YesNoEntry(name)
        case FieldKind.ID_CARD | FieldKind.BANK_CARD:
            return CardEntry(field)
        case _:
            return LineEntry(field)
