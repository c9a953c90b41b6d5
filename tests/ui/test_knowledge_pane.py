"""What the knowledge pane shows: what is at hand, filters, and what is to be known about an article."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from agent_desktop.knowledge.hits import Building, Facets, Filters, FromCategory, SearchResult, Suggestion
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.pane import KnowledgePane
from agent_model.article import Article, ArticleId, ArticleKind
from tests.ui import desk
from tests.ui.samples import NOW, Samples

EN = Samples("en")
FACETS = Facets(categories={"Billing": 9, "Network": 2}, languages={"en": 4, "zh-CN": 7})
ARTICLE = Article(ArticleId("1"), "Refunds", "Within *seven* days.", "Billing", None, None, "en", (), NOW)


@pytest.fixture
def pane(look: Look, keep: Callable[[QWidget], QWidget]) -> KnowledgePane:
    made = KnowledgePane(look, desk.formats("en"))
    keep(made)
    made.resize(340, 600)
    made.show()
    return made


def lines(pane: KnowledgePane) -> list[str]:
    model, said = pane.hits.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(said)) for row in range(model.rowCount())]


def menu(pane: KnowledgePane, *titles: str) -> list[str]:
    """What stands in the open menu, or in that beneath it; the last title is chosen there."""
    opened = next(one for one in pane.filters.findChildren(QMenu) if one.isVisible())
    *way, last = titles
    for title in way:
        opened = next(one for one in opened.findChildren(QMenu) if one.title() == title)
    texts = [action.text() for action in opened.actions()]
    next(action for action in opened.actions() if action.text() == last).trigger()
    opened.close()
    return texts


def result(*hits: object, total: int = 0, facets: Facets = FACETS) -> SearchResult:
    return SearchResult(hits, total, None, 1.0, facets)  # type: ignore[arg-type]


def test_favourites_and_what_was_read_stand_beneath_the_suggestions_each_once(pane: KnowledgePane) -> None:
    first, second, third = EN.hits
    pane.show_suggestions([Suggestion(first, FromCategory("Invoices"))], NOW)
    pane.show_at_hand([second, first], [third, second], NOW)

    assert [line.split(", ")[1] for line in lines(pane)] == ["Ticket category: Invoices", "Favourite", "Read lately"]


def test_what_was_not_read_again_in_time_and_what_does_not_hold_say_so_in_the_list(pane: KnowledgePane) -> None:
    first, second, third = EN.hits
    pane.search.setText("invoice")
    pane.show_result(result(replace(first, is_unverified=True), replace(second, is_valid=False), third), NOW)

    badges = [line.removeprefix(hit.title).split(", ")[1] for line, hit in zip(lines(pane), EN.hits, strict=True)]
    assert badges[:2] == ["Unverified", "Not valid now"]
    assert badges[2] not in ("Unverified", "Not valid now")


@pytest.mark.parametrize(
    ("article", "badges"),
    [
        pytest.param(ARTICLE, (), id="nothing to be known"),
        pytest.param(replace(ARTICLE, review_due=(NOW - timedelta(days=1)).date()), ("Unverified",), id="unverified"),
        pytest.param(replace(ARTICLE, review_due=NOW.date()), (), id="due today"),
        pytest.param(replace(ARTICLE, valid_to=NOW), ("Expired",), id="expired"),
        pytest.param(replace(ARTICLE, valid_from=NOW + timedelta(days=1)), ("Not valid yet",), id="not yet"),
        pytest.param(
            replace(ARTICLE, kind=ArticleKind.STANDARD_ANSWER, tiers=("gold",), regions=("Zhejiang",)),
            ("Standard answer", "Only Gold, Zhejiang"),
            id="whom it holds for",
        ),
    ],
)
def test_article_says_whether_it_can_be_relied_on(
    pane: KnowledgePane, article: Article, badges: tuple[str, ...]
) -> None:
    pane.show_article(article, NOW)
    assert pane.article.badges == badges


def test_article_tells_how_it_helped(pane: KnowledgePane) -> None:
    pane.show_article(replace(ARTICLE, helpful=12, unhelpful=3), NOW)
    assert "helped 12 of 15" in pane.article.about


def test_article_is_copied_as_plain_text_with_its_link(pane: KnowledgePane) -> None:
    pane.show_article(ARTICLE, NOW)
    pane.article.copy.click()
    next(
        action for action in pane.article.findChildren(QMenu)[0].actions() if action.text() == "Copy the text"
    ).trigger()

    assert QGuiApplication.clipboard().text() == "Refunds\n\nWithin seven days.\n\nkb:1"
    assert pane.article.told == "Copied."


def test_star_keeps_the_open_article(pane: KnowledgePane) -> None:
    kept = QSignalSpy(pane.favourite_wanted)
    pane.show_article(ARTICLE, NOW)
    assert not pane.article.star.isChecked()
    pane.article.star.click()
    pane.show_at_hand([replace(EN.hits[0], article_id=ArticleId("1"))], [], NOW)

    assert [kept.at(n) for n in range(kept.count())] == [["1", True]]
    assert pane.article.star.isChecked()


def test_filter_is_chosen_with_its_count_stands_as_a_chip_and_is_taken_away_again(pane: KnowledgePane) -> None:
    asked = QSignalSpy(pane.search_wanted)
    pane.facets_wanted.connect(lambda: pane.show_facets(result(), ("Zhejiang",)))
    pane.search.setText("invoice")
    QTest.keyClick(pane.filters, Qt.Key.Key_Return)
    offered = menu(pane, "Category", "Billing  (9)")

    assert offered == ["Billing  (9)", "Network  (2)"]
    assert pane.filters.filters == Filters(categories=frozenset({"Billing"}))
    assert pane.filters.chips.words == ("Billing",)
    QTest.keyClick(pane.filters.chips.findChildren(QWidget)[0], Qt.Key.Key_Return)
    assert pane.filters.filters == Filters()
    assert not pane.filters.chips.isVisible()
    assert asked.count() == 2


def test_what_does_not_hold_now_is_asked_for_in_so_many_words(pane: KnowledgePane) -> None:
    pane.filters.open()
    menu(pane, "Valid now")
    assert not pane.filters.filters.is_valid_now
    assert pane.filters.chips.words == ("Also what does not hold now",)


def test_filter_for_the_customer_on_the_screen_is_one_choice(pane: KnowledgePane) -> None:
    pane.filters.show_customer("gold", "Zhejiang")
    pane.filters.open()
    menu(pane, "For this customer: Gold · Zhejiang")
    assert pane.filters.filters == Filters(tiers=frozenset({"gold"}), regions=frozenset({"Zhejiang"}))


def test_filters_stay_for_the_next_matter_which_begins_with_suggestions(pane: KnowledgePane) -> None:
    pane.filters.show_customer("gold", None)
    pane.filters.open()
    menu(pane, "For this customer: Gold")
    pane.show_result(result(*EN.hits, total=3), NOW)
    assert pane.shows_found, "without a word typed the filter shows what it leaves"
    pane.begin_anew()
    pane.show_suggestions(EN.suggestions, NOW)

    assert len(lines(pane)) == len(EN.suggestions)
    assert pane.filters.filters.tiers == {"gold"}


def test_nothing_found_with_filters_offers_to_search_without(pane: KnowledgePane) -> None:
    pane.search.setText("invoice")
    pane.filters.show_customer("gold", None)
    pane.filters.open()
    menu(pane, "For this customer: Gold")
    pane.show_result(result(), NOW)
    assert pane.widen.isVisible()
    pane.widen.click()

    assert pane.filters.filters == Filters()


def test_escape_clears_the_search(pane: KnowledgePane) -> None:
    pane.show_suggestions(EN.suggestions, NOW)
    pane.search.setText("invoice")
    pane.show_result(result(), NOW)
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)

    assert pane.search.text() == ""
    assert len(lines(pane)) == len(EN.suggestions)


def test_how_far_the_index_is_stands_where_hits_are_counted(pane: KnowledgePane) -> None:
    pane.search.setText("invoice")
    pane.show_result(replace(result(*EN.hits, total=3), building=Building(0, 400)), NOW)
    pane.show_building(Building(100, 400))

    assert "Preparing: 25 %" in [label.text() for label in pane.findChildren(QLabel)]
    pane.show_result(result(*EN.hits, total=3), NOW)
    assert "Articles: 3" in [label.text() for label in pane.findChildren(QLabel)]
