"""One agent's shift in the story: the seat, the server, who calls, and what is looked at to know that it is true."""

import sqlite3
import wave
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from agent_desktop.softphone.audio import Sound
from demo.beside import beside
from demo.caller import Caller
from demo.colleague import Colleague
from demo.record import Broken
from demo.regulars import Regular
from demo.seat import Seat
from demo.server import DemoServer
from demo.speech import speak

LOGIN = "lin.yue"
LOUD = 0.05
QUIET = 0.005
LEVELS_TO_BE_SURE = 12
LEVELS_TO_SETTLE = 6
SAMPLES_A_PIECE = 1_600


@dataclass(slots=True)
class Shift:
    """Everything the scenes share. `close` ends all of it."""

    home: Path
    server: DemoServer
    sound: Sound
    language: str
    customers: int
    chen: Regular
    lopez: Regular
    is_chinese: bool
    callers: list[Caller] = field(default_factory=list)
    colleague: Colleague | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    taken: Seat | None = None

    @property
    def seat(self) -> Seat:
        if self.taken is None:
            raise RuntimeError("nobody has sat down yet")
        return self.taken

    def take_seat(self) -> None:
        """Opens the workstation as somebody does who has never worked here: it knows the server, not the person."""
        self.taken = Seat(self.home / "seat", self.server.address, "", self.language, sound=self.sound)
        self.taken.start()

    def press(self, keys: str) -> None:
        self.seat.press(keys)

    def close(self) -> None:
        for caller in self.callers:
            caller.close()
        if self.colleague is not None:
            self.colleague.close()
        if self.taken is not None:
            self.taken.stop()
        self.server.stop()

    # ---- doing ------------------------------------------------------------------------------------------

    def words(self, chinese: str, english: str) -> str:
        """What the agent types, in the language of the screen."""
        return chinese if self.is_chinese else english

    def call_from(self, regular: Regular, call_ref: str) -> Caller:
        said = speak(regular.says, regular.language, self.home / f"{call_ref}.says.wav")
        record = self.home / f"{call_ref}.hears.wav"
        caller = Caller(self.seat.sip_address, regular.number, regular.headers(call_ref), said, record)
        self.callers.append(caller)
        return caller

    @property
    def at_the_server(self) -> Colleague:
        if self.colleague is None:
            raise RuntimeError("nobody else is signed in")
        return self.colleague

    @property
    def caller(self) -> Caller:
        return self.callers[-1]

    def wait(self, fact: Callable[[], object], otherwise: Callable[[], object] | str, timeout_s: float = 10.0) -> None:
        """Raises Broken when the fact does not come true in time; `otherwise` is what was seen instead."""
        if not self.seat.until(fact, timeout_s):
            seen = otherwise if isinstance(otherwise, str) else otherwise()
            raise Broken(f"{seen} (waited {timeout_s:g} s)")

    def choose(self, text: str) -> None:
        """Types into the field that offers choices and takes the first one offered."""
        self.seat.type(text)
        self.wait(lambda: QApplication.activePopupWidget() is not None, f"nothing was offered for {text!r}")
        # On X11 the keyboard goes to the list and comes back, both a moment later: slower than this story types.
        self._wait_for_keyboard(QApplication.activePopupWidget())
        self.seat.press("Down")
        self.seat.press("Return")
        self.wait(lambda: QApplication.activePopupWidget() is None, f"{text!r} was not taken")
        self._wait_for_keyboard(self.seat.window)

    def _wait_for_keyboard(self, widget: QWidget | None) -> None:
        if widget is None or QApplication.platformName() != "xcb":
            return
        window = widget.window().windowHandle()
        self.wait(lambda: QApplication.focusWindow() is window, "the keyboard is elsewhere")

    # ---- looking ----------------------------------------------------------------------------------------

    def chip(self) -> str:
        return self.seat.window.top_bar.sync.text().strip()

    def state(self) -> str:
        return self.seat.window.top_bar.state.text().replace("▾", "").strip()

    def open_tickets(self) -> list[str]:
        """The lines of the card, as read aloud: number, subject, status, time left."""
        return lines_of(self.seat.window.customer.tickets.findChildren(QAbstractItemView)[0])

    def banner(self) -> str:
        banner = self.seat.window.offline_banner
        return "" if banner.isHidden() else banner.words

    def heard_by_caller(self, *, loud: bool) -> float:
        """Waits until the caller hears speech, or nothing but silence for a second; how loud it was then."""
        caller, start = self.caller, len(self.caller.heard)
        if loud:
            self.wait(lambda: max(caller.heard[start:], default=0.0) > LOUD, "the caller hears nothing")
            return max(caller.heard[start:])

        def is_quiet() -> bool:
            return max((caller.heard[start:] or [1.0])[-LEVELS_TO_BE_SURE:]) < QUIET and len(caller.heard) >= enough

        enough = start + LEVELS_TO_BE_SURE + LEVELS_TO_SETTLE
        self.wait(is_quiet, "the caller still hears the agent")
        return max(caller.heard[-LEVELS_TO_BE_SURE:])

    def cached(self, table: str) -> int:
        """Rows of the workstation's own database, read beside it."""
        file = next(self.seat.paths.data.rglob("cache.db"))
        with closing(beside(file)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names

    def on_server(self, table: str) -> int:
        with closing(sqlite3.connect(f"{self.server.database.as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names


def said(context: str, words: str) -> str:
    """A sentence of the screen, in the screen's language."""
    return QCoreApplication.translate(context, words)


def lines_of(view: QAbstractItemView) -> list[str]:
    model = view.model()
    rows = range(model.rowCount())
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]


def loudest(wav: Path) -> float:
    """The loudest tenth of a second of a recording, 0..1."""
    import numpy as np

    with wave.open(str(wav), "rb") as reader:
        samples = np.frombuffer(reader.readframes(reader.getnframes()), dtype=np.int16).astype(np.float64) / 32_768
    pieces = [samples[at : at + SAMPLES_A_PIECE] for at in range(0, len(samples), SAMPLES_A_PIECE)]
    return max((float(np.sqrt(np.mean(piece**2))) for piece in pieces if len(piece)), default=0.0)
