"""What the person chooses on this workstation: put to use at once, kept on the disk, shown on the page of settings."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from agent_desktop import logs
from agent_desktop.link_handler import schemes_of
from agent_desktop.logs import LogLevel
from agent_desktop.policy.written import Source
from agent_desktop.settings import Settings
from agent_desktop.softphone.events import CommandRefused, DevicesChanged, Event, SoundTest, SoundTested
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.policy import decided_meanwhile, not_yours_to_change
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.messages.updates import explain_whole
from agent_desktop.ui.settings.page import SettingsPage
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page

if TYPE_CHECKING:
    from agent_desktop.ui.desks.outside import Outside
    from agent_desktop.ui.rooms import Desk
    from agent_desktop.ui.window.main_window import MainWindow
    from agent_desktop.ui.workspace import Workspace

AT_ONCE: Final = {
    "theme", "scale_pct", "microphone", "speaker", "ringer", "microphone_gain_pct", "speaker_gain_pct",
    "echo_cancelling", "noise_suppression", "outbound_number", "click_to_dial", "url_handlers", "headset_buttons",
    "global_hotkeys", "sip_auto_answer", "do_not_disturb", "log_level",
}  # fmt: skip
"""What is put to use while the program runs; all else counts when it starts again."""

LOG_MORE_MS: Final = 30 * 60_000


class SettingsDesk(QObject):
    """Before anybody is in only the look is changed; `work_at` and `go_outside` say where the rest goes."""

    def __init__(
        self,
        look: Look,
        background: Background,
        settings: Settings,
        keep: Callable[[Settings], None],
        locked: Mapping[str, Source],
    ) -> None:
        super().__init__()
        self._locked = locked
        self._look = look
        self._background = background
        self._keep = keep
        self.current = settings
        self._desk: Desk | None = None
        self._workspace: Workspace | None = None
        self._window: MainWindow | None = None
        self._outside: Outside | None = None
        self._page: SettingsPage | None = None
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(partial(self._log_more, is_wanted=False))

    def work_at(self, desk: "Desk", workspace: "Workspace", window: "MainWindow") -> None:
        self._desk, self._workspace, self._window = desk, workspace, window
        workspace.quiet_wanted.connect(self._be_quiet)
        workspace.calls.outbound.number_chosen.connect(self._show_number)
        window.pages.settings_made.connect(self._show_page)
        workspace.health.echo_call_wanted.connect(self._call_echo)
        workspace.health.log_more_wanted.connect(self._log_more)
        self._use()

    def use_sound_and_policy(self) -> None:
        """For a phone that has just begun."""
        if self._desk is not None:
            self._desk.rooms.phone.set_sound(self._desk.sound)
            self._desk.rooms.phone.set_log_level(LogLevel(self.current.log_level))
        self._use_policy()

    def go_outside(self, outside: "Outside") -> None:
        self._outside = outside
        outside.places_changed.connect(self._keep_places)
        self._use()
        outside.use_tray()
        if self._workspace is not None:
            outside.headset_changed.connect(self._workspace.health.show_headset)
        self._use_hands()
        self._tell_page()

    def change(self, wanted: Settings) -> None:
        """What IT has decided stays, and is said; the rest is put to use."""
        before = self.current
        decided: dict[str, Any] = {name: getattr(before, name) for name in self._locked}
        settings = self.current = replace(wanted, **decided)
        if settings != wanted and self._workspace is not None:
            [first, *_] = [source for name, source in self._locked.items() if decided[name] != getattr(wanted, name)]
            self._workspace.notices.tell(not_yours_to_change(first), Weight.WARNING)
        self._put_to_use(before)
        self._background.network.do(lambda: self._keep(settings), failed=self._not_kept)

    def learn(self, decided: Settings, locked: Mapping[str, Source]) -> None:
        """What the server has decided meanwhile; who signed in where stays as it is."""
        before = self.current
        self._locked = locked
        self.current = replace(decided, server=before.server, login=before.login)
        changed = {one.name for one in fields(Settings) if getattr(self.current, one.name) != getattr(before, one.name)}
        if self._page is not None:
            self._page.show_locked(locked)
        self._put_to_use(before)
        if self._workspace is not None and changed:
            self._workspace.notices.tell(decided_meanwhile(waits=not changed <= AT_ONCE), Weight.INFO)

    def _put_to_use(self, before: Settings) -> None:
        settings = self.current
        if (settings.theme, settings.scale_pct) != (before.theme, before.scale_pct):
            self._look.choose(settings.theme, settings.scale_pct)
        if self._desk is not None and self._desk.sound_of(settings) != self._desk.sound_of(before):
            self._desk.rooms.phone.set_sound(self._desk.sound_of(settings))
        if self._desk is not None and self._desk.policy_of(settings) != self._desk.policy_of(before):
            self._use_policy()
        if settings.log_level != before.log_level:
            self._log_more(is_wanted=False)
        self._use()
        if self._page is not None:
            self._page.show_settings(settings)
        self._use_hands()
        if self._workspace is not None and settings.language != before.language:
            self._workspace.notices.tell(
                self.tr("The language changes when the program is started again."), Weight.INFO
            )

    def hear_phone(self, event: Event) -> None:
        if self._page is None:
            return
        match event:
            case DevicesChanged():
                self._page.sound.show_devices(event.devices, event.microphone, event.speaker)
            case SoundTested():
                self._page.sound.show_trial(event)
            case CommandRefused("TrySound"):
                self._page.sound.show_trial(SoundTested(SoundTest.FAILED))
            case _:
                """The settings have no more to do with the phone."""

    def _show_page(self, page: SettingsPage) -> None:
        page.show_locked(self._locked)
        page.show_settings(self.current)
        if self._desk is not None:
            snapshot = self._desk.rooms.phone.snapshot()
            page.sound.show_devices(snapshot.devices, snapshot.microphone, snapshot.speaker)
        if self._workspace is not None:
            page.show_version(explain_whole(self._workspace.updates.standing))
            self._workspace.updates.changed.connect(lambda told: page.show_version(explain_whole(told)))
        page.settings_wanted.connect(self.change)
        page.sound.trial_wanted.connect(self._try_sound)
        page.sound.echo_call_wanted.connect(self._call_echo)
        page.health_wanted.connect(self._show_health)
        self._page = page
        self._tell_page()

    def _tell_page(self) -> None:
        """What became of headset and keys, once there are both the page and what it is to be told."""
        page, outside = self._page, self._outside
        if page is None or outside is None:
            return
        page.at_hand.show_hotkeys(outside.hotkeys.state)
        outside.hotkeys.state_changed.connect(page.at_hand.show_hotkeys)
        page.at_hand.show_headset(outside.headset.state if outside.headset else None)
        outside.headset_changed.connect(page.at_hand.show_headset)

    def _try_sound(self) -> None:
        if self._desk is None or self._page is None:
            return
        try:
            self._desk.rooms.phone.try_sound()
        except PhoneAwayError:
            self._page.sound.show_trial(SoundTested(SoundTest.FAILED))

    def _call_echo(self) -> None:
        if self._workspace is not None:
            self._workspace.calls.dial(self.current.echo_number)

    def _log_more(self, is_wanted: bool) -> None:
        """For a while; then, and with the next start, the log says as much as before."""
        if is_wanted:
            self._more.start(LOG_MORE_MS)
        else:
            self._more.stop()
        level = LogLevel.DEBUG if is_wanted else LogLevel(self.current.log_level)
        logs.use_level(level)
        if self._desk is not None:
            self._desk.rooms.phone.set_log_level(level)
        if self._workspace is not None:
            self._workspace.health.show_logging(is_more=is_wanted)

    def _show_health(self) -> None:
        if self._window is not None:
            self._window.show_page(Page.HEALTH)

    def _use(self) -> None:
        settings = self.current
        if self._workspace is not None:
            self._workspace.dialling.use(
                links_dial=settings.click_to_dial == "dial", kinds=schemes_of(settings.url_handlers)
            )
            self._workspace.calls.outbound.use(settings.outbound_number)
            self._workspace.health.use(settings)
        if self._outside is not None:
            self._outside.remember(settings.compact_phone_at)

    def _use_hands(self) -> None:
        if self._outside is not None and self._desk is not None:
            self._outside.hotkeys.use(is_on=self.current.global_hotkeys)
            self._outside.use_headset(self._desk.find_headset, is_on=self.current.headset_buttons)

    def _use_policy(self) -> None:
        if self._desk is not None:
            self._desk.rooms.phone.set_policy(self._desk.policy_of(self.current))
        if self._window is not None:
            self._window.strip.show_quiet(is_quiet=self.current.do_not_disturb)

    def _keep_places(self, places: str) -> None:
        self.change(replace(self.current, compact_phone_at=places))

    def _be_quiet(self, is_quiet: bool) -> None:
        self.change(replace(self.current, do_not_disturb=is_quiet))

    def _show_number(self, number: str) -> None:
        self.change(replace(self.current, outbound_number=number))

    def _not_kept(self, error: Exception) -> None:
        if self._workspace is not None:
            self._workspace.notices.tell(explain(error))
