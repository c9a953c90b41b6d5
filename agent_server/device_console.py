"""The command line for workstations: `agent-server device list | lock | wipe | activate`."""

import argparse
import sys
from typing import Any

from agent_model.device import DeviceState
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.devices import Device, Devices, UnknownDevice
from agent_server.settings import Settings


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    device = commands.add_parser("device", help="workstations").add_subparsers(required=True)
    listed = device.add_parser("list", parents=[everywhere], help="which there are")
    listed.set_defaults(command=_list)
    for name, state, told in (
        ("lock", DeviceState.LOCKED, "give a workstation nothing until it is activated again"),
        ("wipe", DeviceState.WIPE, "have a workstation make unreadable what it keeps, at its next contact"),
        ("activate", DeviceState.ACTIVE, "let a workstation go on"),
    ):
        found = device.add_parser(name, parents=[everywhere], help=told)
        found.add_argument("id")
        found.set_defaults(command=_set_state, state=state)


def _list(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def every(database: Database) -> list[Device]:
        await database.require_current()
        return await Devices(database, now).all()

    for found in with_database(settings, every):
        facts = found.id, found.name, found.platform, found.enrolled_by, found.state.value, found.version
        sys.stdout.write("\t".join(facts) + "\n")
    return 0


def _set_state(settings: Settings, arguments: argparse.Namespace) -> int:
    async def set_state(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        await Devices(database, now).set_state(arguments.id, arguments.state, trail, who_runs_this())
        await trail.anchor()

    try:
        with_database(settings, set_state)
    except UnknownDevice:
        return say(EXIT_REFUSED, f"no device is called {arguments.id}")
    return 0
