"""What an agent does with calls at an AgentSeat, each step until it has come about."""

from agent_desktop.softphone.call import Recording, TransferPurpose
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts

REF = ("X-Call-Ref", "ref-7")


def state(seat: AgentSeat) -> StripState:
    return seat.window.strip.situation.state


def press(seat: AgentSeat, deed: Deed) -> None:
    """A button that is there and can be used."""
    assert seat.pump(lambda: deed in seat.window.strip.buttons and seat.window.strip.buttons[deed].isEnabled())
    seat.window.strip.press(deed)


def comes(seat: AgentSeat, wanted: StripState) -> None:
    assert seat.pump(lambda: state(seat) is wanted), state(seat)


def talk_with(seat: AgentSeat, caller: Telephone, *headers: tuple[str, str]) -> None:
    """The caller rings, is recognised and answered."""
    caller.call("1001", *(headers or (REF,)))
    comes(seat, StripState.RINGING)
    seat.window.strip.answer()
    comes(seat, StripState.CONNECTED)
    assert seat.pump(lambda: "Chen Siyuan" in texts(seat.window.strip))


def bring(seat: AgentSeat, written: str, *, at_once: bool = False) -> None:
    press(seat, Deed.TRANSFER if at_once else Deed.CONSULT)
    panel = seat.window.strip.panel
    panel.field.setText(written)
    (panel.transfer if at_once else panel.consult).click()


def ask(seat: AgentSeat, caller: Telephone, colleague: Telephone) -> None:
    """The caller is held and the colleague's telephone rings about them."""
    talk_with(seat, caller)
    bring(seat, "1007")
    assert seat.pump(lambda: colleague.rings)


def consult(seat: AgentSeat, caller: Telephone, colleague: Telephone) -> None:
    """The colleague has answered."""
    ask(seat, caller, colleague)
    colleague.answer()
    comes(seat, StripState.CONSULT_TALKING)


def confer(seat: AgentSeat, caller: Telephone, colleague: Telephone) -> None:
    """All three talk."""
    consult(seat, caller, colleague)
    press(seat, Deed.CONFERENCE)
    comes(seat, StripState.CONFERENCE)


def send_on(seat: AgentSeat, caller: Telephone, colleague: Telephone) -> None:
    """The caller was sent on at once, and the colleague's telephone rings."""
    talk_with(seat, caller)
    bring(seat, "1007", at_once=True)
    assert seat.pump(lambda: colleague.rings)


def take_to(seat: AgentSeat, caller: Telephone, place: Telephone, purpose: TransferPurpose) -> None:
    """Survey, PIN check or parking: its telephone has answered the caller."""
    talk_with(seat, caller)
    press(seat, Deed.CONSULT)
    seat.window.strip.panel.places[purpose].click()
    assert seat.pump(lambda: place.rings)
    place.answer()


def recording(seat: AgentSeat) -> Recording | None:
    main = seat.window.strip.situation.main
    return None if main is None else main.call.recording


def contacts(seat: AgentSeat) -> list[tuple[str, int | None, int | None]]:
    """(kind, seconds talked, rating) of the customer's timeline, oldest first."""
    profile = seat.rooms.book.profile(seat.rooms.finder.find("Chen")[0].customer.id)
    assert profile is not None
    found = [entry.contact for entry in profile.timeline.entries if entry.contact is not None]
    return [(contact.kind.value, contact.duration_s, contact.rating) for contact in reversed(found)]
