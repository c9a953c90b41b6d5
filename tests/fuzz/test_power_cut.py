"""A workstation that loses its power never takes half a scope for a whole one."""

import random
import shutil
from pathlib import Path

import pytest

from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.store import Store
from agent_model.scope import Scope
from tests.desktop.rows import contact_row, customer_row, ticket_row
from tests.fuzz import company
from tests.fuzz.disk import Disk, PowerCut

HOME = Scope("customers:home")
ROWS = (customer_row("C-1"), contact_row("K-1", "2026-11-20T10:00:00.000Z"), ticket_row("T-1"))


@pytest.mark.parametrize("commit", range(1, 9), ids="at step {}".format)
def test_scope_whose_dropping_was_cut_short_is_not_taken_for_whole(tmp_path: Path, commit: int) -> None:
    disk = Disk(Path(shutil.copytree(company.empty_disk(), tmp_path / "disk")), random.Random(commit))
    store = Store(disk.folder, disk)
    mirror = Mirror(store)
    mirror.apply(HOME, ROWS, Cursor(3, "epoch"))
    disk.fail_in = commit

    with pytest.raises(PowerCut):
        mirror.drop(HOME)
    store.close()

    assert disk.wreck is not None
    store = Store(disk.wreck, disk)
    mirror = Mirror(store)
    cursor = mirror.cursors().get(HOME)
    kept = [row for row in ROWS if mirror.row(row.entity, row.id) is not None]
    store.close()
    assert kept == [] if cursor is None else len(kept) == len(ROWS) or not cursor.is_whole
