from pathlib import Path

import pytest

from agent_desktop.data_key import DataKey, KeySlots, Way, sealed, unsealed

UNLOCK = "ab" * 32


def test_each_way_that_was_kept_opens_the_same_key(tmp_path: Path) -> None:
    key = DataKey.new()
    KeySlots(tmp_path).keep(key, password="s3cret", unlock=UNLOCK)
    slots = KeySlots(tmp_path)
    assert slots.open(Way.PASSWORD, "s3cret") == key
    assert slots.open(Way.UNLOCK, UNLOCK) == key
    assert slots.id() == key.id


def test_wrong_secret_opens_nothing(tmp_path: Path) -> None:
    slots = KeySlots(tmp_path)
    slots.keep(DataKey.new(), password="s3cret", unlock=UNLOCK)
    assert slots.open(Way.PASSWORD, "S3cret") is None
    assert slots.open(Way.UNLOCK, "cd" * 32) is None
    assert slots.open(Way.UNLOCK, "s3cret") is None


def test_new_password_leaves_the_other_way_as_it_is(tmp_path: Path) -> None:
    key, slots = DataKey.new(), KeySlots(tmp_path)
    slots.keep(key, password="before", unlock=UNLOCK)
    slots.keep(key, password="after")
    assert slots.open(Way.PASSWORD, "before") is None
    assert slots.open(Way.PASSWORD, "after") == key
    assert slots.open(Way.UNLOCK, UNLOCK) == key


@pytest.mark.parametrize("spoilt", ["keys.json", "keys.second.json"])
def test_one_spoilt_copy_locks_nobody_out(tmp_path: Path, spoilt: str) -> None:
    key, slots = DataKey.new(), KeySlots(tmp_path)
    slots.keep(key, password="s3cret")
    (tmp_path / spoilt).write_bytes(b"\xa5" * 100)
    assert slots.open(Way.PASSWORD, "s3cret") == key


def test_slots_of_another_key_are_put_beside(tmp_path: Path) -> None:
    old, slots = DataKey.new(), KeySlots(tmp_path)
    slots.keep(old, password="before")
    slots.keep(DataKey.new(), password="after")
    (tmp_path / "keys.json").write_bytes((tmp_path / f"keys.{old.id}").read_bytes())
    assert slots.open(Way.PASSWORD, "before") == old


def test_no_file_tells_the_key_the_password_or_the_secret(tmp_path: Path) -> None:
    key = DataKey.new()
    KeySlots(tmp_path).keep(key, password="s3cret", unlock=UNLOCK)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(secret in written for secret in (key.secret.hex().encode(), b"s3cret", UNLOCK.encode()))
    assert key.secret.hex() not in repr(key)


def test_key_for_one_purpose_opens_nothing_of_another() -> None:
    key = DataKey.new()
    written = sealed(key.derive("journal"), b"note")
    assert unsealed(key.derive("journal"), written) == b"note"
    assert unsealed(key.derive("lease"), written) is None


def test_changed_note_is_not_opened() -> None:
    key = bytes(32)
    written = bytearray(sealed(key, b"note"))
    written[-1] ^= 1
    assert unsealed(key, bytes(written)) is None
    assert unsealed(key, b"") is None
