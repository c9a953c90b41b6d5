"""Flows of tickets: what is one, and that no way through one comes to where it does not lead."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_model.ticket import TicketStatus, TicketType
from agent_model.ticket_flow import SHIPPED, FlowFault, Move, TicketFlow, faults

NEW, GOING, WAITING, DONE, CLOSED = TicketStatus
FAULT = SHIPPED[TicketType.FAULT]
MOVES = st.builds(Move, st.sampled_from(TicketStatus), st.sampled_from(TicketStatus), st.booleans())
FLOWS = st.builds(
    TicketFlow,
    st.just("fault"),
    st.just(TicketType.FAULT),
    st.lists(st.sampled_from(TicketStatus), min_size=1, unique=True).map(tuple),
    st.lists(st.sampled_from(TicketStatus), max_size=3, unique=True).map(tuple),
    st.lists(MOVES, max_size=10).map(tuple),
)


@pytest.mark.parametrize("type_", TicketType)
def test_every_shipped_flow_is_one(type_: TicketType) -> None:
    assert faults(SHIPPED[type_]) == ()


@pytest.mark.parametrize(
    ("flow", "fault"),
    [
        (replace(FAULT, states=(NEW, DONE, CLOSED)), FlowFault.UNKNOWN_STATE),
        (replace(FAULT, first=()), FlowFault.NO_FIRST),
        (replace(FAULT, first=(NEW, CLOSED)), FlowFault.NO_FIRST),
        (replace(FAULT, moves=(Move(NEW, DONE), Move(DONE, CLOSED)), first=(NEW,)), FlowFault.NEVER_REACHED),
        (replace(FAULT, moves=(*FAULT.moves[:5], Move(DONE, GOING))), FlowFault.DEAD_END),
        (replace(FAULT, moves=(*FAULT.moves, Move(CLOSED, GOING))), FlowFault.NOT_CLOSED),
        (replace(FAULT, moves=(*FAULT.moves, FAULT.moves[0])), FlowFault.TWICE),
    ],
    ids=lambda value: value.value if isinstance(value, FlowFault) else "",
)
def test_what_is_no_flow_says_why(flow: TicketFlow, fault: FlowFault) -> None:
    assert fault in faults(flow)


@settings(deadline=None)
@given(flow=FLOWS, data=st.data())
def test_no_sequence_of_allowed_moves_leaves_a_flow(flow: TicketFlow, data: st.DataObject) -> None:
    """Whoever follows only what is offered stays among its states, and can come to the end from anywhere."""
    if faults(flow):
        return
    status = data.draw(st.sampled_from(flow.first))
    for _ in range(12):
        assert status in flow.states
        offered = flow.moves_from(status)
        assert bool(offered) is (status is not CLOSED)
        if not offered:
            return
        move = data.draw(st.sampled_from(offered))
        assert flow.move(status, move.after) == move
        status = move.after
