"""The index follows its articles, survives being put away, and is built again when damaged."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.hits import Gone
from agent_desktop.knowledge.index import ArticleIndex, IndexDamaged
from agent_model.article import ArticleId
from tests.desktop.knowledge.conftest import ARTICLES, Shelf, StoredArticles, article, base_of


def test_a_changed_article_is_found_at_once_by_its_new_words_only(base: KnowledgeBase, stored: StoredArticles) -> None:
    before = base.search("光猫").hits
    stored.rows[before[0].article_id] = article("KB-0002", "电视盒子没有声音", "检查音量。", version=2)

    base.apply([before[0].article_id])

    assert base.search("光猫").hits == ()
    assert base.search("电视盒子").hits[0].article_id == "KB-0002"
    assert base.health().articles == len(ARTICLES)


def test_a_withdrawn_article_is_found_no_more(base: KnowledgeBase, stored: StoredArticles) -> None:
    assert base.search("断流").total
    del stored.rows[ArticleId("KB-0001")]

    base.apply([ArticleId("KB-0001")])

    assert base.search("断流").hits == ()
    assert base.search("").total == len(ARTICLES) - 1
    assert base.open(ArticleId("KB-0001")) == Gone(ArticleId("KB-0001"))


def test_an_article_deleted_but_not_yet_told_is_left_out(base: KnowledgeBase, stored: StoredArticles) -> None:
    base.refresh()
    del stored.rows[ArticleId("KB-0001")]

    assert "KB-0001" not in {hit.article_id for hit in base.search("断流").hits}


def test_an_open_article_is_the_stored_one(base: KnowledgeBase) -> None:
    assert base.open(ArticleId("KB-0003")) is ARTICLES[2]


def test_an_id_given_twice_in_one_batch_counts_once() -> None:
    index = ArticleIndex()

    index.apply([ARTICLES[0], replace(ARTICLES[0], title="基站维护公告")])

    assert index.search("基站维护", 10).ids == ("KB-0001",)
    assert index.health().articles == 1


def test_the_kept_index_finds_the_same(stored: StoredArticles) -> None:
    shelf = Shelf()
    first = base_of(stored, shelf)
    expected = first.search("流量").hits
    first.keep()

    stored.fetched.clear()
    second = base_of(stored, shelf)

    assert second.search("流量").hits == expected
    assert max(map(len, stored.fetched)) == len(expected)


def test_what_changed_while_the_index_was_put_away_is_caught_up(stored: StoredArticles) -> None:
    shelf = Shelf()
    first = base_of(stored, shelf)
    first.refresh()
    first.keep()
    del stored.rows[ArticleId("KB-0004")]
    stored.rows[ArticleId("KB-0005")] = article("KB-0005", "流量包退订", "回复短信退订。", version=7)
    stored.rows[ArticleId("KB-0099")] = article("KB-0099", "流量共享", "家人可以共享流量。")

    second = base_of(stored, shelf)

    assert {hit.article_id for hit in second.search("流量").hits} == {"KB-0005", "KB-0099"}
    assert second.search("退订").hits[0].article_id == "KB-0005"


@pytest.mark.parametrize(
    ("kept", "put_instead"),
    [
        pytest.param(slice(0, 0), b"", id="empty"),
        pytest.param(slice(0, 40), b"", id="beginning-only"),
        pytest.param(slice(0, -1), b"", id="last-byte-missing"),
        pytest.param(slice(0, -1), b"\xff", id="last-byte-wrong"),
        pytest.param(slice(0, 0), b"SQLite format 3\0" * 9, id="something-else"),
        pytest.param(slice(0, 4), b"\x63" * 200, id="another-version"),
    ],
)
def test_a_damaged_index_is_built_again(stored: StoredArticles, kept: slice, put_instead: bytes) -> None:
    whole = ArticleIndex()
    whole.apply(ARTICLES)
    damaged = whole.to_bytes()[kept] + put_instead

    with pytest.raises(IndexDamaged):
        ArticleIndex.from_bytes(damaged)
    assert base_of(stored, Shelf(damaged)).search("断流").hits[0].article_id == "KB-0001"


@pytest.mark.parametrize("lost", ["columns.", "_MAIN_"], ids=["our-columns", "whoosh-files"])
def test_a_missing_file_is_damage(lost: str) -> None:
    from agent_desktop.knowledge.index.storage import MemoryStorage

    index = ArticleIndex()
    index.apply(ARTICLES)
    storage = MemoryStorage.from_bytes(index.to_bytes())
    for name in [name for name in storage.files if name.startswith(lost)]:
        del storage.files[name]

    with pytest.raises(IndexDamaged):
        ArticleIndex.from_bytes(storage.to_bytes())


def test_many_small_changes_are_gathered(base: KnowledgeBase, stored: StoredArticles) -> None:
    base.refresh()
    for number in range(40):
        id_ = ArticleId(f"N-{number % 20}")
        stored.rows[id_] = article(id_, f"通知 {number}", f"内容 number{number}", version=number)
        base.apply([id_])

    assert base.health().segments <= 13
    assert base.health().articles == len(ARTICLES) + 20
    assert base.search("39 ").hits[0].article_id == "N-19"
    assert base.search("19 ").hits == ()


def test_searches_go_on_while_articles_change(base: KnowledgeBase, stored: StoredArticles) -> None:
    base.refresh()
    done = Event()

    def search_until_done() -> int:
        searched = 0
        while not done.is_set() or not searched:
            assert base.search("5G 断流").hits[0].article_id == "KB-0001"
            searched += 1
        return searched

    with ThreadPoolExecutor(2) as lanes:
        searching = [lanes.submit(search_until_done) for _ in range(2)]
        for version in range(2, 30):
            stored.rows[ArticleId("KB-0006")] = replace(ARTICLES[5], version=version)
            base.apply([ArticleId("KB-0006")])
        done.set()
        assert all(one.result() for one in searching)


def test_nothing_of_an_article_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    index = ArticleIndex()
    index.apply(ARTICLES)
    index.remove([ArticleId("KB-0001")])

    assert ArticleIndex.from_bytes(index.to_bytes()).search("流量", 3).ids
    assert list(tmp_path.iterdir()) == []


def test_an_empty_base_answers() -> None:
    base = base_of(StoredArticles(()))

    assert (base.search("断流").hits, base.search("").hits) == ((), ())


def test_starting_the_workstation_loads_no_search_engine() -> None:
    heavy = "{'numpy', 'whoosh', 'rjieba', 'pypinyin', 'orjson'}"
    program = f"import sys, agent_desktop.knowledge.base; print(sorted({heavy} & set(sys.modules)))"

    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert loaded.stdout.strip() == "[]"
