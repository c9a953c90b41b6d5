"""Busy lamps: what a colleague's phone does, as the exchange tells it."""

from dataclasses import replace

from agent_desktop.softphone.account import NotRegistered, Registered
from agent_desktop.softphone.events import Lamp, WatchedChanged
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk
from tests.softphone.stations import Station


def lamps(station: Station) -> dict[str, Lamp]:
    return {each.number: each.lamp for each in station.phone.snapshot().watched}


def told_of(station: Station, number: str) -> list[Lamp]:
    events = [event.watched for event in station.told if isinstance(event, WatchedChanged)]
    return [watched.lamp for watched in events if watched.number == number]


def watched_by(asterisk: Asterisk, user: str) -> list[str]:
    """By the exchange's own book."""
    lines = asterisk.cli("pjsip show subscriptions inbound").splitlines()
    owned = [lines[at + 1].split()[1] for at, line in enumerate(lines) if line.startswith(f"Endpoint: {user}/")]
    return sorted(resource.partition("/")[0] for resource in owned if resource.endswith("/dialog"))


def test_lamp_follows_a_colleague_from_ring_to_end(asterisk: Asterisk, agents: Agents) -> None:
    lead, colleague = agents.sign_in("1100"), agents.sign_in("1002")
    lead.phone.watch(("1002", "1003", "1999"))
    agents.until(lambda: lamps(lead) == {"1002": Lamp.FREE, "1003": Lamp.FREE, "1999": Lamp.UNKNOWN})
    asterisk.customer_calls("41002")
    agents.until(lambda: lamps(lead).get("1002") is Lamp.RINGING)
    call = agents.answer(colleague)
    agents.until(lambda: lamps(lead).get("1002") is Lamp.IN_CALL)
    agents.hang_up(colleague, call)
    agents.until(lambda: lamps(lead).get("1002") is Lamp.FREE)
    assert told_of(lead, "1002") == [Lamp.UNKNOWN, Lamp.FREE, Lamp.RINGING, Lamp.IN_CALL, Lamp.FREE]
    assert told_of(lead, "1003") == [Lamp.UNKNOWN, Lamp.FREE]


def test_what_is_no_longer_watched_is_unsubscribed(asterisk: Asterisk, agents: Agents) -> None:
    lead = agents.sign_in("1100")
    lead.phone.watch(("1002", "1003"))
    agents.until(lambda: lamps(lead) == {"1002": Lamp.FREE, "1003": Lamp.FREE})
    assert watched_by(asterisk, "1100") == ["1002", "1003"]
    lead.phone.watch(("1003", "1004"))
    agents.until(lambda: lamps(lead) == {"1003": Lamp.FREE, "1004": Lamp.FREE})
    agents.until(lambda: watched_by(asterisk, "1100") == ["1003", "1004"])
    lead.phone.watch(())
    agents.until(lambda: watched_by(asterisk, "1100") == [])


def test_lamps_are_out_while_the_phone_is_signed_out(asterisk: Asterisk, agents: Agents) -> None:
    lead = agents.sign_in("1100")
    lead.phone.watch(("1002",))
    agents.until(lambda: lamps(lead).get("1002") is Lamp.FREE)
    lead.phone.set_account(None)
    agents.until(
        lambda: lead.phone.snapshot().registration == NotRegistered() and lamps(lead).get("1002") is Lamp.UNKNOWN
    )
    lead.phone.set_account(account(asterisk, "1100"))
    agents.until(lambda: lamps(lead).get("1002") is Lamp.FREE)
    assert watched_by(asterisk, "1100") == ["1002"]


def test_lamps_come_back_with_an_exchange_that_has_forgotten_everything(asterisk: Asterisk, agents: Agents) -> None:
    quick = replace(account(asterisk, "1100"), keep_alive_s=1)
    lead = agents.sign_in(quick)
    lead.phone.watch(("1002", "1003"))
    agents.until(lambda: lamps(lead) == {"1002": Lamp.FREE, "1003": Lamp.FREE})
    asterisk.restart()
    agents.until(lambda: isinstance(lead.phone.snapshot().registration, Registered), 30)
    agents.until(lambda: watched_by(asterisk, "1100") == ["1002", "1003"], 40)
    colleague = agents.sign_in("1002")
    agents.dial(colleague, "601")
    agents.until(lambda: lamps(lead).get("1002") is Lamp.IN_CALL)
