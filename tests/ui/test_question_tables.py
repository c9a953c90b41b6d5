"""Questions from a table at the page of those who teach: foreseen row by row, written on a word, and out as a file."""

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from agent_desktop.teaching.tables import Coming
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.teaching.page import QuestionsPane
from agent_model.agent import Role
from agent_model.question import QuestionKind, QuestionState, Source, SourceKind
from agent_model.scope import ORG
from agent_model.wire import Row
from agent_papers.question_table import gather
from tests.ui.seat import AgentSeat
from tests.ui.teaching_samples import written
from tests.ui.test_teaching import ARTICLE, commands, held, opened

HEADS = "题型,题目,主题,选项A,选项B,正确答案,依据文章\n"


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path / "seat", look, role=Role.EDITOR)
    article = {**ARTICLE, "updated_at": "2026-11-20T04:00:00.000Z"}
    made.mirror.apply(ORG, [Row("article", "kb-refund", 4, article)], None)
    yield made
    made.close()


def foreseen(seat: AgentSeat, path: Path) -> QuestionsPane:
    pane = opened(seat).questions
    pane.table_wanted.emit(path)
    assert seat.pump(lambda: pane.table.isVisible() and pane.tables.isEnabled())
    return pane


def rows_of(pane: QuestionsPane) -> list[tuple[str, ...]]:
    model = pane.table.table.model()
    return [tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())]


def test_table_is_foreseen_by_row_and_nothing_is_written_before_the_word(seat: AgentSeat, tmp_path: Path) -> None:
    held(seat, written("q-1", QuestionKind.SINGLE, "旧题", "* 甲\n乙"))
    path = tmp_path / "题库.csv"
    path.write_text(
        f"{HEADS}单选题,旧题,退款,甲,乙,A,\n单选题,新题,退款,甲,乙,B,退款多久到账\n单选题,错题,退款,甲,乙,C,\n"
        "单选题,缺文章,退款,甲,乙,A,kb:gone\n",
        encoding="utf-8",
    )
    pane = foreseen(seat, path)

    assert pane.table.head.full_text == "“题库.csv”: 1 new, 0 changed, 1 as they are here, 2 refused"
    assert rows_of(pane) == [
        ("4", "错题", "Answers: there is no option “C”."),
        ("5", "缺文章", "Written from: no article, or several, are called “kb:gone”. Write its id: kb:ID"),
        ("3", "新题", "New"),
        ("2", "旧题", "Here already, the same"),
    ]
    assert commands(seat) == []

    pane.table.write.click()
    assert seat.pump(lambda: "Questions written: 1." in pane.table.outcome.full_text)
    question, key = commands(seat)
    assert (question.entity, question.fields["text"].new, question.fields["author"].new) == (
        "question",
        "新题",
        "a-1001",
    )
    assert question.fields["sources"].new == [{"kind": "article", "id": "kb-refund", "version": 4}]
    assert (key.entity, key.id, key.fields["right"].new) == ("question_key", question.id, ["b"])
    assert seat.pump(lambda: pane.rows.model().rowCount() == 2)

    pane.table_wanted.emit(path)
    assert seat.pump(lambda: "0 new, 0 changed, 2 as they are here" in pane.table.head.full_text)
    assert pane.table.write.isHidden()


def test_stale_question_that_a_table_changes_waits_for_a_look_all_the_same(seat: AgentSeat, tmp_path: Path) -> None:
    source = Source(SourceKind.ARTICLE, "kb-refund", 3)
    stale = written(
        "q-1",
        QuestionKind.SINGLE,
        "旧题",
        "* 甲\n乙",
        sources=(source,),
        state=QuestionState.STALE,
        stale_by="kb-refund",
    )
    held(seat, stale)
    path = tmp_path / "q.csv"
    path.write_text(f"{HEADS}单选题,旧题,退款,甲,乙,B,kb:kb-refund\n", encoding="utf-8")
    pane = foreseen(seat, path)
    assert [words for _, _, words in rows_of(pane)] == ["Changed by this row"]
    pane.table.write.click()
    assert seat.pump(lambda: len(commands(seat)) == 1)
    [key] = commands(seat)
    assert (key.entity, key.fields["right"].new) == ("question_key", ["b"])


