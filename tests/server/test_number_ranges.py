"""Numbers that platforms lend, on the server: who changes the ranges, and that no customer comes to have one."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import ServerThread, a_customer, import_into, serving
from tests.server.conftest import CUSTOMERS, NewSite
from tests.server.officers import appoint
from tests.server.workstation import Workstation

LENT, OTHER_LENT, OWN, BEFORE = "+8617998010012", "+8617998010013", "+8613912340077", "+8617998010099"
RANGE: dict[str, Any] = {
    "platform": {"zh": "速达外卖", "en": "Suda Takeaway"},
    "spans": ["17998010000-17998019999"],
    "is_on": True,
}

Console = Callable[..., tuple[int, str]]


@pytest.fixture
def site(new_site: NewSite) -> Settings:
    site = new_site((*CUSTOMERS, a_customer(9, phones=[BEFORE, OWN])))
    appoint(site, "admin.li", Role.ADMINISTRATOR)
    return site


@pytest.fixture
def server(site: Settings) -> Iterator[ServerThread]:
    with serving(site) as running:
        yield running


@pytest.fixture
def ranges(server: ServerThread) -> Iterator[Workstation]:
    """An administrator, who has just made known that these numbers are a platform's."""
    with Workstation(server.address, "admin.li") as administrator:
        [answer] = administrator.push(administrator.op("number_range", "suda", "create", RANGE))
        assert answer["verdict"] == "applied"
        yield administrator


@pytest.fixture
def seat(server: ServerThread, ranges: Workstation) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as workstation:
        workstation.sync()
        yield workstation


@pytest.fixture
def console(site: Settings, capsys: pytest.CaptureFixture[str]) -> Console:
    def run(*words: str) -> tuple[int, str]:
        database = site.database.render_as_string(hide_password=False)
        code = main([*words, "--database", database, "--home", str(site.home)])
        return code, capsys.readouterr().out

    return run


def phones(seat: Workstation, customer_id: str) -> list[str]:
    seat.sync()
    found: list[str] = seat.row("customer", customer_id)["body"]["phones"]
    return found


def test_range_reaches_every_workstation(seat: Workstation) -> None:
    assert seat.row("number_range", "suda")["body"] == RANGE


def test_lent_number_is_added_to_nobody(seat: Workstation) -> None:
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"phones": [None, LENT]}, base_version=1))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "privacy_number")
    assert LENT not in phones(seat, "C-1")


def test_lent_number_is_not_smuggled_in_with_a_change(seat: Workstation) -> None:
    own = phones(seat, "C-1")
    [answer] = seat.push(seat.op("customer", "C-1", "update", {"phones": [own, [*own, LENT]]}, base_version=1))
    assert (answer["reason"], answer["faults"]) == ("privacy_number", {"phones": "privacy_number"})


@pytest.mark.parametrize("digits", ["+86 {}", "+\u202e86{}", "+0086-{}", "raw:+86{}", "short:{} "])
def test_lent_number_is_not_smuggled_in_by_how_it_is_written(seat: Workstation, digits: str) -> None:
    written = digits.format(LENT.removeprefix("+86"))
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"phones": [None, written]}, base_version=1))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "bad_field")


def test_nobody_is_made_with_a_lent_number(seat: Workstation) -> None:
    body = {"segment": "home", "name": "新客户", "phones": [OWN, LENT]}
    [answer] = seat.push(seat.op("customer", "C-new", "create", body))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "privacy_number")


def test_record_that_has_one_may_lose_it_and_keep_the_rest(seat: Workstation) -> None:
    assert phones(seat, "C-9") == [BEFORE, OWN]
    change = {"phones": [[BEFORE, OWN], [OWN]], "name": ["客户 9", "客户九"]}
    [answer] = seat.push(seat.op("customer", "C-9", "update", change, base_version=1))
    assert answer["verdict"] in ("applied", "conflict")
    assert phones(seat, "C-9") == [OWN]


def test_record_that_has_one_may_be_changed_otherwise(seat: Workstation) -> None:
    change = {"phones": [[BEFORE, OWN], [BEFORE, OWN, "+8613912340078"]]}
    [answer] = seat.push(seat.op("customer", "C-9", "update", change, base_version=1))
    assert answer["verdict"] == "applied"
    change = {"phones": [[BEFORE, OWN, "+8613912340078"], [BEFORE, OTHER_LENT]]}
    [answer] = seat.push(seat.op("customer", "C-9", "update", change, base_version=2))
    assert answer["reason"] == "privacy_number"


