"""Searches as they are gathered: only finished ones, what came of them, masked, many in one command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.knowledge.searched import Place, SearchLog, sound_of
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.store import Store
from tests.fakes import SEALED, SetClock, counting_ids

PLACE = Place(language="zh-CN", queue="billing", category="fault/slow", subject="网速慢", names=("陈思远",))


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    store = Store(tmp_path, SEALED)
    yield Outbox(store, "a-1")
    store.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def log(outbox: Outbox, clock: SetClock) -> SearchLog:
    return SearchLog(outbox, "a-1", clock, counting_ids("b-"))


def test_what_is_typed_on_is_one_search(log: SearchLog) -> None:
    for typed in ("退", "退款", "退款流", "退款流程"):
        log.searched(typed, 0, PLACE)
    log.paused()
    log.left()

    [record] = log.take()
    assert (record.query, record.hits, record.queue, record.category) == ("退款流程", 0, "billing", "fault/slow")


def test_what_nobody_finished_is_not_kept(log: SearchLog) -> None:
    log.searched("退", 7, PLACE)
    log.left()

    assert log.take() == ()


def test_another_query_after_a_pause_is_another_search(log: SearchLog) -> None:
    log.searched("退款", 0, PLACE)
    log.paused()
    log.searched("换货", 3, PLACE)
    log.opened("kb-1", PLACE)
    log.left()

    assert [(one.query, one.opened) for one in log.take()] == [("退款", None), ("换货", "kb-1")]


def test_inserting_ends_a_search_and_what_did_not_help_is_marked_later(log: SearchLog) -> None:
    log.searched("漫游", 3, PLACE)
    log.opened("kb-1", PLACE)
    log.inserted("kb-1", PLACE)
    log.unhelpful("kb-1", PLACE)

    [record] = log.take()
    assert (record.opened, record.inserted, record.unhelpful) == ("kb-1", "kb-1", "kb-1")


def test_suggested_article_is_recorded_by_what_the_ticket_is_about(log: SearchLog) -> None:
    log.inserted("kb-1", PLACE)

    [record] = log.take()
    assert (record.query, record.subject, record.inserted) == ("", "网速慢", "kb-1")


def test_no_customer_is_in_it(log: SearchLog) -> None:
    log.searched("陈思远 13812345678 退款 a.b@example.com", 0, PLACE)
    log.paused()
    log.left()

    assert log.take()[0].query == "陈** 138****5678 退款 a***@example.com"


def test_many_go_in_one_command_when_it_is_time(log: SearchLog, outbox: Outbox, clock: SetClock) -> None:
    for query in ("退款", "换货"):
        log.searched(query, 0, PLACE)
        log.paused()
        log.left()
    due = [log.is_due]
    clock.move(minutes=10)
    due.append(log.is_due)
    log.send(log.take())
    due.append(log.is_due)

    [entry] = outbox.entries(State.WAITING)
    sent = entry.command.fields["records"].new
    assert [(one["query"], one["sound"]) for one in sent] == [("退款", "tuikuan"), ("换货", "huanhuo")]
    assert due == [False, True, False]


def test_records_that_found_no_place_on_the_disk_stay(log: SearchLog) -> None:
    log.inserted("kb-1", PLACE)
    taken = log.take()
    log.give_back(taken)

    assert log.take() == taken


@pytest.mark.parametrize(
    ("query", "sound"),
    [
        ("退款 流程", "tuikuanliucheng"),
        ("tui kuan liu cheng", "tuikuanliucheng"),
        ("refund process", ""),
        ("5G套餐", ""),
    ],
    ids=["Chinese", "pinyin", "English", "both"],
)
def test_sound_of_a_question(query: str, sound: str) -> None:
    assert sound_of(query) == sound
