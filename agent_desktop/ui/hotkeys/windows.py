"""Keys of the whole desktop on Windows: RegisterHotKey, heard among the messages of the main thread."""

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from shiboken6 import VoidPtr

from agent_desktop.ui.hotkeys.keys import Chord, Key

_ALT, _CTRL, _SHIFT, _NO_REPEAT = 0x1, 0x2, 0x4, 0x4000
_HOTKEY_MESSAGE, _F1 = 0x0312, 0x70


class _Message(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("which", ctypes.c_size_t),
        ("more", ctypes.c_size_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


class WindowsHotkeys(QAbstractNativeEventFilter):
    """Made where sys.platform is win32, nowhere else."""

    def __init__(self, pressed: Callable[[Key], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._taken: dict[int, Key] = {}
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def take(self, chords: dict[Key, Chord]) -> tuple[Key, ...]:
        self._let_all_go()
        return tuple(key for number, (key, chord) in enumerate(chords.items(), 1) if not self._grab(number, key, chord))

    def release(self) -> None:
        self._let_all_go()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int | VoidPtr
    ) -> tuple[bool, int]:
        address: Any = message
        said = _Message.from_address(int(address))
        if said.message == _HOTKEY_MESSAGE and (key := self._taken.get(said.which)) is not None:
            self._pressed(key)
            return True, 0
        return False, 0

    def _grab(self, number: int, key: Key, chord: Chord) -> bool:
        modifiers = _CTRL * chord.ctrl | _ALT * chord.alt | _SHIFT * chord.shift | _NO_REPEAT
        code = _F1 + chord.function_key - 1 if chord.function_key else ord(chord.sign)
        if not _register(number, modifiers, code):
            return False
        self._taken[number] = key
        return True

    def _let_all_go(self) -> None:
        for number in self._taken:
            _unregister(number)
        self._taken.clear()


if sys.platform == "win32":

    def _register(number: int, modifiers: int, code: int) -> bool:
        return bool(ctypes.windll.user32.RegisterHotKey(None, number, modifiers, code))

    def _unregister(number: int) -> None:
        ctypes.windll.user32.UnregisterHotKey(None, number)

else:

    def _register(_number: int, _modifiers: int, _code: int) -> bool:
        return False

    def _unregister(_number: int) -> None:
        """Nothing was registered."""
