"""The command line for what workstations are set up with: `agent-server provisioning set | clear | show | key`."""

import argparse
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from agent_server.administration import Actor
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.provisioning import (
    LEAST_DAYS,
    MOST_DAYS,
    USUAL_DAYS,
    BadProvisioning,
    Provisioning,
    make_key,
    public_key,
)
from agent_server.settings import Settings

T = TypeVar("T")


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("provisioning", help="what workstations are set up with (docs/it/provisioning.md)")
    ways = about.add_subparsers(required=True)
    given = ways.add_parser("set", parents=[everywhere], help="set workstations up with the keys of a JSON file")
    given.add_argument("file", type=Path, metavar="FILE.json")
    given.add_argument("--valid-days", type=_days, default=USUAL_DAYS, help="without the server (default: %(default)s)")
    given.add_argument("--reason", default="", help="for the audit trail")
    given.set_defaults(command=_set)
    cleared = ways.add_parser("clear", parents=[everywhere], help="set nothing any more")
    cleared.add_argument("--reason", default="", help="for the audit trail")
    cleared.set_defaults(command=_clear)
    shown = ways.add_parser("show", parents=[everywhere], help="what stands now")
    shown.set_defaults(command=_show)
    key = ways.add_parser("key", parents=[everywhere], help="the public key, for the policy provisioning.key")
    key.set_defaults(command=_key)


def _days(text: str) -> int:
    if not text.isdecimal() or not LEAST_DAYS <= int(text) <= MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{LEAST_DAYS} to {MOST_DAYS} days")
    return int(text)


def _set(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        keys = json.loads(arguments.file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return say(EXIT_REFUSED, f"{arguments.file} cannot be read: {error.strerror}")
    except (ValueError, RecursionError):
        return say(EXIT_REFUSED, f"{arguments.file} is not JSON")
    if not isinstance(keys, dict):
        return say(EXIT_REFUSED, f"{arguments.file} is not a JSON object of keys and values")
    keys.pop("$schema", None)
    return _decide(settings, keys, arguments.valid_days, arguments.reason)


def _clear(settings: Settings, arguments: argparse.Namespace) -> int:
    return _decide(settings, {}, USUAL_DAYS, arguments.reason)


def _decide(settings: Settings, keys: Mapping[str, Any], valid_days: int, reason: str) -> int:
    actor = Actor(who_runs_this(), None)
    try:
        serial = _with(settings, lambda desk: desk.decide(actor, keys, valid_days, reason))
    except BadProvisioning as error:
        return say(EXIT_REFUSED, f"{error} cannot be set by a server, or not to this value: nothing was changed")
    sys.stdout.write(f"{serial}\n")
    return 0


def _show(settings: Settings, _arguments: argparse.Namespace) -> int:
    stands = _with(settings, Provisioning.standing)
    if stands is None:
        return 0
    sys.stderr.write(f"{stands.serial}\t{stands.made_at}\t{stands.made_by}\t{stands.valid_days} days\n")
    sys.stdout.write(json.dumps(stands.keys, ensure_ascii=False, indent=2) + "\n")
    return 0


def _key(settings: Settings, _arguments: argparse.Namespace) -> int:
    make_key(settings.home)
    sys.stdout.write(f"{public_key(settings.home)}\n")
    return 0


def _with(settings: Settings, work: Callable[[Provisioning], Awaitable[T]]) -> T:
    async def working(database: Database) -> T:
        await database.require_current()
        trail = trail_of(settings, database)
        done = await work(Provisioning(database, trail, settings.home, now))
        await trail.anchor()
        return done

    return with_database(settings, working)
