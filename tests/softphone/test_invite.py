"""Facts of an INVITE, as a real switch wrote it and as it might."""

import pytest

from agent_desktop.softphone.invite import HeaderNames, InviteFacts, party, read_invite, text_of

FROM_ASTERISK = "\r\n".join(
    (
        "INVITE sip:1001@127.0.0.1:42189;ob SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:15060;rport;branch=z9hG4bKPj9fd05ddc",
        'From: "Jane Customer" <sip:9000@127.0.0.1>;tag=a207e293',
        "Max-Forwards: 70",
        'P-Asserted-Identity: "Jane Customer" <sip:9000@127.0.0.1>',
        "X-Customer-Id: CUST-004711",
        "User-to-User: 637573742d303034373131;encoding=hex;purpose=isdn-interwork",
        "X-Queue: support",
        "X-Call-Ref: pbx1-1795285319.153",
        "Content-Length:   277",
        "",
        "v=0",
        "X-Queue: not a header",
    )
)


def test_facts_of_a_real_invite() -> None:
    assert read_invite(FROM_ASTERISK, HeaderNames()) == InviteFacts(
        asserted_number="9000",
        asserted_name="Jane Customer",
        customer_id="CUST-004711",
        user_to_user="637573742d303034373131;encoding=hex;purpose=isdn-interwork",
        queue="support",
        call_ref="pbx1-1795285319.153",
    )


def test_site_may_call_its_headers_as_it_likes() -> None:
    names = HeaderNames(queue="x-acd-group", customer_id="X-Crm")
    message = "INVITE x SIP/2.0\r\nX-ACD-Group: vip\r\nx-crm:7\r\nX-Queue: support\r\n\r\n"
    assert read_invite(message, names) == InviteFacts(queue="vip", customer_id="7")


def test_last_diversion_counts_and_folded_lines_are_one() -> None:
    headers = ("Diversion: <sip:2@h>;reason=no-answer", "Diversion: <sip:1@h>", "X-IVR-Path: a", " b")
    message = "\r\n".join(("INVITE x SIP/2.0", *headers, "", ""))
    assert read_invite(message, HeaderNames()) == InviteFacts(diversion="<sip:2@h>;reason=no-answer", ivr_path="a b")


@pytest.mark.parametrize(
    ("written", "name", "number"),
    [
        ('"Jane \\"J\\" C" <sip:+8657155@h;user=phone>', 'Jane "J" C', "+8657155"),
        ("<sip:13812345678@10.0.0.1:5070;transport=tcp>;tag=1", "", "13812345678"),
        ("sip:100@127.0.0.1:5060", "", "100"),
        ("Jane <sip:100;phone-context=+86@h>", "Jane", "100"),
        ("张三 <sip:%2B86138@h>", "张三", "+86138"),
        ("<tel:+86-571-8888;ext=1>", "", "+86-571-8888"),
        ('"Anonymous" <sip:anonymous@anonymous.invalid>', "Anonymous", ""),
        ("<sip:pbx.example>", "", ""),
        ("<sip:100:password@h>", "", "100"),
        ("13812345678", "", "13812345678"),
    ],
    ids=["quoted", "parameters", "bare", "context", "escaped", "tel", "withheld", "no user", "password", "digits"],
)
def test_party_of_an_address(written: str, name: str, number: str) -> None:
    assert party(written) == (name, number)


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_names_come_through_in_both_chinese_codings(coding: str) -> None:
    assert text_of('From: "张三" <sip:1@h>'.encode(coding)) == 'From: "张三" <sip:1@h>'


def test_bytes_of_no_coding_harm_nothing() -> None:
    assert text_of(b"From: \xff\xfe <sip:1@h>").endswith("<sip:1@h>")


@pytest.mark.parametrize(
    ("header", "after_s"),
    [
        ("Call-Info: <sip:127.0.0.1>;answer-after=0", 0),
        ("Call-Info: <http://h/i.png>;purpose=icon, <sip:h>; Answer-After=2.5", 2.5),
        ("Alert-Info: <http://127.0.0.1>;info=alert-autoanswer;delay=0", 0),
        ("Alert-Info: Auto Answer", 0),
        ("Alert-Info: ;info=RING_ANSWER", 0),
        ("Alert-Info: <urn:x>;answer-after=3", 3),
        ("Answer-Mode: Auto", 0),
        ("Priv-Answer-Mode: auto;require", 0),
        ("Answer-Mode: Manual", None),
        ("Alert-Info: <http://127.0.0.1/bellcore-dr2>", None),
        ("Call-Info: <sip:127.0.0.1>;answer-after=soon", None),
        ("X-Answer-After: 0", None),
    ],
    ids=lambda value: str(value),
)
def test_switch_may_ask_the_phone_to_answer_by_itself(header: str, after_s: float | None) -> None:
    assert read_invite(f"INVITE x SIP/2.0\r\n{header}\r\n\r\n", HeaderNames()).answer_after_s == after_s


@pytest.mark.parametrize(
    ("header", "is_private"),
    [("Privacy: id", True), ("privacy: critical; Header", True), ("Privacy: none", False), ("X-Privacy: id", False)],
    ids=["id", "header", "none", "other"],
)
def test_caller_may_ask_for_privacy(header: str, is_private: bool) -> None:
    assert read_invite(f"INVITE x SIP/2.0\r\n{header}\r\n\r\n", HeaderNames()).is_private is is_private


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("432d31;encoding=hex", "C-1"),
        ("637573746f6d65725f69643d432d3137;encoding=hex;purpose=cti", "C-17"),
        ("432d31", "C-1"),
        ("customer_id=C-5&queue=vip;encoding=ascii", "C-5"),
        ("C-8;encoding=ascii", "C-8"),
        ("menu=2&wait=17;encoding=ascii", None),
        ("ff;encoding=hex", None),
        ("", None),
    ],
    ids=["hex id", "hex with a name", "hex by default", "named", "plain", "something else", "no text", "nothing"],
)
def test_customer_is_named_by_what_the_exchange_hands_on(header: str, named: str | None) -> None:
    assert InviteFacts(user_to_user=header).named_customer == named


def test_own_header_of_the_customer_goes_before_what_is_handed_on() -> None:
    assert InviteFacts(customer_id="C-2", user_to_user="432d31").named_customer == "C-2"
