"""A line to type in: what is too long for it is told to be, and whole where one asks for it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QToolTip, QWidget

from agent_desktop.ui.widgets.typing import TextLine

LONG = "Change of invoice title taken on · Inquiry › Billing › Invoices"


def picture(line: TextLine, text: str) -> QImage:
    line.setText(text)
    line.setCursorPosition(0)
    return line.grab().toImage()


def test_long_text_ends_in_an_ellipsis_while_nobody_types(keep: Callable[[QWidget], QWidget]) -> None:
    line = TextLine("Disposition")
    keep(line)
    line.resize(200, 32)
    shown = picture(line, LONG)
    assert any(shown == picture(line, f"{LONG[:n].rstrip()}…") for n in range(10, 40))


def test_tool_tip_says_all_of_what_is_cut_and_nothing_of_what_is_not(keep: Callable[[QWidget], QWidget]) -> None:
    line = TextLine("Disposition")
    keep(line)
    line.resize(200, 32)
    line.show()
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(9, 9), line.mapToGlobal(QPoint(9, 9)))
    line.setText("Invoice")
    QCoreApplication.sendEvent(line, asked)
    assert QToolTip.text() == ""
    line.setText(LONG)
    QCoreApplication.sendEvent(line, asked)
    assert QToolTip.text() == LONG
    QToolTip.hideText()
