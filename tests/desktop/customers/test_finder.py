"""Customers are found by whatever a caller says of themselves, as it is typed, and it is said what of them it was."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.edits import CustomerEdits
from agent_desktop.customers.finder import CustomerFinder, Field
from agent_desktop.knowledge.names import readings
from agent_desktop.offline import derived
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.customer import SegmentId
from agent_model.phone_number import DialPlan, PhoneNumber
from agent_model.scope import Scope
from agent_model.wire import Gone
from tests.desktop.earlier_caches import make_format
from tests.desktop.rows import customer_row
from tests.fakes import SEALED, SetClock

HOME = Scope("customers:home")
EVERYBODY = [
    customer_row(
        "C-1",
        name="王小明",
        phones=["+8613800006721"],
        email="Wang.XM@yunlan.cn",
        company="杭州云岚科技有限公司",
    ),
    customer_row("C-2", name="单乐", phones=["+8657188886666"], email="13900001111@mail.example", company=None),
    customer_row("C-3", name="Oliver Smith", phones=["+447700900958"], email="oliver@blue.example", company="Blue Bay"),
    customer_row("C-4", name="阿依古丽·买买提", phones=["+8613911112222"], email=None, company=None),
]


@pytest.fixture
def known(mirror: Mirror, finder: CustomerFinder) -> CustomerFinder:
    mirror.apply(HOME, EVERYBODY, None)
    learn(finder)
    return finder


def learn(finder: CustomerFinder) -> None:
    while finder.learn():
        pass


def ids(finder: CustomerFinder, typed: str) -> list[str]:
    return [match.customer.id for match in finder.find(typed)]


FOUND = [
    ("王", "C-1", "王"), ("王小", "C-1", "王小"), ("明", "C-1", "明"), ("小明", "C-1", "小明"),
    ("wangx", "C-1", "王小"), ("wangxiaoming", "C-1", "王小明"), ("wxm", "C-1", "王小明"), ("xm", "C-1", "小明"),
    ("wangxm", "C-1", "王小明"), ("xiaoming", "C-1", "小明"), ("wang xiao ming", "C-1", "王小明"), ("w", "C-1", "王"),
    ("shanle", "C-2", "单乐"), ("danl", "C-2", "单乐"), ("sl", "C-2", "单乐"), ("shanyue", "C-2", "单乐"),
    ("oliv", "C-3", "Oliv"), ("smith", "C-3", "Smith"), ("SMI", "C-3", "Smi"), ("mith", "C-3", "mith"),
    ("oliver sm", "C-3", "Oliver Sm"), ("买买提", "C-4", "买买提"), ("阿依古丽买", "C-4", "阿依古丽·买"),
    ("aygl", "C-4", "阿依古丽"), ("maimaiti", "C-4", "买买提"),
    ("6721", "C-1", "6721"), ("006721", "C-1", "6721"), ("138 0000 6721", "C-1", "6721"),
    ("+86 13800006721", "C-1", "6721"), ("0571-8888 6666", "C-2", "6666"), ("0086138-0000-6721", "C-1", "6721"),
    ("６７２１", "C-1", "6721"), ("１３８００００６７２１", "C-1", "6721"), ("\u202d13800006721\u202c", "C-1", "6721"),
    ("王小明\u200b", "C-1", "王小明"),
    ("wang.xm@y", "C-1", "Wang.XM@y"), ("@yunlan", "C-1", "@yunlan"), ("xm@yun", "C-1", "XM@yun"),
    ("1390000", "C-2", "1390000"), ("yunlan.cn", "C-1", "yunlan.cn"),
    ("杭州云", "C-1", "杭州云"), ("云岚科技", "C-1", "云岚科技"), ("hzyl", "C-1", "杭州云岚"), ("bay", "C-3", "Bay"),
    ("ｗｘｍ", "C-1", "王小明"),
    ("王 6721", "C-1", "6721"), ("smith blue", "C-3", "Smith"), ("小明 云岚", "C-1", "小明"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "who", "shown"), FOUND, ids=[typed for typed, _, _ in FOUND])
def test_customer_is_found_by(known: CustomerFinder, typed: str, who: str, shown: str) -> None:
    first = known.find(typed)[0]
    assert first.customer.id == who
    assert first.text[first.start : first.start + first.length] == shown


@pytest.mark.parametrize("typed", ["", "   ", "xyz", "6722", "999", "!?", "王明", "明小", "wang@"])
def test_nobody_is_found_by(known: CustomerFinder, typed: str) -> None:
    assert known.find(typed) == ()


def test_number_is_found_masked_and_says_which_it_was(known: CustomerFinder) -> None:
    [match] = known.find("6721")
    assert (match.field, match.text) == (Field.NUMBER, "138****6721")


def test_who_is_called_exactly_so_comes_first(mirror: Mirror, finder: CustomerFinder) -> None:
    names = {"C-1": "李娜娜", "C-2": "李娜", "C-3": "张李娜", "C-4": "黎纳", "C-5": "王丽娜"}
    mirror.apply(HOME, [customer_row(id_, name=name, phones=[], email=None) for id_, name in names.items()], None)
    learn(finder)
    assert ids(finder, "李娜") == ["C-2", "C-1", "C-3"]
    assert ids(finder, "lina") == ["C-2", "C-4", "C-1", "C-3", "C-5"]


def test_changed_customer_is_found_by_what_they_are_called_now(mirror: Mirror, known: CustomerFinder) -> None:
    mirror.apply(HOME, [customer_row("C-1", 2, name="赵敏", phones=["+8613800006721"], email="min@zhao.cn")], None)
    assert ids(known, "小明") == []
    learn(known)
    assert (ids(known, "zhaomin"), ids(known, "敏"), ids(known, "wxm")) == (["C-1"], ["C-1"], [])


def test_customer_who_went_is_found_no_more_and_leaves_no_word(
    mirror: Mirror, known: CustomerFinder, store: Store
) -> None:
    mirror.apply(HOME, (), None, gone=[Gone("customer", "C-1")], deleted=[Gone("customer", "C-2")])
    mirror.drop(HOME)
    learn(known)
    assert [ids(known, typed) for typed in ("小明", "shanle", "mith")] == [[], [], []]
    assert FoundBy(store).beginning("", 10) == []


def test_cleared_cache_knows_nobody(mirror: Mirror, known: CustomerFinder, store: Store) -> None:
    mirror.clear()
    assert (ids(known, "小明"), known.learn(), FoundBy(store).beginning("", 10)) == ([], False, [])


def test_place_of_one_who_went_is_read_for_who_has_it_now(mirror: Mirror, known: CustomerFinder) -> None:
    mirror.apply(HOME, [customer_row("C-9", name="赵敏", phones=[])], None, deleted=[Gone("customer", "C-4")])
    learn(known)
    assert (ids(known, "敏"), ids(known, "买买提")) == (["C-9"], [])


def test_customer_written_offline_is_found_before_they_are_read(
    known: CustomerFinder, book: CustomerBook, edits: CustomerEdits
) -> None:
    book.create("赵敏", PhoneNumber("+8613800001234"), SegmentId("home"), company="蓝湾餐饮")
    assert [ids(known, typed) for typed in ("敏", "zhaom", "蓝湾", "1234")] == [["C-new-1"]] * 4


def test_name_changed_offline_is_found_and_the_old_one_is_not(known: CustomerFinder, edits: CustomerEdits) -> None:
    draft = edits.begin("C-1")
    assert draft is not None
    edits.submit(replace(draft, wanted={"name": "王大明"}))
    assert (ids(known, "大明"), ids(known, "wxm")) == (["C-1"], [])


def test_names_and_numbers_are_found_before_anybody_is_read(mirror: Mirror, finder: CustomerFinder) -> None:
    mirror.apply(HOME, EVERYBODY, None)
    assert [ids(finder, typed) for typed in ("王", "oliver s", "6721")] == [["C-1"], ["C-3"], ["C-1"]]


def test_question_that_nobody_waits_for_any_more_is_not_answered(known: CustomerFinder) -> None:
    assert known.find("王", is_wanted=lambda: False) == ()


def test_cache_of_an_earlier_version_is_read_where_it_lies(tmp_path: Path, view: View) -> None:
    first = Store(tmp_path / "old", SEALED)
    first.open_cache()
    Mirror(first).apply(HOME, EVERYBODY, Cursor(7, "life"))
    derived_tables = (f"{one}_{of}" for one in derived.FOLLOWED for of in ("line", "to_read"))
    make_format(first, 1, "follow_up", "customer_found", "customer_word", *derived_tables)
    first.close()

    store = Store(tmp_path / "old", SEALED)
    store.open_cache()
    mirror = Mirror(store)
    finder = CustomerFinder(View(mirror, Outbox(store, "A-1")), FoundBy(store), DialPlan(), readings)
    learn(finder)

    assert mirror.cursors() == {HOME: Cursor(7, "life")}
    assert (ids(finder, "wxm"), ids(finder, "@yunlan")) == (["C-1"], ["C-1"])
    store.close()


def test_fresh_cache_is_read_from_the_start(mirror: Mirror, finder: CustomerFinder, store: Store) -> None:
    mirror.apply(HOME, EVERYBODY[:1], None)
    learn(finder)
    with mirror.replaced() as fresh:
        rows = [
            (row.id, 1, f"|{HOME}|", row.body["name"], orjson.dumps(row.body).decode(), None, 0)
            for row in EVERYBODY[1:]
        ]
        fresh.put(HOME, "customer", rows)
        fresh.finish(HOME, 3, "life")
    learn(finder)
    assert (ids(finder, "wxm"), ids(finder, "shanle"), ids(finder, "mith")) == ([], ["C-2"], ["C-3"])


@pytest.fixture
def edits(view: View, plan: DialPlan, clock: SetClock) -> CustomerEdits:
    return CustomerEdits(view, plan, clock)
