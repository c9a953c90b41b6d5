"""Listening to the recording of a call: play and pause, where in it, how fast, and where nothing was kept.

Values: `offer(words)`, `show_fetching(percent)`, `show_played(RecordingPlayed)`, `show_shape(Shape)`,
`say(words, tone)`, `put_away()`. Wishes: `play_wanted(at_s, speed)`, `pause_wanted`. Keys: Space; arrows 5 s, Page up
and down 30 s; + and - the speed; S goes to the next silence, O to where both speak at once. Where places are marked:
`show_marks`, `go_to`; `mark_wanted(at_s)` by M, `mark_reached(id)` by N and P, `note_wanted` by Enter.
"""

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout

from agent_desktop.softphone.events import Playing, RecordingPlayed
from agent_desktop.softphone.recording.shape import SLICE_S, Shape, Stretch
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label

SPEEDS = (1.0, 1.25, 1.5, 2.0)
STEP_S, PAGE_S = 5, 30
LINE_PX, SHAPE_PX = 24, 64
FLAG_PX = 7
JUST_S = 0.01
LEAD_S = 1.0
"""Who goes to where something is hears what comes before it, too."""


Marks = tuple[tuple[float, str], ...]
"""Where each is, in seconds, and its id; by place."""


class Track(QSlider):
    """A line in whole seconds: what was heard, the place, and stretches of which nothing was kept; once it is known,
    how loud the agent was above it and the others below. `taken(seconds)` when somebody chose a place."""

    taken = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._pauses: tuple[Stretch, ...] = ()
        self._shape = Shape()
        self._marks: Marks = ()
        self._mark = ""
        self.setSingleStep(STEP_S)
        self.setPageStep(PAGE_S)
        self.setRange(0, 0)
        self.setFixedHeight(look.px(LINE_PX))
        self.setAccessibleName(self.tr("Place in the recording, in seconds"))
        self.actionTriggered.connect(lambda _: self.taken.emit(self.sliderPosition()))

    def show_pauses(self, pauses: tuple[tuple[float, float], ...]) -> None:
        self._pauses = pauses
        self.update()

    def show_shape(self, shape: Shape) -> None:
        self._shape = shape
        self.setFixedHeight(self._look.px(SHAPE_PX if shape.agent else LINE_PX))
        self.update()

    def show_marks(self, marks: Marks, current: str) -> None:
        self._marks, self._mark = marks, current
        self.setAccessibleDescription(self.tr("{count} marked").format(count=len(marks)) if marks else "")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.maximum():
            self.taken.emit(round(self._second_at(event.position().x())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It is pressed where one wants to hear; nothing is dragged."""

    def paintEvent(self, _: QPaintEvent) -> None:
        px, tokens = self._look.px, self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, high, edge = self.height() / 2, px(4), px(7)
        self._paint_shape(painter, middle)
        self._paint_marks(painter)
        whole = QRectF(edge, middle - high / 2, self.width() - 2 * edge, high)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(whole, high / 2, high / 2)
        at = self._x_of(self.value())
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(edge, whole.top(), at - edge, high), high / 2, high / 2)
        painter.setBrush(QColor(tokens.warn_dot))
        for begin, end in self._pauses:
            left = self._x_of(begin)
            painter.drawRect(QRectF(left, middle - high, max(px(3), self._x_of(end) - left), 2 * high))
        radius = px(7 if self.hasFocus() else 6)
        painter.setBrush(QColor(tokens.accent_text if self.hasFocus() else tokens.accent))
        painter.drawEllipse(QPointF(at, middle), radius, radius)

    def _paint_shape(self, painter: QPainter, middle: float) -> None:
        """The loudest of each pixel; amber where both speak at once."""
        tokens, high = self._look.tokens, middle - self._look.px(4)
        slices = list(enumerate(zip(self._shape.agent, self._shape.others, strict=True)))
        spoken = iter((*self._shape.at_once, (float("inf"), float("inf"))))
        begin, end = next(spoken)
        for x, of_pixel in groupby(slices, lambda one: int(self._x_of(one[0] * SLICE_S))):
            loud = list(of_pixel)
            second = loud[0][0] * SLICE_S
            while second >= end:
                begin, end = next(spoken)
            painter.setBrush(QColor(tokens.warn_dot if second >= begin else tokens.muted))
            above, below = (max(one[1][side] for one in loud) / 100 for side in (0, 1))
            painter.drawRect(QRectF(x, middle - high * above**0.5, 1, high * above**0.5))
            painter.drawRect(QRectF(x, middle, 1, high * below**0.5))

    def _paint_marks(self, painter: QPainter) -> None:
        """A flag each; the one that is chosen stands out."""
        px, tokens = self._look.px, self._look.tokens
        for second, mark_id in self._marks if self.maximum() else ():
            is_current = mark_id == self._mark
            x, side = self._x_of(second), px(FLAG_PX + 3 * is_current)
            painter.setBrush(QColor(tokens.accent_text if is_current else tokens.accent))
            painter.drawRect(QRectF(x, 0, px(2 if is_current else 1), self.height()))
            painter.drawPolygon([QPointF(x, 0), QPointF(x + side, side / 2), QPointF(x, side)])

    def _x_of(self, second: float) -> float:
        edge = self._look.px(7)
        return edge + (self.width() - 2 * edge) * min(1.0, second / max(1, self.maximum()))

    def _second_at(self, x: float) -> float:
        edge = self._look.px(7)
        return self.maximum() * min(1.0, max(0.0, (x - edge) / max(1, self.width() - 2 * edge)))


class RecordingPlayer(QFrame):
    play_wanted = Signal(float, float)
    pause_wanted = Signal()
    mark_wanted = Signal(float)
    mark_reached = Signal(str)
    note_wanted = Signal()

    def __init__(self, look: Look, formats: Formats, *, has_marks: bool = False) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._at_s = self._seconds = 0.0
        self._told_until_s = 0.0
        """So long what was said of the stretch that was jumped to stays."""
        self._is_playing = False
        self._is_fetching = False
        self._shape = Shape()
        self._marks: Marks = ()
        self._has_marks = has_marks
        self.setAccessibleName(self.tr("Recording of the call"))
        self.play = Button(look, self.tr("Play"), "play", size="compact")
        self.play.clicked.connect(self.toggle)
        self.clock = Label("meta")
        self.track = Track(look)
        self.track.taken.connect(self._seek)
        self.speed = Pick(look)
        self.speed.setAccessibleName(self.tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(self.tr("{speed}×").format(speed=f"{speed:g}"), speed)
        self.speed.currentIndexChanged.connect(lambda _: self._seek(self._at_s) if self._is_playing else None)
        self.words = Label("hint", wraps=True)
        self.silences = Button(look, "", "volume", kind="link")
        self.silences.clicked.connect(lambda: self._go_to_next(self._shape.silences))
        self.at_once = Button(look, "", "users", kind="link")
        self.at_once.clicked.connect(lambda: self._go_to_next(self._shape.at_once))
        self.sides = Label("hint", self.tr("Above: the agent. Below: the others."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(2), 0, 0)
        column.setSpacing(look.px(4))
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        for widget in (self.play, self.clock, self.track, self.speed):
            row.addWidget(widget)
        row.setStretch(2, 1)
        column.addLayout(row)
        stretches = QHBoxLayout()
        stretches.setSpacing(look.px(12))
        for widget in (self.silences, self.at_once, self.sides):
            stretches.addWidget(widget)
        stretches.addStretch(1)
        column.addLayout(stretches)
        column.addWidget(self.words)
        self.put_away()

    def put_away(self) -> None:
        """Of another call nothing is known yet."""
        self._at_s = self._seconds = self._told_until_s = 0.0
        self._is_playing = self._is_fetching = False
        self.track.show_pauses(())
        self.show_shape(Shape())
        self.show_marks((), "")
        self._show_place(0.0, 0.0)
        self._show_button()
        self.hide()

    def offer(self, words: str) -> None:
        self.say(words)
        self.show()

    def say(self, words: str, tone: str = "") -> None:
        self.words.say(words, tone)
        self.words.setVisible(bool(words))

    def show_fetching(self, percent: int) -> None:
        self._is_fetching = True
        self._show_button()
        self.say(self.tr("Fetched from the server: {percent} %").format(percent=percent))

    def show_stopped(self) -> None:
        """Nothing is fetched or heard any more."""
        self._is_fetching = self._is_playing = False
        self._show_button()

    def show_played(self, played: RecordingPlayed) -> None:
        self._is_fetching = False
        self._is_playing = played.stage is Playing.GOES_ON
        at_s = 0.0 if played.stage is Playing.DONE else played.at_s
        self.track.show_pauses(played.pauses)
        self._show_place(at_s, played.seconds or self._seconds)
        self._show_button()
        if not self._is_playing or at_s < self._told_until_s:
            return
        is_kept = all(not begin <= at_s < end for begin, end in played.pauses)
        if not is_kept:
            self.say(self.tr("Nothing was kept here: the recording was paused."), "warn")
        elif played.pauses:
            self.say(self.tr("Where the line is amber nothing was kept: the recording was paused."))
        else:
            self.say("")

    def show_shape(self, shape: Shape) -> None:
        self._shape = shape
        self.track.show_shape(shape)
        silences, at_once = len(shape.silences), len(shape.at_once)
        self.silences.wear("link", "volume", self.tr("Silence: {count} (S)").format(count=silences))
        self.at_once.wear("link", "users", self.tr("At once: {count} (O)").format(count=at_once))
        self.silences.setEnabled(bool(silences))
        self.at_once.setEnabled(bool(at_once))
        for widget in (self.silences, self.at_once, self.sides):
            widget.setVisible(bool(shape.agent))

    @property
    def place_s(self) -> float:
        return self._at_s

    def show_marks(self, marks: Marks, current: str) -> None:
        self._marks = marks
        self.track.show_marks(marks, current)

    def take_keyboard(self) -> None:
        """The line has it, once there is something to go through."""
        (self.track if self.track.isEnabled() else self).setFocus()

    def go_to(self, at_s: float) -> None:
        """Plays on from there, if it plays."""
        self._seek(at_s)

    def toggle(self) -> None:
        if self._is_playing:
            self.pause_wanted.emit()
        elif not self._is_fetching:
            self.play_wanted.emit(self._at_s, self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space:
                self.toggle()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.speed.setCurrentIndex(min(len(SPEEDS) - 1, self.speed.currentIndex() + 1))
            case Qt.Key.Key_Minus:
                self.speed.setCurrentIndex(max(0, self.speed.currentIndex() - 1))
            case Qt.Key.Key_S:
                self._go_to_next(self._shape.silences)
            case Qt.Key.Key_O:
                self._go_to_next(self._shape.at_once)
            case Qt.Key.Key_M if self._has_marks:
                self.mark_wanted.emit(self._at_s)
            case Qt.Key.Key_N if self._has_marks:
                later = (one for one in self._marks if one[0] > self._at_s + JUST_S)
                self._reach(next(later, next(iter(self._marks), None)))
            case Qt.Key.Key_P if self._has_marks:
                reach_s = self._at_s - (LEAD_S if self._is_playing else JUST_S)
                earlier = (one for one in reversed(self._marks) if one[0] < reach_s)
                self._reach(next(earlier, next(reversed(self._marks), None)))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._has_marks:
                self.note_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def _reach(self, mark: tuple[float, str] | None) -> None:
        if mark is not None:
            self._seek(mark[0])
            self.mark_reached.emit(mark[1])

    def _go_to_next(self, stretches: tuple[Stretch, ...]) -> None:
        """To the one after this place, behind the last to the first."""
        if not stretches:
            return
        later = (one for one in stretches if one[0] - LEAD_S > self._at_s + LEAD_S)
        begin, end = next(later, stretches[0])
        self._seek(max(0.0, begin - LEAD_S))
        self._told_until_s = end
        words = self.tr("From {begin} to {end}").format(
            begin=self._formats.duration(begin), end=self._formats.duration(end)
        )
        self.say(words)

    @property
    def _chosen(self) -> float:
        return float(self.speed.currentData())

    def _seek(self, at_s: float) -> None:
        self._told_until_s = 0.0
        self._show_place(min(max(0.0, float(at_s)), self._seconds), self._seconds)
        if self._is_playing:
            self.play_wanted.emit(self._at_s, self._chosen)

    def _show_place(self, at_s: float, seconds: float) -> None:
        self._at_s, self._seconds = at_s, seconds
        self.track.setRange(0, int(seconds))
        self.track.setValue(int(at_s))
        times = (self._formats.duration(at_s), self._formats.duration(seconds))
        self.clock.say(" / ".join(times) if seconds else "")
        self.clock.setVisible(bool(seconds))
        self.track.setEnabled(bool(seconds))
        if self.hasFocus():
            self.take_keyboard()

    def _show_button(self) -> None:
        self.play.setEnabled(not self._is_fetching)
        words = self.tr("Pause") if self._is_playing else self.tr("Play")
        self.play.wear("plain", "pause" if self._is_playing else "play", words)
        self.play.setAccessibleName(words)
