"""A real window in which one writes, with macros behind "/": tells in lines of JSON where their list came and what was
written. `python -m tests.journeys.macro_window X Y WIDTH HEIGHT`."""

import json
import sys

from PySide6.QtCore import QRect, QTimer

from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.text_list import TextList, TextRow
from tests.ui import desk

ROWS = tuple(TextRow(f"m-{n}", f"Macro {n}", "What it says", f"m{n}") for n in range(9))


def main() -> int:
    app = desk.application()
    speak(app, desk.RESOURCES, "en")
    look = Look(desk.RESOURCES, "light")
    look.wear(app)
    window = desk.window(look, "en")
    desk.put_into(window, "ready", "en")
    window.setGeometry(QRect(*map(int, sys.argv[1:5])))
    area = window.right.form.description
    area.setPlainText("")
    texts = TextList(look, area)
    texts.asked.connect(lambda typed: texts.show_rows([row for row in ROWS if typed in row.code]))
    texts.taken.connect(lambda key: texts.insert(f"<{key}>"))
    told = ""

    def look_again() -> None:
        nonlocal told
        shown = texts.list.isVisible()
        line = area.viewport().mapTo(window, area.cursorRect().topLeft()).y()
        now = json.dumps(
            {
                "has_focus": area.hasFocus(),
                "list": texts.list.geometry().getRect() if shown else None,
                "keys": texts.list.shown if shown else (),
                "window": window.rect().getRect(),
                "line": (line, line + area.cursorRect().height()),
                "text": area.toPlainText(),
            }
        )
        if now != told:
            told = now
            print(now, flush=True)

    watching = QTimer()
    watching.timeout.connect(look_again)
    watching.start(30)
    window.show()
    window.activateWindow()
    area.setFocus()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
