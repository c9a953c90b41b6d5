"""`agent-server doctor` says of each part whether it is as it has to be, and what to do."""

import socket
from pathlib import Path

import pytest

from agent_server.__main__ import main
from agent_server.settings import SECRET_FILE, Settings
from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite
from tests.server.sign_ons import write_sign_on

HEALTHY = 0
FAULTY = 3


@pytest.fixture
def site(new_site: NewSite) -> Settings:
    made = new_site()
    made.home.chmod(0o700)
    return made


def examine(site: Settings, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, str]]:
    """The exit code, and what was said last of each part."""
    database = site.database.render_as_string(hide_password=False)
    free = () if "--port" in words else ("--port", "0")
    code = main(["doctor", "--database", database, "--home", str(site.home), *free, *words])
    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    return code, {part: f"{sign} {said}" for sign, part, said in lines}


def test_site_that_is_well_is_told_as_well(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = examine(site, capsys, "--proxy", "127.0.0.1")

    assert code == HEALTHY, told
    assert told["database"].startswith("ok ")
    assert told["database"].endswith("tables of this version")
    assert told["secret"].startswith("ok the key is there")
    assert told["proxies"] == "ok 127.0.0.1 is believed about who calls"


def test_password_of_the_database_is_not_told(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    secret = site.database.set(password="ocelot") if site.database.username else site.database

    main(
        ["doctor", "--database", secret.render_as_string(hide_password=False), "--home", str(site.home), "--port", "0"]
    )

    assert "ocelot" not in capsys.readouterr().out


def test_missing_key_is_a_fault_with_what_to_do(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (site.home / SECRET_FILE).unlink()

    code, told = examine(site, capsys)

    assert code == FAULTY
    assert told["secret"].startswith("FAULT")
    assert "agent-server init" in told["secret"]


def test_folder_that_others_can_look_into_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    site.home.chmod(0o755)

    code, told = examine(site, capsys)

    assert (code, told["home"].partition(":")[0]) == (
        FAULTY,
        f"FAULT others of this machine can look into {site.home}",
    )


def test_database_that_was_never_made_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--database", str(tmp_path / "none.db"), "--port", "0"])

    assert code == FAULTY
    assert f"{tmp_path / 'none.db'} is not there: run agent-server init" in capsys.readouterr().out
    assert not (tmp_path / "none.db").exists()


def test_tables_of_another_version_are_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.db").touch()

    code = main(["doctor", "--database", str(tmp_path / "old.db"), "--port", "0"])

    assert code == FAULTY
    assert "its tables are of version none" in capsys.readouterr().out


def test_port_of_another_program_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        code, told = examine(site, capsys, "--port", str(port), "--host", "127.0.0.1")

    assert code == FAULTY
    assert told["port"].startswith(f"FAULT 127.0.0.1 port {port} may not be had")


def test_server_that_runs_there_is_well(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(site) as server:
        code, told = examine(site, capsys, "--port", _port(server))

    assert (code, told["port"].partition(" at ")[0]) == (HEALTHY, "ok a server answers")


def test_proxy_without_an_address_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = examine(site, capsys, "--proxy", "nginx")

    assert code == FAULTY
    assert told["proxies"].startswith("FAULT nginx is no address")


def test_scanner_that_is_away_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = examine(site, capsys, "--scanner", f"clamd:unix:{site.home / 'clamd.ctl'}")

    assert code == FAULTY
    assert "attachments wait until it does" in told["scanner"]


def test_exchanges_that_cannot_be_read_are_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (site.home / "exchanges.toml").write_text("exchange = 1", encoding="utf-8")
    (site.home / "exchanges.toml").chmod(0o600)

    code, told = examine(site, capsys)

    assert code == FAULTY
    assert told["exchange"].startswith("FAULT")


def test_identity_provider_that_is_away_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    write_sign_on(site, "http://127.0.0.1:9")

    code, told = examine(site, capsys)

    assert code == FAULTY
    assert told["sign-on"].startswith("FAULT the provider cannot be used: http://127.0.0.1:9/.well-known/")


def _port(server: ServerThread) -> str:
    return server.address.rpartition(":")[2]
