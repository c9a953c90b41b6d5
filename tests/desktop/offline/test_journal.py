"""The second copy of the outbox has every command that is not dealt with, and gives back what the first one lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.errors import DiskFull, OutboxDamaged
from agent_desktop.offline.journal import NAME, Journal
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.rescue import rescue_outbox
from agent_desktop.offline.store import Store
from agent_model.command import Answer, Command, CommandKind, FieldChange, Verdict
from tests.fakes import SEALED, SmallDisk

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def put(outbox: Outbox, number: int, text: str = "慢" * 800) -> Command:
    return outbox.put("ticket", f"T-{number}", CommandKind.CREATE, {"text": FieldChange(None, text)}, AT)


def in_journal(folder: Path) -> list[str]:
    return [plain["id"] for plain in Journal(folder, SEALED).waiting()]


@pytest.fixture
def sealed_store(tmp_path: Path) -> Store:
    return Store(tmp_path, SEALED)


def test_every_command_is_there_a_second_time_and_nothing_in_clear(sealed_store: Store) -> None:
    outbox = Outbox(sealed_store, "A")
    put(outbox, 1)
    put(outbox, 2)
    assert in_journal(sealed_store.folder) == ["T-1", "T-2"]
    assert "慢".encode() not in (sealed_store.folder / NAME).read_bytes()
    sealed_store.close()


def test_journal_is_cut_when_everything_is_settled(sealed_store: Store) -> None:
    outbox = Outbox(sealed_store, "A")
    first, second = put(outbox, 1), put(outbox, 2)
    outbox.answered([Answer(first.op_id, Verdict.APPLIED)])
    assert in_journal(sealed_store.folder) == ["T-2"]
    outbox.answered([Answer(second.op_id, Verdict.APPLIED)])
    assert (sealed_store.folder / NAME).stat().st_size == 0
    sealed_store.close()


def test_refused_command_stays_in_it_until_the_agent_has_decided(sealed_store: Store) -> None:
    outbox = Outbox(sealed_store, "A")
    refused = put(outbox, 1)
    outbox.answered([Answer(refused.op_id, Verdict.REJECTED, reason="illegal")])
    assert in_journal(sealed_store.folder) == ["T-1"]
    outbox.forget([refused.op_id])
    assert (sealed_store.folder / NAME).stat().st_size == 0
    sealed_store.close()


def test_command_that_was_not_saved_is_not_in_it(store: Store, disk: SmallDisk) -> None:
    outbox = Outbox(store, "A")
    put(outbox, 1)
    before = (store.folder / NAME).read_bytes()
    disk.fill()
    with pytest.raises(DiskFull):
        put(outbox, 2, "x" * 100_000)
    assert (store.folder / NAME).read_bytes() == before


@pytest.mark.parametrize("place", ["whole file", "middle page"])
def test_damaged_outbox_comes_back_whole_with_the_journal(
    sealed_store: Store, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    folder = sealed_store.folder
    outbox = Outbox(sealed_store, "A")
    made = [put(outbox, number) for number in range(60)]
    outbox.answered([Answer(command.op_id, Verdict.APPLIED) for command in made[:10]])
    sealed_store.close()
    path = folder / "outbox.db"
    size = path.stat().st_size
    start, length = (0, size) if place == "whole file" else (size // 8192 * 4096, 4096)
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)
    spoilt = path.read_bytes()

    rescued = rescue_outbox(folder, AT, SEALED)
    caplog.clear()

    store = Store(folder, SEALED)
    again = Outbox(store, "A")
    assert again.waiting(1000) == made[10:]
    assert put(again, 60).device_seq == 61
    store.close()
    assert (rescued.aside / "outbox.db").read_bytes() == spoilt


def test_outbox_that_cannot_be_opened_is_said_before_anything_is_touched(sealed_store: Store) -> None:
    folder = sealed_store.folder
    put(Outbox(sealed_store, "A"), 1)
    sealed_store.close()
    (folder / "outbox.db").write_bytes(b"\xa5" * 8192)
    with pytest.raises(OutboxDamaged):
        Store(folder, SEALED)
    assert in_journal(folder) == ["T-1"]


@pytest.mark.parametrize("spoilt", [2, 6, 30], ids=["mark", "length", "content"])
def test_spoilt_record_hides_only_itself(sealed_store: Store, spoilt: int) -> None:
    outbox = Outbox(sealed_store, "A")
    put(outbox, 1)
    length = (sealed_store.folder / NAME).stat().st_size
    put(outbox, 2)
    put(outbox, 3)
    written = bytearray((sealed_store.folder / NAME).read_bytes())
    written[length + spoilt] ^= 0xFF
    (sealed_store.folder / NAME).write_bytes(written)
    assert in_journal(sealed_store.folder) == ["T-1", "T-3"]
    sealed_store.close()


def test_record_that_was_cut_hides_none_that_follow(sealed_store: Store) -> None:
    outbox = Outbox(sealed_store, "A")
    put(outbox, 1)
    path = sealed_store.folder / NAME
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    put(outbox, 2)
    assert in_journal(sealed_store.folder) == ["T-1", "T-2"]
    sealed_store.close()


def test_settled_commands_alone_leave_nothing_in_it(sealed_store: Store) -> None:
    outbox = Outbox(sealed_store, "A")
    command = put(outbox, 1)
    outbox.answered([Answer(command.op_id, Verdict.DUPLICATE)])
    assert outbox.entries(State.SETTLED)
    assert in_journal(sealed_store.folder) == []
    sealed_store.close()
