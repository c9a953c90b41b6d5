"""`agent-server doctor` says of each part whether it is as it has to be, and what to do."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_server.__main__ import main
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.console import with_database
from agent_server.database import Database
from agent_server.settings import SECRET_FILE, Settings, read_secret
from tests.in_process import ServerThread, serving
from tests.lab.authority import write_certificates
from tests.nginx import tls_before
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


def test_key_that_is_none_is_a_fault_and_no_new_one_is_advised(
    site: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.home / SECRET_FILE).write_text("cut off", encoding="ascii")

    code, told = examine(site, capsys)

    assert code == FAULTY
    assert told["secret"].startswith(f"FAULT what stands in {site.home / SECRET_FILE} is no key: put back")


def test_key_of_another_site_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    note(site, datetime.now(UTC))
    before, _ = examine(site, capsys)
    (site.home / SECRET_FILE).write_text("0" * 64, encoding="ascii")

    after, told = examine(site, capsys)

    assert (before, after) == (HEALTHY, FAULTY)
    assert "is not the one that the audit trail of this database was written with" in told["secret"]


def test_clock_that_is_behind_the_audit_trail_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    note(site, datetime.now(UTC) + timedelta(days=1))

    code, told = examine(site, capsys)

    assert code == FAULTY
    assert "s in the future: this machine's clock" in told["trail"]


def test_key_that_others_can_read_is_a_fault(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (site.home / SECRET_FILE).chmod(0o644)

    code, told = examine(site, capsys)

    assert (code, told["secret"].partition(":")[0]) == (
        FAULTY,
        f"FAULT others of this machine can read {site.home / SECRET_FILE}",
    )


def test_damaged_file_of_the_database_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)

    code = main(["doctor", "--database", str(tmp_path / "broken.db"), "--port", "0"])

    assert code == FAULTY
    assert f"{tmp_path / 'broken.db'} cannot be used (file is not a database): keep it" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["mysql://root@localhost/desk", "://"])
def test_database_of_a_kind_that_is_not_served_is_a_sentence(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--database", address, "--home", "."]) == 1
    assert "neither a file (SQLite) nor postgresql://" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("certificate", "sign", "sentence"),
    [
        ("good", "ok", " answers; its certificate holds "),
        ("expired", "FAULT", "certificate has expired: put a new certificate there"),
        ("of-another", "FAULT", "the certificate has to name the host"),
        ("untrusted", "FAULT", "name its authority with --ca here"),
    ],
)
def test_address_of_the_workstations_is_tried_with_its_certificate(
    site: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], certificate: str, sign: str, sentence: str
) -> None:
    authority = write_certificates(tmp_path / "certificates")
    with (
        serving(site) as server,
        tls_before(server.address, authority.parent / certificate, tmp_path) as address,
    ):
        _, told = examine(site, capsys, "--port", _port(server), "--address", address, "--ca", str(authority))

    assert told["address"].startswith(f"{sign} {address}")
    assert sentence in told["address"]


@pytest.mark.parametrize(
    ("address", "sentence"), [("https://127.0.0.1:9", "does not answer"), ("http://desk.example", "is no https://")]
)
def test_address_where_nobody_can_come_in_is_a_fault(
    site: Settings, capsys: pytest.CaptureFixture[str], address: str, sentence: str
) -> None:
    code, told = examine(site, capsys, "--address", address)

    assert code == FAULTY
    assert told["address"].startswith(f"FAULT {address} {sentence}")


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


def note(site: Settings, at: datetime) -> None:
    """A line of the audit trail."""

    async def noting(database: Database) -> None:
        await AuditTrail(database, read_secret(site.home), site.home, lambda: at).note(Act(Deed.SITE_CHANGED, "root"))

    with_database(site, noting)


def _port(server: ServerThread) -> str:
    return server.address.rpartition(":")[2]
