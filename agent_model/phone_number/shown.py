"""How a number looks on a screen: whole, masked, or its last digits."""

from __future__ import annotations

from agent_model.phone_number import abroad, china
from agent_model.phone_number.on_record import on_record
from agent_model.phone_number.plan import DialPlan, PhoneNumber

MASK = "****"
"""In the place of hidden digits. What has it is no number any more, and stays as it is."""


def masked(number: PhoneNumber) -> str:
    """138****6721, 0571-****6721, +44****0958. Lines of the house and service codes are nobody's secret."""
    if (elsewhere := on_record(number)) is not None:
        return elsewhere.shown
    if MASK in number:
        return number
    form, _, digits = number.rpartition(":")
    if form in ("ext", "short"):
        return digits
    if form == "raw":
        return _middle_masked("", digits)
    digits = number[1:]
    code = abroad.country_code(digits)
    national = digits[len(code) :]
    if code != "86":
        return _middle_masked("+" + code, national)
    if china.toll(PhoneNumber(national)):
        return display(number, DialPlan())
    if china.mobile(national):
        return national[:3] + MASK + national[-4:]
    split = china.split_landline(national)
    if not split:
        return _middle_masked("+86", national)
    area, local = split
    return f"0{area}-{local if len(local) < 7 else MASK + local[-4:]}"


def display(number: PhoneNumber, plan: DialPlan) -> str:
    """138 1234 6721, 0571-88886721, 400-812-3456, +852 9123 4567; numbers of the site's country nationally."""
    if (elsewhere := on_record(number)) is not None:
        return elsewhere.shown
    form, _, digits = number.rpartition(":")
    if form:
        return digits
    digits = number[1:]
    if not digits.startswith("86"):
        return _display_abroad(number, digits)
    national = digits[2:]
    if china.mobile(national):
        shown = f"{national[:3]} {national[3:7]} {national[7:]}"
    elif china.toll(national):
        shown = f"{national[:3]}-{national[3:6]}-{national[6:]}"
    elif split := china.split_landline(national):
        shown = f"0{split[0]}-{split[1]}" if plan.country == "CN" else f"{split[0]} {split[1]}"
    else:
        shown = national
    return shown if plan.country == "CN" and shown != national else f"+86 {shown}"


def suffix(number: PhoneNumber, length: int = 8) -> str:
    """The last digits, for matching where two systems disagree about the prefix."""
    digits = number.rpartition(":")[2].lstrip("+")
    return digits[-length:] if length > 0 else ""


def _display_abroad(number: PhoneNumber, digits: str) -> str:
    if digits[:3] in ("852", "853") and len(digits) == 11:
        return f"+{digits[:3]} {digits[3:7]} {digits[7:]}"
    return abroad.pretty(number)


def _middle_masked(head: str, digits: str) -> str:
    kept = 4 if len(digits) >= 8 else min(2, len(digits) // 2)
    lead = digits[: max(0, len(digits) - kept - 4)][:3] if not head else ""
    return head + lead + MASK + digits[len(digits) - kept :]
