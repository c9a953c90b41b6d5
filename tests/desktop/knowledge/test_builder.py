"""The index made in another process is the one made here."""

import sys

import pytest

from agent_desktop.knowledge.builder import BuildFailed, ProcessBuilder
from agent_desktop.knowledge.index import ArticleIndex
from tests.desktop.knowledge.conftest import ARTICLES, StoredArticles, base_of


def test_an_index_built_apart_knows_every_article_and_version() -> None:
    here = ArticleIndex()
    here.apply(ARTICLES)

    there = ArticleIndex.from_bytes(ProcessBuilder().build(ARTICLES))

    assert there.versions() == here.versions()
    assert there.search("断流", 5) == here.search("断流", 5)


def test_the_base_has_its_first_index_built_apart(stored: StoredArticles) -> None:
    base = base_of(stored, builder=ProcessBuilder())

    assert base.search("duanliu").hits[0].article_id == "KB-0001"


def test_a_build_that_dies_says_so() -> None:
    with pytest.raises(BuildFailed) as failed:
        ProcessBuilder([sys.executable, "-c", "import sys; sys.stdin.buffer.read(); sys.exit(3)"]).build(ARTICLES)

    assert failed.value.exit_code == 3


def test_base_without_articles_starts_no_build() -> None:
    builder = ProcessBuilder()
    builder.stop()

    base = base_of(StoredArticles(()), builder=builder)

    assert base.search("断流").hits == ()


def test_no_build_starts_after_the_day_ended() -> None:
    builder = ProcessBuilder()
    builder.stop()

    with pytest.raises(BuildFailed):
        builder.build(ARTICLES)
