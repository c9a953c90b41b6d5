"""Tokens that whoever signs them cannot recognise: blind RSA signatures.

A workstation makes a token, has it signed blinded, and shows it later without its name. The signature says that
somebody entitled shows it; nothing ties it to what was signed. It is RSABSSA-SHA384-PSSZERO-Deterministic of RFC 9474.
"""

import hashlib
import secrets
from dataclasses import dataclass
from math import gcd
from typing import Final

HASH_BYTES: Final = 48
TOKEN_BYTES: Final = 32
_TRAILER: Final = b"\xbc"


class NotSigned(Exception):
    """What came back is no signature of the token."""


@dataclass(frozen=True, slots=True)
class BlindKey:
    """The public half of a key that signs blinded tokens."""

    modulus: int
    exponent: int = 65537

    @property
    def size(self) -> int:
        """Bytes of a signature."""
        return (self.modulus.bit_length() + 7) // 8

    @property
    def mark(self) -> str:
        """A short sign of the key, for people to compare: whoever is asked with it is one of many only if others have
        the same."""
        digest = hashlib.sha256(self.modulus.to_bytes(self.size, "big")).hexdigest().upper()
        return f"{digest[:4]}-{digest[4:8]}"


@dataclass(frozen=True, slots=True)
class Blinded:
    """A token on its way: `sent` goes to the signer, `token` and `factor` never do."""

    token: bytes
    sent: int
    factor: int


def blinded(key: BlindKey) -> Blinded:
    """A new token, blinded for this key."""
    token = secrets.token_bytes(TOKEN_BYTES)
    while True:
        factor = secrets.randbelow(key.modulus - 2) + 2
        if gcd(factor, key.modulus) == 1:
            break
    sent = _encoded(token, key) * pow(factor, key.exponent, key.modulus) % key.modulus
    return Blinded(token, sent, factor)


def signature_of(key: BlindKey, made: Blinded, signed: int) -> int:
    """The token's signature, out of what the signer made of it. Raises NotSigned."""
    signature = signed * pow(made.factor, -1, key.modulus) % key.modulus
    if not is_signed(key, made.token, signature):
        raise NotSigned
    return signature


def is_signed(key: BlindKey, token: bytes, signature: int) -> bool:
    return 0 < signature < key.modulus and pow(signature, key.exponent, key.modulus) == _encoded(token, key)


def _encoded(token: bytes, key: BlindKey) -> int:
    """EMSA-PSS with SHA-384 and no salt (RFC 8017 §9.1.1)."""
    bits = key.modulus.bit_length() - 1
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(token).digest()).digest()
    block = bytes(length - HASH_BYTES - 2) + b"\x01"
    mask = _mask(digest, len(block))
    hidden = bytearray(one ^ other for one, other in zip(block, mask, strict=True))
    hidden[0] &= 0xFF >> (8 * length - bits)
    return int.from_bytes(bytes(hidden) + digest + _TRAILER, "big")


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 (RFC 8017 §B.2.1)."""
    made = b""
    counter = 0
    while len(made) < length:
        made += hashlib.sha384(seed + counter.to_bytes(4, "big")).digest()
        counter += 1
    return made[:length]
