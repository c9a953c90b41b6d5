"""The strip while we dial or talk: timer, level, who it is, and the buttons that fit the state of the call."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.softphone.call import CallState
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.keypad import Keypad
from agent_desktop.ui.level_meter import LevelMeter
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, Rule


class TalkingPage(QWidget):
    mute_wanted = Signal(str, bool)
    hold_wanted = Signal(str, bool)
    digit_wanted = Signal(str, str)
    hang_up_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._face: CallFace | None = None
        self._held_since: datetime | None = None
        self._is_compact = False
        self._timer = Label("timer", "00:00", "accent")
        self._held = Label("meta", "", "warn")
        self.meter = LevelMeter(look)
        self._party = Party(look)
        self._recording = Glyph(look, "record", "bad", 16)
        self._recording_word = Label("meta", self.tr("Recording"), "bad")
        self.mute = Button(look, self.tr("Mute"), "mic", size="call")
        self.hold = Button(look, self.tr("Hold"), "pause", size="call")
        self.keypad = Button(look, self.tr("Keypad"), "keypad", size="call")
        self.hang_up = Button(look, self.tr("Hang up"), "hang-up", kind="danger", size="call")
        self._pad = Keypad(look, self)
        self._words = {
            self.mute: self.tr("Mute"),
            self.hold: self.tr("Hold"),
            self.keypad: self.tr("Keypad"),
        }
        for button, keys in (
            (self.mute, "Ctrl+M"),
            (self.hold, "Ctrl+H"),
            (self.keypad, "Ctrl+D"),
            (self.hang_up, "Ctrl+Shift+H"),
        ):
            button.setAccessibleDescription(keys)
            button.setToolTip(keys)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.mute.clicked.connect(self.toggle_mute)
        self.hold.clicked.connect(self.toggle_hold)
        self.keypad.clicked.connect(self.open_keypad)
        self.hang_up.clicked.connect(self.end)
        self._pad.digit_wanted.connect(self._send_digit)

    def _lay_out(self) -> None:
        px = self._look.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(14), 0)
        row.setSpacing(px(8))
        row.addWidget(self._timer)
        row.addWidget(self._held)
        row.addWidget(self.meter)
        row.addWidget(Rule(upright=True, length_px=px(28)))
        row.addWidget(self._party, 1)
        row.addWidget(self._recording)
        row.addWidget(self._recording_word)
        row.addSpacing(px(4))
        for button in (self.mute, self.hold, self.keypad):
            row.addWidget(button)
        row.addSpacing(px(4))
        row.addWidget(self.hang_up)

    @property
    def face(self) -> CallFace | None:
        return self._face

    def show_face(self, face: CallFace, held_since: datetime | None, now: datetime) -> None:
        """`held_since` is when our hold began, as far as this window knows."""
        if self._face is None or face.call.id != self._face.call.id:
            self.meter.clear()
            self._pad.hide()
        self._face, self._held_since = face, held_since
        call = face.call
        is_up = call.state is CallState.CONNECTED
        self._party.show_face(face)
        self._recording.setVisible(face.is_recorded and is_up)
        self._recording_word.setVisible(face.is_recorded and is_up and not self._is_compact)
        for button in (self.mute, self.hold):
            button.offer(is_possible=is_up, why_not=self.tr("Possible once the call is answered."))
        self.keypad.offer(
            is_possible=is_up or call.state is CallState.EARLY_MEDIA,
            why_not=self.tr("Possible once the call is answered."),
        )
        self.hang_up.setEnabled(call.state is not CallState.ENDING)
        self._words[self.mute] = self.tr("Unmute") if call.muted else self.tr("Mute")
        self._words[self.hold] = self.tr("Resume") if call.held_here else self.tr("Hold")
        self.mute.wear("amber" if call.muted else "plain", "mic-off" if call.muted else "mic")
        self.hold.wear("amber" if call.held_here else "plain", "play" if call.held_here else "pause")
        self._put_words()
        self.tick(now)

    def be_compact(self, *, compact: bool) -> None:
        """Icons only, to leave room for a second call."""
        self._is_compact = compact
        self.meter.setVisible(not compact)
        self._put_words()

    def tick(self, now: datetime) -> None:
        if self._face is None:
            return
        call = self._face.call
        if call.answered_at is None:
            self._timer.say(self._formats.duration((now - call.started_at).total_seconds()), "sec")
            self._held.say(self.tr("Ringing there…") if call.rings_there else self.tr("Dialling…"), "sec")
            self._held.show()
            return
        is_held = call.held_here or call.held_there
        self._timer.say(
            self._formats.duration((now - call.answered_at).total_seconds()), "warn" if is_held else "accent"
        )
        self._held.setVisible(is_held)
        if call.held_here and self._held_since is not None:
            held = self._formats.duration((now - self._held_since).total_seconds())
            self._held.say(self.tr("On hold {duration}").format(duration=held), "warn")
        elif call.held_there:
            self._held.say(self.tr("The other side holds"), "warn")

    def toggle_mute(self) -> None:
        if self._face is not None and self.mute.isEnabled():
            self.mute_wanted.emit(self._face.call.id, not self._face.call.muted)

    def toggle_hold(self) -> None:
        if self._face is not None and self.hold.isEnabled():
            self.hold_wanted.emit(self._face.call.id, not self._face.call.held_here)

    def open_keypad(self) -> None:
        if self.keypad.isEnabled():
            self._pad.open_under(self.keypad)

    def end(self) -> None:
        if self._face is not None and self.hang_up.isEnabled():
            self.hang_up_wanted.emit(self._face.call.id)

    def _put_words(self) -> None:
        for button, words in self._words.items():
            button.setText("" if self._is_compact else words)
            button.setAccessibleName(words)
        if not self._is_compact:
            self.mute.setMinimumWidth(self._look.px(92))
            self.hold.setMinimumWidth(self._look.px(92))
        else:
            self.mute.setMinimumWidth(0)
            self.hold.setMinimumWidth(0)

    def _send_digit(self, digit: str) -> None:
        if self._face is not None:
            self.digit_wanted.emit(self._face.call.id, digit)
