"""A cache.db with many customers, made once per number and layout and kept outside the checkout."""

import hashlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import agent_desktop.offline
import agent_model
import demo
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.store import Store
from agent_model import scope
from agent_model.wire import Row
from demo.people import Person, people

CONTACTS_EACH = 3
CUSTOMERS_A_WRITE = 20_000
FULL = "full"


def folder_of(environ: dict[str, str] | None = None) -> Path:
    """Where benchmarks keep what takes long to make."""
    found = (os.environ if environ is None else environ).get("XDG_CACHE_HOME")
    return (Path(found) if found else Path.home() / ".cache") / "agent-desktop" / "bench"


def big_cache(customers: int) -> Path:
    """The file, from the shelf or made now. It has no cursors: see `seat` for how it is made a server's."""
    kept = folder_of() / f"cache-{customers}-{_layout()}"
    whole = kept / FULL
    if not whole.exists():
        shutil.rmtree(kept, ignore_errors=True)
        _fill(kept, customers)
        whole.touch()
    return kept / "cache.db"


def _fill(folder: Path, customers: int) -> None:
    store = Store(folder)
    store.open_cache()
    mirror = Mirror(store)
    everybody = people(customers, contacts_each=CONTACTS_EACH)
    while some := list(itertools.islice(everybody, CUSTOMERS_A_WRITE)):
        for segment, theirs in _by_segment(some).items():
            mirror.apply(scope.customers(segment), list(_rows(theirs)), None)
    store.close()
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


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


def _layout() -> str:
    """Changes with everything that decides what the file looks like: who is made, how written, into which tables."""
    digest = hashlib.sha256(str(CONTACTS_EACH).encode())
    for package in (agent_desktop.offline, agent_model, demo):
        home = Path(next(iter(package.__path__)))
        names = ("people.py", "scenes.py") if package is demo else ("*.py",)
        for path in sorted(found for name in names for found in home.rglob(name)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
