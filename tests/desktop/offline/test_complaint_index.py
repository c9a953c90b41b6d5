"""Complaints are found among a hundred thousand tickets without reading the others."""

import re
from typing import Any

import pytest

from agent_desktop.offline import complaint_index
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.store import CACHE_FORMAT, Store
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.earlier_caches import OF_FORMAT_5, make_format
from tests.desktop.rows import ticket_row

HOME = Scope("customers:home")
SINCE = "2026-01-01T00:00:00.000Z"


def complaint(number: int, **fields: object) -> Row:
    at = f"2026-11-01T00:{number // 60:02}:{number % 60:02}.000Z"
    body: dict[str, Any] = {
        "type": "complaint",
        "category": "complaint/billing",
        "created_at": at,
        "updated_at": at,
        **fields,
    }
    return ticket_row(f"K-{number:04}", **body)


@pytest.mark.parametrize(
    ("statement", "values", "index"),
    [
        (complaint_index.LATELY, (SINCE, 10), "complaint_touched"),
        (complaint_index.OF_CATEGORY, ("complaint/billing", SINCE, 10), "complaint_of_category"),
        (complaint_index.LED_BY, ("K-0001", 10), "complaint_led_by"),
    ],
)
def test_complaints_are_sought_by_index_and_in_its_order(
    store: Store, mirror: Mirror, statement: str, values: tuple[object, ...], index: str
) -> None:
    mirror.apply(HOME, [complaint(1)], None)
    with store.reading() as connection:
        plan = " ".join(str(line[3]) for line in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    assert re.search(rf"SEARCH ticket USING INDEX {index} \(.+\)", plan), plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan


def test_latest_complaints_of_a_category_come_first_and_no_more_than_asked_for(mirror: Mirror) -> None:
    others = [ticket_row(f"T-{number}", category="complaint/billing") for number in range(50)]
    mentions = ticket_row("T-90", subject='said "complaint" only', updated_at="2026-12-01T00:00:00.000Z")
    mirror.apply(HOME, [*others, mentions, *(complaint(number) for number in range(40))], None)
    mirror.apply(HOME, [complaint(99, category="complaint/service")], None)

    found = mirror.complaints(SINCE, 3, "complaint/billing")

    assert [row.id for row in found] == ["K-0039", "K-0038", "K-0037"]
    assert [row.id for row in mirror.complaints(SINCE, 2)] == ["K-0099", "K-0039"]


def test_what_follows_another_complaint_is_found_by_it(mirror: Mirror) -> None:
    mirror.apply(HOME, [complaint(1), complaint(2, same_as="K-0001"), complaint(3)], None)

    assert [row.id for row in mirror.complaints_led_by("K-0001")] == ["K-0002"]


def test_cache_of_the_format_before_gets_the_indexes_and_keeps_its_rows(store: Store, mirror: Mirror) -> None:
    mirror.apply(HOME, [complaint(1)], None)
    make_format(store, 4)
    folder = store.folder
    store.close()

    again = Store(folder, store.sealing)
    again.open_cache()
    with again.reading() as connection:
        indexes = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        assert connection.execute("PRAGMA user_version").fetchone() == (CACHE_FORMAT,)
    found = [row.id for row in Mirror(again).complaints(SINCE, 5)]
    again.close()

    assert found == ["K-0001"]
    assert set(OF_FORMAT_5) <= indexes
