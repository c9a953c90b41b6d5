"""Tables as people really have them: whatever wrote the file, it is read for sure or refused with a sentence."""

import itertools
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from agent_model.phone_number import DialPlan
from agent_model.table_import import ImportWishes
from agent_papers.tables.sheet import BadFile, Fault, Row
from agent_server.importing.cells import House
from agent_server.importing.directory import Directory
from agent_server.importing.drafting import BadRow, Draft, Drafting
from agent_server.importing.fields import CUSTOMERS
from agent_server.importing.mapping import layout_of
from agent_server.importing.sentences import FILES, LANGUAGES, ROWS, of_faults, of_file
from agent_server.importing.table_file import open_table
from tests.server.spreadsheets import a_cell, a_raw_workbook, a_workbook

HOUSE = House(DialPlan(), ZoneInfo("Asia/Shanghai"), Directory({"segment": {"home": frozenset({"home"})}}))
HEADINGS = "客户编号,姓名,手机,客群"
GOOD = "X1,王小明,13812345678,home"


def rows_of(path: Path, **said: Any) -> list[Row]:
    return list(open_table(path, CUSTOMERS, ImportWishes(**said)).rows())


def drafts_of(path: Path, **said: Any) -> list[Draft | BadRow]:
    wishes = ImportWishes(**said)
    sheet = open_table(path, CUSTOMERS, wishes)
    layout = layout_of(sheet, CUSTOMERS, wishes)
    layout.require_whole()
    return list(Drafting(sheet, layout, HOUSE))


def only(path: Path, **said: Any) -> dict[str, Any]:
    draft = drafts_of(path, **said)[-1]
    assert isinstance(draft, Draft), draft
    return draft.told


def wrong_with(path: Path, **said: Any) -> list[str]:
    bad = drafts_of(path, **said)[-1]
    assert isinstance(bad, BadRow), bad
    return [fault.code for fault in bad.faults]


def refused(path: Path, **said: Any) -> str:
    with pytest.raises(BadFile) as bad:
        drafts_of(path, **said)
    assert of_file(bad.value, "en")
    return bad.value.code


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str | bytes, encoding: str = "utf-8", name: str = "t.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


Write = Callable[..., Path]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_encoding_and_delimiter_are_found_out(written: Write, encoding: str, delimiter: str) -> None:
    text = f"{HEADINGS}\r\n{GOOD}\r\n".replace(",", delimiter)
    assert only(written(text, encoding)) == {
        "id": "X1",
        "name": "王小明",
        "phones": ["+8613812345678"],
        "segment": "home",
    }


def test_excels_own_first_line_names_the_delimiter(written: Write) -> None:
    rows = drafts_of(written(f"sep=;\r\n{HEADINGS}\r\n{GOOD}\r\n".replace(",", ";")))
    assert [row.number for row in rows] == [3]


def test_every_common_hanzi_is_read_whichever_encoding_it_is_in(written: Write) -> None:
    codes = itertools.product(range(0xB0, 0xD7), range(0xA1, 0xFF))
    hanzi = [bytes(code).decode("gb2312") for code in codes]
    chance = random.Random(20261122)
    names = ["".join(chance.sample(hanzi, 3)) for _ in range(300)]
    text = "id,name,segment\n" + "".join(f"X{number},{name},home\n" for number, name in enumerate(names))
    for encoding in ("utf-8", "gb18030"):
        read = drafts_of(written(text, encoding, f"{encoding}.csv"))
        assert [row.told["name"] for row in read if isinstance(row, Draft)] == names


def test_text_that_may_be_either_encoding_is_asked_about(written: Write) -> None:
    path = written("id,name,segment\nX1,\u00c4\u00e4,home\n".encode())
    assert refused(path) == "encoding_unclear"
    assert only(path, encoding="utf-8")["name"] == "Ää"


