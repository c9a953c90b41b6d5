"""A workbook (XLSX, ECMA-376) written row by row: texts only, so that nothing in it is ever a formula.

By hand rather than with openpyxl, which the server reads with: 100,000 rows take it four times as long and 30 MB more
(decision 0018).
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_SIGNS: Final = 32_767
"""Of one cell, as Excel has it."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>'
)


class Workbook:
    """Two sheets: `title` with the rows, and `about` which says where they are from; `by` and `at` are in the file's
    properties, `mark` stands at the foot of each printed page, if there is one. Raises OSError."""

    def __init__(self, path: Path, title: str, about_title: str, by: str, at: datetime, mark: str) -> None:
        self._about_title = about_title
        self._mark = mark
        self._file = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                ("officeDocument", "xl/workbook.xml"),
                ("metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": _properties(title, by, at, mark),
            "xl/workbook.xml": _book(title, about_title),
            "xl/_rels/workbook.xml.rels": _relations(
                ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("styles", "styles.xml")
            ),
            "xl/styles.xml": _STYLES,
        }
        for name, text in parts.items():
            self._file.writestr(name, _HEAD + text)
        self._sheet = self._file.open("xl/worksheets/sheet1.xml", "w")
        self._sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN}<sheetData>'.encode())

    def head(self, titles: Sequence[str]) -> None:
        self._sheet.write(_row(titles, is_bold=True).encode())

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        self._sheet.write("".join(_row(row, is_bold=False) for row in rows).encode())

    def finish(self, about: Iterable[Sequence[str]]) -> None:
        self._sheet.write(f"</sheetData>{_foot(self._mark)}</worksheet>".encode())
        self._sheet.close()
        lines = "".join(_row(row, is_bold=False) for row in about)
        text = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{_foot(self._mark)}</worksheet>'
        self._file.writestr("xl/worksheets/sheet2.xml", text)
        self._file.close()

    def break_off(self) -> None:
        self._sheet.close()
        self._file.close()


_FROZEN: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def _row(cells: Sequence[str], *, is_bold: bool) -> str:
    style = ' s="1"' if is_bold else ' s="0"'
    return f"<row>{''.join(_cell(text, style) for text in cells)}</row>"


def _cell(text: str, style: str) -> str:
    if not text:
        return "<c/>"
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{_plain(text)}</t></is></c>'


def _plain(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text[:MOST_SIGNS]))


def _foot(mark: str) -> str:
    if not mark:
        return ""
    return f"<headerFooter><oddFooter>{_plain('&C' + mark.replace('&', '&&')[:200])}</oddFooter></headerFooter>"


def _content_types() -> str:
    parts = (
        ("xl/workbook.xml", _TYPES + "sheet.main+xml"),
        ("xl/worksheets/sheet1.xml", _TYPES + "worksheet+xml"),
        ("xl/worksheets/sheet2.xml", _TYPES + "worksheet+xml"),
        ("xl/styles.xml", _TYPES + "styles+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    told = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{package if kind.startswith("metadata") else _OFFICE}/{kind}" '
        f'Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>'


def _book(*titles: str) -> str:
    sheets = "".join(
        f'<sheet name={_quoted(title)} sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _quoted(title: str) -> str:
    """As the name of a sheet: 31 signs, and none of those that Excel does not take."""
    return '"' + _plain(re.sub(r"[\[\]:*?/\\]", " ", title)[:31]).replace('"', "&quot;") + '"'


def _properties(title: str, by: str, at: datetime, mark: str) -> str:
    stamp = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_plain(title)}</dc:title><dc:creator>{_plain(by)}</dc:creator>"
        f"<dc:description>{_plain(mark)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created></cp:coreProperties>'
    )
