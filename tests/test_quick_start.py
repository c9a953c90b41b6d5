"""The quick start of docs/it, in both languages: server and workstation take what it shows as it stands."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest

from agent_desktop.policy.schema import load
from agent_desktop.policy.written import Rank, Source, of_content
from agent_server.__main__ import main

PAGES = Path(__file__).parent.parent / "docs" / "it"


def blocks(page: str, kind: str) -> list[str]:
    text = (PAGES / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(params=["quick-start.md", "quick-start.zh-CN.md"])
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_server_takes_the_company_its_people_and_the_keys(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [company], [people] = blocks(page, "toml"), blocks(page, "csv")
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "company.toml").write_text(company, encoding="utf-8")
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "keys.json").write_text(blocks(page, "json")[0], encoding="utf-8")
    at = ["--database", str(tmp_path / "home" / "server.db")]

    def run(*words: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", StringIO(typed))
        return main([*words, *at])

    assert run("init") == 0
    assert run("import", str(tmp_path / "company")) == 0
    assert run("user", "add", "zhou.admin", "--role", "administrator", "--team", "home", typed="correct horse 1\n") == 0
    assert run("user", "import", str(tmp_path / "people.csv"), "--dry-run") == 0
    assert run("user", "import", str(tmp_path / "people.csv")) == 0
    assert run("user", "passwd", "bai.lu", typed="correct horse 2\n") == 0
    assert run("provisioning", "set", str(tmp_path / "keys.json"), "--reason", "first") == 0
    capsys.readouterr()
    assert run("provisioning", "key") == 0
    assert re.fullmatch(r"[0-9a-f]{64}\n", capsys.readouterr().out)
    assert run("doctor", "--port", "0", "--proxy", "127.0.0.1") == 0
    assert run("audit", "verify") == 0


def test_workstation_takes_every_key(page: str) -> None:
    for number, block in enumerate(blocks(page, "json")):
        found = of_content(block.encode(), Source(Rank.MACHINE, f"{page} {number}"), load())
        assert found.refused == ()
        assert set(found.values) == set(json.loads(block))


def test_both_languages_show_the_same() -> None:
    english, chinese = (
        [re.sub(r"\s*#.*", "", line) for line in _commands(page)] for page in ("quick-start.md", "quick-start.zh-CN.md")
    )
    assert [line.replace('"first"', '"首次"') for line in english] == chinese
    assert [blocks("quick-start.md", kind) for kind in ("toml", "csv", "json")] == [
        blocks("quick-start.zh-CN.md", kind) for kind in ("toml", "csv", "json")
    ]


def _commands(page: str) -> list[str]:
    return re.findall(r"^    (\S.*)$", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE)