def test_question_that_is_being_written_is_left_alone(seat: AgentSeat, tmp_path: Path) -> None:
    held(seat, written("q-1", QuestionKind.SINGLE, "旧题", "* 甲\n乙"))
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.form.row_id == "q-1")
    pane.form.areas["explanation"].setPlainText("在写")
    seat.workspace.questions.save_now()
    path = tmp_path / "q.csv"
    path.write_text(f"{HEADS}单选题,旧题,退款,甲,乙,B,\n", encoding="utf-8")
    pane = foreseen(seat, path)
    assert [words for _, _, words in rows_of(pane)] == ["You are writing this question. Save or discard it first."]
    assert pane.table.write.isHidden()


def test_file_that_is_no_table_says_what_to_do(seat: AgentSeat, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("a,b\n1,2\n")
    pane = foreseen(seat, path)
    assert pane.table.outcome.full_text.startswith("It lacks the columns Kind, Question and Right answer.")
    assert pane.table.write.isHidden()
    pane.table.close_button.click()
    assert pane.table.isHidden()


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_questions_that_are_listed_go_out_on_record_and_come_in_the_same(
    seat: AgentSeat, tmp_path: Path, name: str
) -> None:
    held(
        seat,
        written("q-1", QuestionKind.SINGLE, "=旧题", "* -甲\n乙"),
        written("q-2", QuestionKind.ORDER, "顺序", "甲\n乙\n丙"),
        written("q-3", QuestionKind.SHORT_TEXT, "简答", "退款|退钱\n三天", topic="其他"),
    )
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.rows.model().rowCount() == 3)
    pane.topics.setCurrentIndex(pane.topics.findData("退款"))
    pane.export_wanted.emit()
    export = seat.workspace.questions.tables._export
    assert export is not None
    assert seat.pump(export.panel.isVisible)
    export.panel.form._buttons[name.removeprefix("out.")].click()
    export.panel.path.setText(str(tmp_path / name))
    export.panel.start.click()
    assert seat.pump(lambda: (tmp_path / name).exists())
    assert seat.pump(lambda: len(commands(seat)) == 1)
    told = {field: change.new for field, change in commands(seat)[0].fields.items()}
    assert (told["subject"], told["rows"], told["what"]) == ("questions", 2, "退款")

    table = gather(tmp_path / name)
    assert [one.coming for one in seat.rooms.question_tables.foresee(table)] == [Coming.SAME, Coming.SAME]


def test_formula_in_a_question_is_text_in_the_file(seat: AgentSeat, tmp_path: Path) -> None:
    held(seat, written("q-1", QuestionKind.SINGLE, "=1+1", "* @甲\n乙"))
    headings, rows = seat.rooms.question_tables.table("en", ["q-1"])
    assert dict(zip(headings, rows[0], strict=True))["Question"] == "=1+1"
    pane = opened(seat).questions
    assert seat.pump(lambda: pane.rows.model().rowCount() == 1)
    pane.export_wanted.emit()
    export = seat.workspace.questions.tables._export
    assert export is not None
    assert seat.pump(export.panel.isVisible)
    export.panel.form._buttons["csv"].click()
    export.panel.path.setText(str(tmp_path / "q.csv"))
    export.panel.start.click()
    assert seat.pump(lambda: (tmp_path / "q.csv").exists())
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][1:3] == ["'=1+1", "'@甲"]


def test_template_is_saved_with_examples_beside_it(seat: AgentSeat, tmp_path: Path) -> None:
    pane = opened(seat).questions
    pane.template_wanted.emit(tmp_path / "t.xlsx")
    assert seat.pump(lambda: any("template is written" in one.words for one in seat.workspace.notices.notices))
    with pytest.warns(UserWarning, match="no default style"):
        book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [cell.value for cell in book["Questions"][1]][:3] == ["Kind", "Question", "Option A"]
    assert (book["Questions"].max_row, book["Examples"].max_row) == (1, 6)
    assert gather(tmp_path / "t.xlsx").rows == ()