def test_name_with_an_accent_is_not_asked_about(written: Write) -> None:
    assert only(written("id,name,segment\nX1,José Muñoz,home\n"))["name"] == "José Muñoz"


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "cp1252"])
def test_other_encodings_are_refused_and_not_turned_into_nonsense(written: Write, encoding: str) -> None:
    text = {"big5": "張國榮與鄧麗君讀書寫字", "shift_jis": "こんにちは、お元気ですか", "cp1252": "Müller, Peña,é"}[
        encoding
    ]
    path = written(b"id,name,segment\n" + b"".join(f"X{n},{text},home\n".encode(encoding) for n in range(9)))
    assert refused(path) == "unknown_encoding"


def test_one_row_in_another_encoding_is_named_and_read_for_mending(written: Write) -> None:
    lines = [f"X{n},王小明,13812345678,home\n".encode("gb18030") for n in range(5)]
    lines[3] = "X3,李四光,13912345678,home\n".encode()
    read = drafts_of(written(f"{HEADINGS}\n".encode("gb18030") + b"".join(lines)))

    bad = [row for row in read if isinstance(row, BadRow)]
    assert [(row.number, row.faults[0].code) for row in bad] == [(5, "other_encoding")]
    assert bad[0].cells[1] == "李四光"
    assert len(read) == 5


def test_one_bad_byte_spoils_one_row(written: Write) -> None:
    text = f"{HEADINGS}\n" + "".join(f"X{n},王小明,13812345678,home\n" for n in range(5))
    path = written(text.encode().replace("X2,王".encode(), b"X2,\xff"))
    assert [(row.number, isinstance(row, Draft)) for row in drafts_of(path)] == [
        (2, True),
        (3, True),
        (4, False),
        (5, True),
        (6, True),
    ]


def test_quoted_cells_hold_newlines_quotes_and_delimiters(written: Write) -> None:
    told = drafts_of(written(f'{HEADINGS},备注\n{GOOD},"一,""二""\n三"\nX2,李四,,home,\n'))
    assert isinstance(told[0], Draft)
    assert told[0].told["note"] == '一,"二"\n三'
    assert told[1].number == 3


def test_quote_that_never_ends_takes_no_row_along_unsaid(written: Write) -> None:
    text = f'{HEADINGS}\n{GOOD}\nX2,"李四,13912345678,home\nX3,赵五,13712345678,home\n'
    read = drafts_of(written(text))
    assert [(row.number, isinstance(row, Draft)) for row in read] == [(2, True), (3, False), (4, False)]
    assert read[1].cells == ["X2", '"李四', "13912345678", "home"]


def test_nul_is_named_and_goes_nowhere(written: Write) -> None:
    assert wrong_with(written(f"{HEADINGS}\nX1,王\0小明,,home\n")) == ["control_sign"]


def test_formula_in_a_cell_is_text(written: Write) -> None:
    assert only(written(f'{HEADINGS}\nX1,"=HYPERLINK(""http://x"")",,home\n'))["name"] == '=HYPERLINK("http://x")'


def test_picture_is_no_table(written: Write) -> None:
    assert refused(written(b"\x89PNG\r\n" + bytes(300))) == "not_text"


def test_text_in_four_bytes_a_sign_is_not_taken_for_two(written: Write) -> None:
    assert refused(written(f"{HEADINGS}\n{GOOD}\n", "utf-32")) == "not_text"


def test_empty_file_says_so(written: Write) -> None:
    assert refused(written("")) == "empty"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.38123E+10", "digits_lost"),
        ("abc", "no_phone_number"),
        ("138123456", "no_phone_number"),
        ("#N/A", "excel_error"),
    ],
)
def test_doubtful_number_is_refused(written: Write, cell: str, code: str) -> None:
    assert wrong_with(written(f"{HEADINGS}\nX1,王小明,{cell},home\n")) == [code]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13812345678.0", ["+8613812345678"]),
        ("０５７１－８８８８６６６６", ["+8657188886666"]),
        ("138 1234 5678；0571-88886666", ["+8613812345678", "+8657188886666"]),
        ("+86 138-1234-5678", ["+8613812345678"]),
    ],
)
def test_number_is_the_same_however_it_is_written(written: Write, cell: str, numbers: list[str]) -> None:
    assert only(written(f"{HEADINGS}\nX1,王小明,{cell},home\n"))["phones"] == numbers


