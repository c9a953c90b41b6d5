"""The recovery codes, shown this once: they are copied, printed or saved, and that they are kept is said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import Step
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label

COLUMNS = 2


class RecoveryStep(Step):
    kept = Signal()
    print_wanted = Signal(tuple)
    save_wanted = Signal(tuple)

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Continue"))
        self.codes: tuple[str, ...] = ()
        self._look = look
        self.column.addWidget(Label("section", self.tr("Keep your recovery codes")))
        why = self.tr(
            "Each lets you in once without your telephone. They are not shown again: print or save them, and do not "
            "keep them on this computer."
        )
        self.add_words(look, "body", why)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        self._grid.setVerticalSpacing(look.px(6))
        self.column.addWidget(self._card)
        self.copy = Button(look, self.tr("Copy"), icon="copy")
        self.print = Button(look, self.tr("Print…"))
        self.save = Button(look, self.tr("Save…"))
        row = QHBoxLayout()
        for button in (self.copy, self.print, self.save):
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addSpacing(look.px(6))
        self.tick = Tick(look, self.tr("I have kept these codes in a safe place"))
        self.column.addWidget(self.tick)
        self.end(look)
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.codes))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.codes))
        self.tick.toggled.connect(self._weigh)
        self.go.clicked.connect(self._press)
        self._weigh()

    def show_codes(self, codes: tuple[str, ...]) -> None:
        self.forget()
        self.codes = codes
        self.tick.setChecked(False)
        self.band.hide()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        rows = -(-len(codes) // COLUMNS)
        for n, code in enumerate(codes):
            label = Label("meta", code)
            label.setFont(font)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, n % rows, n // rows)

    def forget(self) -> None:
        """They leave the screen for good."""
        self.codes = ()
        while (item := self._grid.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.deleteLater()

    def show_error(self, words: str) -> None:
        self.band.show_trouble(words)

    def start(self) -> None:
        self.copy.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.codes))
        self.band.show_news(self.tr("Copied. Paste them where they are safe, then copy something else."))

    def _weigh(self) -> None:
        why_not = self.tr("Say first that you have kept the codes: they are not shown again.")
        self.go.offer(is_possible=self.tick.isChecked(), why_not=why_not)

    def _press(self) -> None:
        if self.go.isEnabled():
            self.kept.emit()
