"""What agents tell of the knowledge base, as their workstations send it."""

import uuid
from collections.abc import Mapping
from typing import Any

from tests.server.workstation import WRITTEN_AT, Workstation

ARTICLE = "kb-refund"
EDITION = "2026-11-01T08:00:00.000Z"


def feedback(seat: Workstation, kind: str, row_id: str = "", **fields: Any) -> dict[str, Any]:
    """The command that says it."""
    about = {} if kind == "missing" else {"article": ARTICLE, "edition": EDITION}
    body = {"kind": kind, "by": seat.login, "at": WRITTEN_AT, **about, **fields}
    return seat.op("article_feedback", row_id or str(uuid.uuid4()), "create", body)


def record(query: str, hits: int = 0, **fields: Any) -> dict[str, Any]:
    """One search of a batch."""
    nothing = dict.fromkeys(("queue", "category", "product", "opened", "inserted", "unhelpful"))
    typed = {"at": WRITTEN_AT, "query": query, "hits": hits, "subject": "", "sound": "", "language": "zh-CN"}
    return {**typed, **nothing, **fields}


def batch(seat: Workstation, *records: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """The command that carries them."""
    body = {"by": seat.login, "at": WRITTEN_AT, "records": list(records), **fields}
    return seat.op("search_batch", str(uuid.uuid4()), "create", body)


def decision(seat: Workstation, gap: Mapping[str, Any], verdict: str = "done", **fields: Any) -> dict[str, Any]:
    """The command by which an editor settles a question of the list."""
    about = {"kind": gap["kind"], "form": gap["forms"][0], "question": gap["question"]}
    body = {**about, "verdict": verdict, "by": seat.login, "at": WRITTEN_AT, "reason": "", **fields}
    return seat.op("gap_decision", str(uuid.uuid4()), "create", body)


def gaps(seat: Workstation, kind: str, days: int = 90) -> list[dict[str, Any]]:
    """Those of a kind, as the server tells them."""
    told = seat.http.get("/sync/v1/gaps", params={"days": days}).json()
    return [gap for gap in told["gaps"] if gap["kind"] == kind]
