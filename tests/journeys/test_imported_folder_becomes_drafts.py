"""A folder of documents is brought in without the server: drafts that a second person has once it is back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.sync.events import Offline
from agent_model.article_draft import DraftState
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step
from tests.journeys.test_article_written_reviewed_published_is_found import found, written_page
from tests.journeys.weak_line import WeakLine
from tests.papers.documents import bomb, word, workbook


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "a.md").write_text(
        "---\ntitle: 海事卫星资费\ncategory: 国际业务\n---\n见 [开通](b.docx)。\n", encoding="gb18030"
    )
    word(made / "b.docx", ("Heading1", "海事卫星开通"), ("", "当天开通。"))
    workbook(made / "c.xlsx", ("问题", "答案"), ("海事卫星怎么停机？", "在 App 里停机。"))
    bomb(made / "d.docx")
    return made


def test_imported_folder_becomes_drafts(sit: Sit, line: WeakLine, folder: Path) -> None:
    editor, second, agent = sit("ye.wen", address=line.address), sit("lu.hai"), sit("lin.yue")
    page = written_page(editor)
    line.cut()
    editor.window.top_bar.sync.click()
    assert editor.until(lambda: isinstance(editor.workspace.sync.status, Offline), 30)

    page.documents_wanted.emit(folder)
    assert editor.until(lambda: "Drafts written: 3." in page.brought.full_text, 60)
    assert page.brought_more.full_text == "d.docx: it is built to harm who opens it, and was not read."

    line.mend()
    editor.window.top_bar.sync.click()
    assert editor.until(lambda: is_in_step(editor), 30)
    books = second.workspace._rooms.articles
    titles = {"海事卫星资费", "海事卫星开通", "海事卫星怎么停机？"}
    assert second.until(lambda: {line.title for line in books.listed(sought="海事卫星").lines} == titles, 30)
    lines = {line.title: line for line in books.listed(sought="海事卫星").lines}
    assert {line.state for line in lines.values()} == {DraftState.DRAFT}
    draft = books.sheet(lines["海事卫星资费"].id).now
    assert draft is not None
    assert draft.body == f"见 [开通](kb:{lines['海事卫星开通'].id})。\n"
    assert draft.owner == "ye.wen"
    assert not titles & set(found(agent, "海事卫星"))
    assert editor.workspace._rooms.desk.refused() == ()
