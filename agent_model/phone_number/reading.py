"""What a written number may mean at a site, most likely first."""

from __future__ import annotations

from collections.abc import Iterator

from agent_model.phone_number import abroad, china
from agent_model.phone_number.plan import DialPlan, PhoneNumber
from agent_model.phone_number.written import Written, read

_LONGEST_EXTENSION = 6
_LOCAL_STARTS = frozenset("2345678")  # 1 begins services and mobiles, 9 services and trunks
_FORMS = ("ext:", "short:", "raw:")


def normalise(written: str, plan: DialPlan) -> PhoneNumber | None:
    """The most likely number, or None where none was given (empty, anonymous, a word)."""
    return next(_readings(written, plan), None)


def candidates(written: str, plan: DialPlan) -> tuple[PhoneNumber, ...]:
    """Every number the written form may mean, most likely first; the first is `normalise`'s."""
    return tuple(dict.fromkeys(_readings(written, plan)))


def extension(written: str, plan: DialPlan) -> str:
    """The extension behind a public number ("0571-88886666转8001" -> "8001"), or ""."""
    if written.startswith(_FORMS) or not (found := read(written)) or found.is_extension:
        return ""
    digits = found.digits
    if found.extension or plan.country != "CN":
        return found.extension
    if found.is_international:
        rests = _overlong(digits[2:].lstrip("0")) if digits.startswith("86") else ()
    else:
        is_whole = any(_whole(digits, plan)) or any(_behind_prefixes(digits, plan))
        is_whole = is_whole and not _is_local_with_extension(found.groups, plan)
        rests = () if is_whole else _heads(found, plan)
    rest = next((rest for _number, rest in rests), "")
    return rest if len(rest) <= _LONGEST_EXTENSION else ""


