"""Complaints as people bring them before the server: filed, compensated, disputed, resolved."""

import uuid
from datetime import UTC, datetime
from typing import Any

from agent_model.moment import to_text
from agent_server.settings import Settings
from tests.server.conftest import executed
from tests.server.workstation import WRITTEN_AT, Workstation

FUND = "goodwill"
AGENT_MAY, LEAD_MAY, MANAGER_MAY = 5_000, 20_000, 100_000


def complain(seat: Workstation, customer_id: str | None = "C-1", **fields: Any) -> str:
    """A complaint that was taken; its id."""
    body = {"type": "complaint", "category": "complaint/service", "department": "care", "subject": "没有人回电"}
    wish = seat.ticket(customer_id, **{**body, **fields})
    [answer] = seat.push(wish)
    assert answer["verdict"] == "applied", answer
    return str(wish["id"])


def compensating(seat: Workstation, ticket: str, amount_fen: int = AGENT_MAY, **fields: Any) -> dict[str, Any]:
    """The command that wishes for a compensation."""
    body = {
        "ticket_id": ticket,
        "fund": FUND,
        "amount_fen": amount_fen,
        "reason": "三次没有回电",
        "asked_by": seat.login,
        "asked_at": WRITTEN_AT,
        **fields,
    }
    return seat.op("compensation", str(uuid.uuid4()), "create", body)


def compensate(seat: Workstation, ticket: str, amount_fen: int = AGENT_MAY, **fields: Any) -> dict[str, Any]:
    """The answer to a wish; with its `id`."""
    wish = compensating(seat, ticket, amount_fen, **fields)
    [answer] = seat.push(wish)
    return {**answer, "id": wish["id"]}


def decide(seat: Workstation, compensation: str, state: str, reason: str = "") -> dict[str, Any]:
    fields = {"state": ["asked", state]} | ({"decision_reason": ["", reason]} if reason else {})
    [answer] = seat.push(seat.op("compensation", compensation, "update", fields, base_version=1))
    return answer


def change(seat: Workstation, ticket: str, **fields: Any) -> dict[str, Any]:
    """The answer to changed fields, each said to have been what it is now."""
    seat.sync()
    row = seat.row("ticket", ticket)
    pairs = {name: [row["body"][name], value] for name, value in fields.items()}
    [answer] = seat.push(seat.op("ticket", ticket, "update", pairs, base_version=row["version"]))
    return answer


def say(seat: Workstation, ticket: str, step: str, department: str, text: str = "理由") -> dict[str, Any]:
    """The answer to a word about the department in charge."""
    word = {"step": step, "department": department, "text": text, "author": seat.login, "at": WRITTEN_AT}
    [answer] = seat.push(seat.op("ticket", ticket, "append", {"disputes": [None, word]}))
    return answer


def body_of(seat: Workstation, entity: str, row_id: str) -> dict[str, Any]:
    seat.sync()
    return dict(seat.row(entity, row_id)["body"])


def drawn(settings: Settings) -> int:
    """What the fund has given, and that it is what was granted."""
    [(counted,)] = executed(settings, "SELECT drawn_fen FROM fund WHERE id = 'goodwill'")
    [(granted,)] = executed(settings, "SELECT coalesce(sum(amount_fen), 0) FROM compensation WHERE state = 'granted'")
    assert counted == granted
    return int(counted)


def fill(settings: Settings, given_fen: int) -> None:
    """The fund has this much in all."""
    executed(settings, "UPDATE fund SET given_fen = :given", given=given_fen)


def hand_over(seat: Workstation, ticket: str, **after: Any) -> dict[str, Any]:
    """The answer to a hand-over of a ticket from where it is."""
    row = body_of(seat, "ticket", ticket)
    before = {name: row[name] for name in ("queue", "department", "owner")}
    moved = {"by": seat.login, "at": WRITTEN_AT, "reason": "转派", "before": before, "after": {**before, **after}}
    [answer] = seat.push(seat.op("ticket", ticket, "append", {"hand_overs": [None, moved]}))
    return answer


def attempt(seat: Workstation, visit: str, result: str, satisfaction: int | None = None) -> dict[str, Any]:
    """The answer to what came of calling about a return visit."""
    told = {"at": to_text(datetime.now(UTC)), "agent": seat.login, "result": result, "satisfaction": satisfaction}
    [answer] = seat.push(seat.op("follow_up", visit, "append", {"attempts": [None, told]}))
    return answer


def resolve(seat: Workstation, ticket: str) -> str:
    """The complaint solved by this person; the id of its return visit."""
    answer = change(seat, ticket, status="resolved")
    assert answer["verdict"] == "applied", answer
    return str(body_of(seat, "ticket", ticket)["return_visit"])
