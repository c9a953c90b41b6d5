"""Words that mean the same: known to the search as soon as they came, and written by editors."""

from agent_desktop.sync.events import ScopeChanged
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.ui.seat import AgentSeat
from tests.ui.test_composition import commit
from tests.ui.test_inserting import DROPS, MODEM, press

SET = Row("synonym", "s-1", 1, {"words": ["断流", "掉线"], "note": "", "is_on": True})


def test_what_editors_call_it_is_found_by_the_next_search(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS], None)
    knowledge = seat.window.right.knowledge
    press(seat, "F3")
    commit(knowledge.search, "掉线")
    assert seat.pump(lambda: knowledge.shows_found)
    assert knowledge.hits.current_id != "a-drops"

    seat.mirror.apply(Scope("org"), [SET], None)
    seat.workspace._in_step.scope_changed.emit(ScopeChanged(Scope("org"), frozenset({"synonym"}), frozenset({"s-1"})))

    assert seat.pump(lambda: knowledge.hits.current_id == "a-drops")
