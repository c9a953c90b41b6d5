"""What holds for telephone numbers in general: keys, candidates, callers, and how they are shown."""

import re
import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.data.region_CN import PHONE_METADATA_CN

from agent_model.phone_number import (
    DialPlan,
    HiddenNumber,
    PhoneNumber,
    caller_number,
    candidates,
    china,
    display,
    extension,
    masked,
    normalise,
    suffix,
)

HANGZHOU = DialPlan()
PLANS = [
    DialPlan(country="PT", area_code="21", extension_lengths=(2, 3, 4, 5)),
    HANGZHOU,
    DialPlan(area_code="558"),
    DialPlan(area_code="10", trunk_prefixes=("0", "9")),
    DialPlan(country="DE", area_code="89", trunk_prefixes=()),
]
plans = st.sampled_from(PLANS)
scribbles = st.one_of(
    st.text(max_size=40),
    st.text(alphabet='0123456789+-() .#*,;转x/@:一（）８０sipteloxt<>"', max_size=40),
    st.from_regex(r"(00|\+|9|0|86|17951)?[0-9]{2,18}", fullmatch=True),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"(571[2-8]|21[2-8]|755[2-8])[0-9]{7}", fullmatch=True)
prefixes = st.sampled_from(["0", "+86", "+860", "86", "0086", "00860", "90", "179510"])
gaps = st.sampled_from(["", "", "", " ", "-", ".", "–", "\u00a0", "(", ")", "（", "）", "\u200b", "·", "—", "\u3000"])


@given(scribbles, plans)
def test_no_text_raises_and_a_key_reads_as_itself(written: str, plan: DialPlan) -> None:
    number = normalise(written, plan)
    again = None if number is None else normalise(number, plan)
    assert again == number


@given(scribbles, plans)
def test_candidates_differ_and_begin_with_the_normal_reading(written: str, plan: DialPlan) -> None:
    numbers = candidates(written, plan)
    assert len(set(numbers)) == len(numbers)
    assert next(iter(numbers), None) == normalise(written, plan)


@given(scribbles, plans)
def test_every_reading_can_be_shown_masked_and_cut(written: str, plan: DialPlan) -> None:
    for number in candidates(written, plan):
        assert display(number, plan)
        assert masked(number)
        assert number.endswith(suffix(number))
    assert extension(written, plan).isdigit() or not extension(written, plan)


@given(st.text(max_size=60) | scribbles, st.text(max_size=60) | scribbles, st.text(max_size=20), plans)
def test_no_header_raises(identity: str, sender: str, privacy: str, plan: DialPlan) -> None:
    caller = caller_number(identity, sender, plan, privacy)
    assert isinstance(caller, HiddenNumber) or normalise(caller, plan) == caller


@given(prefixes, mobiles | landlines, st.data())
def test_decoration_does_not_change_the_number(prefix: str, national: str, data: st.DataObject) -> None:
    signs = [sign + data.draw(gaps) for sign in prefix + national]
    assert normalise("".join(signs), HANGZHOU) == "+86" + national


@given(mobiles, gaps, st.sampled_from(["手机：{}", "{}（王）", "Tel: {}", "sip:{}@10.0.0.1", " {}\n", "{}转8001"]))
def test_text_around_a_mobile_does_not_change_it(digits: str, gap: str, frame: str) -> None:
    written = frame.format(digits[:3] + gap + digits[3:7] + gap + digits[7:])
    assert normalise(written, HANGZHOU) == "+86" + digits


@pytest.mark.parametrize("area", list(map(str, [*range(10, 30), *range(300, 1000)])))
def test_area_codes_and_lengths_are_those_of_phonenumbers(area: str) -> None:
    fixed_line = PHONE_METADATA_CN.fixed_line
    assert fixed_line
    pattern = re.compile(fixed_line.national_number_pattern or "")
    theirs = tuple(length for length in (8, 7) if pattern.fullmatch(area + "66778899"[:length]))
    assert china.local_lengths(area) == theirs


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9110", ("ext:9110", "short:110", "+86571110")),
        ("12345", ("short:12345", "+8657112345")),
        ("0571-12345", ("+8657112345", "short:12345")),
        ("1065712345", ("+861065712345", "short:1065712345")),
        ("13812345678/13912345678", ("+8613812345678", "+8613912345678")),
        ("13812345678 0571-88886666", ("+8613812345678", "+8657188886666")),
        ("+15812345678", ("+15812345678", "+8615812345678")),
        ("442079460958", ("+442079460958", "+8657144207946")),
        ("anonymous", ()),
    ],
)
def test_ambiguous_form_offers_its_readings_most_likely_first(written: str, expected: tuple[str, ...]) -> None:
    assert candidates(written, HANGZHOU) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0571-88886666转8001", "8001"),
        ("88886666-8001", "8001"),
        ("888866668001", "8001"),
        ("+86-571-88886666-8001", "8001"),
        ("0571-88886666 ext. 12", "12"),
        ("0571-88886666（8001）", "8001"),
        ("tel:+86-571-88886666;ext=8001", "8001"),
        ("+1 212 555 0123 x45", "45"),
        ("13812345678,1234", "1234"),
        ("0571-88886666", ""),
        ("8888-6666", ""),
        ("分机8001", ""),
        ("13812345678/13912345678", ""),
        ("anonymous", ""),
    ],
)
def test_extension_is_kept_apart_from_the_number(written: str, expected: str) -> None:
    assert extension(written, HANGZHOU) == expected


WITHHELD = HiddenNumber(withheld=True)
UNREADABLE = HiddenNumber(withheld=False)


