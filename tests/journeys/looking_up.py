"""What a person does with the knowledge pane, by keys, and what they see in it."""

from PySide6.QtCore import Qt

from agent_desktop.ui.knowledge.pane import KnowledgePane
from demo.seat import Seat

TITLE_CHANGE = "KB-0001"
"""The demo's article on changing the title of an e-invoice, and a search that means it."""
TITLE_CHANGE_WORDS = "发票抬头"


def pane(seat: Seat) -> KnowledgePane:
    return seat.window.right.knowledge


def lines(seat: Seat) -> list[str]:
    """The list, as a screen reader says it."""
    model, said = pane(seat).hits.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(said)) for row in range(model.rowCount())]


def is_whole(seat: Seat) -> bool:
    """The index is there, and of all articles."""
    knowledge = seat.workspace._rooms.knowledge
    return knowledge._index is not None and knowledge.building is None


def search(seat: Seat, words: str) -> None:
    """Empties the search and types these."""
    assert seat.take_keyboard()
    seat.press("F3")
    assert seat.until(pane(seat).search.hasFocus)
    seat.press("Escape")
    seat.type(words)


def find(seat: Seat, words: str, article_id: str, timeout_s: float = 60) -> None:
    """Types and steps down until this article is chosen."""
    search(seat, words)
    hits = pane(seat).hits
    assert seat.until(lambda: pane(seat).shows_found and article_id in ids(seat), timeout_s), lines(seat)
    assert seat.take_keyboard()
    for _ in range(ids(seat).index(article_id)):
        seat.press("Down")
    assert hits.current_id == article_id


def ids(seat: Seat) -> list[str]:
    return list(pane(seat).hits.ids)
