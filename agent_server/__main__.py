"""The server's command line: `agent-server init | run | user | import`."""

import argparse
import asyncio
import getpass
import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import uvicorn
from sqlalchemy.exc import DBAPIError

from agent_model.agent import Role
from agent_server.app import create_app
from agent_server.company_folder import BadSource
from agent_server.database import Database, DatabaseBehind, address
from agent_server.importer import Imported, import_folder
from agent_server.passwords import Passwords
from agent_server.restoring import NUMBERS_SKIPPED, begin_another_history
from agent_server.rows import BadBody
from agent_server.settings import NoSecret, Settings, home_of, make_secret, read_secret
from agent_server.users import UnknownUser, UserExists, Users

EXIT_REFUSED: Final = 1
EXIT_NOT_READY: Final = 3
HEADERS_AT_MOST: Final = 32 * 1024
"""Bytes before the connection is closed; from `Settings.largest_headers` on the answer is 431."""
MOST_NUMBERS_SKIPPED: Final = 1_000_000_000


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    os.umask(0o077)  # the database and the snapshots hold every customer: they are their owner's alone
    logging.basicConfig(level=arguments.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    url = address(arguments.database)
    try:
        home = home_of(url, arguments.home)
    except ValueError:
        return _say(EXIT_REFUSED, "this database is not a file: name the server's folder with --home")
    settings = Settings(url, home)
    command: Callable[[Settings, argparse.Namespace], int] = arguments.command
    try:
        return command(settings, arguments)
    except NoSecret as error:
        return _say(EXIT_NOT_READY, f"no secret key in {error}: run agent-server init first")
    except DatabaseBehind as error:
        found = error.found or "none"
        return _say(EXIT_NOT_READY, f"tables are of version {found}, not {error.needed}: run agent-server init first")
    except DBAPIError as error:
        return _say(EXIT_NOT_READY, f"the database cannot be used: {error.orig}")


def _parser() -> argparse.ArgumentParser:
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
    everywhere.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))

    init = commands.add_parser("init", parents=[everywhere], help="make the database and the key, or bring them up")
    init.set_defaults(command=_init)

    run = commands.add_parser("run", parents=[everywhere], help="serve until stopped")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8700, help="0 takes a free one and says which")
    run.add_argument("--port-file", type=Path, help="write the port here once the server listens")
    run.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be given several times",
    )
    run.add_argument("--simulated-switch", action="store_true", help="show queue figures without a telephone switch")
    run.set_defaults(command=_run)

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

    user = commands.add_parser("user", help="people who may sign in").add_subparsers(required=True)
    add = user.add_parser("add", parents=[everywhere], help="add a person; the password is asked for")
    add.add_argument("login")
    add.add_argument("--name-zh", default="")
    add.add_argument("--name-en", default="")
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.AGENT.value)
    add.add_argument("--extension", default="")
    add.add_argument("--team", required=True)
    add.add_argument("--queue", action="append", default=[], help="may be given several times")
    add.set_defaults(command=_user_add)
    passwd = user.add_parser("passwd", parents=[everywhere], help="set a password; it is asked for")
    passwd.add_argument("login")
    passwd.set_defaults(command=_user_passwd)
    listed = user.add_parser("list", parents=[everywhere], help="who there is")
    listed.set_defaults(command=_user_list)

    bring = commands.add_parser("import", parents=[everywhere], help="read a company's folder; again is harmless")
    bring.add_argument("folder", type=Path)
    bring.add_argument(
        "--password-for-all", action="store_true", help="give people without a password the one read from stdin"
    )
    bring.set_defaults(command=_import)
    return parser


def _init(settings: Settings, _arguments: argparse.Namespace) -> int:
    settings.home.mkdir(parents=True, exist_ok=True)
    make_secret(settings.home)

    async def migrate(database: Database) -> None:
        await database.migrate()

    _with_database(settings, migrate)
    return 0


def _restored(settings: Settings, arguments: argparse.Namespace) -> int:
    if not 0 <= arguments.skip_numbers <= MOST_NUMBERS_SKIPPED:
        return _say(EXIT_REFUSED, f"--skip-numbers is a number from 0 to {MOST_NUMBERS_SKIPPED}")

    async def begin(database: Database) -> str:
        await database.require_current()
        return await begin_another_history(database, settings.home / "snapshots", arguments.skip_numbers)

    epoch = _with_database(settings, begin)
    sys.stdout.write(orjson.dumps({"epoch": epoch}).decode() + "\n")
    return 0


