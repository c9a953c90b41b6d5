"""The commands of docs/it/backup.md: what they save of a running server is put back after everything was destroyed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent_server.privacy.journal import FILE as ERASURES
from agent_server.settings import Settings
from tests.in_process import serving
from tests.server.conftest import CUSTOMERS, NewSite, executed
from tests.server.workstation import Workstation

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "it" / "backup.md"
BACKUP, RESTORE = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
RECORDING = Path("files/whole/ab/abcdef")
ARTICLE_FILE = Path("files/articles/cd/cdef01")
KEPT, LOST = "filed before the backup", "filed after the backup"
pytestmark = pytest.mark.timeout(300)


def run(commands: str, settings: Settings, folder: Path, **more: str) -> None:
    is_file = settings.database.get_backend_name() == "sqlite"
    url = settings.database.render_as_string(hide_password=False).replace("postgresql+asyncpg", "postgresql")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "AGENT_SERVER_DATABASE": str(settings.database.database) if is_file else url,
        "AGENT_SERVER_HOME": str(settings.home),
        "BACKUP": str(folder / "backup"),
        "KEYS": str(folder / "keys"),
        **more,
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_the_page_saves_of_a_running_server_is_whole_after_everything_was_destroyed(
    new_site: NewSite, tmp_path: Path
) -> None:
    settings = new_site(CUSTOMERS)
    saved = tmp_path / "elsewhere"
    for path in (RECORDING, ARTICLE_FILE):
        (settings.home / path).parent.mkdir(parents=True)
        (settings.home / path).write_bytes(path.name.encode() * 1000)
        (settings.home / path).chmod(0o600)
    (settings.home / "exchange.pem").write_text("of the exchange")
    (settings.home / "exchange.pem").chmod(0o600)
    secret = (settings.home / "secret.key").read_bytes()
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        epoch = seat.hello()["epoch"]
        seat.push(seat.ticket(subject=KEPT))
        run(BACKUP, settings, saved)
        seat.push(seat.ticket(subject=LOST))
        access = seat.access
    assert (saved / "keys" / "secret.key").read_bytes() == secret
    assert list((saved / "backup").rglob("*.key")) == []
    assert {path.stat().st_mode & 0o077 for path in saved.rglob("*") if path.is_file()} == {0}

    executed(settings, "DELETE FROM ticket")
    executed(settings, "DELETE FROM customer")
    shutil.rmtree(settings.home)
    [day] = (path for path in (saved / "backup").iterdir() if path.name != "files")
    run(RESTORE, settings, saved, day=str(day))

    for path in (RECORDING, ARTICLE_FILE):
        assert (settings.home / path).read_bytes() == path.name.encode() * 1000
    assert (settings.home / "secret.key").read_bytes() == secret
    assert (settings.home / "exchange.pem").exists()
    assert [subject for (subject,) in executed(settings, "SELECT subject FROM ticket")].count(KEPT) == 1
    assert LOST not in [subject for (subject,) in executed(settings, "SELECT subject FROM ticket")]
    assert len(executed(settings, "SELECT id FROM customer")) == len(CUSTOMERS)
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        seat.http.headers["Authorization"] = f"Bearer {access}"
        greeting = seat.hello()
        assert greeting["epoch"] != epoch


def test_older_erasures_never_take_the_place_of_newer_ones(new_site: NewSite, tmp_path: Path) -> None:
    settings = new_site(CUSTOMERS)
    saved = tmp_path / "elsewhere"
    (settings.home / ERASURES).write_text("")
    run(BACKUP, settings, saved)
    assert (saved / "keys" / ERASURES).exists()
    (saved / "keys" / ERASURES).write_text("older")
    [day] = (path for path in (saved / "backup").iterdir() if path.name != "files")

    run(RESTORE, settings, saved, day=str(day))

    assert (settings.home / ERASURES).read_text() == ""
