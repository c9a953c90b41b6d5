"""What is on the screen while a kind of secret begins to be kept back."""

from datetime import UTC, datetime

import pytest

from agent_desktop.customers.keeping_back import kept_back, recognised
from agent_desktop.customers.profile import KeyFigures, Known, Profile, Several, Timeline, Unknown
from agent_desktop.offline.mirror import Sight
from agent_model.customer import Customer, CustomerId, Note, SegmentId
from agent_model.phone_number import PhoneNumber, on_record
from agent_model.secret import IN_TEXTS, Secret

NUMBER = PhoneNumber("+8613800006721")
AT = datetime(2026, 11, 20, tzinfo=UTC)
WANG = Customer(
    CustomerId("C-1"),
    SegmentId("home"),
    "王小芳",
    (NUMBER,),
    email="xf.wang@example.com",
    notes=(Note("王小芳说打13800006721", "lin.yue", AT),),
)


@pytest.mark.parametrize(
    ("kind", "name", "email", "note"),
    [
        (Secret.NAME, "王**", "xf.wang@example.com", "王**说打13800006721"),
        (Secret.EMAIL, "王小芳", "x***@example.com", "王小芳说打13800006721"),
        (Secret.PHONE, "王小芳", "xf.wang@example.com", "王小芳说打138****6721"),
    ],
)
def test_only_what_is_of_the_kind_is_masked(kind: Secret, name: str, email: str, note: str) -> None:
    shown = kept_back(WANG, {kind}, (WANG.name,))

    assert (shown.name, shown.email, shown.notes[0].text) == (name, email, note)
    assert (on_record(shown.phones[0]) is None) is (kind is not Secret.PHONE)


def test_what_is_masked_already_stays_as_it_is() -> None:
    once = kept_back(WANG, frozenset(Secret), (WANG.name,))

    assert kept_back(once, frozenset(Secret), (once.name,)) == once


def test_number_of_a_call_becomes_the_one_that_only_the_server_has() -> None:
    profile = Profile(WANG, KeyFigures(AT, 0, 0, 0, 0, 0, None, 0), (), Timeline(()))
    found = recognised(Known(NUMBER, profile), {Secret.PHONE})

    assert isinstance(found, Known)
    assert found.number == found.profile.customer.phones[0]
    assert found.number is not None
    assert on_record(found.number) is not None


def test_everybody_whom_a_caller_may_be_is_masked_and_a_stranger_is_not_touched() -> None:
    several = recognised(Several(NUMBER, (WANG, WANG)), {Secret.NAME})
    stranger = Unknown(NUMBER)

    assert isinstance(several, Several)
    assert [one.name for one in several.candidates] == ["王**", "王**"]
    assert recognised(stranger, {Secret.NAME}) is stranger


def test_server_of_before_hides_what_it_always_hid() -> None:
    assert Sight({"home": "00"}).kinds == IN_TEXTS
    assert Sight({"home": "00"}, hidden=(Secret.PHONE, Secret.NAME)).kinds == {Secret.PHONE, Secret.NAME}
