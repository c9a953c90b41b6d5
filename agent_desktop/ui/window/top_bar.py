"""The bar at the top: search, the agent's state, today's figures, the line, sync, notices, who is signed in.

Values: `show_seat`, `show_standing`, `show_turn`, `show_day`, `show_quality`, `show_registration`,
`show_phone_away`, `show_sync`, `show_recordings`, `show_unread`, `show_found`, `tick`.
Wishes: `search_wanted(text)`, `found_chosen(Found)`, `search_left`, `sync_wanted`, `notices_wanted`;
the state's are on `state`.
"""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from agent_desktop.session import Seat
from agent_desktop.softphone.account import (
    Registered,
    Registering,
    RegistrarUnreachable,
    Registration,
    RegistrationRefused,
)
from agent_desktop.sync.events import (
    DeviceStopped,
    NeedsAttention,
    Offline,
    SignInExpired,
    Synced,
    Syncing,
    SyncStatus,
    TooOld,
)
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.exchange import Standing
from agent_desktop.ui.messages.line import Away, away_word
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.found_list import Found, FoundList
from agent_desktop.ui.widgets.parts import Avatar, Glyph, Label, Pill, Rule, plain_tip, set_property
from agent_desktop.ui.window.help_flag import HelpFlag
from agent_desktop.ui.window.left_list import DayFigures
from agent_desktop.ui.window.state_button import StateButton, dot_of

SEARCH_DELAY_MS = 20
"""Keys that come together are looked up once."""


