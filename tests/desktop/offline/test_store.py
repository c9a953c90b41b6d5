import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.errors import (
    CacheDamaged,
    DiskFull,
    FolderNotWritable,
    NewerData,
    OutboxDamaged,
    StoreBusy,
    StoreError,
)
from agent_desktop.offline import database
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_model.command import CommandKind, FieldChange
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SEALED, SetClock, SmallDisk

HOME = Scope("customers:home")
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SOME_WORDS = {"subject": "网络很慢"}


def opened(path: Path) -> Any:
    """As another program that knows the key."""
    connection = SEALED.dbapi.connect(str(path), isolation_level=None)
    SEALED.unlock(connection)
    return connection


def spoil(path: Path, start: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * 4096)


def test_what_was_written_is_there_when_opened_again(tmp_path: Path) -> None:
    first = Store(tmp_path, SEALED)
    first.open_cache()
    Mirror(first).apply(HOME, [customer_row()], Cursor(1, "e"))
    Outbox(first, "A").save_draft("call-1", SOME_WORDS, AT)
    first.close()
    second = Store(tmp_path, SEALED)
    second.open_cache()
    draft = Outbox(second, "A").draft("call-1")
    assert Mirror(second).row("customer", "C-1") == customer_row()
    assert draft is not None
    assert draft.body == SOME_WORDS
    second.close()


def test_opening_an_existing_store_does_not_load_sqlalchemy(tmp_path: Path) -> None:
    first = Store(tmp_path, SEALED)
    first.open_cache()
    first.close()
    program = (
        "import sys, pathlib\n"
        "from agent_desktop.data_key import DataKey\n"
        "from agent_desktop.offline.sealing import Sealed\n"
        "from agent_desktop.offline.store import Store\n"
        "key = DataKey(bytes(range(32)))\n"
        "store = Store(pathlib.Path(sys.argv[1]), Sealed(key)); store.open_cache(); store.close()\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 0


def test_full_disk_is_named_and_loses_nothing_that_was_saved(store: Store, disk: SmallDisk) -> None:
    outbox = Outbox(store, "A")
    outbox.save_draft("call-1", SOME_WORDS, AT)
    disk.fill()
    with pytest.raises(DiskFull) as caught:
        outbox.save_draft("call-1", {"subject": "x" * 100_000}, AT)
    disk.make_room()
    draft = outbox.draft("call-1")
    assert caught.value.path == store.outbox_path
    assert draft is not None
    assert draft.body == SOME_WORDS


def test_command_that_does_not_fit_keeps_its_draft(store: Store, disk: SmallDisk) -> None:
    outbox = Outbox(store, "A")
    outbox.save_draft("call-1", SOME_WORDS, AT)
    disk.fill()
    with pytest.raises(DiskFull):
        outbox.put(
            "ticket", "T-1", CommandKind.CREATE, {"text": FieldChange(None, "x" * 100_000)}, AT, ends_draft="call-1"
        )
    assert outbox.draft("call-1") is not None
    assert outbox.count_waiting() == 0
    disk.make_room()
    outbox.put("ticket", "T-1", CommandKind.CREATE, {}, AT, ends_draft="call-1")
    assert outbox.count_waiting() == 1


def test_page_that_does_not_fit_moves_no_cursor(store: Store, disk: SmallDisk) -> None:
    mirror = Mirror(store)
    mirror.apply(HOME, [customer_row()], Cursor(1, "e"))
    disk.fill()
    with pytest.raises(DiskFull):
        mirror.apply(HOME, [customer_row(f"C-{n}", name="x" * 5000) for n in range(200)], Cursor(2, "e"))
    assert mirror.cursors() == {HOME: Cursor(1, "e")}
    assert mirror.count("customer") == 1


def test_cache_of_other_bytes_is_damaged_and_a_new_one_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cache.db").write_bytes(b"not a database at all" * 1000)
    store = Store(tmp_path, SEALED)
    with pytest.raises(CacheDamaged):
        store.open_cache()
    aside = store.quarantine_cache(AT)
    mirror = Mirror(store)
    mirror.apply(HOME, [customer_row()], None)
    assert mirror.count("customer") == 1
    assert (aside / "cache.db").read_bytes().startswith(b"not a database")
    store.close()


def test_cache_spoilt_in_the_middle_is_damaged_when_it_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path, SEALED)
    store.open_cache()
    Mirror(store).apply(HOME, [customer_row(f"C-{n:05d}") for n in range(5000)], Cursor(1, "e"))
    store.close()
    with closing(opened(tmp_path / "cache.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'customer'").fetchone()
    spoil(tmp_path / "cache.db", (page - 1) * 4096)
    store = Store(tmp_path, SEALED)
    store.open_cache()
    with pytest.raises(CacheDamaged):
        Mirror(store).rows("customer")
    store.quarantine_cache(AT)
    assert Mirror(store).rows("customer") == []
    store.close()


def test_damaged_cache_leaves_the_outbox_alone(tmp_path: Path) -> None:
    store = Store(tmp_path, SEALED)
    store.open_cache()
    outbox = Outbox(store, "A")
    outbox.put("ticket", "T-1", CommandKind.CREATE, {}, AT)
    store.quarantine_cache(AT)
    assert outbox.count_waiting() == 1
    store.close()


def test_cache_of_a_newer_format_is_not_read_and_is_no_damage(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "cache.db")) as connection:
        connection.execute("PRAGMA user_version=99")
        connection.execute("CREATE TABLE customer (id TEXT)")
    store = Store(tmp_path, SEALED)
    with pytest.raises(NewerData):
        store.open_cache()
    store.close()


