"""The real program with hands: after the password, each line on standard input is something a person does.

`press F9`, `type words`, `leave`, `steadily 40` (a key every 40 ms, for ever), `look`. The answer to each is one JSON
line on standard output: of `look` what can be seen, of `steadily` every key with its moment. The window can be killed.
"""

import json
import sys
import threading
import time
from io import StringIO
from typing import TextIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.app import main
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.outside.ring_popup import RingPopup
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.window.main_window import MainWindow


class Hands(QObject):
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._typed = 0
        self._pace = QTimer(self)
        self._pace.timeout.connect(self._one_more)
        self.told.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def _do(self, line: str) -> None:
        wish, _, rest = line.partition(" ")
        match wish:
            case "press":
                QTest.keySequence(_focus(), QKeySequence(rest))
            case "type":
                QTest.keyClicks(_focus(), rest)
            case "leave":
                window = _window()
                assert window is not None
                window.close()
            case "steadily":
                self._pace.start(int(rest))
        say({"did": wish} if wish != "look" else _seen())

    def _one_more(self) -> None:
        self._typed += 1
        say({"typed": self._typed, "at": time.time()})
        QTest.keyClicks(_focus(), str(self._typed % 10))


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _window() -> MainWindow | None:
    found = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    return next((widget for widget in found if widget.isVisible()), None)


def _focus() -> QWidget:
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or _window()
    assert found is not None
    return found


def _seen() -> dict[str, object]:
    window = _window()
    if window is None:
        return {"window": False}
    strip = window.strip
    return {
        "window": True,
        "article": window.right.knowledge.article_id,
        "step": window.right.guide.step_name.full_text if window.right.guide.isVisible() else "",
        "categories": window.right.form.category.count(),
        "ringing": strip.ringing.isVisible(),
        "talking": strip.talking.isVisible(),
        "customer": window.customer.customer_id,
        "subject": window.right.form.subject.text(),
        "dial field": strip.idle.number.text(),
        "is active": window.isActiveWindow(),
        "rings over others": _answer_button(),
    }


def _answer_button() -> list[int]:
    """Where the answer button of the ring over other programs is on the screen; empty when there is none."""
    popups = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RingPopup))
    popup = next((widget for widget in popups if widget.isVisible()), None)
    if popup is None:
        return []
    button = popup.row.button(Deed.ANSWER)
    at = button.mapToGlobal(button.rect().center())
    return [at.x(), at.y()]


def _listen(lines: TextIO, hands: Hands) -> None:
    for line in lines:
        hands.told.emit(line.rstrip("\n"))


if __name__ == "__main__":
    lines = sys.stdin
    sys.stdin = StringIO(lines.readline())  # the password is the program's
    application = dressed_application()
    threading.Thread(target=_listen, args=(lines, Hands()), name="hands", daemon=True).start()
    sys.exit(main(sys.argv[1:]))
