"""What a customer is found by: their numbers read backwards, or, where those are masked, the keyed hashes of them."""

from collections.abc import Mapping
from typing import Any, Final

from agent_model.phone_number.on_record import ending_hashes, whole_hashes

_WHOLE: Final = "#"
"""Begins a mark that is a hash; no number read backwards begins so."""

NUMBERS: Final = (
    "CASE WHEN json_type(body, '$.phone_keys') = 'array' THEN json_extract(body, '$.phone_keys') "
    "WHEN json_type(body, '$.phones') = 'array' THEN json_extract(body, '$.phones') END"
)
"""In SQL over a body: the JSON text that `marks_in` reads."""


def marks_of(body: Mapping[str, Any]) -> dict[str, None]:
    """Of a customer's body, each once."""
    keys = body.get("phone_keys")
    return marks_in(keys if isinstance(keys, list) else body.get("phones"))


def marks_in(numbers: Any) -> dict[str, None]:
    """Of a list of numbers or of their hashes; whatever else stands there is passed over."""
    found: dict[str, None] = {}
    for number in numbers if isinstance(numbers, list) else ():
        if isinstance(number, str):
            found[number[::-1]] = None
        elif isinstance(number, dict):
            endings = number.get("endings")
            hashes = [number.get("whole"), *(endings.values() if isinstance(endings, dict) else ())]
            found |= {_WHOLE + hash_: None for hash_ in hashes if isinstance(hash_, str)}
    return found


def whole(keys: Mapping[str, str], number: str) -> list[str]:
    """The marks of whoever has this number; `keys` are the segments' match keys, none where numbers are here."""
    return [number[::-1], *(_WHOLE + hash_ for hash_ in whole_hashes(keys, number))]


def shared(body: Mapping[str, Any]) -> list[str]:
    """The marks of whoever has one of the numbers that this customer has."""
    keys = body.get("phone_keys")
    if isinstance(keys, list):
        hashes = (key.get("whole") for key in keys if isinstance(key, dict))
        return [_WHOLE + hash_ for hash_ in hashes if isinstance(hash_, str)]
    return list(marks_of(body))


def endings(keys: Mapping[str, str], digits: str) -> list[str]:
    """The marks of whose masked numbers end so."""
    return [_WHOLE + hash_ for hash_ in ending_hashes(keys, digits)]
