"""A cache.db with many customers, made once for each number of them and kept outside the checkout."""

import contextlib
import hashlib
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent_desktop.customers import ways
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.sealing import Sealed, Sealing, Unsealed
from agent_desktop.offline.store import Store
from agent_model import scope
from agent_model.wire import Row
from benchmarks._rig.sealed import KEY
from demo.people import Person, people

CONTACTS_EACH = 3
CUSTOMERS_A_WRITE = 20_000
A_FEW = 20
FULL = "full"


def folder_of(environ: dict[str, str] | None = None) -> Path:
    """Where benchmarks keep what takes long to make."""
    found = (os.environ if environ is None else environ).get("XDG_CACHE_HOME")
    return (Path(found) if found else Path.home() / ".cache") / "agent-desktop" / "bench"


def big_cache(customers: int) -> Path:
    """The file, from the shelf or made now. It has no cursors: see `seat` for how it is made a server's."""
    kept = folder_of() / f"cache-{customers}-{_fingerprint()}"
    whole = kept / FULL
    if not whole.exists():
        shutil.rmtree(kept, ignore_errors=True)
        _fill(kept, customers, Sealed(KEY))
        whole.touch()
    return kept / "cache.db"


def _fill(folder: Path, customers: int, sealing: Sealing) -> None:
    store = Store(folder, sealing)
    store.open_cache()
    mirror = Mirror(store)
    everybody = people(customers, contacts_each=CONTACTS_EACH)
    while some := list(itertools.islice(everybody, CUSTOMERS_A_WRITE)):
        for segment, theirs in _by_segment(some).items():
            mirror.apply(scope.customers(segment), list(_rows(theirs)), None)
    found_by = FoundBy(store)
    while found_by.learn(lambda body: ways.words_of(body, readings), CUSTOMERS_A_WRITE):
        pass
    store.close()
    with contextlib.closing(sealing.dbapi.connect(str(folder / "cache.db"))) as database:
        sealing.unlock(database)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _by_segment(some: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in some:
        found.setdefault(person.customer.body["segment"], []).append(person)
    return found


def _rows(some: Iterable[Person]) -> Iterator[Row]:
    for person in some:
        yield person.customer
        yield from person.contacts
        yield from person.tickets


def _lines(database: sqlite3.Connection) -> Iterator[str]:
    """Its schema, and the rows of its tables; of virtual ones those that they keep."""
    yield from map(str, database.execute("SELECT sql FROM sqlite_schema ORDER BY name"))
    kept = "SELECT name FROM pragma_table_list WHERE type IN ('table', 'shadow') AND schema = 'main' ORDER BY name"
    for (name,) in database.execute(kept).fetchall():
        yield from map(str, database.execute(f"SELECT * FROM {name}"))  # noqa: S608


def _fingerprint() -> str:
    """Of a small cache: it changes with whatever decides what a big one looks like, its tables and its people."""
    with tempfile.TemporaryDirectory(prefix="bench-cache-") as folder:
        _fill(Path(folder), A_FEW, Unsealed())
        with contextlib.closing(Unsealed().dbapi.connect(str(Path(folder) / "cache.db"))) as database:
            lines = "\n".join(_lines(database))
    return hashlib.sha256(f"{KEY.id}\n{lines}".encode()).hexdigest()[:16]
