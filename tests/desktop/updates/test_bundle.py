"""A file that says it is a program: nothing of it leaves its folder."""

import io
import tarfile
from pathlib import Path

import pytest
import zstandard

from agent_desktop.errors import UpdateFault, UpdateRefused
from agent_desktop.updates import bundle


def packed(folder: Path, *entries: tarfile.TarInfo) -> Path:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for entry in entries:
            tar.addfile(entry, io.BytesIO(bytes(entry.size)))
    file = folder / "release.tar.zst"
    file.write_bytes(zstandard.compress(plain.getvalue()))
    return file


def entry(name: str, link: str = "", size: int = 0) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = (tarfile.SYMTYPE, link, 0) if link else (tarfile.REGTYPE, "", size)
    return made


@pytest.mark.parametrize(
    "hostile",
    [
        entry("../outside"),
        entry("/tmp/outside"),  # noqa: S108 - is not written
        entry("agent-desktop/link", "/etc/passwd"),
        entry("agent-desktop/link", "../../outside"),
        entry("elsewhere/file"),
    ],
    ids=["above", "absolute", "link out", "link above", "no program"],
)
def test_nothing_of_a_file_leaves_its_folder(tmp_path: Path, hostile: tarfile.TarInfo) -> None:
    into = tmp_path / "updates" / "0.2.0"
    into.parent.mkdir()
    with pytest.raises(UpdateRefused) as refused:
        bundle.unpack(packed(tmp_path, hostile), into, "https://desk.example.org/updates")
    assert refused.value.fault is UpdateFault.GARBLED
    assert list(into.parent.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_a_program_without_end_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST", 1_000)
    into = tmp_path / "updates" / "0.2.0"
    into.parent.mkdir()
    with pytest.raises(UpdateRefused):
        bundle.unpack(packed(tmp_path, entry("agent-desktop/noise", size=2_000)), into, "https://desk.example.org")
    assert list(into.parent.iterdir()) == []
