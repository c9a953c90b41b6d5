"""The compact phone: 320 by 116, always on top, for agents who work in another program.

Values: `show_situation(Situation, held_since, now)`, `show_seat(seat, now)`, `show_waiting(words)`,
`show_urgent(words)`, `tick(now)`.
Wishes: `pressed(Deed)`, `full_wanted` (Escape, a double click, closing it), `dial_wanted`, `moved(places)`; the state
button has its own. It comes up without taking the focus, where it stood last on that monitor.
"""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.session import Seat
from agent_desktop.softphone.call import CallState
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.places import Places
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Facts, Offer, offers
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.strip.situation import Beside, Situation, StripState
from agent_desktop.ui.strip.words import again_sentence, again_word, news_of
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.window.state_button import BreakReason, StateButton

WIDTH_PX, HEIGHT_PX = 320, 116
SHOWN = (
    Deed.MUTE,
    Deed.HOLD,
    Deed.CANCEL_CONSULT,
    Deed.COMPLETE,
    Deed.DECLINE,
    Deed.ANSWER,
    Deed.LEAVE,
    Deed.HANG_UP,
    Deed.END_ALL,
)
_TONES = {StripState.RINGING: "ok", StripState.HELD_HERE: "warn", StripState.HELD_BOTH: "warn"}