@pytest.mark.parametrize("written", [BEFORE, "179 9801 0099", "8617998010099", "１７９９８０１００９９"])
def test_nobody_is_found_by_a_lent_number(seat: Workstation, written: str) -> None:
    assert seat.http.get("/customers", params={"number": written}).json() == {"customers": []}
    assert len(seat.http.get("/customers", params={"number": OWN}).json()["customers"]) == 1


@pytest.mark.parametrize("kind", ["create", "update"])
def test_agent_changes_no_range(seat: Workstation, kind: str) -> None:
    fields: dict[str, Any] = RANGE if kind == "create" else {"is_on": [True, False]}
    row = "other" if kind == "create" else "suda"
    [answer] = seat.push(seat.op("number_range", row, kind, fields, base_version=1))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"spans": ["17"]}, {"spans.0": "too_short"}),
        ({"spans": []}, {"spans": "missing"}),
        ({"platform": {"zh": "速达", "en": " "}}, {"platform.en": "missing"}),
    ],
    ids=["short", "none", "name"],
)
def test_what_is_no_range_is_refused_by_its_field(
    ranges: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    [answer] = ranges.push(ranges.op("number_range", "other", "create", {**RANGE, **fields}))
    assert (answer["reason"], answer["faults"]) == ("bad_range", faults)


def test_range_that_is_taken_back_gives_its_numbers_free(ranges: Workstation, seat: Workstation) -> None:
    ranges.push(ranges.op("number_range", "suda", "update", {"is_on": [True, False]}, base_version=1))
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"phones": [None, LENT]}, base_version=1))
    assert answer["verdict"] == "applied"


def test_table_with_a_lent_number_comes_back_with_the_row(seat: Workstation, tmp_path: Path, console: Console) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(
        "客户编号,姓名,手机,客群\nX1,王小明,179 9801 0012,home\nX2,李四,13912340055,home\n", encoding="utf-8"
    )
    _, out = console("import", "customers", str(file))
    told = json.loads(out)
    assert (told["new"], told["bad"]) == (1, 1)
    assert "“179****0012”是速达外卖的隐私号" in Path(told["errors"]).read_text(encoding="utf-8-sig")


def test_company_folder_brings_customers_without_their_lent_numbers(
    site: Settings, seat: Workstation, tmp_path: Path
) -> None:
    told = json.dumps(a_customer(5, phones=["17998010012", OWN[3:]]))
    (tmp_path / "customers.jsonl").write_text(told, encoding="utf-8")
    import_into(site, tmp_path)
    assert phones(seat, "C-5") == [OWN]


def test_records_that_have_one_are_reported(ranges: Workstation, console: Console) -> None:
    assert console("privacy-numbers", "learned") == (1, "C-9\t179****0099\t速达外卖\n")
    assert "suda\t速达外卖\tSuda Takeaway\t17998010000-17998019999\n" in console("privacy-numbers", "ranges")[1]


def test_nobody_learns_one_by_deciding_a_contest(ranges: Workstation, server: ServerThread, seat: Workstation) -> None:
    own = phones(seat, "C-1")
    ranges.push(ranges.op("number_range", "suda", "update", {"is_on": [True, False]}, base_version=1))
    seat.push(seat.op("customer", "C-1", "update", {"phones": [own, [*own, OWN]]}, base_version=1))
    with Workstation(server.address, "wang.qiang") as other:
        other.push(other.op("customer", "C-1", "update", {"phones": [own, [*own, LENT]]}, base_version=1))
        ranges.push(ranges.op("number_range", "suda", "update", {"is_on": [False, True]}, base_version=2))
        [contest] = other.http.get("/sync/v1/conflicts").json()["conflicts"]
        decision = {"take": "mine", "seen": contest["now"]}
        answer = other.http.post(f"/sync/v1/conflicts/{contest['id']}/resolve", json=decision)
    assert (answer.status_code, answer.json()["reason"]) == (422, "privacy_number")
