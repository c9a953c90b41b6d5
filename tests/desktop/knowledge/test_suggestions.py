"""What is offered unasked fits the call and says why."""

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import (
    CallFacts,
    FromCategory,
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
)
from tests.desktop.knowledge.conftest import ARTICLES, StoredArticles, article, base_of


def test_each_fact_offers_its_article_with_the_reason(base: KnowledgeBase) -> None:
    facts = CallFacts(
        ivr_path=("账单", "银行卡还款"),
        queue="broadband",
        products=("ROUTER-AX",),
        subject="5G 断流",
        past_subjects=("Refund not received",),
    )

    reasons = {str(one.hit.article_id): one.reason for one in base.suggest(facts, limit=8)}

    assert reasons["KB-0001"] == FromSubject("5G 断流")
    assert reasons["KB-0003"] == FromIvrPath(("账单", "银行卡还款"))
    assert reasons["KB-0014"] == FromPastTicket("Refund not received")
    assert reasons["KB-0013"] == FromProduct("ROUTER-AX")
    assert reasons["KB-0002"] == FromQueue("broadband")


def test_category_of_the_ticket_offers_its_article(base: KnowledgeBase) -> None:
    offered = base.suggest(CallFacts(queue="mobile", category="套餐 变更"))

    assert offered[0].hit.article_id == "KB-0004"
    assert offered[0].reason == FromCategory("套餐 变更")


def test_what_does_not_hold_for_the_customer_is_not_offered() -> None:
    base = base_of(StoredArticles((*ARTICLES, article("KB-GOLD", "Gold roaming", "For gold only.", tiers=("gold",)))))
    offered = {
        tier: [one.hit.article_id for one in base.suggest(CallFacts(subject="gold roaming", tier=tier))]
        for tier in ("gold", "standard")
    }

    assert "KB-GOLD" in offered["gold"]
    assert "KB-GOLD" not in offered["standard"]


def test_what_the_agent_wrote_comes_before_what_the_queue_says(base: KnowledgeBase) -> None:
    offered = base.suggest(CallFacts(queue="billing", subject="断流"))

    assert offered[0].hit.article_id == "KB-0001"


def test_an_article_is_offered_once_for_its_strongest_reason(base: KnowledgeBase) -> None:
    offered = base.suggest(CallFacts(queue="mobile", subject="5G 断流", past_subjects=("断流",)), limit=10)

    assert [one.reason for one in offered if one.hit.article_id == "KB-0001"] == [FromSubject("5G 断流")]


def test_no_more_than_asked_for(base: KnowledgeBase) -> None:
    assert len(base.suggest(CallFacts(queue="billing", subject="流量"), limit=2)) == 2


def test_nothing_known_offers_nothing(base: KnowledgeBase) -> None:
    assert base.suggest(CallFacts()) == ()


def test_the_words_that_led_to_an_offer_are_highlighted(base: KnowledgeBase) -> None:
    hit = base.suggest(CallFacts(subject="光猫闪红灯"))[0].hit

    assert "光猫" in [hit.snippet[start : start + length] for start, length in hit.highlights]
