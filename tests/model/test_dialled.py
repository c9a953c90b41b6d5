"""From what an agent typed or clicked to the digits the switch gets."""

from dataclasses import replace

import pytest

from agent_model.phone_number import DialForm, DialPlan, DialRules, dialled, normalise

HANGZHOU = DialPlan()
BEIJING = DialPlan(area_code="10", trunk_prefixes=("0",))
LONDON = DialPlan(country="GB", area_code="20")
NEW_YORK = DialPlan(country="US", area_code="212")
E164 = DialRules()
PLAIN = DialRules(DialForm.PLAIN)
NATIONAL = DialRules(DialForm.NATIONAL)
LOCAL = DialRules(DialForm.NATIONAL, keeps_area_code=False)
NINE = DialRules(DialForm.NATIONAL, outside_line="9")

FORMS = [
    # typed, what E.164 sends, what a site with national numbers sends
    ("13812345678", "+8613812345678", "13812345678"),
    ("138 1234 5678", "+8613812345678", "13812345678"),
    ("138-1234-5678", "+8613812345678", "13812345678"),
    ("+86 138 1234 5678", "+8613812345678", "13812345678"),
    ("+8613812345678", "+8613812345678", "13812345678"),
    ("0086 13812345678", "+8613812345678", "13812345678"),
    ("17951 13812345678", "+8613812345678", "13812345678"),
    ("12593 13812345678", "+8613812345678", "13812345678"),
    ("１３８１２３４５６７８", "+8613812345678", "13812345678"),
    ("手机 13812345678", "+8613812345678", "13812345678"),
    ("tel:+86-138-1234-5678", "+8613812345678", "13812345678"),
    ("19912345678", "+8619912345678", "19912345678"),
    ("0571-88886666", "+8657188886666", "057188886666"),
    ("(0571) 8888 6666", "+8657188886666", "057188886666"),
    ("0571 8888 6666", "+8657188886666", "057188886666"),
    ("88886666", "+8657188886666", "057188886666"),
    ("8888-6666", "+8657188886666", "057188886666"),
    ("+86 571 88886666", "+8657188886666", "057188886666"),
    ("+86 (0)571 88886666", "+8657188886666", "057188886666"),
    ("电话：0571-8888 6666 转 801", "+8657188886666", "057188886666"),
    ("010-62345678", "+861062345678", "01062345678"),
    ("+86 10 6234 5678", "+861062345678", "01062345678"),
    ("021-60001234", "+862160001234", "02160001234"),
    ("0755 2345 6789", "+8675523456789", "075523456789"),
    ("0310-3123456", "+863103123456", "03103123456"),
    ("4008100200", "+864008100200", "4008100200"),
    ("400-810-0200", "+864008100200", "4008100200"),
    ("800 810 0200", "+868008100200", "8008100200"),
    ("95588", "95588", "95588"),
    ("９５５８８", "95588", "95588"),
    ("021-95588", "95588", "95588"),
    ("10086", "10086", "10086"),
    ("0571-10086", "+8657110086", "057110086"),
    ("12345", "12345", "12345"),
    ("12306", "12306", "12306"),
    ("12315", "12315", "12315"),
    ("96110", "96110", "96110"),
    ("110", "110", "110"),
    ("119", "119", "119"),
    ("120", "120", "120"),
    ("122", "122", "122"),
    ("1001", "1001", "1001"),
    ("801", "801", "801"),
    ("6001", "6001", "6001"),
    ("+1 650 253 0000", "+16502530000", "0016502530000"),
    ("001 650 253 0000", "+16502530000", "0016502530000"),
    ("+44 20 7946 0018", "+442079460018", "00442079460018"),
    ("0044 20 7946 0018", "+442079460018", "00442079460018"),
    ("+81 3 1234 5678", "+81312345678", "0081312345678"),
    ("0081 90 1234 5678", "+819012345678", "00819012345678"),
    ("+852 9123 4567", "+85291234567", "0085291234567"),
    ("00852 2123 4567", "+85221234567", "0085221234567"),
    ("+853 6612 3456", "+85366123456", "0085366123456"),
    ("+886 912 345 678", "+886912345678", "00886912345678"),
    ("+65 6123 4567", "+6561234567", "006561234567"),
    ("+61 2 9374 4000", "+61293744000", "0061293744000"),
    ("+49 30 901820", "+4930901820", "004930901820"),
    ("+33 1 42 68 53 00", "+33142685300", "0033142685300"),
    ("+82 2 312 3456", "+8223123456", "008223123456"),
    ("+7 495 123 45 67", "+74951234567", "0074951234567"),
    ("8001234", "8001234", "8001234"),
]


@pytest.mark.parametrize(("typed", "e164", "national"), FORMS, ids=[form[0] for form in FORMS])
def test_number_is_sent_as_the_site_wants_it(typed: str, e164: str, national: str) -> None:
    number = normalise(typed, HANGZHOU)
    assert number is not None
    assert dialled(number, replace(HANGZHOU, dials=E164)) == e164
    assert dialled(number, replace(HANGZHOU, dials=PLAIN)) == e164.removeprefix("+")
    assert dialled(number, replace(HANGZHOU, dials=NATIONAL)) == national


def test_sixty_forms_are_tried() -> None:
    assert len(FORMS) >= 60


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("88886666", "988886666"),
        ("010-62345678", "901062345678"),
        ("13812345678", "913812345678"),
        ("95588", "995588"),
        ("+44 20 7946 0018", "900442079460018"),
        ("1001", "1001"),
        ("110", "110"),
        ("119", "119"),
    ],
)
def test_outside_line_stands_before_everything_but_the_house_and_emergencies(typed: str, sent: str) -> None:
    number = normalise(typed, HANGZHOU)
    assert number is not None
    rules = DialRules(DialForm.NATIONAL, outside_line="9", keeps_area_code=False)
    assert dialled(number, replace(HANGZHOU, dials=rules)) == sent


def test_outside_line_takes_the_place_of_the_plus() -> None:
    number = normalise("13812345678", HANGZHOU)
    assert number is not None
    assert dialled(number, replace(HANGZHOU, dials=DialRules(outside_line="0"))) == "08613812345678"


def test_own_area_is_dialled_without_its_code_where_the_site_does_so() -> None:
    own, other = normalise("010-62345678", BEIJING), normalise("0571-88886666", BEIJING)
    assert own is not None
    assert other is not None
    assert dialled(own, replace(BEIJING, dials=LOCAL)) == "62345678"
    assert dialled(other, replace(BEIJING, dials=LOCAL)) == "057188886666"


@pytest.mark.parametrize(
    ("plan", "typed", "sent"),
    [
        (LONDON, "020 7946 0018", "02079460018"),
        (LONDON, "+44 20 7946 0018", "02079460018"),
        (LONDON, "+86 138 1234 5678", "008613812345678"),
        (LONDON, "+1 650 253 0000", "0016502530000"),
        (NEW_YORK, "+86 571 8888 6666", "0118657188886666"),
        (NEW_YORK, "+1 650 253 0000", "16502530000"),
        (NEW_YORK, "+44 20 7946 0018", "011442079460018"),
    ],
)
def test_sites_abroad_dial_as_their_country_does(plan: DialPlan, typed: str, sent: str) -> None:
    number = normalise(typed, plan)
    assert number is not None
    assert dialled(number, replace(plan, dials=NATIONAL)) == sent


def test_outside_line_and_own_country_go_together() -> None:
    number = normalise("0571-88886666", HANGZHOU)
    assert number is not None
    assert dialled(number, replace(HANGZHOU, dials=NINE)) == "9057188886666"