@pytest.mark.parametrize(
    "cell", ["2024-02-29", "2024/2/29", "2024.2.29", "2024年2月29日", "20240229", "45351", "2024-02-29 00:00:00"]
)
def test_day_is_read_however_it_is_written(written: Write, cell: str) -> None:
    assert only(written(f"{HEADINGS},开户日期\n{GOOD},{cell}\n"))["since"] == "2024-02-29"


@pytest.mark.parametrize("cell", ["01/02/2024", "2024-02-30", "昨天", "24-2-1"])
def test_day_that_may_mean_two_is_refused(written: Write, cell: str) -> None:
    assert wrong_with(written(f"{HEADINGS},开户日期\n{GOOD},{cell}\n")) == ["no_day"]


def test_same_id_twice_is_said_with_the_other_row(written: Write) -> None:
    bad = drafts_of(written(f"{HEADINGS}\n{GOOD}\n{GOOD}\n"))[-1]
    assert isinstance(bad, BadRow)
    assert of_faults(bad.faults, "zh") == "客户编号：“X1”在第 2 行已经有了"


def test_everything_that_is_wrong_with_a_row_is_said_at_once(written: Write) -> None:
    assert wrong_with(written(f"{HEADINGS},邮箱\nX1,,abc,nowhere,x\n")) == [
        "missing",
        "no_phone_number",
        "not_there",
        "no_email",
    ]


def test_title_above_the_headings_is_passed_over_and_told(written: Write) -> None:
    path = written(f"2024年客户表,,,\n\n{HEADINGS}\n{GOOD}\n")
    layout = layout_of(open_table(path, CUSTOMERS, ImportWishes()), CUSTOMERS, ImportWishes())
    assert (layout.row, layout.above) == (3, ("1: 2024年客户表",))


def test_column_that_nobody_knows_is_not_dropped_unsaid(written: Write) -> None:
    path = written(f"{HEADINGS},积分\n{GOOD},88\n")
    assert refused(path) == "unknown_columns"
    assert "积分" not in only(path, columns={"积分": "-"})
    assert only(path, columns={"积分": "note"})["note"] == "88"


def test_two_columns_of_one_field_are_refused_and_several_phones_are_not(written: Write) -> None:
    assert refused(written(f"{HEADINGS},客户姓名\n{GOOD},王\n")) == "same_field"
    assert only(written(f"{HEADINGS},固话\n{GOOD},0571-88886666\n"))["phones"] == ["+8613812345678", "+8657188886666"]


def test_cell_without_a_heading_is_not_dropped_unsaid(written: Write) -> None:
    assert wrong_with(written(f"{HEADINGS}\n{GOOD},88\n")) == ["no_heading"]


def test_missing_column_is_asked_for_or_said_for_every_row(written: Write) -> None:
    path = written("客户编号,姓名\nX1,王小明\n")
    assert refused(path) == "missing_fields"
    assert only(path, constants={"segment": "home"})["segment"] == "home"


def test_workbook_keeps_digits_dates_and_zeros(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["客户编号", "姓名", "手机", "客群", "开户日期"])
    sheet.append([123, "王小明", 13812345678.0, "home", date(2024, 2, 29)])
    sheet["A2"].number_format = "00000"
    workbook.save(path)

    told = only(path)

    assert told["id"] == "00123"
    assert told["phones"] == ["+8613812345678"]
    assert told["since"] == "2024-02-29"


def test_workbook_number_that_lost_its_digits_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "name", "segment", "身份证号"], ["X1", "王", "home", 330106199001011234]]
    assert wrong_with(a_workbook(tmp_path / "t.xlsx", S=rows)) == ["digits_lost"]


def test_sheet_with_the_headings_is_taken_and_two_of_them_are_asked_about(tmp_path: Path) -> None:
    rows = [["id", "name", "segment"], ["X1", "王", "home"]]
    notes = [["说明"], ["请填写第二张表"]]
    assert only(a_workbook(tmp_path / "a.xlsx", 说明=notes, 客户=rows))["id"] == "X1"
    two = a_workbook(tmp_path / "b.xlsx", 一月=rows, 二月=[rows[0], ["X2", "李", "home"]])
    assert refused(two) == "several_sheets"
    assert only(two, sheet="二月")["id"] == "X2"
    assert refused(two, sheet="三月") == "no_such_sheet"


