"""Nothing that is kept can be read without its key, and a key that is not the right one is not taken for damage."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.data_key import DataKey
from agent_desktop.errors import CacheDamaged, KeyLost, OutboxDamaged
from agent_desktop.offline.journal import NAME
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.rescue import put_aside_locked, rescue_outbox
from agent_desktop.offline.sealing import Sealed, Unsealed
from agent_desktop.offline.store import Store
from agent_model.command import CommandKind, FieldChange
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SEALED

HOME = Scope("customers:home")
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
OTHER = Sealed(DataKey(bytes(32)))
SECRETS = ("王芳".encode(), b"+8613800000001", "网络很慢".encode(), b"CREATE TABLE")


def fill(folder: Path, sealing: Sealed | Unsealed) -> None:
    store = Store(folder, sealing)
    store.open_cache()
    Mirror(store).apply(HOME, [customer_row(f"C-{n}") for n in range(200)], Cursor(1, "e"))
    outbox = Outbox(store, "A")
    outbox.save_draft("call-1", {"subject": "网络很慢"}, AT)
    outbox.put("ticket", "T-1", CommandKind.CREATE, {"subject": FieldChange(None, "网络很慢")}, AT)
    store.close()
    if isinstance(sealing, Unsealed):  # as an earlier version left it, which had no journal
        (folder / NAME).unlink()


def found_in_clear(folder: Path) -> list[tuple[Path, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path, secret) for path in files for secret in SECRETS if secret in path.read_bytes()]


def test_no_file_holds_a_name_or_a_number_in_clear(tmp_path: Path) -> None:
    fill(tmp_path / "plain", Unsealed())
    fill(tmp_path / "sealed", SEALED)
    assert found_in_clear(tmp_path / "plain")
    assert found_in_clear(tmp_path / "sealed") == []


def test_open_files_hold_nothing_in_clear_either(tmp_path: Path) -> None:
    store = Store(tmp_path, SEALED)
    store.open_cache()
    Mirror(store).apply(HOME, [customer_row(f"C-{n}") for n in range(2000)], Cursor(1, "e"))
    assert found_in_clear(tmp_path) == []
    store.close()


def test_other_key_is_said_and_touches_nothing(tmp_path: Path) -> None:
    fill(tmp_path, SEALED)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyLost):
        Store(tmp_path, OTHER)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_another_key_sealed_is_kept_aside_and_work_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tmp_path, SEALED)
    aside = put_aside_locked(tmp_path, AT)
    caplog.clear()
    store = Store(tmp_path, OTHER)
    assert Outbox(store, "A").count_waiting() == 0
    store.close()
    again = Store(aside, SEALED)
    assert Outbox(again, "A").count_waiting() == 1
    again.close()


@pytest.mark.parametrize("name", ["cache.db", "outbox.db"])
def test_first_page_overwritten_is_damage_and_not_a_lost_key(tmp_path: Path, name: str) -> None:
    fill(tmp_path, SEALED)
    with (tmp_path / name).open("r+b") as file:
        file.write(b"\xa5" * 4096)

    def open_both() -> None:
        store = Store(tmp_path, SEALED)
        try:
            store.open_cache()
        finally:
            store.close()

    with pytest.raises((CacheDamaged, OutboxDamaged)):
        open_both()


def test_one_changed_bit_is_noticed(tmp_path: Path) -> None:
    fill(tmp_path, SEALED)
    written = bytearray((tmp_path / "cache.db").read_bytes())
    written[len(written) // 2] ^= 1
    (tmp_path / "cache.db").write_bytes(written)
    store = Store(tmp_path, SEALED)
    store.open_cache()
    with pytest.raises(CacheDamaged), store.reading() as connection:
        connection.execute("PRAGMA quick_check").fetchall()
    store.close()


def test_outbox_of_an_earlier_version_is_sealed_with_everything_in_it(tmp_path: Path) -> None:
    fill(tmp_path, Unsealed())
    (tmp_path / "quarantine" / "old").mkdir(parents=True)
    (tmp_path / "quarantine" / "old" / "cache.db").write_bytes("王芳".encode())
    store = Store(tmp_path, SEALED)
    store.open_cache()
    outbox = Outbox(store, "A")
    draft = outbox.draft("call-1")
    following = outbox.put("ticket", "T-2", CommandKind.CREATE, {}, AT)
    assert [command.id for command in outbox.waiting(10)] == ["T-1", "T-2"]
    assert following.device_seq == 2
    assert draft is not None
    assert Mirror(store).count("customer") == 0
    store.close()
    assert found_in_clear(tmp_path) == []


def test_words_in_the_log_of_a_killed_earlier_version_are_sealed_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "running", Unsealed())
    Outbox(store, "A").save_draft("call-1", {"subject": "网络很慢"}, AT)
    killed = tmp_path / "killed"
    killed.mkdir()
    for path in (tmp_path / "running").iterdir():
        (killed / path.name).write_bytes(path.read_bytes())
    store.close()
    again = Store(killed, SEALED)
    assert Outbox(again, "A").draft("call-1") is not None
    again.close()
    assert found_in_clear(killed) == []


def test_damaged_outbox_of_an_earlier_version_is_rescued_and_not_kept_in_clear(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tmp_path, Unsealed())
    with closing(sqlite3.connect(tmp_path / "outbox.db")) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'device'").fetchone()
    with (tmp_path / "outbox.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    before = (tmp_path / "outbox.db").read_bytes()
    with pytest.raises(OutboxDamaged):
        Store(tmp_path, SEALED)
    rescued = rescue_outbox(tmp_path, AT, SEALED)
    caplog.clear()
    assert (rescued.commands, rescued.drafts) == (1, 1)
    assert SEALED.unseal(bytes.fromhex((rescued.aside / "outbox.db.sealed").read_text())) == before
    assert found_in_clear(tmp_path) == []
