"""What is sent to the switch for a number: every site's exchange wants it in a form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent_model.phone_number import abroad, china
from agent_model.phone_number.plan import DialPlan, PhoneNumber


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


def dialled(number: PhoneNumber, plan: DialPlan, rules: DialRules) -> str:
    """The digits to dial."""
    kind, _, digits = number.rpartition(":")
    if kind == "ext" or (kind == "short" and digits in plan.emergency):
        return digits
    if kind:  # a service code, or what no plan knows: nobody may change it
        return rules.outside_line + digits
    match rules.form:
        case DialForm.E164:
            return rules.outside_line + number[1:] if rules.outside_line else number
        case DialForm.PLAIN:
            return rules.outside_line + number[1:]
        case DialForm.NATIONAL:
            return rules.outside_line + _national(number, plan, rules)


def _national(number: PhoneNumber, plan: DialPlan, rules: DialRules) -> str:
    if plan.country != "CN":
        return abroad.as_dialled(number, plan.country)
    if not number.startswith("+86"):
        return plan.international_prefix + number[1:]
    national = number[3:]
    split = china.split_landline(national)
    if split is None:
        return national
    area, local = split
    return local if area == plan.area_code and not rules.keeps_area_code else f"0{area}{local}"
