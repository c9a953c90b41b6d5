"""A lead in agents' calls: what is offered, whose call the phone answers by itself, and what an agent is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused
from agent_desktop.sync.live import MonitoringSeen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.supervisor.call_acts import CallActs
from agent_model.agent import AgentId, AgentState, Role
from agent_model.floor_policy import FloorAct
from agent_model.wire import Row
from tests.ui.at_work import comes, state
from tests.ui.conftest import CHEN
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_agent_board import agent_row, opened
from tests.ui.test_panes import texts

REFERENCE = "5e" * 16
NO_TAKING_OVER = {
    "listens": ["team_lead"],
    "whispers": ["team_lead"],
    "barges": [],
    "takes_over": [],
    "hangs_up": ["team_lead"],
    "told": [],
    "limits": [{"of": "agent", "id": "b-1", "acts": ["listen", "hang_up"]}],
}


@pytest.fixture
def lead(look: Look, tmp_path: Path) -> Iterator[AgentSeat]:
    seat = AgentSeat(tmp_path, look, company=(agent_row(1),), role=Role.TEAM_LEAD)
    yield seat
    seat.server.floor_done.set()
    seat.close()


@pytest.fixture
def exchange(lead: AgentSeat) -> Telephone:
    """The lead's phone is rung by it."""
    return lead.telephone(CHEN)


def panel(seat: AgentSeat) -> CallActs:
    acts = opened(seat, 1).card.acts
    assert seat.pump(lambda: acts.agent is not None)
    return acts


def offered(acts: CallActs) -> set[FloorAct]:
    return {act for act, button in acts.buttons.items() if not button.isHidden()}


def listens(seat: AgentSeat, exchange: Telephone) -> CallActs:
    """The exchange has rung, and the phone has answered by itself."""
    acts = panel(seat)
    seat.server.floor_done.clear()
    acts.buttons[FloorAct.LISTEN].click()
    assert seat.pump(lambda: bool(seat.server.floor_acts))
    exchange.call("1001", ("X-Call-Ref", REFERENCE))
    comes(seat, StripState.CONNECTED)
    seat.server.floor_done.set()
    assert seat.pump(lambda: "You are listening to Agent 001. Nobody hears you." in texts(acts))
    seat.workspace.monitoring.hear(MonitoringSeen(ME.id, AgentId("b-1"), FloorAct.LISTEN))
    return acts


def test_phone_answers_the_exchanges_call_by_itself_and_keeps_nothing_of_it(
    lead: AgentSeat, exchange: Telephone
) -> None:
    acts = listens(lead, exchange)

    assert lead.server.floor_acts == [("listen", "b-1", REFERENCE)]
    assert offered(acts) == {FloorAct.WHISPER, FloorAct.BARGE, FloorAct.TAKE_OVER}
    assert len(list(lead.workspace.items)) == 0
    exchange.hang_up()
    comes(lead, StripState.IDLE)
    assert lead.rooms.session.seat.entry.state is not AgentState.AFTER_CALL_WORK


@pytest.mark.parametrize("reference", ["ref-7", "6f" * 16], ids=["customer", "guessed"])
def test_no_other_call_is_answered_by_itself(lead: AgentSeat, exchange: Telephone, reference: str) -> None:
    acts = panel(lead)
    lead.server.floor_done.clear()
    acts.buttons[FloorAct.LISTEN].click()
    assert lead.pump(lambda: bool(lead.server.floor_acts))
    exchange.call("1001", ("X-Call-Ref", reference))
    comes(lead, StripState.RINGING)
    lead.server.floor_done.set()

    assert lead.pump(lambda: acts.buttons[FloorAct.LISTEN].isEnabled())
    assert state(lead) is StripState.RINGING


def test_call_that_was_taken_over_is_the_customers_from_then_on(lead: AgentSeat, exchange: Telephone) -> None:
    acts = listens(lead, exchange)
    acts.buttons[FloorAct.TAKE_OVER].click()
    assert "Press again to do it." in " ".join(texts(acts))
    assert len(lead.server.floor_acts) == 1
    acts.buttons[FloorAct.TAKE_OVER].click()

    assert lead.pump(lambda: [item.is_in_call for item in lead.workspace.items] == [True])
    assert lead.server.floor_acts[-1] == ("take_over", "b-1")


def test_only_what_the_site_allows_is_offered(look: Look, tmp_path: Path) -> None:
    policy = Row("floor_policy", "site", 1, NO_TAKING_OVER)
    seat = AgentSeat(tmp_path, look, company=(agent_row(1), policy), role=Role.TEAM_LEAD)
    acts = panel(seat)
    is_as_allowed = seat.pump(lambda: offered(acts) == {FloorAct.LISTEN, FloorAct.HANG_UP})
    seat.close()

    assert is_as_allowed


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("no_such_call", "Nothing was done: the agent is in no call now."),
        ("busy", "Nothing was done: you are in another call. End it first."),
        ("exchange_gone", "Nothing was done: the exchange cannot be reached. Try again in a moment."),
    ],
)
def test_refusal_is_said_with_what_to_do(lead: AgentSeat, code: str, words: str) -> None:
    acts = panel(lead)
    lead.server.floor_refusal = ServerRefused(409, code)
    acts.buttons[FloorAct.LISTEN].click()

    assert lead.pump(lambda: words in texts(acts))
    assert acts.buttons[FloorAct.LISTEN].isEnabled()


def test_leaving_and_calling_are_asked_of_the_server(lead: AgentSeat, exchange: Telephone) -> None:
    acts = listens(lead, exchange)
    acts.leave.click()
    assert lead.pump(lambda: lead.server.floor_acts[-1] == ("leave",))
    lead.workspace.monitoring.hear(MonitoringSeen(ME.id, AgentId("b-1"), None))
    assert lead.pump(acts.call.isEnabled)
    acts.call.click()

    assert lead.pump(lambda: lead.server.floor_acts[-1] == ("call", "b-1"))


def test_agent_is_told_who_is_in_the_call(seat: AgentSeat) -> None:
    seat.workspace.monitoring.hear(MonitoringSeen(AgentId("a-1007"), ME.id, FloorAct.WHISPER))

    told = seat.workspace.notices.notices[0].words
    assert told == "Zhou Min speaks to you; the customer does not hear it."


def test_card_says_how_one_is_in_the_call_and_its_buttons_stand_without_holes(lead: AgentSeat) -> None:
    acts = panel(lead)
    acts.offer(frozenset(FloorAct))
    acts.show_now(FloorAct.LISTEN)
    QCoreApplication.processEvents()
    shown = [one for one in (*acts.buttons.values(), acts.leave, acts.call) if one.isVisible()]
    lefts = [one.geometry().left() for one in shown]

    assert acts.now.text() == "Listen"
    assert lefts[0] < lefts[1]
    assert lefts[0::2] == [lefts[0]] * len(lefts[0::2])
    acts.show_now(None)
    assert not acts.now.isVisible()
