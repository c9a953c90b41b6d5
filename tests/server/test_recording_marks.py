"""Marks in recordings: set, changed and taken away by who may hear the call and judges it, and gone with it."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from agent_model.agent import Role
from agent_model.recording_mark import MOST_MARKS
from agent_server.file_store import FileStore
from agent_server.privacy.duties import Duties, Limit, Limited
from agent_server.privacy.limits import Limits
from agent_server.tables import recording_mark
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.officers import appoint
from tests.server.test_erasing import _decide, with_database
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.test_masking import lead_of
from tests.server.test_recorded_calls import call
from tests.server.workstation import Workstation

ID, OTHER_ID = "a1" * 16, "b2" * 16
SOUND = hashlib.sha256(b"call-1").hexdigest()
TRAIL = "SELECT deed, who, subject, field, reason FROM audit_line WHERE deed LIKE 'recording_mark%' ORDER BY seq"


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(new_site([a_customer(42)])) as running:
        yield running


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    """Whose call K-1 is."""
    with Workstation(server.address, "lin.yue") as signed_in:
        signed_in.sync()
        call(signed_in, 1)
        yield signed_in


@pytest.fixture
def lead(server: ServerThread, seat: Workstation) -> Iterator[Workstation]:
    with Workstation(server.address, lead_of(server)) as signed_in:
        yield signed_in


@pytest.fixture
def manager(server: ServerThread) -> Iterator[Workstation]:
    appoint(server.settings, "gao.jie", Role.DUTY_MANAGER)
    with Workstation(server.address, "gao.jie") as signed_in:
        yield signed_in


def put(who: Workstation, note: str = "", *, mark: str = ID, contact: str = "K-1", **said: Any) -> tuple[int, Any]:
    """The status, and the mark or why there is none."""
    wish = {"recording": SOUND, "at_ms": 83_400, "note": note, **said}
    answer = who.http.put(f"/floor/v1/recordings/{contact}/marks/{mark}", json=wish)
    told = answer.json()
    return answer.status_code, told.get("error", told)


def drop(who: Workstation, mark: str = ID) -> int:
    return who.http.delete(f"/floor/v1/recordings/K-1/marks/{mark}").status_code


def marks(who: Workstation) -> list[tuple[int, str, str]]:
    answer = who.http.get("/floor/v1/recordings/K-1/marks")
    assert answer.status_code == 200, answer.text
    return [(one["at_ms"], one["note"], one["by"]) for one in answer.json()["marks"]]


def test_mark_is_read_by_everybody_who_judges_the_call_in_order_of_place(
    lead: Workstation, manager: Workstation
) -> None:
    status, told = put(lead, "  Good\u202e opening\n")
    assert (status, told["note"], told["by"], told["recording"]) == (200, "Good opening", lead.login, SOUND)
    assert put(manager, mark=OTHER_ID, at_ms=2_000)[0] == 200
    assert marks(lead) == [(2_000, "", manager.login), (83_400, "Good opening", lead.login)]
    assert marks(manager) == marks(lead)


def test_note_is_changed_and_the_place_stays(lead: Workstation) -> None:
    put(lead)
    assert put(lead, "Interrupts the customer", at_ms=5)[0] == 200
    assert marks(lead) == [(83_400, "Interrupts the customer", lead.login)]


def test_only_own_marks_are_changed_and_taken_away(lead: Workstation, manager: Workstation) -> None:
    put(lead, "mine")
    assert put(manager, "not mine") == (403, "not_allowed")
    assert drop(manager) == 403
    assert marks(lead) == [(83_400, "mine", lead.login)]
    assert (drop(lead), drop(lead)) == (204, 204)
    assert marks(lead) == []


def test_every_act_is_on_record_without_what_the_note_says(server: ServerThread, lead: Workstation) -> None:
    put(lead)
    put(lead)
    put(lead, "secret")
    marks(lead)
    drop(lead)
    marks(lead)
    who = lead.login
    assert executed(server.settings, TRAIL) == [
        ("recording_marked", who, "K-1", ID, "83 s"),
        ("recording_mark_changed", who, "K-1", ID, "83 s"),
        ("recording_marks_read", who, "K-1", "", "1"),
        ("recording_mark_removed", who, "K-1", ID, "83 s"),
    ]


def test_who_judges_calls_hears_at_once_which_call_has_other_marks(
    server: ServerThread,
    seat: Workstation,
    lead: Workstation,
    manager: Workstation,
    listen: Listen,  # noqa: F811
) -> None:
    told = {"type": "marks", "contact": "K-1"}
    agent, ears = listen(seat), listen(manager)
    for change in (lambda: put(lead), lambda: put(lead, "Good opening"), lambda: drop(lead)):
        change()
        assert ears.next_of("marks") == told
    put(lead, "Good opening")
    put(lead, "Good opening")
    ears.next_of("marks")
    assert not [one for one in ears.heard_until_pong() if one["type"] == "marks"], "nothing is other than it was"
    assert not [one for one in agent.heard_until_pong() if one["type"] == "marks"]


def test_agent_neither_sets_nor_reads_marks_of_the_own_call(seat: Workstation, lead: Workstation) -> None:
    put(lead, "for the next coaching")
    answer = seat.http.get("/floor/v1/recordings/K-1/marks")
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert put(seat, mark=OTHER_ID) == (403, "not_allowed")
    assert drop(seat) == 403


def test_lead_of_another_team_is_refused_as_from_hearing(server: ServerThread, seat: Workstation) -> None:
    executed(server.settings, "UPDATE agent SET team = 'business' WHERE id = 'lin.yue'")
    with Workstation(server.address, lead_of(server)) as other:
        assert put(other) == (403, "recording_not_allowed")
        assert other.http.get("/floor/v1/recordings/K-1/marks").json()["error"] == "recording_not_allowed"


def test_what_is_no_recording_of_the_call_is_refused(lead: Workstation) -> None:
    assert put(lead, recording="0" * 64) == (404, "not_found")
    assert put(lead, contact="K-none") == (404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [{"note": "x" * 201}, {"at_ms": -1}, {"at_ms": 86_400_001}, {"recording": "../x"}, {"by": "somebody"}],
    ids=["long", "before", "after", "name", "extra"],
)
def test_what_is_out_of_bounds_is_refused(lead: Workstation, wrong: dict[str, Any]) -> None:
    answer = lead.http.put(f"/floor/v1/recordings/K-1/marks/{ID}", json={"recording": SOUND, "at_ms": 1, **wrong})
    assert answer.status_code == 422


def test_recording_has_room_for_so_many_marks(server: ServerThread, lead: Workstation) -> None:
    put(lead)
    [(recording, made_at)] = executed(server.settings, "SELECT recording, made_at FROM recording_mark")
    told = {"recording": recording, "at_ms": 0, "note": "", "by": "somebody", "made_at": made_at}
    others = [{"id": f"{n:032x}", **told} for n in range(MOST_MARKS - 1)]
    executed(server.settings, insert(recording_mark).values(others))
    assert put(lead, mark=OTHER_ID) == (409, "too_many_marks")
    assert put(lead, "changed")[0] == 200


def test_marks_go_with_their_recording(server: ServerThread, lead: Workstation) -> None:
    put(lead)
    _decide(server.settings, Duties(limits=(Limit(Limited.RECORDING, 30),)))
    later = datetime.now(UTC) + timedelta(days=60)
    with_database(server.settings, lambda database: Limits(database, FileStore(server.settings.home)).run(later))
    assert executed(server.settings, "SELECT count(*) FROM recording_mark") == [(0,)]
