"""What an agent types comes up: Chinese, English, unfinished, in pinyin, mistyped."""

from datetime import timedelta

import pytest

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import CallFacts, Filters, Preference, SearchHit
from agent_model.article import ArticleKind
from tests.desktop.knowledge.conftest import StoredArticles, article, base_of
from tests.fakes import SetClock


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
        pytest.param("銀行卡自動還款", "KB-0003", id="traditional-question"),
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


SIM_SWAP = article("gold", "Eine SIM tauschen", "SIM", tiers=("gold", "vip"), regions=("浙江",))
SIM_FOR_ALL = article("all", "SIM swap", "SIM")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(tiers=frozenset({"gold"})), {"gold", "all"}, id="tier-and-everybody"),
        pytest.param(Filters(tiers=frozenset({"standard"})), {"all"}, id="other-tier"),
        pytest.param(Filters(regions=frozenset({"浙江"})), {"gold", "all"}, id="region-and-everywhere"),
        pytest.param(Filters(regions=frozenset({"上海"}), tiers=frozenset({"gold"})), {"all"}, id="other-region"),
    ],
)
def test_articles_for_everybody_are_for_each_tier_and_region(filters: Filters, expected: set[str]) -> None:
    base = base_of(StoredArticles([SIM_SWAP, SIM_FOR_ALL]))

    assert {hit.article_id for hit in base.search("sim", filters=filters).hits} == expected


def test_only_articles_of_a_kind_are_left() -> None:
    answer = article("answer", "Roaming price", "One euro.", kind=ArticleKind.STANDARD_ANSWER)
    base = base_of(StoredArticles([answer, article("page", "Roaming", "Price list")]))

    hits = base.search("roaming", filters=Filters(kinds=frozenset({ArticleKind.STANDARD_ANSWER}))).hits

    assert [(hit.article_id, hit.kind) for hit in hits] == [("answer", ArticleKind.STANDARD_ANSWER)]


def test_what_holds_not_yet_or_no_more_is_found_only_when_asked_for() -> None:
    clock = SetClock()
    week = timedelta(days=7)
    articles = [
        article("now", "双十一促销", "满减", valid_from=clock.now, valid_to=clock.now + week),
        article("past", "双十一促销", "满减", valid_to=clock.now),
        article("later", "双十一促销", "满减", valid_from=clock.now + week),
    ]
    base = base_of(StoredArticles(articles), clock=clock)

    found = base.search("促销")
    everything = base.search("促销", filters=Filters(is_valid_now=False))
    suggested = base.suggest(CallFacts(subject="促销"))
    clock.move(days=7)
    a_week_later = base.search("促销")

    assert [hit.article_id for hit in found.hits] == ["now"]
    assert {hit.article_id: hit.is_valid for hit in everything.hits} == {"now": True, "past": False, "later": False}
    assert [one.hit.article_id for one in suggested] == ["now"]
    assert [hit.article_id for hit in a_week_later.hits] == ["later"]


def test_article_whose_owner_should_have_read_it_again_is_unverified() -> None:
    clock = SetClock()
    overdue = article("old", "Tariffs", "Prices", review_due=clock.now.date() - timedelta(days=2))
    due = article("new", "Tariffs", "Prices", review_due=clock.now.date() + timedelta(days=2))
    base = base_of(StoredArticles([overdue, due]), clock=clock)

    assert {hit.article_id: hit.is_unverified for hit in base.search("tariffs").hits} == {"old": True, "new": False}


def test_facets_count_what_each_choice_would_leave(base: KnowledgeBase) -> None:
    everything = base.search("流量").facets
    filtered = base.search("流量", filters=Filters(categories=frozenset({"billing"})))

    assert everything.categories["billing"] == 2
    assert filtered.total == 2
    assert filtered.facets.categories == everything.categories
    assert sum(filtered.facets.languages.values()) == filtered.total
    assert base.search("").facets.categories == {"network": 4, "billing": 5, "voice": 1}


