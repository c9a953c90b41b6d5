"""Who may be the same person is found with the reasons, without the server; nobody is merged by a machine."""

from typing import Any

import pytest

from agent_desktop.customers.duplicates import Duplicate, Duplicates, Likeness, typed
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.customers.merges import CustomerMerges
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Mirror, Sight
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.customer import CustomerId
from agent_model.phone_number import DialPlan, PhoneNumber
from agent_model.phone_number.on_record import hashes_of
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.fakes import SetClock

HOME = Scope("customers:home")
ME: dict[str, Any] = {
    "name": "王小明", "phones": ["+8613800006721"], "email": "wang@yunlan.cn", "company": "杭州云岚科技有限公司",
    "region": "浙江 · 杭州",
}  # fmt: skip
STRANGE: dict[str, Any] = {"name": "赵六", "phones": ["+8613911110000"], "email": None, "company": None, "region": None}


class Desk:
    def __init__(self, store: Store, mirror: Mirror, outbox: Outbox) -> None:
        self.mirror, self.outbox = mirror, outbox
        view, found_by = View(mirror, outbox), FoundBy(store)
        self.finder = CustomerFinder(view, found_by, DialPlan("CN"), readings)
        self.duplicates = Duplicates(view, found_by, readings)
        self.merges = CustomerMerges(view, SetClock(), lambda: "m")

    def know(self, *customers: dict[str, Any]) -> None:
        rows = [customer_row(f"C-{n}", **fields) for n, fields in enumerate(customers, start=1)]
        self.mirror.apply(HOME, rows, None)
        while self.finder.learn():
            pass

    def of(self, customer_id: str = "C-1") -> list[tuple[str, tuple[Likeness, ...]]]:
        return [(one.customer.id, one.reasons) for one in self.duplicates.of(CustomerId(customer_id))]


@pytest.fixture
def desk(store: Store, mirror: Mirror, outbox: Outbox) -> Desk:
    return Desk(store, mirror, outbox)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"phones": ["+861", "+8613800006721"]}, {Likeness.NUMBER}),
        ({"email": "WANG@yunlan.cn"}, {Likeness.EMAIL}),
        ({"name": "王小明", "company": "杭州云岚科技"}, {Likeness.NAME, Likeness.COMPANY}),
        ({"name": "王晓铭", "company": "杭州云岚科技有限公司"}, {Likeness.SOUND, Likeness.COMPANY}),
        ({"name": "Wang Xiaoming", "company": "杭州云岚科技有限公司"}, {Likeness.SOUND, Likeness.COMPANY}),
        ({"name": "王晓敏", "company": "杭州云岚科技有限公司"}, {Likeness.NEARLY, Likeness.COMPANY}),
        ({"name": "王小明", "region": "浙江 · 杭州"}, {Likeness.NAME, Likeness.REGION}),
    ],
    ids=["number", "email", "name and company", "read the same", "latin", "one syllable", "name and region"],
)
def test_duplicate_is_found_with_its_reasons(desk: Desk, other: dict[str, Any], reasons: set[Likeness]) -> None:
    desk.know(ME, STRANGE | other, STRANGE | {"name": "钱七", "phones": []})
    [(found, why)] = desk.of()
    assert (found, set(why)) == ("C-2", reasons)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "王小明"},
        {"company": "杭州云岚科技有限公司"},
        {"region": "浙江 · 杭州"},
        {"name": "李大海", "company": "杭州云岚科技有限公司", "region": "浙江 · 杭州"},
    ],
    ids=["name alone", "company alone", "region alone", "colleague"],
)
def test_what_many_share_makes_no_duplicate(desk: Desk, other: dict[str, Any]) -> None:
    desk.know(ME, STRANGE | other)
    assert desk.of() == []


def test_likeliest_comes_first(desk: Desk) -> None:
    desk.know(ME, STRANGE | {"name": "王小明", "company": ME["company"]}, ME | {"company": None})
    assert [found for found, _ in desk.of()] == ["C-3", "C-2"]


def test_who_was_told_apart_is_not_offered_again_from_either_side(desk: Desk) -> None:
    desk.know(ME, ME)
    assert [found for found, _ in desk.of("C-2")] == ["C-1"]
    desk.merges.tell_apart(CustomerId("C-1"), CustomerId("C-2"))
    assert (desk.of("C-1"), desk.of("C-2")) == ([], [])


def test_masked_numbers_are_compared_without_being_known(desk: Desk) -> None:
    key = bytes(32)
    desk.mirror.keep_sight(Sight({"home": key.hex()}))
    masked = {"phones": ["138****6721"], "phone_keys": [hashes_of(key, "+8613800006721")]}
    alike = {"phones": ["138****6721"], "phone_keys": [hashes_of(key, "+8613899996721")]}
    desk.know(STRANGE | masked, STRANGE | masked | {"name": "钱七"}, STRANGE | alike | {"name": "孙八"})
    assert desk.of() == [("C-2", (Likeness.NUMBER,))]


def test_new_customer_is_compared_as_they_are_typed(desk: Desk) -> None:
    desk.know(ME, STRANGE)
    found: tuple[Duplicate, ...] = desk.duplicates.like(typed("王晓明", "", PhoneNumber("+8613755550123")))
    assert [(one.customer.id, one.reasons) for one in found] == [("C-1", (Likeness.SOUND,))]
    assert desk.duplicates.like(typed("王", "", None)) == ()


def test_nobody_is_merged_by_looking(desk: Desk) -> None:
    desk.know(ME, ME)
    desk.of()
    assert desk.outbox.waiting(10) == []
