"""A far side that goes without a word, and one that only has nothing to say: each takes its minute, all the same."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from agent_desktop.softphone.call import CallId, CallState, EndReason
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.strangers import Stranger, answer_to, message_of, offer

WITHIN_S = 90.0  # 60 of the promise, and a busy machine
pytestmark = pytest.mark.timeout(400)

Story = Callable[[Station, Path], None]


def takes(station: Station, caller: Stranger, *headers: str) -> CallId:
    """The call of this one, answered; nothing but SIP ever comes of it."""
    caller.calls(station.phone.snapshot().sip_port, *headers)
    both = Stations(station)
    both.until(lambda: bool(station.incoming()))
    call_id = station.incoming()[0].id
    station.phone.answer(call_id)
    taken = caller.next("SIP/2.0 200")
    caller.send(ack(taken), station.phone.snapshot().sip_port)
    both.until_call(station, call_id, lambda call: call.state is CallState.CONNECTED)
    return call_id


def ack(taken: str) -> str:
    kept = [line for line in taken.split("\r\n") if line.startswith(("From:", "To:", "Call-ID:"))]
    via = next(line for line in taken.split("\r\n") if line.startswith("Via:"))
    return message_of(("ACK sip:100@127.0.0.1 SIP/2.0", f"{via}ack", *kept, "CSeq: 1 ACK", "Max-Forwards: 70"))


def reason(station: Station, call_id: CallId) -> EndReason | None:
    told = station.call(call_id).end
    return told.reason if told is not None else None


def _other_side_dies(station: Station, _: Path) -> None:
    with Stranger("127.0.0.1") as one, Stranger("127.0.0.1") as other:
        held = takes(station, one)
        station.phone.hold(held)
        hold = one.next("INVITE ")
        answer = offer(one.address).replace("a=rtpmap", "a=recvonly\r\na=rtpmap")
        one.send(answer_to(hold, "200 OK", f"Contact: <sip:800@{one.address}>", body=answer), sip_port(station))
        Stations(station).until_call(station, held, lambda call: call.held_here)
        talked = takes(station, other)
        Stations(station).until(lambda: not station.phone.snapshot().calls, patience_s=WITHIN_S)
    assert (reason(station, held), reason(station, talked)) == (EndReason.LOST, EndReason.LOST)


def sip_port(station: Station) -> int:
    return station.phone.snapshot().sip_port


def _other_side_is_quiet_and_forgets(station: Station, _: Path) -> None:
    with Stranger("127.0.0.1") as caller:
        call_id = takes(station, caller)
        for status in ("200 OK", "405 Method Not Allowed"):
            Stations(station).until(lambda: caller.has("OPTIONS "), patience_s=WITHIN_S)
            caller.send(answer_to(caller.next("OPTIONS "), status), sip_port(station))
        assert station.call(call_id).state is CallState.CONNECTED
        Stations(station).until(lambda: caller.has("OPTIONS "), patience_s=WITHIN_S)
        caller.send(answer_to(caller.next("OPTIONS "), "481 Call/Transaction Does Not Exist"), sip_port(station))
        Stations(station).until(lambda: reason(station, call_id) is EndReason.LOST)


def _switch_has_a_session_timer(station: Station, _: Path) -> None:
    with Stranger("127.0.0.1") as switch:
        switch.calls(sip_port(station), "Supported: timer", "Session-Expires: 90;refresher=uas", "Allow: UPDATE")
        both = Stations(station)
        both.until(lambda: bool(station.incoming()))
        station.phone.answer(station.incoming()[0].id)
        taken = switch.next("SIP/2.0 200")
        switch.send(ack(taken), sip_port(station))
        assert "\nSession-Expires: 90;refresher=uas" in taken
        both.until(lambda: switch.has("UPDATE "), patience_s=WITHIN_S)


def _is_held_by_one_of_ours(station: Station, folder: Path) -> None:
    other = set_up(started(folder / "other"), direct("200"))
    both = Stations(station, other)
    out, into = both.connect(other, station)
    station.phone.hold(into)
    both.until_call(other, out, lambda call: call.held_there)
    both.for_a_while(65)
    assert (station.call(into).state, other.call(out).state) == (CallState.CONNECTED, CallState.CONNECTED)
    end(other, folder / "other")


STORIES: tuple[Story, ...] = (
    _other_side_dies,
    _other_side_is_quiet_and_forgets,
    _switch_has_a_session_timer,
    _is_held_by_one_of_ours,
)


def _lived(story: Story, folder: Path) -> None:
    """With a phone of its own."""
    station = set_up(started(folder), direct("100"))
    try:
        story(station, folder)
    finally:
        end(station, folder)


Told = Mapping[Story, Future[None]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with ThreadPoolExecutor(len(STORIES)) as lines:
        yield {story: lines.submit(_lived, story, tmp_path_factory.mktemp(story.__name__)) for story in STORIES}


def test_call_whose_other_side_is_dead_ends_within_a_minute_talking_or_held(told: Told) -> None:
    told[_other_side_dies].result()


def test_quiet_call_stays_as_long_as_its_other_side_answers_and_ends_when_it_forgot_the_call(told: Told) -> None:
    told[_other_side_is_quiet_and_forgets].result()


def test_session_timer_of_the_switch_is_kept(told: Told) -> None:
    """RFC 4028: the phone refreshes when it is to, and says who does."""
    told[_switch_has_a_session_timer].result()


def test_held_call_between_two_of_our_phones_stays(told: Told) -> None:
    """Each asks the other, which answers."""
    told[_is_held_by_one_of_ours].result()
