"""A place to type or choose under its label, as the forms of a ticket's page have them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label


def labelled(look: Look, words: str, place: QWidget) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(2))
    label = Label("meta", words)
    label.setBuddy(place)
    place.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(place)
    return row
