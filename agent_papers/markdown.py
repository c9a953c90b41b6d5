"""Markdown with what its front matter tells."""

import re
from typing import Final

from agent_papers.paper import BadPaper, PaperWrong, Told

_FRONT: Final = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
_FACT: Final = re.compile(r"([^\s:：#-][^:：]*?)\s*(?::(?=\s|\Z)|：)\s*(.*)")
_ITEM: Final = re.compile(r"\s*-\s+(.*)")
_HEADING: Final = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*\n", re.MULTILINE)
_PICTURE: Final = re.compile(
    r"!\[([^\]]*)\]\((?!kb-file:)(?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|<img\b[^>]*>", re.IGNORECASE
)
_HTML: Final = re.compile(r"<(script|style|iframe|object|embed)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
NAMES: Final = {
    "title": "title",
    "标题": "title",
    "id": "id",
    "编号": "id",
    "category": "category",
    "分类": "category",
    "keywords": "keywords",
    "tags": "keywords",
    "关键词": "keywords",
    "language": "language",
    "lang": "language",
    "语言": "language",
    "product": "product",
    "产品": "product",
    "queue": "queue",
    "队列": "queue",
    "tiers": "tiers",
    "等级": "tiers",
    "regions": "regions",
    "地区": "regions",
    "kind": "kind",
    "类型": "kind",
    "owner": "owner",
    "负责人": "owner",
    "valid_from": "valid_from",
    "生效时间": "valid_from",
    "valid_to": "valid_to",
    "失效时间": "valid_to",
    "review_due": "review_due",
    "复核日期": "review_due",
    "question": "title",
    "问题": "title",
    "answer": "body",
    "答案": "body",
}
"""What a fact may be called, in the head of a document or of a table's column."""
UNKNOWN: Final = "x-"
"""Before what nobody knows, which is told."""


def told(text: str) -> Told:
    """Raises BadPaper for a head that is no list of names and values."""
    found = _FRONT.match(text)
    facts = _facts(found[1]) if found is not None else {}
    body = found[2] if found is not None else text
    heading = _HEADING.match(body)
    if heading is not None and "title" not in facts:
        facts["title"] = heading[1]
        body = body[heading.end() :]
    return Told(_HTML.sub("", body).strip() + "\n", facts)


def without_pictures(body: str) -> tuple[str, int]:
    """With the words that stand for them, and how many there were."""
    return _PICTURE.subn(lambda found: f"[{found[1]}]" if (found[1] or "").strip() else "", body)


def _facts(head: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    name = ""
    for number, line in enumerate(head.split("\n"), 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (item := _ITEM.fullmatch(line)) is not None and name:
            facts[name] = ", ".join(filter(None, (facts[name], item[1].strip())))
        elif (fact := _FACT.fullmatch(line)) is not None:
            name = NAMES.get(fact[1].strip().casefold(), f"{UNKNOWN}{fact[1].strip()}")
            facts[name] = _unquoted((fact[2] or "").strip())
        else:
            raise BadPaper(PaperWrong.BAD_FRONT_MATTER, number, line.strip()[:60])
    return facts


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
