"""The document of the routes is complete, and every route does as it says, whatever it is sent."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.api.openapi import document, plain_routes
from agent_server.api.operations import OPERATIONS
from agent_server.app import create_app
from tests.in_process import DATABASE_NAME, ServerProcess, a_customer, make_site
from tests.server.officers import appoint
from tests.server.workstation import Workstation

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "negative_data_rejection,unsupported_method"
)
CONFIG = Path(__file__).parent / "schemathesis.toml"
ANSWERED_WITHIN_S = 60
"""However busy the machine is: how soon is not what is tried here."""
TAUGHT = {"SCHEMATHESIS_HOOKS": "tests.server.media_types", "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    settings = make_site(tmp_path / "site", [a_customer(1), a_customer(2)])
    appoint(settings, "kong.an", Role.SECURITY_OFFICER)
    appoint(settings, "shen.ji", Role.AUDITOR)
    with ServerProcess(settings) as running:
        yield running


def test_every_route_is_described_and_nothing_else(tmp_path: Path) -> None:
    app = create_app(make_site(tmp_path / "site"), lambda: datetime.now(UTC))

    assert set(plain_routes(app)) == set(OPERATIONS)
    assert set(document(app)["paths"]) >= {path for _, path in OPERATIONS}


def test_document_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = make_site(tmp_path / "site")

    assert main(["openapi", "--database", str(settings.home / DATABASE_NAME)]) == 0
    assert orjson.loads(capsys.readouterr().out)["openapi"] == "3.1.0"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("login", "only", "phases"),
    [
        ("lin.yue", "^/(health|auth|sync|customers)", "examples,coverage,fuzzing"),
        ("admin", "^/(admin|sync/v1/imports)", "coverage"),
        ("kong.an", "^/admin", "coverage"),
        ("shen.ji", "^/audit", "coverage"),
        ("zhou.min", "^/floor", "coverage"),
    ],
    ids=["agent", "administrator", "security officer", "auditor", "lead"],
)
def test_routes_answer_as_documented_whatever_they_are_sent(
    server: ServerProcess, tmp_path: Path, login: str, only: str, phases: str
) -> None:
    app = create_app(server.settings, lambda: datetime.now(UTC))
    (tmp_path / "openapi.json").write_bytes(orjson.dumps(document(app)))
    with Workstation(server.address, login) as seat:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)]
        command += ["run", "openapi.json", "--url", server.address, "--checks", CHECKS, "--seed", "20261122"]
        command += ["--phases", phases, "--max-examples", "3", "--request-timeout", str(ANSWERED_WITHIN_S)]
        command += ["--include-path-regex", only, "--header", f"Authorization: Bearer {seat.access}"]
        told = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, **TAUGHT},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=280,
            check=False,
        )

    assert told.returncode == 0, told.stdout + told.stderr
