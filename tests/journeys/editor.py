"""Another program, with one field: every text that stands in it is a line on standard output."""

import sys

from PySide6.QtWidgets import QApplication, QLineEdit

if __name__ == "__main__":
    application = QApplication(sys.argv)
    field = QLineEdit()
    field.setWindowTitle("Another program")
    field.resize(400, 40)
    field.move(40, 900)
    field.textChanged.connect(lambda text: print(text, flush=True))
    field.show()
    sys.exit(application.exec())
