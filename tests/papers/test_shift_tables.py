"""Tables of shifts: each way of writing days and times, and what keeps a day out."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from agent_model.shift_plan import clock_text
from agent_papers.paper import BadPaper, PaperWrong
from agent_papers.shift_table import ShiftTable, gather
from tests.papers.test_question_tables import table

HEADS = ("工号", "日期", "开始", "结束", "安排")


def told(found: ShiftTable) -> list[tuple[str, str, list[str]]]:
    return [
        (
            one.shift.agent,
            one.shift.day.isoformat(),
            [f"{span.what} {clock_text(span.since_min)}-{clock_text(span.until_min)}" for span in one.shift.spans],
        )
        for one in found.shifts
    ]


def test_lines_of_a_day_are_one_shift(tmp_path: Path) -> None:
    found = gather(
        table(
            tmp_path / "排班.csv",
            HEADS,
            ("lin.yue", "2026-11-23", "22:00", "06:00", "上班"),
            ("chen.jing", "2026/11/23", "9:00", "18：00", ""),
            ("lin.yue", "2026年11月23日", "02:00", "02:30", "小休"),
            ("lin.yue", "2026-11-24", "", "", "休"),
            ("tan.wei", "2026-11-23", "2026-11-23 22:00", "2026-11-24 06:00", "班"),
            encoding="gb18030",
        )
    )
    assert told(found) == [
        ("lin.yue", "2026-11-23", ["work 22:00-26:00", "break 26:00-26:30", "work 26:30-30:00"]),
        ("chen.jing", "2026-11-23", ["work 09:00-18:00"]),
        ("lin.yue", "2026-11-24", []),
        ("tan.wei", "2026-11-23", ["work 22:00-30:00"]),
    ]
    assert found.faults == ()


def test_workbook_keeps_times_in_many_ways(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows: Sequence[Sequence[object]] = (
        ("Login", "Date", "Start", "End", "Remark"),
        ("lin.yue", datetime.fromisoformat("2026-11-23"), time(9), timedelta(hours=17, minutes=30), "x"),
        (1001, date(2026, 11, 24), 0.375, datetime.fromisoformat("2026-11-24 12:00"), "x"),
    )
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    found = gather(tmp_path / "plan.xlsx")
    assert told(found) == [
        ("lin.yue", "2026-11-23", ["work 09:00-17:30"]),
        ("1001", "2026-11-24", ["work 09:00-12:00"]),
    ]
    assert found.passed_over == ("Remark",)


@pytest.mark.parametrize(
    ("line", "wrong", "value"),
    [
        (("", "2026-11-23", "09:00", "10:00", ""), "no_agent", ""),
        (("lin.yue", "2026-02-30", "09:00", "10:00", ""), "no_day", "2026-02-30"),
        (("lin.yue", "11/23", "09:00", "10:00", ""), "no_day", "11/23"),
        (("lin.yue", "2026-11-23", "9", "10:00", ""), "no_clock", "9"),
        (("lin.yue", "2026-11-23", "09:00", "49:00", ""), "no_clock", "49:00"),
        (("lin.yue", "2026-11-23", "09:00", "10:00", "跳舞"), "no_word", "跳舞"),
        (("lin.yue", "2026-11-23", "08:30", "09:30", "上班"), "overlap", ""),
        (("lin.yue", "2026-11-23", "", "", "休"), "overlap", ""),
    ],
)
def test_day_with_a_faulty_line_is_left_out_whole(tmp_path: Path, line: Sequence[str], wrong: str, value: str) -> None:
    good = ("lin.yue", "2026-11-23", "09:00", "18:00", "上班")
    found = gather(table(tmp_path / "plan.csv", HEADS, good, line, ("tan.wei", *good[1:])))
    [fault] = found.faults
    assert (fault.wrong, fault.value) == (wrong, value)
    assert [one.shift.agent for one in found.shifts if one.shift.agent == "lin.yue"] == (
        ["lin.yue"] if wrong in ("no_agent", "no_day") else []
    )


def test_table_without_its_columns_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadPaper) as raised:
        gather(table(tmp_path / "plan.csv", ("工号", "备注"), ("lin.yue", "x")))
    assert raised.value.wrong is PaperWrong.NO_COLUMNS


def test_thousands_of_columns_that_nobody_knows_are_not_all_told(tmp_path: Path) -> None:
    many = [f"column {n}" for n in range(5_000)]
    found = gather(table(tmp_path / "plan.csv", (*HEADS, *many), ("lin.yue", "2026-11-23", "09:00", "18:00", "")))
    assert found.passed_over == tuple(many[:20])
    assert told(found) == [("lin.yue", "2026-11-23", ["work 09:00-18:00"])]
