"""What a person would see at a seat."""

from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.softphone.call import Call, CallState
from agent_desktop.sync.events import Synced
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.left_list import OpenItem
from demo.seat import Seat


def is_at_work(seat: Seat) -> bool:
    """The window is open and the phone is there."""
    program = seat._program
    return program is not None and program.workspace is not None and program.workspace._rooms.phone.is_there


def is_in_step(seat: Seat) -> bool:
    """At work, and everything there is to fetch has been fetched."""
    return is_at_work(seat) and isinstance(seat.workspace.sync.status, Synced)


def is_asking(seat: Seat) -> bool:
    """The sign-in window is open and waits for the person."""
    asked = seat.program.signing_in.window
    return asked is not None and asked.isVisible() and not asked.password.isReadOnly()


def calls(seat: Seat) -> tuple[Call, ...]:
    return seat.workspace._rooms.phone.snapshot().calls


def ringing(seat: Seat) -> list[Call]:
    return [call for call in calls(seat) if call.state is CallState.RINGING]


def talking(seat: Seat) -> list[Call]:
    return [call for call in calls(seat) if call.state is CallState.CONNECTED]


def words(widget: QWidget) -> str:
    """Every label that can be seen in it, whole."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    if isinstance(widget, QLabel):
        labels.append(widget)
    return "\n".join(label.full_text if isinstance(label, Label) else label.text() for label in labels)


def rows(seat: Seat) -> list[str]:
    """The list at the left, as a screen reader says it."""
    model = seat.window.left.view.standing
    return [model.item(row).text() for row in range(model.rowCount())]


def open_items(seat: Seat) -> tuple[OpenItem, ...]:
    return seat.window.left._open


def notices(seat: Seat) -> list[str]:
    return [notice.words for notice in seat.workspace.notices.notices]


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def typed(widget: QWidget) -> tuple[str, int]:
    """Its text and where the cursor stands."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText(), widget.textCursor().position()
    line = widget.lineEdit() if isinstance(widget, QComboBox) else widget
    assert isinstance(line, QLineEdit)
    return line.text(), line.cursorPosition()
