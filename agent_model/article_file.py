"""A picture or another file of articles: known by its bytes, named in their text as `kb-file:ID`."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

SCHEME: Final = "kb-file"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
PLAIN: Final = "text/plain"
PICTURES: Final = frozenset({PNG, JPEG, "image/gif", "image/webp"})
"""What is shown in the text; anything else is a link."""
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
ENDINGS: Final[Mapping[str, str]] = {
    PNG: ".png",
    JPEG: ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    PLAIN: ".txt",
}
"""The kinds that there are, and how a file of each is called, so that no other program opens it."""
MOST_FILES: Final = 60
"""Files that one article names."""
WIDEST_PX: Final = 1600
"""A picture that is wider or higher is made smaller before it is sent."""
_ID_SIGNS: Final = 32
_NAMED: Final = re.compile(rf"{SCHEME}:([0-9a-f]{{{_ID_SIGNS}}})(?![0-9a-f])")
_IS_ID: Final = re.compile(rf"[0-9a-f]{{{_ID_SIGNS}}}")
_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_PARTS: Final = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
)


class FileState(StrEnum):
    """COMING: an article names it and the server has not got it; SCANNING: it has, and looks for viruses. NOT_SCANNED:
    nobody looked, for the site has no scanner."""

    COMING = "coming"
    SCANNING = "scanning"
    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """`named_by` are the articles that agents have and that name it: while it `is_live`, there are some, and everybody
    holds it, else only those who write. `found` is the virus in one that is infected."""

    id: str
    media_type: str = ""
    size: int = 0
    state: FileState = FileState.COMING
    found: str | None = None
    added_by: str | None = None
    added_at: datetime | None = None
    named_by: tuple[str, ...] = ()
    is_live: bool = False
    version: int = 0

    def is_given(self, *, opens_unscanned: bool) -> bool:
        """Whether the server gives it to who may read the article."""
        return self.state is FileState.CLEAN or (self.state is FileState.NOT_SCANNED and opens_unscanned)


def id_of(content: bytes) -> str:
    """The same bytes are the same file, whoever brings them."""
    return hashlib.sha256(content).hexdigest()[:_ID_SIGNS]


def is_id(text: str) -> bool:
    return _IS_ID.fullmatch(text) is not None


def named_in(body: str) -> frozenset[str]:
    """The files that a text names, as a picture or as a link."""
    return frozenset(_NAMED.findall(body))


def kind_of(content: bytes) -> str | None:
    """Its media type, by its bytes alone; None for one that no article has: programs, macros, pages, SVG."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return PLAIN if _is_text(content) else None


def _packed(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _PARTS if part in names), "application/zip")


def _is_text(content: bytes) -> bool:
    if b"\0" in content or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"#!", b"MZ")):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return bool(content)
    return False
