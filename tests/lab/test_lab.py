"""The lab itself: what the other lab tests may take for granted."""

import pytest

from agent_desktop.softphone.account import Transport
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk
from tests.softphone.tones import is_tone


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_our_phone_registers(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    agents.sign_in(account(asterisk, "1001", transport))
    contact = asterisk.contact("1001")
    assert contact is not None
    assert ("transport=" in contact.lower()) is (transport is not Transport.UDP)


def test_601_is_a_tone(asterisk: Asterisk, agents: Agents) -> None:
    phone = agents.sign_in("1001")
    call = agents.dial(phone, "601")
    agents.talk(2.2)
    agents.hang_up(phone, call)
    assert [is_tone(each, 1004) for each in agents.heard_by("1001")[1:4]] == [True] * 3


def test_600_is_an_echo(asterisk: Asterisk, agents: Agents) -> None:
    phone = agents.sign_in("1001", says_hz=440)
    call = agents.dial(phone, "600")
    agents.talk(2.2)
    agents.hang_up(phone, call)
    assert [is_tone(each, 440) for each in agents.heard_by("1001")[1:4]] == [True] * 3


def test_customer_comes_with_what_the_exchange_knows(asterisk: Asterisk, agents: Agents) -> None:
    phone = agents.sign_in("1001")
    asterisk.customer_calls("41001", facts={"CUSTOMER_ID": "C-客户 007;x", "CALL_REF": "ref-1"})
    invite = agents.rings(phone).invite
    assert (invite.customer_id, invite.call_ref) == ("C-客户 007;x", "ref-1")
    assert (invite.asserted_number, invite.asserted_name) == ("13812345678", "张三")
    assert (invite.queue, invite.ivr_path, invite.called_number) == ("service", "main>2", "4008100200")
    assert invite.user_to_user == "637573742d303034373131;encoding=hex"
