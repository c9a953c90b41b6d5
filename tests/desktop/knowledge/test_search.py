"""What an agent types comes up: Chinese, English, unfinished, in pinyin, mistyped."""

import pytest

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import Filters, Preference, SearchHit
from tests.desktop.knowledge.conftest import StoredArticles, article


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("5G 断流", "KB-0001", id="mixed"),
        pytest.param("５Ｇ断流", "KB-0001", id="full-width"),
        pytest.param("视频断流怎么办", "KB-0001", id="question"),
        pytest.param("光猫红灯", "KB-0002", id="body-only"),
        pytest.param("猫", "KB-0002", id="one-character-inside-a-word-of-the-body"),
        pytest.param("卡", "KB-0003", id="one-character-inside-a-word-of-the-title"),
        pytest.param("自动还", "KB-0003", id="unfinished-chinese"),
        pytest.param("activated sim", "KB-0011", id="other-form"),
        pytest.param("rout", "KB-0013", id="unfinished-english"),
        pytest.param("ICCI", "KB-0011", id="unfinished-word-of-the-body"),
        pytest.param("wi-fi", "KB-0013", id="compound"),
        pytest.param("wifi", "KB-0013", id="compound-written-as-one"),
        pytest.param("KB-0012", "KB-0012", id="id"),
        pytest.param("kb-0002", "KB-0002", id="id-lower-case-though-another-article-names-it"),
        pytest.param("duanliu", "KB-0001", id="pinyin"),
        pytest.param("yinhangka huankuan", "KB-0003", id="pinyin-of-characters-with-two-readings"),
        pytest.param("kuandaiw", "KB-0002", id="unfinished-pinyin"),
        pytest.param("yhk", "KB-0003", id="initials"),
        pytest.param("短流", "KB-0001", id="same-sound"),
        pytest.param("斷流", "KB-0001", id="traditional"),
        pytest.param("subscripton", "KB-0014", id="letter-missing"),
        pytest.param("invioce", "KB-0012", id="letters-swapped"),
    ],
)
def test_the_right_article_comes_first(base: KnowledgeBase, typed: str, expected: str) -> None:
    assert base.search(typed).hits[0].article_id == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("cancelled subscripton", "cancelled subscription", id="english"),
        pytest.param("5G 短流", "5G 断流", id="chinese"),
        pytest.param("subscription", None, id="nothing-wrong"),
        pytest.param("subscri", None, id="still-being-typed"),
        pytest.param("duanliu", None, id="pinyin-is-no-mistake"),
    ],
)
def test_a_mistake_is_offered_corrected(base: KnowledgeBase, typed: str, meant: str | None) -> None:
    assert base.search(typed).did_you_mean == meant


def test_nothing_found_is_an_empty_result(base: KnowledgeBase) -> None:
    result = base.search("zzqqx")

    assert (result.hits, result.total) == ((), 0)


@pytest.mark.parametrize("typed", ["", "   ", "？！", "\0"], ids=["empty", "spaces", "signs", "nul"])
def test_nothing_typed_shows_the_latest_first(base: KnowledgeBase, typed: str) -> None:
    result = base.search(typed, limit=3)

    assert result.hits[0].article_id == "KB-0004"
    assert (len(result.hits), result.total) == (3, 10)


def test_nothing_typed_prefers_the_language_and_queue_of_the_call(base: KnowledgeBase) -> None:
    result = base.search("", limit=1, preference=Preference(language="en-GB", queue="broadband"))

    assert result.hits[0].article_id == "KB-0013"


def test_filters_leave_only_what_was_chosen(base: KnowledgeBase) -> None:
    result = base.search("流量", filters=Filters(queues=frozenset({"mobile"})))

    assert {hit.article_id for hit in result.hits} <= {"KB-0001", "KB-0005", "KB-0011"}
    assert result.hits[0].article_id == "KB-0005"


