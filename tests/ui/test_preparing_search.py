"""Very many articles without an index: searches are answered at once, and better as soon as the index is made."""

from agent_model.scope import Scope
from agent_model.wire import Row
from tests.ui.seat import AgentSeat
from tests.ui.test_composition import commit
from tests.ui.test_inserting import DROPS, MODEM, press

MANY = [Row("article", f"n-{n}", 1, {**MODEM.body, "title": f"通知 {n}", "body": f"内容 {n}"}) for n in range(250)]


def test_article_is_found_before_there_is_an_index_and_by_pinyin_after(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS, *MANY], None)
    knowledge = seat.window.right.knowledge
    press(seat, "F3")
    commit(knowledge.search, "闪红灯")
    assert seat.pump(lambda: knowledge.shows_found and knowledge.hits.current_id == "a-modem")
    assert seat.rooms.knowledge.building is not None, "found without an index"

    assert seat.pump(lambda: seat.rooms.knowledge.building is None)
    knowledge.search.selectAll()
    commit(knowledge.search, "duanliu")
    assert seat.pump(lambda: knowledge.hits.current_id == "a-drops")
