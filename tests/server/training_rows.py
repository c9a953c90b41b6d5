"""Questions, quizzes and what is assigned, as people who teach send them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_model.moment import to_text
from tests.server.workstation import Workstation

LEARNER = "lin.yue"
ARTICLE = "kb-refund"


def after(**span: float) -> str:
    """A moment so long from now."""
    return to_text(datetime.now(UTC) + timedelta(**span))


def question(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "single",
        "bank": "written",
        "text": f"第 {number} 题：退款几日到账？",
        "topic": "退款",
        "author": "zhou.min",
        "options": [{"key": key, "text": f"{key} 个工作日"} for key in ("a", "b", "c")],
        "sources": [],
        **fields,
    }


def key(**fields: Any) -> dict[str, Any]:
    return {"right": ["b"], "points": 1, "explanation": "以《退款》为准", **fields}


def quiz(**fields: Any) -> dict[str, Any]:
    return {"title": {"zh": "每周测验", "en": "Weekly quiz"}, "count": 5, "retakes": 1, "due_days": 7, **fields}


def put(seat: Workstation, entity: str, row_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    [answer] = seat.push(seat.op(entity, row_id, "create", body))
    return answer


def ask(seat: Workstation, row_id: str, body: Mapping[str, Any] | None = None, right: Any = None) -> None:
    """A question with its key, taken."""
    whole = seat.op("question", row_id, "create", body or question(1))
    answers = seat.push(whole, seat.op("question_key", row_id, "create", right or key()))
    assert [answer["reason"] for answer in answers] == [None, None], answers


def bank(seat: Workstation, count: int = 6, **fields: Any) -> None:
    for number in range(count):
        ask(seat, f"q-{number}", question(number, **fields))


def assign(seat: Workstation, row_id: str = "as-1", **fields: Any) -> dict[str, Any]:
    body = {
        "agent": LEARNER,
        "assigned_by": seat.login,
        "assigned_at": after(minutes=0),
        "due_at": after(days=7),
        "quiz": "qz-1",
        **fields,
    }
    return put(seat, "assignment", row_id, body)


def right_answers(paper: Mapping[str, Any], wrong: int = 0) -> list[dict[str, Any]]:
    """All right but the first so many: b is what stands behind two working days."""
    answers = []
    for nth, asked in enumerate(paper["body"]["questions"], 1):
        wanted = "b" if nth > wrong else "c"
        chosen = next(one["key"] for one in asked["options"] if one["text"].startswith(wanted))
        answers.append({"question": asked["question"], "answer": [chosen], "nth": nth, "took_s": 4})
    return answers


def paper_of(seat: Workstation, assignment: str = "as-1", nth: int = 1) -> dict[str, Any]:
    """A paper that was drawn, as its learner's workstation has it."""
    seat.sync()
    paper_id = seat.row("assignment", assignment)["body"]["papers"][nth - 1]
    return seat.row("quiz_paper", paper_id)


def begin(seat: Workstation, paper: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return put(seat, "attempt", paper["id"], {"agent": seat.login, "started_at": after(minutes=0), **fields})


def hand_in(seat: Workstation, paper: Mapping[str, Any], answers: Any, **fields: Any) -> dict[str, Any]:
    sheet = {"at": after(minutes=0), "answers": answers, "elapsed_s": 60, "paused_s": 0, **fields}
    occurred = {"occurred_at": sheet["at"]}
    [answer] = seat.push(seat.op("attempt", paper["id"], "append", {"sheets": [None, sheet]}, **occurred))
    return answer
