"""Recorded calls are found by who may listen to them, and by nobody else."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.test_erasing import send, upload
from tests.server.test_masking import lead_of
from tests.server.workstation import Workstation


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(new_site([a_customer(42), a_customer(43)])) as running:
        yield running


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as signed_in:
        yield signed_in


def call(seat: Workstation, n: int, *, minute: int = 0, duration_s: int = 60, queue: str | None = None) -> str:
    """With its recording, whole."""
    contact_id = f"K-{n}"
    body = {
        "customer_id": "C-42", "kind": "call_in", "at": f"2026-11-20T09:{minute:02}:00.000Z", "title": "",
        "agent": seat.login, "call_ref": f"call-{n}", "duration_s": duration_s, "queue": queue,
    }  # fmt: skip
    [made] = seat.push(seat.op("contact", contact_id, "create", body))
    assert made["reason"] is None
    sound = f"call-{n}".encode()
    assert send(seat, upload(seat, sound, contact=contact_id).headers["Location"], 0, sound).status_code == 204
    return contact_id


def found(seat: Workstation, **narrowed: Any) -> list[str]:
    answer: httpx.Response = seat.http.get("/v1/recordings", params=narrowed)
    assert answer.status_code == 200, answer.text
    return [one["contact"] for one in answer.json()["calls"]]


def test_lead_finds_calls_of_the_team_the_latest_first(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    first, second = call(seat, 1, minute=1), call(seat, 2, minute=5, duration_s=300)
    with Workstation(server.address, lead_of(server)) as lead:
        assert found(lead) == [second, first]
        assert found(lead, until="2026-11-20T09:03:00Z") == [first]
        assert found(lead, since="2026-11-20T09:03:00Z") == [second]
        assert found(lead, at_least_s=120) == [second]
        assert found(lead, agent=seat.login) == [second, first]
        assert found(lead, agent="somebody") == []
        [latest, _] = lead.http.get("/v1/recordings").json()["calls"]
        assert (latest["recordings"], latest["arrived"], latest["duration_s"]) == (1, 100, 300)
        assert found(lead, before=latest["place"]) == [first]


def test_agent_finds_own_calls_and_nobody_elses(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    own = call(seat, 1)
    assert found(seat) == [own]
    logins = executed(server.settings, "SELECT login FROM agent WHERE role = 'agent' AND team = 'home'")
    other = next(login for (login,) in logins if login != seat.login)
    with Workstation(server.address, other) as colleague:
        assert found(colleague) == []


def test_whoever_finds_calls_is_on_record(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    call(seat, 1)
    with Workstation(server.address, lead_of(server)) as lead:
        assert len(found(lead, agent=seat.login)) == 1
        assert found(lead, agent="somebody") == []

    trail = "SELECT who, subject, reason FROM audit_line WHERE deed = 'recordings_listed'"
    assert executed(server.settings, trail) == [(lead.login, "lin.yue", "1")]


def test_call_without_a_recording_is_not_listed(seat: Workstation) -> None:
    seat.sync()
    body = {
        "customer_id": "C-42",
        "kind": "call_in",
        "at": "2026-11-20T09:00:00.000Z",
        "title": "",
        "agent": seat.login,
    }
    seat.push(seat.op("contact", "K-9", "create", body))
    assert found(seat) == []


def test_moment_without_a_zone_is_refused(seat: Workstation) -> None:
    assert seat.http.get("/v1/recordings", params={"since": "2026-11-20T09:00:00"}).status_code == 422


def parts(seat: Workstation, wanted: str) -> tuple[int, bytes]:
    """Of the bytes of the first recording of K-1; what a wrong wish is answered, without its body."""
    [held] = seat.http.get("/sync/v1/recordings/K-1").json()["recordings"]
    answer = seat.http.get(f"/sync/v1/recordings/K-1/{held['id']}", headers={"Range": wanted})
    return answer.status_code, answer.content if answer.is_success else b""


def test_any_part_of_a_recording_is_given_and_nonsense_refused(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    call(seat, 1)
    with Workstation(server.address, lead_of(server)) as lead:
        given = [parts(lead, wanted) for wanted in ("bytes=0-3", "bytes=4-", "bytes=-1", "bytes=2-99999", "bytes=-99")]
        nonsense = ("bytes=6-", "bytes=5-2", "bytes=-0", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "bytes=" + "9" * 5000)
        refused = {parts(lead, wanted) for wanted in (*nonsense, "lines=1-2", "", "bytes=0-1;x", "bytes=-1-2")}
    assert given == [(206, b"call"), (206, b"-1"), (206, b"1"), (206, b"ll-1"), (206, b"call-1")]
    assert refused == {(416, b"")}


def test_half_of_a_recording_is_told_and_not_given(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    whole = call(seat, 2, minute=1)
    [answer] = seat.push(
        seat.op(
            "contact", "K-1", "create",
            {"customer_id": "C-42", "kind": "call_in", "at": "2026-11-20T09:00:00.000Z", "title": "",
             "agent": seat.login, "call_ref": "call-1", "duration_s": 60},
        )
    )  # fmt: skip
    assert answer["reason"] is None
    place = upload(seat, b"call-1", contact="K-1").headers["Location"]
    assert send(seat, place, 0, b"call").status_code == 204
    with Workstation(server.address, lead_of(server)) as lead:
        assert found(lead) == [whole, "K-1"]
        [held] = lead.http.get("/sync/v1/recordings/K-1").json()["recordings"]
        assert (held["received"], held["length"], held["is_here"], held["key"]) == (4, 6, False, None)
        assert parts(lead, "bytes=0-3") == (404, b"")
    trail = "SELECT count(*) FROM audit_line WHERE deed = 'recording_given'"
    assert executed(server.settings, trail) == [(0,)]


def hears(who: Workstation, recording: str) -> set[int]:
    """What the list, the bytes, the marks and a new mark are answered."""
    about = "/sync/v1/recordings/K-1"
    marks = "/floor/v1/recordings/K-1/marks"
    wish = {"recording": "0" * 64, "at_ms": 1, "note": ""}
    answers = (
        who.http.get(about), who.http.get(f"{about}/{recording}"), who.http.get(marks),
        who.http.put(f"{marks}/{'a1' * 16}", json=wish), who.http.delete(f"{marks}/{'a1' * 16}"),
    )  # fmt: skip
    return {answer.status_code for answer in answers}


def moved(server: ServerThread, login: str, role: str, team: str) -> None:
    change = "UPDATE agent SET role = :role, team = :team WHERE login = :login"
    executed(server.settings, change, role=role, team=team, login=login)


def test_right_to_hear_ends_with_the_role_the_team_and_the_session(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    call(seat, 1)
    login = lead_of(server)
    with Workstation(server.address, login) as lead:
        [held] = lead.http.get("/sync/v1/recordings/K-1").json()["recordings"]
        assert parts(lead, "bytes=0-") == (206, b"call-1")
        moved(server, login, "agent", "home")
        assert hears(lead, held["id"]) == {403}
        moved(server, login, "team_lead", "business")
        assert hears(lead, held["id"]) <= {403, 404}
        moved(server, login, "team_lead", "home")
        assert parts(lead, "bytes=0-") == (206, b"call-1")
        assert lead.http.post("/auth/sign-out", json={"refresh": lead.refresh}).is_success
        assert hears(lead, held["id"]) == {401}


def test_agent_of_another_team_is_given_nothing(server: ServerThread, seat: Workstation) -> None:
    seat.sync()
    call(seat, 1)
    with Workstation(server.address, lead_of(server)) as lead:
        [held] = lead.http.get("/sync/v1/recordings/K-1").json()["recordings"]
    with Workstation(server.address, "emma.clarke") as stranger:
        assert hears(stranger, held["id"]) <= {403, 404}
        assert found(stranger) == []
