"""The bytes of the files of articles below the home folder, sealed with what follows from the server's secret.

    files/articles/XX/ID

A file is what its bytes say, so it is written once, whoever brings it, and never changed. What counts is said by the
rows: a file that none of them has is only litter.
"""

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent_server.file_store import FOLDER

INFO: Final = b"agent-server files of articles 1"
NONCE_BYTES: Final = 12


class FileLost(Exception):
    """It is not there, or not as it was written."""


class ArticleStore:
    """Several processes may share the folder."""

    def __init__(self, home: Path, secret: str) -> None:
        self._home = home
        self._cipher = AESGCM(HKDF(SHA256(), 32, None, INFO).derive(secret.encode()))

    def put(self, file_id: str, content: bytes) -> None:
        """On the disk when this returns. Raises OSError."""
        path = _path(self._home, file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        nonce = os.urandom(NONCE_BYTES)
        beside = path.with_name(f"{file_id}-{nonce.hex()}")
        try:
            with open(beside, "xb", opener=_for_the_owner) as file:
                file.write(nonce + self._cipher.encrypt(nonce, content, file_id.encode()))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def content(self, file_id: str) -> bytes:
        """Raises FileLost."""
        try:
            sealed = _path(self._home, file_id).read_bytes()
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], file_id.encode())
        except (OSError, InvalidTag, ValueError) as error:
            raise FileLost(file_id) from error

    def has(self, file_id: str) -> bool:
        return _path(self._home, file_id).exists()


def drop(home: Path, file_id: str) -> None:
    """Raises OSError for one that cannot be removed."""
    _path(home, file_id).unlink(missing_ok=True)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _path(home: Path, file_id: str) -> Path:
    return home / FOLDER / "articles" / file_id[:2] / file_id
