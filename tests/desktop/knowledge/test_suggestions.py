"""What is offered unasked fits the call and says why."""

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import (
    CallFacts,
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
)


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
