"""What of a profile callers are asked, and whether they said it, however it was written down."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from typing import Final


class ProfileFact(StrEnum):
    """What of the profile a question may be about."""

    NAME = "name"
    COMPANY = "company"
    EMAIL = "email"
    REGION = "region"
    SINCE = "since"
    PRODUCT = "product"
    OTHER_PHONE = "other_phone"
    ID_NUMBER = "id_number"
    LAST_ORDER = "last_order"


_SPACES: Final = re.compile(r"[\s\-—–_.,，。·、/]+")
_MONTH: Final = re.compile(r"((?:19|20)\d\d)\D{0,3}(1[0-2]|0?[1-9])(?!\d)|(1[0-2]|0?[1-9])\D{1,3}((?:19|20)\d\d)")
_AMOUNT: Final = re.compile(r"\d+(?:\.\d+)?")
_TAILS: Final = frozenset({ProfileFact.OTHER_PHONE, ProfileFact.ID_NUMBER})


def is_right(about: ProfileFact, said: str, expected: Collection[str]) -> bool:
    """Whether what the caller said is one of the answers, however it was written. Nothing is never right."""
    return any(_is_same(about, said, answer) for answer in expected) if _plain(said) else False


def _is_same(about: ProfileFact, said: str, answer: str) -> bool:
    heard, known = _plain(said), _plain(answer)
    if about in _TAILS:
        return len(heard) >= 4 and heard[-4:] == known[-4:]
    if about is ProfileFact.SINCE:
        return _month(said) == _month(answer) is not None
    if about is ProfileFact.LAST_ORDER:
        return _amount(said) == _amount(answer) is not None
    if about in (ProfileFact.PRODUCT, ProfileFact.REGION, ProfileFact.COMPANY):
        return len(heard) >= 2 and (heard in known or known in heard)
    return heard == known


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _month(text: str) -> tuple[int, int] | None:
    """2021-03, 2021年3月, 202103, 03/2021."""
    found = _MONTH.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    return int(year), int(month)


def _amount(text: str) -> float | None:
    found = _AMOUNT.search(unicodedata.normalize("NFKC", text).replace(",", ""))
    return float(found[0]) if found else None
