"""What every stage of a release asks of an installation: `agent-desktop --smoke`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.smoke import PartBroken, require_fit, tried

OURS = {
    "version": "2.17",
    "openssl": ["OpenSSL 3.0.19 27 Jan 2026"],
    "tls": True,
    "codecs": ["G722", "L16", "PCMA", "PCMU", "opus"],
    "sound": ["alsa", "server"],
}


def smoke(home: Path, picture: Path) -> tuple[int, dict[str, Any]]:
    places = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    for name in places:
        (home / name).mkdir(mode=0o700)
    done = subprocess.run(
        [sys.executable, "-m", "agent_desktop", "--smoke", "--picture", str(picture)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **{name: str(home / name) for name in places}},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=100,
    )
    (line,) = done.stdout.splitlines()
    return done.returncode, json.loads(line)


def test_whole_installation_works_and_nothing_of_the_trial_stays(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    code, told = smoke(tmp_path, picture)
    assert (code, told["failed"], told["ok"]) == (0, [], True)
    assert told["phone"] | {"up_s": 0} == {"process": "up", "call": "talked", "srtp": True, "up_s": 0}
    assert told["window"]["title"] == "坐席工作台"
    assert told["updates"].startswith("tuf 7")
    assert told["search"] == told["documents"] == "退款流程"
    assert picture.stat().st_size > 10_000
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [picture]
    assert list((tmp_path / "TMPDIR").iterdir()) == []


def test_broken_part_is_named_and_the_others_are_tried_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> object:
        raise PartBroken("no codec")

    told = tried({"engine": broken, "languages": lambda: ["en"]})
    assert told == {"engine": {"error": "PartBroken: no codec"}, "languages": ["en"], "failed": ["engine"], "ok": False}
    assert "smoke: engine:" in capsys.readouterr().err


def test_engine_that_we_built_may_be_shipped() -> None:
    require_fit(OURS)


@pytest.mark.parametrize(
    "lacks",
    [
        {"openssl": ["OpenSSL 1.0.2k-fips  26 Jan 2017"]},
        {"openssl": []},
        {"tls": False},
        {"codecs": ["G722", "PCMA", "PCMU"]},
        {"sound": []},
    ],
    ids=lambda lacks: next(iter(lacks)),
)
def test_engine_that_lacks_something_is_never_shipped(lacks: dict[str, Any]) -> None:
    with pytest.raises(PartBroken):
        require_fit(OURS | lacks)
