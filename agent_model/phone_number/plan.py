"""How one site writes and dials numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

PhoneNumber = NewType("PhoneNumber", str)
"""A number as a key, equal exactly when two written forms mean the same line. One of

- ``+8613812345678``  E.164, wherever the number has such a form;
- ``ext:1001``        an internal line of the site's own exchange;
- ``short:95588``     a service code without E.164 (110, 10086, 12345, 95xxx, 106…);
- ``raw:00381…``      digits that fit no numbering plan, kept so that they can still be looked up.

An extension behind a public number ("0571-88886666转8001") is not part of the key.
"""

# 179xx and 125xx select a carrier before the number dialled; switches leave them in the caller's number.
CARRIERS = (
    *("17900", "17901", "17908", "17909", "17910", "17911", "17921", "17931", "17950", "17951"),
    *("17960", "17961", "17968", "17969", "17990", "17991", "10193", "12593"),
)


class DialForm(StrEnum):
    """E164: +8613812345678. PLAIN: the same without the plus. NATIONAL: as somebody at the site would dial it."""

    E164 = "e164"
    PLAIN = "plain"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class DialRules:
    """`outside_line` stands before every public number, also before service codes, never before the site's own
    extensions and emergency calls. `keeps_area_code`: numbers of the site's own area are dialled with it."""

    form: DialForm = DialForm.E164
    outside_line: str = ""
    keeps_area_code: bool = True


@dataclass(frozen=True, slots=True)
class DialPlan:
    """How a site reads numbers, and how it `dials`. `area_code` has no leading 0; the default is Hangzhou (0571)."""

    country: str = "CN"
    area_code: str = "571"
    trunk_prefixes: tuple[str, ...] = ("9",)
    international_prefix: str = "00"
    extension_lengths: tuple[int, ...] = (3, 4)
    strip_carrier_prefixes: tuple[str, ...] = CARRIERS
    emergency: tuple[str, ...] = ("110", "119", "120", "122", "112")
    dials: DialRules = field(default_factory=DialRules)
