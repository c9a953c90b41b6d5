"""agent-server as a person runs it: init, import, user, run."""

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import orjson
import pytest
import zstandard

from agent_server.__main__ import main
from agent_server.database import address
from agent_server.settings import Settings
from tests.in_process import (
    COMPANY,
    PASSWORD,
    ServerProcess,
    a_customer,
    import_into,
    make_site,
    serving,
    site_settings,
)
from tests.server.workstation import Workstation

ARTICLE = """---
id: KB-1
title: 更换路由器
category: 故障
product:
queue: support
keywords: [路由器, router]
updated: 2026-10-28
tiers: [gold, vip]
regions: [浙江]
owner: lin.yue
valid_from: 2026-11-01T00:00:00.000Z
review_due: 2027-01-01
kind: standard_answer
---

正文。
"""


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the site of this test, with something typed."""

    def running(*arguments: str, typed: str = "") -> Told:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*arguments, "--database", str(tmp_path / "site" / "agent-server.db")])
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return running


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    (folder / "articles" / "zh-CN").mkdir(parents=True)
    (folder / "company.toml").write_bytes(COMPANY.read_bytes())
    (folder / "articles" / "zh-CN" / "1.md").write_text(ARTICLE, encoding="utf-8")
    told = [a_customer(1), a_customer(2, "business")]
    told[0]["tickets"] = [
        {
            "id": "T-1",
            "number": "TK-300000",
            "subject": "网速慢",
            "type": "fault",
            "category": "fault/wifi",
            "priority": "low",
            "status": "closed",
            "description": "",
            "queue": "support",
            "department": "network",
            "created_at": "2026-01-01T00:00:00.000Z",
            "created_by": "lin.yue",
        }
    ]
    lines = b"\n".join(orjson.dumps(line) for line in told)
    (folder / "customers.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(lines))
    return folder


def test_whole_way_from_nothing_to_a_signed_in_agent(tmp_path: Path, company: Path, run: Run) -> None:
    assert run("init").code == 0
    assert run("init").code == 0
    first = run("import", str(company), "--password-for-all", typed=f"{PASSWORD}\n")
    second = run("import", str(company))
    added = run("user", "add", "new.one", "--team", "home", "--queue", "support", typed=f"{PASSWORD}\n")
    twice = run("user", "add", "new.one", "--team", "home", typed="x\n")
    changed = run("user", "passwd", "sun.lei", typed="another password\n")
    unknown = run("user", "passwd", "nobody", typed="x\n")

    assert orjson.loads(first.out)["written"] == orjson.loads(first.out)["seen"] > 70
    assert orjson.loads(second.out)["written"] == 0
    assert (added.code, changed.code, twice.code, unknown.code) == (0, 0, 1, 1)
    assert "new.one\tagent\thome\tsupport\n" in run("user", "list").out
    with ServerProcess(site_settings(tmp_path / "site")) as server:
        wrong = {"login": "sun.lei", "password": PASSWORD, "device_id": "d"}
        assert httpx.post(f"{server.address}/auth/sign-in", json=wrong).status_code == 401
        with Workstation(server.address, "new.one") as seat:
            seat.take_snapshot("org")
            seat.take_snapshot("customers:home")
            article = seat.row("article", "KB-1")["body"]
            [answer] = seat.push(seat.ticket())
    assert (article["title"], article["product"], article["queue"]) == ("更换路由器", None, "support")
    assert (article["keywords"], article["body"]) == (["路由器", "router"], "正文。\n")
    assert (article["tiers"], article["regions"], article["owner"]) == (["gold", "vip"], ["浙江"], "lin.yue")
    assert (article["valid_from"], article["valid_to"]) == ("2026-11-01T00:00:00.000Z", None)
    assert (article["review_due"], article["kind"], article["helpful"]) == ("2027-01-01", "standard_answer", 0)
    assert seat.row("ticket", "T-1")["body"]["customer_id"] == "C-1"
    assert seat.row("product", "home-100")["body"]["facts"]["down_mbps"] == 100
    assert seat.row("queue", "vip")["body"]["service_level_target"] == 0.95
    assert answer["changed"]["number"] == "TK-300001"


def test_import_leaves_what_agents_changed_and_takes_what_the_source_changed(tmp_path: Path) -> None:
    settings = make_site(tmp_path / "site", [a_customer(1), a_customer(2)])
    source = settings.home / "source"
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        seat.push(seat.op("customer", "C-1", "update", {"region": [None, "杭州"]}))
        seat.sync()
        heads = seat.hello()["scopes"]

        import_into(settings, source)
        assert seat.hello()["scopes"] == heads

        lines = [orjson.dumps(a_customer(1)), orjson.dumps(a_customer(2, "business", tier="gold"))]
        (source / "customers.jsonl").write_bytes(b"\n".join(lines))
        import_into(settings, source)
        seat.sync()

    assert seat.row("customer", "C-1")["body"]["region"] == "杭州"
    assert ("customer", "C-2") not in seat.slices["customers:home"]
    assert seat.slices["customers:business"]["customer", "C-2"]["body"]["tier"] == "gold"


@pytest.mark.parametrize(
    "line",
    [b"{", b"{}", b'{"customer": {"id": "C-9"}}', b'{"customer": {"id": "C-9", "segment": "home", "phones": 5}}'],
    ids=["cut", "empty", "bare", "wrong"],
)
def test_bad_source_is_named_with_its_line(tmp_path: Path, run: Run, line: bytes) -> None:
    make_site(tmp_path / "site")
    source = tmp_path / "source"
    source.mkdir()
    (source / "customers.jsonl").write_bytes(orjson.dumps(a_customer(1)) + b"\n" + line)

    told = run("import", str(source))

    assert told.code == 1
    assert "customers.jsonl:2" in told.err


def test_start_loads_no_library_that_only_other_commands_need() -> None:
    """They took half of it."""
    told = "import sys; from agent_server import command_line, serving; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True).stdout.decode().split()

    assert {"fastapi", "sqlalchemy"} <= set(loaded)
    assert not {"alembic", "mako", "bs4", "mammoth", "openpyxl", "numpy"} & set(loaded)


def test_run_without_init_says_what_to_do(tmp_path: Path, run: Run) -> None:
    (tmp_path / "site").mkdir()
    told = run("run", "--port", "0")

    assert told.code == 3
    assert "agent-server init" in told.err


def test_port_that_is_taken_is_said(tmp_path: Path, run: Run) -> None:
    settings = make_site(tmp_path / "site")
    with serving(settings) as server:
        told = run("run", "--port", server.address.rpartition(":")[2])

    assert told.code == 3
    assert "cannot listen" in told.err


def test_port_is_written_for_who_waits_for_it(tmp_path: Path) -> None:
    with ServerProcess(make_site(tmp_path / "site")) as server:
        written = (server.settings.home / "port").read_text(encoding="ascii")

    assert server.address == f"http://127.0.0.1:{written.strip()}"


def test_time_zones_of_the_world_are_listed_and_looked_for(run: Run) -> None:
    assert len(run("zones").out.splitlines()) > 400
    assert run("zones", "new", "york").out == "America/New_York\n"
    nothing = run("zones", "atlantis")
    assert (nothing.code, "like atlantis" in nothing.err) == (1, True)


def test_days_of_the_site_are_those_of_the_zone_that_is_named(tmp_path: Path, run: Run) -> None:
    assert run("init", "--site-zone", "Europe/Berlin").code == 0
    refused = run("init", "--site-zone", "Europe/Atlantis")
    assert (refused.code, "no time zone is called Europe/Atlantis" in refused.err) == (1, True)
    assert Settings(address("x.db"), tmp_path, zone=ZoneInfo("Europe/Berlin")).site_zone.key == "Europe/Berlin"
    assert Settings(address("x.db"), tmp_path).site_zone.key == "Asia/Shanghai"
