"""Whose files count as policy."""

import pytest

from agent_desktop.policy.ownership import CHANGES_A_FILE, CHANGES_A_FOLDER, Grant, is_administrative

SYSTEM, ADMINISTRATORS, USERS, SOMEBODY = "S-1-5-18", "S-1-5-32-544", "S-1-5-32-545", "S-1-5-21-1-2-3-1001"
READ, FULL, ADD_FILES, DELETE_CHILD, MODIFY = 0x1200A9, 0x1F01FF, 0x2, 0x40, 0x1301BF


@pytest.mark.parametrize(
    ("owner", "grants", "changing", "counts"),
    [
        (ADMINISTRATORS, [Grant(SYSTEM, FULL), Grant(USERS, READ)], CHANGES_A_FILE, True),
        (SYSTEM, [Grant("S-1-3-0", FULL)], CHANGES_A_FILE, True),
        (SOMEBODY, [Grant(USERS, READ)], CHANGES_A_FILE, False),
        (ADMINISTRATORS, [Grant(USERS, MODIFY)], CHANGES_A_FILE, False),
        (ADMINISTRATORS, [Grant(SOMEBODY, ADD_FILES)], CHANGES_A_FILE, False),
        (SYSTEM, [Grant(USERS, READ | ADD_FILES)], CHANGES_A_FOLDER, True),
        (SYSTEM, [Grant(USERS, DELETE_CHILD)], CHANGES_A_FOLDER, False),
        (SYSTEM, [Grant(SOMEBODY, 0x4000_0000)], CHANGES_A_FOLDER, False),
    ],
    ids=["usual", "creator", "own", "modify", "write", "programdata", "delete-others", "generic"],
)
def test_windows_file_counts_when_administrators_alone_may_change_it(
    owner: str, grants: list[Grant], changing: int, *, counts: bool
) -> None:
    assert is_administrative(owner, grants, changing) is counts
