"""A server with the company and many customers without a history, on PostgreSQL where there is one, else on SQLite."""

import contextlib
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agent_model.wire import row_to_plain
from demo import company
from demo.people import people
from demo.server import PASSWORD, DemoServer
from tests.postgresql import BINARIES, Cluster

Customer = dict[str, Any]
"""As the wire has it: entity, id, version and body."""


class Site(DemoServer):
    """`database` is the address of an empty database; `pids` are all processes that work for the site."""

    def __init__(self, home: Path, database: str, cluster: Cluster | None) -> None:
        super().__init__(home)
        self._url = database
        self._cluster = cluster

    @property
    def kind(self) -> str:
        return "SQLite" if self._cluster is None else "PostgreSQL"

    @property
    def pids(self) -> list[int]:
        return [pid for pid in (self.pid, self._cluster and self._cluster.pid) if pid]

    def prepare(self, customers: Sequence[Customer]) -> None:
        shutil.copytree(company.FOLDER, self._home / "company", dirs_exist_ok=True)
        self._run("init")
        self.bring(customers)

    def bring(self, customers: Sequence[Customer]) -> None:
        """Imports customers, new or changed, also while the server runs."""
        folder = self._home / "company"
        with (folder / "customers.jsonl").open("w", encoding="utf-8") as lines:
            for customer in customers:
                lines.write(json.dumps({"customer": customer}, ensure_ascii=False) + "\n")
        self._run("import", str(folder), "--password-for-all", said=PASSWORD)

    def _command(self, *words: str) -> list[str]:
        *command, _ = super()._command(*words)
        return [*command, self._url, "--home", str(self._home)]


@contextlib.contextmanager
def site(home: Path) -> Iterator[Site]:
    home.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(Cluster()) if any(BINARIES.glob("*/bin/postgres")) else None
        database = str(home / "server.db")
        if cluster is not None:
            database = cluster.new_database().render_as_string(hide_password=False)
        made = Site(home, database, cluster)
        stack.callback(made.stop)
        yield made


def customers(count: int) -> list[Customer]:
    return [row_to_plain(person.customer) for person in people(count, contacts_each=0)]


def changed(some: Sequence[Customer], count: int, turn: int) -> list[Customer]:
    """`count` of them, drawn at random, each with another tag."""
    drawn = random.Random(turn).sample(some, count)
    return [one | {"body": one["body"] | {"tags": [f"round {turn}"]}} for one in drawn]
