"""`agent-server doctor`: whether this machine and what the server leans on are as they have to be, one line each."""

import argparse
import asyncio
import contextlib
import ctypes
import http.client
import ipaddress
import os
import platform
import shutil
import ssl
import stat
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agent_model.moment import from_text
from agent_server import exchange_console
from agent_server.console import EXIT_NOT_READY, is_there, trail_of, why_no_key, with_database
from agent_server.database import Database, DatabaseBehind
from agent_server.floor.report_plan import BadPlan, read_plan
from agent_server.scanner import BadScanner, ScanFailed, scanner_of
from agent_server.settings import SECRET_FILE, NoSecret, Settings, read_secret
from agent_server.sign_on import console as sign_on_console
from agent_server.sign_on.settings_file import BadSignOn, read_sign_on
from agent_server.switch.exchanges_file import BadExchanges, read_exchanges

DISK_WANTED_GB: Final = 5.0
DISK_NEEDED_GB: Final = 1.0
CLOCKS_APART_S: Final = 2.0
FILES_WANTED: Final = 4096
PATIENCE_S: Final = 5.0
CLOCK_NOT_SET: Final = 5
"""What Linux answers while nobody sets its clock (TIME_ERROR of adjtimex)."""
SIZE_OF_TIMEX: Final = 512
CERTIFICATE_WANTED_DAYS: Final = 21
_CERTIFICATES: Final = {
    9: "set this machine's clock, or put a certificate there that counts already",
    10: "put a new certificate there, and load the proxy again; until then no workstation comes in",
    62: "the certificate has to name the host that workstations are told (server.url)",
}
"""What to do, by OpenSSL's numbers (X509_V_ERR)."""
_OTHER_AUTHORITY: Final = "name its authority with --ca here, and to workstations by server.ca_file of the policy"


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_well` is None for what is no fault and yet worth knowing."""

    part: str
    said: str
    is_well: bool | None = True

    def __str__(self) -> str:
        sign = {True: "ok", None: "note", False: "FAULT"}[self.is_well]
        return f"{sign:5}  {self.part:9}  {self.said}"


def add_commands(commands: Any, everywhere: argparse.ArgumentParser, serving: argparse.ArgumentParser) -> None:
    """`serving`: the options of `run` that say where it listens and who stands before it."""
    doctor = commands.add_parser(
        "doctor", parents=[everywhere, serving], help="say whether everything is there that the server leans on"
    )
    doctor.add_argument(
        "--address", default="", metavar="URL", help="as workstations reach it: try it, with its certificate"
    )
    doctor.add_argument("--ca", type=Path, metavar="FILE", help="of a private authority, for --address")
    doctor.set_defaults(command=_doctor)


def _doctor(settings: Settings, arguments: argparse.Namespace) -> int:
    parts: tuple[Callable[[], Iterator[Finding]], ...] = (
        _versions,
        lambda: _home(settings),
        lambda: _secret(settings),
        lambda: _database(settings),
        lambda: _clock(settings),
        lambda: _port(arguments.host, arguments.port),
        lambda: _address(arguments.address, arguments.ca),
        lambda: _proxies(arguments.proxy),
        lambda: _exchanges(settings),
        lambda: _sign_on(settings),
        lambda: _reports(settings),
        lambda: _scanner(arguments.scanner),
    )
    findings = []
    for part in parts:
        for finding in part():
            findings.append(finding)
            sys.stdout.write(f"{finding}\n")
            sys.stdout.flush()
    return EXIT_NOT_READY if any(each.is_well is False for each in findings) else 0


def _versions() -> Iterator[Finding]:
    yield Finding(
        "versions",
        f"agent-server {version('agent-desktop')}, Python {platform.python_version()}, {ssl.OPENSSL_VERSION}, "
        f"{platform.platform()}",
    )
    if os.name == "posix":
        import resource

        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if allowed < FILES_WANTED:
            yield Finding(
                "files", f"{allowed} may be open at once here; LimitNOFILE of the service is what counts for it", None
            )


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    if not home.is_dir():
        yield Finding("home", f"{home} is not there: run agent-server init", is_well=False)
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding("home", f"{home} may not be written: give it to the server's account (chown)", is_well=False)
    elif os.name == "posix" and home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("home", f"others of this machine can look into {home}: chmod 700 {home}", is_well=False)
    elif strangers := sorted(one.name for one in home.iterdir() if one.lstat().st_uid != home.stat().st_uid):
        told = f"not of the account that has {home}: {', '.join(strangers[:3])}"
        yield Finding("home", f"{told}: chown -R --reference={home} {home}", is_well=False)
    else:
        yield Finding("home", str(home))
    free_gb = shutil.disk_usage(home).free / 1e9
    place = f"{free_gb:.1f} GB are free at {home}"
    if free_gb < DISK_NEEDED_GB:
        yield Finding(
            "disk", f"{place}: recordings are refused soon; make room, or give it a larger disk", is_well=False
        )
    elif free_gb < DISK_WANTED_GB:
        yield Finding("disk", f"{place}: little for recordings (docs/operations.md says how much they take)", None)
    else:
        yield Finding("disk", place)


def _secret(settings: Settings) -> Iterator[Finding]:
    try:
        read_secret(settings.home)
    except NoSecret as error:
        yield Finding("secret", why_no_key(Path(str(error))), is_well=False)
        return
    path = settings.home / SECRET_FILE
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("secret", f"others of this machine can read {path}: chmod 600 {path}", is_well=False)
    else:
        yield Finding("secret", "the key is there; keep a copy of it apart from the database")


# ---- the database ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    product: str
    now: datetime


def _database(settings: Settings) -> Iterator[Finding]:
    file = Path(settings.database.database or "") if settings.database.get_backend_name() == "sqlite" else None
    if file is not None and not is_there(file):
        yield Finding("database", f"{file} is not there: run agent-server init", is_well=False)
        return
    if file is not None and not os.access(file, os.R_OK | os.W_OK):
        advice = "run this as the server's account, or give it the file (chown)"
        yield Finding("database", f"{file} may not be written by this account: {advice}", is_well=False)
        return
    shown = settings.database.render_as_string(hide_password=True)
    try:
        asked = with_database(settings, _ask)
        with_database(settings, Database.require_current)
    except DatabaseBehind as error:
        advice = "make a backup, then run agent-server init"
        yield Finding(
            "database",
            f"its tables are of version {error.found or 'none'}, not {error.needed}: {advice}",
            is_well=False,
        )
    except (DBAPIError, OSError, TimeoutError) as error:
        reason = getattr(error, "orig", error)
        if file is None:
            told = f"{shown} is not reached ({reason}): look at AGENT_SERVER_DATABASE and its server"
        else:
            told = f"{file} cannot be used ({reason}): keep it, and put the backup in its place (docs/operations.md)"
        yield Finding("database", told, is_well=False)
    else:
        yield Finding("database", f"{asked.product} at {shown}, tables of this version")
        yield from _trail(settings)


def _trail(settings: Settings) -> Iterator[Finding]:
    """What the newest line of the audit trail says of the key and of the clock."""
    with contextlib.suppress(NoSecret):
        newest = with_database(settings, lambda database: trail_of(settings, database).newest())
        if newest is None:
            return
        line, is_ours = newest
        if not is_ours:
            yield Finding(
                "secret",
                "the key is not the one that the audit trail of this database was written with: put back the one that "
                "belongs to it, or what is sealed (recordings, second factors) stays closed",
                is_well=False,
            )
        ahead_s = (from_text(line.at) - datetime.now(UTC)).total_seconds()
        if ahead_s > CLOCKS_APART_S:
            yield Finding(
                "trail",
                f"the newest line of the audit trail is {ahead_s:.0f} s in the future: this machine's clock was "
                "ahead or is behind; let a time server set it",
                is_well=False,
            )


async def _ask(database: Database) -> _Asked:
    async with asyncio.timeout(PATIENCE_S), database.reading() as connection:
        if database.is_sqlite:
            told = await connection.scalar(text("SELECT sqlite_version()"))
            return _Asked(f"SQLite {told}", datetime.now(UTC))
        told = await connection.scalar(text("SHOW server_version"))
        moment = await connection.scalar(text("SELECT clock_timestamp()"))
        return _Asked(f"PostgreSQL {told}", moment)


def _clock(settings: Settings) -> Iterator[Finding]:
    if _is_set_by_nobody():
        yield Finding("clock", "nobody sets this machine's clock: switch on systemd-timesyncd or chrony", None)
    if settings.database.get_backend_name() == "sqlite":
        yield Finding("clock", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        return
    with contextlib.suppress(DBAPIError, OSError, TimeoutError):
        apart_s = abs((with_database(settings, _ask).now - datetime.now(UTC)).total_seconds())
        said = f"this machine and the database's are {apart_s:.1f} s apart"
        if apart_s > CLOCKS_APART_S:
            yield Finding("clock", f"{said}: let both be set by the same time server", is_well=False)
        else:
            yield Finding("clock", said)


def _is_set_by_nobody() -> bool:
    """By Linux; elsewhere nobody knows."""
    ask = getattr(ctypes.CDLL(None), "adjtimex", None) if sys.platform == "linux" else None
    return ask is not None and ask(ctypes.create_string_buffer(SIZE_OF_TIMEX)) == CLOCK_NOT_SET


# ---- what it speaks with --------------------------------------------------------------------------------


def _port(host: str, port: int) -> Iterator[Finding]:
    from agent_server.serving import listening

    place = f"{host} port {port}"
    try:
        listening(host, port).close()
    except OSError as error:
        if _answers(host, port):
            yield Finding("port", f"a server answers at {place}")
        else:
            yield Finding(
                "port",
                f"{place} may not be had ({error.strerror}): another program has it, see ss -ltnp",
                is_well=False,
            )
        return
    yield Finding("port", f"{place} is free; no server runs there")


def _address(address: str, ca: Path | None) -> Iterator[Finding]:
    """As a workstation would: the certificate, and whether this server answers behind it."""
    if not address:
        return
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        yield Finding("address", f"{address} is no https:// address: nothing else may cross a network", is_well=False)
        return
    try:
        tls = ssl.create_default_context(cafile=str(ca) if ca else None)
        line = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=PATIENCE_S, context=tls)
        with contextlib.closing(line):
            line.connect()
            ends = ssl.cert_time_to_seconds(str((line.sock.getpeercert() or {})["notAfter"]))
            line.request("GET", f"{parts.path.rstrip('/')}/health")
            status = line.getresponse().status
    except ssl.SSLCertVerificationError as error:
        advice = _CERTIFICATES.get(error.verify_code, _OTHER_AUTHORITY)
        yield Finding("address", f"{address}: {error.verify_message}: {advice}", is_well=False)
        return
    except (OSError, http.client.HTTPException) as error:
        advice = "look at the proxy before the server, and at what --ca names"
        yield Finding("address", f"{address} does not answer ({error}): {advice}", is_well=False)
        return
    days = int((ends - time.time()) // 86_400)
    if status != http.client.OK:
        advice = "the proxy has to lead to the port of agent-server run"
        yield Finding("address", f"{address}/health answers {status}: {advice}", is_well=False)
    elif days < CERTIFICATE_WANTED_DAYS:
        yield Finding("address", f"{address} answers; its certificate ends in {days} days: have it renewed", None)
    else:
        yield Finding("address", f"{address} answers; its certificate holds {days} days")


def _answers(host: str, port: int) -> bool:
    address = f"http://[{host}]:{port}/health" if ":" in host else f"http://{host}:{port}/health"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=PATIENCE_S) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _proxies(proxies: list[str]) -> Iterator[Finding]:
    if not proxies:
        yield Finding("proxies", "none is believed: behind a proxy give its address with --proxy", None)
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            yield Finding(
                "proxies", f"{proxy} is no address, so nothing it says is believed: give an IP address", is_well=False
            )
        else:
            yield Finding("proxies", f"{proxy} is believed about who calls")


def _exchanges(settings: Settings) -> Iterator[Finding]:
    try:
        exchanges = read_exchanges(settings.home)
    except BadExchanges as error:
        yield Finding("exchange", f"{error.place}: {error.fact}", is_well=False)
        return
    if not exchanges:
        yield Finding(
            "exchange", f"there is no exchanges.toml in {settings.home}: no queue figures, no calls seen", None
        )
        return
    try:
        for told in exchange_console.check(settings, exchanges):
            yield Finding("exchange", told.text, told.is_well)
    except (DBAPIError, DatabaseBehind, OSError, TimeoutError):
        yield Finding("exchange", "cannot be compared with who serves what: the database comes first", None)


def _sign_on(settings: Settings) -> Iterator[Finding]:
    try:
        told = read_sign_on(settings.home)
    except BadSignOn as error:
        yield Finding("sign-on", str(error), is_well=False)
        return
    if told is None:
        return
    try:
        for one in sign_on_console.check(settings, told):
            yield Finding("sign-on", one.text, one.is_well)
    except (DBAPIError, DatabaseBehind, OSError):
        yield Finding("sign-on", "cannot be compared with the teams and queues: the database comes first", None)


def _reports(settings: Settings) -> Iterator[Finding]:
    try:
        plan = read_plan(settings.home)
    except BadPlan as error:
        yield Finding("reports", f"cannot be sent: {error}", is_well=False)
        return
    if plan is not None:
        yield Finding("reports", "there is a plan for sending them by mail")


def _scanner(wanted: str) -> Iterator[Finding]:
    try:
        scanner = scanner_of(wanted)
    except BadScanner:
        yield Finding("scanner", f"there is no {wanted}: see agent-server run --help", is_well=False)
        return
    if scanner is None:
        yield Finding("scanner", "nobody looks for viruses in attachments: give --scanner", None)
        return
    try:
        asyncio.run(scanner.scan(b"agent-server doctor"))
    except ScanFailed as error:
        yield Finding("scanner", f"{wanted} does not answer ({error}): attachments wait until it does", is_well=False)
        return
    yield Finding("scanner", f"{wanted} answers")
