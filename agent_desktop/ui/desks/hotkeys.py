"""The keys of the whole desktop: taken when they are switched on, given back when they are switched off."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.ui.hotkeys.desktop import hotkeys_here
from agent_desktop.ui.hotkeys.keys import CHORDS, Chord, Hotkeys, Key, NotPossible
from agent_desktop.ui.window.main_window import MainWindow


class HotkeyDesk(QObject):
    """`state` is None while they are off, else the keys that another program has, or why there are none at all."""

    pressed = Signal(object)
    """A Key."""
    state_changed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        parent: QObject,
        find: Callable[[Callable[[Key], None]], Hotkeys | NotPossible] = hotkeys_here,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._find = find
        self._held: Hotkeys | None = None
        self.state: tuple[Key, ...] | NotPossible | None = None

    def use(self, *, is_on: bool) -> None:
        if is_on == (self.state is not None):
            return
        if is_on:
            found = self._find(self._pressed)
            if isinstance(found, NotPossible):
                self.state = found
            else:
                self._held = found
                self.state = found.take({key: Chord.read(text) for key, text in CHORDS.items()})
        else:
            self.leave()
        self.state_changed.emit(self.state)

    def leave(self) -> None:
        """Nothing is held any more."""
        held, self._held, self.state = self._held, None, None
        if held is not None:
            held.release()

    def _pressed(self, key: Key) -> None:
        """Not while an input method composes in our own window: there the keys are its own."""
        if not self._window.is_composing:
            self.pressed.emit(key)
