"""Tables of questions: every kind as it is written, what is refused and why, and out and in again the same."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_model.practice import Check
from agent_model.question import (
    Bank,
    Option,
    PlayedCall,
    Question,
    QuestionId,
    QuestionKey,
    QuestionKind,
    QuestionState,
    Source,
    SourceKind,
)
from agent_papers.paper import BadPaper, PaperWrong
from agent_papers.question_columns import EN, ZH, Shape, examples, shape_of
from agent_papers.question_merging import Known, id_of, is_same, laid_over
from agent_papers.question_table import QuestionRow, QuestionTable, gather
from agent_papers.text_table import TextTable
from agent_papers.workbook import Workbook
from tests.papers.documents import bomb

HEADS = ("Kind", "Question", "Topic", "Option A", "Option B", "Option C", "Right answer")


def table(path: Path, *rows: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def asked(
    kind: QuestionKind, text: str, options: Sequence[str] = (), right: Sequence[str] = (), **fields: object
) -> tuple[Question, QuestionKey]:
    named = tuple(Option(key, words) for key, words in zip("abcdefghij", options, strict=False))
    whole: dict[str, object] = {"bank": Bank.SYSTEM, "topic": "退款", "author": "zhou.min", **fields}
    question = Question(QuestionId(f"q-{kind.value}"), kind, text=text, options=named, **whole)  # type: ignore[arg-type]
    return question, QuestionKey(question.id, tuple(right), 3, "因为\n如此", version=1)


SOURCES = (Source(SourceKind.ARTICLE, "kb-1", 4),)
EVERY_KIND = (
    asked(
        QuestionKind.SINGLE,
        "=1+1 几天？",
        ("-1", "@三", "四"),
        ("b",),
        sources=(Source(SourceKind.ARTICLE, "kb-1", 4),),
    ),
    asked(
        QuestionKind.MULTIPLE, "哪些？\n多选", [f"项{n}" for n in range(10)], ("a", "j"), state=QuestionState.RETIRED
    ),
    asked(QuestionKind.TRUE_FALSE, "赠品也退。", (), ("false",), language="en"),
    asked(QuestionKind.ORDER, "顺序？", ("甲", "乙", "丙"), ("c", "a", "b")),
    asked(QuestionKind.SHORT_TEXT, "一句话", (), ("退款；退钱|退回",)),
    asked(QuestionKind.TASK, "找", (), ("searched:退款", "opened:kb-1"), task=Check.FIND_ARTICLE),
    asked(QuestionKind.SCENARIO, "听", ("好", "不好"), ("a", "b"), call=PlayedCall("K-1", "来电", 60)),
)


def read_again(found: QuestionTable, kept: Sequence[tuple[Question, QuestionKey]]) -> list[bool]:
    known = Known.of(kept)
    pairs = [(row, known.find(row)) for row in found.rows]
    return [
        before is not None and is_same(before, laid_over(row, found.told, before, before[0].sources))
        for row, before in pairs
    ]


@pytest.mark.parametrize("language", [ZH, EN])
def test_questions_of_every_kind_come_out_and_in_the_same(tmp_path: Path, language: str) -> None:
    shape = shape_of((one for one, _ in EVERY_KIND), language)
    about = ("Questions", "About", "", datetime(2026, 11, 20, tzinfo=UTC), "")
    for path, file in (
        (tmp_path / "q.csv", TextTable(tmp_path / "q.csv", "utf-8")),
        (tmp_path / "q.xlsx", Workbook(tmp_path / "q.xlsx", *about)),
    ):
        file.head(shape.headings())
        file.add(shape.cells(*one) for one in EVERY_KIND)
        file.finish(())
        found = gather(path)
        assert (found.refused, found.passed_over) == ((), ())
        assert read_again(found, EVERY_KIND) == [True] * 7
        assert found.rows[0].articles == ("kb:kb-1",)
        assert found.rows[4].key.right == ("退款；退钱|退回",)


@pytest.mark.parametrize("language", [ZH, EN])
def test_examples_of_the_template_can_be_read(tmp_path: Path, language: str) -> None:
    found = gather(table(tmp_path / "q.csv", Shape(language).headings(), *examples(language)))
    assert [row.question.kind for row in found.rows] == list(QuestionKind)[:5]
    assert found.refused == ()


def test_template_itself_asks_nothing(tmp_path: Path) -> None:
    assert gather(table(tmp_path / "q.csv", Shape(ZH).headings())).rows == ()


@pytest.mark.parametrize(
    ("right", "keys"),
    [
        pytest.param("AC", ("a", "c"), id="letters"),
        pytest.param("c、a", ("a", "c"), id="letters with signs between"),
        pytest.param("甲；丙", ("a", "c"), id="the words of the options"),
    ],
)
def test_right_answers_are_told_by_letters_or_words(tmp_path: Path, right: str, keys: tuple[str, ...]) -> None:
    [row] = gather(table(tmp_path / "q.csv", HEADS, ("多选题", "哪些？", "t", "甲", "乙", "丙", right))).rows
    assert row.key.right == keys


def test_options_in_one_cell_lose_their_letters(tmp_path: Path) -> None:
    heads = ("题型", "题干", "知识点", "选项", "答案", "备注")
    found = gather(
        table(tmp_path / "q.csv", heads, ("单选", "几天？", "t", "A. 一天\nB、三天", "B", "x"), encoding="gb18030")
    )
    assert [one.text for one in found.rows[0].question.options] == ["一天", "三天"]
    assert (found.rows[0].key.right, found.passed_over) == (("b",), ("备注",))


def test_true_or_false_may_be_written_as_two_options(tmp_path: Path) -> None:
    [row] = gather(table(tmp_path / "q.csv", HEADS, ("判断题", "赠品也退。", "t", "对", "错", "", "B"))).rows
    assert (row.key.right, row.question.options) == (("false",), ())


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        pytest.param(("Single", "", "t", "1", "2", "", "A"), ("text", "missing", ""), id="no text"),
        pytest.param(("Riddle", "q", "t", "1", "2", "", "A"), ("kind", "no_choice", "Riddle"), id="unknown kind"),
        pytest.param(("Single", "q", "", "1", "2", "", "A"), ("topic", "missing", ""), id="no topic"),
        pytest.param(("Single", "q", "t", "1", "", "", "A"), ("options", "too_few", ""), id="one option"),
        pytest.param(("Single", "q", "t", "1", "2", "", "C"), ("right", "not_an_option", "C"), id="no such option"),
        pytest.param(("Single", "q", "t", "1", "2", "", "AB"), ("right", "too_many", ""), id="two right"),
        pytest.param(("Single", "q", "t", "1", "2", "", ""), ("right", "missing", ""), id="nothing right"),
        pytest.param(("True or false", "q", "t", "", "", "", "maybe"), ("right", "no_choice", "maybe"), id="no truth"),
        pytest.param(("Task", "q", "t", "", "", "", "filed"), ("task", "missing", ""), id="no task"),
        pytest.param(("Scenario", "q", "t", "1", "2", "", "A"), ("call", "missing", ""), id="no call"),
    ],
)
def test_row_that_does_not_do_is_refused_with_what_is_wrong(
    tmp_path: Path, row: tuple[str, ...], wrong: tuple[str, str, str]
) -> None:
    found = gather(table(tmp_path / "q.csv", HEADS, row))
    assert found.rows == ()
    [refused] = found.refused
    assert refused.number == 2
    assert wrong in [(one.field, one.wrong, one.value) for one in refused.faults]


def test_same_question_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    row = ("Single", "q", "t", "1", "2", "", "A")
    found = gather(table(tmp_path / "q.csv", HEADS, row, row))
    assert len(found.rows) == 1
    assert [(one.wrong, one.value) for one in found.refused[0].faults] == [("twice", "2")]


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        pytest.param("q.csv", b"a,b\n1,2\n", PaperWrong.NO_COLUMNS, id="no columns"),
        pytest.param("q.csv", b"", PaperWrong.EMPTY, id="empty"),
        pytest.param("q.xls", b"\xd0\xcf\x11\xe0" + bytes(600), PaperWrong.UNKNOWN_KIND, id="old workbook"),
        pytest.param("q.xlsx", b"PK\x03\x04" + b"x" * 400, PaperWrong.DAMAGED, id="damaged"),
        pytest.param("q.csv", b"\0\1" * 4000, PaperWrong.NOT_TEXT, id="no text"),
    ],
)
def test_file_that_is_no_table_of_questions_says_why(
    tmp_path: Path, name: str, content: bytes, wrong: PaperWrong
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadPaper) as refused:
        gather(tmp_path / name)
    assert refused.value.wrong is wrong


def test_workbook_that_grows_out_of_proportion_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(BadPaper) as refused:
        gather(bomb(tmp_path / "q.xlsx"))
    assert refused.value.wrong is PaperWrong.HOSTILE


def test_what_no_column_tells_stays_and_a_stale_question_stays_stale() -> None:
    before, key = asked(QuestionKind.SINGLE, "几天？", ("一", "二"), ("a",), state=QuestionState.STALE)
    row = QuestionRow(2, Question(QuestionId(""), QuestionKind.SINGLE, Bank.WRITTEN, "几天？", "发票", "", before.options), QuestionKey(QuestionId(""), ("b",)))  # fmt: skip # noqa: E501
    known = Known.of([(before, key)])
    assert known.find(row) == (before, key)
    question, after = laid_over(row, ("kind", "text", "right", "topic", "state"), (before, key), ())
    assert (question.bank, question.topic, question.state) == (Bank.SYSTEM, "发票", QuestionState.STALE)
    assert (after.right, after.points, after.explanation) == (("b",), 3, "因为\n如此")


def test_new_question_is_found_again_by_the_id_that_its_text_makes() -> None:
    question = Question(QuestionId(""), QuestionKind.TRUE_FALSE, Bank.WRITTEN, "几天？", "t", "")
    row = QuestionRow(2, question, QuestionKey(QuestionId(""), ("true",)))
    made = laid_over(row, (), None, ())
    assert made[0].id == made[1].id == id_of(question)
    assert Known.of([made]).find(row) == made
