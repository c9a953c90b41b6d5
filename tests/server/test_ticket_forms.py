"""Forms on the server: published by administrators alone, kept in every edition, and asked of every ticket."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.form import ALWAYS, Clause, Comparison, Condition, FieldKind, FormField
from agent_model.ticket import TicketType
from agent_server.importing.company_folder import BadSource
from agent_server.policy import Policy
from tests.in_process import COMPANY, ServerThread, import_into, serving
from tests.model.forms_made import a_field, a_form
from tests.server.conftest import CUSTOMERS, NewSite, SitAt, executed
from tests.server.officers import appoint, decide
from tests.server.workstation import Workstation

SINCE = a_field("since", FieldKind.DATE, required_when=ALWAYS)
REASON = a_field(
    "reason",
    required_when=Condition((Clause("amount", Comparison.AT_LEAST, "500"),)),
    visible_when=Condition((Clause("priority", Comparison.IS_NOT, "low", is_fact=True),)),
)
AMOUNT = a_field("amount", FieldKind.MONEY)


@pytest.fixture
def administrator(server: ServerThread, sit_at: SitAt) -> Workstation:
    appoint(server.settings, "the.admin", Role.ADMINISTRATOR)
    return sit_at("the.admin")


def edition(seat: Workstation, number: int, *fields: FormField, **more: Any) -> Any:
    """The command that publishes an edition of the form for faults."""
    form = a_form(*fields, edition=number)
    return seat.op("ticket_form", form.id, "create", {**to_body(form), "published_by": seat.login, **more})


def filled(seat: Workstation, form: str, facts: dict[str, str] | None = None, **values: Any) -> Any:
    return seat.ticket(details={"form": form, "values": values, "facts": facts or {}})


def test_published_form_reaches_everybody_and_stands_in_the_audit_trail(
    administrator: Workstation, seat: Workstation, server: ServerThread
) -> None:
    [answer] = administrator.push(edition(administrator, 1, SINCE))
    assert answer["verdict"] == "applied"

    seat.sync()
    assert [field["key"] for field in seat.row("ticket_form", "fault.1")["body"]["fields"]] == ["since"]
    lines = executed(server.settings, "SELECT who, subject FROM audit_line WHERE deed = 'form_published'")
    assert [tuple(line) for line in lines] == [("the.admin", "fault.1")]


@pytest.mark.parametrize("login", ["lin.yue", "zhou.min"])
def test_nobody_else_publishes_a_form(sit_at: SitAt, login: str) -> None:
    seat = sit_at(login)
    [answer] = seat.push(edition(seat, 1, SINCE))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")


def test_published_edition_is_never_changed(administrator: Workstation) -> None:
    administrator.push(edition(administrator, 1, SINCE))
    [again] = administrator.push(edition(administrator, 1, AMOUNT))
    [changed] = administrator.push(administrator.op("ticket_form", "fault.1", "update", {"edition": [1, 2]}))
    assert [again["reason"], changed["reason"]] == ["id_taken", "not_allowed"]


def test_edition_that_is_not_the_next_is_refused(administrator: Workstation) -> None:
    wrong_id = edition(administrator, 1, SINCE) | {"id": "complaint.1"}
    answers = administrator.push(wrong_id, edition(administrator, 2, SINCE), edition(administrator, 0, SINCE))
    assert [answer["reason"] for answer in answers] == ["bad_field", "unknown_form", "bad_field"]


def test_circle_of_conditions_is_refused_with_a_code_for_each_field(administrator: Workstation) -> None:
    one = a_field("one", visible_when=Condition((Clause("two", Comparison.FILLED),)))
    two = a_field("two", visible_when=Condition((Clause("one", Comparison.FILLED),)))
    [answer] = administrator.push(edition(administrator, 1, one, two))
    assert answer["reason"] == "bad_form"
    assert answer["faults"] == {"one": "condition_cycle", "two": "condition_cycle"}


def test_ticket_is_held_to_the_form_it_names(administrator: Workstation, seat: Workstation) -> None:
    administrator.push(edition(administrator, 1, SINCE, AMOUNT, REASON))
    answers = seat.push(
        filled(seat, "fault.1"),
        filled(seat, "fault.1", since="yesterday", amount=60_000),
        filled(seat, "fault.1", since="2026-11-20", who="Chen"),
        filled(seat, "fault.1", since="2026-11-20", facts={"caller_number": "+8613800000001"}),
        filled(seat, "complaint.1", since="2026-11-20"),
        filled(seat, "fault.1", since="2026-11-20", amount=49_900),
    )
    assert [(answer["reason"], answer["faults"]) for answer in answers] == [
        ("bad_details", {"since": "missing"}),
        ("bad_details", {"since": "malformed", "reason": "missing"}),
        ("bad_details", {"who": "unknown_field"}),
        ("bad_field", {}),
        ("unknown_form", {}),
        (None, {}),
    ]


def test_ticket_of_an_older_edition_is_taken_by_its_rules(administrator: Workstation, seat: Workstation) -> None:
    administrator.push(edition(administrator, 1, AMOUNT), edition(administrator, 2, AMOUNT, SINCE))
    old = filled(seat, "fault.1", amount=100)
    [by_old, by_new] = seat.push(old, filled(seat, "fault.2", amount=100))
    assert [by_old["verdict"], by_new["reason"]] == ["applied", "bad_details"]

    seat.sync()
    details = seat.row("ticket", old["id"])["body"]["details"]
    assert details == {"form": "fault.1", "values": {"amount": 100}, "facts": {}}
    assert seat.row("ticket_form", "fault.1")["body"]["edition"] == 1


def test_ticket_keeps_the_edition_it_was_written_with(administrator: Workstation, seat: Workstation) -> None:
    administrator.push(edition(administrator, 1, AMOUNT), edition(administrator, 2, AMOUNT))
    filed = filled(seat, "fault.1", amount=100)
    seat.push(filed)

    def change(new: Any, version: int) -> Any:
        fields = {"details": [filed["fields"]["details"][1], new]}
        [answer] = seat.push(seat.op("ticket", filed["id"], "update", fields, base_version=version))
        return answer["reason"]

    assert change({"form": "fault.2", "values": {"amount": 200}, "facts": {}}, 1) == "wrong_form"
    assert change(None, 1) == "wrong_form"
    assert change({"form": "fault.1", "values": {"amount": "200"}, "facts": {}}, 1) == "bad_details"
    assert change({"form": "fault.1", "values": {"amount": 200}, "facts": {}}, 1) is None


def test_whole_card_number_does_not_get_in(administrator: Workstation, seat: Workstation, server: ServerThread) -> None:
    administrator.push(edition(administrator, 1, a_field("card", FieldKind.BANK_CARD)))
    whole, kept = filled(seat, "fault.1", card="4242424242424242"), filled(seat, "fault.1", card="4242")
    [refused, taken] = seat.push(whole, kept)
    assert refused["faults"] == {"card": "card_in_clear"}
    assert taken["verdict"] == "applied"
    assert "4242424242424242" not in str(executed(server.settings, "SELECT * FROM op_log"))


def test_ticket_without_details_is_taken_as_before_there_were_forms(
    administrator: Workstation, seat: Workstation
) -> None:
    administrator.push(edition(administrator, 1, SINCE))
    [answer] = seat.push(seat.ticket())
    assert answer["verdict"] == "applied"


def test_form_of_another_type_is_refused(administrator: Workstation, seat: Workstation) -> None:
    form = a_form(AMOUNT, type_=TicketType.PRAISE)
    publish = administrator.op("ticket_form", form.id, "create", {**to_body(form), "published_by": "the.admin"})
    administrator.push(publish)
    [answer] = seat.push(filled(seat, "praise.1", amount=1))
    assert answer["reason"] == "wrong_form"


def test_forms_that_ship_are_imported_and_what_was_published_is_not_overwritten(
    administrator: Workstation, seat: Workstation, server: ServerThread, tmp_path: Path
) -> None:
    source = tmp_path / "forms"
    source.mkdir()
    text = COMPANY.with_name("forms.toml").read_text(encoding="utf-8")
    shutil.copy2(COMPANY.with_name("forms.toml"), source)
    import_into(server.settings, source)
    import_into(server.settings, source)
    seat.sync()
    shipped = {TicketType(key[1].partition(".")[0]) for key in seat.slices["org"] if key[0] == "ticket_form"}
    assert shipped == set(TicketType)

    (source / "forms.toml").write_text(text.replace("Wanted from", "From"), encoding="utf-8")
    with pytest.raises(BadSource):
        import_into(server.settings, source)


def test_file_with_a_bad_form_names_it(server: ServerThread, tmp_path: Path) -> None:
    (tmp_path / "forms.toml").write_text(
        'published_at = "2026-11-01T00:00:00.000Z"\n[[form]]\ntype = "praise"\n[[form.field]]\nkey = "Whom"\n'
        'kind = "text"\nlabel = { zh = "谁", en = "Who" }\n',
        encoding="utf-8",
    )
    with pytest.raises(BadSource, match="Whom"):
        import_into(server.settings, tmp_path)


def test_who_sees_numbers_masked_sees_those_of_a_form_masked(new_site: NewSite) -> None:
    settings = new_site(CUSTOMERS)
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    appoint(settings, "the.admin", Role.ADMINISTRATOR)
    with (
        serving(settings) as running,
        Workstation(running.address, "the.admin") as administrator,
        Workstation(running.address, "zhou.min") as lead,
        Workstation(running.address, "lin.yue") as agent,
    ):
        administrator.push(edition(administrator, 1, a_field("phone", FieldKind.PHONE), AMOUNT))
        told = filled(lead, "fault.1", phone="+8613987654321", amount=100)
        [answer] = lead.push(told)
        assert answer["verdict"] == "applied"
        agent.take_snapshot("customers:home")
        in_snapshot = agent.slices["customers:home"]["ticket", told["id"]]["body"]["details"]
        agent.cursors.clear()
        agent.pull("customers:home")
        in_changes = agent.row("ticket", told["id"])["body"]
        for seen in (in_snapshot, in_changes["details"]):
            assert seen["values"] == {"phone": "139****4321", "amount": 100}
        assert "phone_keys" not in in_changes
        change = {"details": [in_changes["details"], {**in_changes["details"], "values": {"amount": 5}}]}
        [refused] = agent.push(agent.op("ticket", told["id"], "update", change, base_version=1))
        assert refused["reason"] == "not_allowed"
        lead.sync()
        assert lead.row("ticket", told["id"])["body"]["details"]["values"]["phone"] == "+8613987654321"
