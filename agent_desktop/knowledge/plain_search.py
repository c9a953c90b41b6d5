"""What is found while there is no index yet: articles by the words that stand in them, hardly ranked."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from agent_desktop.knowledge.hits import Filters
from agent_model.article import Article

MOST_WORDS: Final = 12
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN: Final = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


def words_of(typed: str) -> Sequence[str]:
    """Lower-case Latin words, and Chinese ones two characters at a time: where words end is what the index knows."""
    words: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", typed).lower()):
        is_chinese = re.match(rf"[{_HAN}]", run) is not None
        words += [first + second for first, second in pairwise(run)] if is_chinese and len(run) > 1 else [run]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def passes(article: Article, filters: Filters, now: datetime) -> bool:
    return all(
        (
            not filters.is_valid_now or article.is_valid(now),
            not filters.categories or article.category in filters.categories,
            not filters.products or article.product in filters.products,
            not filters.queues or article.queue in filters.queues,
            not filters.languages or article.language in filters.languages,
            not filters.kinds or article.kind in filters.kinds,
            not filters.tiers or not article.tiers or bool(filters.tiers & {*article.tiers}),
            not filters.regions or not article.regions or bool(filters.regions & {*article.regions}),
        )
    )
