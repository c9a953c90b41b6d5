"""What is published on the server is found at a connected seat within two seconds, in the index that is there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.editors import Editors
from tests.journeys.looking_up import ids, is_whole, lines, pane, search

WITHIN_S = 2.0
ARTICLE = "A-journey"


@pytest.fixture
def editors(own_server: DemoServer) -> Iterator[Editors]:
    both = Editors(own_server.address)
    yield both
    both.close()


def shown_at(seat: Seat, fact: Callable[[], object]) -> datetime:
    assert seat.until(fact, 30), lines(seat)
    return datetime.now(UTC)


def test_article_changed_on_server_found_in_two_seconds(sit: Sit, editors: Editors) -> None:
    seat = sit()
    knowledge = seat.workspace._rooms.knowledge
    search(seat, "极光套餐")
    assert seat.until(lambda: pane(seat).shows_found and is_whole(seat), 60)
    assert ARTICLE not in ids(seat)
    index = knowledge._index

    published = editors.publish(ARTICLE, "极光套餐怎么办理", "请客户到营业厅办理极光套餐。\n")
    found = shown_at(seat, lambda: ids(seat)[:1] == [ARTICLE])
    assert (found - published).total_seconds() <= WITHIN_S

    seat.press("Return")
    assert seat.until(lambda: pane(seat).article_id == ARTICLE)
    changed = editors.change(ARTICLE, title="极光套餐线上办理", body="请客户在 App 里办理极光套餐。\n")
    reads = shown_at(seat, lambda: "App" in pane(seat).article.text)
    assert (reads - changed).total_seconds() <= WITHIN_S, "the open article changes where it stands"
    seat.press("Escape")
    assert seat.until(lambda: lines(seat)[0].startswith("极光套餐线上办理"))
    search(seat, "线上极光")
    assert seat.until(lambda: pane(seat).shows_found and ids(seat)[:1] == [ARTICLE])
    assert knowledge._index is index, "no index was built anew"
