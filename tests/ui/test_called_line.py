"""What the agent says first: brand, language and greeting of the line that was called, while it rings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_model.wire import Row
from tests.ui.at_work import REF, comes
from tests.ui.seat import BILLING, SITE, ZHOU, AgentSeat
from tests.ui.test_panes import texts

LINE = Row(
    "called_number",
    "4008100299",
    1,
    {
        "number": "4008100299",
        "queue": "billing",
        "brand": {"zh": "海岚国际", "en": "Hailan Global"},
        "greeting": {"zh": "您好，海岚国际。", "en": "Hailan Global, good day."},
        "languages": ["en", "zh-CN"],
    },
)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, SITE, (ZHOU, BILLING, LINE))
    yield made
    made.close()


@pytest.mark.parametrize("written", ["4008100299", "400-810-0299", "+864008100299"])
def test_brand_language_and_greeting_stand_there_while_it_rings(seat: AgentSeat, written: str) -> None:
    script = seat.window.right.script
    seat.window.right.turn_to(SCRIPT)
    seat.telephone("13800006721").call("1001", REF, ("X-Called-Number", written))
    comes(seat, StripState.RINGING)
    assert seat.pump(lambda: any("Hailan Global · English" in text for text in texts(seat.window.strip.ringing)))
    shown = {"Hailan Global", "Hailan Global, good day.", "Called number 400-810-0299"}
    assert seat.pump(lambda: shown <= texts(script))
    assert any(text.startswith("Answered in English / ") for text in texts(script))


def test_line_of_nobody_shows_no_greeting(seat: AgentSeat) -> None:
    seat.telephone("13800006721").call("1001", REF, ("X-Called-Number", "4008100999"))
    comes(seat, StripState.RINGING)
    assert "Hailan Global" not in " ".join(texts(seat.window))
