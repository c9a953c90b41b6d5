"""Finds the number in what a person or a switch wrote: digits, their groups, and an extension."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

_MOST_DIGITS = 24
_DASHES = "\\-‐‑‒–—―−﹣－ー一~～"
_SEPARATORS = rf"\s{_DASHES}()\[\]{{}}.·•・/_【】「」〔〕〖〗"
_RUN = re.compile(rf"(?:\+[\s(\[]*)?\d(?:[{_SEPARATORS}]{{0,4}}\d)*")
_GROUP = re.compile(r"\d+")
_SCHEME = re.compile(r"\b(?:sips?|tel|callto|phone):(?://)?", re.IGNORECASE)
_CONTEXT = re.compile(r";phone-context=(\+[\d.\-()]+)", re.IGNORECASE)
_EXTENSION_PARAMETER = re.compile(r";ext=([\d.\-()]+)", re.IGNORECASE)
_EXTENSION_MARK = re.compile(
    r"(?:转接?|轉接?|分机号?|分機號?|内线|內線|extension|extn?\b\.?|ext(?=\d)|(?<![a-z])x(?=\s*\d)|[#,;*])"
    r"(?:分机|分機)?\s*[.:：#]?\s*(\d{1,6})(?!\d)",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^\s*\d{1,2}[.、]\s+(?=\D*(?:\d\D?){7})")
_STAR_CODE = re.compile(r"^\s*[*#]\d{2,3}(?:[#*]\s*|\s+)(?=[+\d])")
_LABEL = re.compile(
    r"(?:^|[^a-z])(?:tel|telephone|phone|ph|mobile|mob|cell|fax|t|m|p|f|no|call|wechat|wx)$", re.IGNORECASE
)
_DATE = re.compile(r"\s*(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:[ T]+\d{1,2}:\d\d(?::\d\d)?)?(?=\D)")
_HIDDEN = re.compile(
    r"anonym|unknown|unavailable|private|withheld|restrict|hidden|blocked|匿名|未知|隐藏|隐号|保密|无号码",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """The digits of one number as written; `groups` are the same digits, parted where the writer did."""

    digits: str
    groups: tuple[str, ...]
    is_international: bool = False
    is_extension: bool = False
    extension: str = ""


def read(text: str) -> Written | None:
    """The number in a text, or None where there is none (empty, anonymous, a word)."""
    digits = text[1:] if text[:1] == "+" else text
    if digits.isdigit() and digits.isascii():  # what switches send: nothing to clean
        return _written(digits, (digits,), digits is not text)
    text = _plain(text)
    parameter = ""
    scheme = _SCHEME.search(text)
    if scheme or "@" in text:
        text, parameter = _user(text[scheme.end() :] if scheme else text, has_host=not _is_tel(scheme))
    text = _LIST_MARK.sub("", _STAR_CODE.sub("", text))
    run = _best_run(text)
    if run is None or _digit_count(run[0]) < 7:
        if _HIDDEN.search(text):
            return None
        if inside := _bare_extension(text):
            return Written(inside, (inside,), is_extension=True)
    if run is None:
        return None
    found = _GROUP.findall(run[0])
    tail = _EXTENSION_MARK.match(text, _skip_space(text, run.end()))
    extension = parameter or (tail[1] if tail else "")
    return _written("".join(found), tuple(found), run[0][0] == "+", extension)


def _written(digits: str, groups: tuple[str, ...], plus: bool, extension: str = "") -> Written | None:
    # A run of zeros is what networks put where the number was withheld.
    if not 2 <= len(digits) <= _MOST_DIGITS or not digits.strip("0"):
        return None
    return Written(digits, groups, plus, extension=extension)


def _plain(text: str) -> str:
    """Full-width signs and other scripts' digits as ASCII, invisible marks gone."""
    if text.isascii():
        return text
    kept = []
    for sign in unicodedata.normalize("NFKC", text):
        if unicodedata.category(sign) == "Cf":
            continue
        value = unicodedata.decimal(sign, None)
        kept.append(sign if value is None else str(value))
    return "".join(kept)


def _is_tel(scheme: re.Match[str] | None) -> bool:
    return scheme is not None and not scheme[0].lower().startswith("sip")


def _user(rest: str, *, has_host: bool) -> tuple[str, str]:
    """The user part of a URI with its phone-context applied, and its ;ext= parameter."""
    rest = rest.partition(">")[0]
    user, at, _host = rest.partition("@")
    if has_host and not at:
        return "", ""
    extension = _EXTENSION_PARAMETER.search(user)
    context = _CONTEXT.search(user)
    user = unquote(user.partition(";")[0].rpartition("<")[2]).partition(":")[0]
    if context and "+" not in user:
        user = context[1] + "-" + user
    return user, "".join(_GROUP.findall(extension[1])) if extension else ""


def _bare_extension(text: str) -> str:
    """The digits of "分机8001", "ext. 12", "转0": an extension with no number before it."""
    mark = _EXTENSION_MARK.search(text)
    if mark is None or mark[0][0] in "#,;*":
        return ""
    is_first = not any(sign.isdigit() or (sign.isascii() and sign.isalpha()) for sign in text[: mark.start()])
    return mark[1] if is_first else ""


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u3000()[]-":
        at += 1
    return at


def _best_run(text: str) -> re.Match[str] | None:
    """The first run of digits long enough to be a public number, else the first that may be a short one."""
    date = _DATE.match(text)
    start = date.end() if date and _digit_count(text[date.end() :]) >= 7 else 0
    runs = [run for run in _RUN.finditer(text, start) if _stands_alone(text, run)]
    for least in (7, 3, 2):
        for run in runs:
            if _digit_count(run[0]) >= least:
                return run
    return None


def _digit_count(text: str) -> int:
    return sum(map(len, _GROUP.findall(text)))


def _stands_alone(text: str, run: re.Match[str]) -> bool:
    """False for digits that belong to a word: alice2, TK20241105001, 3rd."""
    before, after = text[: run.start()], text[run.end() : run.end() + 1]
    if before and (before[-1] == "_" or (before[-1].isascii() and before[-1].isalpha())):
        return _LABEL.search(before) is not None
    return not (after.isascii() and after.isalpha()) or _digit_count(run[0]) >= 7 or after in "xX"
