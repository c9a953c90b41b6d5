"""Tables as PDF: every word is there, on as many sheets as it takes, and nothing is drawn beside them."""

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

from agent_papers.pdf_table import EDGE, HIGH, WIDE, PdfTable, measured, wrapped

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def pdf_texts(file: bytes) -> list[str]:
    """What is written on the sheets, as a reader finds it: Latin by the page of Windows, Chinese in UTF-16."""
    codes = {b"F1": "cp1252", b"F2": "utf-16-be"}
    return [
        "".join(bytes.fromhex(code.decode()).decode(codes[font]) for font, code in re.findall(RUN, block))
        for packed in re.findall(rb"stream\n(.*?)\nendstream", file, re.DOTALL)
        for block in re.findall(rb"BT (.*?) ET", zlib.decompress(packed))
    ]


RUN = rb"/(F\d) [\d.]+ Tf <([0-9a-f]*)>"


def written(path: Path, heads: list[str], rows: list[list[str]], keys: int = 1) -> bytes:
    table = PdfTable(path, "班组报表", "zhou.min", AT, "zhou.min", frozenset(range(1, len(heads))), keys)
    table.head(heads)
    table.add(rows)
    table.finish([("班组报表", ""), ("日期范围", "2026-11-20")])
    return path.read_bytes()


def test_every_row_is_there_under_a_head_on_each_sheet(tmp_path: Path) -> None:
    file = written(tmp_path / "t.pdf", ["坐席", "接听"], [[f"坐席 {n}", str(n)] for n in range(100)])

    words = pdf_texts(file)

    assert [one for one in words if one.startswith("坐席 ")] == [f"坐席 {n}" for n in range(100)]
    assert words.count("接听") == len(re.findall(rb"/Type/Page/", file)) == 3
    assert "日期范围: 2026-11-20" in words
    assert words[-1] == "3 / 3"


def test_columns_that_have_no_room_stand_further_down_beside_the_same_names(tmp_path: Path) -> None:
    heads = ["班组", *(f"figure{n}" for n in range(30))]

    words = pdf_texts(written(tmp_path / "t.pdf", heads, [["一组", *map(str, range(1000, 1030))]]))

    assert words.count("一组") == words.count("班组") == 2
    assert {str(n) for n in range(1000, 1030)} <= {*words}


def test_nothing_is_drawn_beside_the_sheet(tmp_path: Path) -> None:
    heads = ["Agent", *(f"A rather long head {n}" for n in range(40))]
    file = written(tmp_path / "t.pdf", heads, [["x" * 400, *["12345678901234567890"] * 40]] * 3)

    drawn = b"".join(zlib.decompress(one) for one in re.findall(rb"stream\n(.*?)\nendstream", file, re.DOTALL))
    places = [(float(x), float(y)) for x, y in re.findall(rb"1 0 0 1 ([-\d.]+) ([-\d.]+) Tm", drawn)]
    assert {x for x, _ in places if not EDGE <= x <= WIDE - EDGE} == set()
    assert {y for _, y in places if not EDGE - 20 <= y <= HIGH - EDGE} == set()


def test_what_no_sheet_can_show_is_left_out_and_brackets_are_only_words(tmp_path: Path) -> None:
    words = pdf_texts(written(tmp_path / "t.pdf", ["(a)\\"], [["b) Tj\x00\x1b😀"]]))

    assert "(a)\\" in words
    assert "b) Tj  😀" in words


def test_lines_break_between_words_and_anywhere_in_chinese() -> None:
    assert wrapped("Asked for a person", measured("Asked for a ")) == ["Asked for a", "person"]
    assert wrapped("平均处理时长", measured("平均处")) == ["平均处", "理时长"]
