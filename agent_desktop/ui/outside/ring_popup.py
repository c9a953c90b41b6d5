"""The ring over other programs: who calls, answer and decline, on top of everything and never with the focus.

Values: `show_faces(ringing)`, `tick(now)`. Wishes: `answer_wanted(id)`, `decline_wanted(id)`, `open_wanted`.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.widgets.parts import Glyph, Label

WIDTH_PX, HEIGHT_PX, MARGIN_PX = 400, 104, 16


class RingPopup(QFrame):
    answer_wanted = Signal(str)
    decline_wanted = Signal(str)
    open_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._face: CallFace | None = None
        # A tool tip is the one kind of window that no desktop ever gives the focus to.
        self.setWindowFlags(
            Qt.WindowType.ToolTip
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowTitle(self.tr("Incoming call"))
        self.setAccessibleName(self.tr("Incoming call"))
        self.setProperty("role", "compact")
        self.setProperty("tone", "ok")
        self.setFixedSize(look.px(WIDTH_PX), look.px(HEIGHT_PX))
        self._party = Party(look)
        self._timer = Label("timer", "00:00", "ok")
        self._more = Label("meta", "", elides=True)
        self.row = ButtonRow(look, Deed.DECLINE, Deed.ANSWER)
        self.row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for button in (self.row.button(Deed.DECLINE), self.row.button(Deed.ANSWER)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.pressed.connect(self._do)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(px(10))
        above.addWidget(Glyph(self._look, "phone-in", "ok", 20))
        above.addWidget(self._party, 1)
        above.addWidget(self._timer)
        below.setSpacing(px(8))
        below.addWidget(self._more, 1)
        below.addWidget(self.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(10), px(10))
        column.setSpacing(px(6))
        column.addLayout(above)
        column.addLayout(below)

    @property
    def face(self) -> CallFace | None:
        """The call that is shown."""
        return self._face

    def show_faces(self, ringing: tuple[CallFace, ...], now: datetime) -> None:
        """The first of the calls that ring; none: it goes away."""
        self._face = ringing[0] if ringing else None
        if self._face is None:
            self.hide()
            return
        self._party.show_face(self._face)
        self.row.show_offers(offers(StripState.RINGING, Facts()))
        others = len(ringing) - 1
        self._more.say(self.tr("{count} more waiting").format(count=others) if others else "")
        self.tick(now)
        if not self.isVisible():
            self._come_up()

    def tick(self, now: datetime) -> None:
        if self._face is not None:
            self._timer.say(self._formats.duration((now - self._face.call.started_at).total_seconds()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_wanted.emit()

    def _come_up(self) -> None:
        """In the upper right corner of the monitor where the hand is: the lower one belongs to chat programs."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room, margin = screen.availableGeometry(), self._look.px(MARGIN_PX)
        self.move(room.right() + 1 - self.width() - margin, room.top() + margin)
        self.show()
        self.raise_()

    def _do(self, deed: Deed) -> None:
        if self._face is not None:
            (self.answer_wanted if deed is Deed.ANSWER else self.decline_wanted).emit(self._face.call.id)