@pytest.mark.parametrize(
    ("identity", "sender", "privacy", "expected"),
    [
        pytest.param(None, "sip:+8613812345678@h;user=phone", None, "+8613812345678", id="From alone"),
        pytest.param('"Li, Si" <sip:013812345678@pbx>', "<sip:0571@h>", None, "+8613812345678", id="network first"),
        pytest.param("<sip:li.si@h>, <tel:+86-138-1234-5678>", None, None, "+8613812345678", id="two identities"),
        pytest.param("<sip:pbx@h>", "<sip:88886666@h>", None, "+8657188886666", id="identity without number"),
        pytest.param("<sip:13812345678@h>", "sip:13812345678@h", "id", WITHHELD, id="Privacy id"),
        pytest.param("<sip:13812345678@h>", None, "user; id; critical", WITHHELD, id="Privacy of several"),
        pytest.param("<sip:13812345678@h>", None, "none", "+8613812345678", id="Privacy none"),
        pytest.param(None, '"Anonymous" <sip:anonymous@anonymous.invalid>', None, WITHHELD, id="anonymous From"),
        pytest.param(
            "<tel:13812345678>",
            "sip:anonymous@anonymous.invalid",
            None,
            "+8613812345678",
            id="identity asserted openly",
        ),
        pytest.param(None, '"13812345678" <sip:trunk@gw>', None, "+8613812345678", id="number as name"),
        pytest.param(None, '"Wang 1001" <sip:wang@10.0.0.1>', None, UNREADABLE, id="name with short digits"),
        pytest.param(None, "sip:1001@10.0.0.1:5060", None, "ext:1001", id="colleague"),
        pytest.param(None, "sip:%2B8613812345678@h", None, "+8613812345678", id="escaped plus"),
        pytest.param(None, "<sip:1001:secret9@h>;tag=12345678901", None, "ext:1001", id="password and tag"),
        pytest.param(None, "sip:+86138;rn=1@h", None, "raw:86138", id="unfinished"),
        pytest.param(None, "13812345678", None, "+8613812345678", id="bare digits"),
        pytest.param(None, "<sip:10.1.1.1>", None, UNREADABLE, id="host alone"),
        pytest.param(None, None, None, UNREADABLE, id="no headers"),
        pytest.param("", "", "", UNREADABLE, id="empty headers"),
    ],
)
def test_caller_is_read_from_the_invite(
    identity: str | None, sender: str | None, privacy: str | None, expected: str | HiddenNumber
) -> None:
    assert caller_number(identity, sender, HANGZHOU, privacy) == expected


@pytest.mark.parametrize(
    ("number", "hidden", "shown", "last"),
    [
        ("+8613812346721", "138****6721", "138 1234 6721", "12346721"),
        ("+8657188886721", "0571-****6721", "0571-88886721", "88886721"),
        ("+861065712345", "010-****2345", "010-65712345", "65712345"),
        ("+865582346721", "0558-****6721", "0558-2346721", "82346721"),
        ("+8657112345", "0571-12345", "0571-12345", "57112345"),
        ("+864008123456", "400-812-3456", "400-812-3456", "08123456"),
        ("+442079460958", "+44****0958", "+44 20 7946 0958", "79460958"),
        ("+85291234567", "+852****4567", "+852 9123 4567", "91234567"),
        ("+12125550123", "+1****0123", "+1 212-555-0123", "25550123"),
        ("ext:8001", "8001", "8001", "8001"),
        ("short:95588", "95588", "95588", "95588"),
        ("raw:138123456789", "138****6789", "138123456789", "23456789"),
        ("raw:123", "****3", "123", "123"),
    ],
)
def test_number_is_shown_whole_masked_and_cut(number: str, hidden: str, shown: str, last: str) -> None:
    key = PhoneNumber(number)
    assert (masked(key), display(key, HANGZHOU), suffix(key, 8)) == (hidden, shown, last)


def test_chinese_number_shows_its_country_abroad() -> None:
    assert display(PhoneNumber("+8613812345678"), DialPlan(country="DE", area_code="89")) == "+86 138 1234 5678"


@given(mobiles | landlines)
def test_mask_never_shows_the_middle(national: str) -> None:
    hidden = masked(PhoneNumber("+86" + national))
    assert national[-5:] not in hidden
    assert sum(map(str.isdigit, hidden)) <= 8


def test_chinese_callers_do_not_load_the_library_of_all_countries() -> None:
    program = (
        "import sys\n"
        "from agent_model.phone_number import DialPlan, caller_number, display, masked\n"
        "for user in ('+8613812345678', '057188886666', '95588', '1001', '+85291234567', '4008123456'):\n"
        "    number = caller_number(f'<sip:{user}@h>', None, DialPlan())\n"
        "    display(number, DialPlan()), masked(number)\n"
        "sys.exit('phonenumbers' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_chinese_forms_are_read_within_50_microseconds() -> None:
    forms = ["13812345678", "+86 138-1234-5678", "0571-88886666转8001", "（0571）8888 6666", "88886666", "95588"]
    best = min(_seconds_for(forms * 50) for _attempt in range(5))
    assert best / (len(forms) * 50) < 50e-6


def _seconds_for(forms: list[str]) -> float:
    began = perf_counter()
    for written in forms:
        normalise(written, HANGZHOU)
    return perf_counter() - began


@pytest.mark.parametrize("shown", ["138****6721", "0571-****6721", "+44****0958"])
def test_what_is_masked_already_stays_as_it_is(shown: str) -> None:
    assert masked(PhoneNumber(shown)) == shown
