"""A window that a person asked for from outside comes to the front, as far as the desktop lets it."""

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def come_up(window: QWidget, permission: str = "") -> None:
    """`permission` is what the desktop handed to the program that was started; Wayland asks for it."""
    if permission:
        os.environ["XDG_ACTIVATION_TOKEN"] = permission
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
