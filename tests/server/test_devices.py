"""Workstations: named, locked, wiped, and how much waits on them."""

from typing import Any

import httpx
import pytest

from agent_model.device import DeviceState
from agent_model.wire import VERSION_HEADER
from agent_server.__main__ import main
from agent_server.console import now, trail_of, with_database
from agent_server.database import Database
from agent_server.devices import Devices, UnknownDevice
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation

KEY = "ab" * 32


def set_state(server: ServerThread, device_id: str, state: DeviceState) -> None:
    async def setting(database: Database) -> None:
        trail = trail_of(server.settings, database)
        await Devices(database, now).set_state(device_id, state, trail, "console:test")

    with_database(server.settings, setting)


def state_of(seat: Workstation) -> Any:
    return seat.http.get("/sync/v1/device/state").json()


def tell_unsent(seat: Workstation, **told: Any) -> httpx.Response:
    return seat.http.post("/sync/v1/unsent", json=told)


def unsent(seat: Workstation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = seat.http.get("/sync/v1/unsent").json()["unsent"]
    return found


def test_device_says_its_name_and_key(seat: Workstation, server: ServerThread) -> None:
    answer = seat.http.post("/sync/v1/devices", json={"name": "214", "platform": "Windows 11", "public_key": KEY})

    assert answer.json() == {"device_id": seat.device_id}
    found = executed(server.settings, "SELECT name, platform, public_key, state FROM device")
    assert found == [("214", "Windows 11", KEY, "active")]
    assert state_of(seat) == {"device_id": seat.device_id, "state": "active"}


@pytest.mark.parametrize(("said", "kept"), [("1.5.0", "1.5.0"), ("1.5.0+x\t1", "")])
def test_device_says_which_version_it_runs(seat: Workstation, server: ServerThread, said: str, kept: str) -> None:
    told = {"name": "214", "platform": "Windows 11"}
    seat.http.post("/sync/v1/devices", json=told, headers={VERSION_HEADER: said})

    assert executed(server.settings, "SELECT version FROM device") == [(kept,)]


@pytest.mark.parametrize(("state", "code"), [(DeviceState.LOCKED, "device_locked"), (DeviceState.WIPE, "device_wiped")])
def test_stopped_device_is_given_nothing_but_its_state(
    seat: Workstation, sit_at: SitAt, server: ServerThread, state: DeviceState, code: str
) -> None:
    elsewhere = sit_at("lin.yue", "elsewhere")
    set_state(server, seat.device_id, state)
    shown = {"login": "lin.yue", "password": PASSWORD, "device_id": seat.device_id}

    answers = [
        seat.http.get("/sync/v1/hello"),
        seat.http.get("/sync/v1/changes", params={"scope": "org", "since": 0}),
        seat.post([seat.ticket()]),
        seat.http.post("/auth/refresh", json={"refresh": seat.refresh, "device_id": seat.device_id}),
        seat.http.post("/auth/sign-in", json=shown),
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(403, {"error": code})] * 5
    assert state_of(seat)["state"] == state.value
    assert executed(server.settings, "SELECT count(*) FROM op_log") == [(0,)]
    assert elsewhere.hello()["scopes"]


def test_device_that_is_activated_goes_on(seat: Workstation, server: ServerThread) -> None:
    set_state(server, seat.device_id, DeviceState.LOCKED)
    set_state(server, seat.device_id, DeviceState.ACTIVE)

    assert seat.hello()["scopes"]
    deeds = executed(
        server.settings, "SELECT deed, who, subject FROM audit_line WHERE deed LIKE 'device%' ORDER BY seq"
    )
    expected = ["device_locked", "device_activated"]
    assert deeds == [(deed, "console:test", seat.device_id) for deed in expected]


def test_stopped_device_keeps_its_refresh_token(seat: Workstation, server: ServerThread) -> None:
    set_state(server, seat.device_id, DeviceState.LOCKED)
    shown = {"refresh": seat.refresh, "device_id": seat.device_id}
    stopped = seat.http.post("/auth/refresh", json=shown)
    set_state(server, seat.device_id, DeviceState.ACTIVE)
    executed(
        server.settings, "UPDATE refresh_token SET spent_at = '2020-01-01T00:00:00.000Z' WHERE spent_at IS NOT NULL"
    )

    assert stopped.json() == {"error": "device_locked"}
    assert seat.http.post("/auth/refresh", json=shown).status_code == 200


def test_state_of_an_unknown_device_cannot_be_set(seat: Workstation, server: ServerThread) -> None:
    assert state_of(seat)["state"] == "active"
    with pytest.raises(UnknownDevice):
        set_state(server, "nobody's", DeviceState.WIPE)


def test_console_locks_wipes_and_lists_devices(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings = make_site(tmp_path / "site")
    where = ["--database", str(settings.home / DATABASE_NAME)]
    with serving(settings) as server, Workstation(server.address, "lin.yue", "D-1") as seat:
        codes = [main(["device", "lock", "D-1", *where])]
        states = [state_of(seat)["state"]]
        codes += [main(["device", "wipe", "D-1", *where]), main(["device", "wipe", "D-2", *where])]
        states.append(state_of(seat)["state"])
        codes.append(main(["device", "list", *where]))

    told = capsys.readouterr()
    assert (codes, states) == ([0, 0, 1, 0], ["locked", "wipe"])
    assert told.out == "D-1\t\t\tlin.yue\twipe\t\n"
    assert "no device is called D-2" in told.err


def test_lead_is_told_what_waits_on_which_seat(sit_at: SitAt) -> None:
    seat, lead, stranger = sit_at(), sit_at("zhou.min"), sit_at("luo.tao")
    seat.http.post("/sync/v1/devices", json={"name": "214", "platform": ""})
    answer = tell_unsent(seat, count=3, oldest_at="2026-11-21T18:00:00+08:00")

    [found] = unsent(lead)
    assert answer.status_code == 204
    assert found.pop("told_at") > "2026"
    assert found == {
        "device_id": seat.device_id,
        "device_name": "214",
        "author": "lin.yue",
        "count": 3,
        "oldest_at": "2026-11-21T10:00:00.000Z",
    }
    assert len(unsent(seat)) == 1
    assert unsent(stranger) == []


def test_next_person_on_the_seat_tells_what_another_left(sit_at: SitAt) -> None:
    lead, other = sit_at("zhou.min"), sit_at("luo.tao", "seat 214")
    tell_unsent(other, author="lin.yue", count=3)
    first = [(found["author"], found["count"], found["oldest_at"]) for found in unsent(lead)]
    tell_unsent(other, author="lin.yue", count=0)

    assert first == [("lin.yue", 3, None)]
    assert unsent(lead) == []


@pytest.mark.parametrize(
    ("path", "told", "error"),
    [
        ("unsent", {}, {"error": "bad_request", "field": "count"}),
        ("unsent", {"count": -1}, {"error": "bad_request", "field": "count"}),
        ("unsent", {"count": True}, {"error": "bad_request", "field": "count"}),
        ("unsent", {"count": 10**9}, {"error": "bad_request", "field": "count"}),
        ("unsent", {"count": 1, "oldest_at": "yesterday"}, {"error": "bad_request", "field": "oldest_at"}),
        ("unsent", {"count": 1, "oldest_at": "2026-11-21T10:00:00"}, {"error": "bad_request", "field": "oldest_at"}),
        (
            "unsent",
            {"count": 1, "oldest_at": "0001-01-01T00:00:00+14:00"},
            {"error": "bad_request", "field": "oldest_at"},
        ),
        ("unsent", {"count": 1, "author": ""}, {"error": "bad_request", "field": "author"}),
        ("unsent", {"count": 1, "author": "nobody"}, {"error": "unknown_author"}),
        ("unsent", {"count": 1, "x": 1}, {"error": "bad_request", "field": "x"}),
        ("devices", {"name": "214"}, {"error": "bad_request", "field": "platform"}),
        ("devices", {"name": "x" * 201, "platform": ""}, {"error": "bad_request", "field": "name"}),
        (
            "devices",
            {"name": "", "platform": "", "public_key": "AB" * 32},
            {"error": "bad_request", "field": "public_key"},
        ),
        ("devices", {"name": "", "platform": "", "public_key": 5}, {"error": "bad_request", "field": "public_key"}),
    ],
)
def test_odd_words_about_a_device_are_refused(
    unharmed: Workstation, unharmed_server: ServerThread, path: str, told: dict[str, Any], error: dict[str, str]
) -> None:
    answer = unharmed.http.post(f"/sync/v1/{path}", json=told)

    assert (answer.status_code, answer.json()) == (422, error)
    assert executed(unharmed_server.settings, "SELECT count(*) FROM unsent") == [(0,)]
    assert executed(unharmed_server.settings, "SELECT name, public_key FROM device") == [("", None)]
