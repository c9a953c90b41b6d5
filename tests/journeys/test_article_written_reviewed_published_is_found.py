"""An article is written without the server, read and published by a second person, and found by an agent."""

from collections.abc import Iterator

import pytest

from agent_desktop.knowledge.writing import Deed
from agent_desktop.sync.events import Offline
from agent_desktop.ui.articles.page import ArticlesPage
from agent_desktop.ui.window.rail import Page
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step
from tests.journeys.weak_line import WeakLine

TITLE = "卫星电话漫游怎样开通"
BODY = "可以直接告诉客户：“卫星电话漫游当天开通。”\n\n1. 核对身份\n2. 在工单里写明目的地\n"


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def written_page(seat: Seat) -> ArticlesPage:
    assert seat.until(lambda: seat.window.rail.offers(Page.ARTICLES))
    seat.window.show_page(Page.ARTICLES)
    page = seat.window.pages.articles
    assert seat.until(lambda: page.rows.model().rowCount() > 0, 30)
    return page


def found(agent: Seat, words: str) -> list[str]:
    hits = agent.workspace._rooms.knowledge.search(words).hits
    return [hit.title for hit in hits]


def test_article_written_reviewed_published_is_found(sit: Sit, line: WeakLine) -> None:
    editor, agent = sit("ye.wen", address=line.address), sit("lin.yue")
    second = sit("lu.hai")

    # The editor writes while the server is away, and sends it for review.
    page = written_page(editor)
    line.cut()
    editor.window.top_bar.sync.click()
    assert editor.until(lambda: isinstance(editor.workspace.sync.status, Offline), 30)
    page.new.click()
    form = page.editor
    assert editor.take_keyboard()
    for place, words in ((form.title, TITLE), (form.fields.category, "国际业务"), (form.text, BODY)):
        place.setFocus()
        editor.type(words)
    editor.press("Ctrl+Return")
    assert editor.until(lambda: "sent when the server is back" in form.about.full_text, 30)
    assert form.state.text() == "Waits for review"
    article_id = form.article_id

    # The line is back: a duty manager has it to read, the agent has nothing.
    line.mend()
    editor.window.top_bar.sync.click()
    assert editor.until(lambda: is_in_step(editor), 30)
    assert editor.until(lambda: "sent when the server is back" not in form.about.full_text, 30)
    assert editor.workspace._rooms.articles.sheet(article_id).is_waiting is False
    review = written_page(second)
    assert second.until(lambda: article_id in review._ids, 30)
    review.taken.emit(article_id)
    assert second.until(lambda: review.editor.article_id == article_id)
    assert not form.buttons[Deed.PUBLISH].isVisible()
    assert TITLE not in found(agent, "卫星电话")

    # Published with one key, it is found within seconds.
    assert second.take_keyboard()
    review.editor.text.setFocus()
    second.press("Ctrl+Return")
    assert agent.until(lambda: found(agent, "卫星电话")[:1] == [TITLE], 30)
    agent.window.right.knowledge.article_wanted.emit(article_id)
    assert editor.until(lambda: form.state.text() == "Published", 30)
    assert "published by" in form.about.full_text
    assert editor.workspace._rooms.desk.refused() == ()
