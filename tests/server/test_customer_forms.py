"""The site's own fields of customers: published by administrators, kept to, merged one by one, masked, imported."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.customer_form import CustomerForm, CustomField, customer_form_id
from agent_model.form import ALWAYS, Clause, Comparison, Condition, FieldKind, Option
from agent_model.words import Words
from agent_server.__main__ import main
from agent_server.database import Database
from agent_server.own_fields import own_labels
from agent_server.policy import Policy
from agent_server.privacy.person_file import Found, page
from tests.in_process import ServerThread, a_customer, serving
from tests.model.forms_made import PUBLISHED
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.officers import appoint, decide
from tests.server.workstation import Workstation


def a_custom_field(key: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> CustomField:
    return CustomField(key, kind, Words(f"字段{key}", f"Field {key}"), **more)


SOURCES = (Option("fair", Words("展会", "Trade fair")), Option("web", Words("官网", "Website")))
SOURCE = a_custom_field("source", FieldKind.CHOICE, options=SOURCES)
BIRTHDAY = a_custom_field("birthday", FieldKind.DATE)
PASSPORT = a_custom_field("passport", is_sensitive=True)
FAIR = a_custom_field("fair", required_when=Condition((Clause("source", Comparison.IS, "fair"),)))


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    with serving(new_site([a_customer(1), a_customer(2), a_customer(3, "business")])) as running:
        yield running


@pytest.fixture
def administrator(server: ServerThread, sit_at: SitAt) -> Workstation:
    appoint(server.settings, "the.admin", Role.ADMINISTRATOR)
    return sit_at("the.admin")


@pytest.fixture
def seat(sit_at: SitAt) -> Workstation:
    return sit_at("lin.yue")


def edition(seat: Workstation, number: int, *fields: CustomField, **more: Any) -> Any:
    """The command that publishes an edition."""
    form = CustomerForm(customer_form_id(number), number, fields, PUBLISHED, seat.login)
    return seat.op("customer_form", form.id, "create", {**to_body(form), **more})


def publish(administrator: Workstation, *fields: CustomField, number: int = 1) -> None:
    [answer] = administrator.push(edition(administrator, number, *fields))
    assert answer["verdict"] == "applied"


def wants(seat: Workstation, fields: dict[str, Any], row: str = "C-1", **more: Any) -> dict[str, Any]:
    """The answer to a change of a customer."""
    [answer] = seat.push(seat.op("customer", row, "update", fields, **more))
    return answer


def body(seat: Workstation, row: str = "C-1") -> dict[str, Any]:
    seat.sync()
    found: dict[str, Any] = seat.row("customer", row)["body"]
    return found


def test_published_fields_reach_everybody_and_stand_in_the_audit_trail(
    administrator: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(administrator, SOURCE, BIRTHDAY)
    seat.sync()
    assert [field["key"] for field in seat.row("customer_form", "customer.1")["body"]["fields"]] == [
        "source",
        "birthday",
    ]
    lines = executed(server.settings, "SELECT who, subject FROM audit_line WHERE deed = 'customer_form_published'")
    assert [tuple(line) for line in lines] == [("the.admin", "customer.1")]


@pytest.mark.parametrize("login", ["lin.yue", "zhou.min"])
def test_nobody_else_publishes_fields(sit_at: SitAt, login: str) -> None:
    seat = sit_at(login)
    [answer] = seat.push(edition(seat, 1, SOURCE))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")


def test_editions_follow_each_other_and_none_is_changed(administrator: Workstation) -> None:
    publish(administrator, SOURCE)
    skipped, again = administrator.push(edition(administrator, 3, SOURCE), edition(administrator, 1, BIRTHDAY))
    assert [skipped["reason"], again["reason"]] == ["unknown_form", "id_taken"]


def test_published_field_keeps_its_kind_and_who_may_see_it(administrator: Workstation) -> None:
    publish(administrator, SOURCE, BIRTHDAY)
    other_kind, hidden = a_custom_field("source"), a_custom_field("birthday", FieldKind.DATE, is_sensitive=True)
    [answer] = administrator.push(edition(administrator, 2, other_kind, hidden))
    assert (answer["reason"], answer["faults"]) == (
        "bad_form",
        {"source": "kind_changed", "birthday": "sensitive_changed"},
    )


def test_two_agents_change_two_fields_of_one_customer_at_once(
    administrator: Workstation, seat: Workstation, sit_at: SitAt
) -> None:
    publish(administrator, SOURCE, BIRTHDAY)
    first = wants(seat, {"custom.source": [None, "web"]}, base_version=1)
    second = wants(sit_at("zhou.min"), {"custom.birthday": [None, "1990-01-01"]}, base_version=1)
    assert [first["verdict"], second["verdict"]] == ["applied", "merged"]
    known = body(seat)
    assert (known["custom.source"], known["custom.birthday"]) == ("web", "1990-01-01")


def test_two_agents_who_change_the_same_field_meet_a_conflict(
    administrator: Workstation, seat: Workstation, sit_at: SitAt
) -> None:
    publish(administrator, SOURCE)
    wants(seat, {"custom.source": [None, "web"]}, base_version=1)
    late = wants(sit_at("zhou.min"), {"custom.source": [None, "fair"]}, base_version=1)
    assert (late["verdict"], late["changed"]) == ("conflict", {"custom.source": "web"})
    assert body(seat)["custom.source"] == "web"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"custom.source": [None, "radio"]}, {"source": "not_offered"}),
        ({"custom.birthday": [None, "soon"]}, {"birthday": "malformed"}),
        ({"custom.nobody_made": [None, "x"]}, {"nobody_made": "unknown_field"}),
        ({"private.birthday": [None, "1990-01-01"]}, {"birthday": "unknown_field"}),
        ({"custom.source": [None, "fair"]}, {"fair": "missing"}),
    ],
    ids=["choice", "date", "unknown", "in the other place", "needed since"],
)
def test_value_that_does_not_do_is_refused_with_its_field(
    administrator: Workstation, seat: Workstation, fields: dict[str, Any], fault: dict[str, str]
) -> None:
    publish(administrator, SOURCE, BIRTHDAY, FAIR)
    answer = wants(seat, fields)
    assert (answer["reason"], answer["faults"]) == ("bad_custom_fields", fault)
    assert "custom.source" not in body(seat)


def test_needed_field_is_not_emptied_and_stands_in_nobody_elses_way(
    administrator: Workstation, seat: Workstation
) -> None:
    needed = a_custom_field("source_of", required_when=ALWAYS)
    publish(administrator, needed, BIRTHDAY)
    other = wants(seat, {"custom.birthday": [None, "1990-01-01"], "region": [None, "杭州"]})
    wants(seat, {"custom.source_of": [None, "x"]})
    emptied = wants(seat, {"custom.source_of": ["x", None]})
    assert other["verdict"] in ("applied", "merged")
    assert emptied["faults"] == {"source_of": "missing"}


def test_value_of_a_field_that_was_taken_away_stays_and_can_be_emptied(
    administrator: Workstation, seat: Workstation
) -> None:
    publish(administrator, SOURCE, BIRTHDAY)
    wants(seat, {"custom.source": [None, "web"]})
    publish(administrator, BIRTHDAY, number=2)
    assert body(seat)["custom.source"] == "web"
    assert wants(seat, {"custom.source": ["web", "fair"]})["faults"] == {"source": "unknown_field"}
    assert wants(seat, {"custom.source": ["web", None]})["verdict"] in ("applied", "merged")


def test_history_tells_each_field_by_itself(administrator: Workstation, seat: Workstation) -> None:
    publish(administrator, SOURCE)
    wants(seat, {"custom.source": [None, "web"]})
    wants(seat, {"custom.source": ["web", "fair"], "custom.fair": [None, "x"]})
    wants(seat, {"custom.source": ["web", None]})
    changes = seat.http.get("/v1/history/customer/C-1").json()["changes"]
    told = [(one["field"], one["old"], one["new"]) for one in changes if one["field"] == "custom.source"]
    assert told == [("custom.source", "web", None), ("custom.source", None, "web")]


def test_fields_go_with_a_merge_and_come_back_with_its_undoing(administrator: Workstation, seat: Workstation) -> None:
    publish(administrator, SOURCE, BIRTHDAY)
    wants(seat, {"custom.source": [None, "web"]})
    wants(seat, {"custom.source": [None, "fair"], "custom.birthday": [None, "1990-01-01"]}, row="C-2")
    whole = {"customer_id": "C-1", "gone": "C-2", "taken": ["custom.source"]}
    seat.push(seat.op("customer_merge", "C-2.one", "create", whole))
    merged = body(seat)
    seat.push(seat.op("customer_merge", "C-2.one", "update", {"is_undone": [False, True]}, base_version=1))
    parted = body(seat)
    assert (merged["custom.source"], merged["custom.birthday"]) == ("fair", "1990-01-01")
    assert (parted["custom.source"], parted.get("custom.birthday")) == ("web", None)
    assert body(seat, "C-2")["custom.birthday"] == "1990-01-01"


def test_sensitive_field_is_masked_and_told_for_a_reason_alone(new_site: NewSite) -> None:
    secret = {"private.passport": "E12345678", "custom.remark": "call 13800000009"}
    settings = new_site([a_customer(1, **secret)])
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings) as running, Workstation(running.address, "lin.yue") as seat:
        snapshot = seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0}).content
        said = {"field": "private.passport", "reason": "visa"}
        told = seat.http.post("/customers/C-1/reveal", json=said).json()
        refused = wants(seat, {"private.passport": ["*****5678", "E0"]})
    assert b"E12345678" not in snapshot
    assert b"13800000009" not in snapshot
    assert b"*****5678" in snapshot
    assert told["value"] == "E12345678"
    assert refused["reason"] == "not_allowed"


def test_table_says_fields_by_their_names_and_choices_by_theirs(
    administrator: Workstation, server: ServerThread, tmp_path: Path, seat: Workstation
) -> None:
    publish(administrator, SOURCE, BIRTHDAY, PASSPORT)
    table = tmp_path / "customers.csv"
    table.write_text(
        "客户编号,姓名,客群,字段source,custom.birthday,custom.passport\n"
        "X1,王小明,home,展会,1990年1月2日,E12345678\nX2,李四,home,radio,,\n",
        encoding="utf-8",
    )
    database = server.settings.database.render_as_string(hide_password=False)
    code = main(["import", "customers", str(table), "--database", database, "--home", str(server.settings.home)])
    assert code != 0
    brought = body(seat, "X1")
    own = {name: brought[name] for name in ("custom.source", "custom.birthday", "private.passport")}
    assert own == {"custom.source": "fair", "custom.birthday": "1990-01-02", "private.passport": "E12345678"}
    [errors] = tmp_path.glob("*.errors*")
    assert "radio" in errors.read_text(encoding="utf-8-sig")


def test_copy_of_a_persons_data_calls_fields_as_the_site_does() -> None:
    rows = {"customer": [{"id": "C-1", "custom.source": "web", "custom.forgotten": "x"}]}
    found = Found("C-1", rows, [], [], {"custom.source": Words("来源", "Source")})
    told = page(found, "mark", "zh"), page(found, "mark", "en")
    assert ["<th>来源</th>" in told[0], "<th>Source</th>" in told[1], "<th>custom.forgotten</th>" in told[0]] == [
        True
    ] * 3


def test_person_file_is_told_what_fields_were_called(
    administrator: Workstation, seat: Workstation, server: ServerThread
) -> None:
    publish(administrator, SOURCE)
    publish(administrator, BIRTHDAY, number=2)

    async def labels() -> dict[str, Words]:
        database = Database(server.settings.database)
        try:
            async with database.reading() as connection:
                return await own_labels(connection)
        finally:
            await database.close()

    assert set(asyncio.run(labels())) == {"custom.source", "custom.birthday"}
