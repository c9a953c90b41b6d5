"""A picture that an editor pastes is seen by an agent whose server is gone, and lies nowhere in clear."""

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from agent_desktop.ui.articles.page import ArticlesPage
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.window.rail import Page
from agent_model.article_file import FileState, named_in
from agent_model.command import CommandKind
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step

pytestmark = pytest.mark.timeout(300)
TITLE = "光猫指示灯怎么看"


def noise() -> QImage:
    """A picture like no other."""
    pixels = random.Random(20261123).randbytes(3 * 120 * 80)
    return QImage(pixels, 120, 80, 3 * 120, QImage.Format.Format_RGB888).copy()


def written_page(seat: Seat) -> ArticlesPage:
    assert seat.until(lambda: seat.window.rail.offers(Page.ARTICLES))
    seat.window.show_page(Page.ARTICLES)
    page = seat.window.pages.articles
    assert seat.until(lambda: page.rows.model().rowCount() > 0, 30)
    return page


def shows_noise(reader: Reader) -> bool:
    seen = reader.viewport().grab().toImage()
    return len({seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}) > 2000


def test_picture_in_an_article_is_seen_offline(sit: Sit, own_server: DemoServer, tmp_path: Path) -> None:
    agent, editor = sit("lin.yue", home=tmp_path / "agent"), sit("ye.wen")
    second = Colleague(own_server.address, "lu.hai")

    page = written_page(editor)
    page.new.click()
    form = page.editor
    assert editor.take_keyboard()
    for place, words in ((form.title, TITLE), (form.fields.category, "网络"), (form.text, "请看正面的灯：")):
        place.setFocus()
        editor.type(words)
    QGuiApplication.clipboard().setImage(noise())
    editor.press("Ctrl+V")
    assert editor.until(lambda: named_in(form.text.toPlainText()), 30)
    [file_id] = named_in(form.text.toPlainText())
    editor.type("光猫正面")
    assert f"![光猫正面](kb-file:{file_id})" in form.text.toPlainText()
    assert editor.until(lambda: shows_noise(form.preview), 30)
    editor.press("Ctrl+Return")
    assert editor.until(lambda: is_in_step(editor) and form.state.text() == "Waits for review", 30)
    article_id = form.article_id

    # A second person publishes it once the server has the picture and has looked through it.
    file = editor.workspace._rooms.article_files.file
    looked_through = (FileState.CLEAN, FileState.NOT_SCANNED)
    assert editor.until(lambda: (one := file(file_id)) is not None and one.state in looked_through, 60)
    [version] = [row["version"] for row in second.rows("editors", "article_draft") if row["id"] == article_id]
    second.tell("article_draft", article_id, CommandKind.UPDATE, version, state=("review", "published"))

    # It comes to the agent by itself, before anybody opens the article.
    here = agent.workspace._rooms.article_files.here
    assert agent.until(lambda: here(file_id) is not None, 60)
    content = here(file_id)
    assert content is not None
    second.close()
    own_server.kill()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: not is_in_step(agent), 30)
    agent.window.right.knowledge.article_wanted.emit(article_id)
    view = agent.window.right.knowledge.article
    assert agent.until(lambda: view.article is not None and shows_noise(view._reader), 60)

    held = [path for path in (tmp_path / "agent").rglob("*") if path.is_file()]
    assert any(path.name.startswith(file_id) for path in held)
    assert [path for path in held if content[200:264] in path.read_bytes()] == []
