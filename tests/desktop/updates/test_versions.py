"""Which of the versions beside a program starts, and what becomes of one that never comes up."""

import json
from pathlib import Path

import pytest

from agent_desktop.own_program import lasting
from agent_desktop.starts import BAD_IN_A_ROW, Starts
from agent_desktop.updates.versions import CHOICE, Choice, Versions, is_newer
from tests.releases import frozen

WELL = Starts()


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    program = frozen(tmp_path / "program", "0.1.0") / "agent-desktop"
    versions = Versions(program)
    for version in ("0.2.0", "0.3.0"):
        frozen(versions.folder / version, version)
    return versions


@pytest.mark.parametrize(
    ("one", "other"), [("0.10.0", "0.9.1"), ("1.0", "0.9.9"), ("0.1.1", "0.1"), ("2026.11.2", "2026.11.1")]
)
def test_versions_are_compared_by_their_numbers(one: str, other: str) -> None:
    assert is_newer(one, other)
    assert not is_newer(other, one)


def test_the_same_version_written_longer_is_not_newer() -> None:
    assert not is_newer("0.1.0", "0.1")


def test_what_was_installed_starts_where_nothing_was_chosen(versions: Versions) -> None:
    assert versions.to_start("0.1.0", WELL) is None


def test_the_chosen_version_starts(versions: Versions) -> None:
    versions.choose("0.2.0", "0.1.0")
    assert versions.to_start("0.1.0", WELL) == versions.executable("0.2.0")


def test_the_chosen_version_knows_whose_it_is(versions: Versions) -> None:
    assert Versions.of(versions.executable("0.2.0")).program == versions.program
    assert Versions.of(versions.program).program == versions.program
    assert lasting(versions.executable("0.2.0")) == versions.program


def test_a_version_that_never_comes_up_is_given_up(versions: Versions) -> None:
    versions.choose("0.2.0", "0.1.0")
    assert versions.to_start("0.1.0", Starts("0.2.0", BAD_IN_A_ROW - 1)) == versions.executable("0.2.0")
    assert versions.to_start("0.1.0", Starts("0.2.0", BAD_IN_A_ROW)) is None
    assert versions.to_start("0.1.0", WELL) is None
    assert versions.choice().failed == ("0.2.0",)
    assert [versions.gave_up(), versions.gave_up()] == ["0.2.0", ""]


def test_a_version_that_never_comes_up_makes_place_for_the_one_before(versions: Versions) -> None:
    versions.choose("0.3.0", "0.2.0")
    assert versions.to_start("0.1.0", Starts("0.3.0", BAD_IN_A_ROW)) == versions.executable("0.2.0")
    assert versions.to_start("0.1.0", WELL) == versions.executable("0.2.0")


def test_bad_starts_of_another_version_say_nothing_of_the_chosen_one(versions: Versions) -> None:
    versions.choose("0.2.0", "0.1.0")
    assert versions.to_start("0.1.0", Starts("0.1.0", BAD_IN_A_ROW)) == versions.executable("0.2.0")


def test_a_newer_program_that_it_installed_goes_first(versions: Versions) -> None:
    versions.choose("0.2.0", "0.1.0")
    assert versions.to_start("0.2.1", WELL) is None


def test_a_chosen_version_that_is_gone_does_not_keep_anybody_from_work(versions: Versions) -> None:
    versions.choose("0.4.0", "0.1.0")
    assert versions.to_start("0.1.0", WELL) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{",
        '{"format": 2}',
        json.dumps({"format": 1, "version": "../x", "before": "", "failed": [], "unsaid": ""}),
    ],
    ids=["empty", "a list", "torn", "of another format", "out of the folder"],
)
def test_a_choice_that_cannot_be_read_starts_what_was_installed(versions: Versions, written: str) -> None:
    (versions.folder / CHOICE).write_text(written, "utf-8")
    assert versions.choice() == Choice()
    assert versions.to_start("0.1.0", WELL) is None


def test_old_versions_are_removed_and_the_one_to_go_back_to_stays(versions: Versions) -> None:
    frozen(versions.folder / "0.4.0", "0.4.0")
    versions.choose("0.4.0", "0.3.0")
    versions.tidy({"0.4.0"})
    assert [versions.has(version) for version in ("0.2.0", "0.3.0", "0.4.0")] == [False, True, True]


def test_a_program_for_everybody_is_not_added_to(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    assert versions.may_be_added_to()
    assert not Versions(Path("/proc/self/agent-desktop")).may_be_added_to()
