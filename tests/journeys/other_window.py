"""The workstation as a process of its own, `python -m agent_desktop` with hands, so that it can be killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
import psutil

from agent_desktop.paths import HOME_VARIABLE, Paths
from agent_desktop.settings import Settings, SettingsFile
from agent_desktop.softphone.run_folder import find
from agent_desktop.wrap_up import KIND
from demo.beside import beside
from demo.server import PASSWORD

ROOT = Path(__file__).parents[2]
LOOK_EVERY_S = 0.05


class OtherWindow:
    """`python -m tests.journeys.hands`: see there what it can be told.

    `link` is what it is started with, `env` its environment, `chosen` settings that are not the usual ones.
    """

    def __init__(
        self,
        home: Path,
        server: str,
        sip_port: int,
        login: str = "lin.yue",
        link: str = "",
        env: Mapping[str, str] = os.environ,
        **chosen: Any,
    ) -> None:
        self.paths = Paths.below(home)
        settings = Settings(language="en", theme="light", sip_port=sip_port, **chosen)
        SettingsFile(self.paths.settings).write(settings)
        words = [sys.executable, "-m", "tests.journeys.hands", "--server", server, "--login", login]
        self._process = subprocess.Popen(
            [*words, "--password-stdin", *(["--", link] if link else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            env={**env, HOME_VARIABLE: str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        )
        self.sip_address = f"sip:agent@127.0.0.1:{sip_port}"
        self.said: list[dict[str, Any]] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="other window", daemon=True)
        self._reader.start()
        self.do(PASSWORD)

    @property
    def pid(self) -> int:
        return self._process.pid

    def do(self, wish: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(wish + "\n")
        self._process.stdin.flush()

    def look(self) -> dict[str, Any]:
        """What can be seen now."""
        with self._more:
            before = len(self._looks())
            self.do("look")
            assert self._more.wait_for(lambda: len(self._looks()) > before, 20), "the window does not answer"
            return self._looks()[-1]

    def until(self, fact: Callable[[dict[str, Any]], object], timeout_s: float = 30.0) -> bool:
        """Whether what can be seen is so in time."""
        end = time.monotonic() + timeout_s
        while not fact(self.look()):
            if time.monotonic() > end:
                return False
            with self._more:
                self._more.wait(LOOK_EVERY_S)
        return True

    def wait_for_keys(self, count: int) -> bool:
        with self._more:
            return self._more.wait_for(lambda: len(self.typed) >= count, 60)

    @property
    def typed(self) -> list[dict[str, Any]]:
        """Every key of steady typing with its moment."""
        return [line for line in self.said if "typed" in line]

    def kill(self) -> None:
        """As by kill -9: nothing is tidied up. The phone is not touched."""
        self._process.kill()
        self._process.wait()
        self._let_go()

    def leave(self) -> None:
        """As a person does, after the last call: the phone ends with the window."""
        self.do("leave")
        self._process.wait(30)
        self._let_go()

    def _let_go(self) -> None:
        self._reader.join(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def close(self) -> None:
        if self._process.poll() is None:
            self.kill()

    def _looks(self) -> list[dict[str, Any]]:
        return [line for line in self.said if "window" in line]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                with self._more:
                    self.said.append(json.loads(line))
                    self._more.notify_all()


def phone_pid(paths: Paths) -> int:
    """The phone that this seat left behind."""
    there = find(paths.run)
    assert there is not None, "no phone"
    return there.pid


def end_phone(window: OtherWindow) -> None:
    """The phone outlives a window that was killed; not a journey."""
    with contextlib.suppress(AssertionError, psutil.NoSuchProcess):
        phone = psutil.Process(phone_pid(window.paths))
        os.kill(phone.pid, signal.SIGTERM)
        phone.wait(10)


def note_on_disk(paths: Paths, key: str) -> str:
    """Of the call that is being wrapped up."""
    [outbox] = paths.data.glob("*/*/outbox.db")
    with contextlib.closing(beside(outbox)) as database:
        row = database.execute("SELECT body FROM draft WHERE key = ?", (f"~{KIND}:{key}",)).fetchone()
    return "" if row is None else str(orjson.loads(row[0])["note"])


def guide_on_disk(paths: Paths) -> str:
    """What is typed for the step of a guide."""
    [outbox] = paths.data.glob("*/*/outbox.db")
    with contextlib.closing(beside(outbox)) as database:
        row = database.execute("SELECT body FROM draft WHERE key LIKE '~guide:%'").fetchone()
    return "" if row is None else str(orjson.loads(row[0])["typed"])


def subject_on_disk(paths: Paths) -> str:
    """What a window that is killed now would find again."""
    [outbox] = paths.data.glob("*/*/outbox.db")
    with contextlib.closing(beside(outbox)) as database:
        bodies = [orjson.loads(body) for (body,) in database.execute("SELECT body FROM draft")]
    return next((str(body["subject"]) for body in bodies if "subject" in body), "")
