"""Everything that a window says, shown or not: words, tool tips, what a screen reader is told, rows of lists."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Row

MOST_COLUMNS = 12


def everything_said(*windows: QWidget) -> str:
    """Of these windows, or of every one there is, and what lies in the clipboard."""
    parts = [QApplication.clipboard().text()]
    for window in windows or QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)):
            parts += _said(widget)
    return "\n".join(parts)


def _said(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    yield widget.statusTip()
    yield from (action.text() for action in widget.actions())
    if isinstance(widget, Label):
        yield widget.full_text
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _rows(widget.model())


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(MOST_COLUMNS):
            index = model.index(row, column)
            values = model.itemData(index).values() if index.isValid() else ()
            yield from (str(value) for value in values if isinstance(value, (str, Row)))
