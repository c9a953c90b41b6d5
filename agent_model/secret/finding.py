"""Finds what is not for every eye in Chinese and English text, however its digits are grouped."""

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.phone_number import DialPlan, PhoneNumber, masked, normalise
from agent_model.secret.cards import is_bank_card, is_id_card, is_old_id_card


class Secret(StrEnum):
    PHONE = "phone"
    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"


ALL: Final = frozenset(Secret)
IN_TEXTS: Final = ALL - {Secret.NAME, Secret.EMAIL}
"""What is hidden wherever people wrote it; names are what the customer is known by, e-mail addresses what they are
written to."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the text it stands, and how it is shown to who may not see it."""

    kind: Secret
    start: int
    end: int
    shown: str


_WIDE: Final = "０１２３４５６７８９＋－（）Ｘｘ\u3000：＠．"
_FULL_WIDTH: Final = str.maketrans(_WIDE, "0123456789+-()Xx :@.")
"""Each sign for one sign, so that places stay the same."""
_GAP: Final = r"[ \t\u00a0\u200b-\u200f\u2060\ufeff\-‐-―−._/·]{0,3}"
"""What people and programs put between the digits of one number."""
_DIGITS: Final = re.compile(rf"[0-9](?:{_GAP}[0-9])*(?:{_GAP}[Xx](?![0-9A-Za-z]))?")
_GROUP: Final = re.compile(r"[0-9]+[Xx]?")
_LEAST, _MOST = 11, 21
"""Digits of a mobile number; of the longest card, with what may stand before it."""
_MOBILE: Final = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_LANDLINE: Final = re.compile(rf"\(?0[1-9][0-9]{{1,2}}\)?{_GAP}[2-9](?:{_GAP}[0-9]){{6,7}}(?![0-9A-Za-z])")
_ABROAD: Final = re.compile(r"\+[1-9](?:[ \-().]{0,2}[0-9]){6,14}(?![0-9A-Za-z])")
_LABELLED: Final = re.compile(
    r"(?:tel|telephone|phone|ph|mobile|mob|cell|call|fax|wechat|wx|card|id|no)[.: -]{0,2}$", re.IGNORECASE
)
_CARD_LABEL: Final = re.compile(r"(?:身份证|证件|id\s?card|identity)\D{0,8}$", re.IGNORECASE)
_MONEY_BEFORE: Final = re.compile(r"[¥￥$€]\s?$|(?:RMB|CNY|USD)\s?$")
_MONEY_AFTER: Final = re.compile(r"[.,][0-9]|\s?(?:元|块|万|亿|CNY|RMB|USD|yuan)")
_NAME_LABEL: Final = re.compile(
    r"(?:姓名|名字|户名|收件人|收货人|开户人|联系人)(?::|是|为)\s?([一-鿿·]{2,6}?)(?=[^一-鿿·]|$)"
)
_ENGLISH_NAME: Final = re.compile(r"\b(?:[Nn]ame|[Hh]older|[Aa]ttn): ?([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})")
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_PLACE: Final = r"[路街巷弄苑寓]|(?<![知难渠通报])道|(?<![这那哪家])里|[小社]区|花园|新村|大厦"
_HOUSE: Final = r"\s?[0-9A-Za-z一二三四五六七八九十百\-—#]{1,8}\s?(?:单元|[号弄幢栋座室楼层房])(?!线|店|前|后)"
_ADDRESS: Final = re.compile(rf"[一-鿿](?:{_PLACE})({_HOUSE}(?:[一-鿿]{{0,10}}?{_HOUSE})*(?:[0-9]{{1,5}}(?![0-9]))?)")
_ROADS: Final = "Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Drive|Dr|Square|Court|Way"
_ENGLISH_ADDRESS: Final = re.compile(
    rf"\b((?:(?:Room|Flat|Apt|Unit|Suite)\.? ?[0-9A-Za-z-]{{1,8}},? )?(?:No\.? ?)?[0-9]{{1,5}}[A-Za-z]?),? "
    rf"(?:[A-Z][A-Za-z']+ ){{1,3}}(?:{_ROADS})\b"
)
_PLAN: Final = DialPlan()
_MASK: Final = "****"


def find(text: str, kinds: Collection[Secret] = ALL, names: Collection[str] = ()) -> tuple[Found, ...]:
    """Everything of these kinds, in order, none over another. `names` are people who must not be named by it."""
    plain = text.translate(_FULL_WIDTH)
    taken: list[Found] = []
    for found in sorted(_each(plain, kinds, names), key=lambda one: (_ORDER.index(one.kind), one.start, -one.end)):
        if found.kind in kinds and not any(found.start < other.end and other.start < found.end for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda one: one.start))


_ORDER: Final = (Secret.EMAIL, Secret.ID_CARD, Secret.BANK_CARD, Secret.PHONE, Secret.NAME, Secret.ADDRESS)
"""Which of two that overlap it is: what is checked the hardest goes first."""


