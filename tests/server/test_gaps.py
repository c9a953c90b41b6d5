"""The list of gaps: searches taken apart, questions counted together, decided, coming back; nobody's name in it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from agent_model.moment import to_text
from agent_server.retention import Retention
from agent_server.tables import search_record
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.knowledge_samples import batch, decision, gaps, record
from tests.server.test_erasing import with_database
from tests.server.workstation import WRITTEN_AT, Workstation

LATER = "2026-11-21T11:00:00.000Z"


def test_one_question_in_several_writings_is_one_gap(seat: Workstation, lead: Workstation) -> None:
    seat.push(
        batch(
            seat,
            record("退款流程", queue="billing", sound="tuikuanliucheng"),
            record("退款 流程", queue="billing", sound="tuikuanliucheng"),
            record("退宽流程", queue="support", sound="tuikuanliucheng"),
            record("换货流程", sound="huanhuoliucheng"),
        )
    )
    lead.push(batch(lead, record("tuikuanliucheng", sound="tuikuanliucheng", language="en", at=LATER)))
    first, second = gaps(lead, "nothing_found")
    assert (first["question"], first["searches"], first["agents"]) == ("退款流程", 4, 2)
    assert (first["queues"], first["languages"]) == ({"billing": 2, "support": 1}, {"zh-CN": 3, "en": 1})
    assert set(first["variants"]) == {"退款 流程", "退宽流程", "tuikuanliucheng"}
    assert (first["last"], second["question"]) == (LATER, "换货流程")


@pytest.mark.parametrize(
    ("written", "count"),
    [(("refund process", "refnd process"), 1), (("5g plan fees", "4g plan fees"), 2), (("refunds", "a refund"), 1)],
    ids=["a letter missing", "another number", "an ending"],
)
def test_only_typing_errors_are_the_same_question(
    seat: Workstation, lead: Workstation, written: tuple[str, ...], count: int
) -> None:
    seat.push(batch(seat, *(record(one, language="en") for one in written)))
    assert len(gaps(lead, "nothing_found")) == count


def test_found_but_of_no_help_is_a_gap_from_the_second_time(seat: Workstation, lead: Workstation) -> None:
    seat.push(batch(seat, record("宽带限速", 5), record("国际漫游", 3, opened="kb-1", unhelpful="kb-1")))
    assert gaps(lead, "not_helpful") == []
    lead.push(batch(lead, record("宽带限速", 4), record("国际漫游", 3, opened="kb-1", unhelpful="kb-1")))
    seat.push(batch(seat, record("国际漫游", 3, opened="kb-2")))
    by_question = {gap["question"]: gap for gap in gaps(lead, "not_helpful")}
    assert by_question.keys() == {"宽带限速", "国际漫游"}
    assert by_question["国际漫游"]["answers"] == [{"article": "kb-1", "count": 2}]


def test_question_that_two_agents_answer_differently_is_told_with_the_split(
    seat: Workstation, lead: Workstation
) -> None:
    both = record("合约到期", 3, inserted="kb-a"), record("合约到期", 3, inserted="kb-b")
    seat.push(batch(seat, *both))
    assert gaps(lead, "answered_apart") == []
    lead.push(batch(lead, record("", 4, subject="合约到期", inserted="kb-b")))
    [gap] = gaps(lead, "answered_apart")
    assert gap["answers"] == [{"article": "kb-b", "count": 2}, {"article": "kb-a", "count": 1}]


def test_settled_question_stays_away_until_it_goes_on(seat: Workstation, lead: Workstation) -> None:
    seat.push(batch(seat, record("开发票")))
    [gap] = gaps(lead, "nothing_found")
    [settled] = lead.push(decision(lead, gap, reason="写好了"))
    assert settled["verdict"] == "applied"
    assert gaps(lead, "nothing_found") == []
    seat.push(batch(seat, record("开发票", at=LATER)))
    assert gaps(lead, "nothing_found") == []
    seat.push(batch(seat, record("开 发票", at=LATER)))
    [again] = gaps(lead, "nothing_found")
    assert (again["searches"], again["is_again"]) == (2, True)


def test_agents_neither_see_gaps_nor_settle_them(seat: Workstation, lead: Workstation) -> None:
    seat.push(batch(seat, record("开发票")))
    assert seat.http.get("/sync/v1/gaps").status_code == 403
    [gap] = gaps(lead, "nothing_found")
    assert seat.push(decision(seat, gap))[0]["reason"] == "not_allowed"


def test_records_stand_in_no_slice_and_without_numbers(
    server: ServerThread, seat: Workstation, lead: Workstation
) -> None:
    [answer] = seat.push(batch(seat, record("查 13812345678 的套餐")))
    assert answer["changed"] == {"records": []}
    seat.sync()
    lead.sync()
    rows = [key for station in (seat, lead) for held in station.slices.values() for key in held]
    assert not [key for key in rows if key[0] == "search_batch"]
    assert executed(server.settings, "SELECT question FROM search_record") == [("查 138****5678 的套餐",)]
    [gap] = gaps(lead, "nothing_found")
    assert "lin.yue" not in str(gap)


def test_batch_sent_twice_counts_once(seat: Workstation, lead: Workstation) -> None:
    wish = batch(seat, record("开发票"))
    seat.push(wish)
    seat.push(wish)
    assert gaps(lead, "nothing_found")[0]["searches"] == 1


@pytest.mark.parametrize(
    "fields",
    [{"query": "x" * 121}, {"hits": -1}, {"sound": "拼音"}, {"opened": "k" * 129}, {"at": "soon"}],
    ids=["long", "hits", "sound", "id", "moment"],
)
def test_record_of_another_shape_is_refused(seat: Workstation, fields: dict[str, object]) -> None:
    [answer] = seat.push(batch(seat, {**record("开发票"), **fields}))
    assert answer["reason"] == "bad_field"


def test_too_many_records_at_once_are_refused(seat: Workstation) -> None:
    assert seat.push(batch(seat, *[record("x")] * 201))[0]["reason"] == "bad_field"
    assert seat.push(batch(seat, record("x"), by="wang.qiang"))[0]["reason"] == "not_yours"


def test_records_go_after_ninety_days(server: ServerThread, seat: Workstation) -> None:
    old = to_text(datetime.now(UTC) - timedelta(days=91))
    seat.push(batch(seat, record("旧", at=old), at=old), batch(seat, record("新")))
    with_database(
        server.settings,
        lambda database: Retention(database, server.settings, lambda: datetime.now(UTC)).run(),
    )
    assert executed(server.settings, "SELECT question FROM search_record") == [("新",)]
    assert executed(server.settings, "SELECT count(*) FROM search_batch") == [(1,)]


def test_lead_reads_counts_of_the_own_team_on_record(
    server: ServerThread, seat: Workstation, lead: Workstation, sit_at: SitAt
) -> None:
    seat.push(batch(seat, record("开发票"), record("开发票"), record("漫游", 2, opened="k", inserted="k")))
    asked = {"since": "2026-11-01T00:00:00.000Z"}
    told = lead.http.get("/sync/v1/searches/lin.yue", params=asked).json()
    assert (told["searches"], told["nothing_found"], told["inserted"]) == (3, 2, 1)
    assert told["questions"] == [{"question": "开发票", "count": 2, "last": WRITTEN_AT}]
    assert executed(server.settings, "SELECT who, subject FROM audit_line WHERE deed = 'searches_read'") == [
        ("zhou.min", "lin.yue")
    ]
    assert seat.http.get("/sync/v1/searches/lin.yue", params=asked).status_code == 403
    assert lead.http.get("/sync/v1/searches/nobody", params=asked).status_code == 404
    assert lead.http.get("/sync/v1/searches/lin.yue", params={"since": "soon"}).status_code == 422
    assert lead.http.get("/sync/v1/searches/emma.clarke", params=asked).status_code == 403


def test_among_many_searches_the_commonest_come_first_and_people_count_once(
    server: ServerThread, lead: Workstation
) -> None:
    """2,000 questions are asked once, one twice by one person, one twice by two."""
    once = [(f"问题{n}", f"问题{n}", f"agent-{n % 50}") for n in range(2000)]
    twice = [
        ("查账", "查账", "agent-1"),
        ("查 账", "查账", "agent-1"),
        ("停机", "停机", "agent-1"),
        ("停机", "停机", "agent-2"),
    ]
    lines = [
        {
            "batch": "many", "n": n, "who": who, "at": WRITTEN_AT, "question": question, "form": form, "sound": "",
            "is_typed": True, "hits": 0, "language": "zh-CN",
        }
        for n, (question, form, who) in enumerate([*once, *twice])
    ]  # fmt: skip
    executed(server.settings, insert(search_record).values(lines[:1000]))
    executed(server.settings, insert(search_record).values(lines[1000:]))
    found = gaps(lead, "nothing_found")
    assert [(one["question"], one["searches"], one["agents"]) for one in found[:2]] == [("停机", 2, 2), ("查账", 2, 1)]
    assert len(found) == 100
    assert lead.http.get("/sync/v1/gaps").json()["searches"] == 2004