def test_helpful_article_comes_first_of_two_alike_and_one_vote_does_little() -> None:
    twins = [
        article("a", "Roaming abroad", "Switch it on in the app.", helpful=0, unhelpful=9),
        article("b", "Roaming abroad", "Switch it on in the app.", helpful=40, unhelpful=2),
        article("c", "Roaming abroad", "Switch it on in the app.", helpful=1),
    ]

    hits = base_of(StoredArticles(twins)).search("roaming").hits

    assert [hit.article_id for hit in hits] == ["b", "c", "a"]
    assert hits[0].score < 1.25 * hits[2].score
    assert hits[0].score - hits[1].score > 0


def test_votes_never_lift_an_article_over_a_better_answer() -> None:
    articles = [
        article("right", "Roaming abroad", "Switch roaming on in the app.", unhelpful=1_000),
        article("liked", "Invoices", "An invoice may name roaming.", helpful=1_000),
    ]

    assert base_of(StoredArticles(articles)).search("roaming").hits[0].article_id == "right"


def test_a_filter_that_nothing_passes_finds_nothing(base: KnowledgeBase) -> None:
    assert base.search("流量", filters=Filters(products=frozenset({"SATELLITE"}))).hits == ()


def test_preferred_language_ranks_the_same_answer_first() -> None:
    twins = (
        article("a", "Roaming abroad 漫游", "Roaming 漫游 is switched on in the app.", language="zh-CN"),
        article("b", "Roaming abroad 漫游", "Roaming 漫游 is switched on in the app.", language="en"),
    )
    base = base_of(StoredArticles(twins))

    english = base.search("漫游", preference=Preference(language="en-GB"))
    chinese = base.search("漫游", preference=Preference(language="zh"))

    assert english.hits[0].article_id == "b"
    assert chinese.hits[0].article_id == "a"


def test_a_word_of_every_article_still_ranks_the_one_about_it() -> None:
    bodies = [article(f"n{number}", f"Notice {number}", "Your plan and its price.") for number in range(300)]
    base = base_of(StoredArticles([*bodies, article("plan", "What a plan is", "A plan is a contract.")]))

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
    hit = base_of(StoredArticles([long])).search("光猫复位").hits[0]

    assert "光猫复位键" in hit.snippet
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")
    assert len(hit.snippet) < 150
    assert _marked(hit) == ["光猫", "复位"]


def test_words_of_every_article_are_not_highlighted() -> None:
    notices = [article(f"n{number}", f"Notice {number}", "How to pay for your plan.") for number in range(20)]
    base = base_of(StoredArticles([*notices, article("r", "Roaming", "How to pay for roaming.")]))

    hit = base.search("how to pay for roaming").hits[0]

    assert _marked(hit) == ["roaming"]


def test_snippet_shows_no_markup() -> None:
    marked = article(
        "m", "Links", "# Links\n\n- see [the **price** list](https://example.org/a) and `code`\n\n| a | b |"
    )
    hit = base_of(StoredArticles([marked])).search("price").hits[0]

    assert hit.snippet == "Links see the price list and code a b"


def test_highlights_stay_right_where_normalising_changes_the_length() -> None:
    odd = article("odd", "Ligatures", "ﬁve ﬁles: office price 3 ㎏")
    hit = base_of(StoredArticles([odd])).search("price").hits[0]

    assert _marked(hit) == ["price"]


def test_a_very_long_paste_is_searched_too(base: KnowledgeBase) -> None:
    assert base.search("客户反映断流，" * 2_000).hits[0].article_id == "KB-0001"


def _marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start : start + length] for start, length in hit.highlights]


def _marked_in_title(hit: SearchHit) -> list[str]:
    return [hit.title[start : start + length] for start, length in hit.title_highlights]


def test_regions_that_articles_are_limited_to_are_told() -> None:
    limited = (article("1", "One", "x", regions=("浙江", "上海")), article("2", "Two", "x", regions=("浙江",)))
    assert base_of(StoredArticles((*limited, article("3", "Three", "x")))).regions() == ("上海", "浙江")


