"""A company's folder brought in again and again: what its customers.jsonl says of complaints, names and places."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from agent_server.importing.company_folder import BadSource
from agent_server.importing.folder import Imported
from agent_server.settings import Settings
from tests.in_process import ServerThread, a_customer, import_into
from tests.server.complainants import attempt, body_of
from tests.server.conftest import SitAt, executed
from tests.server.workstation import WRITTEN_AT, Workstation

Bring = Callable[..., Imported]

COMPLAINT = {
    "subject": "没有人回电",
    "type": "complaint",
    "category": "complaint/service",
    "priority": "normal",
    "status": "resolved",
    "description": "三次",
    "queue": "support",
    "department": "care",
    "created_at": WRITTEN_AT,
    "created_by": "lin.yue",
    "owner": "wang.qiang",
}


@pytest.fixture
def bring(server: ServerThread, tmp_path: Path) -> Bring:
    """Imports customer C-1 with the ticket K-1 and follow-ups."""
    folder = tmp_path / "their folder"
    folder.mkdir()

    def bringing(*follow_ups: dict[str, Any], name: str = "客户 1", **ticket: Any) -> Imported:
        told = a_customer(1, name=name)
        told["tickets"] = [{"id": "K-1", **COMPLAINT, **ticket}]
        told["follow_ups"] = list(follow_ups)
        (folder / "customers.jsonl").write_bytes(orjson.dumps(told))
        return import_into(server.settings, folder)

    return bringing


def visits(settings: Settings) -> list[tuple[Any, ...]]:
    return executed(settings, "SELECT id, state FROM follow_up WHERE ticket_id = 'K-1' ORDER BY created_at, state")


def test_complaint_that_comes_in_resolved_is_closed_after_a_return_visit_by_somebody_else(
    server: ServerThread, bring: Bring, seat: Workstation, sit_at: SitAt
) -> None:
    bring()
    ticket = body_of(seat, "ticket", "K-1")
    visit = body_of(seat, "follow_up", ticket["return_visit"])
    assert (visit["kind"], visit["state"], visit["ticket_id"]) == ("return_visit", "open", "K-1")
    assert ticket["number"].startswith("TK-")
    assert bring().written == 0

    assert bring(status="closed").held_back == {"K-1": "return_visit_open"}
    assert body_of(seat, "ticket", "K-1")["status"] == "resolved"
    assert attempt(sit_at("wang.qiang"), ticket["return_visit"], "reached", 5)["reason"] == "handler_may_not"
    assert attempt(sit_at("shen.lan"), ticket["return_visit"], "reached", 5)["reason"] is None

    done = bring(status="closed")
    assert (done.written, done.held_back) == (1, {})
    assert body_of(seat, "ticket", "K-1")["status"] == "closed"
    assert len(visits(server.settings)) == 1


def test_complaint_taken_up_again_by_the_source_calls_its_visit_off(server: ServerThread, bring: Bring) -> None:
    bring()
    bring(status="in_progress")
    assert [state for _, state in visits(server.settings)] == ["cancelled"]

    bring()
    assert sorted(state for _, state in visits(server.settings)) == ["cancelled", "open"]


def test_return_visit_that_the_source_brings_is_the_complaints_own(
    server: ServerThread, bring: Bring, seat: Workstation
) -> None:
    theirs = {
        "id": "V-1",
        "kind": "return_visit",
        "purpose": "回访",
        "due_at": WRITTEN_AT,
        "created_at": WRITTEN_AT,
        "created_by": "lin.yue",
        "ticket_id": "K-1",
        "queue": "support",
    }
    bring(theirs, return_visit="V-1")
    assert body_of(seat, "ticket", "K-1")["return_visit"] == "V-1"
    assert visits(server.settings) == [("V-1", "open")]


def test_complaint_that_comes_in_closed_was_closed_elsewhere(server: ServerThread, bring: Bring) -> None:
    assert bring(status="closed").held_back == {}
    assert visits(server.settings) == []


def test_complaint_here_becomes_nothing_else_by_a_folder(bring: Bring, seat: Workstation) -> None:
    bring()
    told = bring(type="inquiry", category="inquiry/billing")
    assert told.held_back == {"K-1": "complaint_stays"}
    assert body_of(seat, "ticket", "K-1")["type"] == "complaint"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"queue": "nowhere"}, "ticket K-1: queue"),
        ({"department": "nowhere"}, "ticket K-1: department"),
        ({"subject": "\u200b"}, "ticket K-1: subject"),
        ({"name": " "}, "customer C-1: name"),
    ],
    ids=["no queue", "no department", "no subject", "no name"],
)
def test_what_nobody_would_find_or_read_is_named_with_its_line(
    bring: Bring, fields: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(BadSource) as refused:
        bring(**fields)
    assert (refused.value.place, refused.value.fact) == ("customers.jsonl:1", wrong)
