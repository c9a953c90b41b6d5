"""What agents tell of articles: once for each, told to owner and editors, answered, counted into the article."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.feedback_sweep import FeedbackSweep
from agent_server.row_changes import Signature
from agent_server.rows import Stored
from agent_server.settings import Settings
from tests.in_process import ServerThread, serving
from tests.server.conftest import CUSTOMERS, NewSite, SitAt
from tests.server.knowledge_samples import ARTICLE, EDITION, feedback
from tests.server.test_erasing import with_database
from tests.server.workstation import WRITTEN_AT, Workstation

OWNER = "he.jun"
BODY = {
    "title": "退款流程", "body": "三个工作日内退回。", "category": "计费", "product": None, "queue": None,
    "language": "zh-CN", "keywords": ["退款"], "updated_at": EDITION, "tiers": [], "regions": [], "owner": OWNER,
    "valid_from": None, "valid_to": None, "review_due": None, "helpful": 0, "unhelpful": 0, "kind": "article",
    "guide": None,
}  # fmt: skip


def put_article(settings: Settings, row_id: str = ARTICLE, **fields: Any) -> None:
    async def put(database: Database) -> None:
        async with database.writing() as connection:
            changes = Changeset(database, connection, Signature("", datetime.now(UTC)))
            await changes.load("article", [row_id])
            before = changes.get("article", row_id)
            changes.put(Stored("article", row_id, 1 if before is None else before.version + 1, {**BODY, **fields}))
            await changes.write()

    with_database(settings, put)


def swept(settings: Settings, least: int = 1) -> tuple[int, int]:
    """How many articles were counted anew, how many were told of an answer."""

    async def sweep(database: Database) -> tuple[int, int]:
        of = FeedbackSweep(database, 60.0, lambda _heads: None, lambda: datetime.now(UTC))
        return await of.fold(least), await of.answer_wishes()

    return with_database(settings, sweep)


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    settings = new_site(CUSTOMERS)
    put_article(settings)
    with serving(settings) as running:
        yield running


@pytest.fixture
def owner(sit_at: SitAt) -> Workstation:
    return sit_at(OWNER)


def held(seat: Workstation, scope: str) -> list[dict[str, Any]]:
    seat.sync()
    return [row for (entity, _), row in seat.slices.get(scope, {}).items() if entity == "article_feedback"]


def test_second_vote_takes_the_place_of_the_first(seat: Workstation, lead: Workstation) -> None:
    seat.push(feedback(seat, "helpful", "v-1"))
    [answer] = seat.push(feedback(seat, "unhelpful", "v-2"))
    assert answer["verdict"] == "applied"
    assert [(row["id"], row["body"]["kind"]) for row in held(seat, "own:lin.yue")] == [("v-2", "unhelpful")]
    assert held(lead, "editors") == []


def test_vote_on_another_edition_stands_beside_the_first(seat: Workstation) -> None:
    seat.push(feedback(seat, "helpful"), feedback(seat, "unhelpful", edition="2026-11-20T08:00:00.000Z"))
    assert len(held(seat, "own:lin.yue")) == 2


def test_flag_reaches_owner_and_editors_and_its_answer_who_flagged(
    seat: Workstation, owner: Workstation, lead: Workstation
) -> None:
    [told] = seat.push(feedback(seat, "flag", "f-1", reason="outdated", words="价格是去年的"))
    assert told["changed"]["owner"] == OWNER
    [row] = held(owner, f"own:{OWNER}")
    assert (row["body"]["reason"], row["body"]["words"], row["body"]["state"]) == ("outdated", "价格是去年的", "open")
    assert [row["id"] for row in held(lead, "editors")] == ["f-1"]
    fields = {"state": ["open", "answered"], "answer": ["", "已按新资费改好"]}
    [answer] = owner.push(owner.op("article_feedback", "f-1", "update", fields, base_version=1))
    assert answer["verdict"] == "applied"
    [row] = held(seat, "own:lin.yue")
    assert (row["body"]["state"], row["body"]["answer"]) == ("answered", "已按新资费改好")
    assert (row["body"]["answered_by"], row["body"]["answered_at"] > WRITTEN_AT) == (OWNER, True)


def test_nobody_but_owner_and_editors_answers(seat: Workstation, sit_at: SitAt) -> None:
    seat.push(feedback(seat, "flag", "f-1", reason="wrong"))
    fields = {"state": ["open", "closed"], "answer": ["", "没问题"]}
    [own] = seat.push(seat.op("article_feedback", "f-1", "update", fields, base_version=1))
    assert own["reason"] == "not_allowed"
    other = sit_at("wang.qiang")
    [others] = other.push(other.op("article_feedback", "f-1", "update", fields, base_version=1))
    assert others["reason"] == "unknown_row"


def test_flag_is_not_ended_without_a_word(seat: Workstation, lead: Workstation) -> None:
    seat.push(feedback(seat, "flag", "f-1", reason="wrong"))
    wish = lead.op("article_feedback", "f-1", "update", {"state": ["open", "closed"]}, base_version=1)
    assert lead.push(wish)[0]["faults"] == {"answer": "missing"}
    fields = {"state": ["open", "answered"], "answered_with": [None, "kb-nowhere"]}
    unknown = lead.op("article_feedback", "f-1", "update", fields, base_version=1)
    assert lead.push(unknown)[0]["faults"] == {"answered_with": "unknown"}


@pytest.mark.parametrize(
    ("kind", "fields", "fault"),
    [
        ("flag", {}, "reason"),
        ("flag", {"reason": "other"}, "words"),
        ("helpful", {"article": None}, "article"),
        ("helpful", {"edition": None}, "edition"),
        ("missing", {}, "question"),
        ("missing", {"question": "x" * 201}, "question"),
        ("flag", {"reason": "wrong", "words": "x" * 1001}, "words"),
    ],
    ids=["no reason", "other without words", "no article", "no edition", "no question", "long", "long words"],
)
def test_what_is_no_feedback_is_refused_by_its_field(
    unharmed: Workstation, kind: str, fields: dict[str, Any], fault: str
) -> None:
    [answer] = unharmed.push(feedback(unharmed, kind, **fields))
    assert (answer["reason"], fault in answer["faults"]) == ("bad_feedback", True)


def test_nobody_says_it_for_somebody_else(seat: Workstation) -> None:
    assert seat.push(feedback(seat, "helpful", by="wang.qiang"))[0]["reason"] == "not_yours"
    assert seat.push(feedback(seat, "helpful", owner="wang.qiang"))[0]["reason"] == "not_allowed"


def test_numbers_of_customers_stay_in_no_word(seat: Workstation, lead: Workstation) -> None:
    seat.push(feedback(seat, "missing", "w-1", question="13812345678 怎么退", words="客户邮箱 a.b@example.com"))
    [row] = held(lead, "editors")
    assert row["body"]["question"] == "138****5678 怎么退"
    assert row["body"]["words"] == "客户邮箱 a***@example.com"


def test_votes_are_counted_into_the_article_by_its_last_word_of_each(
    server: ServerThread, seat: Workstation, lead: Workstation
) -> None:
    seat.push(feedback(seat, "unhelpful", edition="2026-10-01T08:00:00.000Z", at="2026-10-01T09:00:00.000Z"))
    seat.push(feedback(seat, "helpful"))
    lead.push(feedback(lead, "unhelpful"))
    assert swept(server.settings, least=5)[0] == 0
    assert swept(server.settings)[0] == 1
    assert swept(server.settings)[0] == 0
    seat.sync()
    body = seat.row("article", ARTICLE)["body"]
    assert (body["helpful"], body["unhelpful"], body["updated_at"]) == (1, 1, EDITION)


@pytest.mark.parametrize(
    ("title", "keywords", "is_told"),
    [
        ("eSIM 换卡办法", ["换卡"], 0),
        ("怎样换 eSIM 卡", [], 0),
        ("eSIM 卡", ["换", "卡流程"], 1),
        ("换eSIM卡流程", [], 1),
    ],
    ids=["half of it", "in other words", "by keywords", "its very title"],
)
def test_who_found_nothing_is_told_of_the_article_that_answers(
    server: ServerThread, seat: Workstation, title: str, keywords: list[str], is_told: int
) -> None:
    asked = feedback(seat, "missing", "w-1", question="如何换eSIM卡流程")
    seat.push(asked, feedback(seat, "missing", "w-2", question="退款流程"))
    assert swept(server.settings)[1] == 0
    put_article(server.settings, "kb-esim", title=title, keywords=keywords, updated_at="2026-11-22T08:00:00.000Z")
    assert swept(server.settings)[1] == is_told
    body = next(row for row in held(seat, "own:lin.yue") if row["id"] == "w-1")["body"]
    told = ("answered", "kb-esim", "") if is_told else ("open", None, None)
    assert (body["state"], body["answered_with"], body["answered_by"]) == told
