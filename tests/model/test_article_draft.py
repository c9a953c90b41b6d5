"""Articles as they are written: what is wrong with one, who may do what with it, when it is read again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from agent_model.agent import Role
from agent_model.article import Article, ArticleId, ArticleKind
from agent_model.article_draft import (
    MOVES,
    TEXT,
    ArticleDraft,
    DraftFault,
    DraftState,
    DraftWrong,
    begun_from,
    faults,
    guide_of,
    is_readable,
    may_release,
    may_write,
    readable,
)
from agent_model.article_policy import ArticlePolicy, CategoryReview, is_policy
from agent_model.guide import GuideWrong

AT = datetime(2026, 11, 1, tzinfo=UTC)
DRAFT = ArticleDraft("A-1", "Title", "Text", "Billing", writers=("ye.wen",), author="ye.wen")


def test_what_is_only_begun_may_lack_what_agents_would_need() -> None:
    begun = replace(DRAFT, body="", category="")
    assert faults(begun) == ()
    assert faults(replace(begun, state=DraftState.REVIEW)) == (
        DraftFault("category", DraftWrong.MISSING),
        DraftFault("body", DraftWrong.MISSING),
    )


def test_guide_says_what_is_wrong_with_its_steps() -> None:
    guide = replace(DRAFT, kind=ArticleKind.GUIDE, body="## A\nSay it.\n- [On](#b)\n", state=DraftState.REVIEW)
    [fault] = faults(guide)
    assert fault.guide is not None
    assert (fault.wrong, fault.guide.wrong, fault.guide.named) == (
        DraftWrong.NOT_A_GUIDE,
        GuideWrong.LEADS_NOWHERE,
        "b",
    )
    assert guide_of(guide) is None
    whole = guide_of(replace(guide, body="## A\nSay it.\n"))
    assert whole is not None
    assert [step["name"] for step in whole["steps"]] == ["A"]


@pytest.mark.parametrize("text", ["a\x1b[2J", "a\u202eb", "a\x7f", "a\x00"])
def test_signs_that_nobody_sees_make_a_text_unreadable(text: str) -> None:
    assert not is_readable(text)
    assert is_readable(readable(text))


def test_ends_of_lines_and_tabs_are_read() -> None:
    assert readable("a\r\nb\rc\td") == "a\nb\nc\td"


def test_article_that_is_taken_up_says_what_it_said() -> None:
    article = Article(ArticleId("A-1"), "T", "B", "C", None, "billing", "en", ("k",), AT, tiers=("gold",), owner="x")
    begun = begun_from(article)
    assert all(getattr(begun, name) == getattr(article, name) for name in (*TEXT, "owner"))
    assert (begun.state, begun.based_on, begun.is_live, begun.writers) == (DraftState.PUBLISHED, AT, True, ())


@pytest.mark.parametrize(
    ("role", "owner", "may"),
    [
        (Role.EDITOR, None, True),
        (Role.DUTY_MANAGER, "other", True),
        (Role.TEAM_LEAD, "other", False),
        (Role.TEAM_LEAD, "me", True),
        (Role.ADMINISTRATOR, "me", False),
        (Role.AGENT, "me", False),
    ],
)
def test_team_leads_write_what_is_theirs(role: Role, owner: str | None, may: bool) -> None:
    assert may_write(role, "me", "author", owner) is may


def test_nobody_answers_for_what_they_wrote_where_two_are_needed() -> None:
    waiting = replace(DRAFT, state=DraftState.REVIEW)
    assert not may_release(waiting, "ye.wen", needs_second=True)
    assert may_release(waiting, "lu.hai", needs_second=True)
    assert not may_release(DRAFT, "lu.hai", needs_second=True)
    assert may_release(DRAFT, "ye.wen", needs_second=False)


def test_only_the_clock_makes_an_article_expire() -> None:
    assert all(DraftState.EXPIRED not in after for after in MOVES.values())


def test_category_goes_before_the_rule_for_all_and_an_article_s_own_before_both() -> None:
    policy = ArticlePolicy(review_days=180, by_category=(CategoryReview("Billing", 30), CategoryReview("News", 0)))
    today = date(2026, 11, 1)
    assert policy.due("Billing", None, today) == today + timedelta(days=30)
    assert policy.due("Plans", None, today) == today + timedelta(days=180)
    assert policy.due("Billing", 7, today) == today + timedelta(days=7)
    assert policy.due("News", None, today) is None


@pytest.mark.parametrize(
    "policy",
    [
        ArticlePolicy(review_days=-1),
        ArticlePolicy(by_category=(CategoryReview("", 3),)),
        ArticlePolicy(by_category=(CategoryReview("a", 3), CategoryReview("a", 4))),
        ArticlePolicy(by_category=(CategoryReview("a", 9_999),)),
    ],
    ids=["below nothing", "no category", "twice", "beyond reason"],
)
def test_rule_that_makes_no_sense_is_none(policy: ArticlePolicy) -> None:
    assert not is_policy(policy)
