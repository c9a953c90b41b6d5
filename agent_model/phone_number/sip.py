"""Who calls, from the headers of a SIP INVITE (RFC 3261 §20.20, RFC 3323, RFC 3325, RFC 3966)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent_model.phone_number.plan import DialPlan, PhoneNumber
from agent_model.phone_number.reading import normalise

_ADDRESS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<",]*))\s*<([^>]*)>[^,]*|\s*([^,]+)')
_WITHHOLDING = frozenset(("id", "user", "header", "session", "critical"))


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """The caller's number is not known: `withheld` by the caller, else never sent in a readable form."""

    withheld: bool


def caller_number(
    p_asserted_identity: str | None, from_uri: str | None, plan: DialPlan, privacy: str | None = None
) -> PhoneNumber | HiddenNumber:
    """The caller of an INVITE. The network's word (P-Asserted-Identity) goes before the caller's (From)."""
    asked = {word.strip() for word in (privacy or "").lower().split(";")}
    if asked & _WITHHOLDING:
        return HiddenNumber(withheld=True)
    for header in (p_asserted_identity, from_uri):
        if number := _number(header or "", plan):
            return number
    return HiddenNumber(withheld="anonymous" in (from_uri or "").lower())


def _number(header: str, plan: DialPlan) -> PhoneNumber | None:
    addresses = [found.groups() for found in _ADDRESS.finditer(header)]
    for _quoted, _bare_name, bracketed, bare in addresses:
        if number := normalise(_uri(bracketed or bare or ""), plan):
            return number
    # Gateways that register as a trunk put the caller's number where the name belongs.
    for quoted, bare_name, _bracketed, _bare in addresses:
        number = normalise(quoted or bare_name or "", plan)
        if number and number.startswith("+"):
            return number
    return None


def _uri(address: str) -> str:
    address = address.strip()
    return address if ":" in address.partition("@")[0] or "@" in address else f"tel:{address}"
