"""The articles of the mirror, as the knowledge base reads them."""

from datetime import UTC, date, datetime
from typing import Final

from agent_desktop.offline.articles import MirroredArticles
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.store import Store
from agent_model.article import Article, ArticleId, ArticleKind
from agent_model.body import to_body
from agent_model.scope import Scope
from agent_model.wire import Row

ORG = Scope("org")
EARLIER: Final[dict[str, object]] = {
    "title": "断流",
    "body": "重启。",
    "category": "network",
    "product": None,
    "queue": None,
    "language": "zh-CN",
    "keywords": [],
    "updated_at": "2026-11-01T00:00:00.000Z",
}
"""As earlier versions wrote it."""


def whole(id_: str) -> Article:
    return Article(
        id=ArticleId(id_),
        title="话费余额怎么退",
        body="先核对身份。",
        category="billing",
        product="5G-PLAN",
        queue="billing",
        language="zh-CN",
        keywords=("退费",),
        updated_at=datetime(2026, 11, 1, tzinfo=UTC),
        version=4,
        tiers=("gold", "vip"),
        regions=("浙江",),
        owner="A-1001",
        valid_from=datetime(2026, 11, 1, tzinfo=UTC),
        valid_to=datetime(2026, 12, 1, tzinfo=UTC),
        review_due=date(2027, 1, 1),
        helpful=7,
        unhelpful=2,
        kind=ArticleKind.GUIDE,
        guide={"steps": [{"id": "1", "text": "核对身份"}]},
    )


def test_article_of_an_earlier_version_holds_for_everybody_always(store: Store, mirror: Mirror) -> None:
    mirror.apply(ORG, [Row("article", "KB-1", 1, EARLIER)], None)

    [article] = MirroredArticles(store).fetch([ArticleId("KB-1")])

    assert (article.title, article.kind, article.tiers, article.regions) == ("断流", ArticleKind.ARTICLE, (), ())
    assert article.is_valid(datetime(1990, 1, 1, tzinfo=UTC))
    assert not article.is_unverified(date(2090, 1, 1))


def test_article_keeps_every_field_on_its_way_to_the_agent(store: Store, mirror: Mirror) -> None:
    mirror.apply(ORG, [Row("article", "KB-2", 4, to_body(whole("KB-2")))], None)

    [article] = MirroredArticles(store).fetch([ArticleId("KB-2")])

    assert article == whole("KB-2")


def test_article_holds_from_its_first_moment_until_before_its_last() -> None:
    article = whole("KB-2")

    assert article.is_valid(datetime(2026, 11, 1, tzinfo=UTC))
    assert not article.is_valid(datetime(2026, 12, 1, tzinfo=UTC))
    assert not article.is_unverified(date(2027, 1, 1))
    assert article.is_unverified(date(2027, 1, 2))


def test_words_are_found_in_titles_before_bodies_without_an_index(store: Store, mirror: Mirror) -> None:
    rows = [
        Row("article", "KB-1", 1, {**EARLIER, "body": "Router 断流 时重启。"}),
        Row("article", "KB-2", 1, {**EARLIER, "title": "光猫", "body": "Restart the ROUTER."}),
        Row("article", "KB-3", 1, {**EARLIER, "title": "发票", "body": "100% 红冲"}),
    ]
    mirror.apply(ORG, rows, None)
    articles = MirroredArticles(store)

    assert articles.containing(["断流", "router"], 5) == ["KB-1", "KB-2"]
    assert articles.containing(["router"], 1) == ["KB-1"]
    assert articles.containing(["_%"], 5) == []
    assert articles.containing([], 5) == []