def test_hidden_sheet_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    for name, state in (("shown", "visible"), ("choices", "hidden")):
        sheet = workbook.create_sheet(name)
        sheet.append(["id", "name", "segment"])
        sheet.append([name, "王", "home"])
        sheet.sheet_state = state
    del workbook["Sheet"]
    workbook.save(path)

    assert only(path)["id"] == "shown"


def test_merged_cells_are_named_instead_of_read_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (["id", "name", "segment", "company"], ["X1", "王", "home", "海岚"], ["X2", "李", "home", None]):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    workbook.save(path)

    read = drafts_of(path)

    assert isinstance(read[0], Draft)
    assert isinstance(read[1], BadRow)
    assert [(fault.code, fault.column) for fault in read[1].faults] == [("merged", "company")]


def test_formula_with_its_result_is_read_and_one_without_is_named(tmp_path: Path) -> None:
    row = '<row r="{n}">{cells}<c r="C{n}"><f>"ho"&amp;"me"</f>{result}</c></row>'
    head = f'<row r="1">{a_cell("A1", "id")}{a_cell("B1", "name")}{a_cell("C1", "segment")}</row>'
    with_result = row.format(n=2, cells=a_cell("A2", "X1") + a_cell("B2", "a"), result="<v>home</v>").replace(
        '<c r="C2">', '<c r="C2" t="str">'
    )
    without = row.format(n=3, cells=a_cell("A3", "X2") + a_cell("B3", "b"), result="")
    read = drafts_of(a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData>{head}{with_result}{without}</sheetData>"))

    assert isinstance(read[0], Draft)
    assert read[0].told["segment"] == "home"
    assert isinstance(read[1], BadRow)
    assert [(fault.code, fault.column) for fault in read[1].faults] == [("uncalculated", "segment")]


def rewritten(path: Path, told: bytes, instead: bytes) -> Path:
    """The workbook as another program would have written it."""
    after = path.with_stem(f"{path.stem}-rewritten")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as parts:
        texts = {name: before.read(name) for name in before.namelist()}
        assert any(told in text for text in texts.values())
        for name, text in texts.items():
            parts.writestr(name, text.replace(told, instead))
    return after


def values_of(path: Path) -> list[list[Any]]:
    return [list(row.cells) for row in rows_of(path)]


def openpyxl_values(path: Path) -> list[list[Any]]:
    workbook = openpyxl.load_workbook(path, data_only=True)
    return [list(row) for row in workbook.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH], ids=["1900", "1904"])
def test_every_kind_of_cell_is_read_as_openpyxl_reads_it(tmp_path: Path, epoch: datetime) -> None:
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    workbook.epoch = epoch
    sheet = workbook.active
    sheet.append(["文字", "a < b & c", " 两边有空格 ", "两\n行", "_x_", 1, -2.5, 1e21, True, False])
    sheet.append([date(2024, 2, 29), datetime(2024, 2, 29, 8, 30), time(8, 30), timedelta(hours=30), "#N/A", None, 7])  # noqa: DTZ001 - as a spreadsheet has them
    sheet["C3"] = CellRichText("一", TextBlock(InlineFont(b=True), "二"), "三")
    sheet["F3"] = "远"
    workbook.save(path)

    read, expected = values_of(path), openpyxl_values(path)
    assert [row + [None] * (10 - len(row)) for row in read] == expected


def test_date_in_a_form_that_only_chinese_files_have_is_a_date(tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "name", "segment", "开户日期"], ["X1", "王", "home", date(2024, 2, 29)]]
    book = a_workbook(tmp_path / "t.xlsx", S=rows)
    workbook = openpyxl.load_workbook(book)
    workbook.active["D2"].number_format = "mm-dd-yy"
    workbook.save(book)
    path = rewritten(book, b'numFmtId="14"', b'numFmtId="31"')

    assert isinstance(rows_of(path)[1].cells[3], datetime)
    assert only(path)["since"] == "2024-02-29"


