"""Any order of writes, repeats and pulls at three seats: no silent overwrite, no loss, all mirrors equal at rest."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.in_process import ServerThread, serving
from tests.server.conftest import NewSite
from tests.server.workstation import WRITTEN_AT, Workstation

ROUNDS = 20
LOGINS = ("zhou.min", "lin.yue", "wang.qiang")
CUSTOMERS = ("customers:home", "customers:business")
SEATS = st.integers(0, len(LOGINS) - 1)
STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # NUL is refused: PostgreSQL has none
ACTIONS = st.one_of(
    st.tuples(st.just("write"), SEATS, st.sampled_from(["甲", "乙", "丙", None])),
    st.tuples(st.just("note"), SEATS, st.text(STORABLE, min_size=1, max_size=4)),
    st.tuples(st.just("ticket"), SEATS, st.sampled_from(["support", "vip"])),
    st.tuples(st.just("requeue"), SEATS, st.sampled_from(["support", "vip", "billing"])),
    st.tuples(st.just("move"), st.just(0), st.sampled_from(["home", "business"])),
    st.tuples(st.just("repeat"), SEATS, st.none()),
    st.tuples(st.just("pull"), SEATS, st.none()),
)


@pytest.fixture
def seats(new_site: NewSite) -> Iterator[tuple[ServerThread, Sequence[Workstation]]]:
    with serving(replace(new_site(), clocks_every_s=3600.0)) as server:  # else tickets move by themselves meanwhile
        sitting = [Workstation(server.address, login) for login in LOGINS]
        yield server, sitting
        for seat in sitting:
            seat.close()


@dataclass
class Expected:
    """What must be so: the value of a field with its last device, every note, the queue of every ticket."""

    region: str | None = None
    device: str = ""
    notes: list[str] = field(default_factory=list)
    tickets: dict[str, str] = field(default_factory=dict)
    sent: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def write(self, seen: str | None, wanted: str | None, device: str) -> bool:
        """Whether the write is taken, or there already."""
        if wanted == self.region:
            return True
        if self.region != seen and self.device != device:
            return False
        self.region, self.device = wanted, device
        return True


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=12))
def test_any_sequence_ends_with_equal_mirrors(
    seats: tuple[ServerThread, Sequence[Workstation]], actions: list[tuple[str, int, Any]]
) -> None:
    server, sitting = seats
    customer_id = str(uuid.uuid4())
    expected = Expected()
    born = {"segment": "home", "name": "x", "phones": []}
    sitting[0].push(sitting[0].op("customer", customer_id, "create", born))
    for seat in sitting:
        pull(seat)

    for kind, number, what in actions:
        act(kind, sitting[number], what, customer_id, expected)

    come_to_rest(sitting)
    row = sitting[0].row("customer", customer_id)
    assert row["body"]["region"] == expected.region
    assert [note["text"] for note in row["body"]["notes"]] == expected.notes
    assert all(sitting[0].row("ticket", ticket_id)["body"]["number"] for ticket_id in expected.tickets)
    for scope in sorted(sitting[0].slices.keys() & sitting[1].slices.keys()):
        assert sitting[0].slices[scope] == sitting[1].slices[scope]
    scope = f"customers:{row['body']['segment']}"
    server.app_server.snapshots._every = 1
    fresh = {**sitting[2].slices[scope]}
    sitting[2].take_snapshot(scope)
    assert sitting[2].slices[scope] == fresh


def act(kind: str, seat: Workstation, what: Any, customer_id: str, expected: Expected) -> None:
    if kind == "pull":
        pull(seat)
    elif kind == "repeat":
        repeat(seat, expected)
    elif kind == "write":
        seen = seat.row("customer", customer_id)["body"]["region"]
        verdict = send(seat, seat.op("customer", customer_id, "update", {"region": [seen, what]}), expected)
        assert (verdict == "conflict") is not expected.write(seen, what, seat.device_id)
    elif kind == "note":
        note = {"text": what, "author": seat.login, "at": WRITTEN_AT}
        send(seat, seat.op("customer", customer_id, "append", {"notes": [None, note]}), expected)
        expected.notes.append(what)
    elif kind == "ticket":
        wish = seat.ticket(customer_id, queue=what)
        assert send(seat, wish, expected) == "applied"
        expected.tickets[wish["id"]] = what
    elif kind == "requeue" and expected.tickets:
        ticket_id, queue = next(reversed(expected.tickets.items()))
        before, after = ({"queue": one, "department": "field", "owner": None} for one in (queue, what))
        moved = {"by": seat.login, "at": WRITTEN_AT, "reason": "换队列", "before": before, "after": after}
        verdict = send(seat, seat.op("ticket", ticket_id, "append", {"hand_overs": [None, moved]}), expected)
        if verdict != "rejected":
            expected.tickets[ticket_id] = what
    elif kind == "move":
        send(seat, seat.op("customer", customer_id, "update", {"segment": ["home", what]}), expected)


def come_to_rest(sitting: Sequence[Workstation]) -> None:
    """Until a round moves nothing."""
    for _ in range(ROUNDS):
        before = [{scope: dict(rows) for scope, rows in seat.slices.items()} for seat in sitting]
        for seat in sitting:
            seat.sync()
        if before == [seat.slices for seat in sitting]:
            return
    raise AssertionError(f"something still moves after {ROUNDS} rounds")


def pull(seat: Workstation) -> None:
    for scope in CUSTOMERS:
        seat.pull(scope)


def send(seat: Workstation, op: Any, expected: Expected) -> str:
    [answer] = seat.push(op)
    assert answer["verdict"] != "rejected", answer
    expected.sent[seat.login] = (op, answer)
    return str(answer["verdict"])


def repeat(seat: Workstation, expected: Expected) -> None:
    """The last answer got lost on its way."""
    if seat.login not in expected.sent:
        return
    op, first = expected.sent[seat.login]
    [again] = seat.push(op)
    verdict = "conflict" if first["verdict"] == "conflict" else "duplicate"
    assert again == {**first, "verdict": verdict}
