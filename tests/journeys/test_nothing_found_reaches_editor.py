"""An agent who finds nothing tells the editors, without the server too; one writes about it, and the agent hears."""

from collections.abc import Iterator

import pytest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.knowledge.gaps_page import GapsPage, View
from agent_desktop.ui.window.rail import Page
from agent_model.gap import GapKind
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, notices
from tests.journeys.test_article_written_reviewed_published_is_found import written_page
from tests.journeys.weak_line import WeakLine

BODY = "可以直接告诉客户：“卫星电话漫游当天开通。”\n"


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def search(agent: Seat, words: str) -> None:
    """By the keyboard, until it is known that nothing has these words."""
    agent.press("F3")
    agent.type(words)
    feedback = agent.workspace.feedback
    assert agent.until(lambda: feedback.missing is not None and feedback.missing.question == words, 60)


def gaps_of(editor: Seat) -> GapsPage:
    assert editor.until(lambda: editor.window.rail.offers(Page.GAPS))
    editor.window.show_page(Page.GAPS)
    return editor.window.pages.gaps


def test_nothing_found_reaches_editor(sit: Sit, line: WeakLine) -> None:
    agent, editor, second = sit("lin.yue", address=line.address), sit("ye.wen"), sit("lu.hai")

    # Without the server the agent finds nothing, and says so by one key with a word.
    line.cut()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: isinstance(agent.workspace.sync.status, Offline), 30)
    assert agent.take_keyboard()
    search(agent, "qwzxv")
    missing = agent.workspace.feedback.missing
    assert missing is not None
    missing.words.setFocus()
    agent.type("第三位客户问了")
    agent.press("F7")
    assert agent.until(lambda: "You are told" in missing.outcome, 30)

    # The line is back: the editor has the question with its word, and the search in the list of gaps.
    line.mend()
    agent.workspace.feedback.save_now()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: is_in_step(agent), 30)
    page = gaps_of(editor)
    assert editor.until(lambda: [one.question for one in page._waiting.values()] == ["qwzxv"], 30)
    assert "第三位客户问了" in page.details.full_text
    page.again.click()
    assert editor.until(lambda: any(gap.question == "qwzxv" for gap in page._gaps.values()), 30)
    page.view._take(View.NOTHING_FOUND)
    [key] = page.list.keys
    assert (page._gaps[key].kind, page._gaps[key].agents) == (GapKind.NOTHING_FOUND, 1)

    # The editor writes about it; a second person publishes.
    page.write.click()
    form = editor.window.pages.articles.editor
    assert editor.until(lambda: form.title.text() == "qwzxv")
    assert editor.take_keyboard()
    for place, words in ((form.fields.category, "国际业务"), (form.text, BODY)):
        place.setFocus()
        editor.type(words)
    editor.press("Ctrl+Return")
    assert editor.until(lambda: form.state.text() == "Waits for review", 30)
    article_id = form.article_id
    review = written_page(second)
    assert second.until(lambda: article_id in review._ids, 30)
    review.taken.emit(article_id)
    assert second.until(lambda: review.editor.article_id == article_id)
    assert second.take_keyboard()
    review.editor.text.setFocus()
    second.press("Ctrl+Return")

    # The agent is told which article answers the question, and nothing waits for the editors any more.
    told = "“qwzxv” answers what you asked the editors: qwzxv."
    assert agent.until(lambda: told in notices(agent), 60)
    editor.window.show_page(Page.GAPS)
    page.view._take(View.WAITING)
    assert editor.until(lambda: page._waiting == {}, 30)
    page.view._take(View.NOTHING_FOUND)
    assert page.list.keys == (key,)
    page.send()
    assert editor.until(lambda: page.list.keys == (), 30)
    assert agent.workspace._rooms.desk.refused() == ()
