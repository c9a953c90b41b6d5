"""The text of a file in one of the encodings that documents are written in here."""

import codecs
from pathlib import Path
from typing import Final

from agent_papers.paper import LARGEST_TEXT, BadPaper, PaperWrong

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON_SHARE: Final = 0.7
"""Of the hanzi of a Chinese text at least so many are in GB 2312; what another encoding is mistaken for is not."""


def read_text(path: Path) -> str:
    """With lines that end as ours. Raises BadPaper."""
    if path.stat().st_size > LARGEST_TEXT:
        raise BadPaper(PaperWrong.TOO_LARGE)
    return decoded(path.read_bytes())


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030. Raises BadPaper."""
    said = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), None)
    if said is None and b"\0" in content:
        raise BadPaper(PaperWrong.NOT_TEXT)
    for encoding in (said,) if said else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _is_chinese(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise BadPaper(PaperWrong.UNKNOWN_ENCODING)


def _is_chinese(text: str) -> bool:
    hanzi = "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
    return bool(hanzi) and len(hanzi.encode("gb2312", "ignore")) // 2 >= _COMMON_SHARE * len(hanzi)
