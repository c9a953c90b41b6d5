"""What was erased of a person, as a document: what was where, how many, when, who wanted and who approved it, what
stays and why. It names nobody."""

import hashlib
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final

import orjson

from agent_model.moment import from_text, with_zone

ZH: Final = "zh"
FORM: Final = "agent-desktop erasure certificate 1"

PLACES: Final[Mapping[str, tuple[str, str]]] = {
    "customer": ("客户资料", "customer"),
    "contact": ("联系记录", "contacts"),
    "ticket": ("工单", "tickets"),
    "customer_relation": ("与其他客户的关系", "relations to other customers"),
    "figures": ("已匿名化、仅留统计的工单", "tickets reduced to figures that name nobody"),
    "file": ("录音与上传的文件", "recordings and other files"),
    "file_later": ("保存期满后删除的录音", "recordings erased when their time was over"),
    "named": ("知识库反馈中的姓名", "words about the knowledge base that named the customer"),
    "op_log": ("操作应答中的内容", "values in answers to commands"),
    "conflict": ("冲突中的文字", "texts of conflicts"),
    "kept_version": ("保留的旧版本", "earlier versions"),
    "imported": ("导入指纹", "fingerprints of imports"),
    "row_change": ("字段修改记录", "history of fields"),
}
RETAINED: Final[Mapping[str, tuple[str, str]]] = {
    "ticket": ("工单（匿名统计）", "tickets, as figures that name nobody"),
    "recording": ("录音", "recordings"),
}


def certificate_of(found: Mapping[str, Any], work: Mapping[str, Any], now: str, *, is_whole: bool) -> dict[str, Any]:
    erased = dict(work["counts"]["rows"])
    for where, count in work["counts"].items():
        if where != "rows":
            erased[where] = erased.get(where, 0) + count
    return {
        "form": FORM,
        "id": found["id"],
        "customer_id": found["customer_id"],
        "is_whole": is_whole,
        "asked": {"by": found["asked_by"], "at": found["asked_at"], "reason": found["reason"]},
        "approved": {"by": found["decided_by"], "at": found["decided_at"], "reason": found["decision"]},
        "began_at": work["began_at"],
        "done_at": now,
        "erased": [{"where": where, "count": count} for where, count in erased.items()],
        "storage": {"snapshots": "removed", "database": "rewritten"},
        "retained": [*together(work["retained"]), AUDIT],
    }


AUDIT: Final = {
    "what": "audit",
    "count": None,
    "until": None,
    "reason": {
        "zh": "审计记录只含编号，依法留存，不得更改",
        "en": "The audit trail holds ids alone; the law wants it kept unchanged",
    },
}


def sealed(told: dict[str, Any]) -> dict[str, Any]:
    """With the SHA-256 of everything else in it, which also stands in the audit trail."""
    return {**told, "sha256": digest_of(told)}


def digest_of(told: Mapping[str, Any]) -> str:
    content = {name: value for name, value in told.items() if name != "sha256"}
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def printed(told: Mapping[str, Any], language: str, zone: tzinfo) -> str:
    """The certificate as text to print and hand over; times stand on the clock of the zone, which is named."""
    zh = language == ZH
    nth = 0 if zh else 1

    def words(names: Mapping[str, tuple[str, str]], name: str) -> str:
        return names[name][nth] if name in names else name

    def at(moment: str) -> str:
        return with_zone(from_text(moment), zone)

    def who(wish: Mapping[str, Any]) -> str:
        return f"{wish['by']} · {at(wish['at'])} · {wish['reason']}"

    head = "个人信息删除证明" if zh else "Certificate of erasure"
    lines = [head, "=" * (2 * len(head) if zh else len(head)), ""]
    facts = (
        ("编号", "Certificate", told["id"]),
        ("客户编号", "Customer", told["customer_id"]),
        ("申请", "Asked for", who(told["asked"])),
        ("批准", "Approved", who(told["approved"])),
        ("执行", "Carried out", f"{at(told['began_at'])} – {at(told['done_at'])}"),
    )
    lines += [f"{(name_zh if zh else name_en)}: {value}" for name_zh, name_en, value in facts]
    lines += ["", "已删除：" if zh else "Erased:"]
    lines += [f"  {words(PLACES, one['where'])}: {one['count']}" for one in told["erased"] if one["count"]]
    lines += [
        "  快照已移除，数据库文件已重写"
        if zh
        else "  prepared snapshots were removed, the database file was written anew"
    ]
    lines += ["", "依法保留：" if zh else "Kept, as the law wants it:"]
    for one in told["retained"]:
        what = ("审计记录" if zh else "audit trail") if one["what"] == "audit" else words(RETAINED, one["what"])
        count = "" if one["count"] is None else f" ({one['count']})"
        until = "" if one["until"] is None else (f"，至 {at(one['until'])}" if zh else f", until {at(one['until'])}")
        lines.append(f"  {what}{count}{until}: {one['reason']['zh' if zh else 'en']}")
    if not told["is_whole"]:
        lines += ["", "保存期满后自动删除其余部分。" if zh else "The rest is erased by itself when its time is over."]
    lines += ["", f"SHA-256: {told['sha256']}", ""]
    return "\n".join(lines)


def together(retained: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for each duty: how many, and until when the last of them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in retained:
        key = (one["what"], one["reason"]["zh"])
        before = found.get(key)
        if before is None:
            found[key] = dict(one)
        else:
            before["count"] += one["count"]
            before["until"] = max(before["until"], one["until"])
    return list(found.values())
