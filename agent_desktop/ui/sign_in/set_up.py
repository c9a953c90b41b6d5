"""Setting up a second factor: the secret goes into a telephone, by camera or by hand, and a code proves that it did."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.asking import DIGITS, AskingStep
from agent_desktop.ui.sign_in.qr_code import QrCode
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine


class SetUpStep(AskingStep):
    """`wanted` is the code that the telephone shows now."""

    def __init__(self, look: Look) -> None:
        why_not = self.tr("A code has six digits.")
        super().__init__(look, self.tr("Check the code"), 2 * DIGITS, lambda typed: len(typed) == DIGITS, why_not)
        self.picture = QrCode(look.px(164), self.tr("QR code of the secret; the secret stands below it as text"))
        self.secret = TextLine(self.tr("Secret to type"))
        self.secret.setProperty("kind", "shown")
        self.secret.setReadOnly(True)
        self.secret.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.column.addWidget(Label("section", self.tr("Your role needs a second factor")))
        how = self.tr(
            "1. Open an authenticator on your telephone and let it read this picture, or type the secret into it."
        )
        self.add_words(look, "body", how)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignCenter)
        row.addStretch(1)
        self.column.addLayout(row)
        self.add_field(look, self.tr("Secret to type"), self.secret)
        self.add_words(look, "body", self.tr("2. Enter the six digits that it shows now."))
        self.add_field(look, self.tr("Code"), self.code)
        self.end(look, self.back)

    def show_factor(self, secret: str, uri: str) -> None:
        """The secret in groups of four, as people copy it."""
        self.picture.show_text(uri)
        self.secret.setText(" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)))
        self.secret.setCursorPosition(0)
        self.code.clear()
        self.band.hide()

    def forget(self) -> None:
        """The secret leaves the screen and the memory of this window."""
        self.picture.show_text("-")
        self.secret.clear()
