"""Which versions of workstations a site lets fetch: how they are compared, who decides, and what a refusal says."""

import asyncio

import pytest

from agent_model.wire import VERSION_HEADER
from agent_server.__main__ import main
from agent_server.database import Database
from agent_server.workstations import BadVersion, Tolerated, Workstations, tolerated
from tests.in_process import ServerThread
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation


def decide(server: ServerThread, *bounds: str) -> int:
    database = server.settings.database.render_as_string(hide_password=False)
    return main(["workstations", *bounds, "--database", database, "--home", str(server.settings.home)])


@pytest.mark.parametrize(
    ("bounds", "version", "code"),
    [
        (Tolerated(), "", ""),
        (Tolerated("1.4.0"), "1.4.0", ""),
        (Tolerated("1.4.0"), "1.10.0", ""),
        (Tolerated("1.4.0"), "1.3.9", "client_too_old"),
        (Tolerated("1.4.0"), "", "client_too_old"),
        (Tolerated("1.4.0"), "nonsense", "client_too_old"),
        (Tolerated("1.4"), "1.4.0~rc1", ""),
        (Tolerated(newest="1.6"), "1.6.3", ""),
        (Tolerated(newest="1.6"), "1.7.0", "client_too_new"),
        (Tolerated(newest="1.6.1"), "1.6.2", "client_too_new"),
        (Tolerated("1.4.0", "1.6"), "1.5.0", ""),
    ],
)
def test_versions_are_compared_by_their_numbers(bounds: Tolerated, version: str, code: str) -> None:
    assert bounds.refusal(version) == code


@pytest.mark.parametrize(("oldest", "newest"), [("1.x", ""), ("", "new"), ("1.7.0", "1.6"), ("1.2.3.4.5", "")])
def test_bounds_that_are_none_are_refused(oldest: str, newest: str) -> None:
    with pytest.raises(BadVersion):
        tolerated(oldest, newest)


def test_console_decides_shows_and_takes_away_on_record(
    server: ServerThread, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide(server, "--oldest", "1.4.0", "--newest", "1.6") == 0
    assert decide(server) == 0
    assert decide(server, "--any") == 0
    assert decide(server, "--oldest", "one") != 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["oldest 1.4.0, newest 1.6", "oldest 1.4.0, newest 1.6", "oldest any, newest any"]
    lines = executed(server.settings, "SELECT field FROM audit_line WHERE subject = 'workstations' ORDER BY seq")
    assert [field for (field,) in lines] == ["1.4.0 1.6", "* *"]


def test_refused_version_is_greeted_with_what_may_fetch_and_may_send(server: ServerThread) -> None:
    with Workstation(server.address, "lin.yue") as seat:
        assert "workstations" not in seat.hello()
        assert decide(server, "--oldest", "1.4.0") == 0
        server.app_server.workstations._looked_at = float("-inf")
        seat.http.headers[VERSION_HEADER] = "1.3.9"
        greeted = seat.hello()["workstations"]
        answers = [
            seat.http.get("/sync/v1/changes?scope=org&since=0"),
            seat.http.get("/sync/v1/snapshot/org/manifest"),
            seat.http.get("/sync/v1/snapshot/org"),
        ]
        sent = seat.http.post("/sync/v1/ops", json={"device_id": seat.device_id, "ops": []})
        seat.http.headers[VERSION_HEADER] = "1.4.0"
        fits = seat.hello()
    assert greeted == {"refusal": "client_too_old", "oldest": "1.4.0", "newest": ""}
    refused = {"error": "client_too_old", "oldest": "1.4.0", "newest": ""}
    assert [(answer.status_code, answer.json()) for answer in answers] == [(426, refused)] * 3
    assert sent.status_code == 200
    assert "workstations" not in fits


def test_it_is_looked_up_seldom_and_soon_enough(new_site: NewSite) -> None:
    settings = new_site()
    seconds = iter([100.0, 100.0, 101.0, 102.5, 102.5])

    async def look() -> list[float]:
        database = Database(settings.database)
        found = Workstations(database, lambda: next(seconds))
        looked = []
        for _ in range(3):
            await found.standing()
            looked.append(found._looked_at)
        await database.close()
        return looked

    assert asyncio.run(look()) == [100.0, 100.0, 102.5]
