"""Links and pasted numbers: what they put into the dial field, and what they never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.dial_links import LONGEST, Dialable, numbers_in, read
from agent_model.phone_number import DialPlan, normalise

HERE = DialPlan()


def _shown(found: Dialable | None) -> tuple[str, str, bool] | None:
    return None if found is None else (found.text, found.extension, found.is_ordinary)


@pytest.mark.parametrize(
    ("link", "text", "extension"),
    [
        ("tel:+86-571-8888-6721", "0571-88886721", ""),
        ("tel:+8613800006721", "138 0000 6721", ""),
        ("TEL:%2B86%20138%200000%206721", "138 0000 6721", ""),
        ("tel:(0571)8888.6721", "0571-88886721", ""),
        ("tel:+8657188886721;ext=8001", "0571-88886721", "8001"),
        ("tel:88886721;phone-context=+86571", "0571-88886721", ""),
        ("tel:1001;phone-context=pbx.example.com", "1001", ""),
        ("tel:+442079460958", "+44 20 7946 0958", ""),
        ("tel://4008123456", "400-812-3456", ""),
        ("callto:+8613800006721", "138 0000 6721", ""),
        ("callto://1001", "1001", ""),
        ("tel:95588", "95588", ""),
    ],
)
def test_number_of_a_link_stands_in_the_dial_field_as_one_writes_it_here(link: str, text: str, extension: str) -> None:
    assert _shown(read(link, HERE)) == (text, extension, True)


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("sip:1001@pbx.example.com", "sip:1001@pbx.example.com"),
        ("SIPS:wang.li@pbx.example.com:5061", "sips:wang.li@pbx.example.com:5061"),
        ("sip:+8657188886721;ext=1@10.0.0.5;user=phone", "sip:+8657188886721@10.0.0.5"),
        ("sip:1001@[2001:db8::1]:5070", "sip:1001@[2001:db8::1]:5070"),
        ("sip:agent:secret@pbx.example.com", "sip:agent@pbx.example.com"),
        ("callto:wang.li@example.com", "sip:wang.li@example.com"),
    ],
)
def test_address_of_a_link_waits_for_a_person(link: str, text: str) -> None:
    assert read(link, HERE) == Dialable(text, text, is_ordinary=False)


@pytest.mark.parametrize(
    ("pasted", "text", "extension"),
    [
        ("138 0000 6721", "138 0000 6721", ""),
        ("  电话：０５７１－８８８８６７２１ 转 8001 ", "0571-88886721", "8001"),
        ("(0571) 8888-6721", "0571-88886721", ""),
        ("Tel +86 571 8888 6721 ext. 12", "0571-88886721", "12"),
        ("+44 (0)20 7946 0958", "+44 20 7946 0958", ""),
        ("8001", "8001", ""),
    ],
)
def test_pasted_number_is_read_in_any_form(pasted: str, text: str, extension: str) -> None:
    assert _shown(read(pasted, HERE)) == (text, extension, True)


@pytest.mark.parametrize(
    "link",
    [
        "sip:1001@pbx.example.com?Replaces=abc%3Bto-tag%3D1",
        "sip:1001@pbx.example.com?Route=%3Csip:evil%3E&body=x",
        "sip:1001@pbx.example.com;method=REGISTER",
        "sip:1001@pbx.example.com;maddr=10.0.0.66;method=REFER?Refer-To=sip:evil",
    ],
)
def test_headers_and_methods_of_a_link_go_nowhere(link: str) -> None:
    address = "sip:1001@pbx.example.com"
    assert read(link, HERE) == Dialable(address, address, is_ordinary=False)


@pytest.mark.parametrize(
    "link",
    [
        "tel:+8613800006721?x=y",
        "tel:+8613800006721;method=REFER",
        "tel:+86138;rm -rf",
        "tel:110",
        "tel:*21*13800006721%23",
        "tel:*72",
    ],
)
def test_whatever_is_no_ordinary_number_never_dials_by_itself(link: str) -> None:
    found = read(link, HERE)

    assert found is not None
    assert not found.is_ordinary


@pytest.mark.parametrize(
    "link",
    [
        "",
        "tel:",
        "tel:alice",
        "tel:13800006721%0d%0aContact:%20evil",
        "tel:138\n00006721",
        "13800006721\r\nX-Evil: 1",
        "sip:",
        "sip:evil",
        "sip:a b@host",
        'sip:"x"<sip:1001@evil>@host',
        "sip:1001%40evil.example@host%2f",
        "sip:1001@host/path",
        "sip:1001@-host",
        "sip:1001%0d%0a@host",
        "callto:some.skype.name",
        "javascript:alert(1)",
        "tel:" + "1" * 10_000,
        "sip:" + "a" * 10_000 + "@host",
    ],
    ids=lambda link: link[:24] or "nothing",
)
def test_link_without_a_number_puts_nothing_into_the_field(link: str) -> None:
    assert read(link, HERE) is None


@given(st.text(max_size=LONGEST + 40) | st.builds("{}:{}".format, st.sampled_from(["tel", "sip", "callto"]), st.text()))
def test_no_text_whatever_gets_a_control_character_or_a_header_through(text: str) -> None:
    found = read(text, HERE)

    said = "" if found is None else found.text + found.number + found.extension
    assert not set(said) & set('\r\n\0\t?;&<>"=%')
    assert len(said) < LONGEST


@given(
    st.sampled_from(["+8613800006721", "+8657188886721", "+442079460958", "+85291234567", "ext:1001", "short:95588"])
)
def test_what_the_field_shows_is_read_as_the_number_that_was_meant(number: str) -> None:
    found = read(number.replace("short:", "").replace("ext:", ""), HERE)

    assert found is not None
    assert normalise(found.text, HERE) == number
    assert found.number == number.rpartition(":")[2]


def test_numbers_in_a_text_are_found_once_each_and_order_numbers_are_not() -> None:
    text = "请回电 138-0000-6721 或 0571-88886721，订单 TK20241105001，金额 1,200.00；再打 13800006721"

    assert numbers_in(text, HERE) == ("+8613800006721", "+8657188886721")


@pytest.mark.parametrize("written", ["138****6721", "tel:138****6721", "0571-****6721", "+86 138****6721"])
def test_masked_number_is_no_service_code(written: str) -> None:
    assert read(written, HERE) is None
