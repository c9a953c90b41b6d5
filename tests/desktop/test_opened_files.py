"""What another program shows lies in clear only while the window lives, and nobody else may read it."""

import stat
from pathlib import Path

from agent_desktop.opened_files import FOLDER, OpenedFiles


def test_each_file_has_its_own_folder_and_all_go(tmp_path: Path) -> None:
    opened = OpenedFiles(tmp_path)
    first, second = opened.put("bill.pdf", b"one"), opened.put("bill.pdf", b"two")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700

    opened.forget()

    assert list(tmp_path.iterdir()) == []
    opened.forget()


def test_next_window_takes_away_what_a_killed_one_left(tmp_path: Path) -> None:
    OpenedFiles(tmp_path).put("bill.pdf", b"one")
    OpenedFiles(tmp_path).forget()
    assert list(tmp_path.iterdir()) == []
