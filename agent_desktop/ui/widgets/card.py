"""A card: a white box with a title line and something in it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label


class Card(QFrame):
    def __init__(self, look: Look, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        px = look.px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(14), px(10), px(14), px(12))
        self.body.setSpacing(px(4))
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(Label("section", title))
            self.head.addStretch(1)
            self.body.addLayout(self.head)

    def add_to_head(self, widget: QWidget) -> None:
        self.head.addWidget(widget)
