"""What the server lets go of with time, and that nobody misses it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.retention import Retention
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.server.workstation import Workstation

HOME = "customers:home"
TODAY = datetime(2026, 11, 21, 3, tzinfo=UTC)

TidyUp = Callable[[int], None]


@pytest.fixture
def tidy_up(server: ServerThread) -> TidyUp:
    """Runs the retention as so many days later."""

    def tidy(days: int) -> None:
        async def working() -> None:
            database = Database(server.settings.database, pooled=False)
            try:
                await Retention(database, server.settings, lambda: TODAY + timedelta(days=days)).run()
            finally:
                await database.close()

        asyncio.run(working())

    return tidy


def entries(server: ServerThread) -> list[int]:
    query = "SELECT seq FROM feed WHERE scope = 'customers:home' ORDER BY seq"
    return [seq for (seq,) in executed(server.settings, query)]


def change_region(seat: Workstation, times: int, customer: str = "C-1") -> None:
    for number in range(times):
        seat.push(seat.op("customer", customer, "update", {"region": [None, f"区 {number}"]}))


def page(seat: Workstation, since: int, limit: int = 1000) -> dict[str, object]:
    found: dict[str, object] = seat.http.get(
        "/sync/v1/changes", params={"scope": HOME, "since": since, "limit": limit}
    ).json()
    return found


def test_recent_entries_are_all_kept(seat: Workstation, server: ServerThread, tidy_up: TidyUp) -> None:
    change_region(seat, 3)
    before = entries(server)
    tidy_up(0)
    tidy_up(6)

    assert entries(server) == before
    assert page(seat, 0)["compacted"] == 0


def test_old_entries_are_reduced_to_the_newest_of_each_row(
    seat: Workstation, server: ServerThread, tidy_up: TidyUp
) -> None:
    seat.pull(HOME)
    first = seat.cursors[HOME]
    change_region(seat, 4)
    tidy_up(0)
    change_region(seat, 2)
    tidy_up(8)

    kept = entries(server)
    assert kept == [*(seq for seq in range(2, first + 1)), first + 4, first + 5, first + 6]
    assert page(seat, 0)["compacted"] == first + 4


def test_pages_over_compacted_entries_still_add_up(seat: Workstation, server: ServerThread, tidy_up: TidyUp) -> None:
    wish = seat.ticket()
    seat.push(wish, *(seat.ticket() for _ in range(3)))
    seat.push(seat.op("ticket", wish["id"], "update", {"customer_id": ["C-1", "C-3"]}))
    change_region(seat, 4)
    expected = _pulled(seat, 1000)
    tidy_up(0)
    tidy_up(8)

    assert len(entries(server)) < page(seat, 0)["head"]  # type: ignore[operator]
    assert _pulled(seat, 1) == expected


def _pulled(seat: Workstation, limit: int) -> list[tuple[str, str]]:
    seat.slices.clear()
    seat.cursors.clear()
    seat.pull(HOME, limit)
    assert seat.cursors[HOME] == seat.hello()["scopes"][HOME]
    return sorted(seat.slices[HOME])


def test_page_tells_how_many_entries_it_covers(seat: Workstation) -> None:
    change_region(seat, 3)
    head = seat.hello()["scopes"][HOME]
    found = page(seat, head - 3, 2)

    assert (found["entries"], found["next"], found["compacted"]) == (2, head - 1, 0)


def test_cursor_from_before_the_oldest_tombstone_must_take_a_snapshot(
    seat: Workstation, server: ServerThread, tidy_up: TidyUp
) -> None:
    wish = seat.ticket()
    seat.push(wish)
    seat.sync()
    old = seat.cursors[HOME]
    seat.push(seat.op("ticket", wish["id"], "update", {"customer_id": ["C-1", "C-3"]}))
    tidy_up(0)
    tidy_up(89)
    kept = page(seat, old)
    change_region(seat, 1)
    tidy_up(90)
    gone = seat.http.get("/sync/v1/changes", params={"scope": HOME, "since": old})
    seat.take_snapshot(HOME)

    assert kept["evicted"] == [["ticket", wish["id"]]]
    assert (gone.status_code, gone.json()["error"]) == (410, "cursor_expired")
    assert entries(server) == [old + 2]
    assert ("ticket", wish["id"]) not in seat.slices[HOME]
    assert seat.cursors[HOME] >= old + 1


def test_cursor_at_the_head_of_a_quiet_slice_never_expires(seat: Workstation, tidy_up: TidyUp) -> None:
    seat.sync()
    tidy_up(0)
    tidy_up(400)

    found = page(seat, seat.cursors[HOME])
    assert (found["rows"], found["more"]) == ([], False)
    assert page(seat, 0)["error"] == "cursor_expired"


def test_answered_commands_are_known_for_more_than_a_year(
    seat: Workstation, server: ServerThread, tidy_up: TidyUp
) -> None:
    wish = seat.ticket()
    seat.push(wish)
    received = datetime.now(UTC)
    late = (received - TODAY).days
    tidy_up(late + 399)
    [again] = seat.push(wish)
    tidy_up(late + 402)

    assert again["verdict"] == "duplicate"
    assert executed(server.settings, "SELECT count(*) FROM op_log") == [(0,)]


def test_marks_do_not_pile_up(seat: Workstation, server: ServerThread, tidy_up: TidyUp) -> None:
    for day in range(0, 200, 10):
        seat.push(seat.ticket())
        tidy_up(day)

    oldest = to_text(TODAY + timedelta(days=100))
    marks = executed(server.settings, "SELECT at FROM scope_mark WHERE scope = 'customers:home' ORDER BY at")
    assert len(marks) == 10
    assert marks[0] == (oldest,)
