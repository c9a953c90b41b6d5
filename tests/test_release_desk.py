"""IT's tool for the repository of releases: what it makes, what it refuses, and that keys stay sealed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Timestamp

from agent_desktop.updates import bundle
from agent_desktop.updates.release import file_name
from agent_desktop.updates.versions import ROOT
from installer.updates import PASSPHRASE, KeyFolder, ReleaseDesk, RepositoryError, main
from tests.releases import PLATFORM, Organisation, frozen


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    return Organisation(tmp_path)


def test_the_console_keeps_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSPHRASE, "sealed")
    program = frozen(tmp_path / "program", "1.5.0")
    where = ["--repository", str(tmp_path / "updates"), "--keys", str(tmp_path / "keys")]
    deeds = (
        ["init"],
        ["add", str(program), "1.5.0", "--percent", "5"],
        ["percent", "1.5.0", "25"],
        ["pause", "1.5.0"],
        ["add", str(program), "1.5.1", "--platform", "windows-x86_64"],
        ["refresh"],
        ["new-key", "online"],
        ["root", str(tmp_path / "root.json")],
    )
    assert [main([*where, *deed]) for deed in deeds] == [0] * len(deeds)
    capsys.readouterr()
    assert main([*where, "list"]) == 0
    lines = [line.split()[:3] for line in capsys.readouterr().out.splitlines()]
    assert lines == [["1.5.1", "windows-x86_64", "100"], ["1.5.0", PLATFORM, "paused"]]
    assert main([*where, "resume", "1.5.0"]) == 0
    assert main([*where, "withdraw", "1.5.1"]) == 0
    capsys.readouterr()
    main([*where, "list"])
    assert capsys.readouterr().out.split()[:4] == ["1.5.0", PLATFORM, "25", "%"]
    assert (tmp_path / "root.json").read_bytes() == (tmp_path / "updates" / "metadata" / "2.root.json").read_bytes()


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (["init"], "holds a repository already"),
        (["add", "{program}", "one"], "is no version"),
        (["add", "{program}", "0.2.0"], "released before"),
        (["add", "/nonexistent", "0.3.0"], "no folder of a frozen program"),
        (["percent", "0.2.0", "101"], "0 to 100"),
        (["pause", "0.9.0"], "no release 0.9.0"),
    ],
    ids=["begun", "no version", "released", "no program", "percent", "unknown"],
)
def test_what_cannot_be_done_is_a_sentence(
    organisation: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    deed: list[str],
    words: str,
) -> None:
    monkeypatch.setenv(PASSPHRASE, "correct horse battery staple")
    organisation.release("0.2.0")
    program = str(organisation.folder / "frozen" / "0.2.0")
    where = ["--repository", str(organisation.repository), "--keys", str(organisation.keys.folder)]
    assert main([*where, *(word.format(program=program) for word in deed)]) == 1
    assert words in capsys.readouterr().err


def test_a_number_is_never_used_twice(organisation: Organisation) -> None:
    organisation.release("0.2.0")
    organisation.desk.withdraw("0.2.0")
    with pytest.raises(RepositoryError, match="released before"):
        organisation.desk.add(organisation.folder / "frozen" / "0.2.0", "0.2.0", 100, PLATFORM)


def test_keys_open_with_their_passphrase_alone(organisation: Organisation) -> None:
    files = sorted(organisation.keys.folder.iterdir())
    assert [file.name for file in files] == ["online.pem", "releases.pem", "root.pem"]
    assert all(b"ENCRYPTED" in file.read_bytes() and file.stat().st_mode & 0o77 == 0 for file in files)
    stranger = ReleaseDesk(organisation.repository, KeyFolder(organisation.keys.folder, lambda: b"guessed"))
    with pytest.raises(RepositoryError, match="passphrase"):
        stranger.refresh()


def test_refreshing_needs_the_online_key_alone(organisation: Organisation) -> None:
    organisation.release("0.2.0")
    for name in ("root", "releases"):
        (organisation.keys.folder / f"{name}.pem").unlink()
    organisation.at(datetime.now(UTC) + timedelta(days=10)).refresh()
    with pytest.raises(RepositoryError, match="releases"):
        organisation.desk.change("0.2.0", percent=5)
    timestamp = Metadata[Timestamp].from_file(str(organisation.repository / "metadata" / "timestamp.json"))
    assert timestamp.signed.expires > datetime.now(UTC) + timedelta(days=23)


def test_the_same_program_packs_into_the_same_bytes(organisation: Organisation, tmp_path: Path) -> None:
    program = frozen(tmp_path / "one", "0.2.0")
    packed = []
    for name in ("first", "second"):
        bundle.pack(program, tmp_path / name, {ROOT: b"root"})
        packed.append((tmp_path / name).read_bytes())
        program = frozen(tmp_path / "two" / name, "0.2.0")
    assert packed[0] == packed[1]


def test_what_is_handed_out_holds_no_key(organisation: Organisation) -> None:
    organisation.release("0.2.0")
    files = [path for path in organisation.repository.rglob("*") if path.is_file()]
    assert organisation.repository / "targets" / file_name("0.2.0", PLATFORM) in files
    assert not any(b"PRIVATE KEY" in path.read_bytes() for path in files)