def test_outbox_of_other_bytes_is_said_and_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"spoilt" * 2000)
    with pytest.raises(OutboxDamaged):
        Store(tmp_path, SEALED)
    assert (tmp_path / "outbox.db").read_bytes() == b"spoilt" * 2000


def test_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderNotWritable):
        Store(tmp_path / "file" / "agent", SEALED)


def test_only_the_newest_damaged_cache_is_kept(store: Store, clock: SetClock) -> None:
    store.quarantine_cache(clock.move(minutes=1))
    newest = store.quarantine_cache(clock.move(minutes=1))
    assert list((store.folder / "quarantine").iterdir()) == [newest]


def test_cache_is_put_aside_only_when_nobody_reads_it(store: Store) -> None:
    reading, may_end = threading.Event(), threading.Event()
    order: list[str] = []

    def read() -> None:
        with store.reading() as connection:
            connection.execute("SELECT count(*) FROM customer").fetchone()
            reading.set()
            may_end.wait(5)
            order.append("read")

    def put_aside() -> None:
        store.quarantine_cache(AT)
        order.append("aside")

    reader, mender = threading.Thread(target=read), threading.Thread(target=put_aside)
    reader.start()
    assert reading.wait(5)
    mender.start()
    while not store._cache._is_shut:
        time.sleep(0)
    may_end.set()
    reader.join(5)
    mender.join(5)
    assert order == ["read", "aside"]
    assert Mirror(store).count("customer") == 0


def test_reader_who_does_not_end_leaves_the_cache_where_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    Mirror(store).apply(HOME, [customer_row()], None)
    with store.reading(), pytest.raises(StoreBusy):
        store.quarantine_cache(AT)
    assert Mirror(store).count("customer") == 1


def test_second_writer_waits_its_time_before_it_gives_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.2)
    caught: list[float] = []

    def write() -> None:
        began = time.monotonic()
        with pytest.raises(StoreBusy), store.writing_outbox():
            pass
        caught.append(time.monotonic() - began)

    with store.writing_outbox():
        second = threading.Thread(target=write)
        second.start()
        second.join(5)
    assert 0.2 <= caught[0] < 2


def test_another_program_that_holds_the_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    store = Store(tmp_path, SEALED)
    with closing(opened(store.outbox_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), store.writing_outbox():
            pass
    with store.writing_outbox():
        pass
    store.close()


def test_exception_in_a_transaction_undoes_it(store: Store) -> None:
    def half_done() -> None:
        with store.writing_outbox() as connection:
            connection.execute("INSERT INTO device VALUES ('id', 'x')")
            raise KeyError("midway")

    with pytest.raises(KeyError, match="midway"):
        half_done()
    with store.reading_outbox() as connection:
        assert connection.execute("SELECT * FROM device").fetchall() == []


def test_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError), store.reading():
        pass


def test_screen_writes_without_waiting_while_pages_arrive(store: Store) -> None:
    mirror, outbox = Mirror(store), Outbox(store, "A")
    stop = threading.Event()

    def fill() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            mirror.apply(HOME, [customer_row(f"C-{number}-{n}") for n in range(150)], Cursor(number, "e"))
            time.sleep(0.002)

    filling = threading.Thread(target=fill)
    filling.start()
    waits = []
    for n in range(120):
        began = time.perf_counter()
        mirror.keep([customer_row(f"M-{n}")])
        outbox.save_draft("call-1", {"subject": str(n)}, AT)
        waits.append(time.perf_counter() - began)
    stop.set()
    filling.join(5)
    waits.sort()
    assert waits[int(len(waits) * 0.95)] < 0.2, waits[-10:]
