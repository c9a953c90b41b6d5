"""What a site decides about its server."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.engine import URL

from agent_model.phone_number import DialPlan
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.freeswitch.settings import FreeSwitchSettings

SECRET_FILE: Final = "secret.key"  # noqa: S105 - the name of the file, not a secret


class NoSecret(Exception):
    """The secret key is missing or too short; `agent-server init` makes one."""


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What one argon2id check takes. The library's defaults (RFC 9106, low memory) take about 50 ms."""

    time: int = 3
    memory_kib: int = 65536
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """`home` holds the secret key, the snapshots and the files that were uploaded; `scanner` looks for viruses in
    attachments (`scanner.scanner_of`), nobody does where it is empty."""

    database: URL
    home: Path
    access_life: timedelta = timedelta(minutes=15)
    refresh_life: timedelta = timedelta(days=30)
    failures_before_wait: int = 5
    failures_of_a_login: int = 50
    failures_of_an_address: int = 200
    failure_memory: timedelta = timedelta(minutes=15)
    first_wait: timedelta = timedelta(seconds=60)
    longest_wait: timedelta = timedelta(minutes=15)
    password_cost: PasswordCost = field(default_factory=PasswordCost)
    dial_plan: DialPlan = field(default_factory=DialPlan)
    zone: ZoneInfo | None = None
    """By whose clock days begin; without one that of the country of the dial plan."""
    poke_delay_s: float = 0.1
    look_every_s: float = 10.0
    look_every_alone_s: float = 1.0
    figures_every_s: float = 5.0
    plans_every_s: float = 15.0
    """How often it is told anew who keeps to the plan of their shift."""
    short_abandon_s: float = 5.0
    gone_after_s: float = 30.0
    """A workstation without a live connection is told as gone to who leads the agent."""
    offline_after_s: float = 120.0
    """After which its agent is signed out of the queues."""
    snapshot_every: int = 2000
    feed_whole: timedelta = timedelta(days=7)
    feed_kept: timedelta = timedelta(days=90)
    ops_kept: timedelta = timedelta(days=400)
    retention_every: timedelta = timedelta(hours=6)
    clocks_every_s: float = 15.0
    quizzes_every_s: float = 30.0
    search_gaps_every_s: float = 3600.0
    articles_every_s: float = 15.0
    scanner: str = ""
    attachments_every_s: float = 10.0
    feedback_every_s: float = 20.0
    exchange_recordings_every_s: float = 30.0
    largest_body: int = 4 * 1024 * 1024
    largest_headers: int = 16 * 1024
    body_within_s: float = 30.0
    largest_file: int = 512 * 1024 * 1024
    largest_piece: int = 8 * 1024 * 1024
    unfinished_uploads: int = 20
    unfinished_kept: timedelta = timedelta(days=7)
    requests_per_s: float = 100.0
    requests_burst: int = 2000
    reveals_per_s: float = 0.2
    reveals_burst: int = 60
    floor_reads_per_s: float = 1.0
    floor_reads_burst: int = 120
    verifications_per_s: float = 1.0
    verifications_burst: int = 200
    sign_ins_per_s: float = 20.0
    sign_ins_burst: int = 400
    refreshes_per_s: float = 200.0
    refreshes_burst: int = 5000
    trusted_proxies: tuple[str, ...] = ()
    has_simulated_switch: bool = False
    exchanges: tuple[AsteriskSettings | FreeSwitchSettings, ...] = ()

    @property
    def site_zone(self) -> ZoneInfo:
        """The clock of days, and of times where nobody says another."""
        return self.zone or ZoneInfo("Asia/Shanghai" if self.dial_plan.country == "CN" else "UTC")


def home_of(database: URL, home: str | None) -> Path:
    """The server's folder: as given, else the folder of its SQLite file. Raises ValueError when neither names one."""
    if home is not None:
        return Path(home).absolute()
    if database.get_backend_name() != "sqlite" or not database.database:
        raise ValueError("home")
    return Path(database.database).absolute().parent


def make_secret(home: Path) -> None:
    """Write a new secret key, readable by its owner alone, unless there is one."""
    path = home / SECRET_FILE
    if path.exists():
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))


def read_secret(home: Path) -> str:
    """Raises NoSecret."""
    try:
        secret = (home / SECRET_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(str(home / SECRET_FILE)) from error
    if len(secret) < 64:
        raise NoSecret(str(home / SECRET_FILE))
    return secret
