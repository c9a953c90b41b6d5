from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.errors import OutboxDamaged
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.rescue import rescue_outbox
from agent_desktop.offline.store import Store
from agent_model.command import CommandKind, FieldChange
from tests.fakes import SEALED

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PAGE = 4096
MANY = 60


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An outbox of 60 commands and a draft, with one page in its middle overwritten."""
    store = Store(tmp_path, SEALED)
    outbox = Outbox(store, "A")
    outbox.save_draft("call-1", {"subject": "网络"}, AT)
    for n in range(MANY):
        outbox.put("ticket", f"T-{n}", CommandKind.CREATE, {"text": FieldChange(None, "慢" * 800)}, AT)
    store.close()
    path = tmp_path / "outbox.db"
    with path.open("r+b") as file:
        pages = path.stat().st_size // PAGE
        file.seek(pages // 2 * PAGE)
        file.write(b"\xa5" * PAGE)
    return tmp_path


def test_what_can_be_read_goes_on_and_the_damaged_file_is_kept(damaged: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = (damaged / "outbox.db").read_bytes()
    rescued = rescue_outbox(damaged, AT, SEALED)
    caplog.clear()
    store = Store(damaged, SEALED)
    outbox = Outbox(store, "A")
    saved = outbox.waiting(1000)
    draft = outbox.draft("call-1")
    following = outbox.put("ticket", "T-new", CommandKind.CREATE, {}, AT)
    store.close()
    assert rescued.commands == len(saved) == MANY
    assert draft is not None
    assert [command.device_seq for command in saved] == sorted(command.device_seq for command in saved)
    assert following.device_seq == MANY + 1
    assert (rescued.aside / "outbox.db").read_bytes() == before


def test_file_of_other_bytes_gives_an_empty_outbox_and_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "outbox.db").write_bytes(b"spoilt" * 2000)
    with pytest.raises(OutboxDamaged):
        Store(tmp_path, SEALED)
    rescued = rescue_outbox(tmp_path, AT, SEALED)
    caplog.clear()
    store = Store(tmp_path, SEALED)
    assert Outbox(store, "A").count_waiting() == 0
    store.close()
    assert (rescued.commands, rescued.drafts) == (0, 0)
    assert (rescued.aside / "outbox.db").read_bytes() == b"spoilt" * 2000