def test_title_that_says_just_what_was_asked_comes_before_a_long_article_that_says_it_often() -> None:
    others = "".join(f"Choose colour {n} for part {n}. " for n in range(20))
    articles = [
        article("long", "Editing string contents", "The string function. " * 6 + others),
        article("title", "String function", "Makes a text of one sign."),
        article("other", "Number function", "Makes a number of a text."),
    ]

    assert base_of(StoredArticles(articles)).search("string function").hits[0].article_id == "title"


def test_asked_in_one_language_the_article_of_that_language_comes_first() -> None:
    chinese = [article(f"z{n}", "会议 conference", f"会议室 {n} conference", language="zh-CN") for n in range(9)]
    english = [article(f"e{n}", "会议 conference", f"Conference rooms number {n}", language="en") for n in range(9)]
    base = base_of(StoredArticles([*chinese, *english]))

    assert base.search("会议室 conference").hits[0].language == "zh-CN"
    assert base.search("conference rooms").hits[0].language == "en"


def test_words_that_only_ask_weigh_less_than_what_is_asked_about() -> None:
    articles = [
        article("asks", "怎么办", "遇到问题怎么办？怎么样联系我们？", category="other"),
        article("right", "充值延迟到账说明", "充值后一般十分钟到账，没到账请核对号码。"),
    ]

    assert base_of(StoredArticles(articles)).search("充值没到账怎么办").hits[0].article_id == "right"


def test_words_around_the_matter_weigh_less_than_the_matter() -> None:
    articles = [
        article("small-talk", "我们的服务承诺", "你好，谢谢。麻烦告诉我们应该怎么帮您，现在就帮您。"),
        article("right", "电子发票重新发送", "电子发票没有收到时，核对邮箱后重新发送。"),
        *(article(f"other-{n}", "营业厅地址", "营业厅位于市中心。") for n in range(9)),
    ]

    hit = base_of(StoredArticles(articles)).search("你好麻烦帮我看看我现在怎么还没收到你们的发票啊").hits[0]

    assert hit.article_id == "right"
    assert {hit.title[at : at + length] for at, length in hit.title_highlights} == {"发票"}


@pytest.mark.parametrize("typed", ["退貨 運費", "退货 运费"], ids=["traditional", "simplified"])
def test_either_writing_of_chinese_finds_both(typed: str) -> None:
    articles = [
        article("traditional", "退貨的運費由誰承擔", "品質有問題時，由商家承擔。"),
        article("simplified", "退货的运费由谁承担", "质量有问题时，由商家承担。"),
        *(article(f"other-{n}", "著作权说明", "本文的著作权属于作者。") for n in range(9)),
    ]

    hits = base_of(StoredArticles(articles)).search(typed).hits

    assert {hit.article_id for hit in hits} == {"traditional", "simplified"}
    marked = {hit.title[at : at + length] for hit in hits for at, length in hit.title_highlights}
    assert marked == {"退貨", "運費", "退货", "运费"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("E10", "code", id="beginning-of-a-code"),
        pytest.param("ｅ１０２３", "code", id="full-width"),
        pytest.param("错误E1023", "code", id="code-beside-chinese"),
        pytest.param("wr841n", "device", id="part-of-a-name"),
        pytest.param("tlwr841n", "device", id="name-without-hyphens"),
        pytest.param("TL-WR84", "device", id="beginning-of-a-name"),
        pytest.param("10GB", "number", id="number-with-its-unit"),
    ],
)
def test_codes_and_names_of_devices_are_found_as_they_are_typed(typed: str, expected: str) -> None:
    articles = [
        article("code", "错误代码 E1023 的处理", "出现 E1023 时重新启动光猫。"),
        article("device", "TL-WR841N 无线路由器设置", "登录 192.168.1.1。"),
        article("number", "10 GB 流量包", "10 GB 用完后降速。"),
    ]

    assert base_of(StoredArticles(articles)).search(typed).hits[0].article_id == expected
