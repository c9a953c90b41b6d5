"""The server's command line: `agent-server init | run | import | openapi`, and what `console` adds."""

import argparse
import logging
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Final

import orjson
from sqlalchemy.exc import ArgumentError, DBAPIError

from agent_model.moment import zone_called, zones_like
from agent_server import (
    clocks_console,
    console,
    device_console,
    doctor,
    exchange_console,
    merges_console,
    number_ranges_console,
    papers_console,
    people_console,
    provisioning_console,
    questions_console,
    shift_plans_console,
    television_console,
    workstations_console,
)
from agent_server.console import EXIT_NOT_READY, EXIT_REFUSED, ask_password, now, say, why_no_key, with_database
from agent_server.database import Database, DatabaseBehind, address
from agent_server.floor.report_plan import BadPlan, read_plan
from agent_server.importing import console as tables_console
from agent_server.importing.company_folder import BadSource
from agent_server.importing.fields import KINDS
from agent_server.importing.folder import Imported, import_folder
from agent_server.passwords import Passwords
from agent_server.privacy import console as privacy_console
from agent_server.restoring import NUMBERS_SKIPPED, begin_another_history
from agent_server.scanner import BadScanner, scanner_of
from agent_server.settings import NoSecret, Settings, home_of, make_secret
from agent_server.sign_on import console as sign_on_console
from agent_server.sign_on.settings_file import BadSignOn, read_sign_on
from agent_server.switch.exchanges_file import BadExchanges, read_exchanges
from agent_server.users import Users

NO_DATABASE: Final = "the database is neither a file (SQLite) nor postgresql://user@host/name: look at --database"
MOST_NUMBERS_SKIPPED: Final = 1_000_000_000


