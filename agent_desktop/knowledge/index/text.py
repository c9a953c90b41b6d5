"""Cuts text into the terms that are indexed and asked for: Chinese words, English stems, character pairs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import rjieba
from whoosh.lang.snowball.english import EnglishStemmer

from agent_desktop.knowledge.index.traditional import simplified

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[._-][^\W_{HAN}]+)*[+#]*")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")
_STEMMED = re.compile(r"[a-z]{3,}")
_STEMMER = EnglishStemmer()


def normalised(text: str) -> str:
    """Full-width letters and digits become ordinary ones, traditional characters simplified; the case stays."""
    return simplified(unicodedata.normalize("NFKC", text))


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


_SAY_LITTLE = (
    # Asking.
    "怎么 怎么办 怎么样 怎样 怎 咋 咋办 咋样 如何 什么 什么样 什么是 为什么 为何 为啥 哪 哪儿 哪里 哪些 哪个",
    "谁 几 多少 能否 是否 可以 能 会 要 能不能 可不可以 是不是 有没有 吗 呢 吧 么 啊 呀 哦 嗯 啦 嘛",
    # Courtesy, and what a caller says around the matter.
    "请问 想 我想 想要 麻烦 谢谢 你好 您好 帮 帮我 帮忙 告诉 知道 应该 一下 时候 现在 已经 然后 还是",
    "就是 只是 一直 老是 总是",
    # Who, and this or that.
    "我 你 您 他 她 它 我们 你们 他们 自己 这 那 这个 那个 这些 那些 这样 那样 这里 那里 一个 一些",
    "各 每 某 此 该 其 之 所",
    # Grammar.
    "的 地 得 了 着 过 是 在 和 与 或 及 以及 将 把 被 对 为 以 也 都 就 还 又 很 太 再 才",
    "有 到 从 向 于 由 等 并 而 给 让 跟 用 去 来 说 里 上 下 中 但 但是 不过 因为 由于 所以 如果 的话 之后 之前",
    "how what when where why which who can could would should do does did please hello hi thank thanks",
    "i me my you your he him his she her it its we us our they them their this that these those here there some any",
    "a an the of to in on at for from with by and or if then so as about into than too very just also",
    "is are was were be been being am will shall may might must have has had having get got want need use using",
)
SAY_LITTLE = frozenset(term(word) for words_ in _SAY_LITTLE for word in words_.split())
"""Words that stand in any question and any sentence, and tell little of what it is about. In articles written well some
of them are rare, and would count most of all where a caller's own words are typed."""


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
