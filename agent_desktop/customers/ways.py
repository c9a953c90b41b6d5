"""The ways in which a customer can be found: by parts of their name, its pinyin and initials, e-mail, company, and by
what stands in fields that the site made.

A word of the index is a letter for the way and what is typed for it. Ways stand in the order in which they are tried.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from agent_model.customer_form import is_open, key_of
from agent_model.folded import KEPT, Plain, plain
from agent_model.secret import typed_hashes

Readings = Callable[[str], tuple[str, ...]]
"""The syllables that one Chinese character may stand for."""
MOST_READINGS: Final = 4
"""Of one name, where several of its characters can be read in several ways."""
LONGEST: Final = 40
DEEPEST: Final = 16
"""So far into a name or a company's name a part of it may begin."""
LEAST_PART: Final = 3
"""Letters of a part that begins inside of a word."""
_MANY_HAVE_IT: Final = ("有限责任公司", "股份有限公司", "有限公司", "公司")


class Way(StrEnum):
    NAME = "n"
    PINYIN = "p"
    INITIALS = "i"
    EMAIL = "m"
    PART_OF_NAME = "o"
    PART_OF_PINYIN = "q"
    PART_OF_INITIALS = "j"
    COMPANY = "c"
    PART_OF_COMPANY = "k"
    PINYIN_OF_COMPANY = "l"
    PART_OF_EMAIL = "d"


_ORDER: Final[Mapping[Way, int]] = {way: place for place, way in enumerate(Way)}


_WHOLE: Final = frozenset({Way.NAME, Way.PINYIN, Way.INITIALS, Way.EMAIL, Way.COMPANY})


def rank(way: Way, *, is_all: bool) -> tuple[bool, int]:
    """The lowest is the best: somebody whose whole name it is, then in the order of the ways."""
    return not (is_all and way in _WHOLE), _ORDER[way]


_OWN: Final = "x"
"""The letter of words from fields that the site made. Which of those are looked in, their form says when asked."""


_HIDDEN: Final = "y"
"""The letter of hashes, of names and e-mail addresses that are kept back from here."""


def hidden_words(keys: Mapping[str, str], typed: str) -> list[str]:
    """The words of the index for whoever is called so, or has this e-mail address, without its being here."""
    return [_HIDDEN + hash_ for hash_ in typed_hashes(keys, typed)]


def has_hidden(word: str, body: Mapping[str, Any]) -> bool:
    """Whether one of `hidden_words` leads to this customer."""
    return word in _of_hidden(body)


def _of_hidden(body: Mapping[str, Any]) -> set[str]:
    hashes = body.get("word_keys")
    return {_HIDDEN + text for text in hashes if isinstance(text, str)} if isinstance(hashes, list) else set()


def own_word(name: str, typed: str) -> str:
    """The word of the index for a field of the site by its name, as far as it is typed (plain)."""
    return f"{_OWN}{key_of(name)}+{typed[:LONGEST]}"


class Word(NamedTuple):
    """`start` and `length` are of the signs of the `Plain` that it stands for; `reads` is what it has for each of them,
    where that is something else."""

    way: Way
    text: str
    start: int
    length: int
    reads: Sequence[str] = ()


def how(body: Mapping[str, Any], typed: str, readings: Readings) -> Word | None:
    """The first way in which `typed` (plain) leads to this customer, if there is one."""
    words = (word for word in _words(body, readings) if word.text.startswith(typed))
    return min(words, key=lambda word: rank(word.way, is_all=word.text == typed), default=None)


def words_of(body: Mapping[str, Any], readings: Readings) -> set[str]:
    """What the index holds of a customer. Names are found without it by what they begin with as
    they are written."""
    name = _text(body, "name").casefold()
    own = _of_hidden(body) | {
        own_word(field, text) for field in body if is_open(field) and (text := plain(_text(body, field)).text)
    }
    return own | {
        way.value + text[:LONGEST] for way, text, *_ in _words(body, readings) if way is not Way.NAME or text != name
    }


def _words(body: Mapping[str, Any], readings: Readings) -> Iterator[Word]:
    yield from of_name(_text(body, "name"), readings)
    yield from of_company(_text(body, "company"), readings)
    yield from of_email(_text(body, "email"))


def of_name(name: str, readings: Readings) -> Iterator[Word]:
    known = plain(name)
    text = known.text
    if not text:
        return
    yield Word(Way.NAME, text, 0, len(text))
    for start in _inner(known):
        yield Word(Way.PART_OF_NAME, text[start:], start, len(text) - start)
    for read in _read(text, readings):
        whole = "".join(read)
        initials = "".join(syllable[0] for syllable in read)
        yield Word(Way.PINYIN, whole, 0, len(text), read)
        yield Word(Way.INITIALS, initials, 0, len(text))
        yield Word(Way.INITIALS, read[0] + initials[1:], 0, len(text), (read[0], *initials[1:]))
        for start in range(1, min(len(read), DEEPEST)):
            yield Word(Way.PART_OF_PINYIN, "".join(read[start:]), start, len(text) - start, read[start:])
            if len(read) - start > 1:
                yield Word(Way.PART_OF_INITIALS, initials[start:], start, len(text) - start)


def of_company(company: str, readings: Readings) -> Iterator[Word]:
    known = plain(company)
    text = known.text
    if not text:
        return
    yield Word(Way.COMPANY, text, 0, len(text))
    own = len(text) - next((len(ending) for ending in _MANY_HAVE_IT if text.endswith(ending)), 0)
    for start in _inner(known):
        if start < own:
            yield Word(Way.PART_OF_COMPANY, text[start:], start, len(text) - start)
    for read in itertools.islice(_read(text[: own or len(text)], readings), 1):
        yield Word(Way.PINYIN_OF_COMPANY, "".join(read), 0, len(read), read)
        yield Word(Way.PINYIN_OF_COMPANY, "".join(syllable[0] for syllable in read), 0, len(read))


def of_email(email: str) -> Iterator[Word]:
    known = plain(email)
    text = known.text
    if not text:
        return
    yield Word(Way.EMAIL, text, 0, len(text))
    for start in range(1, len(text)):
        if text[start] == "@" or (text[start - 1] in KEPT and text[start] not in KEPT):
            yield Word(Way.PART_OF_EMAIL, text[start:], start, len(text) - start)


def _inner(known: Plain) -> Iterator[int]:
    """Where a part may begin: at every character that is a word by itself, in words wherever enough letters follow."""
    text = known.text
    for start in range(1, min(len(text), DEEPEST)):
        is_new = known.at[start] > known.at[start - 1] + 1
        if is_new or not text[start].isascii() or _letters_from(text, start) >= LEAST_PART:
            yield start


def _letters_from(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isascii():
        end += 1
    return end - start


def _read(text: str, readings: Readings) -> Iterator[tuple[str, ...]]:
    """The ways to read a name that is all Chinese characters."""
    if text.isascii():
        return
    each = [readings(character) for character in text[:DEEPEST]]
    if all(each):
        yield from itertools.islice(itertools.product(*each), MOST_READINGS)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
