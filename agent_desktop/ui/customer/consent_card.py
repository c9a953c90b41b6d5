"""What the customer said about being addressed to sell, by each way, and what keeps them from being erased.

A line until somebody opens it. Wishes: `said(channel, how, is_given)`, `erasure_wanted(reason)`.
"""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label, Pill
from agent_model.consent import Consent, ConsentChannel, ConsentHow, LegalHold, standing
from agent_model.customer import Customer

translate = QCoreApplication.translate


class ConsentCard(Card):
    said = Signal(object, object, bool)
    erasure_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Marketing consent"))
        self._formats = formats
        self._directory = Directory()
        self._customer: Customer | None = None
        self.how = Pick(look)
        self.how.setAccessibleName(self.tr("How it was said"))
        self.how.setToolTip(self.tr("How it was said"))
        self.how.setMinimumContentsLength(10)
        for how in ConsentHow:
            self.how.addItem(how_word(how), how)
        self._pill = Pill(look, self.tr("Legal hold"), "warn")
        self._pill.hide()
        self.add_to_head(self._pill)
        self.toggle = Button(look, self.tr("Show"), "chevron-down", kind="ghost", size="compact")
        self.toggle.setAccessibleName(self.tr("Show what was said about marketing"))
        self.toggle.setToolTip("Ctrl+G")
        self.toggle.clicked.connect(lambda: self.open(is_open=not self.is_open))
        self.add_to_head(self.toggle)
        self._summary = Label("hint", wraps=True)
        self.body.addWidget(self._summary)
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(6))
        inside.addWidget(self.how, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._inside)
        self._states: dict[ConsentChannel, Label] = {}
        self.turns: dict[ConsentChannel, Button] = {}
        self.noes: dict[ConsentChannel, Button] = {}
        """For who was never asked and says no by themselves."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(1, 1)
        for row, channel in enumerate(ConsentChannel):
            state, turn = Label("body", wraps=True), Button(look, self.tr("Agrees"), size="compact")
            turn.clicked.connect(lambda _=False, channel=channel: self._say(channel))
            no = Button(look, self.tr("Says no"), size="compact")
            no.setAccessibleName(self.tr("{way}: the customer says no").format(way=channel_word(channel)))
            no.clicked.connect(lambda _=False, channel=channel: self._tell(channel, is_given=False))
            self._states[channel], self.turns[channel], self.noes[channel] = state, turn, no
            grid.addWidget(Label("meta", channel_word(channel)), row, 0)
            grid.addWidget(state, row, 1)
            grid.addWidget(no, row, 2)
            grid.addWidget(turn, row, 3)
        inside.addLayout(grid)
        self._hold = Label("body", wraps=True)
        self._hold.hide()
        inside.addWidget(self._hold)
        self.erase = Button(look, self.tr("Erase on request…"), "x-circle", kind="ghost", size="compact")
        self.erase.clicked.connect(self._ask_why)
        self.erase.hide()
        self.reason = Field(look, self.tr("Why"), self.tr("Why, without name or number; Enter asks for it"), "note")
        self.reason.entered.connect(self._want_erasure)
        self.reason.left.connect(self.put_away)
        self.reason.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.erase)
        foot.addWidget(self.reason, 1)
        foot.addStretch(0)
        inside.addLayout(foot)
        self._inside.hide()
        self._may_erase = False
        self._now: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether more than the line is shown."""
        return not self._inside.isHidden()

    def offer_erasure(self, *, is_offered: bool) -> None:
        """Whether this person may ask for it; somebody else decides."""
        self._may_erase = is_offered
        self.put_away()

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory
        if self._customer is not None and self._now is not None:
            self.show_customer(self._customer, self._now)

    def show_customer(self, customer: Customer, now: datetime) -> None:
        if self._customer is None or self._customer.id != customer.id:
            self.put_away()
            self.open(is_open=False)
        self._customer, self._now = customer, now
        for channel in ConsentChannel:
            found = standing(customer.consents, channel)
            is_given = found is not None and found.is_given
            self._states[channel].say(self._state(found, now))
            no, turn = self.noes[channel], self.turns[channel]
            if found is not None and no.hasFocus():
                turn.setFocus()
            no.setVisible(found is None)
            turn.setText(self.tr("Withdraws") if is_given else self.tr("Agrees"))
            way = channel_word(channel)
            turn.setAccessibleName(
                self.tr("{way}: the customer withdraws").format(way=way)
                if is_given
                else self.tr("{way}: the customer agrees").format(way=way)
            )
        self._summary.say(self._summed_up(customer))
        self._pill.setVisible(customer.legal_hold is not None)
        self._show_hold(customer.legal_hold, now)

    def open(self, *, is_open: bool) -> None:
        """What can be changed, or only the line that sums it up."""
        if is_open is self.is_open:
            return
        self._inside.setVisible(is_open)
        self._summary.setVisible(not is_open)
        self.toggle.setText(self.tr("Close") if is_open else self.tr("Show"))

    def focus_first(self) -> None:
        self.open(is_open=True)
        next(iter(self.turns.values())).setFocus()

    def put_away(self) -> None:
        self.reason.clear()
        self.reason.hide()
        self.erase.setVisible(self._may_erase)

    def _summed_up(self, customer: Customer) -> str:
        said = []
        for channel in ConsentChannel:
            found = standing(customer.consents, channel)
            if found is not None:
                word = self.tr("agreed") if found.is_given else self.tr("said no")
                said.append(self.tr("{way}: {word}").format(way=channel_word(channel), word=word))
        return " · ".join(said) or self.tr("Never asked")

    def _state(self, found: Consent | None, now: datetime) -> str:
        if found is None:
            return self.tr("Never asked")
        words = self.tr("Agreed") if found.is_given else self.tr("Said no: do not address to sell")
        when = self._formats.moment(found.at, now)
        return f"{words} · {how_word(found.how)} · {when} · {self._directory.person(found.by)}"

    def _show_hold(self, hold: LegalHold | None, now: datetime) -> None:
        self._hold.setVisible(hold is not None)
        self.erase.setEnabled(hold is None)
        if hold is not None:
            words = self.tr("Legal hold since {when}, by {who}: {reason}. Nothing of this customer may be erased.")
            who, when = self._directory.person(hold.by), self._formats.moment(hold.at, now)
            self._hold.say(words.format(when=when, who=who, reason=hold.reason))

    def _say(self, channel: ConsentChannel) -> None:
        if self._customer is None:
            return
        found = standing(self._customer.consents, channel)
        self._tell(channel, is_given=found is None or not found.is_given)

    def _tell(self, channel: ConsentChannel, *, is_given: bool) -> None:
        if self._customer is not None:
            self.said.emit(channel, ConsentHow(self.how.currentData()), is_given)

    def _ask_why(self) -> None:
        self.erase.hide()
        self.reason.show()
        self.reason.setFocus()

    def _want_erasure(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.erasure_wanted.emit(reason)


def channel_word(channel: ConsentChannel) -> str:
    match channel:
        case ConsentChannel.CALL:
            return translate("consent", "Telephone")
        case ConsentChannel.SMS:
            return translate("consent", "Text message")
        case ConsentChannel.EMAIL:
            return translate("consent", "E-mail")


def how_word(how: ConsentHow) -> str:
    match how:
        case ConsentHow.PHONE:
            return translate("consent", "on the telephone")
        case ConsentHow.WRITTEN:
            return translate("consent", "in writing")
        case ConsentHow.ONLINE:
            return translate("consent", "online")
        case ConsentHow.IN_PERSON:
            return translate("consent", "in person")
