"""Reads a company's folder (company.toml, articles, customers.jsonl) into rows as the server keeps them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import orjson
import zstandard

from agent_model.article import ArticleKind
from agent_model.body import from_body
from agent_model.guide import to_plain
from agent_model.guide_text import NotAGuide, whole
from agent_model.identity_rule import IdentityRule, faults
from agent_model.moment import to_text
from agent_model.phone_number import DialPlan, normalise
from agent_server.number_ranges import faults_of
from agent_server.rows import BadBody, Stored, checked_body

FRONT_MATTER: Final = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n(.*)\Z", re.DOTALL)
ORGANISATION: Final = (
    "department",
    "team",
    "wrap_up_code",
    "break_reason",
    "alert_rule",
    "ticket_category",
    "product",
    "follow_up_plan",
    "complaint_source",
    "department_rule",
    "fund",
)
AS_TOLD: Final = ("kind", "owner", "valid_from", "valid_to", "review_due")
"""What the front matter of an article tells as its row has it."""
CUSTOMER_FILES: Final = ("customers.jsonl", "customers.jsonl.zst")


class BadSource(Exception):
    """A file of the folder does not hold what it should; `place` is the file and where in it."""

    def __init__(self, place: str, fact: str) -> None:
        super().__init__(place, fact)
        self.place = place
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Told:
    """A row as the source tells it, not yet checked."""

    place: str
    entity: str
    id: str
    body: Mapping[str, Any]
    segment: str | None = None


def organisation(folder: Path) -> list[Told]:
    """Departments, teams, queues, people and the rest of company.toml. Raises BadSource."""
    path = folder / "company.toml"
    if not path.is_file():
        return []
    try:
        company = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSource(path.name, str(error)) from error
    rows = []
    for entity in ORGANISATION:
        rows += [_row(path.name, entity, item, item.get("id")) for item in company.get(entity, [])]
    for item in company.get("queue", []):
        whole = dict(item)
        if "service_level_target_pct" in whole:
            whole["service_level_target"] = whole.pop("service_level_target_pct") / 100
        rows.append(_row(path.name, "queue", whole, item.get("id")))
    rows += [_row(path.name, "called_number", item, item.get("number")) for item in company.get("called_number", [])]
    rows += [_identity_rule(path.name, item) for item in company.get("identity_rule", [])]
    rows += [_number_range(path.name, item) for item in company.get("number_range", [])]
    rows += [_row(path.name, "agent", item, item.get("login")) for item in company.get("person", [])]
    return rows


def _identity_rule(place: str, item: Mapping[str, Any]) -> Told:
    row = _row(place, "identity_rule", item, item.get("id"))
    if wrong := faults(from_body(IdentityRule, row.id, 1, checked(row).body)):
        raise BadSource(place, f"identity_rule {row.id}: {dict(wrong)}")
    return row


def _number_range(place: str, item: Mapping[str, Any]) -> Told:
    row = _row(place, "number_range", item, item.get("id"))
    if wrong := faults_of(checked(row).body):
        raise BadSource(place, f"number_range {row.id}: {wrong}")
    return row


def articles(folder: Path) -> list[Told]:
    """articles/LANGUAGE/*.md: front matter, then Markdown. Raises BadSource."""
    root = folder / "articles"
    return [_article(path, path.relative_to(root).parts[0]) for path in sorted(root.rglob("*.md"))]


def customers(folder: Path, plan: DialPlan) -> Iterator[list[Told]]:
    """One list per customer: the customer first, then contacts, tickets and follow-ups. Raises BadSource."""
    for name in CUSTOMER_FILES:
        path = folder / name
        if not path.is_file():
            continue
        for number, line in enumerate(_lines(path), 1):
            place = f"{name}:{number}"
            try:
                told = orjson.loads(line)
                yield _customer(place, told, plan)
            except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
                raise BadSource(place, repr(error)) from error


def _customer(place: str, told: Mapping[str, Any], plan: DialPlan) -> list[Told]:
    customer_id, body = _flat(told["customer"])
    phones = (normalise(number, plan) for number in body["phones"])
    body = {**body, "phones": list(dict.fromkeys(number for number in phones if number is not None))}
    segment = body["segment"]
    rows = [_row(place, "customer", body, customer_id, segment)]
    for item in told.get("contacts", []):
        contact_id, body = _flat(item)
        rows.append(_row(place, "contact", {**body, "customer_id": customer_id}, contact_id, segment))
    for item in told.get("tickets", []):
        ticket_id, body = _flat(item)
        whole = {**body, "customer_id": customer_id, "segment": segment}
        rows.append(_row(place, "ticket", whole, ticket_id, segment))
    for item in told.get("follow_ups", []):
        follow_up_id, body = _flat(item)
        rows.append(_row(place, "follow_up", {**body, "customer_id": customer_id}, follow_up_id, segment))
    return rows


def _flat(told: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Id and body of a row, written as on the wire or with the id among the fields."""
    fields = told.get("body", told)
    return told["id"], {name: value for name, value in fields.items() if name not in ("id", "version", "entity")}


def checked(told: Told) -> Stored:
    """The row, its fields as its noun writes them. Raises BadSource."""
    try:
        body = checked_body(told.entity, told.id, 1, told.body)
    except BadBody as error:
        raise BadSource(told.place, f"{told.entity} {told.id}: {error.field}") from error
    return Stored(told.entity, told.id, 1, body, told.segment)


def _row(place: str, entity: str, told: Mapping[str, Any], row_id: Any, segment: str | None = None) -> Told:
    if not isinstance(row_id, str) or not row_id:
        raise BadSource(place, f"{entity} without id")
    body = {name: value for name, value in told.items() if name not in ("id", "version")}
    return Told(place, entity, row_id, body, segment)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if path.suffix != ".zst":
            yield from file
            return
        rest = b""
        with zstandard.ZstdDecompressor().stream_reader(file) as plain:
            while chunk := plain.read(1 << 20):
                *whole, rest = (rest + chunk).split(b"\n")
                yield from whole
        if rest:
            yield rest


def _article(path: Path, language: str) -> Told:
    found = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise BadSource(path.name, "front matter")
    told = dict(_front_matter(path.name, found[1]))
    updated = told.get("updated", "")
    try:
        at = datetime.combine(date.fromisoformat(updated[:10]), time(), UTC)
    except ValueError as error:
        raise BadSource(path.name, "updated") from error
    body = {
        "title": told.get("title", ""),
        "body": found[2].strip() + "\n",
        "category": told.get("category", ""),
        "product": told.get("product") or None,
        "queue": told.get("queue") or None,
        "language": told.get("language") or language,
        "keywords": _several(told.get("keywords", "")),
        "updated_at": to_text(at),
        "tiers": _several(told.get("tiers", "")),
        "regions": _several(told.get("regions", "")),
    }
    body |= {name: told[name] for name in AS_TOLD if told.get(name)}
    if body.get("kind") == ArticleKind.GUIDE:
        body["guide"] = _guide(path.name, str(body["body"]))
    return _row(path.name, "article", body, told.get("id"))


def _guide(place: str, text: str) -> dict[str, Any]:
    try:
        return to_plain(whole(text))
    except NotAGuide as error:
        fault = error.faults[0]
        raise BadSource(place, f"line {fault.line}: {fault.wrong} {fault.named}") from error


def _several(listed: str) -> list[str]:
    return [word.strip().strip("\"'") for word in listed.strip("[]").split(",") if word.strip()]


def _front_matter(place: str, text: str) -> Iterator[tuple[str, str]]:
    """`name: value` lines, the little of YAML that articles use."""
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise BadSource(place, line)
        yield name.strip(), value.strip().strip("\"'")
