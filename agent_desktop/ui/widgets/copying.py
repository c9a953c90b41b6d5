"""What can be copied of a widget that shows text, and asking for it from a menu."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

SHOWN, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


def press_copy(place: QWidget) -> None:
    """As Ctrl+C does there."""
    control = Qt.KeyboardModifier.ControlModifier
    QCoreApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, control, "\x03"))


def is_written_in(place: QWidget) -> bool:
    """Whether what stands there is being written by who sits there."""
    match place:
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            return not place.isReadOnly()
        case _:
            return isinstance(place, (QComboBox, QAbstractSpinBox))


def chosen_text(place: QWidget) -> str:
    """The text that is chosen: of a list its row, of a label that cannot be chosen from all of it."""
    match place:
        case QLineEdit():
            return place.selectedText()
        case QPlainTextEdit() | QTextEdit():
            return place.textCursor().selectedText().replace("\u2029", "\n")
        case QLabel():
            whole = "" if place.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse else place.text()
            return place.selectedText() or whole
        case QAbstractItemView():
            return _row(place)
        case _:
            return ""


def _row(view: QAbstractItemView) -> str:
    at, model = view.currentIndex(), view.model()
    if not at.isValid():
        return ""
    if isinstance(view, QTableView):
        cells = (model.data(at.siblingAtColumn(column), SHOWN) for column in range(model.columnCount()))
        return "\t".join(str(cell or "") for cell in cells)
    return str(model.data(at, SPOKEN) or model.data(at, SHOWN) or "")