def _run(settings: Settings, arguments: argparse.Namespace) -> int:
    _with_database(settings, Database.require_current)
    settings = replace(
        settings, has_simulated_switch=arguments.simulated_switch, trusted_proxies=tuple(arguments.proxy)
    )
    app = create_app(settings, _now)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEADERS_AT_MOST,
        ws="websockets-sansio",
    )
    try:
        listener = _listen(arguments.host, arguments.port)
    except OSError as error:
        return _say(EXIT_NOT_READY, f"cannot listen on {arguments.host} port {arguments.port}: {error.strerror}")
    with listener:
        port = listener.getsockname()[1]
        return asyncio.run(_serve(uvicorn.Server(config), listener, arguments, port))


async def _serve(server: uvicorn.Server, listener: socket.socket, arguments: argparse.Namespace, port: int) -> int:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        if arguments.port_file is not None:
            arguments.port_file.write_text(f"{port}\n", encoding="ascii")
        host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
        sys.stdout.write(orjson.dumps({"listening": f"http://{host}:{port}"}).decode() + "\n")
        sys.stdout.flush()
    await serving
    return 0 if server.started else EXIT_NOT_READY


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only what is plainly TCP; otherwise every answer waits 40 ms for an ACK
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _user_add(settings: Settings, arguments: argparse.Namespace) -> int:
    body: dict[str, Any] = {
        "login": arguments.login,
        "name": {"zh": arguments.name_zh, "en": arguments.name_en or arguments.login},
        "role": arguments.role,
        "extension": arguments.extension,
        "team": arguments.team,
        "queues": arguments.queue,
        "languages": ["zh-CN"],
    }
    password = _ask_password()
    try:
        _with_users(settings, lambda users: users.add(body, password))
    except UserExists:
        return _say(EXIT_REFUSED, f"{arguments.login} exists")
    except BadBody as error:
        return _say(EXIT_REFUSED, f"{error.field} is not as it should be")
    return 0


def _user_passwd(settings: Settings, arguments: argparse.Namespace) -> int:
    password = _ask_password()
    try:
        _with_users(settings, lambda users: users.set_password(arguments.login, password, _now()))
    except UnknownUser:
        return _say(EXIT_REFUSED, f"nobody is called {arguments.login}")
    return 0


def _user_list(settings: Settings, _arguments: argparse.Namespace) -> int:
    for user in _with_users(settings, lambda users: users.all()):
        marks = ("" if user.has_password else " (no password)") + (" (locked)" if user.is_locked else "")
        sys.stdout.write(f"{user.login}\t{user.role}\t{user.team}\t{','.join(user.queues)}{marks}\n")
    return 0


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    if not arguments.folder.is_dir():
        return _say(EXIT_REFUSED, f"{arguments.folder} is not a folder")
    password = _ask_password() if arguments.password_for_all else None

    def progress(so_far: Imported) -> None:
        sys.stderr.write(f"\r{so_far.seen} rows read, {so_far.written} new or changed")
        sys.stderr.flush()

    async def bring(database: Database) -> Imported:
        await database.require_current()
        return await import_folder(database, arguments.folder, settings.dial_plan, progress)

    try:
        done: Imported = _with_database(settings, bring)
    except BadSource as error:
        return _say(EXIT_REFUSED, f"\n{error.place}: {error.fact}")
    sys.stderr.write("\n")
    if password is not None:
        _with_users(settings, lambda users: users.set_missing_passwords(password))
    sys.stdout.write(orjson.dumps({"seen": done.seen, "written": done.written}).decode() + "\n")
    return 0


def _ask_password() -> str:
    """From the keyboard without showing it, or the first line of stdin; never from the arguments."""
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\r\n")


def _with_database(settings: Settings, work: Callable[[Database], Any]) -> Any:
    async def working() -> Any:
        database = Database(settings.database)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def _with_users(settings: Settings, work: Callable[[Users], Any]) -> Any:
    read_secret(settings.home)

    async def working(database: Database) -> Any:
        await database.require_current()
        return await work(Users(database, Passwords(settings.password_cost)))

    return _with_database(settings, working)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(code: int, sentence: str) -> int:
    sys.stderr.write(f"agent-server: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