def test_cells_without_places_stand_one_after_the_other_and_readings_are_left_out(tmp_path: Path) -> None:
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("id", "name", "segment"))
    read_aloud = '<c t="inlineStr"><is><r><t>东</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウ</t></rPh></is></c>'
    row = f'<c t="inlineStr"><is><t>X1</t></is></c>{read_aloud}<c t="inlineStr"><is><t>home</t></is></c>'
    path = a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData><row>{head}</row><row>{row}</row></sheetData>")
    assert values_of(path)[1] == ["X1", "东京", "home"]


def test_shared_text_is_read_with_its_runs_and_without_its_reading_aid(tmp_path: Path) -> None:
    runs = '<r><t>东</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 京</t></r>'
    aloud = '<rPh sb="0" eb="1"><t>トウ</t></rPh><rPh sb="1" eb="2"><t>キョウ</t></rPh><phoneticPr fontId="1"/>'
    texts = f"<si><t>id</t></si><si>{runs}{aloud}</si><si/><si><t>一_x000D_</t></si>"
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    path = a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData><row>{cells}</row></sheetData>", texts=texts)
    assert values_of(path) == [["id", "东 京", "", "一\r"]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("一_x000D_\n二", "一\r\n二"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D_", "_xD83D_"),
        ("A_x12_B", "A_x12_B"),
    ],
    ids=["carriage return", "escaped itself", "half a sign", "no escape"],
)
def test_sign_that_a_workbook_spells_out_is_read_as_the_sign(tmp_path: Path, written: str, read: str) -> None:
    sheet = f'<sheetData><row r="1">{a_cell("A1", written)}</row></sheetData>'
    assert values_of(a_raw_workbook(tmp_path / "t.xlsx", sheet)) == [[read]]


def test_number_shown_with_zeros_has_them_however_it_is_stored(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "t.xlsx", S=[["id", "name", "segment"], [7, "王", "home"]])
    workbook = openpyxl.load_workbook(book)
    workbook.active["A2"].number_format = "00000"
    workbook.save(book)
    assert only(rewritten(book, b"<v>7</v>", b"<v>7.0</v>"))["id"] == "00007"
    assert wrong_with(rewritten(book, b"<v>7</v>", b"<v>7e15</v>")) == ["digits_lost"]
    assert wrong_with(rewritten(book, b"<v>7</v>", b"<v>7e999</v>")) == ["digits_lost"]


@pytest.mark.parametrize("told", ["13800138000.0", "1.3800138E10", "13800138000"])
def test_telephone_number_that_a_workbook_keeps_as_a_number_loses_no_digit(tmp_path: Path, told: str) -> None:
    book = a_workbook(tmp_path / "t.xlsx", S=[HEADINGS.split(","), ["X1", "王", 7, "home"]])
    assert only(rewritten(book, b"<v>7</v>", f"<v>{told}</v>".encode()))["phones"] == ["+8613800138000"]


@pytest.mark.parametrize(("epoch", "day"), [(WINDOWS_EPOCH, "2024-02-29"), (MAC_EPOCH, "2028-03-01")])
def test_date_that_lost_its_format_counts_from_where_the_workbook_does(
    tmp_path: Path, epoch: datetime, day: str
) -> None:
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    workbook.epoch = epoch
    workbook.active.append([*HEADINGS.split(","), "开户日期"])
    workbook.active.append([*GOOD.split(","), 45351])
    workbook.save(path)
    assert only(path)["since"] == day


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#SPILL!", "#CALC!", "#GETTING_DATA"])
def test_cell_with_an_error_is_named(tmp_path: Path, error: str) -> None:
    head = "".join(a_cell(f"{column}1", name) for column, name in zip("ABC", ("id", "name", "segment"), strict=True))
    row = f'{a_cell("A2", "X1")}<c r="B2" t="e"><f>1/0</f><v>{error}</v></c>{a_cell("C2", "home")}'
    sheet = f'<sheetData><row r="1">{head}</row><row r="2">{row}</row></sheetData>'
    assert wrong_with(a_raw_workbook(tmp_path / "t.xlsx", sheet)) == ["excel_error"]