class CompactPhone(QFrame):
    pressed = Signal(object)
    full_wanted = Signal()
    dial_wanted = Signal()
    moved = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._situation = Situation(StripState.IDLE)
        self._held_since: datetime | None = None
        self._places = Places()
        self._grip: QPoint | None = None
        self._asks_again = False
        self._urgent = ""
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(self.tr("Compact phone"))
        self.setAccessibleName(self.tr("Compact phone"))
        self.setProperty("role", "compact")
        self.setFixedSize(look.px(WIDTH_PX), look.px(HEIGHT_PX))
        self.state = StateButton(look, formats)
        self.state.setProperty("measure", "compact")
        self.state.setFixedHeight(look.px(26))
        self.full = Button(look, "", "expand", kind="ghost", size="compact", name=self.tr("Full window"))
        self.full.setToolTip(self.tr("Full window (Esc)"))
        self._party = Party(look)
        self._timer = Label("timer", "00:00", "accent")
        self._news = Label("meta", "", elides=True)
        self.row = ButtonRow(look, *SHOWN, is_low=True)
        self._nobody = Label("row", self.tr("No call"))
        self._waiting = Label("meta", "", elides=True)
        self.dial = Button(look, self.tr("Dial a number"), "keypad", size="call")
        self._lay_out()
        self.row.pressed.connect(self.pressed)
        self.full.clicked.connect(self.full_wanted)
        self.dial.clicked.connect(self.dial_wanted)
        self.show_situation(self._situation, None, datetime.now().astimezone())

    def _lay_out(self) -> None:
        px = self._look.px
        self._pages = QStackedWidget()
        call, idle = QWidget(), QWidget()
        above = QHBoxLayout()
        above.setSpacing(px(8))
        above.addWidget(self._party, 1)
        above.addWidget(self._timer)
        in_call = QVBoxLayout(call)
        in_call.setContentsMargins(0, 0, 0, 0)
        in_call.setSpacing(px(4))
        in_call.addLayout(above)
        in_call.addWidget(self.row, 0, Qt.AlignmentFlag.AlignRight)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._nobody)
        words.addWidget(self._waiting)
        words.addStretch(1)
        in_idle = QHBoxLayout(idle)
        in_idle.setContentsMargins(0, 0, 0, 0)
        in_idle.setSpacing(px(10))
        in_idle.addWidget(Glyph(self._look, "headset", "muted", 24))
        in_idle.addLayout(words, 1)
        in_idle.addWidget(self.dial)
        self._pages.addWidget(call)
        self._pages.addWidget(idle)
        foot = QHBoxLayout()
        foot.setSpacing(px(6))
        foot.addWidget(self.state)
        foot.addWidget(self._news, 1)
        foot.addWidget(self.full)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(4), px(8), px(5))
        column.setSpacing(px(3))
        column.addLayout(foot)
        column.addWidget(self._pages, 1)

    # ---- values -------------------------------------------------------------------------------------------

    def offer_breaks(self, reasons: tuple[BreakReason, ...]) -> None:
        self.state.offer_breaks(reasons)

    def show_seat(self, seat: Seat, now: datetime) -> None:
        self.state.show_seat(seat, now)

    def show_waiting(self, words: str) -> None:
        """What is being waited for while nobody calls."""
        self._waiting.say(words)

    def show_urgent(self, words: str) -> None:
        """A lead's message that waits to be read in the window; empty for none."""
        self._urgent = words

    def show_situation(self, situation: Situation, held_since: datetime | None, now: datetime) -> None:
        """The same as the strip shows; `held_since` is when the agent's own hold began."""
        self._situation, self._held_since = situation, held_since
        main = situation.main
        self._pages.setCurrentIndex(1 if main is None else 0)
        set_property(self, "tone", self._tone())
        if main is not None:
            self._party.show_face(main)
            self.row.show_offers(self._offers(situation))
            self.row.fit(self.width() - self._look.px(20))
        self.tick(now)

    def ask_again(self, now: datetime, *, is_asked: bool) -> None:
        """Whether one more press ends the conference for everybody."""
        self._asks_again = is_asked
        self.row.rename(Deed.END_ALL, again_word() if is_asked else "")
        self.tick(now)

    def tick(self, now: datetime) -> None:
        self.state.tick(now)
        main = self._situation.main
        if main is None:
            self._news.say(self._urgent, "bad")
            return
        call = main.call
        since = call.answered_at or call.started_at
        tone = {"ok": "ok", "warn": "warn", "bad": "bad"}.get(self._tone(), "accent")
        self._timer.say(self._formats.duration((now - since).total_seconds()), tone)
        words, news_tone = self._say_news(now)
        self._news.say(words, news_tone)

    # ---- where it stands ------------------------------------------------------------------------------------

    def remember(self, places: str) -> None:
        """Where it stood on each monitor, as `moved` said it."""
        self._places = Places.read(places)

    def come_up(self, screen: QScreen) -> None:
        """On this monitor, where it stood there last, else in its lower right corner; the focus stays where it is."""
        room = screen.availableGeometry()
        self.move(self._places.on(_name_of(screen), room, self.size(), self._look.px(16)))
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        handle = self.windowHandle()
        if QGuiApplication.platformName() == "wayland" and handle is not None:
            handle.startSystemMove()
            self._grip = None
            return
        self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        self._grip = None
        screen = self.screen()
        self._places = self._places.with_place(_name_of(screen), self.pos() - screen.availableGeometry().topLeft())
        self.moved.emit(self._places.text)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.full_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.full_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it ends no call and no program: the full window comes back."""
        event.ignore()
        self.full_wanted.emit()

    # ---- what it says -----------------------------------------------------------------------------------------

    def _offers(self, situation: Situation) -> tuple[Offer, ...]:
        """A call that rings beside the one that goes on is what the agent looks for here."""
        if situation.beside_is is Beside.RINGING:
            return (Offer(Deed.DECLINE), Offer(Deed.ANSWER), Offer(Deed.HANG_UP))
        muted = situation.main is not None and situation.main.call.muted
        return offers(situation.state, Facts(is_muted=muted))

    def _tone(self) -> str:
        situation = self._situation
        if situation.beside_is is Beside.RINGING:
            return "ok"
        if situation.main is not None and situation.main.call.muted and situation.state not in _TONES:
            return "bad"
        return _TONES.get(situation.state, "")

    def _say_news(self, now: datetime) -> tuple[str, str]:
        situation = self._situation
        main = situation.main
        if situation.beside is not None and situation.beside_is is Beside.RINGING:
            who = situation.beside.title or self.tr("Number withheld")
            return self.tr("{who} rings").format(who=who), "ok"
        words, tone = (again_sentence(), "bad") if self._asks_again else news_of(situation)
        if words or main is None:
            return words, tone
        if self._urgent:
            return self._urgent, "bad"
        if main.call.held_here and self._held_since is not None:
            held = self._formats.duration((now - self._held_since).total_seconds())
            return self.tr("On hold {duration}").format(duration=held), "warn"
        if main.call.held_there:
            return self.tr("The other side holds"), "warn"
        if main.call.muted:
            return self.tr("You are muted"), "bad"
        if main.call.state in (CallState.DIALLING, CallState.EARLY_MEDIA):
            return self.tr("Ringing there…") if main.call.rings_there else self.tr("Dialling…"), "sec"
        return "", ""


def _name_of(screen: QScreen) -> str:
    return screen.name() or "screen"
