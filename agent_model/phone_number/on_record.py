"""A number that only the server has: named by its customer, matched by keyed hashes, told one at a time."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agent_model.phone_number.plan import PhoneNumber

SUFFIXES: Final = (4, 5, 6, 7, 8)
"""How many last digits such a number can also be found by."""


class Purpose(StrEnum):
    """What such a number is asked for: the screen, or the phone alone."""

    LOOK = "look"
    DIAL = "dial"


_FORM: Final = "record"
_HASH_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The `position`th number of a customer. `shown` is its masked text."""

    customer_id: str
    position: int
    shown: str

    @property
    def key(self) -> PhoneNumber:
        """Stands wherever a number stands; nobody can be called by it without asking the server."""
        return PhoneNumber(f"{_FORM}:{self.position}:{self.shown}:{self.customer_id}")


def on_record(number: str) -> OnRecord | None:
    """What a `key` names; None for a number that is here."""
    form, _, rest = number.partition(":")
    position, _, rest = rest.partition(":")
    shown, _, customer_id = rest.partition(":")
    if form != _FORM or not customer_id or not (position.isascii() and position.isdigit()):
        return None
    return OnRecord(customer_id, int(position), shown)


def number_hash(key: bytes, text: str) -> str:
    """What a number, or the digits it ends in, is compared by."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:_HASH_LENGTH]


def hashes_of(key: bytes, number: str) -> dict[str, Any]:
    """A number as `phone_keys` of a masked customer has it: `{"whole": HASH, "endings": {"4": HASH, …}}`."""
    digits = "".join(filter(str.isdigit, number))
    endings = {str(n): number_hash(key, digits[-n:]) for n in SUFFIXES if len(digits) >= n}
    return {"whole": number_hash(key, number), "endings": endings}


def whole_hashes(keys: Mapping[str, str], number: str) -> list[str]:
    """A number under each of the segments' keys (hex)."""
    return [number_hash(bytes.fromhex(key), number) for key in keys.values()]


def ending_hashes(keys: Mapping[str, str], digits: str) -> list[str]:
    """Four and more last digits under each of the keys; of more than are hashed, the last ones."""
    length = min(len(digits), max(SUFFIXES))
    return whole_hashes(keys, digits[-length:]) if length in SUFFIXES else []
