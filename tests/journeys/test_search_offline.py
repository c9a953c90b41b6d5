"""Without the server all of knowledge works: suggestions, search, reading, favourites, the answer in the ticket."""

from agent_desktop.offline.pending import State
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.looking_up import TITLE_CHANGE, TITLE_CHANGE_WORDS, find, lines, pane
from tests.journeys.sight import is_in_step


def test_search_offline(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    seat = sit()
    own_server.kill()
    seat.window.top_bar.sync.click()
    assert seat.until(lambda: not is_in_step(seat), 30)
    assert seat.until(lambda: not seat.window.offline_banner.isHidden(), 30)

    caller = ring(
        seat, phone_of(CUSTOMERS[48]), X_Queue="billing", X_Call_Ref="journey-knowledge-5", X_IVR_Path="账单 › 发票"
    )
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: any("Chosen in the menu" in line for line in lines(seat)), 60)

    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)
    assert seat.take_keyboard()
    seat.press("Ctrl+N")
    seat.type("written offline")
    find(seat, TITLE_CHANGE_WORDS, TITLE_CHANGE)
    seat.press("Return")
    assert seat.until(lambda: pane(seat).article_id == TITLE_CHANGE)
    assert "修改抬头" in pane(seat).article.text
    seat.press("Ctrl+I")
    assert seat.until(lambda: "修改抬头" in form.description.toPlainText())
    pane(seat).article.star.click()
    at_hand = seat.workspace._rooms.reading_list.at_hand
    assert seat.until(lambda: TITLE_CHANGE in at_hand().favourites and TITLE_CHANGE in at_hand().recent)

    assert seat.take_keyboard()
    form.category.setFocus()
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: form.draft.is_empty)
    waiting = seat.workspace._rooms.desk._view.outbox.entries(State.WAITING, entity="ticket")
    assert "修改抬头" in waiting[-1].command.fields["description"].new
