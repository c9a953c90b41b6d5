"""Looks at whole numbers reach the audit trail; a workstation that is to see them masked keeps none."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from agent_desktop.errors import AnswerGarbled, AskedTooOften, ServerRefused, ServerUnreachable
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.store import Store
from agent_desktop.sync.client import ServerClient
from agent_model.agent import Role
from agent_model.customer import CustomerId
from agent_model.phone_number import OnRecord, PhoneNumber, on_record
from agent_model.phone_number.on_record import Purpose
from agent_model.scope import Scope
from agent_server.policy import Policy
from agent_server.settings import Settings
from tests.desktop.sync.conftest import SitDown
from tests.in_process import PASSWORD, ServerThread, a_customer, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import decide

WHO = CustomerId("C-1")
PHONE = PhoneNumber("+8613800000001")
LOOKS = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'revealed'"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site", [a_customer(1), a_customer(2)])


@pytest.fixture
def masked_settings(settings: Settings) -> Settings:
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    return settings


def everything_in_the_cache(store: Store) -> str:
    """Every value of every row, read through the seal."""
    with store.reading() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608
    return "\n".join(
        value.decode(errors="replace") if isinstance(value, bytes) else str(value) for row in rows for value in row
    )


def ask_often(client: ServerClient, record: OnRecord) -> None:
    for _ in range(70):
        client.tell_number(record, Purpose.LOOK, "again")


def phones(mirror: Mirror) -> list[str]:
    row = mirror.row("customer", WHO)
    assert row is not None
    return list(row.body["phones"])


def test_look_without_the_server_stands_in_the_trail_once_it_is_back(settings: Settings, sit_down: SitDown) -> None:
    with serving(settings) as server:
        seat = sit_down(server.address)
        seat.sync()
    before = seat.book.customer(WHO)
    seat.book.note_reveal(WHO, "phones", "shown on the screen")

    assert seat.book.customer(WHO) == before
    with serving(settings, int(server.address.rpartition(":")[2])):
        seat.sync()
        seat.sync()
    assert executed(settings, LOOKS) == [(seat.agent.id, "C-1", "phones", "shown on the screen")]


def test_workstation_takes_everything_anew_when_numbers_are_to_be_masked(settings: Settings, sit_down: SitDown) -> None:
    with serving(settings) as server:
        seat = sit_down(server.address)
        seat.sync()
        whole = phones(seat.mirror)
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings, int(server.address.rpartition(":")[2])):
        seat.sync()
        masked = phones(seat.mirror)

    assert (whole, masked) == ([PHONE], ["138****0001"])
    assert PHONE not in everything_in_the_cache(seat.store)
    assert PHONE[::-1] not in everything_in_the_cache(seat.store)


def test_masked_caller_is_recognised_without_the_server(masked_settings: Settings, sit_down: SitDown) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()

    assert [who.id for who in seat.book.with_number(PHONE)] == ["C-1"]
    assert seat.book.with_number(PhoneNumber("+8613800000009")) == ()
    assert PHONE not in everything_in_the_cache(seat.store)


@pytest.mark.parametrize("typed", ["0001", "00001", "000001", "0000001", "00000001", "13800000001", "+8613800000001"])
def test_masked_customer_is_found_by_the_last_digits(masked_settings: Settings, sit_down: SitDown, typed: str) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()

    assert [match.customer.id for match in seat.finder.find(typed)] == ["C-1"]


@pytest.mark.parametrize("typed", ["001", "10001", "0138", "1380"])
def test_other_digits_find_nobody(masked_settings: Settings, sit_down: SitDown, typed: str) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()

    assert seat.finder.find(typed) == ()


def test_masked_customer_stays_recognised_while_a_note_about_them_waits(
    masked_settings: Settings, sit_down: SitDown
) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()
    known = seat.book.customer(WHO)
    assert known is not None
    seat.book.add_note(known, "Rings back tomorrow.", seat.agent.id)

    assert [who.id for who in seat.book.with_number(PHONE)] == ["C-1"]
    assert [match.customer.id for match in seat.finder.find("0001")] == ["C-1"]


def test_customer_met_through_the_server_is_masked_and_matched_too(
    masked_settings: Settings, sit_down: SitDown
) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()
        seat.mirror.clear()
        seat.sync()
        [met] = seat.client.customers_with(PHONE)
    seat.mirror.drop(Scope("customers:home"))
    seat.mirror.keep([met.customer])

    assert [who.id for who in seat.book.with_number(PHONE)] == ["C-1"]


def test_number_is_told_to_the_phone_or_the_screen_and_stands_in_the_trail(
    masked_settings: Settings, sit_down: SitDown
) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()
        known = seat.book.customer(WHO)
        assert known is not None
        record = on_record(known.phones[0])
        assert record is not None
        told = [seat.client.tell_number(record, purpose, f"to {purpose}") for purpose in (Purpose.DIAL, Purpose.LOOK)]
        with pytest.raises(ServerRefused) as gone:
            seat.client.tell_number(replace(record, position=7), Purpose.LOOK, "to look")
        with pytest.raises(AskedTooOften) as often:
            ask_often(seat.client, record)

    with pytest.raises(ServerUnreachable):
        seat.client.tell_number(record, Purpose.DIAL, "to dial")
    assert told == [PHONE, PHONE]
    assert (gone.value.status, often.value.retry_after_s > 0) == (404, True)
    assert executed(masked_settings, LOOKS)[0] == (seat.agent.id, "C-1", "phones", "to look")
    dialled = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'dialled'"
    assert executed(masked_settings, dialled) == [(seat.agent.id, "C-1", "phones", "to dial")]
    assert PHONE not in everything_in_the_cache(seat.store)


def test_site_that_asks_why_is_heard(settings: Settings, sit_down: SitDown) -> None:
    decide(settings, Policy(asks_why=frozenset({Role.AGENT})))
    with serving(settings) as server:
        seat = sit_down(server.address)
        before = seat.book.asks_why
        seat.sync()

    assert (before, seat.book.asks_why) == (False, True)
    assert seat.mirror.sight().is_masked is False


def test_customer_who_was_only_met_leaves_with_the_scope_that_is_lost(
    masked_settings: Settings, sit_down: SitDown
) -> None:
    with serving(masked_settings) as server:
        seat = sit_down(server.address)
        seat.sync()
        [met] = seat.client.customers_with(PHONE)
        seat.mirror.keep([replace(met.customer, id="C-met")])
        executed(masked_settings, "UPDATE agent SET queues = '[]'")
        seat.sync()

    assert (seat.mirror.count("customer"), seat.mirror.sight().match_keys) == (0, {})


def test_workstation_that_hides_numbers_keeps_none_and_has_them_again_when_it_hides_no_more(
    settings: Settings, sit_down: SitDown
) -> None:
    with serving(settings) as server:
        whole = sit_down(server.address)
        whole.sync()
        assert phones(whole.mirror) == [PHONE]
        whole.close()

        hiding = sit_down(server.address, hides="numbers")
        hiding.sync()
        assert phones(hiding.mirror) == ["138****0001"]
        assert PHONE not in everything_in_the_cache(hiding.store)
        record = OnRecord(WHO, 0, PhoneNumber("138****0001"))
        assert hiding.client.tell_number(record, Purpose.LOOK, "call back") == PHONE
        hiding.close()

        again = sit_down(server.address)
        again.sync()
        assert phones(again.mirror) == [PHONE]


def test_server_that_cannot_hide_is_asked_for_no_rows(server: ServerThread) -> None:
    def forget(request: httpx.Request) -> httpx.Response:
        told = {name: value for name, value in request.headers.items() if name.lower() != "x-hides"}
        return httpx.request(request.method, request.url, headers=told, content=request.content, timeout=20)

    with closing(ServerClient(server.address, lambda _token: None, httpx.MockTransport(forget), hides="all")) as client:
        client.sign_in("lin.yue", PASSWORD, "seat-9")
        with pytest.raises(AnswerGarbled):
            client.hello()
