"""Names and e-mail addresses that only the server has: found by who types them whole, by keyed hashes."""

import hmac
from collections.abc import Mapping
from typing import Final

from agent_model.folded import plain

_HASH_LENGTH: Final = 16
_LEAST_PART: Final = 3
"""Letters of a part of a name in Latin letters that finds its owner by itself: a surname."""


def word_hash(key: bytes, typed: str) -> str:
    """What a text is compared by, however it is spaced and whether in capitals or not."""
    return hmac.digest(key, plain(typed).text.encode(), "sha256").hex()[:_HASH_LENGTH]


def name_hashes(key: bytes, name: str) -> list[str]:
    """Of the whole name, and of each word of one in Latin letters."""
    parts = [part for part in name.split() if len(part) >= _LEAST_PART] if name.isascii() else []
    return list(dict.fromkeys(word_hash(key, text) for text in (name, *parts)))


def typed_hashes(keys: Mapping[str, str], typed: str) -> list[str]:
    """Of what somebody typed, under each of the segments' keys (hex)."""
    return [word_hash(bytes.fromhex(key), typed) for key in keys.values()]
