"""The bank of questions at the server's console: a table comes in, goes out, and comes in again the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import DATABASE_NAME, make_site
from tests.server.conftest import executed

Run = Callable[..., int]
TABLE = (
    "Kind,Question,Topic,Option A,Option B,Right answer,Explanation,Mood\n"
    "Single,How long?,Refunds,-1 day,3 days,B,=because,good\n"
    "True or false,Gifts go back.,Refunds,,,True,,\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


@pytest.fixture
def run(settings: Settings) -> Run:
    return lambda *arguments: main([*arguments, "--database", str(settings.home / DATABASE_NAME)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "questions.csv"
    made.write_text(TABLE)
    return made


def bring(run: Run, file: Path, *more: str) -> int:
    return run("questions", "import", str(file), "--author", "lin.yue", *more)


def test_table_becomes_questions_with_their_keys(
    run: Run, settings: Settings, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(run, file) == 0

    told = capsys.readouterr().out
    assert told == "2 new, 0 changed, 0 as they were\ncolumns that nobody knows, passed over: Mood\n"
    rows = executed(settings, "SELECT text, kind, author, state, version FROM question ORDER BY text")
    assert rows == [
        ("Gifts go back.", "true_false", "lin.yue", "active", 1),
        ("How long?", "single", "lin.yue", "active", 1),
    ]
    assert executed(settings, "SELECT count(*) FROM question_key") == [(2,)]


def test_trying_writes_nothing(run: Run, settings: Settings, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(run, file, "--dry-run") == 0
    assert "2 new, 0 changed, 0 as they were (nothing was written)" in capsys.readouterr().out
    assert executed(settings, "SELECT count(*) FROM question") == [(0,)]


def test_bank_goes_out_as_a_table_that_changes_nothing(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(run, file)
    out = tmp_path / "out.csv"
    assert run("questions", "export", str(out)) == 0
    assert "'=because" in out.read_text("utf-8-sig")
    capsys.readouterr()

    assert bring(run, out) == 0
    assert capsys.readouterr().out == "0 new, 0 changed, 2 as they were\n"
    assert run("questions", "export", str(out)) == 1


def test_changed_row_changes_its_question_and_nothing_else(
    run: Run, settings: Settings, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(run, file)
    file.write_text(TABLE.replace(",B,=because", ",A,=because"))
    capsys.readouterr()

    assert bring(run, file) == 0
    assert capsys.readouterr().out.startswith("0 new, 1 changed, 1 as they were\n")
    assert executed(settings, "SELECT version FROM question_key ORDER BY version") == [(1,), (2,)]


def test_rows_that_do_not_do_are_named_and_the_others_come_in(
    run: Run, settings: Settings, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(
        "Kind,Question,Topic,Option A,Option B,Right answer,Articles,Call\n"
        "Single,One?,t,1,2,C,,\nSingle,Two?,t,1,2,A,kb:nowhere,\nScenario,Three?,t,1,2,A,,K-1\nSingle,Four?,t,1,2,A,,\n"
    )
    assert bring(run, file) == 1
    assert capsys.readouterr().out.splitlines() == [
        "1 new, 0 changed, 0 as they were",
        "row 2: right: there is no option “C”",
        "row 3: sources: no article, or several, are called “kb:nowhere”: write kb:ID",
        "row 4: call: choose the call at a workstation, where it can be heard",
    ]
    assert executed(settings, "SELECT text FROM question") == [("Four?",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("nowhere.csv", "--author", "lin.yue"), "cannot be read", id="no file"),
        pytest.param(("here.csv", "--author", "lin.yue"), "lacks the columns", id="no columns"),
        pytest.param(("good.csv", "--author", "nobody"), "nobody is called nobody", id="no author"),
    ],
)
def test_what_cannot_come_in_at_all_is_said(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here.csv").write_text("a,b\n1,2\n")
    (tmp_path / "good.csv").write_text(TABLE)
    assert run("questions", "import", str(tmp_path / arguments[0]), *arguments[1:]) == 1
    assert said in capsys.readouterr().err
