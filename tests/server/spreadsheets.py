"""Workbooks as other programs write them, and as an attacker does."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl

NAMESPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def a_workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """Saved by a spreadsheet program; a sheet for each name."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def a_raw_workbook(path: Path, sheet: str, before: str = "", texts: str = "") -> Path:
    """One sheet "S" of this XML: what stands between `<worksheet>` and its end. `before` stands before the root;
    `texts` are the shared ones."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    override = '<Override PartName="{}" ContentType="{}.{}+xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        types = override.format("/xl/workbook.xml", SHEET, "sheet.main")
        types += override.format("/xl/worksheets/sheet1.xml", SHEET, "worksheet")
        relation = (
            f'<Default Extension="rels" ContentType="{"application/vnd.openxmlformats-package.relationships+xml"}"/>'
        )
        parts.writestr("[Content_Types].xml", f'{head}<Types xmlns="{PACKAGE}/content-types">{relation}{types}</Types>')
        parts.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        shared = f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        relations = _relation("worksheet", "worksheets/sheet1.xml", shared if texts else "")
        parts.writestr("xl/_rels/workbook.xml.rels", relations)
        if texts:
            parts.writestr("xl/sharedStrings.xml", f'{head}<sst xmlns="{NAMESPACE}">{texts}</sst>')
        book = f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}">'
        named = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        parts.writestr("xl/workbook.xml", f"{head}{book}{named}")
        root = f'<worksheet xmlns="{NAMESPACE}">{sheet}</worksheet>'
        parts.writestr("xl/worksheets/sheet1.xml", f"{head}{before}{root}")
    return path


def a_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _relation(kind: str, target: str, more: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"/>{more}</Relationships>'
    )
