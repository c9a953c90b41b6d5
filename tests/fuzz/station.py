"""A workstation without its window: the real store, client, sync cycle and rooms, on a disk that may lose its power."""

import contextlib
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.follow_ups import FollowUps
from agent_desktop.customers.relations import RelationBook
from agent_desktop.errors import ServerUnreachable
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import Entry
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.conflict import Conflict
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.decisions import Take
from agent_desktop.sync.events import NeedsAttention, SignInExpired, Synced, SyncStatus
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.drafts import Drafts
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.fakes import SetClock
from tests.fuzz import company
from tests.fuzz.disk import Disk
from tests.fuzz.network import Wire

ADDRESS = "http://the.server"


class Station:
    """One person at one workstation, whose disk begins as a copy of `disk`. `open` is done before the first work, and
    again after the power was cut."""

    def __init__(
        self,
        name: str,
        login: str,
        disk: Path,
        folder: Path,
        clock: SetClock,
        chance: random.Random,
        new_id: Callable[[], str],
    ) -> None:
        self.name = name
        self.login = login
        self._clock = clock
        self._chance = chance
        self._new_id = new_id
        self._stops_in: int | None = None
        self._needs_password = False
        self.is_content = False
        self.is_open = False
        self.saved: dict[str, Command] = {}
        self.decided: dict[tuple[str, str], tuple[Take, str]] = {}
        self._deciding: Conflict | None = None
        self.disk = Disk(folder, chance)
        shutil.copytree(disk, folder)

    def open(self) -> None:
        """Signs in; what is on the disk is taken up."""
        self.client = ServerClient(ADDRESS, lambda _token: None, Wire())
        agent = self.client.sign_in(self.login, company.PASSWORD, self.name).agent
        self.store = Store(self.disk.folder, self.disk)
        self.store.open_cache()
        self.mirror, self.outbox = Mirror(self.store), Outbox(self.store, self.login)
        self.view = View(self.mirror, self.outbox)
        self.book = CustomerBook(self.view, DialPlan(), self._clock, self._new_id)
        drafts = Drafts(self.outbox, self._clock)
        self.drafts = drafts
        self.desk = TicketDesk(self.view, drafts, self.login, self._clock, self._new_id)
        self.follow_ups = FollowUps(self.view, agent, self._clock, self._new_id)
        self.relations = RelationBook(self.view, self.login, self._clock, self._new_id)
        self.cycle = SyncCycle(
            self.client,
            self.mirror,
            self.outbox,
            self._clock,
            self._told,
            lambda _changed: None,
            self._stopping,
            pause=lambda _s: None,
            chance=lambda: 0.5,
        )
        self.conflicts = self.cycle.conflicts
        for entry in self.outbox.entries():
            self.saved[entry.command.op_id] = entry.command
        self._know_what_was_decided()
        self.is_open = True

    def shut(self) -> None:
        self.is_open = False
        self.client.close()
        self.store.close()

    def take_up_wreck(self) -> None:
        """The power is back: what the disk held at the cut is all there is. `open` follows."""
        assert self.disk.wreck is not None
        self.shut()
        shutil.rmtree(self.disk.folder)
        folder = self.disk.wreck.rename(self.disk.folder)
        self.disk = Disk(folder, self._chance)

    def sync(self, stops_in: int | None = None) -> None:
        """One round. `stops_in` is how often the program may ask whether it is being closed before it is."""
        self._stops_in = stops_in
        if self._needs_password:
            with contextlib.suppress(ServerUnreachable):
                self.client.sign_in(self.login, company.PASSWORD, self.client.device_id)
                self._needs_password = False
        self.cycle.run()

    def decide(self, text: str) -> None:
        """About one of the clashes this person sees; the next round of sync brings it to the server."""
        if found := [one.conflict for one in self.conflicts.contested() if one.is_open]:
            self._deciding, take = self._chance.choice(found), self._chance.choice(tuple(Take))
            self.conflicts.decide(self._deciding, take, text)
            self.decided[self._deciding.op_id, self._deciding.field] = (take, text)
            self._deciding = None

    def _know_what_was_decided(self) -> None:
        """The power may have gone when it was kept and before the person was told so."""
        if (conflict := self._deciding) is not None:
            for kept in self.conflicts.decisions():
                if kept.conflict.is_same(conflict):
                    self.decided[conflict.op_id, conflict.field] = (kept.take, kept.text)
            self._deciding = None

    def edit(self, entity: str, id_: str, changes: Mapping[str, Any], seen: Row | None = None) -> Command:
        """Fields of a row, as the agent sees it now or saw it (`seen`), changed and saved."""
        row = seen or self.view.row(entity, id_)
        assert row is not None
        fields = {name: FieldChange(row.body.get(name), value) for name, value in changes.items()}
        return self.outbox.put(entity, id_, CommandKind.UPDATE, fields, self._clock(), base_version=row.version)

    def has_scope(self, scope: Scope) -> bool:
        return scope in self.mirror.cursors()

    def entries(self) -> dict[str, Entry]:
        return {entry.command.op_id: entry for entry in self.outbox.entries()}

    def held(self) -> dict[tuple[str, str], tuple[int, Any, frozenset[Scope]]]:
        """Every mirrored row: version, body, and the scopes that hold it."""
        found: dict[tuple[str, str], tuple[int, Any, frozenset[Scope]]] = {}
        with self.store.reading() as connection:
            lines = connection.execute("SELECT entity, id, version, body, scopes FROM other").fetchall()
            for table in ("customer", "contact", "ticket", "article", "follow_up"):
                lines += connection.execute(f"SELECT '{table}', id, version, body, scopes FROM {table}").fetchall()  # noqa: S608
        for entity, id_, version, body, scopes in lines:
            found[entity, id_] = (version, body, frozenset(Scope(scope) for scope in scopes.split("|") if scope))
        return found

    def _told(self, status: SyncStatus) -> None:
        self._needs_password = self._needs_password or isinstance(status, SignInExpired)
        self.is_content = isinstance(status, (Synced, NeedsAttention))

    def _stopping(self) -> bool:
        if self._stops_in is None:
            return False
        self._stops_in -= 1
        return self._stops_in < 0
