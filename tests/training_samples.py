"""Rows of training as an agent's workstation holds them."""

from typing import Any

from agent_model.wire import Row

ME = "lin.yue"
AT, DUE = "2026-11-20T01:00:00.000Z", "2026-11-27T01:00:00.000Z"


def assignment_row(row_id: str = "as-1", **fields: Any) -> Row:
    body = {
        "agent": ME,
        "assigned_by": "server",
        "assigned_at": AT,
        "due_at": DUE,
        "quiz": "qz-1",
        "course": None,
        "why": "weekly",
        "note": "",
        "about": None,
        "read": [],
        "team": "home",
        "state": "open",
        "papers": ["p-1"],
        "lacks": 0,
    }
    return Row("assignment", row_id, 1, {**body, **fields})


def asked(number: int, kind: str, text: str, *options: str, **fields: Any) -> dict[str, Any]:
    return {
        "question": f"q-{number}",
        "version": 1,
        "kind": kind,
        "bank": "written",
        "text": text,
        "points": 1,
        "language": "zh-CN",
        "options": [{"key": str(place), "text": words} for place, words in enumerate(options, 1)],
        "call": None,
        "task": None,
        **fields,
    }


QUESTIONS = (
    asked(1, "single", "退款申请审核通过后，多少个工作日内原路退回？", "1 个工作日", "3 个工作日", "7 个工作日"),
    asked(
        2, "multiple", "以下哪些情况需要升级给班长？", "客户提到监管投诉", "客户询问营业时间", "客户要求赔偿超过权限"
    ),
    asked(3, "true_false", "客户未通过身份核验时，可以告知其账单总额。"),
    asked(4, "order", "请按顺序排列受理投诉的步骤。", "记录诉求", "安抚情绪", "回访确认", "给出方案"),
    asked(5, "short_text", "客户要求立即退款而系统显示处理中，你会怎么说？"),
    asked(6, "task", "在知识库中找到退款到账时间的文章并打开。", task="find_article", bank="system"),
)


def paper_row(row_id: str = "p-1", **fields: Any) -> Row:
    body = {
        "assignment": "as-1",
        "quiz": "qz-1",
        "agent": ME,
        "title": {"zh": "每周测验", "en": "Weekly quiz"},
        "nth": 1,
        "tries": 2,
        "questions": list(QUESTIONS),
        "pass_mark": 80,
        "time_limit_s": 1200,
        "drawn_at": AT,
        "due_at": DUE,
    }
    return Row("quiz_paper", row_id, 1, {**body, **fields})


def mark(number: int, *, is_right: bool, answer: list[str], right: list[str], **fields: Any) -> dict[str, Any]:
    return {
        "question": f"q-{number}",
        "version": 1,
        "is_right": is_right,
        "points": 1,
        "answer": answer,
        "right": right,
        "explanation": "",
        "sources": [],
        "counts": True,
        "took_s": 12,
        **fields,
    }


MARKS = (
    mark(
        1,
        is_right=False,
        answer=["1"],
        right=["2"],
        explanation="退款审核通过后 3 个工作日内原路退回，节假日顺延。",
        sources=[{"kind": "article", "id": "kb-refund", "version": 1}],
    ),
    mark(2, is_right=True, answer=["1", "3"], right=["1", "3"]),
    mark(3, is_right=True, answer=["false"], right=["false"]),
    mark(4, is_right=False, answer=["1", "2", "4", "3"], right=["2", "1", "4", "3"], explanation="先安抚，再记录。"),
    mark(5, is_right=True, answer=["正在处理，请您耐心等待"], right=["处理", "等待"]),
    mark(6, is_right=False, answer=[], right=["opened:kb-refund"], counts=False),
)


def result_row(row_id: str = "p-1", **fields: Any) -> Row:
    body = {
        "assignment": "as-1",
        "quiz": "qz-1",
        "agent": ME,
        "team": "home",
        "nth": 1,
        "score": 50,
        "is_passed": False,
        "marks": list(MARKS),
        "started_at": "2026-11-21T02:00:00.000Z",
        "finished_at": "2026-11-21T02:09:00.000Z",
        "elapsed_s": 540,
        "judged_at": "2026-11-21T02:09:01.000Z",
        "is_late": False,
        "is_over_time": False,
    }
    return Row("quiz_result", row_id, 1, {**body, **fields})


def course_row(row_id: str = "co-1", **fields: Any) -> Row:
    body = {
        "title": {"zh": "退款与赔付", "en": "Refunds and compensation"},
        "articles": ["kb-refund"],
        "quiz": "qz-1",
        "due_days": 14,
        "is_on": True,
        "changed_by": "zhou.min",
        "changed_at": AT,
    }
    return Row("course", row_id, 1, {**body, **fields})


def article_row(row_id: str = "kb-refund", **fields: Any) -> Row:
    body = {
        "title": "退款多久到账",
        "body": "审核通过后 **3 个工作日**内原路退回，节假日顺延。",
        "category": "售后",
        "product": None,
        "queue": None,
        "language": "zh-CN",
        "keywords": ["退款"],
        "updated_at": AT,
    }
    return Row("article", row_id, 1, {**body, **fields})
