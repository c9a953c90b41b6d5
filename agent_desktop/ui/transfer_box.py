"""Where to transfer to: a number or extension in a popover. Wish: `transfer_wanted(number)`. Escape closes it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label


class TransferBox(QFrame):
    transfer_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Transfer"))
        self.target = Field(look, self.tr("Transfer to"), self.tr("Number or extension"), "transfer", kind="dial")
        self.target.setMinimumWidth(look.px(220))
        self._go = Button(look, self.tr("Transfer"), kind="primary")
        self._go.setEnabled(False)
        self.target.textChanged.connect(lambda text: self._go.setEnabled(bool(text.strip())))
        self.target.entered.connect(self._transfer)
        self.target.left.connect(self.hide)
        self._go.clicked.connect(self._transfer)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(Label("row", self.tr("Transfer the caller")))
        column.addWidget(Label("hint", self.tr("The caller is put through at once; you are free afterwards.")))
        row = QHBoxLayout()
        row.addWidget(self.target, 1)
        row.addWidget(self._go)
        column.addLayout(row)

    def open_under(self, widget: QWidget) -> None:
        self.target.clear()
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 6))
        self.move(max(0, corner.x()), corner.y())
        self.show()
        self.target.setFocus()

    def _transfer(self) -> None:
        target = self.target.text().strip()
        if target:
            self.hide()
            self.transfer_wanted.emit(target)
