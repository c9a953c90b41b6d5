"""Damage that nobody has run into yet is looked for: every day, and after a run that did not end well."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.errors import CacheDamaged, StoreError
from agent_desktop.offline.check import CacheCheck
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.store import Store
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SEALED, SetClock

HOME = Scope("customers:home")
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PAGE = 4096


def filled(folder: Path, customers: int = 2000) -> None:
    store = Store(folder, SEALED)
    store.open_cache()
    Mirror(store).apply(HOME, [customer_row(f"C-{n:05d}") for n in range(customers)], Cursor(1, "e"))
    store.close()


def damage(folder: Path) -> None:
    """Half of the file, in its middle, wherever rows and indexes lie in it."""
    path = folder / "cache.db"
    pages = path.stat().st_size // PAGE
    with path.open("r+b") as file:
        file.seek(pages // 4 * PAGE)
        file.write(b"\xa5" * PAGE * (pages // 2))


def opened(folder: Path) -> Store:
    store = Store(folder, SEALED)
    store.open_cache()
    return store


def test_damage_is_found_and_mended_and_the_outbox_stays(tmp_path: Path, clock: SetClock) -> None:
    filled(tmp_path)
    damage(tmp_path)
    store = opened(tmp_path)
    check = CacheCheck(store, clock)
    with pytest.raises(CacheDamaged):
        check.run()
    store.quarantine_cache(AT)
    check.run()
    store.close()


@pytest.mark.parametrize(
    ("hours", "end", "looking"),
    [
        (1, CacheCheck.end, nullcontext()),
        (1, lambda _check: None, pytest.raises(CacheDamaged)),
        (24, CacheCheck.end, pytest.raises(CacheDamaged)),
    ],
    ids=["an hour later", "after a crash", "a day later"],
)
def test_cache_is_looked_at_daily_and_after_a_crash(
    tmp_path: Path,
    clock: SetClock,
    hours: int,
    end: Callable[[CacheCheck], None],
    looking: AbstractContextManager[object],
) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    first = CacheCheck(store, clock)
    first.run()
    store.close()
    end(first)
    damage(tmp_path)
    clock.move(hours=hours)
    store = opened(tmp_path)
    again = CacheCheck(store, clock)
    with looking:
        again.run()
    store.close()


def test_whoever_runs_into_damage_it_is_told_at_once(tmp_path: Path) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    told: list[StoreError] = []
    store.report_damage(told.append)
    damage(tmp_path)
    with pytest.raises(CacheDamaged) as caught:
        Mirror(store).rows("customer")
    store.close()
    assert told == [caught.value]


def test_reader_who_waited_for_the_new_cache_finds_its_tables(tmp_path: Path) -> None:
    filled(tmp_path)
    store = opened(tmp_path)
    mirror, found, stop = Mirror(store), list[int](), threading.Event()

    def read() -> None:
        while not stop.is_set():
            found.append(mirror.count("customer"))

    reading = threading.Thread(target=read)
    reading.start()
    for second in range(20):
        store.quarantine_cache(AT.replace(second=second))
    stop.set()
    reading.join(10)
    assert found[-1] == 0
    store.close()


def test_check_gives_way_to_whoever_needs_the_file(tmp_path: Path, clock: SetClock) -> None:
    filled(tmp_path, 30_000)
    store = opened(tmp_path)
    check = CacheCheck(store, clock)
    checking = threading.Thread(target=check.run)
    checking.start()
    store.quarantine_cache(AT)
    checking.join(10)
    assert Mirror(store).count("customer") == 0
    store.close()
