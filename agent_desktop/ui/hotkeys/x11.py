"""Keys of the whole desktop on X11, by a passive grab on a connection of its own (libxcb, which Qt brings along)."""

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier

from agent_desktop.ui.hotkeys.keys import Chord, Key

_SHIFT, _CAPS_LOCK, _CTRL, _ALT, _NUM_LOCK = 1, 2, 4, 8, 16
_LOCKS: Final = (0, _CAPS_LOCK, _NUM_LOCK, _CAPS_LOCK | _NUM_LOCK)
"""A grab is for exactly its modifiers, so each key is taken with and without the locks."""
_ASYNC, _KEY_PRESS, _KEY_RELEASE, _KEYMAP_CHANGED = 1, 2, 3, 34
_F1, _STATE_AT = 0xFFBE, 28


class NoDisplay(Exception):
    """There is no X server to take keys from, or its library is not there."""


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class X11Hotkeys(QObject):
    """Raises NoDisplay."""

    def __init__(self, pressed: Callable[[Key], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._chords: dict[Key, Chord] = {}
        self._taken: dict[tuple[int, int], Key] = {}
        self._let_go: tuple[int, int] = (0, 0)
        self._xcb, self._keysyms, self._libc = _libraries()
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            self._xcb.xcb_disconnect(self._connection)
            raise NoDisplay
        self._root: int = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection)).data[0]
        self._symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)
        descriptor = self._xcb.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def take(self, chords: dict[Key, Chord]) -> tuple[Key, ...]:
        self._let_all_go()
        self._chords = dict(chords)
        refused = tuple(key for key, chord in chords.items() if not self._grab(key, chord))
        self._read()
        return refused

    def release(self) -> None:
        """Once; it is of no use afterwards."""
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._let_all_go()
        self._keysyms.xcb_key_symbols_free(self._symbols)
        self._xcb.xcb_disconnect(self._connection)

    def _grab(self, key: Key, chord: Chord) -> bool:
        modifiers = _CTRL * chord.ctrl | _ALT * chord.alt | _SHIFT * chord.shift
        codes = self._codes_of(chord)
        cookies = [
            self._xcb.xcb_grab_key_checked(self._connection, 1, self._root, modifiers | lock, code, _ASYNC, _ASYNC)
            for code in codes
            for lock in _LOCKS
        ]
        answers = [self._xcb.xcb_request_check(self._connection, cookie) for cookie in cookies]
        for error in filter(None, answers):
            self._libc.free(error)
        for code in codes:
            self._taken[code, modifiers] = key
        return bool(codes) and not any(answers)

    def _codes_of(self, chord: Chord) -> list[int]:
        number = chord.function_key
        symbol = _F1 + number - 1 if number else ord(chord.sign.lower())
        found = self._keysyms.xcb_key_symbols_get_keycode(self._symbols, symbol)
        codes: list[int] = []
        while found and found[len(codes)]:
            codes.append(found[len(codes)])
        self._libc.free(found)
        return codes

    def _let_all_go(self) -> None:
        for code, modifiers in self._taken:
            for lock in _LOCKS:
                self._xcb.xcb_ungrab_key(self._connection, code, self._root, modifiers | lock)
        self._xcb.xcb_flush(self._connection)
        self._taken.clear()

    def _read(self) -> None:
        while event := self._xcb.xcb_poll_for_event(self._connection):
            said = ctypes.string_at(event, 32)
            self._libc.free(event)
            self._hear(said)
        if self._xcb.xcb_connection_has_error(self._connection):
            self._notifier.setEnabled(False)  # the X server has gone; the program goes with it

    def _hear(self, said: bytes) -> None:
        kind, code = said[0] & 0x7F, said[1]
        moment = int.from_bytes(said[4:8], "little")
        if kind == _KEY_RELEASE:
            self._let_go = (code, moment)
        elif kind == _KEYMAP_CHANGED:
            self._keysyms.xcb_key_symbols_free(self._symbols)
            self._symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)
            self.take(self._chords)
        elif kind == _KEY_PRESS and (code, moment) != self._let_go:  # else it is held down and repeats itself
            modifiers = said[_STATE_AT] & (_CTRL | _ALT | _SHIFT)
            key = self._taken.get((code, modifiers))
            if key is not None:
                self._pressed(key)


def _libraries() -> tuple[Any, Any, Any]:
    try:
        xcb, keysyms, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1"), ctypes.CDLL(None)
    except OSError as error:
        raise NoDisplay from error
    pointer, byte = ctypes.c_void_p, ctypes.c_uint8
    for function, given, answer in (
        (xcb.xcb_connect, (ctypes.c_char_p, pointer), pointer),
        (xcb.xcb_connection_has_error, (pointer,), ctypes.c_int),
        (xcb.xcb_disconnect, (pointer,), None),
        (xcb.xcb_get_setup, (pointer,), pointer),
        (xcb.xcb_setup_roots_iterator, (pointer,), _Screens),
        (xcb.xcb_get_file_descriptor, (pointer,), ctypes.c_int),
        (xcb.xcb_grab_key_checked, (pointer, byte, ctypes.c_uint32, ctypes.c_uint16, byte, byte, byte), _Cookie),
        (xcb.xcb_ungrab_key, (pointer, byte, ctypes.c_uint32, ctypes.c_uint16), _Cookie),
        (xcb.xcb_request_check, (pointer, _Cookie), pointer),
        (xcb.xcb_flush, (pointer,), ctypes.c_int),
        (xcb.xcb_poll_for_event, (pointer,), pointer),
        (keysyms.xcb_key_symbols_alloc, (pointer,), pointer),
        (keysyms.xcb_key_symbols_free, (pointer,), None),
        (keysyms.xcb_key_symbols_get_keycode, (pointer, ctypes.c_uint32), ctypes.POINTER(byte)),
        (libc.free, (pointer,), None),
    ):
        function.argtypes, function.restype = given, answer
    return xcb, keysyms, libc
