"""A table as PDF (ISO 32000-1), on sheets of A4, written by hand: texts only, with nothing in it that runs.

Chinese is set in a font that readers have (Adobe-GB1, §9.7.5.2), Latin in Helvetica: a file is small, and whoever
writes it needs no font (decision 0025).
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

WIDE, HIGH, EDGE = 842, 595, 34
"""A sheet, lying, in points, and its margins."""
SIZE, LINE, PAD = 7.5, 12.5, 4.0
TITLE_SIZE: Final = 13.0
HEAD_LINES: Final = 4
WIDEST, LEAST = 150.0, 22.0
"""Of a column."""
LATIN, CHINESE = "F1", "F2"
_WIDTHS: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
    "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
HELVETICA: Final = {chr(32 + n): int(width) for n, width in enumerate(_WIDTHS.split())}
"""Thousandths of its size, from Adobe's metrics of the font."""
_OTHER: Final = {"\u2014": 1000, "\u2013": 556, "\u00b7": 278, "\u00f7": 584, "\u00d7": 584}
_LATIN_FONT: Final = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_CHINESE_FONT: Final = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts["
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Band:
    """Columns that stand on one sheet, each with its place and width."""

    columns: tuple[tuple[int, float, float], ...]


class PdfTable:
    """`numbers` are the columns that stand at the right of theirs; `keys` of the first ones stand on every sheet, where
    the table is wider than one. `mark` is at the foot of each sheet. Raises OSError."""

    def __init__(
        self, path: Path, title: str, by: str, at: datetime, mark: str, numbers: frozenset[int], keys: int
    ) -> None:
        self._path, self._title, self._by, self._at, self._mark = path, title, by, at, mark
        self._numbers, self._keys = numbers, keys
        self._head: Sequence[str] = ()
        self._rows: list[Sequence[str]] = []

    def head(self, titles: Sequence[str]) -> None:
        self._head = titles

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows += [[_plain(text) for text in row] for row in rows]

    def finish(self, about: Iterable[Sequence[str]]) -> None:
        sheets = [*self._sheets([_plain(": ".join(filter(None, line))) for line in about])]
        self._path.write_bytes(b"".join(_file(sheets, self._title, self._by, self._at, self._mark)))

    def _sheets(self, about: Sequence[str]) -> Iterator["_Sheet"]:
        sheet = _Sheet()
        top = sheet.write(self._title, EDGE, HIGH - EDGE - TITLE_SIZE, TITLE_SIZE) - 8
        for line in about[1:]:
            for piece in wrapped(line, WIDE - 2 * EDGE):
                top = sheet.write(piece, EDGE, top - SIZE, SIZE, is_quiet=True) - 3.5
        top -= 6
        for band in self._bands():
            heads = [_few(self._head[column], width) for column, _, width in band.columns]
            tall = max((len(lines) for lines in heads), default=1) * (SIZE + 2) + PAD
            waiting = list(self._rows)
            while True:
                if top - tall - LINE < EDGE:
                    yield sheet
                    sheet, top = _Sheet(), float(HIGH - EDGE)
                top = self._write_head(sheet, band, heads, top, tall)
                fit = max(1, int((top - EDGE) // LINE))
                for row in waiting[:fit]:
                    top = self._write_row(sheet, band, row, top)
                waiting = waiting[fit:]
                if not waiting:
                    break
                top = 0.0
            top -= LINE
        yield sheet

    def _write_head(
        self, sheet: "_Sheet", band: _Band, heads: Sequence[Sequence[str]], top: float, tall: float
    ) -> float:
        last = band.columns[-1]
        sheet.shade(EDGE, top - tall, last[1] + last[2] - EDGE, tall)
        for (column, left, width), lines in zip(band.columns, heads, strict=True):
            for n, line in enumerate(lines):
                self._put(sheet, line, column, left, width, top - PAD / 2 - (n + 1) * (SIZE + 2) + 2)
        return top - tall

    def _write_row(self, sheet: "_Sheet", band: _Band, row: Sequence[str], top: float) -> float:
        for column, left, width in band.columns:
            self._put(sheet, _cut(row[column], width - PAD), column, left, width, top - LINE + 4)
        last = band.columns[-1]
        sheet.rule(EDGE, top - LINE, last[1] + last[2])
        return top - LINE

    def _put(self, sheet: "_Sheet", text: str, column: int, left: float, width: float, y: float) -> None:
        at = left + width - PAD / 2 - measured(text) if column in self._numbers else left + PAD / 2
        sheet.write(text, at, y, SIZE)

    def _bands(self) -> Iterator[_Band]:
        """As many columns as a sheet has room for; the first ones are on each."""
        widths = [self._width(column) for column in range(len(self._head))]
        keys = widths[: self._keys]
        room = WIDE - 2 * EDGE - sum(keys)
        rest, some, used = range(self._keys, len(widths)), list[int](), 0.0
        for column in rest:
            if some and used + widths[column] > room:
                yield _placed([*range(self._keys), *some], widths)
                some, used = [], 0.0
            some.append(column)
            used += widths[column]
        yield _placed([*range(self._keys), *some], widths)

    def _width(self, column: int) -> float:
        cells = max((measured(row[column]) for row in self._rows), default=0.0)
        words = max((measured(word) for word in self._head[column].split()), default=0.0)
        is_chinese = not self._head[column].isascii()
        head = min(words, 4 * SIZE) if is_chinese else words
        return min(WIDEST, max(LEAST, cells, head) + PAD)


class _Sheet:
    """What is drawn on one page."""

    def __init__(self) -> None:
        self.drawn: list[bytes] = []

    def write(self, text: str, x: float, y: float, size: float, *, is_quiet: bool = False) -> float:
        """Where it stands, for what comes beneath."""
        runs = b" ".join(_shown(font, run, size) for font, run in _runs(text))
        grey = b"0.35 g " if is_quiet else b"0 g "
        self.drawn.append(b"BT %b1 0 0 1 %.2f %.2f Tm %b ET" % (grey, x, y, runs))
        return y

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        self.drawn.append(b"0.93 g %.2f %.2f %.2f %.2f re f" % (x, y, width, height))

    def rule(self, x: float, y: float, right: float) -> None:
        self.drawn.append(b"0.85 G 0.4 w %.2f %.2f m %.2f %.2f l S" % (x, y, right, y))


def measured(text: str, size: float = SIZE) -> float:
    return sum(_wide(sign) for sign in text) * size / 1000


def wrapped(text: str, room: float) -> list[str]:
    """In lines of that width, broken between words, or anywhere where there are none."""
    lines, line = [], ""
    for part in re.findall(r"[\u0021-\u2e7f]+|\s|.", text):
        if line and measured(line + part) > room:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    return [*lines, line.rstrip()]


def _few(title: str, width: float) -> list[str]:
    return [_cut(line, width) for line in wrapped(title, width - PAD)[:HEAD_LINES]]


def _cut(text: str, room: float) -> str:
    if measured(text) <= room:
        return text
    while text and measured(text + "\u2026") > room:
        text = text[:-1]
    return text + "\u2026"


def _placed(columns: Sequence[int], widths: Sequence[float]) -> _Band:
    left, found = float(EDGE), []
    for column in columns:
        found.append((column, left, widths[column]))
        left += widths[column]
    return _Band(tuple(found))


def _plain(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)


def _is_latin(sign: str) -> bool:
    return sign in HELVETICA or sign in _OTHER or "\xa0" <= sign <= "\xff"


def _wide(sign: str) -> int:
    return HELVETICA.get(sign, _OTHER.get(sign, 556)) if _is_latin(sign) else 1000


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for is_latin, signs in groupby(text, _is_latin):
        yield (LATIN if is_latin else CHINESE), "".join(signs)


def _shown(font: str, run: str, size: float) -> bytes:
    code = run.encode("cp1252", "replace") if font == LATIN else run.encode("utf-16-be")
    return b"/%b %.2f Tf <%b> Tj" % (font.encode(), size, code.hex().encode())


def _text(text: str) -> str:
    """As a string of the document, in UTF-16."""
    return f"<{(chr(0xFEFF) + _plain(text)).encode('utf-16-be').hex()}>"


def _file(sheets: Sequence[_Sheet], title: str, by: str, at: datetime, mark: str) -> Iterator[bytes]:
    """Objects: catalogue, pages, what the file is, two fonts, then each sheet with what is drawn on it."""
    first, count = 6, len(sheets)
    stamp = f"{at.astimezone(UTC):D:%Y%m%d%H%M%SZ}"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{' '.join(f'{first + 2 * n} 0 R' for n in range(count))}]>>".encode(),
        f"<</Title{_text(title)}/Author{_text(by)}/CreationDate({stamp})/Producer(Agent Desktop)>>".encode(),
        _LATIN_FONT.encode(),
        _CHINESE_FONT.encode(),
    ]
    for n, sheet in enumerate(sheets):
        number = f"{n + 1} / {count}"
        sheet.write(_cut(_plain(mark), WIDE / 2), EDGE, EDGE - 16, SIZE, is_quiet=True)
        sheet.write(number, WIDE - EDGE - measured(number), EDGE - 16, SIZE, is_quiet=True)
        drawn = zlib.compress(b"\n".join(sheet.drawn), 6)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Contents {first + 2 * n + 1} 0 R"
            f"/Resources<</Font<</{LATIN} 4 0 R/{CHINESE} 5 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(drawn), drawn))
    yield (head := b"%PDF-1.5\n%\xe4\xb8\xad\xe6\x96\x87\n")
    at_byte, places = len(head), []
    for n, one in enumerate(objects, start=1):
        whole = b"%d 0 obj\n%b\nendobj\n" % (n, one)
        places.append(at_byte)
        at_byte += len(whole)
        yield whole
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    yield b"".join(b"%010d 00000 n \n" % place for place in places)
    yield b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at_byte)
