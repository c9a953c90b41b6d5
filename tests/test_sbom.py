"""The list of what a package is made of names every wheel and every native library."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from sysconfig import get_path
from typing import Any

import pytest

SBOM = Path(__file__).parents[1] / "installer/sbom.py"


@pytest.fixture
def listed(tmp_path: Path) -> dict[str, Any]:
    library = tmp_path / "_internal/libours.so.1"
    library.parent.mkdir()
    library.write_bytes(b"library")
    done = subprocess.run(
        [sys.executable, SBOM, "agent-desktop", "1.2.3", tmp_path, get_path("purelib")],
        env={**os.environ, "SOURCE_DATE_EPOCH": "86400"},
        capture_output=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_it_says_of_what_and_when(listed: dict[str, Any]) -> None:
    about = listed["metadata"]

    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert (about["component"]["name"], about["component"]["version"]) == ("agent-desktop", "1.2.3")
    assert about["timestamp"] == "1970-01-02T00:00:00Z"


def test_wheels_are_named_with_their_version(listed: dict[str, Any]) -> None:
    purls = {each.get("purl") for each in listed["components"]}

    assert f"pkg:pypi/sqlalchemy@{version('SQLAlchemy')}" in purls
    assert not [purl for purl in purls if purl and purl.startswith("pkg:pypi/agent-desktop@")]


def test_native_libraries_are_named_with_their_bytes(listed: dict[str, Any]) -> None:
    (library,) = [each for each in listed["components"] if each["name"] == "_internal/libours.so.1"]

    assert library["hashes"] == [
        {"alg": "SHA-256", "content": "b718f1354f7247312eca086d9a024afe5fa717ddea5adeddd6f12bcf945b2e8c"}
    ]


def test_every_component_is_named_once(listed: dict[str, Any]) -> None:
    names = [each["bom-ref"] for each in listed["components"]]

    assert len(names) == len(set(names))