def test_a_filter_that_nothing_passes_finds_nothing(base: KnowledgeBase) -> None:
    assert base.search("流量", filters=Filters(products=frozenset({"SATELLITE"}))).hits == ()


def test_preferred_language_ranks_the_same_answer_first() -> None:
    twins = (
        article("a", "Roaming abroad 漫游", "Roaming 漫游 is switched on in the app.", language="zh-CN"),
        article("b", "Roaming abroad 漫游", "Roaming 漫游 is switched on in the app.", language="en"),
    )
    base = KnowledgeBase(StoredArticles(twins))

    english = base.search("漫游", preference=Preference(language="en-GB"))
    chinese = base.search("漫游", preference=Preference(language="zh"))

    assert english.hits[0].article_id == "b"
    assert chinese.hits[0].article_id == "a"


def test_a_word_of_every_article_still_ranks_the_one_about_it() -> None:
    bodies = [article(f"n{number}", f"Notice {number}", "Your plan and its price.") for number in range(300)]
    base = KnowledgeBase(StoredArticles([*bodies, article("plan", "What a plan is", "A plan is a contract.")]))

    result = base.search("plan")

    assert result.hits[0].article_id == "plan"
    assert result.total == 301


@pytest.mark.parametrize("typed", ["断流", "光猫", "activation", "refun", "duanliu", "流量结转", "subscripton"])
def test_highlights_are_places_in_the_text_shown(base: KnowledgeBase, typed: str) -> None:
    hit = base.search(typed).hits[0]

    assert _marked(hit) or _marked_in_title(hit)
    assert all(mark.strip() == mark and mark for mark in [*_marked(hit), *_marked_in_title(hit)])


def test_highlights_are_the_words_in_all_their_forms(base: KnowledgeBase) -> None:
    hit = base.search("activating ").hits[0]

    assert hit.title[0:10] == "Activating"
    assert hit.title_highlights == ((0, 10),)
    assert _marked(hit) == ["activates", "activation"]


def test_snippet_is_the_telling_part_of_a_long_article() -> None:
    filler = "这一段讲的是别的事情，与客户的问题没有关系。" * 60
    long = article("long", "操作手册", f"## 概述\n\n{filler}\n\n请把**光猫**复位键按住十秒。\n\n{filler}")
    hit = KnowledgeBase(StoredArticles([long])).search("光猫复位").hits[0]

    assert "光猫复位键" in hit.snippet
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")
    assert len(hit.snippet) < 150
    assert _marked(hit) == ["光猫", "复位"]


def test_words_of_every_article_are_not_highlighted() -> None:
    notices = [article(f"n{number}", f"Notice {number}", "How to pay for your plan.") for number in range(20)]
    base = KnowledgeBase(StoredArticles([*notices, article("r", "Roaming", "How to pay for roaming.")]))

    hit = base.search("how to pay for roaming").hits[0]

    assert _marked(hit) == ["roaming"]


def test_snippet_shows_no_markup() -> None:
    marked = article(
        "m", "Links", "# Links\n\n- see [the **price** list](https://example.org/a) and `code`\n\n| a | b |"
    )
    hit = KnowledgeBase(StoredArticles([marked])).search("price").hits[0]

    assert hit.snippet == "Links see the price list and code a b"


def test_highlights_stay_right_where_normalising_changes_the_length() -> None:
    odd = article("odd", "Ligatures", "ﬁve ﬁles: office price 3 ㎏")
    hit = KnowledgeBase(StoredArticles([odd])).search("price").hits[0]

    assert _marked(hit) == ["price"]


def test_a_very_long_paste_is_searched_too(base: KnowledgeBase) -> None:
    assert base.search("客户反映断流，" * 2_000).hits[0].article_id == "KB-0001"


def _marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start : start + length] for start, length in hit.highlights]


def _marked_in_title(hit: SearchHit) -> list[str]:
    return [hit.title[start : start + length] for start, length in hit.title_highlights]