def main(argv: list[str] | None = None) -> int:
    arguments = parser().parse_args(argv)
    os.umask(0o077)  # the database and the snapshots hold every customer: they are their owner's alone
    logging.basicConfig(level=arguments.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        url = address(arguments.database)
    except ArgumentError:
        return say(EXIT_REFUSED, NO_DATABASE)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        return say(EXIT_REFUSED, NO_DATABASE)
    try:
        home = home_of(url, arguments.home)
    except ValueError:
        return say(EXIT_REFUSED, "this database is not a file: name the server's folder with --home")
    zone = zone_called(arguments.site_zone)
    if arguments.site_zone and zone is None:
        return say(EXIT_REFUSED, f"no time zone is called {arguments.site_zone}: see agent-server zones")
    settings = Settings(url, home, zone=zone)
    command: Callable[[Settings, argparse.Namespace], int] = arguments.command
    try:
        return command(settings, arguments)
    except NoSecret as error:
        return say(EXIT_NOT_READY, why_no_key(Path(str(error))))
    except DatabaseBehind as error:
        found = error.found or "none"
        return say(EXIT_NOT_READY, f"tables are of version {found}, not {error.needed}: run agent-server init first")
    except DBAPIError as error:
        return say(EXIT_NOT_READY, f"the database cannot be used: {error.orig}")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent-server", description="The central server of the agent desktop.")
    commands = parser.add_subparsers(required=True)
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--database",
        default=os.environ.get("AGENT_SERVER_DATABASE", "agent-server.db"),
        help="a file, or an address such as postgresql://user@host/name (default: $AGENT_SERVER_DATABASE)",
    )
    everywhere.add_argument(
        "--home",
        default=os.environ.get("AGENT_SERVER_HOME"),
        help="folder of the secret key and the snapshots (default: $AGENT_SERVER_HOME, else that of the database file)",
    )
    everywhere.add_argument(
        "--site-zone",
        default=os.environ.get("AGENT_SERVER_ZONE", ""),
        metavar="ZONE",
        help="by whose clock days begin, such as Europe/Berlin (default: $AGENT_SERVER_ZONE, else Asia/Shanghai)",
    )
    everywhere.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))

    init = commands.add_parser("init", parents=[everywhere], help="make the database and the key, or bring them up")
    init.set_defaults(command=_init)

    serving = argparse.ArgumentParser(add_help=False)
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8700, help="0 takes a free one and says which")
    serving.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be given several times",
    )
    serving.add_argument("--workers", type=_count, default=1, help="processes that share the port (PostgreSQL only)")
    serving.add_argument(
        "--scanner",
        default="",
        metavar="SCANNER",
        help="looks for viruses in attachments: 'command:clamdscan --no-summary', 'clamd:unix:/run/clamav/clamd.ctl', "
        "'clamd:tcp:HOST:PORT', or 'simulated' for demonstrations; without one they are told as not scanned",
    )
    serving.add_argument(
        "--simulated-switch", action="store_true", help="show queue figures without a telephone switch"
    )
    run = commands.add_parser("run", parents=[everywhere, serving], help="serve until stopped")
    run.add_argument("--port-file", type=Path, help="write the port here once the server listens")
    run.set_defaults(command=_run)
    doctor.add_commands(commands, everywhere, serving)

    restored = commands.add_parser(
        "restored", parents=[everywhere], help="once after a restored backup, before the server runs again"
    )
    restored.add_argument(
        "--skip-numbers",
        type=int,
        default=NUMBERS_SKIPPED,
        help="ticket numbers left out, so that none given since the backup is given again (default: %(default)s)",
    )
    restored.set_defaults(command=_restored)
    people_console.add_import(console.add_commands(commands, everywhere), everywhere)
    device_console.add_commands(commands, everywhere)
    exchange_console.add_commands(commands, everywhere)
    sign_on_console.add_commands(commands, everywhere)
    television_console.add_commands(commands, everywhere)
    clocks_console.add_commands(commands, everywhere)
    number_ranges_console.add_commands(commands, everywhere)
    merges_console.add_commands(commands, everywhere)
    papers_console.add_commands(commands, everywhere)
    questions_console.add_commands(commands, everywhere)
    shift_plans_console.add_commands(commands, everywhere)
    privacy_console.add_commands(commands, everywhere)
    zones = commands.add_parser(
        "zones", parents=[everywhere], help="list the time zones of the world, or those like WORD"
    )
    zones.add_argument("words", nargs="*", metavar="WORD", help="part of a name: york, europe")
    zones.set_defaults(command=_zones)
    provisioning_console.add_commands(commands, everywhere)
    workstations_console.add_commands(commands, everywhere)
    openapi = commands.add_parser("openapi", parents=[everywhere], help="print the OpenAPI document of every route")
    openapi.set_defaults(command=_openapi)

    bring = commands.add_parser(
        "import", parents=[everywhere], help="read a table of customers, tickets or products, or a company's folder"
    )
    bring.add_argument("what", metavar="customers|tickets|products|FOLDER", help="what FILE holds; or a folder")
    bring.add_argument("file", type=Path, nargs="?", metavar="FILE", help="CSV or XLSX; the same again is harmless")
    tables_console.add_options(bring)
    bring.add_argument(
        "--password-for-all", action="store_true", help="give people without a password the one read from stdin"
    )
    bring.set_defaults(command=_import)
    return parser


