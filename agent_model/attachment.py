"""A file that belongs to a ticket: what is known of it, while its bytes are on the way and after."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

AttachmentId = NewType("AttachmentId", str)
SHA256: Final = re.compile(r"[0-9a-f]{64}")
LONGEST_NAME: Final = 200


class AttachmentState(StrEnum):
    """COMING: the server has not all of it; SCANNING: it has, and looks for viruses. NOT_SCANNED: nobody looked, for
    the site has no scanner."""

    COMING = "coming"
    SCANNING = "scanning"
    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Attachment:
    """`size` is in bytes as the file was attached; `file` is the SHA-256 of its sealed bytes, by which they are found.
    The server says the `state`, and what was `found` in one that is infected."""

    id: AttachmentId
    name: str
    media_type: str
    size: int
    file: str
    added_by: str
    added_at: datetime
    state: AttachmentState = AttachmentState.COMING
    found: str | None = None


def is_name(name: str) -> bool:
    """Whether it names a file and no way to another folder."""
    is_plain = not any(sign in '/\\:*?"<>|' or ord(sign) < 32 for sign in name)
    return 0 < len(name.strip()) <= LONGEST_NAME and is_plain and name.strip(". ") != ""
