"""Who may be one among everybody: what the server names and what is found here, the likeliest first, with reasons."""

from typing import Any

import pytest

from agent_desktop.customers.duplicates import Duplicates, Likeness
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.customers.likely_pairs import Confidence, LikelyPairs, Pair
from agent_desktop.customers.merges import CustomerMerges
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.customer import CustomerId
from agent_model.phone_number import DialPlan
from agent_model.phone_number.on_record import hashes_of
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SetClock

HOME = Scope("customers:home")
NOBODY: dict[str, Any] = {"email": None, "company": None, "region": None}
KEY = b"k" * 32
Ids = tuple[CustomerId, CustomerId]


class Desk:
    def __init__(self, store: Store, mirror: Mirror, outbox: Outbox) -> None:
        self.mirror = mirror
        self.view, found_by = View(mirror, outbox), FoundBy(store)
        self.finder = CustomerFinder(self.view, found_by, DialPlan("CN"), readings)
        self.merges = CustomerMerges(self.view, SetClock(), lambda: "m")
        duplicates = Duplicates(self.view, found_by, readings)
        self.pairs = LikelyPairs(self.view, found_by, duplicates, tuple)

    def know(self, *customers: dict[str, Any]) -> None:
        rows = [
            customer_row(f"C-{n}", **(NOBODY | {"name": f"某{n}", "phones": [f"+861380000000{n}"]} | fields))
            for n, fields in enumerate(customers, start=1)
        ]
        self.mirror.apply(HOME, rows, None)
        while self.finder.learn():
            pass

    def found(self, *told: Ids) -> list[tuple[str, str]]:
        return [(pair.one.id, pair.other.id) for pair in self.pairs.found(told).pairs]


@pytest.fixture
def desk(store: Store, mirror: Mirror, outbox: Outbox) -> Desk:
    return Desk(store, mirror, outbox)


def ids(one: int, other: int) -> Ids:
    return CustomerId(f"C-{one}"), CustomerId(f"C-{other}")


def test_pairs_are_found_without_the_server_by_number_address_and_name_in_a_company(desk: Desk) -> None:
    desk.know(
        {"name": "陆晓舟", "company": "临江物流"},
        {"name": "陆小舟", "company": "临江物流"},
        {"name": "林建国", "phones": ["+8657188886666"]},
        {"name": "林小燕", "phones": ["+8657188886666"]},
        {"name": "何静", "email": "he@x.cn"},
        {"name": "何静", "email": "HE@x.cn"},
        {"name": "赵六", "company": "临江物流"},
    )
    pairs = desk.pairs.found().pairs
    assert [(pair.one.id, pair.other.id, set(pair.reasons), pair.confidence) for pair in pairs] == [
        ("C-5", "C-6", {Likeness.EMAIL, Likeness.NAME}, Confidence.ALMOST_SURE),
        ("C-1", "C-2", {Likeness.SOUND, Likeness.COMPANY}, Confidence.LIKELY),
        ("C-3", "C-4", {Likeness.NUMBER}, Confidence.PERHAPS),
    ]


def test_pairs_of_the_server_come_once_and_in_their_place(desk: Desk) -> None:
    desk.know(
        {"name": "林建国", "phones": ["+8657188886666"]},
        {"name": "林小燕", "phones": ["+8657188886666"]},
        {"name": "王小明", "company": "云岚科技有限公司"},
        {"name": "王小明", "company": "云岚科技"},
    )
    assert desk.found(ids(4, 3), ids(2, 1)) == [ids(3, 4), ids(1, 2)]


def test_pair_that_is_not_here_yet_is_counted_and_not_shown(desk: Desk) -> None:
    desk.know({})
    found = desk.pairs.found([ids(1, 99)])
    assert (found.pairs, found.away) == ((), 1)


def test_pair_that_no_longer_has_anything_in_common_is_not_shown(desk: Desk) -> None:
    desk.know({"name": "王一"}, {"name": "李二"})
    assert desk.found(ids(1, 2)) == []


def test_who_was_told_apart_is_not_asked_about_again(desk: Desk) -> None:
    desk.know({"email": "a@b.cn"}, {"email": "a@b.cn"})
    desk.merges.tell_apart(CustomerId("C-2"), CustomerId("C-1"))
    assert desk.found(ids(1, 2)) == []


def test_who_is_being_merged_is_not_offered_again(desk: Desk) -> None:
    desk.know({"email": "a@b.cn"}, {"email": "a@b.cn"}, {"email": "a@b.cn"})
    comparison = desk.merges.compare(CustomerId("C-1"), CustomerId("C-2"))
    assert comparison is not None
    desk.merges.merge(comparison)
    assert desk.found(ids(1, 2)) == [ids(1, 3)]


def test_masked_numbers_are_compared_by_their_whole_hashes_alone(desk: Desk) -> None:
    def masked(number: str) -> dict[str, Any]:
        return {"phones": ["+86138****0000"], "phone_keys": [hashes_of(KEY, number)]}

    desk.know(masked("+8613811110000"), masked("+8613811110000"), masked("+8613922220000"))
    assert desk.found() == [ids(1, 2)]


def test_number_of_a_whole_company_makes_nobody_the_same(desk: Desk) -> None:
    desk.know(*[{"phones": ["+8657188886666"]}] * 13)
    assert desk.found() == []


@pytest.mark.parametrize(
    ("reasons", "confidence"),
    [
        ((Likeness.NUMBER, Likeness.SOUND), Confidence.ALMOST_SURE),
        ((Likeness.NAME, Likeness.COMPANY), Confidence.LIKELY),
        ((Likeness.NEARLY, Likeness.COMPANY), Confidence.PERHAPS),
        ((Likeness.NUMBER, Likeness.REGION), Confidence.PERHAPS),
    ],
    ids=["number and name", "name and company", "nearly the name", "a household"],
)
def test_how_sure_it_is_follows_from_the_reasons(
    desk: Desk, reasons: tuple[Likeness, ...], confidence: Confidence
) -> None:
    desk.know({}, {})
    [one, other] = [desk.merges.compare(*ids(n, 3 - n)) for n in (1, 2)]
    assert one is not None
    assert other is not None
    assert Pair(one.stays.customer, other.stays.customer, reasons).confidence is confidence
