"""Whether another version of the program was installed while it runs, as packages of this one lie on the disk."""

from pathlib import Path

import pytest

from agent_desktop.own_program import OwnProgram, lasting


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """As the package has them: one version, and the link that leads to it."""
    lay(tmp_path / "versions/1.0")
    lead(tmp_path, "1.0")
    return tmp_path


def lay(folder: Path) -> Path:
    folder.mkdir(parents=True)
    program = folder / "agent-desktop"
    program.write_text("a program")
    return program


def lead(package: Path, version: str) -> None:
    link = package / "current.new"
    link.symlink_to(f"versions/{version}")
    link.replace(package / "current")


def test_version_that_was_installed_beside_it_is_noticed(versions: Path) -> None:
    own = OwnProgram(versions / "versions/1.0/agent-desktop")
    assert not own.is_replaced()
    lay(versions / "versions/1.1")
    assert not own.is_replaced()
    lead(versions, "1.1")
    assert own.is_replaced()


def test_version_that_was_taken_back_is_no_news(versions: Path) -> None:
    own = OwnProgram(versions / "versions/1.0/agent-desktop")
    lay(versions / "versions/1.1")
    lead(versions, "1.1")
    lead(versions, "1.0")
    assert not own.is_replaced()


def test_program_that_was_removed_is_no_new_version(versions: Path) -> None:
    own = OwnProgram(versions / "versions/1.0/agent-desktop")
    (versions / "current").unlink()
    assert not own.is_replaced()


def test_place_that_is_written_down_outlasts_the_version(versions: Path) -> None:
    icon = versions / "versions/1.0/_internal/icons/headset.svg"
    assert lasting(icon) == versions / "current/_internal/icons/headset.svg"


def test_interpreters_beside_each_other_are_no_versions_of_this(tmp_path: Path) -> None:
    interpreter = tmp_path / "versions/3.12/bin/python"
    assert lasting(interpreter) == interpreter


def test_file_that_was_replaced_where_it_lies_is_noticed(tmp_path: Path) -> None:
    program = lay(tmp_path / "somewhere")
    own = OwnProgram(program)
    newer = program.with_name("newer")
    newer.write_text("a program")
    newer.replace(program)
    assert own.is_replaced()


def test_checkout_is_never_replaced() -> None:
    assert not OwnProgram.running().is_replaced()
