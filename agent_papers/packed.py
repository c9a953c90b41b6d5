"""Documents that are packed folders (DOCX, XLSX): weighed before anything opens them."""

import re
import zipfile
from pathlib import Path
from typing import Final

from agent_papers.paper import LARGEST_PACKED, LARGEST_UNPACKED, STEEPEST, BadPaper, PaperWrong

_MOST_PARTS: Final = 5_000
_SUSPECT_FROM: Final = 8 * 1024 * 1024
_DECLARED: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_READ_AT_ONCE: Final = 1 << 20


def weigh(path: Path, left: int = LARGEST_UNPACKED) -> int:
    """The bytes that it unpacks to. Raises BadPaper for what is too large, comes to more than is `left`, grows too
    much, is damaged, or whose XML declares entities."""
    size = path.stat().st_size
    if size > LARGEST_PACKED:
        raise BadPaper(PaperWrong.TOO_LARGE)
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS:
                raise BadPaper(PaperWrong.HOSTILE)
            total = 0
            for part in parts:
                total += _weigh_part(packed, part, left - total)
            if total > _SUSPECT_FROM and total > STEEPEST * max(size, 1):
                raise BadPaper(PaperWrong.HOSTILE)
            return total
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadPaper(PaperWrong.DAMAGED) from error


def _weigh_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """How large it really is: what it says of itself may be a lie."""
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    size, before = 0, b""
    with packed.open(part) as opened:
        while piece := opened.read(_READ_AT_ONCE):
            size += len(piece)
            grows = size > _SUSPECT_FROM and size > STEEPEST * max(part.compress_size, 1)
            if grows:
                raise BadPaper(PaperWrong.HOSTILE)
            if size > left:
                raise BadPaper(PaperWrong.TOO_MUCH)
            if is_xml and _DECLARED.search(before[-32:] + piece.replace(b"\0", b"")):
                raise BadPaper(PaperWrong.HOSTILE)
            before = piece
    return size
