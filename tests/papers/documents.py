"""Documents made for tests: Word files and workbooks, as the programs of offices write them, and hostile ones."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import openpyxl

_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, *paragraphs: tuple[str, str], head: str = "") -> Path:
    """Paragraphs as (style, text); an empty style is plain text."""
    said = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    document = f'{head}<w:document xmlns:w="{_W}"><w:body>{said}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONS)
        packed.writestr("word/document.xml", document)
    return path


def word_with_picture(path: Path, words: str, picture: bytes) -> Path:
    """A paragraph, and beneath it a picture that shows a lamp."""
    a, r = "http://schemas.openxmlformats.org/drawingml/2006", "http://schemas.openxmlformats.org/officeDocument/2006"
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{a}/wordprocessingDrawing"><wp:docPr id="1" name="p" descr="a lamp"/>'
        f'<a:graphic xmlns:a="{a}/main"><a:graphicData uri="{a}/picture">'
        f'<pic:pic xmlns:pic="{a}/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{r}/relationships" r:embed="rId7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    document = (
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
        f"<w:p><w:r>{drawing}</w:r></w:p></w:body></w:document>"
    )
    relations = _RELATIONS.replace("rId1", "rId7").replace('/officeDocument"', '/image"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            _TYPES.replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override'),
        )
        packed.writestr("_rels/.rels", _RELATIONS)
        packed.writestr("word/document.xml", document)
        packed.writestr("word/_rels/document.xml.rels", relations.replace("word/document.xml", "media/lamp.png"))
        packed.writestr("word/media/lamp.png", picture)
    return path


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def bomb(path: Path) -> Path:
    """A few kilobytes that unpack to a third of a gigabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(320):
            part.write(b"\0" * (1 << 20))
    return path