def _count(text: str) -> int:
    if (count := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return count


def _init(settings: Settings, _arguments: argparse.Namespace) -> int:
    settings.home.mkdir(parents=True, exist_ok=True)
    make_secret(settings.home)

    async def migrate(database: Database) -> None:
        await database.migrate()

    with_database(settings, migrate)
    return 0


def _restored(settings: Settings, arguments: argparse.Namespace) -> int:
    if not 0 <= arguments.skip_numbers <= MOST_NUMBERS_SKIPPED:
        return say(EXIT_REFUSED, f"--skip-numbers is a number from 0 to {MOST_NUMBERS_SKIPPED}")

    async def begin(database: Database) -> tuple[str, int]:
        await database.require_current()
        epoch = await begin_another_history(database, settings.home / "snapshots", arguments.skip_numbers)
        return epoch, await privacy_console.erase_again(settings, database)

    epoch, erased = with_database(settings, begin)
    shutil.rmtree(settings.home / "snapshots-masked", ignore_errors=True)
    with_database(settings, console.note_restored(settings))
    sys.stdout.write(orjson.dumps({"epoch": epoch, "erased_again": erased}).decode() + "\n")
    return 0


def _run(settings: Settings, arguments: argparse.Namespace) -> int:
    from agent_server.serving import listening, serve, serve_in_workers  # half a second, for this command alone

    with_database(settings, Database.require_current)
    settings = replace(
        settings,
        has_simulated_switch=arguments.simulated_switch,
        trusted_proxies=tuple(arguments.proxy),
        scanner=arguments.scanner,
    )
    try:
        settings = replace(settings, exchanges=read_exchanges(settings.home))
    except BadExchanges as error:
        return say(EXIT_REFUSED, f"{error.place}: {error.fact}")
    try:
        scanner_of(settings.scanner)
    except BadScanner:
        return say(EXIT_REFUSED, f"no such scanner: {settings.scanner} (see agent-server run --help)")
    try:
        read_plan(settings.home)
    except BadPlan as error:
        return say(EXIT_REFUSED, f"reports cannot be sent: {error}")
    try:
        read_sign_on(settings.home)
    except BadSignOn as error:
        return say(EXIT_REFUSED, f"nobody could sign on: {error}")
    workers: int = arguments.workers
    if workers > 1 and settings.database.get_backend_name() == "sqlite":
        return say(EXIT_REFUSED, "SQLite serves one process: for several give --database postgresql://...")
    try:
        listener = listening(arguments.host, arguments.port)
    except OSError as error:
        return say(EXIT_NOT_READY, f"cannot listen on {arguments.host} port {arguments.port}: {error.strerror}")
    with listener:
        ready = partial(_say_where, arguments, listener.getsockname()[1])
        served = (
            serve_in_workers(settings, listener, workers, ready) if workers > 1 else serve(settings, listener, ready)
        )
    return 0 if served else EXIT_NOT_READY


def _say_where(arguments: argparse.Namespace, port: int) -> None:
    """To who waits for the server: in a file, and as a line of JSON."""
    if arguments.port_file is not None:
        arguments.port_file.write_text(f"{port}\n", encoding="ascii")
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    sys.stdout.write(orjson.dumps({"listening": f"http://{host}:{port}"}).decode() + "\n")
    sys.stdout.flush()


def _zones(_settings: Settings, arguments: argparse.Namespace) -> int:
    words = " ".join(arguments.words)
    found = zones_like(words)
    if not found:
        return say(EXIT_REFUSED, f"no time zone is called like {words}: name a continent or a large city")
    sys.stdout.write("".join(f"{name}\n" for name in found))
    return 0


def _openapi(settings: Settings, _arguments: argparse.Namespace) -> int:
    from agent_server.api.openapi import document
    from agent_server.app import create_app

    told = orjson.dumps(document(create_app(settings, now)), option=orjson.OPT_INDENT_2)
    sys.stdout.write(told.decode() + "\n")
    return 0


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.file is not None:
        if arguments.what not in KINDS:
            return say(EXIT_REFUSED, f"what is in {arguments.file}? Say {', '.join(KINDS)} before it")
        return tables_console.import_table(settings, arguments)
    folder = Path(arguments.what)
    if not folder.is_dir():
        return say(EXIT_REFUSED, f"{folder} is not a folder; a table is imported with what it holds and its file")
    password = ask_password() if arguments.password_for_all else None

    def progress(so_far: Imported) -> None:
        sys.stderr.write(f"\r{so_far.seen} rows read, {so_far.written} new or changed")
        sys.stderr.flush()

    async def bring(database: Database) -> Imported:
        await database.require_current()
        return await import_folder(database, folder, settings.dial_plan, progress, now())

    try:
        done: Imported = with_database(settings, bring)
    except BadSource as error:
        return say(EXIT_REFUSED, f"\n{error.place}: {error.fact}")
    sys.stderr.write("\n")
    if password is not None:
        with_database(settings, lambda database: _set_missing_passwords(settings, database, password))
    policy = clocks_console.import_policy(settings, folder)
    sys.stdout.write(orjson.dumps(asdict(done)).decode() + "\n")
    return policy


async def _set_missing_passwords(settings: Settings, database: Database, password: str) -> int:
    return await Users(database, Passwords(settings.password_cost)).set_missing_passwords(password)
