"""What else a word is called finds the same articles, further down than those that say it."""

import pytest

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import CallFacts
from tests.desktop.knowledge.conftest import StoredArticles, article, base_of

ARTICLES = (
    article("port", "携号转网办理条件", "合约期内不能携号转网，先查询违约金。"),
    article("named", "带号转网的说法", "客户说的带号转网。"),
    article("swap", "Replacing a SIM card", "A replacement card costs five euros."),
    article("swapped", "Swapping a plan", "The new plan starts next month."),
    article("top-up", "充值延迟到账", "充值后一般十分钟到账。"),
)
SETS = (("携号转网", "带号转网", "NP"), ("SIM swap", "SIM card replacement", "补卡"), ("充值", "交话费", "缴费"))


@pytest.fixture
def base() -> KnowledgeBase:
    return base_of(StoredArticles(ARTICLES), synonyms=SETS)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("交话费没到账", "top-up", id="inside a run of Chinese"),
        pytest.param("补卡", "swap", id="another language"),
        pytest.param("sim swaps", "swap", id="several words in another form"),
        pytest.param("np", "port", id="abbreviation"),
    ],
)
def test_what_else_it_is_called_is_found(base: KnowledgeBase, typed: str, expected: str) -> None:
    assert expected in [hit.article_id for hit in base.search(f"{typed} ").hits][:2]


def test_article_that_says_the_word_comes_before_one_that_calls_it_otherwise(base: KnowledgeBase) -> None:
    assert [hit.article_id for hit in base.search("带号转网 ").hits][:2] == ["named", "port"]


def test_part_of_a_word_is_not_the_word(base: KnowledgeBase) -> None:
    assert "port" not in {hit.article_id for hit in base.search("npx ").hits}


def test_what_else_it_is_called_is_highlighted(base: KnowledgeBase) -> None:
    hit = base.search("缴费 ").hits[0]
    assert (hit.article_id, hit.title[slice(0, sum(hit.title_highlights[0]))]) == ("top-up", "充值")


def test_suggestions_know_them_too(base: KnowledgeBase) -> None:
    assert base.suggest(CallFacts(subject="客户要补卡"))[0].hit.article_id == "swap"


def test_word_with_synonyms_is_no_mistake(base: KnowledgeBase) -> None:
    assert base.search("sim swap ").did_you_mean is None


def test_changed_synonyms_are_known_to_the_next_search_without_a_new_index() -> None:
    sets: list[tuple[str, ...]] = []
    stored = StoredArticles(ARTICLES)
    base = base_of(stored, synonyms=sets)
    assert base.search("缴费 ").hits == ()
    stored.fetched.clear()

    sets.append(("充值", "缴费"))
    base.synonyms_changed()

    assert base.search("缴费 ").hits[0].article_id == "top-up"
    assert stored.fetched == [["top-up"]]


def test_right_set_of_a_thousand_is_meant() -> None:
    sets = [(f"词{n}甲", f"词{n}乙", f"word{n} alpha", f"word{n} beta") for n in range(1_000)]
    base = base_of(StoredArticles((*ARTICLES, article("7", "Word7 beta", "About it."))), synonyms=sets)

    assert base.search("词7甲 ").hits[0].article_id == "7"
