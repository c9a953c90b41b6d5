"""An article is published anew: its question is stale for its author at once, and not asked until somebody looked."""

from typing import Any

from agent_desktop.ui.window.rail import Page
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.training_people import EDITOR, LEAD, LEARNER, at_work
from tests.server.training_rows import ask, assign, put, question, quiz
from tests.server.workstation import Workstation

MANAGER, ARTICLE = "lu.hai", "A-refund"
TEXT = {
    "title": "退款多久到账",
    "body": "审核通过后三个工作日内原路退回。",
    "category": "账单与发票",
    "product": None,
    "queue": "billing",
    "language": "zh-CN",
    "keywords": ["退款"],
    "tiers": [],
    "regions": [],
    "owner": EDITOR,
    "review_days": 30,
}


def change(seat: Workstation, **fields: Any) -> None:
    """What somebody does with the draft as it stands."""
    seat.sync()
    draft = seat.row("article_draft", ARTICLE)
    pairs = {name: [draft["body"][name], value] for name, value in fields.items()}
    [answer] = seat.push(seat.op("article_draft", ARTICLE, "update", pairs, base_version=draft["version"]))
    assert answer["reason"] is None, answer


def publish(editor: Workstation, manager: Workstation, **fields: Any) -> None:
    """Written, read by a second person, and out."""
    if fields:
        change(editor, **fields)
    change(editor, state="review")
    change(manager, state="published")


def test_stale_question_after_article_change(sit: Sit, own_server: DemoServer) -> None:
    address = own_server.address
    with at_work(address, EDITOR) as editor, at_work(address, MANAGER) as manager, at_work(address, LEAD) as lead:
        assert put(editor, "article_draft", ARTICLE, TEXT)["reason"] is None
        publish(editor, manager)
        lead.sync()
        version = lead.row("article", ARTICLE)["version"]
        source = {"kind": "article", "id": ARTICLE, "version": version}
        ask(lead, "q-refund", question(1, author=LEAD, sources=[source]))
        assert put(lead, "quiz", "qz-1", quiz(count=1))["reason"] is None
        seat = sit(LEARNER)

        publish(editor, manager, body="审核通过后一个工作日内原路退回。")

        lead.sync()
        stale = lead.row("question", "q-refund")
        assert (stale["body"]["state"], stale["body"]["stale_by"]) == ("stale", ARTICLE)
        assert assign(lead)["changed"]["lacks"] == 1
        training = seat.workspace.training
        assert seat.until(lambda: training._duties != {}, 30)
        seat.press("Ctrl+Shift+Q")
        page = seat.window.pages.training
        assert seat.until(lambda: "too few questions" in page.duty.words.full_text)

        # Its author has looked, and it is asked again.
        now = lead.row("article", ARTICLE)["version"]
        confirmed = {"state": ["stale", "active"], "sources": [[source], [{**source, "version": now}]]}
        [answer] = lead.push(lead.op("question", "q-refund", "update", confirmed, base_version=stale["version"]))
        assert answer["reason"] is None
        assert assign(lead, "as-2")["changed"]["lacks"] == 0
        assert seat.until(lambda: seat.window.rail._pages[Page.TRAINING].accessibleDescription() == "To do: 1", 30)
