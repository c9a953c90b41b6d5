"""Which encoding a text file is in, decided on the whole of it; lines that do not fit are marked, not guessed at."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from agent_papers.tables.sheet import BadFile

LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes."""
UTF_8, GB18030, UTF_16 = "utf-8", "gb18030", "utf-16"
ENCODINGS: Final = (UTF_8, GB18030, UTF_16)
BOMS: Final = ((b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16), (b"\xfe\xff", UTF_16))
WIDEST: Final = b"\xff\xfe\0\0"
"""UTF-32, which begins as UTF-16 does."""
SURE_FROM: Final = 12
"""So many signs beyond ASCII cannot be right in both encodings by chance."""
COMMON_SHARE: Final = 0.7
"""Of the hanzi of a Chinese text at least so many are in GB 2312; what another encoding is mistaken for is not."""
LOOKED_AT: Final = 2000


@dataclass(frozen=True, slots=True)
class Text:
    """A text file: how it is encoded, and how many lines it has."""

    path: Path
    encoding: str
    line_count: int

    def lines(self) -> Iterator[str]:
        """With their ends. A line that is not in the encoding comes with its bytes as surrogates. Raises BadFile."""
        if self.encoding == UTF_16:
            yield from _wide_lines(self.path)
            return
        with self.path.open("rb") as file:
            for number, line in enumerate(_lines(file)):
                plain = line.removeprefix(BOMS[0][0]) if number == 0 else line
                yield _decoded(plain, self.encoding)


def text_file(path: Path, encoding: str | None = None) -> Text:
    """`encoding` None: found out. Raises BadFile: encoding_unclear, unknown_encoding, not_text, line_too_long."""
    with path.open("rb") as file:
        start = file.read(4096)
        said = next((name for bom, name in BOMS if start.startswith(bom)), None)
        if start.startswith(WIDEST) or (said != UTF_16 and start.count(b"\0") * 10 > len(start)):
            raise BadFile("not_text")
        file.seek(0)
        found = said or encoding
        if found == UTF_16:
            return Text(path, UTF_16, sum(1 for _ in _wide_lines(path)))
        seen = _count(file)
    return Text(path, found or _decide(seen), seen.lines)


@dataclass(slots=True)
class _Seen:
    """Lines: all, those beyond ASCII, and how many of those each encoding could be."""

    lines: int = 0
    beyond: int = 0
    utf_8: int = 0
    gb18030: int = 0
    signs: int = 0
    has_long_sign: bool = False
    has_pair: bool = False
    hanzi: int = 0
    common: int = 0


def _count(file: BinaryIO) -> _Seen:
    seen = _Seen()
    for line in _lines(file):
        seen.lines += 1
        if line.isascii():
            continue
        seen.beyond += 1
        if (text := _read(line, UTF_8)) is not None:
            seen.utf_8 += 1
            seen.has_long_sign |= max(line) >= 0xE0
            if seen.signs < SURE_FROM:
                seen.signs += sum(not sign.isascii() for sign in text)
                seen.has_pair |= any(not a.isascii() and not b.isascii() for a, b in itertools.pairwise(text))
        if (text := _read(line, GB18030)) is not None:
            seen.gb18030 += 1
            if seen.gb18030 <= LOOKED_AT:
                hanzi = "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
                seen.hanzi += len(hanzi)
                seen.common += len(hanzi.encode("gb2312", "ignore")) // 2
    return seen


def _decide(seen: _Seen) -> str:
    if seen.utf_8 == seen.beyond:
        may_be_either = seen.beyond == seen.gb18030 and seen.has_pair and not seen.has_long_sign
        if may_be_either and seen.signs < SURE_FROM:
            raise BadFile("encoding_unclear")
        return UTF_8
    if seen.utf_8 * 2 >= seen.beyond:
        return UTF_8
    if seen.gb18030 * 2 < seen.beyond or seen.common < COMMON_SHARE * seen.hanzi:
        raise BadFile("unknown_encoding")
    return GB18030


def _decoded(line: bytes, encoding: str) -> str:
    if line.isascii():
        return line.decode("ascii")
    is_other = encoding == GB18030 and max(line) >= 0xE0 and _read(line, UTF_8) is not None
    text = None if is_other else _read(line, encoding)
    return line.decode("ascii", "surrogateescape") if text is None else text


def readable(text: str) -> str:
    """Text with marked bytes, as a person can read it: in whichever encoding those bytes are."""
    if not is_marked(text):
        return text
    line = text.encode("utf-8", "surrogateescape")
    found = (_read(line, encoding) for encoding in (UTF_8, GB18030))
    return next((read for read in found if read is not None), line.decode("utf-8", "replace"))


def is_marked(text: str) -> bool:
    """Whether there are bytes in it that are not in the file's encoding."""
    return not text.isascii() and any("\udc80" <= sign <= "\udcff" for sign in text)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise BadFile("line_too_long")
        yield line


def _wide_lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding=UTF_16, newline="") as file:
            while line := file.readline(LONGEST_LINE):
                if len(line) == LONGEST_LINE:
                    raise BadFile("line_too_long")
                yield line
    except UnicodeError as error:
        raise BadFile("unknown_encoding") from error


def _read(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
