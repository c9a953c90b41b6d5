"""Cuts text into the terms that are indexed and asked for: Chinese words, English stems, character pairs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import rjieba
from whoosh.lang.snowball.english import EnglishStemmer

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[._-][^\W_{HAN}]+)*[+#]*")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_STEMMED = re.compile(r"[a-z]{3,}")
_STEMMER = EnglishStemmer()


def normalised(text: str) -> str:
    """Full-width letters and digits become ordinary ones; the case stays."""
    return unicodedata.normalize("NFKC", text)


def is_han(word: str) -> bool:
    return _HAN_RUN.match(word) is not None


def han_runs(text: str) -> list[str]:
    return _HAN_RUN.findall(text)


def words(text: str) -> Iterator[str]:
    """Surface words, lower case: Chinese ones as search engines cut them, others whole and in their parts."""
    for run in _RUN.findall(text):
        if is_han(run):
            yield from rjieba.cut_for_search(run)
            continue
        whole = run.lower()
        yield whole
        if whole.isalpha() and (whole == run or run.isupper() or run[1:].islower()):
            continue
        if "-" in whole and not whole.replace("-", "").isdigit():
            # So that wifi finds Wi-Fi and email finds e-mail.
            yield whole.replace("-", "")
        for part in _PART.findall(run):
            if len(part) > 1 and len(part) < len(run):
                yield part.lower()


@lru_cache(maxsize=100_000)
def term(word: str) -> str:
    """What a surface word is indexed as: English words by their stem, all others as they are."""
    return str(_STEMMER.stem(word)) if _STEMMED.fullmatch(word) else word


_ASKED_WITH = (
    "怎么 怎么办 怎么样 怎样 如何 什么 什么样 什么是 为什么 为何 为啥 哪里 哪些 哪个 吗 呢 吧",
    "请问 想 我想 想要 能否 是否 可以",
    "how what when where why which who can could would should do does did my me please",
)
ASKING = frozenset(term(word) for words_ in _ASKED_WITH for word in words_.split())
"""Words that make a question of whatever is asked: they stand in any, and tell little of what it is about."""


def pairs(text: str) -> Iterator[str]:
    for run in han_runs(text):
        for first, second in pairwise(run):
            yield first + second


def sound_pairs(syllables: list[str]) -> Iterator[str]:
    for first, second in pairwise(syllables):
        yield f"{first} {second}"


def last_run(text: str) -> str | None:
    runs = _RUN.findall(text)
    return runs[-1] if runs else None


def replace_word(text: str, word: str, by: str) -> str:
    pattern = re.escape(word) if is_han(word) else rf"\b{re.escape(word)}\b"
    return re.sub(pattern, lambda _: by, text, count=1, flags=re.IGNORECASE)
