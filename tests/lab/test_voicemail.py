"""What reaches a phone beside calls: the lamp of its mailbox, and texts of the exchange."""

import os
import socket
from dataclasses import replace

import pytest

from agent_desktop.softphone.account import Registered
from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.softphone.events import MessageReceived, RegistrationChanged, Voicemail, VoicemailChanged
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk
from tests.softphone.stations import Station


def texts(station: Station) -> list[MessageReceived]:
    return [event for event in station.told if isinstance(event, MessageReceived)]


def listen_and_delete(agents: Agents, here: Station) -> None:
    """As a person does: the mailbox asks once more whoever has pressed a key before its turn."""
    while here.phone.snapshot().voicemail != Voicemail():
        listen_once(agents, here)


def listen_once(agents: Agents, here: Station) -> None:
    mailbox = agents.dial(here, "*97")
    agents.talk(1)
    here.phone.send_digits(mailbox.id, "1,,7,#")
    agents.until(lambda: here.call(mailbox.id).is_over, 30)
    agents.talk(1)


def test_message_left_lights_the_lamp_and_listening_to_it_puts_it_out(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    asterisk.leave_message("1001")
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(1, 0), 20)
    listen_and_delete(agents, here)
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(0, 0), 30)
    told = [event.voicemail for event in here.told if isinstance(event, VoicemailChanged)]
    assert told[0] == Voicemail(1, 0)
    assert told[-1] == Voicemail(0, 0)


def test_message_left_while_signed_out_is_told_at_signing_in(asterisk: Asterisk, agents: Agents) -> None:
    asterisk.leave_message("1002")
    watching = agents.sign_in("1003")
    with asterisk.manager() as manager:
        manager.wait_for("MessageWaiting", lambda each: each["Mailbox"] == ["1002@default"])
    assert watching.phone.snapshot().voicemail == Voicemail()
    here = agents.sign_in("1002")
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(1, 0))
    listen_and_delete(agents, here)
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(), 30)


def test_message_is_told_after_a_restart_that_the_registration_outlived(asterisk: Asterisk, agents: Agents) -> None:
    """The exchange has forgotten who wanted to know."""
    here = agents.sign_in(replace(account(asterisk, "1004"), keep_alive_s=60))
    agents.until(lambda: asterisk.cli("pjsip show subscriptions inbound").count("1004") > 0)
    asterisk.restart(forgets=False)
    asterisk.leave_message("1004")
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(1, 0), 50)
    registrations = [event for event in here.told if isinstance(event, RegistrationChanged)]
    assert len([event for event in registrations if isinstance(event.registration, Registered)]) == 1
    listen_and_delete(agents, here)
    agents.until(lambda: here.phone.snapshot().voicemail == Voicemail(), 30)


def send(asterisk: Asterisk, to: str, body: str, content_type: str = "text/plain") -> None:
    with asterisk.manager() as manager:
        headers = ["X-Call-Ref=ref-7", f"Content-Type={content_type}"]
        manager.ask("MessageSend", headers, Destination=f"pjsip:{to}", From="sip:survey@127.0.0.1", Body=body)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/plain", "您好，评价：5"), ("application/json", '{"score": 5, "text": "谢谢"}')],
    ids=["text", "json"],
)
def test_text_of_the_exchange_arrives_with_the_name_of_its_call(
    asterisk: Asterisk, agents: Agents, content_type: str, body: str
) -> None:
    here = agents.sign_in("1001")
    send(asterisk, "1001", body, content_type)
    agents.until(lambda: bool(texts(here)))
    assert texts(here) == [MessageReceived("ref-7", content_type, body)]


def post(to: Station, body: bytes, content_type: str = "text/plain", sender: str = "127.0.0.1") -> str:
    """Past the exchange, as it would write it; the phone's answer."""
    port = to.phone.snapshot().sip_port
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as post:
        post.bind((sender, 0))
        post.settimeout(5)
        head = [
            f"MESSAGE sip:1001@127.0.0.1:{port} SIP/2.0",
            f"Via: SIP/2.0/UDP {sender}:{post.getsockname()[1]};branch=z9hG4bK{os.urandom(6).hex()}",
            f"From: <sip:survey@{sender}>;tag=1", f"To: <sip:1001@127.0.0.1:{port}>", f"Call-ID: {os.urandom(6).hex()}",
            "CSeq: 1 MESSAGE", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", "", "",
        ]  # fmt: skip
        post.sendto("\r\n".join(head).encode() + body, ("127.0.0.1", port))
        return post.recv(4096).decode().partition("\r\n")[0]


def test_text_of_a_stranger_or_of_no_known_kind_is_left_unread(agents: Agents) -> None:
    here = agents.sign_in("1001")
    assert post(here, b"from elsewhere", sender="127.0.0.2") == "SIP/2.0 403 Forbidden"
    for answer in (
        post(here, b"<html/>", "text/html"),
        post(here, b""),
        post(here, b"x" * 2049),
        post(here, b"x" * 8193),
        post(here, "满意".encode("gb18030"), "text/plain;charset=gb18030"),
    ):
        assert answer == "SIP/2.0 200 OK"
    agents.until(lambda: bool(texts(here)))
    assert texts(here) == [MessageReceived(None, "text/plain", "满意")]


def test_score_of_the_survey_reaches_the_agent_who_asked_for_it(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    asterisk.customer_calls("41001", does="digits", facts={"CALL_REF": "ref-9"})
    call = agents.answer(here)
    here.phone.transfer(call.id, "5700", TransferPurpose.SURVEY)
    agents.until(lambda: bool(texts(here)), 20)
    assert texts(here) == [MessageReceived("ref-9", "application/json", '{"survey": 5700, "score": "1"}')]
