"""The real workstation of an agent, whose key for Ready is pressed: run in the place of `agent-desktop`.

`python -m benchmarks._rig.ready_key [agent-desktop's own arguments]` reads lines after the password: `ready` presses
the key, `work` puts the agent into after-call work, `leave` closes the window. Each is answered by the moment at which
it was done; before the window is there by 0.
"""

import sys
import threading
import time
from io import StringIO
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.app import main
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.window.main_window import MainWindow

KEY = "Ctrl+Shift+R"


class Hand(QObject):
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.told.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def _do(self, wish: str) -> None:
        found = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        window = next((widget for widget in found if widget.isVisible()), None)
        if window is None:
            print(0.0, flush=True)
            return
        window.activateWindow()
        at = time.time()
        match wish:
            case "ready":
                QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(KEY))
            case "work":
                window.top_bar.state.work_wanted.emit()
            case "leave":
                window.close()
        print(at, flush=True)


def _listen(lines: TextIO, hand: Hand) -> None:
    for line in lines:
        hand.told.emit(line.rstrip("\n"))


if __name__ == "__main__":
    lines = sys.stdin
    sys.stdin = StringIO(lines.readline())  # the password is the program's
    application = dressed_application()
    threading.Thread(target=_listen, args=(lines, Hand()), name="hand", daemon=True).start()
    sys.exit(main(sys.argv[1:]))