def _each(text: str, kinds: Collection[Secret], names: Collection[str]) -> Iterator[Found]:
    if any(sign.isdecimal() for sign in text):
        for run in _DIGITS.finditer(text):
            yield from _in_run(text, run)
        yield from _other_phones(text)
        for found in (*_ADDRESS.finditer(text), *_ENGLISH_ADDRESS.finditer(text)) if Secret.ADDRESS in kinds else ():
            yield Found(Secret.ADDRESS, found.start(1), found.end(1), _MASK)
    if "@" in text and Secret.EMAIL in kinds:
        for found in _EMAIL.finditer(text):
            yield Found(Secret.EMAIL, found.start(), found.end(), hidden_email(found[0]))
    if Secret.NAME not in kinds:
        return
    if any(sign in text for sign in ":是为"):
        for found in (*_NAME_LABEL.finditer(text), *_ENGLISH_NAME.finditer(text)):
            yield Found(Secret.NAME, found.start(1), found.end(1), hidden_name(found[1]))
    for name in map(str.strip, names):
        at = text.find(name) if len(name) > 1 else -1
        while at >= 0:
            yield Found(Secret.NAME, at, at + len(name), hidden_name(name))
            at = text.find(name, at + len(name))


def _in_run(text: str, run: re.Match[str]) -> Iterator[Found]:
    """Digits that stand near each other may be several numbers: each beginning of a group is tried."""
    groups = [(run.start() + one.start(), run.start() + one.end(), one[0]) for one in _GROUP.finditer(run[0])]
    for first, (start, _, _) in enumerate(groups):
        if not _may_begin(text, start):
            continue
        signs, sizes = "", []
        for _, end, group in itertools.islice(groups, first, first + _MOST):
            signs += group
            sizes.append(len(group))
            if len(signs) > _MOST:
                break
            if len(signs) >= _LEAST and _may_end(text, end):
                yield from _number(text, start, end, signs, sizes)


def _number(text: str, start: int, end: int, signs: str, sizes: list[int]) -> Iterator[Found]:
    if is_id_card(signs) or (is_old_id_card(signs) and _CARD_LABEL.search(text[max(0, start - 24) : start])):
        yield Found(Secret.ID_CARD, start, end, "*" * (len(signs) - 4) + signs[-4:])
    elif signs.isdecimal() and is_bank_card(signs) and (min(sizes[:-1], default=4) > 2):
        yield Found(Secret.BANK_CARD, start, end, _MASK + signs[-4:])
    elif (found := _MOBILE.fullmatch(signs)) and _is_grouped_as_mobile(sizes) and not _is_money(text, start, end):
        begin = start - 1 if text[start - 1 : start] == "+" else start
        yield Found(Secret.PHONE, begin, end, masked(PhoneNumber("+86" + found[1])))


def _is_grouped_as_mobile(sizes: list[int]) -> bool:
    """3 4 4 and the like, with 86 before it; or digit by digit. Not a quantity beside a date."""
    rest = sizes[1:] if sizes[0] in (2, 4) and sum(sizes) > 11 else sizes
    return rest[0] > 2 or max(rest) < 3


def _other_phones(text: str) -> Iterator[Found]:
    for found in (*_LANDLINE.finditer(text), *_ABROAD.finditer(text)):
        if not _may_begin(text, found.start()) or _is_money(text, found.start(), found.end()):
            continue
        number = normalise(found[0], _PLAN)
        if number is not None and number.startswith("+") and (shown := masked(number)) and _MASK in shown:
            yield Found(Secret.PHONE, found.start(), found.end(), shown)


def _may_begin(text: str, start: int) -> bool:
    """Not inside a word or behind a ticket's prefix, unless the word says what it is."""
    before = text[max(0, start - 12) : start]
    if before[-1:].isdecimal():
        return False
    if not before or not (before[-1].isascii() and (before[-1].isalpha() or before[-1] in "-_#")):
        return not (len(before) > 1 and before[-1] in ".," and before[-2].isdecimal())
    if before[-1] in "-_#" and not (len(before) > 1 and before[-2].isascii() and before[-2].isalpha()):
        return True
    return _LABELLED.search(before) is not None


def _may_end(text: str, end: int) -> bool:
    after = text[end : end + 1]
    return not (after.isascii() and after.isalnum())


def _is_money(text: str, start: int, end: int) -> bool:
    return bool(_MONEY_BEFORE.search(text[max(0, start - 5) : start]) or _MONEY_AFTER.match(text, end))


def hidden_email(address: str) -> str:
    """z***@example.com."""
    person, _, place = address.rpartition("@")
    return f"{person[:1]}***@{place}"


def hidden_name(name: str) -> str:
    """王* for 王芳, J*** S**** for John Smith."""
    if name.isascii():
        return " ".join(part[:1] + "*" * max(1, len(part) - 1) for part in name.split())
    return name[:1] + "*" * (len(name) - 1)
