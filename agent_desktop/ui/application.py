"""The Qt application: one per process, with its look and its language."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QApplication

from agent_desktop.policy.written import Source
from agent_desktop.session import Left
from agent_desktop.settings import Settings
from agent_desktop.single_instance import Claim
from agent_desktop.starts import StartLog
from agent_desktop.sync.front_door import FrontDoor
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.language import chosen_language, offered_languages, speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.trouble import after_a_crash
from agent_desktop.ui.program import OpenDesk, Program
from agent_desktop.ui.qt_log import log_what_qt_says
from agent_desktop.ui.window.notices import Weight

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle

START_AGAIN: Final = 75
"""Another process goes on: what was kept here was wiped, which is said by one in whose memory is nothing of before; or
another version is to begin."""
LEFT: Final = "AGENT_DESKTOP_LEFT"
"""Of the environment of that process: the state that the agent was in."""


def run(
    settings: Settings,
    keep_settings: Callable[[Settings], None],
    door: FrontDoor,
    open_desk: OpenDesk,
    resources: Path,
    gather_diagnostics: "Callable[[Mapping[str, Any]], Bundle]",
    starts: StartLog,
    password: str | None = None,
    link: str = "",
    claim: Claim | None = None,
    locked: Mapping[str, Source] = MappingProxyType({}),
    *,
    has_crashed: bool = False,
) -> int:
    """Runs until the last window is closed; 0, or 1 when something would not end, or START_AGAIN.

    `gather_diagnostics` is for who cannot come in; `starts` counts whether this version comes up; `link` is what the
    program was started with; `claim` hears of later starts; `locked` is what IT has decided; `has_crashed` whether the
    run before ended badly.
    """
    application = dressed_application()
    log_what_qt_says()
    language = chosen_language(settings.language, offered_languages(settings.languages_offered))
    speak(application, resources, language)
    look = Look(resources, settings.theme, settings.scale_pct, reduce_motion=settings.reduce_motion)
    look.wear(application)
    program = Program(
        application,
        look,
        Formats(language),
        settings,
        keep_settings,
        door,
        open_desk,
        gather_diagnostics,
        starts,
        locked,
    )
    if has_crashed:
        program.tell_at_work(after_a_crash(), Weight.WARNING)
    if claim is not None:
        program.hear_starts(claim)
    program.take_link(link)
    program.go_on_as(Left.of(os.environ.pop(LEFT, "")))
    program.start(password)
    application.exec()
    has_ended = program.stop()
    if program.goes_on_as is not None:
        os.environ[LEFT] = str(program.goes_on_as)
        return START_AGAIN
    if program.was_wiped:
        return START_AGAIN
    return 0 if has_ended else 1


def dressed_application() -> QApplication:
    """The application, made if it is not there yet, under the name desktops and keyrings know it by."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("agent-desktop")
    application.setDesktopFileName("agent-desktop")
    return application