def test_yes_and_no_of_a_workbook_are_read(tmp_path: Path) -> None:
    head: list[object] = ["id", "name", "segment", "已实名"]
    rows: list[list[object]] = [head, ["X1", "王", "home", True], ["X2", "李", "home", False]]
    drafts = drafts_of(a_workbook(tmp_path / "t.xlsx", S=rows))
    assert [draft.told["is_verified"] for draft in drafts if isinstance(draft, Draft)] == [True, False]


def test_empty_sheet_before_the_table_is_passed_over(tmp_path: Path) -> None:
    rows = [["id", "name", "segment"], ["X1", "王", "home"]]
    assert only(a_workbook(tmp_path / "t.xlsx", Sheet1=[], 客户=rows))["id"] == "X1"
    assert refused(a_workbook(tmp_path / "e.xlsx", Sheet1=[], Sheet2=[])) == "empty"


def test_workbook_of_the_strict_form_is_read(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "t.xlsx", S=[["id", "name", "segment"], ["X1", "王", "home"]])
    strict = rewritten(
        book,
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert only(strict)["id"] == "X1"


BUTTON = (
    '<controls xmlns:xdr="urn:drawing"><control shapeId="1"><controlPr><anchor><from><xdr:col>1</xdr:col>'
    "<xdr:row>7</xdr:row></from></anchor></controlPr></control></controls>"
)


def test_button_on_the_sheet_is_no_row_and_hides_no_merged_cells(tmp_path: Path) -> None:
    head = "".join(a_cell(f"{column}1", name) for column, name in zip("ABC", ("id", "name", "segment"), strict=True))
    rows = f'<row r="1">{head}</row><row r="2">{a_cell("A2", "X1")}{a_cell("B2", "王")}{a_cell("C2", "home")}</row>'
    rows += f'<row r="3">{a_cell("A3", "X2")}{a_cell("B3", "李")}</row>'
    below = f'<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>{BUTTON}'
    path = a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData>{rows}</sheetData>{below}")

    assert [row.number for row in rows_of(path)] == [1, 2, 3]
    assert wrong_with(path) == ["merged"]


def test_many_merged_cells_cost_no_more_than_they_are(tmp_path: Path) -> None:
    merged = "".join(f'<mergeCell ref="B{number}:B{number + 1}"/>' for number in range(2, 20_002, 2))
    rows = "".join(f'<row r="{number}">{a_cell(f"A{number}", "x")}</row>' for number in range(1, 20_002))
    path = a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>")
    began = process_time()
    assert sum(bool(row.faults) for row in rows_of(path)) == 10_000
    assert process_time() - began < 10


def test_merged_cells_over_each_other_are_damage(tmp_path: Path) -> None:
    row = f'<sheetData><row r="1">{a_cell("A1", "id")}</row></sheetData>'
    many = '<mergeCell ref="A1:A1048576"/>' * 2000
    assert refused(a_raw_workbook(tmp_path / "t.xlsx", f"{row}<mergeCells>{many}</mergeCells>")) == "damaged"
    nowhere = '<mergeCell ref="ABCDE1:ABCDF2"/>'
    assert refused(a_raw_workbook(tmp_path / "n.xlsx", f"{row}<mergeCells>{nowhere}</mergeCells>")) == "damaged"


def test_row_formats_down_to_the_last_row_are_no_rows(tmp_path: Path) -> None:
    head = "".join(a_cell(f"{column}1", name) for column, name in zip("ABC", ("id", "name", "segment"), strict=True))
    formats = "".join(f'<row r="{n}" ht="15.6" {" " * 900}customHeight="1"/>' for n in range(3, 20_000))
    row = f'<row r="1">{head}</row><row r="2">{a_cell("A2", "X1")}{a_cell("B2", "王")}{a_cell("C2", "home")}</row>'
    path = a_raw_workbook(tmp_path / "t.xlsx", f"<sheetData>{row}{formats}</sheetData>")
    assert only(path)["id"] == "X1"
    assert open_table(path, CUSTOMERS, ImportWishes()).row_count == 2


def test_list_of_sheets_beyond_measure_is_not_opened(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "t.xlsx", S=[["id", "name", "segment"], ["X1", "王", "home"]])
    assert refused(rewritten(book, b"<sheets>", b"<sheets>" + b" " * 20_000_000)) == "unpacks_too_large"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>9</v></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
        f'<c r="A1" t="inlineStr"><is><t>{"x" * 200_000}</t></is></c>',
        '<c r="A1"><v>twelve</v></c>',
        '<c r="a1"><v>1</v></c>',
        '<c r="ABCDEFGH1"><v>1</v></c>',
        '<c r="A1"><v>1</v>',
    ],
    ids=[
        "text that is not there",
        "columns in disorder",
        "text beyond measure",
        "no number",
        "no column",
        "a column beyond all",
        "not closed",
    ],
)
def test_sheet_that_is_none_is_damaged(tmp_path: Path, cell: str) -> None:
    sheet = f'<sheetData><row r="1">{cell}</row></sheetData>'
    assert refused(a_raw_workbook(tmp_path / "t.xlsx", sheet)) == "damaged"


