"""The strip while nobody calls: a field to dial in, what waits in the voicemail, and peace when it is wanted."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.softphone.events import Voicemail
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.keypad import Keypad
from agent_desktop.ui.strip.shown_number import ShownNumber
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.strip.words import FACES, word
from agent_desktop.ui.widgets.controls import Field
from agent_desktop.ui.widgets.parts import Label

REMEMBERED = 20
WAITING_PX = 120


class IdlePage(QWidget):
    """The Up arrow in the field brings back what was typed into it before, and nothing that was only clicked on: a
    number that is shown masked stays so."""

    pressed = Signal(object)
    dial_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state = StripState.IDLE
        self._why_no_line = ""
        self._last = ""
        self._has_voicemail_number = self._is_quiet = self._is_refused = False
        self._no_line = self._before = ""
        self._voicemail = Voicemail()
        self._masked = ("", "")
        self._typed: list[str] = []
        self.number = Field(
            look, self.tr("Number to call"), self.tr("Enter a number or extension"), "phone", "F8", kind="dial"
        )
        self.number.setFixedWidth(look.px(300))
        self.shown = ShownNumber(look)
        self.row = ButtonRow(look, Deed.DIAL, Deed.REDIAL, Deed.KEYPAD)
        self.lamps = ButtonRow(look, Deed.VOICEMAIL, Deed.DO_NOT_DISTURB, Deed.BACK)
        self._words = self.tr("No call")
        self._waiting = Label("sec", self._words, "sec", elides=True)
        self._pad = Keypad(look, self)
        self._pad.digits_wanted.connect(self.number.insert)
        self.number.entered.connect(self.dial)
        self.number.left.connect(self._leave)
        self.number.stepped.connect(self._recall)
        self.number.textChanged.connect(self.show_offers)
        for part in (self.row, self.lamps):
            part.pressed.connect(self.pressed)
        row = self._parts = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.number)
        row.addWidget(self.shown)
        row.addWidget(self.row)
        row.addSpacing(look.px(8))
        row.addWidget(self._waiting, 1)
        row.addWidget(self.lamps)
        self.show_offers()

    def show_state(self, state: StripState, why_no_line: str, no_line: str = "", before: str = "") -> None:
        """`why_no_line` is the sentence for a line that is down, `no_line` what stands in the strip of it; `before`
        says what goes on behind this page."""
        self._state, self._why_no_line, self._no_line, self._before = state, why_no_line, no_line, before
        self._say_waiting()
        self.show_offers()

    def show_waiting(self, words: str) -> None:
        self._words = words
        self._say_waiting()

    @property
    def waiting(self) -> str:
        """What is being waited for, in words."""
        return self._waiting.full_text

    def _say_waiting(self) -> None:
        """Without a line nothing is waited for but the line."""
        is_up = self._state is StripState.IDLE or not self._why_no_line
        words = self._before or self._words
        self._waiting.say(words if is_up else self._no_line, "sec" if is_up else "bad")

    def show_last(self, title: str) -> None:
        """Whom redialling would call, as they may be shown; empty when nobody was called."""
        self._last = title
        self.show_offers()

    def show_voicemail(self, voicemail: Voicemail, *, has_number: bool) -> None:
        self._voicemail, self._has_voicemail_number = voicemail, has_number
        self.show_offers()

    def show_quiet(self, *, is_quiet: bool) -> None:
        """Whether calls are turned away."""
        self._is_quiet = is_quiet
        self.show_offers()

    def prefill(self, number: str, shown: str = "") -> None:
        """Puts a number into the field for the agent to confirm. `shown` stands there for one that is kept masked."""
        self._masked = (shown, number)
        self.number.setText(shown or number)

    def dial(self) -> None:
        written = self.number.text().strip()
        if not written or self._state is not StripState.IDLE:
            return
        shown, meant = self._masked
        is_masked = bool(shown) and written == shown
        if not is_masked:
            self._typed = [*(one for one in self._typed if one != written), written][-REMEMBERED:]
        self._is_refused = False
        self.dial_wanted.emit(meant if is_masked else written)
        if not self._is_refused:
            self.number.clear()

    def refuse(self) -> None:
        """What is being dialled leads nowhere now: it stays in the field."""
        self._is_refused = True

    def _leave(self) -> None:
        """First what was typed goes, then the field."""
        if self.number.text():
            self.number.clear()
        elif self._before:
            self.pressed.emit(Deed.BACK)

    def open_keypad(self) -> None:
        self._pad.open_under(self.row.button(Deed.KEYPAD))

    def show_offers(self, *_: object) -> None:
        facts = Facts(
            has_number=bool(self.number.text().strip()),
            has_last=bool(self._last),
            has_voicemail_number=self._has_voicemail_number,
            has_messages=self._voicemail.new > 0,
            has_page_before=bool(self._before),
        )
        found = offers(self._state, facts)
        self.row.show_offers(found)
        lit = [Deed.DO_NOT_DISTURB] * self._is_quiet + [Deed.VOICEMAIL] * (self._voicemail.new > 0)
        self.lamps.show_offers(found, {deed: replace(FACES[deed], kind="amber") for deed in lit})
        self._say_lamps()
        if self._last:
            self.row.button(Deed.REDIAL).setToolTip(self.tr("Redial {who}").format(who=self._last))
        if self._state is not StripState.IDLE and self._why_no_line:
            for button in (self.row.button(Deed.DIAL), self.row.button(Deed.REDIAL), self.lamps.button(Deed.VOICEMAIL)):
                button.setToolTip(self._why_no_line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What is waited for stays readable; the words of the lamps go below their icons before those of the row."""
        margins, gap = self._parts.contentsMargins(), self._parts.spacing()
        parts = (part for part in (self.number, self.shown) if not part.isHidden())
        taken = sum(max(part.sizeHint().width(), part.minimumWidth()) + gap for part in parts)
        taken += 2 * gap + self._look.px(8 + WAITING_PX)
        room = self.width() - margins.left() - margins.right() - taken
        row = min(self.row.whole_width, room - self.lamps.least_width)
        self.row.fit(row)
        self.lamps.fit(room - (row if row == self.row.whole_width else self.row.least_width))

    def _say_lamps(self) -> None:
        new, quiet = self._voicemail.new, self.lamps.button(Deed.DO_NOT_DISTURB)
        messages = self.tr("{count} new messages").format(count=new) if new else self.tr("No new messages")
        self.lamps.rename(Deed.VOICEMAIL, f"{word(Deed.VOICEMAIL)} {new}" if new else "")
        self.lamps.button(Deed.VOICEMAIL).setAccessibleName(f"{word(Deed.VOICEMAIL)}, {messages}")
        quiet.setAccessibleName(self.tr("Do not disturb is on") if self._is_quiet else word(Deed.DO_NOT_DISTURB))
        if self._is_quiet:
            quiet.setToolTip(self.tr("Calls are turned away. Press to take calls again."))

    def _recall(self, by: int) -> None:
        """Up goes back through what was typed, Down forward again."""
        if not self._typed:
            return
        shown = self.number.text()
        at = max(0, (self._typed.index(shown) if shown in self._typed else len(self._typed)) + by)
        self.number.setText(self._typed[at] if at < len(self._typed) else "")
