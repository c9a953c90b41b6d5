"""Rules of the company that people change at a workstation: which there are, how their fields are written, by whom.

A rule is a row of the scope `org`; one description a kind is all that a page of it needs. Lists stand one entry a line,
what an entry is made of between bars: `1 | 基本核验 | Basic | 1`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_desktop.offline.view import View
from agent_model import desk_policy, follow_up_plan, identity_rule, number_range
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange

BAR: Final = "|"
COMMA: Final = ","
DRAFTS: Final = "company_rule"


class Shape(StrEnum):
    """How a field is written. ROLES is some of `Role`; LINES one text a line; TABLE one entry a line."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ROLES = "roles"
    LINES = "lines"
    NUMBERS = "numbers"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a TABLE: where in the entry it stands (`words.zh`), and how it is written."""

    path: str
    shape: Shape = Shape.TEXT
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class FieldOfRule:
    path: str
    shape: Shape
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleKind:
    """`title` is the field it is called by, empty where there is one only; `shipped` are in force until the company
    has its own. `faults` says what is wrong with a body, by field."""

    entity: str
    editors: frozenset[Role]
    fields: tuple[FieldOfRule, ...]
    shipped: Mapping[str, Mapping[str, Any]]
    faults: Callable[[str, Mapping[str, Any]], Mapping[str, str]]
    title: str = ""
    can_add: bool = False


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """`is_begun`: it is being written, and not saved; `body` is what it was before."""

    entity: str
    id: str
    body: Mapping[str, Any]
    version: int = 0
    written: Mapping[str, str | bool] | None = None

    @property
    def is_begun(self) -> bool:
        return self.written is not None


class NotARule(Exception):
    """`faults` are codes by field; nothing was kept."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(dict(faults))
        self.faults = faults


def written(field: FieldOfRule, body: Mapping[str, Any]) -> str | bool:
    """A field as it stands in the form; a YES_NO as what it is."""
    value = _at(body, field.path)
    match field.shape:
        case Shape.YES_NO:
            return bool(value)
        case Shape.LINES:
            return "\n".join(map(str, value or ()))
        case Shape.NUMBERS | Shape.ROLES:
            return f"{COMMA} ".join(map(str, value or ()))
        case Shape.TABLE:
            return "\n".join(f" {BAR} ".join(_cell(entry, part) for part in field.parts) for entry in value or ())
        case _:
            return "" if value is None else str(value)


def read(kind: RuleKind, rule: CompanyRule, said: Mapping[str, str | bool]) -> dict[str, Any]:
    """The body that the form says. Raises NotARule."""
    body: dict[str, Any] = dict(rule.body)
    faults: dict[str, str] = {}
    for field in kind.fields:
        try:
            body = _with(body, field.path, _value(field, said[field.path]))
        except (ValueError, KeyError):
            faults[field.path] = "not_readable"
    if not faults:
        try:
            faults = dict(kind.faults(rule.id, body))
        except (ValueError, KeyError, TypeError):
            faults = {"": "not_readable"}
    if faults:
        raise NotARule(faults)
    return body


