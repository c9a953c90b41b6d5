"""A whole workstation in this process: its real window, its real phone process, driven by keys as a person would."""

import dataclasses
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop import resources
from agent_desktop.app import front_door, gather_before_sign_in, open_desk
from agent_desktop.credentials import Credentials, Vault
from agent_desktop.headset.port import NoHeadset
from agent_desktop.offline.sealing import Sealing
from agent_desktop.paths import Paths
from agent_desktop.policy.standing import Policy
from agent_desktop.session import Left
from agent_desktop.session import Seat as Place
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.softphone.audio import Sound
from agent_desktop.starts import StartLog
from agent_desktop.sync.front_door import Inside
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.program import Program
from agent_desktop.ui.rooms import Desk
from agent_desktop.ui.sign_in.window import SignInWindow
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.workspace import Workspace
from agent_desktop.updates.updater import Updates
from demo.ports import free_port

STEP_MS = 10
SETTLE_MS = 60
"""Layouts asked for by layouts, a shrinking title, a tab that appears: all done before a picture is taken."""


class MemoryVault:
    """A keyring for machines without one: forgotten with the process. Only the demo and the tests use it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._kept.pop((service, username), None)


class Seat:
    """One seat: `start` opens it, `stop` leaves it. `home` holds its settings, data and phone.

    `sound` stands in for the headset, on machines that have none. `policy` is what IT has decided. `updates` stands in
    for those of a packaged program.
    """

    def __init__(
        self,
        home: Path,
        server: str,
        login: str,
        language: str = "zh_CN",
        theme: str = "light",
        sip_port: int = 0,
        vault: Vault | None = None,
        sealing: Sealing | None = None,
        sound: Sound | None = None,
        policy: Policy | None = None,
        updates: Updates | None = None,
    ) -> None:
        self.paths = Paths.below(home)
        self.sip_port = sip_port or free_port()
        self._sound = sound
        self._credentials = Credentials(vault or MemoryVault())
        self._sealing = sealing
        self._updates = updates
        self._file = SettingsFile(self.paths.settings, policy)
        self._file.write(
            dataclasses.replace(
                self._file.read(),
                server=server,
                login=login,
                language=language,
                theme=theme,
                sip_port=self.sip_port,
            )
        )
        self._application = dressed_application()
        speak(self._application, resources.folder(), language)
        self.look = Look(resources.folder(), theme)
        self.look.wear(self._application)
        self._formats = Formats(language)
        self._program: Program | None = None

    @property
    def sip_address(self) -> str:
        """Where a caller reaches this seat."""
        return f"sip:agent@127.0.0.1:{self.sip_port}"

    @property
    def program(self) -> Program:
        if self._program is None:
            raise RuntimeError("the seat is not open")
        return self._program

    @property
    def sign_in_window(self) -> SignInWindow | None:
        """Where name and password are asked for, while they are."""
        windows = QApplication.topLevelWidgets()
        return next((one for one in windows if isinstance(one, SignInWindow) and one.isVisible()), None)

    @property
    def window(self) -> MainWindow:
        if self.program.window is None:
            raise RuntimeError("nobody is signed in")
        return self.program.window

    @property
    def workspace(self) -> Workspace:
        if self.program.workspace is None:
            raise RuntimeError("nobody is signed in")
        return self.program.workspace

    def start(self, password: str | None = None, left: Left | None = None) -> None:
        """Begins to sign in; `until(lambda: seat.program.window is not None)` waits for the window."""
        settings = self._file.read()
        self._program = Program(
            self._application,
            self.look,
            self._formats,
            settings,
            self._file.write,
            front_door(self.paths, self._credentials, settings, self._file),
            self._open_desk,
            partial(gather_before_sign_in, self.paths, self._file),
            self._starts(),
            self._file.locked,
        )
        if left is not None:
            self._program.go_on_as(left)
        self._program.start(password)

    def _starts(self) -> StartLog:
        starts = StartLog(self.paths.data, version("agent-desktop"))
        starts.begin()
        return starts

    def _open_desk(
        self,
        wanted: Settings,
        inside: Inside,
        in_step: InStep,
        tell_seat: Callable[[Place], None],
        /,
        *,
        goes_back: bool,
    ) -> Desk:
        seen = (wanted, inside, in_step, tell_seat, self._sealing)
        desk = open_desk(self.paths, self._credentials, self._file, *seen, goes_back=goes_back)
        desk = dataclasses.replace(desk, find_headset=NoHeadset)
        if self._updates is not None:
            desk = dataclasses.replace(desk, rooms=dataclasses.replace(desk.rooms, updates=self._updates))
        return desk if self._sound is None else dataclasses.replace(desk, sound=self._sound)

    def stop(self) -> bool:
        """Closes the window as a person does. False when a lane would not end."""
        if self._program is None:
            return True
        program, self._program = self._program, None
        if program.window is not None:
            program.window.close()
        ended = program.stop()
        if program.window is not None:
            program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return ended

    # ---- as a person ------------------------------------------------------------------------------------

    def until(self, fact: Callable[[], object], timeout_s: float = 10.0) -> bool:
        """Lets the window live until the fact holds. False when it does not in time."""
        end = time.monotonic() + timeout_s
        while not fact():
            if time.monotonic() > end:
                return False
            QTest.qWait(1)
            time.sleep(STEP_MS / 1000)  # Qt waits without letting other threads of this process come to their turn
        return True

    def take_keyboard(self) -> bool:
        """As a window manager does for a window that opens; a bare screen has none."""
        window = self.sign_in_window or self.window
        window.activateWindow()
        return self.until(window.isActiveWindow)

    def press(self, keys: str) -> None:
        """One chord, such as `F9` or `Ctrl+Return`, to whatever has the focus."""
        QTest.keySequence(self._focus(), QKeySequence(keys))

    def type(self, text: str) -> None:
        """Types text as an input method delivers it: Chinese whole, Latin letter by letter."""
        for sign in text:
            if sign == "\n":
                QTest.keyClick(self._focus(), Qt.Key.Key_Return)
            elif sign.isascii():
                QTest.keyClicks(self._focus(), sign)
            else:
                commit(QApplication.focusWidget() or self.window, sign)

    def picture(self, path: Path, width: int = 1366, height: int = 768) -> Path:
        """What is on the screen, in this size of window, with whatever has popped up over it."""
        if (self.window.width(), self.window.height()) != (width, height):
            self.window.resize(width, height)
        QTest.qWait(SETTLE_MS)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = self.window.grab()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            painter = QPainter(picture)
            painter.drawPixmap(self.window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0))), popup.grab())
            painter.end()
        picture.save(str(path))
        return path

    def _focus(self) -> QWidget:
        """Who gets a key: an open popup before everything else, as from a real keyboard."""
        asked = self.sign_in_window
        return QApplication.activePopupWidget() or QApplication.focusWidget() or asked or self.window


def commit(widget: QWidget, text: str) -> None:
    """Text that an input method has finished composing."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)
