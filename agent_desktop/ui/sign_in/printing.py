"""Recovery codes on paper."""

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_codes(window: QWidget, sheet: str) -> None:
    """Asks for the printer first; nothing is printed when that is called off."""
    printer = QPrinter()
    dialogue = QPrintDialog(printer, window)
    if dialogue.exec():
        document = QTextDocument()
        document.setPlainText(sheet)
        document.print_(printer)
