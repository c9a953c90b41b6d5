"""One file to the server in pieces, after tus 1.0 (docs/api.md, /sync/v1/files)."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agent_desktop.errors import AnswerGarbled
from agent_desktop.sync.client import ServerClient

FILES: Final = "/sync/v1/files"
_VERSION: Final = {"Tus-Resumable": "1.0.0"}


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the server takes the pieces, and how many bytes it has."""

    place: str
    offset: int


class FileTransfer:
    """Raises as every request; ServerRefused says why a piece was not taken (`code`)."""

    def __init__(self, client: ServerClient) -> None:
        self._client = client

    def begin(self, sha256: str, length: int, said: Mapping[str, str]) -> Begun:
        """Announces a file, or finds the one with this hash again."""
        told = {"sha256": sha256, **said}
        pairs = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
        headers = {**_VERSION, "Upload-Length": str(length), "Upload-Metadata": pairs}
        answer = self._client.headers_of("POST", FILES, headers)
        place = answer.get("location", "")
        if not place.startswith(FILES + "/"):
            raise AnswerGarbled(self._client.address, "a place for a file that is none")
        return Begun(place, self._offset_in(answer, length))

    def offset(self, place: str, length: int) -> int:
        return self._offset_in(self._client.headers_of("HEAD", place, _VERSION), length)

    def send(self, place: str, offset: int, piece: bytes, length: int) -> int:
        """How many bytes the server has then; those are on its disk."""
        digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            **_VERSION,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
        }
        return self._offset_in(self._client.headers_of("PATCH", place, headers, piece), length)

    def _offset_in(self, answer: Mapping[str, str], length: int) -> int:
        told = answer.get("upload-offset", "")
        if not told.isascii() or not told.isdigit() or len(told) > 15 or int(told) > length:
            raise AnswerGarbled(self._client.address, "an offset that is none")
        return int(told)
