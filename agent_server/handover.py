"""What only the server may open, and whose it is proved: work that was unsent when its author left the seat, and keys
of uploaded files.

Nothing is kept for it: the server's X25519 key and every agent's keys are made of its secret.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent_server.refusals import RequestRefused

MAGIC: Final = b"ADHO\x01"
INFO: Final = b"agent-desktop handover 1"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
_HEAD: Final = len(MAGIC) + KEY_BYTES


@dataclass(frozen=True, slots=True)
class Batch:
    """What an author left on a device: commands as they cross the wire."""

    author: str
    device_id: str
    ops: list[Any]


class Handover:
    """The keys a workstation is given at sign-in, all 64 hex, and the opening of what it sealed with them."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._private = X25519PrivateKey.from_private_bytes(self._derived(b"handover private"))
        self._public = self._private.public_key().public_bytes_raw()

    @property
    def public(self) -> str:
        return self._public.hex()

    def proof_key(self, agent_id: str, device_id: str) -> str:
        """What a batch of this agent from this device is proved with; no other agent is ever given it."""
        return self._derived(b"handover proof", agent_id, device_id).hex()

    def unlock(self, agent_id: str, device_id: str) -> str:
        """Opens what this agent keeps on this device, whatever their password is now."""
        return self._derived(b"unlock", agent_id, device_id).hex()

    def open(self, sealed: bytes) -> Batch:
        """Raises RequestRefused: handover_unreadable, handover_forged."""
        plain = self._proved(sealed, author=str, device_id=str, ops=list)
        return Batch(plain["author"], plain["device_id"], plain["ops"])

    def key_of_file(self, sealed: bytes, author: str, device_id: str, sha256: str) -> bytes:
        """What opens the file with this hash. Raises RequestRefused: key_unreadable, also for another's or another
        file's."""
        try:
            plain = self._proved(sealed, author=str, device_id=str, sha256=str, file_key=str)
            key = bytes.fromhex(plain["file_key"])
        except (RequestRefused, ValueError) as error:
            raise RequestRefused(422, "key_unreadable") from error
        if (plain["author"], plain["device_id"], plain["sha256"]) != (author, device_id, sha256):
            raise RequestRefused(422, "key_unreadable")
        return key

    def sealed_key_of_file(self, author: str, device_id: str, sha256: str, key: bytes) -> bytes:
        """As a workstation seals one, for a file that the server took in itself."""
        text = orjson.dumps({"author": author, "device_id": device_id, "sha256": sha256, "file_key": key.hex()})
        proof = hmac.digest(bytes.fromhex(self.proof_key(author, device_id)), text, "sha256")
        own, nonce = X25519PrivateKey.generate(), os.urandom(NONCE_BYTES)
        own_public = own.public_key().public_bytes_raw()
        shared = own.exchange(X25519PublicKey.from_public_bytes(self._public))
        cipher = AESGCM(HKDF(SHA256(), KEY_BYTES, own_public + self._public, INFO).derive(shared))
        head = MAGIC + own_public
        return head + nonce + cipher.encrypt(nonce, proof + text, head)

    def opened(self, upload: Any) -> str | None:
        """What opens an uploaded file, in hex; None where its key cannot be read."""
        if upload.key is None:
            return None
        try:
            key = self.key_of_file(bytes.fromhex(upload.key), upload.agent_id, upload.device_id, upload.sha256)
        except (RequestRefused, ValueError):
            return None
        return key.hex()

    def _proved(self, sealed: bytes, **needed: type) -> dict[str, Any]:
        """What was sealed, with these fields, by whom it says. Raises RequestRefused: handover_unreadable,
        handover_forged."""
        payload = self._unsealed(sealed)
        proof, text = payload[:KEY_BYTES], payload[KEY_BYTES:]
        try:
            plain = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            raise RequestRefused(422, "handover_unreadable") from error
        if not (isinstance(plain, dict) and all(isinstance(plain.get(name), kind) for name, kind in needed.items())):
            raise RequestRefused(422, "handover_unreadable")
        expected = hmac.digest(bytes.fromhex(self.proof_key(plain["author"], plain["device_id"])), text, "sha256")
        if not hmac.compare_digest(proof, expected):
            raise RequestRefused(403, "handover_forged")
        return plain

    def _unsealed(self, sealed: bytes) -> bytes:
        head, nonce = sealed[:_HEAD], sealed[_HEAD : _HEAD + NONCE_BYTES]
        their_public = head[len(MAGIC) :]
        if not head.startswith(MAGIC) or len(nonce) < NONCE_BYTES:
            raise RequestRefused(422, "handover_unreadable")
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(their_public))
            key = HKDF(SHA256(), KEY_BYTES, their_public + self._public, INFO).derive(shared)
            return AESGCM(key).decrypt(nonce, sealed[_HEAD + NONCE_BYTES :], head)
        except (InvalidTag, ValueError) as error:
            raise RequestRefused(422, "handover_unreadable") from error

    def _derived(self, purpose: bytes, *about: str) -> bytes:
        parts = (hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest() for part in about)
        return hmac.digest(self._secret, b"\0".join((purpose, *parts)), "sha256")
