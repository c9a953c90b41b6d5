"""What a `tel:`, `sip:` or `callto:` link, or a pasted number, puts into the dial field. Nothing here dials."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from agent_model.phone_number import DialPlan, PhoneNumber, dialled, display, extension, normalise
from agent_model.phone_number.shown import MASK

LONGEST = 512
"""Characters of a link that are read at all; a longer one is nobody's telephone number."""

_LINK = re.compile(r"(tel|sip|sips|callto):(?://)?", re.IGNORECASE)
_PLAIN_USER = re.compile(r"[A-Za-z0-9+*#_.!~'-]{1,64}")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_CODE = re.compile(r"(?=.*[*#])[0-9*#]{2,32}")
_SEPARATORS = re.compile(r"[\s().\-/‐‑‒–—]+")
_HARMLESS = re.compile(r"(?:ext|phone-context|isub|user|transport)(?:=|$)", re.IGNORECASE)
_RUN = re.compile(r"(?<![\w@.])\+?\d(?:[ \-()]{0,2}\d){6,14}(?![\w@])")


@dataclass(frozen=True, slots=True)
class Dialable:
    """`text` is what the dial field shows: a number as one writes it here, a service code, or `sip:user@host`.

    `number` is what the phone is told: the number in the form that the site dials, or the same as `text`.
    `is_public`: it reaches somebody outside the house: no extension, no service code, no emergency call.
    `is_ordinary`: a number of the public network or of the house that came with nothing else. Whatever else a link
    brings (service codes, emergency numbers, addresses on other hosts, anything behind `?`) waits for a person, also
    where links may dial by themselves.
    """

    text: str
    number: str
    extension: str = ""
    is_ordinary: bool = True
    is_public: bool = False


def read(written: str, plan: DialPlan) -> Dialable | None:
    """Links by RFC 3966 and RFC 3261 §19.1, else a number in any form; None where there is nothing to dial.

    Of a link only the number or the address is kept: no password, no parameter, no header ever gets further.
    """
    if len(written) > LONGEST or MASK in written:  # a masked number looks like a service code
        return None
    text = written.strip()
    link = _LINK.match(text)
    if link is None:
        return _number(text, plan) if not _has_controls(text) else None
    rest = text[link.end() :]
    if _has_controls(unquote(rest)):
        return None
    scheme = link[1].lower()
    if scheme in ("sip", "sips"):
        return _address(scheme, rest)
    if scheme == "callto" and "@" in unquote(rest):
        return _address("sip", rest)
    return _link_number(rest, plan)


def numbers_in(text: str, plan: DialPlan) -> tuple[PhoneNumber, ...]:
    """Every public number that stands in a text, as often as one reads it: once."""
    return tuple(dict.fromkeys(_found(text[:20_000], plan)))


def _found(text: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    for run in _RUN.finditer(unicodedata.normalize("NFKC", text)):
        number = normalise(run[0], plan)
        if number is not None and number.startswith("+"):
            yield number


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text)


def _link_number(rest: str, plan: DialPlan) -> Dialable | None:
    uri, _, behind = rest.partition("?")
    user, *parameters = uri.split(";")
    bare = _SEPARATORS.sub("", unquote(user))
    is_clean = not behind and all(_HARMLESS.match(unquote(one)) for one in parameters)
    if _CODE.fullmatch(bare):
        return Dialable(bare, bare, is_ordinary=False)
    if not re.fullmatch(r"\+?\d{2,24}", bare):
        return None
    found = _number(f"tel:{bare}", plan, "".join(f";{one}" for one in parameters if _HARMLESS.match(one)))
    if found is None or is_clean:
        return found
    return replace(found, is_ordinary=False)


def _number(text: str, plan: DialPlan, parameters: str = "") -> Dialable | None:
    bare = _SEPARATORS.sub("", text)
    if _CODE.fullmatch(bare):
        return Dialable(bare, bare, is_ordinary=False)
    if "@" in text:
        return _address("sip", text) if not parameters else None
    number = normalise(text + parameters, plan)
    if number is None:
        return None
    shown = display(number, plan)
    digits = number.rpartition(":")[2]
    return Dialable(
        shown if normalise(shown, plan) == number else digits,
        dialled(number, plan),
        extension(text + parameters, plan),
        is_ordinary=digits not in plan.emergency and not number.startswith("raw:"),
        is_public=number.startswith("+"),
    )


def _address(scheme: str, rest: str) -> Dialable | None:
    address = rest.partition("?")[0]
    user, at, host = address.rpartition("@")
    user = unquote(user).partition(";")[0].partition(":")[0]
    host = host.partition(";")[0]
    if not (at and _PLAIN_USER.fullmatch(user) and _HOST.fullmatch(host)):
        return None
    text = f"{scheme}:{user}@{host}"
    return Dialable(text, text, is_ordinary=False)
