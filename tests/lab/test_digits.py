"""Pressed keys through a real exchange, both ways of sending them, both ways of receiving them."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import DigitMode
from agent_desktop.softphone.events import DigitReceived
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk

CARD = "621483123456789012*0123456789#"
WAYS = [("1001", DigitMode.RFC_4733), ("1021", DigitMode.INFO)]
BY = ["rfc4733", "info"]


@pytest.mark.parametrize(("user", "mode"), WAYS, ids=BY)
def test_pasted_digits_arrive_whole_and_in_order_and_are_in_no_log(
    asterisk: Asterisk, agents: Agents, tmp_path: Path, user: str, mode: DigitMode
) -> None:
    here = agents.sign_in(replace(account(asterisk, user), digit_mode=mode))
    with asterisk.manager() as manager:
        call = agents.dial(here, "608")
        agents.talk(0.5)
        here.phone.send_digits(call.id, CARD)
        agents.talk(9)
        typed = ""
        while "#" not in typed and len(typed) < len(CARD) - 1:
            typed += manager.wait_for_user_event("Digits")["Digits"]
    assert typed == CARD.removesuffix("#"), "# ends what the exchange reads"
    agents.leave()
    logs = list(tmp_path.glob("phone-*/*.log"))
    assert logs
    pieces = [CARD[at : at + 4] for at in range(len(CARD) - 3)]
    said = [log.read_text(encoding="utf-8") for log in logs]
    assert not [piece for piece in ("Signal", *pieces) if any(piece in each for each in said)]


@pytest.mark.parametrize(("user", "mode"), WAYS, ids=BY)
def test_digits_of_the_other_side_are_told(asterisk: Asterisk, agents: Agents, user: str, mode: DigitMode) -> None:
    here = agents.sign_in(replace(account(asterisk, user), digit_mode=mode))
    agents.dial(here, "611")

    def heard() -> str:
        return "".join(event.digit for event in here.told if isinstance(event, DigitReceived))

    agents.until(lambda: len(heard()) == 3)
    assert heard() == "12#"
