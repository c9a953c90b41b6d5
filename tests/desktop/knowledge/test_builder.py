"""The index made in another process is the one made here; until it is there, searches are answered without it."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from agent_desktop.knowledge.builder import BuildFailed, ProcessBuilder
from agent_desktop.knowledge.hits import Building, CallFacts, Filters
from agent_desktop.knowledge.index import ArticleIndex
from agent_model.article import Article, ArticleId
from tests.desktop.knowledge.conftest import ARTICLES, Shelf, StoredArticles, article, base_of

MANY = tuple(article(f"N-{number}", f"Notice {number}", f"About matter{number}.") for number in range(300))


class WatchedBuilder:
    """Does it here, and lets somebody look on."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.built = 0
        self._meanwhile = meanwhile

    def build(self, articles: Iterable[Article], total: int, told: Callable[[Building], None]) -> bytes:
        self.built += 1
        index = ArticleIndex()
        index.apply(articles, lambda done: told(Building(done, total)))
        self._meanwhile()
        return index.to_bytes()


def test_an_index_built_apart_knows_every_article_and_version() -> None:
    here = ArticleIndex()
    here.apply(ARTICLES)

    there = ArticleIndex.from_bytes(ProcessBuilder().build(ARTICLES, len(ARTICLES), lambda _: None))

    assert there.versions() == here.versions()
    assert there.search("断流", 5) == here.search("断流", 5)


def test_the_base_has_its_first_index_built_apart_and_hears_how_far_it_is() -> None:
    base = base_of(StoredArticles((*ARTICLES, *MANY)), builder=ProcessBuilder())
    heard: list[Building] = []

    base.refresh(heard.append)

    assert base.search("duanliu").hits[0].article_id == "KB-0001"
    assert [building.done for building in heard] == [0, 100, 200, 300, 310]
    assert {building.total for building in heard} == {310}
    assert base.building is None


def test_until_there_is_an_index_words_are_found_as_they_stand() -> None:
    stored = StoredArticles((*ARTICLES, *MANY))
    base = base_of(stored, builder=WatchedBuilder())

    result = base.search("5G 断流怎么处理")
    filtered = base.search("断流", filters=Filters(languages=frozenset({"en"})))

    assert result.hits[0].article_id == "KB-0001"
    assert "断流" in [result.hits[0].title[at : at + length] for at, length in result.hits[0].title_highlights]
    assert result.building == base.building == Building(0, 310)
    assert filtered.hits == ()
    assert base.suggest(CallFacts(subject="断流")) == ()
    base.refresh()
    assert base.search("断流").building is None


def test_damaged_index_of_many_is_answered_for_plainly_until_it_is_made_anew() -> None:
    stored, shelf = StoredArticles((*ARTICLES, *MANY)), Shelf(b"broken" * 99)
    base = base_of(stored, shelf, WatchedBuilder())

    before = base.search("invoice")
    base.refresh()
    base.keep()

    assert before.hits[0].article_id == "KB-0012"
    assert base_of(stored, shelf, WatchedBuilder()).search("invioce").hits[0].article_id == "KB-0012"


def test_old_index_answers_while_very_many_changes_are_indexed_apart() -> None:
    stored = StoredArticles(ARTICLES)
    found_meanwhile: list[str] = []
    builder = WatchedBuilder(lambda: found_meanwhile.extend(hit.article_id for hit in base.search("duanliu").hits))
    base = base_of(stored, builder=builder)
    base.refresh()
    stored.rows |= {one.id: one for one in MANY}

    base.apply([one.id for one in MANY])
    before = base.search("matter7 ")
    base.refresh()

    assert before.hits == ()
    assert before.building is not None
    assert found_meanwhile[0] == "KB-0001"
    assert base.search("matter7 ").hits[0].article_id == "N-7"
    assert builder.built == 1


def test_one_changed_article_is_searchable_without_reading_or_making_anything_else() -> None:
    stored, builder = StoredArticles((*ARTICLES, *MANY)), WatchedBuilder()
    base = base_of(stored, builder=builder)
    base.refresh()
    stored.rows[ArticleId("N-7")] = article("N-7", "Quite another title", "Text", version=9)
    stored.fetched.clear()

    base.apply([ArticleId("N-7")])

    assert base.search("quite another title").hits[0].article_id == "N-7"
    assert {id_ for ids in stored.fetched for id_ in ids} == {"N-7"}
    assert builder.built == 1
    assert base.health().articles == 310


def test_change_that_comes_while_the_index_is_made_is_not_lost() -> None:
    stored = StoredArticles((*ARTICLES, *MANY))

    def change() -> None:
        stored.rows[ArticleId("N-7")] = article("N-7", "Quite another title", "Text", version=9)
        base.apply([ArticleId("N-7")])

    base = base_of(stored, builder=WatchedBuilder(change))
    base.refresh()

    assert base.search("quite another title").hits[0].article_id == "N-7"


def test_a_build_that_dies_says_so() -> None:
    program = "import sys; sys.stdin.buffer.read(); sys.exit(3)"
    with pytest.raises(BuildFailed) as failed:
        ProcessBuilder([sys.executable, "-c", program]).build(ARTICLES, len(ARTICLES), lambda _: None)

    assert failed.value.exit_code == 3


def test_searches_go_on_after_a_build_that_died() -> None:
    base = base_of(
        StoredArticles((*ARTICLES, *MANY)), builder=ProcessBuilder([sys.executable, "-c", "raise SystemExit(3)"])
    )

    with pytest.raises(BuildFailed):
        base.refresh()

    assert base.search("断流").hits[0].article_id == "KB-0001"
    assert base.building is not None


def test_base_of_few_articles_starts_no_build() -> None:
    builder = ProcessBuilder()
    builder.stop()

    assert base_of(StoredArticles(()), builder=builder).search("断流").hits == ()
    assert base_of(StoredArticles(ARTICLES), builder=builder).search("断流").hits[0].article_id == "KB-0001"


def test_no_build_starts_after_the_day_ended() -> None:
    builder = ProcessBuilder()
    builder.stop()

    with pytest.raises(BuildFailed):
        builder.build(ARTICLES, len(ARTICLES), lambda _: None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core by itself")
def test_builder_leaves_no_core() -> None:
    asks = "import resource\nfrom agent_desktop.no_core import leave_no_core\nleave_no_core(for_good=True)\n"
    told = subprocess.run(
        [sys.executable, "-c", f"{asks}print(resource.getrlimit(resource.RLIMIT_CORE))"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.strip() == "(0, 0)"


def test_index_that_lies_on_the_shelf_is_not_written_again() -> None:
    stored, shelf = StoredArticles(ARTICLES), Shelf()
    base = base_of(stored, shelf)
    base.search("invoice")
    base.keep()
    kept = shelf.index

    base.refresh()
    base.keep()
    assert shelf.index is kept

    stored.rows[ArticleId("KB-0001")] = replace(stored.rows[ArticleId("KB-0001")], title="断流", version=2)
    base.apply([ArticleId("KB-0001")])
    base.keep()
    assert shelf.index is not kept
