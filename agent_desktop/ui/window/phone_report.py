"""The report of a phone that keeps stopping, to be copied to whoever helps. It waits beside the work, not over it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label


class PhoneReport(QDialog):
    def __init__(self, look: Look, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        px = look.px
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report on the phone"))
        self.resize(px(720), px(460))
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.windowTitle())
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.copy = Button(look, self.tr("Copy"), kind="primary")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = Button(look, self.tr("Close"))
        close.clicked.connect(self.close)
        words = Label("body", self.tr("Send this to IT. Numbers and passwords are left out."), elides=False)
        below = QHBoxLayout()
        below.addWidget(words, 1)
        below.addWidget(self.copy)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(self.text)
        column.addLayout(below)
