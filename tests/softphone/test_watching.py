"""What the switch tells beside calls: as it writes it, and as the simulated one tells it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from agent_desktop.softphone.account import Account, Registered
from agent_desktop.softphone.events import (
    Lamp,
    MessageReceived,
    Voicemail,
    VoicemailChanged,
    Watched,
    WatchedChanged,
)
from agent_desktop.softphone.notified import dialogs_of, lamp_of, voicemail_of
from agent_desktop.softphone.simulated_link import SimulatedLink
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from tests.softphone.stations import Station, Stations, set_up

FROM_ASTERISK = """<?xml version="1.0" encoding="UTF-8"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="full" entity="sip:1002@127.0.0.1:12001">
 <dialog id="1002" direction="recipient">
  <state>{}</state>
 </dialog>
</dialog-info>
"""


def from_proxy(report: str, **dialogs: str) -> str:
    inside = "".join(f'<dialog id="{name}"><state code="1">{state}</state></dialog>' for name, state in dialogs.items())
    return f'<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" state="{report}" entity="x">{inside}</dialog-info>'


@pytest.mark.parametrize(
    ("state", "lamp"),
    [
        ("terminated", Lamp.FREE),
        ("early", Lamp.RINGING),
        ("confirmed", Lamp.IN_CALL),
        ("trying", Lamp.RINGING),
        ("on fire", Lamp.UNKNOWN),
    ],
)
def test_lamp_follows_what_the_switch_writes(state: str, lamp: Lamp) -> None:
    dialogs = dialogs_of(FROM_ASTERISK.format(state), {})
    assert dialogs is not None
    assert lamp_of(dialogs.values()) is lamp


def test_call_that_is_talked_in_counts_more_than_one_that_rings() -> None:
    told = dialogs_of(from_proxy("full", a="early", b="confirmed"), {})
    assert told is not None
    assert lamp_of(told.values()) is Lamp.IN_CALL


def test_partial_report_leaves_the_other_calls_as_they_were() -> None:
    before = dialogs_of(from_proxy("full", a="confirmed", b="early"), {})
    assert before is not None
    after = dialogs_of(from_proxy("partial", a="terminated"), before)
    assert after == {"b": Lamp.RINGING}
    assert dialogs_of(from_proxy("full"), before) == {}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not xml",
        "<presence/>",
        FROM_ASTERISK.format("early")[:-20],
        '<!DOCTYPE x [<!ENTITY a "b">]>' + from_proxy("full", a="early"),
    ],
    ids=["empty", "text", "other", "cut", "entities"],
)
def test_report_that_is_none_changes_no_lamp(body: str) -> None:
    assert dialogs_of(body, {}) is None


@pytest.mark.parametrize(
    ("body", "voicemail"),
    [
        ("Messages-Waiting: yes\r\nMessage-Account: sip:a@b\r\nVoice-Message: 2/8 (0/2)\r\n", Voicemail(2, 8)),
        ("Messages-Waiting: no\nvoice-message : 0/3\n", Voicemail(0, 3)),
        ("Messages-Waiting: yes\n", Voicemail(1)),
        ("Messages-Waiting: no\n", Voicemail(0)),
        ("Fax-Message: 1/0\n", None),
        ("", None),
    ],
    ids=["counted", "none new", "some", "none", "fax", "empty"],
)
def test_count_of_messages_is_read(body: str, voicemail: Voicemail | None) -> None:
    assert voicemail_of(body) == voicemail


@pytest.fixture
def switch() -> SimulatedSwitch:
    return SimulatedSwitch()


@pytest.fixture
def desk(switch: SimulatedSwitch) -> Iterator[list[Station]]:
    """1001 and 1002, registered at the simulated switch."""
    with ExitStack() as leaving:
        stations = [Station(SimulatedLink(switch)) for _ in range(2)]
        for station, user in zip(stations, ("1001", "1002"), strict=True):
            leaving.callback(station.link.close)
            set_up(station, at_switch(user))
        yield stations


def at_switch(user: str) -> Account:
    return Account(user, "pbx.example", registrar="pbx.example")


def lamps(station: Station) -> dict[str, Lamp]:
    return {each.number: each.lamp for each in station.phone.snapshot().watched}


def test_lamps_follow_the_calls_of_a_colleague(desk: list[Station]) -> None:
    here, there = desk
    both = Stations(here, there)
    here.phone.watch(("1002", "1999"))
    both.until(lambda: lamps(here) == {"1002": Lamp.FREE, "1999": Lamp.UNKNOWN})
    out = here.phone.dial("1002")
    both.until(lambda: lamps(here)["1002"] is Lamp.RINGING)
    there.phone.answer(there.incoming()[0].id)
    both.until(lambda: lamps(here)["1002"] is Lamp.IN_CALL)
    here.phone.hang_up(out)
    both.until(lambda: lamps(here)["1002"] is Lamp.FREE)


def test_watching_again_tells_every_lamp_again_and_forgets_the_others(desk: list[Station]) -> None:
    here, there = desk
    both = Stations(here, there)
    here.phone.watch(("1002", "1999"))
    both.until(lambda: lamps(here).get("1002") is Lamp.FREE)
    here.told.clear()
    here.phone.watch(("1002",))
    both.until(lambda: bool(here.told))
    assert here.told == [WatchedChanged(Watched("1002", Lamp.FREE))]
    assert lamps(here) == {"1002": Lamp.FREE}


def test_phone_without_a_switch_knows_no_lamps_and_no_messages(switch: SimulatedSwitch, desk: list[Station]) -> None:
    here, there = desk
    both = Stations(here, there)
    switch.count_voicemail("1001", Voicemail(1, 2))
    here.phone.watch(("1002",))
    both.until(lambda: lamps(here).get("1002") is Lamp.FREE and here.phone.snapshot().voicemail == Voicemail(1, 2))
    here.phone.set_account(None)
    both.until(lambda: lamps(here)["1002"] is Lamp.UNKNOWN and here.phone.snapshot().voicemail == Voicemail())
    here.phone.set_account(replace(at_switch("1001"), display_name="again"))
    both.until(lambda: lamps(here)["1002"] is Lamp.FREE and here.phone.snapshot().voicemail == Voicemail(1, 2))


def test_count_of_messages_is_told_when_it_changes(switch: SimulatedSwitch, desk: list[Station]) -> None:
    here, _ = desk
    switch.count_voicemail("1001", Voicemail(1))
    switch.count_voicemail("1002", Voicemail(5))
    Stations(*desk).until(lambda: here.phone.snapshot().voicemail == Voicemail(1))
    assert [event for event in here.told if isinstance(event, VoicemailChanged)] == [VoicemailChanged(Voicemail(1))]


def test_account_in_use_elsewhere_is_told_as_long_as_it_is(switch: SimulatedSwitch, desk: list[Station]) -> None:
    here, _ = desk
    switch.use_elsewhere("1001", "192.0.2.7")
    Stations(*desk).until(lambda: elsewhere(here) == ("192.0.2.7",))
    switch.use_elsewhere("1001")
    Stations(*desk).until(lambda: elsewhere(here) == ())


def elsewhere(station: Station) -> tuple[str, ...] | None:
    now = station.phone.snapshot().registration
    return now.elsewhere if isinstance(now, Registered) else None


def test_text_of_the_switch_arrives(switch: SimulatedSwitch, desk: list[Station]) -> None:
    here, _ = desk
    switch.send_text("1001", '{"score": 5}', "application/json", call_ref="ref-1")
    Stations(*desk).until(lambda: any(isinstance(event, MessageReceived) for event in here.told))
    assert here.told[-1] == MessageReceived("ref-1", "application/json", '{"score": 5}')
