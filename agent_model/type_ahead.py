"""What may be typed for something that has a short code and a name in two languages, and how well it fits."""

from collections.abc import Callable, Sequence

from agent_model.words import Words

Read = Callable[[str], Sequence[str]]
"""The syllables of Chinese as pinyin."""


def spellings(name: Words, read: Read) -> tuple[str, ...]:
    """The name in both languages, as pinyin and by its initials; in small letters."""
    syllables = read(name.zh)
    initials = "".join(syllable[0] for syllable in syllables)
    names = (name.zh, name.en, "".join(syllables), initials)
    return tuple(one.casefold() for one in names if one)


def rank(typed: str, short: str, names: Sequence[str]) -> int | None:
    """How well it fits, 0 the best: by its code, the beginning of that, the beginning of a name, a part of one. None
    where it does not. `typed` and `short` are in small letters; nothing typed fits everything."""
    if not typed or short == typed:
        return 0
    if short.startswith(typed):
        return 1
    if any(name.startswith(typed) for name in names):
        return 2
    return 3 if any(typed in name for name in names) else None
