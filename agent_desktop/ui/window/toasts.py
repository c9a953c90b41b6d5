"""Toasts: brief notices over the bottom of what is shown. `show_toast(Notice)`, `drop(key)` once its matter is over."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.window.notices import Notice, face_of

SHOWN_FOR_MS = 6_000
AT_ONCE = 2
WIDTH_PX = 420


class Toasts(QWidget):
    """At most two at once, six seconds each, at the bottom left of the page or of the centre of the workspace; they
    never take the focus."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._over = parent
        self._shown: list[_Toast] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        self.hide()
        parent.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._shown:
            self._place()
        return False

    def stand_over(self, over: QWidget) -> None:
        """That is shown from now on; what is still said goes there, too."""
        if over is self._over:
            return
        self._over.removeEventFilter(self)
        over.installEventFilter(self)
        self._over = over
        self.setParent(over)
        if self._shown:
            self._place()
            self.show()
            self.raise_()

    def show_toast(self, notice: Notice) -> None:
        while len(self._shown) >= AT_ONCE:
            self._drop(self._shown[0])
        toast = _Toast(self._look, notice)
        toast.closed.connect(lambda: self._drop(toast))
        self._shown.append(toast)
        self._column.addWidget(toast)
        self._place()
        self.show()
        self.raise_()
        announce(self, notice.words)

    def drop(self, key: str) -> None:
        """The notice of this key goes at once."""
        for toast in [one for one in self._shown if one.key == key]:
            self._drop(toast)

    def say_otherwise(self, key: str, words: str) -> None:
        """The notice of this key stands there in other words."""
        for toast in self._shown:
            if toast.key == key:
                toast.words.say(words)

    def _drop(self, toast: "_Toast") -> None:
        if toast not in self._shown:
            return
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        if self._shown:
            self._place()
        else:
            self.hide()

    def _place(self) -> None:
        parent = self._over
        width = min(self._look.px(WIDTH_PX), parent.width() - self._look.px(24))
        heights = [toast.height_at(width) for toast in self._shown]
        height = sum(heights) + self._column.spacing() * (len(heights) - 1)
        self.setGeometry(self._look.px(12), parent.height() - height - self._look.px(12), width, height)


class _Toast(QFrame):
    closed = Signal()

    def __init__(self, look: Look, notice: Notice) -> None:
        super().__init__()
        icon, token = face_of(notice)
        self._look, self.key = look, notice.key
        self.setProperty("role", "popover")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(8), look.px(6), look.px(8))
        row.setSpacing(look.px(10))
        row.addWidget(Glyph(look, icon, token, 18))
        column = QVBoxLayout()
        column.setSpacing(0)
        self.words = Label("row", notice.words, wraps=True)
        column.addWidget(self.words)
        if notice.detail:
            column.addWidget(Label("meta", notice.detail, wraps=True))
        row.addLayout(column, 1)
        close = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.closed)
        row.addWidget(close)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.closed)
        timer.start(SHOWN_FOR_MS)

    def height_at(self, width: int) -> int:
        """What its sentences need, however many lines they make of this width."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()
        self._row.invalidate()
        return max(self._row.totalHeightForWidth(width), self._look.px(52))
