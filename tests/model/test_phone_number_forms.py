"""The table of written forms: what people and switches write, and the one number each means."""

import re
from pathlib import Path

import phonenumbers
import pytest

from agent_model.phone_number import DialPlan, candidates, normalise

SITES = {
    "hangzhou": DialPlan(),
    "beijing": DialPlan(area_code="10"),
    "hefei": DialPlan(area_code="551"),
    "fuyang": DialPlan(area_code="558"),
    "zerotrunk": DialPlan(trunk_prefixes=("0",)),
    "munich": DialPlan(country="DE", area_code="89", trunk_prefixes=(), emergency=("110", "112")),
    "kowloon": DialPlan(country="HK", area_code="", international_prefix="001", emergency=("999",)),
}


def _unescaped(cell: str) -> str:
    """Signs that cannot be seen stand as escapes in the table."""
    cell = cell.replace("\\n", "\n").replace("\\t", "\t")
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), cell)


def _rows() -> list[tuple[str, str, str, str]]:
    lines = Path(__file__).with_name("phone_forms.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
    rows = [line.split("\t") for line in lines]
    return [(_unescaped(written), expected, site, kind) for written, expected, site, kind in rows]


ROWS = _rows()
E164_ROWS = sorted({expected for _written, expected, _site, _kind in ROWS if expected[0] == "+"})
PLAIN_KINDS = {
    "mobile",
    "mobile, country code",
    "mobile, new ranges",
    "landline, two-digit area",
    "landline, three-digit area",
}
PLAIN_CHINESE = [
    (written, expected)
    for written, expected, _site, kind in ROWS
    if kind in PLAIN_KINDS and not re.search(r"[·_]|\+\+|\+00", written)
]


@pytest.mark.parametrize(
    ("written", "expected", "site"),
    [pytest.param(*row[:3], id=f"{row[3]} {row[0]!a}") for row in ROWS],
)
def test_written_form_means_its_number(written: str, expected: str, site: str) -> None:
    assert (normalise(written, SITES[site]) or "-") == expected


def test_table_holds_at_least_320_different_forms() -> None:
    assert len({(written, site) for written, _expected, site, _kind in ROWS}) >= 320


@pytest.mark.parametrize("e164", E164_ROWS)
def test_every_key_reads_as_itself_at_every_site(e164: str) -> None:
    assert {normalise(e164, plan) for plan in SITES.values()} == {e164}


@pytest.mark.parametrize("e164", E164_ROWS)
def test_every_key_is_what_phonenumbers_makes_of_it(e164: str) -> None:
    parsed = phonenumbers.parse(e164)
    assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == e164


@pytest.mark.parametrize(("written", "expected"), PLAIN_CHINESE)
def test_plain_chinese_forms_agree_with_phonenumbers(written: str, expected: str) -> None:
    plan = DialPlan()
    ours = normalise(written, plan)
    parsed = phonenumbers.parse(written, plan.country)
    assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == ours == expected


@pytest.mark.parametrize(("written", "expected", "site"), [row[:3] for row in ROWS])
def test_first_candidate_is_the_normal_reading(written: str, expected: str, site: str) -> None:
    assert next(iter(candidates(written, SITES[site])), "-") == expected
