"""A server with a company and an agent's seat at it, whose cache is full before the workstation starts."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent_desktop.data_key import KeySlots
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.paths import HOME_VARIABLE, Paths
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.events import Synced, SyncStatus
from agent_model import scope
from agent_model.agent import Agent
from benchmarks._rig.sealed import KEY, open_store
from demo.server import PASSWORD, DemoServer

LOGIN = "lin.yue"
ON_THE_SERVER = 50
"""Customers on the server's own books; those of a big cache are on the seat's disk only."""


@dataclass(frozen=True, slots=True)
class Seat:
    """`environment` makes `agent-desktop` sit down here."""

    home: Path
    server: DemoServer
    agent: Agent
    login: str = LOGIN
    password: str = PASSWORD

    @property
    def paths(self) -> Paths:
        return Paths.below(self.home)

    @property
    def folder(self) -> Path:
        """Of cache.db and outbox.db."""
        return self.paths.of_agent(self.server.address, self.agent.id)

    @property
    def environment(self) -> Mapping[str, str]:
        return {"HOME": str(self.home), HOME_VARIABLE: str(self.home)}


def take_seat(home: Path, server: DemoServer, cache: Path | None = None) -> Seat:
    """Signs in once and brings the seat in step with the server, as the workstation itself would.

    `cache` is a database made by `big_cache`: it is taken for what the server has, so nothing of it is fetched.
    """
    statuses: list[SyncStatus] = []
    client = ServerClient(server.address, lambda _token: None)
    seat = Seat(home, server, client.sign_in(LOGIN, PASSWORD, f"benchmark.{LOGIN}").agent)
    if cache is not None:
        seat.folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(cache, seat.folder / "cache.db")
    KeySlots(seat.folder).keep(KEY, password=seat.password)
    store = open_store(seat.folder)
    mirror = Mirror(store)
    if cache is not None:
        hello = client.hello()
        for held, head in hello.scopes.items():
            if held.startswith(scope.customers("")):
                mirror.apply(held, (), Cursor(head, hello.epoch))
    outbox = Outbox(store, seat.agent.id)
    cycle = SyncCycle(
        client, mirror, outbox, lambda: datetime.now(UTC), statuses.append, lambda _changed: None, lambda: False
    )
    cycle.run()
    client.close()
    store.close()
    if not isinstance(statuses[-1], Synced):
        raise RuntimeError(f"the seat did not come in step: {statuses[-1]}")
    return seat
