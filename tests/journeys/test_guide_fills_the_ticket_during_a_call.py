"""A guide is gone through during a call: killed in the middle it goes on, and at its end the ticket is filled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.caller import Caller
from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Sit
from tests.journeys.other_window import OtherWindow, guide_on_disk
from tests.journeys.sight import calls

CUSTOMER = CUSTOMERS[41]


@pytest.fixture
def other(tmp_path: Path, server: DemoServer) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    yield window
    window.close()


def test_guide_goes_on_after_a_kill_and_fills_the_ticket(other: OtherWindow, sit: Sit, colleague: Colleague) -> None:
    headers = {"X-Queue": "support", "X-Call-Ref": "journey-guide"}
    with Caller(other.sip_address, phone_of(CUSTOMER), headers) as caller:
        assert other.until(lambda seen: seen["ringing"] and seen["customer"] == CUSTOMER.customer.id)
        other.do("press F9")
        assert caller.wait_for("connected")
        assert other.until(lambda seen: seen["talking"])
        other.do("press F3")
        other.do("type kb:KB-0033")
        other.do("press Return")
        assert other.until(lambda seen: seen["article"] == "KB-0033")
        other.do("press Return")
        assert other.until(lambda seen: seen["step"] == "指示灯")
        other.do("press 2")
        other.do("press 2")
        assert other.until(lambda seen: seen["step"] == "何时开始")
        other.do("type 2026-11-21 18:30")
        assert other.until(lambda _: guide_on_disk(other.paths) == "2026-11-21 18:30")

        other.kill()

        again = sit(home=other.paths.settings.parent, sip_port=int(other.sip_address.rpartition(":")[2]))
        right = again.window.right
        assert again.until(lambda: right.guide.isVisible() and right.guide.step_name.full_text == "何时开始")
        assert again.until(lambda: right.guide.line.text() == "2026-11-21 18:30")
        assert again.take_keyboard()
        again.press("Shift+F3")
        again.press("Return")
        again.press("1")
        assert again.until(lambda: right.guide.step_name.full_text == "派单")
        again.press("Return")

        draft = right.form.draft
        assert (draft.category, draft.subject) == ("fault/broadband/down", "宽带无法上网")
        assert draft.typed == {"lights": "los", "since": "2026-11-21 18:30", "needs_visit": "yes"}
        assert draft.description.splitlines()[1:] == [
            "- 指示灯: 红色",
            "- 光纤: 还是红灯",
            "- 何时开始: 2026-11-21 18:30",
            "- 是否上门: 方便",
        ]
        assert right.wrap_up.disposition.chosen == "fault-ticket"
        again.press("Ctrl+Return")
        again.press("Ctrl+Shift+H")
        assert caller.wait_for("ended")
        assert again.until(lambda: not calls(again))
    segment = CUSTOMER.customer.body["segment"]
    assert again.until(lambda: colleague.tickets(f"customers:{segment}", "宽带无法上网"), 30)
