"""The health page: each part looked at behind the work, whenever the page is turned to or somebody asks again."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from agent_desktop.diagnostics import health
from agent_desktop.diagnostics.health import Check, Part
from agent_desktop.headset.port import State as Headset
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import Registered
from agent_desktop.softphone.events import (
    DevicesChanged,
    Event,
    PhoneLost,
    PhoneReady,
    QualityMeasured,
    RegistrationChanged,
    SoundTest,
    SoundTested,
)
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.window.rail import Page

if TYPE_CHECKING:
    from agent_desktop.ui.diagnostics.health_page import HealthPage


class HealthDesk(PageDesk["HealthPage"]):
    report_wanted = Signal()
    echo_call_wanted = Signal()
    log_more_wanted = Signal(bool)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.HEALTH, ground, parent, is_offered=True)
        self._settings = Settings()
        self._logs_more = False
        self._headset: Headset | None = None
        self._since: datetime | None = None
        self._loudest: float | None = None
        self._measured: QualityMeasured | None = None
        self._found: dict[Part, Check] = {}

    def to_tell(self) -> Callable[[], dict[str, Any]]:
        """Everything, for the report: of the phone as it is now, of the rest when it is called, not in this thread."""
        of_phone = self._of_phone()

        def told() -> dict[str, Any]:
            rest = (one for part in self._rooms.seat_checks for one in self._look_at(part))
            return {one.part.value: _told(one) for one in (*of_phone, *rest)}

        return told

    def use(self, settings: Settings) -> None:
        self._settings = settings
        if self._is_wired:
            self._page.offer_echo(is_offered=bool(settings.echo_number))

    def show_headset(self, found: Headset | None) -> None:
        self._headset = found
        self._show_phone()

    def show_logging(self, *, is_more: bool) -> None:
        self._logs_more = is_more
        if self._is_wired:
            self._page.show_logging(is_more=is_more)

    def hear(self, event: Event) -> None:
        """What the phone has told, once it is applied."""
        match event:
            case RegistrationChanged() | PhoneReady() | PhoneLost():
                is_up = isinstance(self._rooms.phone.snapshot().registration, Registered)
                self._since = (self._since or self._rooms.clock()) if is_up and self._rooms.phone.is_there else None
            case QualityMeasured():
                self._measured = event
            case SoundTested(SoundTest.RECORDING, heard):
                self._loudest = max(heard, self._loudest or 0.0)
            case SoundTested(SoundTest.FAILED):
                self._say(self.tr("The sound could not be tried. End the call first, and look at the microphone."))
            case SoundTested() | DevicesChanged():
                pass
            case _:
                return
        self._show_phone()

    def _wire(self, page: "HealthPage") -> None:
        page.show_version(version("agent-desktop"))
        page.offer_echo(is_offered=bool(self._settings.echo_number))
        page.show_logging(is_more=self._logs_more)
        page.again_wanted.connect(self._look)
        page.copy_wanted.connect(self._copy)
        page.report_wanted.connect(self.report_wanted)
        page.trial_wanted.connect(self._try_sound)
        page.echo_call_wanted.connect(self.echo_call_wanted)
        page.log_more_wanted.connect(self.log_more_wanted)

    def _entered(self) -> None:
        self._look()

    def _look(self) -> None:
        self._say("")
        self._show_phone()
        for part in self._rooms.seat_checks:
            self._background.network.do(partial(self._look_at, part), self._show, replaces=f"health {part}")

    def _look_at(self, part: Part) -> tuple[Check, ...]:
        """In any thread."""
        try:
            return self._rooms.seat_checks[part]()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told of that part
            lost = (health.failed(part, error),)
            return (*lost, Check(Part.CLOCK, health.State.UNTRIED)) if part is Part.SERVER else lost

    def _of_phone(self) -> tuple[Check, ...]:
        phone = self._rooms.phone
        seen = phone.snapshot()
        line = health.of_line(seen.registration, self._since, self._settings.sip_transport, is_there=phone.is_there)
        return (
            line,
            health.of_sound(self._measured),
            health.of_microphone(seen.microphone, self._loudest),
            health.of_speaker(seen.speaker),
            health.of_headset(self._headset),
        )

    def _show_phone(self) -> None:
        if self._is_wired:
            self._show(self._of_phone())

    def _show(self, checks: tuple[Check, ...]) -> None:
        for check in checks:
            self._found[check.part] = check
            self._page.show_check(check)

    def _try_sound(self) -> None:
        self._loudest = None
        try:
            self._rooms.phone.try_sound()
        except PhoneAwayError:
            self._say(self.tr("The phone is not running, so the sound cannot be tried."))
        else:
            self._say(self.tr("Speak now; you hear yourself afterwards."))

    def _copy(self) -> None:
        from agent_desktop.ui.diagnostics.words import as_text

        head = f"Agent Desktop {version('agent-desktop')}, {self._formats.written(self._rooms.clock())}"
        found = tuple(self._found[part] for part in Part if part in self._found)
        QGuiApplication.clipboard().setText(as_text(found, head, self._formats))
        self._say(self.tr("Copied."))

    def _say(self, words: str) -> None:
        if self._is_wired:
            self._page.say(words)


def _told(check: Check) -> dict[str, Any]:
    trouble = type(check.trouble).__name__ if check.trouble is not None else None
    return {"state": check.state.value, "trouble": trouble, **check.facts}