def _readings(written: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    if written.startswith(_FORMS):
        form, _, digits = written.partition(":")
        if digits.isdigit() and digits.isascii():
            yield PhoneNumber(f"{form}:{digits}")
            return
    found = read(written)
    if found is None:
        return
    if found.is_extension:
        yield PhoneNumber("ext:" + found.digits)
    elif found.is_international:
        yield from _international(found.digits, plan)
    else:
        yield from _dialled(found, plan)


def _dialled(found: Written, plan: DialPlan) -> Iterator[PhoneNumber]:
    digits = found.digits
    if plan.country != "CN":
        yield from _dialled_abroad(digits, plan)
        return
    whole = (*_whole(digits, plan), *_behind_prefixes(digits, plan))
    if whole:
        if _is_local_with_extension(found.groups, plan):  # the gap says more than the count of digits
            yield PhoneNumber("+86" + plan.area_code + found.groups[0])
        yield from whole
        return
    # Carriers drop the + of foreign callers; an extension is typed with a gap before it.
    may_lack_plus = 9 <= len(digits) <= 15 and (len(found.groups) == 1 or len(found.groups[0]) <= 3)
    number = abroad.international(digits, strict=True) if may_lack_plus else None
    heads = tuple(number for number, _rest in _heads(found, plan))
    if number:
        yield number
    yield from heads
    if number or heads:
        return
    prefix = plan.international_prefix
    if prefix and digits.startswith(prefix) and (number := abroad.international(digits[len(prefix) :])):
        yield number
        return
    yield PhoneNumber("raw:" + digits)


def _whole(digits: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    """Readings of all the digits as one number, without anything dialled to get out."""
    if digits in plan.emergency:
        yield PhoneNumber("short:" + digits)
    yield from _public(digits, plan)
    if len(digits) in plan.extension_lengths:
        yield PhoneNumber("ext:" + digits)
    abroad_prefix = plan.international_prefix
    if abroad_prefix and digits.startswith(abroad_prefix):
        yield from _international(digits[len(abroad_prefix) :], plan, may_be_raw=False)


def _public(digits: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    """Readings as a line of the public network, as dialled in the site's town."""
    if digits[0] == "0":
        yield from _behind_zero(digits[1:])
        return
    number = china.mobile(digits) or china.toll(digits)
    if number:
        yield number
        return
    if _is_local(digits, plan):
        yield PhoneNumber("+86" + plan.area_code + digits)
    for number in (china.landline(digits), china.service(digits), abroad.greater_china(digits)):
        if number:
            yield number
    in_town = china.area_service(plan.area_code + digits)
    if in_town and in_town.startswith("+") and china.service(digits):
        yield in_town
    if digits.startswith("86") and len(digits) > 6:
        yield from _china(digits[2:], plan)


def _is_local(digits: str, plan: DialPlan) -> bool:
    return digits[:1] in _LOCAL_STARTS and len(digits) in china.local_lengths(plan.area_code)


def _behind_zero(national: str) -> Iterator[PhoneNumber]:
    number = (
        china.landline(national, lenient=True)
        or china.mobile(national)
        or china.area_service(national)
        or china.toll(national)
    )
    if not number:
        return
    yield number
    area = china.area_of(national)
    if area and number == "+86" + national and (code := china.service(national[len(area) :])):
        yield code


def _china(national: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    """Readings of what follows the country code 86."""
    national = national.lstrip("0")
    number = (
        china.mobile(national)
        or china.toll(national)
        or china.landline(national, lenient=True)
        or china.area_service(national)
        or china.service(national)
    )
    if number:
        yield number
    elif plan.country == "CN" and _is_local(national, plan):
        yield PhoneNumber("+86" + plan.area_code + national)


def _international(digits: str, plan: DialPlan, *, may_be_raw: bool = True) -> Iterator[PhoneNumber]:
    """Readings of digits that begin with a country code."""
    digits = digits.lstrip("0")
    if digits.startswith("86"):
        numbers = tuple(_china(digits[2:], plan)) or tuple(n for n, _rest in _overlong(digits[2:].lstrip("0")))
        yield from numbers
        if not numbers and may_be_raw:
            yield PhoneNumber("raw:" + digits)
        return
    # "+138…" is how some switches write a Chinese mobile; the prefixes overlap with North America's.
    mobile = china.mobile(digits)
    number = abroad.international(digits, strict=mobile is not None or not may_be_raw)
    if number:
        yield number
    if mobile:
        yield mobile
    elif not number and may_be_raw:
        yield PhoneNumber("raw:" + digits)


def _behind_prefixes(digits: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    """Readings after taking off a carrier's or the exchange's prefix."""
    for prefix in (*plan.strip_carrier_prefixes, *plan.trunk_prefixes):
        rest = digits[len(prefix) :]
        if not digits.startswith(prefix) or len(rest) < 3:
            continue
        yield from (n for n in _whole(rest, plan) if not n.startswith("ext:"))
        if prefix in plan.trunk_prefixes:
            carriers = tuple(c for c in plan.strip_carrier_prefixes if rest.startswith(c))
            for carrier in carriers:
                yield from _public(rest[len(carrier) :], plan)


def _is_local_with_extension(groups: tuple[str, ...], plan: DialPlan) -> bool:
    return (
        len(groups) == 2
        and _is_local(groups[0], plan)
        and len(groups[1]) in plan.extension_lengths
        and not china.toll("".join(groups))
    )


def _heads(found: Written, plan: DialPlan) -> Iterator[tuple[PhoneNumber, str]]:
    """A complete number at the head with what follows it: an extension, or the next number of a list."""
    digits = found.digits
    for count in range(len(found.groups) - 1, 0, -1):
        head = "".join(found.groups[:count])
        if len(head) >= 7 and (number := next(_public(head, plan), None)):
            rest = digits[len(head) :]
            yield number, rest
            if len(rest) >= 7 and (following := next(_public(rest, plan), None)):
                yield following, ""
            return
    for length in china.local_lengths(plan.area_code):
        rest = digits[length:]
        if digits[0] in _LOCAL_STARTS and len(rest) in plan.extension_lengths:
            yield PhoneNumber("+86" + plan.area_code + digits[:length]), rest
    yield from _overlong(digits.removeprefix("0"))


def _overlong(national: str) -> Iterator[tuple[PhoneNumber, str]]:
    """A national number with the extension written on without a gap."""
    if number := china.mobile(national[:11]) or china.toll(national[:10]):
        rest = national[len(number) - 3 :]
        if 3 <= len(rest) <= _LONGEST_EXTENSION:
            yield number, rest
        return
    area = china.area_of(national)
    for length in china.local_lengths(area):
        number = china.landline(national[: len(area) + length])
        rest = national[len(area) + length :]
        if number and 2 <= len(rest) <= _LONGEST_EXTENSION:
            yield number, rest


def _dialled_abroad(digits: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    """Readings at a site outside mainland China, whose plan phonenumbers knows."""
    any_found = False
    for number in _abroad(digits, plan):
        any_found = True
        yield number
    if not any_found:
        yield PhoneNumber("raw:" + digits)


def _abroad(digits: str, plan: DialPlan) -> Iterator[PhoneNumber]:
    if digits in plan.emergency:
        yield PhoneNumber("short:" + digits)
    if len(digits) in plan.extension_lengths:
        yield PhoneNumber("ext:" + digits)
    if plan.international_prefix and digits.startswith(plan.international_prefix):
        yield from _international(digits[len(plan.international_prefix) :], plan, may_be_raw=False)
    for local in (digits, plan.area_code + digits):
        if number := abroad.national(local, plan.country):
            yield number
    for prefix in plan.trunk_prefixes:
        if digits.startswith(prefix) and (number := abroad.national(digits[len(prefix) :], plan.country)):
            yield number
    if len(digits) >= 9 and (number := abroad.international(digits, strict=True)):
        yield number
