"""Two customers made into one and parted again: nothing is lost, nothing is there twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.body import to_body
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.customer_merge import CHOSEN_FIELDS, changed_since, parted, united

START = to_body(Customer(CustomerId("C-1"), SegmentId("home"), "客户", ()))
NOTE = {"text": "回电", "author": "lin.yue", "at": "2026-11-20T10:00:00.000Z"}
PHONES = st.sampled_from(["+8613800000001", "+8613800000002", "+8613800000003"])
BODIES = st.builds(
    lambda **fields: START | fields,
    name=st.sampled_from(["王小明", "王晓明"]),
    company=st.sampled_from([None, "云岚"]),
    email=st.sampled_from([None, "a@b.cn", "c@d.cn"]),
    phones=st.lists(PHONES, unique=True),
    tags=st.lists(st.sampled_from(["网络", "账单"]), unique=True),
    notes=st.lists(st.sampled_from([NOTE, NOTE | {"text": "再打"}])),
    value_fen=st.integers(0, 10**9),
    ratings=st.integers(0, 9),
    satisfaction=st.sampled_from([None, 1.0, 4.5]),
    since=st.sampled_from([None, "2020-01-01", "2024-05-06"]),
    custom_by_another_version=st.sampled_from(["x", "y"]),
)
TAKEN = st.sets(st.sampled_from(CHOSEN_FIELDS))


@given(BODIES, BODIES, TAKEN)
def test_merge_and_undo_give_what_was_before(stays: dict[str, Any], goes: dict[str, Any], taken: set[str]) -> None:
    after = united(stays, goes, taken)
    assert parted(after, stays, after) == stays
    assert changed_since(after, after) == ()


@given(BODIES, BODIES, TAKEN)
def test_merge_keeps_everything_that_is_a_list_and_nothing_twice(
    stays: dict[str, Any], goes: dict[str, Any], taken: set[str]
) -> None:
    after = united(stays, goes, taken)
    assert set(after["phones"]) == {*stays["phones"], *goes["phones"]}
    assert len(after["phones"]) == len(set(after["phones"]))
    assert after["phones"][: len(stays["phones"])] == stays["phones"]
    assert len(after["notes"]) == len(stays["notes"]) + len(goes["notes"])
    assert after["value_fen"] == stays["value_fen"] + goes["value_fen"]
    assert all(after[name] == (goes if name in taken else stays)[name] for name in CHOSEN_FIELDS)


@given(BODIES, BODIES, TAKEN, st.sampled_from(["new@e.cn", None]))
def test_undo_leaves_what_was_written_after_the_merge(
    stays: dict[str, Any], goes: dict[str, Any], taken: set[str], email: str | None
) -> None:
    after = united(stays, goes, taken)
    later = {"text": "后来写的", "author": "lin.yue", "at": "2026-11-22T10:00:00.000Z"}
    now = after | {"notes": [*after["notes"], later], "phones": [*after["phones"], "+8613899999999"], "email": email}
    back = parted(now, stays, after)
    assert back["notes"] == [*stays["notes"], later]
    assert back["phones"] == [*stays["phones"], "+8613899999999"]
    assert back["email"] == (stays["email"] if email == after["email"] else email)
    assert {"notes", "phones"} <= set(changed_since(now, after))


def test_number_taken_away_after_the_merge_does_not_come_back() -> None:
    stays, goes = START | {"phones": ["+861", "+862"]}, START | {"phones": ["+862", "+863"]}
    after = united(stays, goes, ())
    assert parted(after | {"phones": ["+862", "+863"]}, stays, after)["phones"] == ["+862"]


@pytest.mark.parametrize(
    ("mine", "others", "mean"),
    [((4.0, 3), (2.0, 1), 3.5), ((None, 0), (2.0, 1), 2.0), ((None, 0), (None, 0), None), ((3.0, 0), (5.0, 0), 3.0)],
    ids=["weighted", "one", "none", "uncounted"],
)
def test_satisfaction_is_of_all_ratings(
    mine: tuple[float | None, int], others: tuple[float | None, int], mean: float | None
) -> None:
    stays = START | {"satisfaction": mine[0], "ratings": mine[1]}
    goes = START | {"satisfaction": others[0], "ratings": others[1]}
    assert united(stays, goes, ())["satisfaction"] == mean