class CompanyRules:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, role: Role, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view, self._clock, self._new_id = view, clock, new_id
        self.kinds = tuple(kind for kind in KINDS if role in kind.editors)

    def all(self, kind: RuleKind) -> tuple[CompanyRule, ...]:
        """Those of the company, those in force that it has not changed, and those that are being written."""
        found = {id_: CompanyRule(kind.entity, id_, body) for id_, body in kind.shipped.items()}
        if not kind.can_add and len(kind.shipped) == 1:
            rows = self._view.rows(kind.entity)[:1]
            found = {row.id: CompanyRule(kind.entity, row.id, row.body, row.version) for row in rows} or found
        else:
            rows = self._view.rows(kind.entity)
            found |= {row.id: CompanyRule(kind.entity, row.id, row.body, row.version) for row in rows}
        for draft in self._view.outbox.drafts(f"{DRAFTS}.{kind.entity}"):
            seen = CompanyRule(kind.entity, draft.key, draft.body["seen"], draft.body["version"], draft.body["written"])
            found[draft.key] = seen
        return tuple(replace(rule, body=_whole(kind, rule.body)) for rule in found.values())

    def fresh(self, kind: RuleKind) -> CompanyRule:
        """One that is yet to be written."""
        return CompanyRule(kind.entity, self._new_id(), _whole(kind, {}), written={})

    def keep(self, rule: CompanyRule, said: Mapping[str, str | bool]) -> None:
        """As it is written so far, whatever is wrong with it."""
        body = {"seen": dict(rule.body), "version": rule.version, "written": dict(said)}
        self._view.outbox.save_draft(rule.id, body, self._clock(), f"{DRAFTS}.{rule.entity}")

    def drop(self, rule: CompanyRule) -> None:
        self._view.outbox.drop_draft(rule.id, f"{DRAFTS}.{rule.entity}")

    def save(self, kind: RuleKind, rule: CompanyRule, said: Mapping[str, str | bool]) -> None:
        """Kept before this returns, and sent with the next round; what somebody else changed since it was seen is not
        undone. Raises NotARule."""
        body, names = read(kind, rule, said), {field.path.partition(".")[0] for field in kind.fields}
        row = self._view.row(kind.entity, rule.id)
        now, outbox = self._clock(), self._view.outbox
        if row is None:
            created = {name: FieldChange(None, body[name]) for name in names}
            outbox.put(kind.entity, rule.id, CommandKind.CREATE, created, now)
        else:
            before = {name: rule.body.get(name) for name in names}
            changes = {name: FieldChange(before[name], body[name]) for name in names if body[name] != before[name]}
            if changes:
                outbox.put(kind.entity, rule.id, CommandKind.UPDATE, changes, now, base_version=rule.version)
        self.drop(rule)


def _whole(kind: RuleKind, body: Mapping[str, Any]) -> dict[str, Any]:
    """With every field, also of a row that was written before there was one."""
    return {**_START[kind.entity], **body}


def _at(body: Any, path: str) -> Any:
    for name in path.split("."):
        body = body.get(name) if isinstance(body, Mapping) else None
    return body


