"""The strip while we dial or talk: timer, level, who it is, and the buttons that fit the state of the call."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.softphone.call import CallState, Recording
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.strip.signs import Signs
from agent_desktop.ui.strip.situation import Situation, StripState
from agent_desktop.ui.strip.words import ButtonFace, again_sentence, again_word, news_of
from agent_desktop.ui.widgets.level_meter import LevelMeter
from agent_desktop.ui.widgets.parts import Glyph, Label, Rule

DEEDS = (
    Deed.RECORD, Deed.STOP_RECORDING, Deed.MUTE, Deed.HOLD, Deed.CONSULT, Deed.TRANSFER, Deed.CONFERENCE,
    Deed.COMPLETE, Deed.CANCEL_CONSULT, Deed.KEYPAD, Deed.SPLIT, Deed.LEAVE, Deed.HANG_UP, Deed.END_ALL,
)  # fmt: skip
_WAY_BACK = {Deed.RETRIEVE: ButtonFace("play", 8, kind="primary", keys="Ctrl+H")}
"""After somebody was not reached, taking the caller back is what one wants."""

_CONFERENCES = (StripState.CONFERENCE, StripState.CONFERENCE_HELD)


class TalkingPage(QWidget):
    pressed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._situation: Situation | None = None
        self._held_since: datetime | None = None
        self._mic_is_silent = self._asks_again = False
        self._timer = Label("timer", "00:00", "accent")
        self.signs = Signs(look, formats)
        self._rule = Rule(upright=True, length_px=look.px(28))
        self.party = Party(look)
        self._recording = Glyph(look, "record", "bad", 16)
        self._recording_word = Label("meta", "", "bad")
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        px = look.px
        row = self._parts = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(14), 0)
        row.setSpacing(px(8))
        row.addWidget(self._timer)
        row.addWidget(self.signs)
        row.addWidget(self._rule)
        row.addWidget(self.party, 1)
        row.addWidget(self._recording)
        row.addWidget(self._recording_word)
        row.addWidget(self.row)

    @property
    def face(self) -> CallFace | None:
        return None if self._situation is None else self._situation.main

    @property
    def meter(self) -> LevelMeter:
        return self.signs.meter

    def show_situation(
        self, situation: Situation, offers: tuple[Offer, ...], held_since: datetime | None, now: datetime
    ) -> None:
        """`held_since` is when our hold began, as far as this window knows."""
        before, main = self.face, situation.main
        if main is None:
            return
        if before is None or before.call.id != main.call.id:
            self.signs.forget()
            self._mic_is_silent = False
        if situation.state not in _CONFERENCES:
            self.ask_again(is_asked=False)
        self._situation, self._held_since = situation, held_since
        self._show_recording(main.call.recording)
        not_reached = situation.state in (StripState.TRANSFER_FAILED, StripState.CONSULT_FAILED)
        self.row.show_offers(offers, _WAY_BACK if not_reached else None)
        self._show_party()
        self.tick(now)
        self._fit()

    def show_microphone(self, *, is_silent: bool) -> None:
        """The other side talks and nothing comes from here."""
        self._mic_is_silent = is_silent
        if self._situation is not None:
            self._show_party()

    def ask_again(self, *, is_asked: bool) -> None:
        """Whether one more press ends the conference for everybody."""
        if is_asked != self._asks_again:
            self._asks_again = is_asked
            self.row.rename(Deed.END_ALL, again_word() if is_asked else "")
            self._show_party()
            self._fit()

    def tick(self, now: datetime) -> None:
        face, situation = self.face, self._situation
        if face is None or situation is None:
            return
        call = face.call
        if call.answered_at is None:
            self._timer.say(self._formats.duration((now - call.started_at).total_seconds()), "sec")
        else:
            is_held = call.held_here or call.held_there
            talked = self._formats.duration((now - call.answered_at).total_seconds())
            self._timer.say(talked, "warn" if is_held else "accent")
        self._show_signs(situation.state, face, now)
        if self.signs.isHidden():
            self._show_party()

    def _show_signs(self, state: StripState, face: CallFace, now: datetime) -> None:
        call = face.call
        if call.state is CallState.EARLY_MEDIA:
            self.signs.show_wait(self.tr("Announcement"), "sec")
        elif call.answered_at is None:
            self.signs.show_wait(self.tr("Ringing there…") if call.rings_there else self.tr("Dialling…"), "sec")
        elif state is StripState.ENDING:
            self.signs.show_wait(self.tr("Ending…"), "sec")
        elif call.held_here:
            held = 0.0 if self._held_since is None else (now - self._held_since).total_seconds()
            words = self.tr("On hold {duration}").format(duration=self._formats.duration(held))
            self.signs.show_wait(words, "warn", self.tr("Held there too") if call.held_there else "")
        elif call.held_there:
            self.signs.show_wait(self.tr("Held there"), "warn")
        else:
            self.signs.show_talk()

    def _show_party(self) -> None:
        situation = self._situation
        if situation is None or situation.main is None:
            return
        words, tone = news_of(situation)
        if self._asks_again:
            words, tone = again_sentence(), "bad"
        elif not words and self._mic_is_silent and situation.main.call.is_talking and not situation.main.call.muted:
            words, tone = self.tr("Your microphone is silent. Check the headset."), "bad"
        elif not words and self.signs.isHidden():
            words, tone = self.signs.wait, "warn"
        self.party.show_face(situation.main, words, tone)

    def _show_recording(self, recording: Recording) -> None:
        words, icon, tone = {
            Recording.OFF: ("", "record", "bad"),
            Recording.ON: (self.tr("Recording"), "record", "bad"),
            Recording.PAUSED: (self.tr("Recording paused"), "pause", "warn"),
            Recording.BROKEN: (self.tr("Recording broke off"), "warning", "warn"),
        }[recording]
        self._recording.show_icon(icon, tone)
        self._recording_word.say(words, tone)
        self._recording.setToolTip(words)
        self._recording.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The buttons get what timer, signs and a readable name leave; before their words go the word "recording", the
        level and the room that news would like."""
        margins, gap = self._parts.contentsMargins(), self._look.px(8)
        room = self.width() - margins.left() - margins.right() - self._timer.sizeHint().width() - gap
        words = self._recording_word
        is_recorded = bool(words.full_text)
        if is_recorded:
            room -= self._recording.sizeHint().width() + gap
        signs = (
            max(self.signs.sizeHint().width(), self.signs.minimumWidth()) + gap + self._rule.sizeHint().width() + gap
        )
        word = words.sizeHint().width() + gap if is_recorded else 0
        party, least_party = self.party.wanted_width + gap, self.party.least_width + gap
        has_word = is_recorded and self.row.whole_width <= room - signs - party - word
        has_signs = self.row.least_width <= room - signs - (party if self.party.has_news else least_party)
        room -= (signs if has_signs else 0) + (word if has_word else 0)
        words.setVisible(has_word)
        if has_signs is self.signs.isHidden():
            for part in (self.signs, self._rule):
                part.setVisible(has_signs)
            self._show_party()
        self.row.fit(max(room - party, min(room - least_party, self.row.least_width)))
