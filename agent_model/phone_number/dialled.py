"""What is sent to the switch for a number: every site's exchange wants it in a form of its own."""

from __future__ import annotations

from agent_model.phone_number import abroad, china
from agent_model.phone_number.plan import DialForm, DialPlan, PhoneNumber


def dialled(number: PhoneNumber, plan: DialPlan) -> str:
    """The digits to dial."""
    rules = plan.dials
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
            return rules.outside_line + _national(number, plan)


def _national(number: PhoneNumber, plan: DialPlan) -> str:
    if plan.country != "CN":
        return abroad.as_dialled(number, plan.country)
    if not number.startswith("+86"):
        return plan.international_prefix + number[1:]
    national = number[3:]
    split = china.split_landline(national)
    if split is None:
        return national
    area, local = split
    return local if area == plan.area_code and not plan.dials.keeps_area_code else f"0{area}{local}"
