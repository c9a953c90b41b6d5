"""Rows of the company that a team lead writes whole: who may, signed by whom."""

import pytest

from tests.server.conftest import LEAD
from tests.server.workstation import WRITTEN_AT, Workstation
from tests.server.written_rows import MACROS, SIGNAL_RULES, SYNONYMS, WrittenRows


@pytest.fixture(params=[MACROS, SIGNAL_RULES, SYNONYMS], ids=["macros", "rules of signals", "synonyms"])
def rows(request: pytest.FixtureRequest) -> WrittenRows:
    made: WrittenRows = request.param
    return made


def test_row_of_a_team_lead_reaches_every_agent_signed(rows: WrittenRows, lead: Workstation, seat: Workstation) -> None:
    assert rows.create(lead)["verdict"] == "applied"
    seat.sync()
    body = seat.row(rows.entity, rows.row_id)["body"]
    assert {name: body[name] for name in rows.whole} == rows.whole
    assert body["changed_by"] == LEAD
    assert body["changed_at"] > WRITTEN_AT


def test_agent_makes_none(rows: WrittenRows, seat: Workstation) -> None:
    answer = rows.create(seat)
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")


def test_agent_changes_none(rows: WrittenRows, lead: Workstation, seat: Workstation) -> None:
    rows.create(lead)
    answer = rows.change(seat, 1, is_on=[True, False])
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")


def test_nobody_signs_for_somebody_else(rows: WrittenRows, lead: Workstation) -> None:
    assert rows.create(lead, changed_by="somebody")["reason"] == "not_allowed"
    rows.create(lead)
    assert rows.change(lead, 1, changed_by=[LEAD, "somebody"])["reason"] == "not_allowed"
