"""The way of getting keys that this desktop has."""

import sys
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from agent_desktop.ui.hotkeys.keys import Hotkeys, Key, NotPossible


def hotkeys_here(pressed: Callable[[Key], None]) -> Hotkeys | NotPossible:
    platform = QGuiApplication.platformName()
    if sys.platform == "win32":
        from agent_desktop.ui.hotkeys.windows import WindowsHotkeys

        return WindowsHotkeys(pressed)
    if platform.startswith("wayland"):
        return NotPossible.WAYLAND
    if platform != "xcb":
        return NotPossible.UNKNOWN_SYSTEM
    from agent_desktop.ui.hotkeys.x11 import NoDisplay, X11Hotkeys

    try:
        return X11Hotkeys(pressed)
    except NoDisplay:
        return NotPossible.NO_DISPLAY
