"""Very many articles without an index: searches are answered at once, and better as soon as the index is made."""

import sys
from collections.abc import Callable, Iterable
from datetime import timedelta

from agent_desktop.knowledge.builder import ProcessBuilder
from agent_desktop.knowledge.hits import Building
from agent_model.article import Article
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


class DyingBuilder(ProcessBuilder):
    def __init__(self) -> None:
        super().__init__([sys.executable, "-c", "raise SystemExit(1)"])
        self.asked = 0

    def build(self, articles: Iterable[Article], total: int, told: Callable[[Building], None]) -> bytes:
        self.asked += 1
        return super().build(articles, total, told)


def test_index_that_cannot_be_made_is_tried_once_a_minute_and_told_once(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS, *MANY], None)
    builder, looking_up = DyingBuilder(), seat.workspace.looking_up
    said: list[str] = []
    seat.rooms.knowledge._builder = builder
    looking_up.told.connect(said.append)

    def search(text: str) -> None:
        knowledge = seat.window.right.knowledge
        answered: list[int] = []
        knowledge.answered.connect(lambda _, total: answered.append(total))
        knowledge.search.setText(text)
        looking_up._search(text)
        assert seat.pump(lambda: answered and not looking_up._is_building)

    search("通知")
    assert builder.asked == 1
    search("内容")
    assert builder.asked == 1
    seat.clock.now += timedelta(minutes=1)
    search("通知 1")
    assert builder.asked == 2
    assert len(said) == 1


def test_changes_that_come_in_a_burst_go_into_the_index_together(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS], None)
    knowledge, looking_up = seat.rooms.knowledge, seat.workspace.looking_up
    knowledge.search("")
    segments = knowledge.health().segments
    drops = {f"n-{n}": Row("article", f"n-{n}", 1, {**MODEM.body, "title": f"通知 {n}"}) for n in range(10)}

    for id_, row in drops.items():
        seat.mirror.apply(Scope("org"), [row], None)
        looking_up.articles_changed(frozenset({id_}))

    assert seat.pump(lambda: knowledge.search("通知").total == 10)
    assert knowledge.health().segments <= segments + 2


def test_index_is_kept_once_for_many_changes_and_when_the_window_goes(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM], None)
    looking_up, shelf = seat.workspace.looking_up, seat.rooms.knowledge._shelf
    seat.rooms.knowledge.search("")
    assert shelf is not None
    seat.mirror.apply(Scope("org"), [DROPS], None)
    looking_up.articles_changed(frozenset({DROPS.id}))
    assert seat.pump(looking_up._keeping.isActive)
    assert shelf.load() is None

    looking_up.keep_now()

    assert seat.pump(lambda: shelf.load() is not None)
    assert not looking_up._keeping.isActive()
