"""Who is calling: customers by any written form of their number."""

import logging
from collections.abc import Iterator

import pytest

from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, SitAt
from tests.server.workstation import Workstation

SHARED = "+8657188886666"


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    family = [a_customer(number, phones=[f"+86138{number:08d}", SHARED]) for number in range(1, 8)]
    family[0]["contacts"] = [
        {
            "id": f"K-{number:02d}",
            "kind": "call_in",
            "at": f"2026-11-{number + 1:02d}T10:00:00.000Z",
            "title": f"来电 {number}",
        }
        for number in range(25)
    ]
    with serving(new_site(family)) as running:
        yield running


@pytest.mark.parametrize(
    "written", ["+8613800000003", "13800000003", "138 0000 0003", "0138-0000-0003", "008613800000003"]
)
def test_number_is_found_however_it_is_written(seat: Workstation, written: str) -> None:
    answer = seat.http.get("/customers", params={"number": written}).json()

    assert [found["customer"]["id"] for found in answer["customers"]] == ["C-3"]


def test_shared_number_offers_five(seat: Workstation) -> None:
    answer = seat.http.get("/customers", params={"number": "0571-88886666"}).json()

    assert [found["customer"]["id"] for found in answer["customers"]] == ["C-1", "C-2", "C-3", "C-4", "C-5"]


def test_newest_contacts_come_along(seat: Workstation) -> None:
    [found] = seat.http.get("/customers", params={"number": "13800000001"}).json()["customers"]

    assert [contact["id"] for contact in found["contacts"]] == [f"K-{number:02d}" for number in range(24, 4, -1)]


def test_changed_phone_is_found_and_the_old_one_is_not(seat: Workstation) -> None:
    change = {"phones": [["+8613800000003", SHARED], ["+8613900000003"]]}
    seat.push(seat.op("customer", "C-3", "update", change, base_version=1))

    old = seat.http.get("/customers", params={"number": "13800000003"}).json()
    new = seat.http.get("/customers", params={"number": "13900000003"}).json()

    assert old == {"customers": []}
    assert [found["customer"]["id"] for found in new["customers"]] == ["C-3"]


def test_stranger_is_nobody(seat: Workstation) -> None:
    assert seat.http.get("/customers", params={"number": "anonymous"}).json() == {"customers": []}
    assert seat.http.get("/customers", params={"number": "+4930123456"}).json() == {"customers": []}


def test_editor_may_not_look_customers_up(sit_at: SitAt) -> None:
    answer = sit_at("ye.wen").http.get("/customers", params={"number": "13800000003"})

    assert (answer.status_code, answer.json()) == (403, {"error": "not_allowed"})


@pytest.mark.parametrize("number", ["", " ", "1" * 65, "1\x00"], ids=["none", "blank", "long", "nul"])
def test_garbled_number_is_refused(seat: Workstation, number: str) -> None:
    answer = seat.http.get("/customers", params={"number": number})

    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": "number"})


def test_log_holds_neither_numbers_nor_tokens(seat: Workstation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="agent_server"):
        seat.http.get("/customers", params={"number": "13800000003"})
        seat.hello()  # on the same connection, so that the line about the first is written

    assert "GET /customers 200" in caplog.text
    assert "13800000003" not in caplog.text
    assert seat.access not in caplog.text
