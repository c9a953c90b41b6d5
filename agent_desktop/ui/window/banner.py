"""Bands over the workspace: amber while the server is away, red while the phone has no line.

Values: `show_offline`, `show_phone_down`, `show_phone_stopped`, `show_sign_in_expired`, `clear`, `tick`. Wishes:
`retry_wanted`, `sign_in_wanted`, `report_wanted`.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from agent_desktop.softphone.account import RegistrarUnreachable, Registration, RegistrationRefused
from agent_desktop.sync.events import Offline
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.line import explain_registration, phone_stays_away
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.spoken import announce


class Banner(QFrame):
    retry_wanted = Signal()
    sign_in_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._offline: Offline | None = None
        self._line_retry_at: datetime | None = None
        self._line_retry_every = timedelta(seconds=1)
        self._wants_sign_in = False
        self.setProperty("role", "band")
        self.setFixedHeight(look.px(36))
        self._glyph = Glyph(look, "cloud-off", "warn", 16)
        self._words = Label("band", elides=True)
        self._when = Label("band")
        self.act = Button(look, self.tr("Try now"), size="compact")
        self.act.clicked.connect(self._press)
        self.report = Button(look, self.tr("What happened"), size="compact")
        self.report.clicked.connect(self.report_wanted)
        self.report.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self._when)
        row.addWidget(self.report)
        row.addWidget(self.act)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.full_text

    def show_offline(self, offline: Offline, now: datetime, *, phone_is_up: bool) -> None:
        """`phone_is_up` only when the switch really has our registration: then calls are unaffected."""
        self._offline, self._wants_sign_in = offline, False
        phone = self.tr("Calls are not affected.") if phone_is_up else self.tr("The phone has no line either.")
        waiting = (
            self.tr("Changes kept: {count}. They will be sent by themselves.").format(count=offline.pending)
            if offline.pending
            else self.tr("What you write is kept and will be sent by itself.")
        )
        sentence = self.tr("The server does not answer; you are working with local data.")
        joint = "" if self._formats.is_chinese else " "
        self._show("cloud-off", "warn", joint.join((sentence, phone, waiting)), self.tr("Try now"))
        self.tick(now)

    def show_phone_down(self, registration: Registration, now: datetime) -> None:
        self._offline, self._wants_sign_in = None, False
        self._line_retry_at = None
        if isinstance(registration, RegistrarUnreachable):
            self._line_retry_every = timedelta(seconds=max(1, registration.retry_in_s))
            self._line_retry_at = now + self._line_retry_every
        self._show("no-line", "bad", explain_registration(registration), self.tr("Try now"))
        self.act.setVisible(not isinstance(registration, RegistrationRefused))
        self.tick(now)

    def show_phone_stopped(self) -> None:
        """The phone stopped twice in a row and is left alone."""
        self._offline = self._line_retry_at = None
        self._wants_sign_in = False
        self._when.say("")
        self._show("no-line", "bad", phone_stays_away(), self.tr("Start the phone"))
        self.report.show()

    def show_sign_in_expired(self, pending: int) -> None:
        self._offline, self._wants_sign_in = None, True
        words = self.tr("Your sign-in has expired. Sign in again; changes kept until then: {count}.")
        self._when.say("")
        self._show("lock", "bad", words.format(count=pending), self.tr("Sign in"))

    def clear(self) -> None:
        self._offline = self._line_retry_at = None
        self.hide()

    def tick(self, now: datetime) -> None:
        if self._offline is not None:
            left = max(0, round((self._offline.retry_at - now).total_seconds()))
            self._when.say(
                self.tr("Since {clock} · next try in {seconds} s").format(
                    clock=self._formats.clock(self._offline.since), seconds=left
                )
            )
        elif self._line_retry_at is not None:
            while self._line_retry_at < now:  # it is tried again and again, which is no news
                self._line_retry_at += self._line_retry_every
            left = round((self._line_retry_at - now).total_seconds())
            self._when.say(self.tr("Next try in {seconds} s").format(seconds=left))
        elif not self._wants_sign_in:
            self._when.say("")

    def _show(self, icon: str, tone: str, words: str, action: str) -> None:
        set_property(self, "tone", tone)
        self._glyph.show_icon(icon, tone)
        if words != self._words.full_text or self.isHidden():
            announce(self, words)
        self._words.say(words, tone)
        set_property(self._when, "tone", tone)
        self.act.setText(action)
        self.act.setAccessibleName(action)
        self.act.show()
        self.report.hide()
        self.show()

    def _press(self) -> None:
        (self.sign_in_wanted if self._wants_sign_in else self.retry_wanted).emit()
