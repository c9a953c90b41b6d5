"""The apt repository: several versions stay, what was tampered with is refused by apt."""

import os
import re
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1] / "installer/linux/repo.sh"
CONTROL = """Package: agent-desktop
Version: {}
Architecture: amd64
Maintainer: Tests <tests@example.invalid>
Description: a package of a test
"""


def a_package(folder: Path, version: str, content: str = "") -> Path:
    tree = folder / f"tree-{version}{content}"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN").chmod(0o755)  # whatever whoever runs the tests lets others read
    (tree / "DEBIAN/control").write_text(CONTROL.format(version), encoding="utf-8")
    (tree / "content").write_text(content, encoding="utf-8")
    made = folder / f"{version}{content}.deb"
    subprocess.run(["dpkg-deb", "-Znone", "--root-owner-group", "--build", tree, made], check=True, capture_output=True)
    return made


def add(repository: Path, *packages: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [REPO, repository, *packages], env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )


class Workstation:
    """apt with folders of its own that trusts the repository's key."""

    def __init__(self, folder: Path, repository: Path) -> None:
        for name in ("lists/partial", "cache/archives/partial", "etc"):
            (folder / name).mkdir(parents=True)
        source = folder / "etc/sources.list"
        source.write_text(
            f"deb [signed-by={repository}/agent-desktop.asc] file:{repository} stable main\n", encoding="utf-8"
        )
        (folder / "status").touch()
        places = {
            "Dir::Etc": folder / "etc",
            "Dir::Etc::sourcelist": source,
            "Dir::Etc::sourceparts": "-",
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "APT::Sandbox::User": "",
            "APT::Update::Error-Mode": "any",
        }
        self._options = [f"-o{name}={value}" for name, value in places.items()]

    def update(self) -> int:
        return self._run("apt-get", "update").returncode

    def versions(self) -> list[str]:
        return re.findall(r"^ +(\S+) 500$", self._run("apt-cache", "policy", "agent-desktop").stdout, re.MULTILINE)

    def _run(self, command: str, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([command, *self._options, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "repository"
    told = add(made, *(a_package(tmp_path, version) for version in ("0.9.0", "0.10.0", "0.2.0")), REPO_KEEP="2")
    assert told.returncode == 0, told.stderr
    return made


def test_several_versions_stay_the_newest_of_them(tmp_path: Path, repository: Path) -> None:
    workstation = Workstation(tmp_path / "workstation", repository)

    assert workstation.update() == 0
    assert workstation.versions() == ["0.10.0", "0.9.0"]


@pytest.mark.parametrize("name", ["dists/stable/InRelease", "dists/stable/main/binary-amd64/Packages.gz"])
def test_what_was_tampered_with_is_refused(tmp_path: Path, repository: Path, name: str) -> None:
    (repository / "dists/stable/main/binary-amd64/Packages").unlink()
    whole = (repository / name).read_bytes()
    (repository / name).write_bytes(whole.replace(b"Agent Desktop", b"Agent Desktoq") + b"\n")

    workstation = Workstation(tmp_path / "workstation", repository)

    assert workstation.update() != 0
    assert workstation.versions() == []


def test_version_is_published_once(tmp_path: Path, repository: Path) -> None:
    told = add(repository, a_package(tmp_path, "0.10.0", "other"), REPO_KEY="of the site")

    assert told.returncode == 1
    assert "a version is published once" in told.stderr


def test_repository_is_not_signed_anew_by_a_key_for_trials(tmp_path: Path, repository: Path) -> None:
    signed = (repository / "dists/stable/InRelease").read_bytes()
    told = add(repository, a_package(tmp_path, "0.11.0"))

    assert told.returncode == 1
    assert "REPO_KEY" in told.stderr
    assert (repository / "dists/stable/InRelease").read_bytes() == signed


def test_key_that_signed_is_nowhere_afterwards(repository: Path) -> None:
    kept = [path.name for path in repository.rglob("*") if path.is_file() and b"PRIVATE KEY" in path.read_bytes()]

    assert kept == []
