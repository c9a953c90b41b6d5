"""The demo's central server: a real process on loopback, with the demo company in it, killed and restarted at will."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from demo import company, hours
from demo.people import TODAY, Person, people
from demo.rota import write_rota

PASSWORD = "hailan-demo-2026"  # noqa: S105 - printed for the visitor; the server listens on loopback only
START_WITHIN_S = 30.0
SITE = ZoneInfo("Asia/Shanghai")


class DemoServer:
    """`home` holds the key, the log, and the database where that has no `address`. Raises RuntimeError when a step of
    the server fails."""

    def __init__(self, home: Path, address: str = "") -> None:
        self._home = home
        self._address = address
        self._database = home / "server.db"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def database(self) -> Path:
        return self._database

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def fill(
        self,
        customers: int,
        contacts_each: int = 8,
        today: datetime = TODAY,
        regulars: Sequence[Person] = (),
        articles_each: int | None = None,
        password: str = PASSWORD,
    ) -> None:
        """Makes the database and imports the company: facts, articles, people and `customers` customers.

        `regulars` are the last of them. `articles_each`: no more articles than these in each language.
        `password`: everybody's; empty, nobody has one yet. Raises RuntimeError when the server's own import fails.
        """
        self._home.mkdir(parents=True, exist_ok=True)
        folder = self._home / "company"
        shutil.copytree(company.FOLDER, folder, dirs_exist_ok=True)
        if articles_each is not None:
            for language in (folder / "articles").iterdir():
                for article in sorted(language.iterdir())[articles_each:]:
                    article.unlink()
        with (folder / "customers.jsonl").open("w", encoding="utf-8") as lines:
            made = people(customers - len(regulars), contacts_each=contacts_each, today=today)
            for person in (*regulars, *made):
                lines.write(json.dumps(person.to_plain(), ensure_ascii=False) + "\n")
        self._run("init")
        self._run("import", str(folder), *(["--password-for-all"] if password else []), said=password)

    def start(self) -> str:
        """Serves on the port of the first start, or on a free one; returns the address once it answers."""
        port_file = self._home / "port"
        port_file.unlink(missing_ok=True)
        with (self._home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._command("run"), "--port", str(self._port), "--port-file", str(port_file), "--simulated-switch"],
                stdout=log,
                stderr=log,
                env=self._environment(),
            )
        until = time.monotonic() + START_WITHIN_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended at once; see {self._home / 'server.log'}")
            if port_file.exists() and (written := port_file.read_text(encoding="utf-8").strip()):
                self._port = int(written)
                if self._answers():
                    return self.address
            time.sleep(0.05)
        raise RuntimeError(f"the server did not answer within {START_WITHIN_S:.0f} s")

    def remember_weeks(self, today: date) -> None:
        """How long everybody was signed in these weeks, and who began lately. Before `start`."""
        hours.note_hours(self._database, today)
        self._run("user", "joined", hours.NEWCOMER, hours.joined_on(today).isoformat())

    def plan_shifts(self, now: datetime) -> None:
        """What everybody is to do these two weeks. Before `start`."""
        self._run("shifts", "import", str(write_rota(self._home / "rota.csv", now.astimezone(SITE))))

    def kill(self) -> None:
        """As if somebody had pulled the plug."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", timeout=1.0).is_success
        except httpx.TransportError:
            return False

    def _run(self, *words: str, said: str = "") -> None:
        done = subprocess.run(
            self._command(*words), input=said.encode(), capture_output=True, env=self._environment(), check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"agent-server {words[0]}: {done.stderr.decode(errors='replace')[-800:]}")

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "agent_server", *words, "--database", self._address or str(self._database)]

    def _environment(self) -> Mapping[str, str]:
        return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "AGENT_SERVER_HOME": str(self._home)}
