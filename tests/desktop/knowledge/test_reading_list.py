"""Favourites and what was read lately stay with the agent, from one day to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.knowledge.reading_list import RECENT, AtHand, ReadingList
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store
from agent_model.article import ArticleId
from tests.desktop.knowledge.conftest import ARTICLES, StoredArticles, base_of
from tests.fakes import SEALED

ONE, TWO = ArticleId("one"), ArticleId("two")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    store = Store(tmp_path, SEALED)
    store.open_cache()
    yield Kept(store)
    store.close()


def test_latest_favourite_comes_first_and_goes_when_it_is_taken_back(kept: Kept) -> None:
    ReadingList(kept).keep_favourite(ONE, is_favourite=True)
    ReadingList(kept).keep_favourite(TWO, is_favourite=True)
    assert ReadingList(kept).at_hand() == AtHand(favourites=(TWO, ONE))
    assert ReadingList(kept).keep_favourite(TWO, is_favourite=False).favourites == (ONE,)


def test_what_is_read_again_comes_first_and_the_oldest_is_forgotten(kept: Kept) -> None:
    read = [ArticleId(str(n)) for n in range(RECENT + 3)]
    for article_id in (*read, read[5]):
        recent = ReadingList(kept).was_read(article_id).recent

    assert recent[:2] == (read[5], read[-1])
    assert len(recent) == RECENT
    assert read[0] not in recent


def test_articles_at_hand_are_named_in_their_order_and_one_that_is_gone_is_left_out() -> None:
    base = base_of(StoredArticles(ARTICLES))
    named = base.named([ArticleId("KB-0005"), ArticleId("KB-9999"), ArticleId("KB-0001")])

    assert [hit.article_id for hit in named] == ["KB-0005", "KB-0001"]
    assert named[0].snippet.startswith("流量用完以后网速会降低")
