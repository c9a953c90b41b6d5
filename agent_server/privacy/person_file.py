"""Everything that is kept about one person, as a file to hand over: JSON for machines, a page and tables for people, in
Chinese and English, and the recordings. Who asked for it stands on every page."""

import csv
import html
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final
from urllib.parse import quote

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.customer import Contact
from agent_model.ticket import Ticket
from agent_model.words import Words
from agent_server import tables
from agent_server.file_store import FileStore
from agent_server.judging.customer_relations import RELATION, ends_of
from agent_server.own_fields import own_labels
from agent_server.privacy.remains import files_of, rows_about
from agent_server.rows import Stored, fetch, is_among
from agent_server.sight import Sight

STYLE: Final = (
    "<style>body{font:14px sans-serif;margin:2em;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "table{border-collapse:collapse;margin:0 0 1em}"
    "td,th{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}"
    "footer{color:#777;border-top:1px solid #bbb}@media print{footer{position:fixed;bottom:0;background:#fff}}</style>"
)
MARK: Final = "<style>body{{background-image:url('data:image/svg+xml,{drawn}')}}</style>"
DRAWN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}"><text x="50%" y="50%" fill="#788296" '
    'fill-opacity=".15" font-family="sans-serif" font-size="15" text-anchor="middle" '
    'transform="rotate(-24 {middle} {middle})">{words}</text></svg>'
)
SIGN_PX: Final = 8
FORM: Final = "agent-desktop person file 1"
SHEETS: Final[Sequence[tuple[str, Any]]] = (("contact", Contact), ("ticket", Ticket))
WORDS: Final[Mapping[str, str]] = {
    "customer": "客户资料", "contact": "联系记录", "ticket": "工单", "follow_up": "回访与回电", "name": "姓名",
    "customer_relation": "与其他客户的关系", "is_from": "本人是对方的",
    "phones": "号码", "tier": "等级", "company": "公司", "email": "邮箱", "tags": "标签", "language": "语言",
    "region": "地区", "is_verified": "已核实", "since": "客户起始日", "value_fen": "十二个月消费（分）",
    "satisfaction": "满意度", "products": "产品", "notes": "备注", "consents": "营销同意", "legal_hold": "依法留存",
    "kind": "类型", "at": "时间", "title": "标题", "text": "内容", "agent": "坐席", "queue": "队列",
    "duration_s": "时长（秒）", "rating": "评分", "subject": "主题", "type": "类型", "category": "类别",
    "priority": "优先级", "status": "状态", "description": "描述", "created_at": "创建时间", "number": "编号",
    "call_ref": "通话编号", "recordings": "录音", "changes": "修改记录",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wanted the file, why, and who approved it."""

    id: str
    by: str
    at: str
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Found:
    """`rows` by noun, as whoever asked may see them; `recordings` with the key of each, as far as it can be opened;
    `labels` are what the site calls the fields it made, by language."""

    customer_id: str
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    changes: Sequence[Mapping[str, Any]]
    recordings: Sequence[Mapping[str, Any]]
    labels: Mapping[str, Words] = field(default_factory=dict)


async def gather(
    connection: AsyncConnection, customer_id: str, sight: Sight, key_of: Callable[[Any], str | None]
) -> Found:
    """As of one moment."""
    ids = {"customer": [customer_id], **await rows_about(connection, customer_id)}
    rows = {entity: await _seen(connection, entity, some, sight) for entity, some in ids.items() if entity != RELATION}
    rows[RELATION] = await _related(connection, customer_id, ids.get(RELATION, ()), sight)
    table = tables.row_change
    changes: list[Mapping[str, Any]] = []
    for entity in ("customer", "ticket"):
        some = ids.get(entity, ())
        query = select(table).where(table.c.entity == entity, is_among(connection, table.c.row_id, some))
        known = await fetch(connection, entity, some, with_names=sight.hides_names)
        lines = (await connection.execute(query.order_by(table.c.at))).mappings().all()
        changes += [_change(dict(line), known.get(line["row_id"]), sight) for line in lines]
    files = await files_of(connection, ids.get("contact", ()), ids.get("ticket", ()))
    upload = tables.upload
    found = await connection.execute(select(upload).where(upload.c.id.in_(files), upload.c.finished_at.is_not(None)))
    mark = tables.recording_mark
    marked: dict[str, list[Mapping[str, Any]]] = {}
    told = select(mark.c.recording, mark.c.at_ms, mark.c.note, mark.c.by, mark.c.made_at)
    of_files = told.where(mark.c.recording.in_(files)).order_by(mark.c.at_ms)
    for line in (await connection.execute(of_files)).mappings():
        marked.setdefault(line["recording"], []).append(
            {name: line[name] for name in ("at_ms", "note", "by", "made_at")}
        )
    recordings = [
        {
            "id": row.id, "began_at": row.began_at, "contact": row.contact, "call_ref": row.call_ref,
            "key": key_of(row), "marks": marked.get(row.id, []),
        }
        for row in found
    ]  # fmt: skip
    return Found(customer_id, rows, changes, recordings, await own_labels(connection))


def packed(found: Found, asked: Asked, made_at: str, files: FileStore) -> bytes:
    """The ZIP. A recording that is not there any more is said to be missing."""
    told = {
        "form": FORM,
        "asked": {"id": asked.id, "by": asked.by, "at": asked.at, "reason": asked.reason},
        "approved_by": asked.approved_by,
        "made_at": made_at,
        "customer_id": found.customer_id,
        "rows": found.rows,
        "changes": found.changes,
        "recordings": found.recordings,
    }
    mark = f"{asked.id} · {asked.by} · {asked.approved_by} · {made_at}"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("data.json", orjson.dumps(told, option=orjson.OPT_INDENT_2))
        for language in ("zh", "en"):
            whole.writestr(f"{language}/person.html", page(found, mark, language))
            for entity, _ in SHEETS:
                whole.writestr(f"{language}/{entity}.csv", sheet(entity, found.rows.get(entity, ()), mark, language))
        for recording in found.recordings:
            path = files.whole(str(recording["id"]))
            if path.exists():
                whole.write(path, f"recordings/{recording['id']}.adr")
    return buffer.getvalue()


def page(found: Found, mark: str, language: str) -> str:
    """One page with everything that a person reads."""
    title = "个人信息副本" if language == "zh" else "Copy of personal data"
    parts = [
        "<!doctype html>",
        f'<html lang="{language}"><meta charset="utf-8"><title>{title}</title>',
        STYLE,
        _across(mark),
        f"<h1>{title}</h1><p>{html.escape(mark)}</p>",
    ]
    for entity, rows in found.rows.items():
        if rows:
            parts.append(f"<h2>{html.escape(_word(entity, language))}</h2>")
        for row in rows:
            lines = (
                f"<tr><th>{html.escape(_name(name, found.labels, language))}</th>"
                f"<td>{html.escape(_text(value))}</td></tr>"
                for name, value in row.items()
                if value not in (None, "", [], {})
            )
            parts.append(f"<table>{''.join(lines)}</table>")
    parts.append(f"<footer>{html.escape(mark)}</footer></html>")
    return "\n".join(parts)


def _across(mark: str) -> str:
    """The mark over the page again and again, faint, also on paper."""
    width = SIGN_PX * len(mark) + 80
    drawn = DRAWN.format(width=width, middle=width // 2, words=html.escape(mark))
    return MARK.format(drawn=quote(drawn))


def sheet(entity: str, rows: Iterable[Mapping[str, Any]], mark: str, language: str) -> bytes:
    """For a spreadsheet: with the mark of UTF-8, and nothing in it that a spreadsheet would run."""
    names = [field.name for field in fields(dict(SHEETS)[entity]) if field.name != "version"]
    told = io.StringIO(newline="")
    writer = csv.writer(told)
    writer.writerow([_word(name, language) for name in names])
    for row in rows:
        writer.writerow([_harmless(_text(row.get(name))) for name in names])
    writer.writerow([mark])
    return told.getvalue().encode("utf-8-sig")


def _name(name: str, labels: Mapping[str, Words], language: str) -> str:
    return labels[name].in_language(language) if name in labels else _word(name, language)


def _word(name: str, language: str) -> str:
    return WORDS.get(name, name) if language == "zh" else name.replace("_", " ")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


async def _seen(connection: AsyncConnection, entity: str, ids: Sequence[str], sight: Sight) -> list[Mapping[str, Any]]:
    rows = await fetch(connection, entity, ids, with_names=sight.hides_names)
    return [{"id": row.id, **_without_keys(row.seen(sight))} for row in rows.values()]


async def _related(
    connection: AsyncConnection, customer_id: str, ids: Sequence[str], sight: Sight
) -> list[Mapping[str, Any]]:
    """Of whoever is at the other end only the name: what was noted about the two is theirs as well."""
    found = [row for row in (await fetch(connection, RELATION, ids)).values() if not row.body["is_removed"]]
    ends = {row.id: next(end for end in ends_of(row) if end != customer_id) for row in found}
    others = await fetch(connection, "customer", list(ends.values()))
    names = {end: other.seen(sight)["name"] for end, other in others.items()}
    return [
        {
            "id": row.id,
            "kind": row.body["kind"],
            "is_from": row.body["customer_id"] == customer_id,
            "name": names.get(ends[row.id]),
            "created_at": row.body["created_at"],
        }
        for row in found
    ]


def _without_keys(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("phone_keys", "word_keys")}


def _change(line: Mapping[str, Any], row: Stored | None, sight: Sight) -> Mapping[str, Any]:
    told = {name: line[name] for name in ("entity", "row_id", "version", "field", "who", "at")}
    row = row or Stored(line["entity"], line["row_id"], 0, {})
    for name in ("old", "new"):
        told[name] = row.look(sight, line["field"], line[name])
    return told