@pytest.mark.parametrize("number", ["0", "-3", "1048577"])
def test_row_that_no_sheet_has_is_damage(tmp_path: Path, number: str) -> None:
    sheet = f'<sheetData><row r="{number}">{a_cell("A1", "id")}</row></sheetData>'
    assert refused(a_raw_workbook(tmp_path / "t.xlsx", sheet)) == "damaged"


def test_cell_far_to_the_right_takes_no_room(tmp_path: Path) -> None:
    head = "".join(a_cell(f"{column}1", name) for column, name in zip("ABC", ("id", "name", "segment"), strict=True))
    far = a_cell("A2", "X1") + a_cell("B2", "王") + a_cell("C2", "home") + a_cell("XFD2", "远")
    path = a_raw_workbook(tmp_path / "t.xlsx", f'<sheetData><row r="1">{head}</row><row r="2">{far}</row></sheetData>')
    assert len(values_of(path)[1]) == 3


def test_document_type_behind_a_long_remark_is_refused(tmp_path: Path) -> None:
    remark = f"<!--{'x' * 100_000}-->"
    laughs = f'{remark}<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    sheet = f'<sheetData><row r="1">{a_cell("A1", "&b;")}</row></sheetData>'
    assert refused(a_raw_workbook(tmp_path / "t.xlsx", sheet, before=laughs)) == "entities"


def test_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    cells = "".join(a_cell(f"{column}1", name) for column, name in zip("ABC", ("id", "name", "segment"), strict=True))
    last = "".join(a_cell(f"{column}1048576", text) for column, text in zip("ABC", ("X1", "王", "home"), strict=True))
    sheet = (
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{cells}</row><row r="1048576">{last}</row></sheetData>'
    )
    read = drafts_of(a_raw_workbook(tmp_path / "t.xlsx", sheet))
    assert [row.number for row in read] == [1048576]


def test_bomb_is_weighed_and_not_opened(tmp_path: Path) -> None:
    bomb = a_raw_workbook(tmp_path / "t.xlsx", "<sheetData>" + " " * 80_000_000 + "</sheetData>")
    assert bomb.stat().st_size < 500_000
    assert refused(bomb) == "unpacks_too_large"


def test_entities_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert refused(a_raw_workbook(tmp_path / "t.xlsx", "<sheetData/>", before=laughs)) == "entities"


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old_workbook"),
        (b"PK\x03\x04" + bytes(500), "damaged"),
        (b"PK\x05\x06" + bytes(18), "not_text"),
    ],
    ids=["xls", "cut", "empty-archive"],
)
def test_what_only_looks_like_a_workbook_is_refused(written: Write, start: bytes, code: str) -> None:
    assert refused(written(start, name="t.xlsx")) == code


@pytest.mark.parametrize("sentences", [FILES, ROWS], ids=["files", "rows"])
def test_every_sentence_is_there_in_both_languages(sentences: dict[str, tuple[str, str]]) -> None:
    assert all(len(told) == len(LANGUAGES) and all(told) for told in sentences.values())
    assert of_faults((Fault("missing", "姓名"), Fault("too_long")), "en") == "姓名: may not be empty; it is too long"
