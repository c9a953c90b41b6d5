"""What somebody typed, taken apart: words, the one still being typed, Chinese runs, pinyin."""

from dataclasses import dataclass

from agent_desktop.knowledge import pinyin
from agent_desktop.knowledge.index import text

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Query:
    """`open_word` is the last word when nothing was typed after it; `spelt` the typed pinyin, if it is any."""

    typed: str
    words: tuple[str, ...]
    open_word: str | None
    han_runs: tuple[str, ...]
    latin: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> "Query":
        clean = text.normalised(typed).strip("\0")[:_LONGEST]
        words = tuple(dict.fromkeys(text.words(clean)))
        return cls(
            typed=clean,
            words=words,
            open_word=_open_word(clean),
            han_runs=tuple(text.han_runs(clean)),
            latin=tuple(word for word in words if word.isascii() and word.isalpha()),
        )

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(text.term, self.words)))

    @property
    def syllables(self) -> tuple[str, ...]:
        """All Latin words read as pinyin; empty when one of them cannot be."""
        read: tuple[str, ...] = ()
        for word in self.latin:
            cut = pinyin.syllables_of(word)
            if not cut:
                return ()
            read += cut
        return read


def _open_word(clean: str) -> str | None:
    last = text.last_run(clean)
    if last is None or not clean.endswith(last):
        return None
    if text.is_han(last):
        return list(text.words(last))[-1]
    return last.lower()
