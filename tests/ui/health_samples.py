"""The health page of a workstation, and the report for IT, as they stand in the gallery."""

from datetime import timedelta
from typing import Final

from agent_desktop.diagnostics import health
from agent_desktop.diagnostics.health import Check, Part, State
from agent_desktop.errors import ServerUnreachable, UpdateFault, UpdateRefused
from agent_desktop.headset.port import NoHeadset, Plugged
from agent_desktop.softphone.account import Registered, RegistrationRefused
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.updates.updater import Stage, Standing
from tests.ui.samples import NOW, Samples, ago

STATES: Final = ("health", "health_troubles")


def show_health(window: MainWindow, samples: Samples, state: str) -> None:
    page = window.pages.health
    page.show_version("1.0")
    page.offer_echo(is_offered=True)
    for check in _well(samples) if state == "health" else _troubles():
        page.show_check(check)
    window.rail.offer(Page.HEALTH, is_offered=True)
    window.show_page(Page.HEALTH)


def _well(samples: Samples) -> tuple[Check, ...]:
    headset = "Jabra Evolve2 40"
    return (
        health.of_server("1.0", 38, "Bangong Corporate CA", NOW + timedelta(days=200), NOW),
        health.of_clock(NOW, NOW + timedelta(seconds=1)),
        health.of_line(Registered(NOW, "pbx.corp.example"), ago(hours=3), "tls", is_there=True),
        health.of_sound(QualityMeasured(CallId("c"), 4.3, 0.2, 6.0, 24.0, codec="opus")),
        health.of_microphone(Device("mic", DeviceKind.MICROPHONE, headset), 0.43),
        health.of_speaker(Device("speaker", DeviceKind.SPEAKER, headset)),
        health.of_headset(Plugged(headset, has_lamps=True)),
        health.of_database(212, is_encrypted=True),
        health.of_unsent(0, 0),
        health.of_disk(81_920, samples.say("/home/坐席/.local/share", "/home/agent/.local/share")),
        Check(Part.KEYRING, State.WELL, {"name": "SecretService"}),
        health.of_policy(7, 0),
        health.of_updates(Standing("1.0", Stage.READY, "1.1")),
    )


def _troubles() -> tuple[Check, ...]:
    return (
        health.failed(Part.SERVER, ServerUnreachable("https://desk.corp.example", "timed out")),
        Check(Part.CLOCK, State.UNTRIED),
        health.of_line(RegistrationRefused(403, "Forbidden"), None, "tls", is_there=True),
        health.of_sound(QualityMeasured(CallId("c"), 2.4, 7.5, 48.0, 310.0, codec="PCMA")),
        health.of_microphone(Device("mic", DeviceKind.MICROPHONE, "Jabra Evolve2 40"), 0.0),
        health.of_speaker(NoDevice()),
        health.of_headset(NoHeadset()),
        health.of_database(212, is_encrypted=True),
        health.of_unsent(14, 2),
        health.of_disk(240, "/home/agent/.local/share"),
        health.of_policy(7, 1),
        health.of_updates(Standing("1.0", Stage.CURRENT, trouble=UpdateRefused("", UpdateFault.EXPIRED, ""))),
    )
