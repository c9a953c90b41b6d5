"""Articles as people write them: from the draft over a second reader to agents, at a set moment, and out again."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_model.moment import to_text
from agent_server.article_sweep import ArticleSweep
from agent_server.database import Database
from tests.fakes import SetClock
from tests.in_process import ServerThread, import_into, serving
from tests.server.conftest import LEAD, NewSite, SitAt
from tests.server.workstation import Workstation
from tests.server.written_rows import WrittenRows

EDITOR, MANAGER = "ye.wen", "lu.hai"
DRAFTS = WrittenRows(
    "article_draft",
    "A-1",
    {
        "title": "电子发票怎样重开",
        "body": "1. 打开 App\n2. 点“修改抬头”\n",
        "category": "账单与发票",
        "product": None,
        "queue": "billing",
        "language": "zh-CN",
        "keywords": ["红冲"],
        "tiers": ["gold"],
        "regions": ["海岚"],
        "owner": EDITOR,
        "review_days": 30,
    },
)
TEXT = DRAFTS.whole["body"]


@pytest.fixture
def editor(sit_at: SitAt) -> Workstation:
    return sit_at(EDITOR)


@pytest.fixture
def manager(sit_at: SitAt) -> Workstation:
    return sit_at(MANAGER)


def move(seat: Workstation, before: str, after: str, version: int, **also: Any) -> dict[str, Any]:
    return DRAFTS.change(seat, version, state=(before, after), **also)


def reviewed(editor: Workstation, reviewer: Workstation, version: int = 1) -> dict[str, Any]:
    move(editor, "draft", "review", version)
    return move(reviewer, "review", "published", version + 1)


def article(seat: Workstation) -> dict[str, Any] | None:
    seat.sync()
    row = seat.slices["org"].get(("article", "A-1"))
    return None if row is None else row["body"]


def draft(seat: Workstation) -> dict[str, Any]:
    seat.sync()
    body: dict[str, Any] = seat.row("article_draft", "A-1")["body"]
    return body


def test_agents_have_an_article_once_a_second_person_has_read_it(
    editor: Workstation, manager: Workstation, seat: Workstation
) -> None:
    assert DRAFTS.create(editor)["verdict"] == "applied"
    assert article(seat) is None
    assert reviewed(editor, manager)["verdict"] == "applied"

    told = article(seat)
    assert told is not None
    assert {name: told[name] for name in ("title", "body", "queue", "tiers", "regions", "owner")} == {
        name: DRAFTS.whole[name] for name in ("title", "body", "queue", "tiers", "regions", "owner")
    }
    assert told["review_due"] == (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    body = draft(editor)
    assert (body["state"], body["author"], body["reviewer"], body["is_live"]) == ("published", EDITOR, MANAGER, True)


def test_nothing_of_a_draft_reaches_an_agent(editor: Workstation, seat: Workstation) -> None:
    DRAFTS.create(editor)
    seat.sync()
    assert "editors" not in seat.slices
    assert not any(entity == "article_draft" for rows in seat.slices.values() for entity, _ in rows)


def test_agent_writes_none(seat: Workstation) -> None:
    assert DRAFTS.create(seat)["reason"] == "not_allowed"


def test_nobody_publishes_what_they_wrote(editor: Workstation) -> None:
    DRAFTS.create(editor)
    assert move(editor, "draft", "published", 1)["reason"] == "own_article"
    move(editor, "draft", "review", 1)
    assert move(editor, "review", "published", 2)["reason"] == "own_article"
    assert draft(editor)["state"] == "review"


def test_who_corrects_what_they_review_has_written_too(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    move(editor, "draft", "review", 1)
    DRAFTS.change(manager, 2, title=("电子发票怎样重开", "电子发票重开"))
    assert draft(manager)["state"] == "draft"
    move(manager, "draft", "review", 3)
    assert move(manager, "review", "published", 4)["reason"] == "own_article"
    assert move(editor, "review", "published", 4)["reason"] == "own_article"


def test_text_that_changed_since_it_was_read_is_not_published(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    move(editor, "draft", "review", 1)
    DRAFTS.change(editor, 2, body=(TEXT, "又改了\n"), state=("review", "review"))
    move(editor, "draft", "review", 3)
    assert move(manager, "review", "published", 2)["reason"] == "draft_moved"
    assert move(manager, "review", "published", 4)["verdict"] == "applied"


def test_one_person_is_enough_where_the_company_says_so(editor: Workstation, sit_at: SitAt) -> None:
    admin = sit_at("admin")
    policy = admin.op("article_policy", "site", "create", {"needs_second": False, "review_days": 0, "by_category": []})
    assert admin.push(policy)[0]["verdict"] == "applied"
    DRAFTS.create(editor, review_days=None)
    assert move(editor, "draft", "published", 1)["verdict"] == "applied"
    told = article(editor)
    assert told is not None
    assert told["review_due"] is None


@pytest.mark.parametrize("days", [-1, 5000])
def test_policy_beyond_reason_is_refused(sit_at: SitAt, days: int) -> None:
    admin = sit_at("admin")
    body = {"needs_second": True, "review_days": 9, "by_category": [{"category": "x", "days": days}]}
    assert admin.push(admin.op("article_policy", "site", "create", body))[0]["reason"] == "bad_field"


def test_editor_does_not_decide_that_one_person_is_enough(editor: Workstation) -> None:
    body = {"needs_second": False, "review_days": 0, "by_category": []}
    assert editor.push(editor.op("article_policy", "site", "create", body))[0]["reason"] == "not_allowed"


def test_returned_with_a_note_and_sent_again(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    move(editor, "draft", "review", 1)
    move(manager, "review", "draft", 2, note=("", "第二步写清楚"))
    body = draft(editor)
    assert (body["state"], body["note"]) == ("draft", "第二步写清楚")
    assert reviewed(editor, manager, 3)["verdict"] == "applied"
    assert draft(editor)["note"] == ""


def test_published_article_stays_while_it_is_rewritten(
    editor: Workstation, manager: Workstation, seat: Workstation
) -> None:
    DRAFTS.create(editor)
    reviewed(editor, manager)
    DRAFTS.change(editor, 3, body=(TEXT, "新的写法\n"))
    told, body = article(seat), draft(editor)
    assert told is not None
    assert told["body"] == TEXT
    assert (body["state"], body["is_live"]) == ("draft", True)
    assert reviewed(editor, manager, 4)["verdict"] == "applied"
    told = article(seat)
    assert told is not None
    assert told["body"] == "新的写法\n"


def test_writing_back_what_agents_have_needs_no_second_reader(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    reviewed(editor, manager)
    DRAFTS.change(editor, 3, body=(TEXT, "x\n"))
    DRAFTS.change(editor, 4, body=("x\n", TEXT))
    body = draft(editor)
    assert (body["state"], body["writers"]) == ("published", [])


def test_every_published_version_is_kept_also_of_what_was_withdrawn(
    editor: Workstation, manager: Workstation, seat: Workstation
) -> None:
    DRAFTS.create(editor)
    reviewed(editor, manager)
    DRAFTS.change(editor, 3, body=(TEXT, "二\n"))
    reviewed(editor, manager, 4)
    assert move(editor, "published", "withdrawn", 6)["verdict"] == "applied"
    assert article(seat) is None
    move(editor, "withdrawn", "draft", 7)
    DRAFTS.change(editor, 8, body=("二\n", "三\n"))
    reviewed(editor, manager, 9)

    versions = editor.http.get("/sync/v1/articles/A-1/versions").json()["versions"]
    assert [(one["version"], one["body"]["body"]) for one in versions] == [(3, "三\n"), (2, "二\n"), (1, TEXT)]
    assert article(seat) is not None
    assert seat.http.get("/sync/v1/articles/A-1/versions").status_code == 403


def test_article_still_right_is_not_due_for_another_while(
    editor: Workstation, manager: Workstation, seat: Workstation
) -> None:
    DRAFTS.create(editor)
    reviewed(editor, manager)
    due = to_text(datetime.now(UTC) - timedelta(days=10))
    DRAFTS.change(editor, 3, checked_at=(None, due))
    told = article(seat)
    assert told is not None
    assert told["review_due"] >= (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
    assert draft(editor)["state"] == "published"
    assert len(editor.http.get("/sync/v1/articles/A-1/versions").json()["versions"]) == 1


def test_another_owner_answers_at_once(editor: Workstation, manager: Workstation, seat: Workstation) -> None:
    DRAFTS.create(editor)
    reviewed(editor, manager)
    DRAFTS.change(editor, 3, owner=(EDITOR, LEAD))
    told = article(seat)
    assert told is not None
    assert (told["owner"], draft(editor)["state"]) == (LEAD, "published")


def test_team_lead_leaves_what_others_wrote_as_it_is(editor: Workstation, lead: Workstation) -> None:
    DRAFTS.create(editor)
    assert DRAFTS.change(lead, 1, title=("电子发票怎样重开", "x"))["reason"] == "not_your_article"
    assert move(lead, "draft", "withdrawn", 1)["reason"] == "not_your_article"
    assert reviewed(editor, lead)["verdict"] == "applied"


def test_two_who_write_other_fields_both_have_their_way(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    assert DRAFTS.change(editor, 1, title=("电子发票怎样重开", "一"))["verdict"] == "applied"
    assert DRAFTS.change(manager, 1, category=("账单与发票", "账单"))["verdict"] == "merged"
    clash = DRAFTS.change(manager, 1, title=("电子发票怎样重开", "二"))
    assert (clash["verdict"], clash["changed"]) == ("conflict", {"title": "一"})
    body = draft(manager)
    assert (body["title"], body["category"], body["writers"]) == ("一", "账单", [EDITOR, MANAGER])


def test_same_command_twice_is_one_draft(editor: Workstation) -> None:
    wish = editor.op("article_draft", "A-1", "create", DRAFTS.whole)
    [first], [again] = editor.push(wish), editor.push(wish)
    assert (first["verdict"], again["version"]) == ("applied", first["version"])


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": " "}, {"title": "missing"}),
        ({"title": "x" * 121}, {"title": "too_long"}),
        ({"title": "a\u202eb"}, {"title": "unseen"}),
        ({"body": "x" * 100_001}, {"body": "too_long"}),
        ({"body": "a\x1b[2J"}, {"body": "unseen"}),
        ({"keywords": ["x"] * 41}, {"keywords": "too_many"}),
        ({"tiers": ["royal"]}, {"tiers": "unknown"}),
        ({"tiers": ["gold"] * 1000}, {"tiers": "too_many"}),
        ({"queue": "nowhere"}, {"queue": "unknown"}),
        ({"product": "nothing"}, {"product": "unknown"}),
        ({"owner": "nobody"}, {"owner": "unknown"}),
        ({"review_days": 0}, {"review_days": "out_of_range"}),
        ({"state": "review", "body": "", "category": ""}, {"body": "missing", "category": "missing"}),
        (
            {"valid_from": "2026-11-02T00:00:00.000Z", "valid_to": "2026-11-01T00:00:00.000Z"},
            {"valid_to": "over_before_it_begins"},
        ),
    ],
    ids=[
        "no title", "long title", "turned title", "long text", "escape", "keywords", "tier", "tiers", "queue",
        "product", "owner", "interval", "empty for review", "window",
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_by_its_field(
    editor: Workstation, fields: dict[str, Any], found: dict[str, str]
) -> None:
    answer = DRAFTS.create(editor, **fields)
    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_article", found)


@pytest.mark.parametrize(
    "fields", [{"author": "somebody"}, {"writers": ["x"]}, {"is_live": True}, {"reviewer": "x"}, {"written_in": 9}]
)
def test_nobody_says_what_the_server_says(editor: Workstation, fields: dict[str, Any]) -> None:
    assert DRAFTS.create(editor, **fields)["reason"] == "not_allowed"


GUIDE = "## 灯亮吗\n请看一下绿灯是否亮着。\n- [亮](#完成)\n- [不亮](#完成)\n\n## 完成\n我为您派人上门。\n"


def test_steps_of_a_guide_are_read_from_its_text_when_it_is_published(
    editor: Workstation, manager: Workstation, seat: Workstation
) -> None:
    DRAFTS.create(editor, kind="guide", body=GUIDE, guide={"steps": "mine"})
    assert reviewed(editor, manager)["verdict"] == "applied"
    told = article(seat)
    assert told is not None
    assert [step["name"] for step in told["guide"]["steps"]] == ["灯亮吗", "完成"]


def test_guide_that_leads_nowhere_is_kept_as_a_draft_and_not_sent_on(editor: Workstation) -> None:
    assert DRAFTS.create(editor, kind="guide", body=GUIDE.replace("## 完成", "## 结束"))["verdict"] == "applied"
    answer = move(editor, "draft", "review", 1)
    assert (answer["reason"], answer["faults"]) == ("bad_article", {"body": "not_a_guide"})


def test_text_and_publishing_follow_each_other_where_one_person_is_enough(
    editor: Workstation, manager: Workstation, sit_at: SitAt
) -> None:
    admin = sit_at("admin")
    admin.push(
        admin.op("article_policy", "site", "create", {"needs_second": False, "review_days": 0, "by_category": []})
    )
    DRAFTS.create(editor, state="published")
    text = editor.op(
        "article_draft", "A-1", "update", {"body": [TEXT, "x\n"], "state": ["published", "draft"]}, base_version=1
    )
    release = editor.op("article_draft", "A-1", "update", {"state": ["draft", "published"]}, base_version=1)
    assert [answer["verdict"] for answer in editor.push(text, release)] == ["applied", "merged"]
    DRAFTS.change(manager, 3, body=("x\n", "y\n"))
    assert move(editor, "draft", "published", 3)["reason"] == "draft_moved"


def test_article_of_a_folder_is_taken_up_as_it_stands_and_comes_back_when_its_source_changes(
    editor: Workstation, manager: Workstation, server: ServerThread, tmp_path: Path
) -> None:
    source = tmp_path / "articles" / "zh-CN"
    source.mkdir(parents=True)
    told = "---\nid: A-1\ntitle: 抬头\ncategory: 账单\nupdated: 2026-10-28\n---\n{text}\n"
    (source / "a.md").write_text(told.format(text="一"), encoding="utf-8")
    import_into(server.settings, tmp_path)
    as_it_stands = {"title": "抬头", "body": "一\n", "category": "账单", "language": "zh-CN", "state": "published"}
    [taken] = editor.push(editor.op("article_draft", "A-1", "create", as_it_stands))
    assert (taken["verdict"], taken["changed"]["state"], taken["changed"]["writers"]) == ("applied", "published", [])
    assert move(editor, "published", "withdrawn", 1)["verdict"] == "applied"
    import_into(server.settings, tmp_path)
    assert article(editor) is None

    (source / "a.md").write_text(told.format(text="二"), encoding="utf-8")
    import_into(server.settings, tmp_path)
    back = article(editor)
    assert back is not None
    assert (back["body"], editor.row("article", "A-1")["version"]) == ("二\n", 2)
    versions = editor.http.get("/sync/v1/articles/A-1/versions").json()["versions"]
    assert [one["version"] for one in versions] == [2, 1]
    DRAFTS.change(editor, 2, body=("一\n", "三\n"))
    move(editor, "draft", "review", 3)
    assert move(manager, "review", "published", 4)["reason"] == "article_moved"
    DRAFTS.change(editor, 4, based_on=(None, back["updated_at"]))
    assert move(manager, "review", "published", 5)["verdict"] == "applied"


def test_new_workstation_of_an_editor_gets_the_drafts_with_its_first_file(editor: Workstation, sit_at: SitAt) -> None:
    DRAFTS.create(editor)
    other = sit_at(EDITOR)
    other.hello()
    other.take_snapshot("editors")
    assert other.slices["editors"]["article_draft", "A-1"]["body"]["body"] == TEXT


def test_number_in_a_text_stays_for_who_sees_numbers_masked(editor: Workstation, sit_at: SitAt) -> None:
    admin = sit_at("admin")
    hidden = {"phone": ["team_lead"], "id_card": [], "bank_card": [], "address": [], "name": [], "email": []}
    admin.push(admin.op("desk_policy", "site", "create", {"hidden": hidden}))
    lead = sit_at(LEAD)
    text = "拨打 13800000001\n"
    DRAFTS.create(lead, body=text)
    DRAFTS.change(lead, 1, body=(text, text + "二\n"))
    assert draft(lead)["body"] == text + "二\n"


def test_move_that_there_is_not_is_refused(editor: Workstation) -> None:
    DRAFTS.create(editor)
    assert move(editor, "draft", "expired", 1)["reason"] == "no_such_move"


def test_article_is_published_at_its_moment_and_over_when_its_time_is(new_site: NewSite) -> None:
    clock = SetClock()
    soon, over = clock.now + timedelta(minutes=5), clock.now + timedelta(minutes=10)
    with (
        serving(replace(new_site(), articles_every_s=0.05), now=clock) as server,
        Workstation(server.address, EDITOR) as editor,
        Workstation(server.address, MANAGER) as manager,
    ):
        DRAFTS.create(editor, valid_to=to_text(over))
        move(editor, "draft", "review", 1)
        answer = move(manager, "review", "scheduled", 2, publish_at=(None, to_text(soon)))
        assert (answer["verdict"], draft(editor)["state"]) == ("applied", "scheduled")
        assert article(editor) is None

        clock.now = soon
        while draft(editor)["state"] == "scheduled":
            """The server looks by itself."""
        told = article(editor)
        assert told is not None
        assert (told["updated_at"], draft(editor)["reviewer"]) == (to_text(soon), MANAGER)

        clock.now = over
        while draft(editor)["state"] == "published":
            """It looks again."""
        assert draft(editor)["state"] == "expired"
        assert article(editor) is not None


def test_several_processes_publish_an_article_once(
    editor: Workstation, manager: Workstation, server: ServerThread
) -> None:
    moment = datetime.now(UTC) + timedelta(hours=1)
    DRAFTS.create(editor)
    move(editor, "draft", "review", 1)
    move(manager, "review", "scheduled", 2, publish_at=(None, to_text(moment)))

    async def at_once() -> list[int]:
        databases = [Database(server.settings.database, pooled=False) for _ in range(4)]
        sweeps = [ArticleSweep(one, 1.0, lambda _heads: None, lambda: moment) for one in databases]
        try:
            return await asyncio.gather(*(one.run() for one in sweeps))
        finally:
            for one in databases:
                await one.close()

    assert sum(asyncio.run(at_once())) == 1
    told = article(editor)
    assert told is not None
    assert told["updated_at"] == to_text(moment)
    assert len(editor.http.get("/sync/v1/articles/A-1/versions").json()["versions"]) == 1


def test_publishing_at_a_moment_that_has_passed_is_publishing_now(editor: Workstation, manager: Workstation) -> None:
    DRAFTS.create(editor)
    move(editor, "draft", "review", 1)
    move(manager, "review", "scheduled", 2, publish_at=(None, to_text(datetime.now(UTC) - timedelta(hours=1))))
    assert draft(editor)["state"] == "published"
    assert article(editor) is not None