class TopBar(QFrame):
    search_wanted = Signal(str)
    found_chosen = Signal(object)
    search_left = Signal()
    """The search is done with: the keyboard goes back to where it was."""
    sync_wanted = Signal()
    notices_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(look.px(52))
        self.setAccessibleName(self.tr("Top bar"))
        self.state = StateButton(look, formats)
        self.help = HelpFlag(look)
        self.standing = Pill(look)
        self.standing.hide()
        self.turn = Pill(look)
        self.turn.hide()
        self.search = Field(
            look,
            self.tr("Search customers, tickets and knowledge"),
            self.tr("Search customers, tickets, knowledge…"),
            "search",
            "Ctrl K",
        )
        self.search.setMaximumWidth(look.px(300))
        self.search.setMinimumWidth(look.px(180))
        self.found = FoundList(look, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(self._search)
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.stepped.connect(self.found.step)
        self.search.entered.connect(self.found.take)
        self.search.left.connect(self._leave_search)
        self.search.lost_focus.connect(self.found.hide)
        self.found.chosen.connect(self._choose)
        self._day = Label("meta")
        self._line_glyph = Glyph(look, "signal", "muted", 16)
        self._line = Label("meta", self.tr("No phone account"))
        self.sync = Button(look, self.tr("Not synced yet"), "sync", kind="ghost", size="compact")
        self.sync.clicked.connect(self.sync_wanted)
        self._tip = self._recordings = ""
        self.bell = Button(look, "", "bell", kind="ghost", name=self.tr("Notices"))
        self.bell.clicked.connect(self.notices_wanted)
        self._unread = Pill(look, "", "bad")
        self._unread.hide()
        self.avatar = Avatar(look, 30)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(14), 0)
        row.setSpacing(px(12))
        mark = Glyph(self._look, "mark", "accent_text", 22)
        brand = Label("brand", self.tr("Agent Desktop"))
        name = QHBoxLayout()
        name.setSpacing(px(7))
        name.addWidget(mark)
        name.addWidget(brand)
        row.addLayout(name)
        row.addSpacing(px(8))
        row.addWidget(self.search, 6)
        row.addStretch(1)
        row.addWidget(self.turn)
        row.addWidget(self.standing)
        row.addWidget(self.state)
        row.addWidget(self.help)
        row.addSpacing(px(4))
        row.addWidget(self._day)
        row.addWidget(Rule(upright=True, length_px=px(20)))
        line = QHBoxLayout()
        line.setSpacing(px(5))
        line.addWidget(self._line_glyph)
        line.addWidget(self._line)
        row.addLayout(line)
        row.addWidget(self.sync)
        bell = QHBoxLayout()
        bell.setSpacing(0)
        bell.addWidget(self.bell)
        bell.addWidget(self._unread)
        row.addLayout(bell)
        row.addWidget(self.avatar)

    def show_seat(self, seat: Seat, now: datetime) -> None:
        self.state.show_seat(seat, now)
        name = seat.agent.name.in_language(self._formats.language)
        self.avatar.show_name(name)
        self.avatar.show_dot(dot_of(seat.entry.state))
        self.avatar.setToolTip(
            plain_tip(self.tr("{name}, extension {extension}").format(name=name, extension=seat.agent.extension))
        )
        self.avatar.setAccessibleName(name)

    def show_standing(self, standing: Standing | None) -> None:
        """Beside the state, where what it says does not hold yet; None while it does."""
        said = standing or Standing("", "", "neutral")
        self.standing.show_as(said.short, said.tone)
        self.standing.setToolTip(plain_tip(said.words))
        self.standing.setAccessibleName(said.words)
        self.state.setAccessibleDescription(said.words)

    def show_turn(self, short: str, words: str) -> None:
        """How the agent's wish for a break stands; empty where there is none."""
        self.turn.show_as(short, "accent")
        self.turn.setToolTip(plain_tip(words))
        self.turn.setAccessibleName(words)

    def show_day(self, day: DayFigures) -> None:
        self._day.say(
            self.tr("Calls today: {calls} · {average} on average").format(
                calls=day.calls, average=self._formats.duration(day.handling_s)
            )
        )

    def show_registration(self, registration: Registration) -> None:
        """The phone's line while nobody talks; `show_quality` takes over during a call."""
        match registration:
            case Registered():
                self._show_line("signal", "ok_dot", self.tr("Line ready"))
            case Registering():
                self._show_line("signal", "warn_dot", self.tr("Line connecting…"))
            case RegistrationRefused() | RegistrarUnreachable():
                self._show_line("no-line", "bad", self.tr("No line"))
            case _:
                self._show_line("signal", "muted", self.tr("Direct line"))

    def show_phone_away(self, away: Away) -> None:
        self._show_line("no-line", "bad", away_word(away))

    def show_quality(self, mos: float) -> None:
        """Mean opinion score 1..4.5: from 4 on good, from 3.6 fair."""
        figure = self._formats.decimal(mos)
        if mos >= 4.0:
            self._show_line("signal", "ok_dot", self.tr("Line good {mos}").format(mos=figure))
        elif mos >= 3.6:
            self._show_line("signal", "warn_dot", self.tr("Line fair {mos}").format(mos=figure))
        else:
            self._show_line("signal", "bad", self.tr("Line poor {mos}").format(mos=figure))

    def show_sync(self, status: SyncStatus) -> None:
        match status:
            case Synced(at):
                self._show_chip("check-circle", "ok", self.tr("Synced"))
                self._show_tip(
                    self.tr("Everything was sent and fetched at {moment}.").format(moment=self._formats.full(at))
                )
            case Syncing(pending, fetched, expected) if expected:
                share = self._formats.percent(min(1.0, fetched / expected))
                self._show_chip("sync", "accent_text", self.tr("Syncing {share}").format(share=share))
                self._show_tip(self.tr("Changes that wait to be sent: {count}.").format(count=pending))
            case Syncing(pending):
                words = self.tr("Syncing {count}").format(count=pending) if pending else self.tr("Syncing")
                self._show_chip("sync", "accent_text", words)
            case Offline(_, pending):
                words = self.tr("Offline · {count} waiting").format(count=pending) if pending else self.tr("Offline")
                self._show_chip("cloud-off", "warn", words)
            case NeedsAttention(count, conflicts) if conflicts == count:
                self._show_chip("merge", "bad", self.tr("Conflicts {count}").format(count=count))
                self._show_tip(self.tr("Somebody else changed what you changed. Press to compare and decide."))
            case NeedsAttention(count):
                self._show_chip("warning", "bad", self.tr("{count} need attention").format(count=count))
            case TooOld():
                self._show_chip("warning", "bad", self.tr("Update needed"))
            case SignInExpired():
                self._show_chip("lock", "bad", self.tr("Sign in again"))
            case DeviceStopped():
                self._show_chip("lock", "bad", self.tr("Stopped by IT"))

    def show_recordings(self, words: str) -> None:
        """Of recordings that wait to be sent, beside what is said of the rest; empty when there are none."""
        self._recordings = words
        self._show_tip(self._tip)

    def show_unread(self, count: int) -> None:
        self._unread.show_as(("" if not count else str(count) if count < 100 else "99+"), "bad")
        self.bell.setAccessibleDescription(self.tr("{count} unread").format(count=count))

    def show_found(self, found: tuple[Found, ...], *, is_all: bool = True) -> None:
        """The answer to `search_wanted`, under the field; nothing opens when the field was left meanwhile. `is_all`
        says whether every customer could be found."""
        if self.search.hasFocus() and self.search.text().strip():
            self.found.show_under(self.search, found, is_all=is_all)

    def tick(self, now: datetime) -> None:
        self.state.tick(now)

    def narrow(self, *, is_narrow: bool) -> None:
        """Drops today's figures where there is no room for them."""
        self._day.setVisible(not is_narrow)

    def _search(self) -> None:
        text = self.search.text().strip()
        if text:
            self.search_wanted.emit(text)
        else:
            self.found.hide()

    def open_search(self) -> None:
        """What was typed last is looked up anew, and the next letter takes its place."""
        self.search.setFocus()
        self.search.selectAll()
        if self.search.text().strip():
            self._pause.start()

    def _leave_search(self) -> None:
        """One thing after the other: the list, what was typed, the field."""
        if self.found.isVisible():
            self.found.hide()
        elif self.search.text():
            self.search.clear()
        else:
            self.search_left.emit()

    def _choose(self, found: Found) -> None:
        self.found.hide()
        self.search.clear()
        self.search_left.emit()
        self.found_chosen.emit(found)

    def _show_line(self, icon: str, token: str, words: str) -> None:
        self._line_glyph.show_icon(icon, token)
        self._line.say(words, "bad" if token == "bad" else "")

    def _show_tip(self, words: str) -> None:
        self._tip = words
        both = "\n".join(filter(None, (words, self._recordings)))
        self.sync.setToolTip(plain_tip(both))
        self.sync.setAccessibleDescription(both)

    def _show_chip(self, icon: str, token: str, words: str) -> None:
        self.sync.setText(words)
        self.sync.setAccessibleName(words)
        self._show_tip("")
        self._look.dress(self.sync, icon, token)
        set_property(self.sync, "tone", token if token in ("warn", "bad") else "")


__all__ = ["Found", "TopBar"]
