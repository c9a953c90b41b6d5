"""Numbers of other countries; the only module that knows phonenumbers, imported when first needed."""

from __future__ import annotations

import re

from agent_model.phone_number.plan import PhoneNumber

# Hong Kong and Macao have no trunk prefix, Taiwan's is 0: plain enough not to load the library for them.
_GREATER_CHINA = re.compile(r"(852[2-9]\d{7}|853[268]\d{7}|886)(?:(?<=886)0?([2-8]\d{7,8}|9\d{8}))?")
_ONE_DIGIT_CODES = "17"
_TWO_DIGITS = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 "
    "84 86 90 91 92 93 94 95 98"
)
_TWO_DIGIT_CODES = frozenset(_TWO_DIGITS.split())


def country_code(digits: str) -> str:
    """The country calling code an E.164 number (without +) begins with."""
    if digits[:1] in _ONE_DIGIT_CODES:
        return digits[:1]
    return digits[:2] if digits[:2] in _TWO_DIGIT_CODES else digits[:3]


def greater_china(digits: str) -> PhoneNumber | None:
    """A number of Hong Kong, Macao or Taiwan written with its country code."""
    found = _GREATER_CHINA.fullmatch(digits)
    if not found or (found[1] == "886" and not found[2]):
        return None
    return PhoneNumber("+" + found[1] + (found[2] or ""))


def international(digits: str, *, strict: bool = False) -> PhoneNumber | None:
    """E.164 of digits that begin with a country code; `strict` takes only numbers that can be assigned, else
    the right length is enough: ranges are opened faster than the library is updated."""
    if digits.startswith("86"):
        return None  # mainland numbers are china's to read
    return greater_china(digits) or _parsed("+" + digits, None, strict=strict)


def national(digits: str, country: str) -> PhoneNumber | None:
    """E.164 of digits as dialled inside `country`, if they can be assigned there."""
    number = _parsed(digits, country, strict=True)
    return None if number and number.startswith("+86") else number


def pretty(number: PhoneNumber) -> str:
    """The international form with the country's own spacing."""
    import phonenumbers  # 100 ms and 7 MB: only for who gets foreign calls

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def as_dialled(number: PhoneNumber, country: str) -> str:
    """The digits that somebody in `country` dials, with its international prefix where it is another country's."""
    import phonenumbers  # 100 ms and 7 MB: only for sites abroad

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number[1:]
    written = phonenumbers.format_out_of_country_calling_number(parsed, country)
    return re.sub(r"\D", "", written)


def _parsed(written: str, country: str | None, *, strict: bool) -> PhoneNumber | None:
    import phonenumbers  # 100 ms and 7 MB: only for who gets foreign calls

    if not 5 <= len(written) <= 20:
        return None
    try:
        parsed = phonenumbers.parse(written, country)
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        # A second reading settles prefixes the first one uncovered, so that a key reads as itself.
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number(parsed) if strict else phonenumbers.is_possible_number(parsed)
    if not fits:
        return None
    return PhoneNumber(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def zones(number: PhoneNumber) -> tuple[str, ...]:
    """The IANA names of the time zones that a number may be in; none that are not known."""
    import phonenumbers
    from phonenumbers import timezone  # 11 MB: only for who promises to call a foreign number

    try:
        found = timezone.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if zone != timezone.UNKNOWN_TIMEZONE)
