"""The buttons of one part of the strip, as the table offers them.

Words stand beside their icons; where room runs out, below them; where that is too wide too, the least needed go.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.words import FACES, ButtonFace, spoken, tip, why_not, word
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import set_property

WORD_PX = 72
_ICON, _STACK = "icon", "stack"
_Shape = str | None
"""Of a button: its word beside the icon (None), below it, or the icon alone."""

_SHARED: Mapping[Deed, Deed] = {
    Deed.UNMUTE: Deed.MUTE,
    Deed.RETRIEVE: Deed.HOLD,
    Deed.PAUSE_RECORDING: Deed.RECORD,
    Deed.RESUME_RECORDING: Deed.RECORD,
    Deed.END_ALL: Deed.HANG_UP,
}
"""One button each for what goes on and off, so that it keeps its place and the focus."""
_LAST = (Deed.HANG_UP, Deed.ANSWER, Deed.FINISH)


class ButtonRow(QWidget):
    pressed = Signal(object)
    """The Deed of the button."""

    def __init__(self, look: Look, *deeds: Deed, is_low: bool = False) -> None:
        """`deeds` are those this row may be asked to show, in their order; it makes a button for each place. `is_low`:
        there is no room for words below icons."""
        super().__init__()
        self._look, self._is_low = look, is_low
        self._buttons: dict[Deed, Button] = {}
        self._deeds: dict[Deed, Deed] = {}
        self._faces: dict[Deed, ButtonFace] = {}
        self._shown: tuple[Deed, ...] = ()
        self._measured: dict[tuple[str, _Shape], int] = {}
        self._own_words: dict[Deed, str] = {}
        self._width = 1 << 20
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for place in dict.fromkeys(_SHARED.get(deed, deed) for deed in deeds):
            button = Button(look, word(place), FACES[place].icon, kind=FACES[place].kind, size="call")
            button.clicked.connect(lambda _=False, place=place: self.pressed.emit(self._deeds[place]))
            button.hide()
            self._buttons[place], self._deeds[place] = button, place
            if place in _LAST and len(self._buttons) > 1:
                row.addSpacing(look.px(4))
            row.addWidget(button)

    @property
    def shown(self) -> Mapping[Deed, Button]:
        """What is offered now, from left to right."""
        return {deed: self.button(deed) for deed in self._shown}

    def button(self, deed: Deed) -> Button:
        """Raises KeyError when this row has no place for it."""
        return self._buttons[_SHARED.get(deed, deed)]

    def show_offers(self, offers: Iterable[Offer], faces: Mapping[Deed, ButtonFace] | None = None) -> None:
        """`faces` are those that look otherwise than they mostly do. What this row has no place for is left out."""
        mine = {
            _SHARED.get(one.deed, one.deed): one for one in offers if _SHARED.get(one.deed, one.deed) in self._buttons
        }
        self._keep_focus_from_wandering(mine)
        self._shown = tuple(one.deed for one in mine.values())
        for place, button in self._buttons.items():
            offer = mine.get(place)
            if offer is not None:
                self._dress(place, button, offer, (faces or {}).get(offer.deed) or FACES[offer.deed])
            button.setVisible(offer is not None)
        self.fit(self._width)

    def rename(self, deed: Deed, words: str) -> None:
        """Other words than a button mostly has; empty: its own again."""
        if self._own_words.get(deed, "") != words:
            self._own_words[deed] = words
            self.fit(self._width)

    def press(self, *deeds: Deed) -> bool:
        """Does the first of these that is offered and possible."""
        for deed in deeds:
            if deed in self._shown and self.button(deed).isEnabled():
                self.pressed.emit(deed)
                return True
        return False

    @property
    def whole_width(self) -> int:
        """With every word beside its icon."""
        return self._width_with(None, self._without_words())

    @property
    def least_width(self) -> int:
        """With every word still there."""
        return self._width_with(None if self._is_low else _STACK, self._without_words())

    def fit(self, width: int) -> None:
        """Shows as many words as this width has room for, those of the highest rank last to go."""
        self._width = width
        short = self._without_words()
        shape = None if self._is_low or self._width_with(None, short) <= width else _STACK
        for place in sorted(self._places(), key=lambda place: self._faces[place].rank):
            if self._width_with(shape, short) <= width:
                break
            short.add(place)
        for place in self._places():
            self._say(place, _ICON if place in short else shape)
        self._row.setSpacing(self._gap(shape))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_with(_ICON, set()), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measured.clear()

    def _places(self) -> list[Deed]:
        return [_SHARED.get(deed, deed) for deed in self._shown]

    def _without_words(self) -> set[Deed]:
        return {place for place in self._places() if self._faces[place].rank == 0}

    def _gap(self, shape: _Shape) -> int:
        return self._look.px(8 if shape is None else 4)

    def _width_with(self, shape: _Shape, short: set[Deed]) -> int:
        places = self._places()
        gaps = self._gap(shape) * (len(places) - 1) + sum(self._look.px(4) for place in places if place in _LAST)
        return gaps + sum(self._measure(place, _ICON if place in short else shape) for place in places)

    def _measure(self, place: Deed, shape: _Shape) -> int:
        """Laying a button out is dear, so each way it can look is measured once."""
        key = (self._words(place), shape)
        if key not in self._measured:
            button = self._buttons[place]
            button.ensurePolished()
            before = button.property("shape")
            self._say(place, shape)
            hint = button.sizeHint().width()
            self._measured[key] = max(hint, self._look.px(WORD_PX)) if shape is None else hint
            self._say(place, before)
        return self._measured[key]

    def _words(self, place: Deed) -> str:
        deed = self._deeds[place]
        return self._own_words.get(deed) or word(deed)

    def _say(self, place: Deed, shape: _Shape) -> None:
        button, words = self._buttons[place], "" if shape == _ICON else self._words(place)
        if button.text().strip() == words and button.property("shape") == shape:
            return
        button.setText(words)
        set_property(button, "shape", shape)
        button.setMinimumWidth(self._look.px(WORD_PX) if shape is None else 0)

    def _dress(self, place: Deed, button: Button, offer: Offer, face: ButtonFace) -> None:
        self._deeds[place], self._faces[place] = offer.deed, face
        button.wear(face.kind, face.icon)
        words, more = self._own_words.get(offer.deed) or spoken(offer.deed), tip(offer.deed)
        button.setAccessibleName(words)
        button.setAccessibleDescription(face.keys)
        button.setEnabled(offer.why_not is None)
        if offer.why_not is not None:
            button.setToolTip(why_not(offer.why_not))
        else:
            head = f"{words} ({face.keys})" if face.keys else words
            button.setToolTip(f"{head}\n{more}" if more else head)

    def _keep_focus_from_wandering(self, mine: Mapping[Deed, Offer]) -> None:
        """A button that goes hands its focus to its neighbour, which would then take the next space bar."""
        focus = QApplication.focusWidget()
        for place, button in self._buttons.items():
            if button is focus and (place not in mine or mine[place].why_not is not None):
                self.setFocus()