def _with(body: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    name, _, rest = path.partition(".")
    inner = body.get(name)
    return {**body, name: _with(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value}


def _value(field: FieldOfRule, said: str | bool) -> Any:
    if isinstance(said, bool):
        return said
    match field.shape:
        case Shape.NUMBER:
            return int(said)
        case Shape.ROLES:
            return [Role(one).value for one in _several(said)]
        case Shape.NUMBERS:
            return [int(one) for one in _several(said)]
        case Shape.LINES:
            return [line.strip() for line in said.splitlines() if line.strip()]
        case Shape.TABLE:
            return [_entry(line, field.parts) for line in said.splitlines() if line.strip()]
        case _:
            return said.strip()


def _several(said: str) -> list[str]:
    parts = said.replace("，", COMMA).replace("、", COMMA).split(COMMA)
    return [part.strip() for part in parts if part.strip()]


def _entry(line: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.replace("｜", BAR).split(BAR)]
    cells += [""] * (len(parts) - len(cells))
    if len(cells) != len(parts):
        raise ValueError(line)
    entry: dict[str, Any] = {}
    for part, cell in zip(parts, cells, strict=True):
        if cell or not part.is_optional:
            value = _value(FieldOfRule(part.path, part.shape), cell)
            entry = _with(entry, part.path, value)
        else:
            entry = _with(entry, part.path, None)
    return entry


def _cell(entry: Mapping[str, Any], part: Part) -> str:
    return str(written(FieldOfRule(part.path, part.shape), entry))


def _range_faults(id_: str, body: Mapping[str, Any]) -> Mapping[str, str]:
    found = number_range.faults(from_body(number_range.NumberRange, id_, 0, body))
    return {path: fault.value for path, fault in found.items()}


def _identity_faults(id_: str, body: Mapping[str, Any]) -> Mapping[str, str]:
    found = identity_rule.faults(from_body(identity_rule.IdentityRule, id_, 0, body))
    return {path: fault.value for path, fault in found.items()}


def _policy_faults(id_: str, body: Mapping[str, Any]) -> Mapping[str, str]:
    is_whole = desk_policy.is_policy(from_body(desk_policy.DeskPolicy, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


def _plan_faults(id_: str, body: Mapping[str, Any]) -> Mapping[str, str]:
    is_whole = follow_up_plan.is_plan(from_body(follow_up_plan.FollowUpPlan, id_, 0, body))
    return {} if is_whole else {"": "out_of_range"}


_ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})
_LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
_PLANS: Final = {plan.id: to_body(plan) for plan in follow_up_plan.SHIPPED.values()}
_START: Final[Mapping[str, Mapping[str, Any]]] = {
    "number_range": {"platform": {"zh": "", "en": ""}, "spans": [], "is_on": True},
    "identity_rule": to_body(identity_rule.SHIPPED),
    "desk_policy": to_body(desk_policy.DeskPolicy()),
    "follow_up_plan": next(iter(_PLANS.values())),
}
KINDS: Final[tuple[RuleKind, ...]] = (
    RuleKind(
        "number_range",
        _ADMINISTRATOR,
        (
            FieldOfRule("platform.zh", Shape.TEXT),
            FieldOfRule("platform.en", Shape.TEXT),
            FieldOfRule("is_on", Shape.YES_NO),
            FieldOfRule("spans", Shape.LINES),
        ),
        {},
        _range_faults,
        "platform",
        can_add=True,
    ),
    RuleKind(
        "identity_rule",
        _ADMINISTRATOR,
        (
            FieldOfRule("wrong_a_call", Shape.NUMBER),
            FieldOfRule("wrong_a_day", Shape.NUMBER),
            FieldOfRule("valid_h", Shape.NUMBER),
            FieldOfRule("pin_level", Shape.NUMBER),
            FieldOfRule("locked.zh", Shape.TEXT),
            FieldOfRule("locked.en", Shape.TEXT),
            FieldOfRule("questions", Shape.TABLE, (Part("about"), Part("words.zh"), Part("words.en"))),
            FieldOfRule(
                "levels",
                Shape.TABLE,
                (Part("level", Shape.NUMBER), Part("name.zh"), Part("name.en"), Part("right", Shape.NUMBER)),
            ),
            FieldOfRule(
                "business",
                Shape.TABLE,
                (Part("level", Shape.NUMBER), Part("type", is_optional=True), Part("category", is_optional=True)),
            ),
            FieldOfRule("disclosure", Shape.TABLE, (Part("level", Shape.NUMBER), Part("field"))),
        ),
        {identity_rule.SHIPPED.id: to_body(identity_rule.SHIPPED)},
        _identity_faults,
    ),
    RuleKind(
        "desk_policy",
        _ADMINISTRATOR,
        (
            FieldOfRule("watermark", Shape.YES_NO),
            FieldOfRule("exports_offline", Shape.YES_NO),
            FieldOfRule("bulk_change", Shape.NUMBER),
            FieldOfRule("copies", Shape.ROLES),
            FieldOfRule("hears_own", Shape.ROLES),
            FieldOfRule("hears_team", Shape.ROLES),
            FieldOfRule("hears_all", Shape.ROLES),
            FieldOfRule(
                "exports",
                Shape.TABLE,
                (
                    Part("kind"),
                    Part("subject"),
                    Part("roles", Shape.ROLES),
                    Part("rows", Shape.NUMBER),
                    Part("most", Shape.NUMBER),
                ),
            ),
            FieldOfRule("attachments.largest", Shape.NUMBER),
            FieldOfRule("attachments.most", Shape.NUMBER),
            FieldOfRule("attachments.opens_unscanned", Shape.YES_NO),
            FieldOfRule("attachments.types", Shape.LINES),
        ),
        {desk_policy.SITE: to_body(desk_policy.DeskPolicy())},
        _policy_faults,
    ),
    RuleKind(
        "follow_up_plan",
        _LEADS,
        (
            FieldOfRule("attempts", Shape.NUMBER),
            FieldOfRule("spacing_min", Shape.NUMBERS),
            FieldOfRule("zone", Shape.TEXT),
            FieldOfRule("hours", Shape.TABLE, (Part("opens"), Part("closes"))),
        ),
        _PLANS,
        _plan_faults,
    ),
)
"""In the order they are offered."""
