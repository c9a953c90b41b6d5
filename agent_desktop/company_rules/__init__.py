"""Rules of the company that people change at a workstation: read, kept while they are written, sent.

A rule is a row of the scope `org`; one description a kind (`kinds`) is all that a page of it needs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from agent_desktop.company_rules.fields import CompanyRule, RuleKind, read
from agent_desktop.company_rules.kinds import KINDS, WHOM, codes
from agent_desktop.offline.view import View
from agent_model import disposition
from agent_model.agent import Role
from agent_model.command import CommandKind, FieldChange
from agent_model.floor_policy import MAY, LimitOf
from agent_model.wire import Row
from agent_model.words import Words

DRAFTS: Final = "company_rule"
BETWEEN_BRANCHES: Final = " › "
MAY_LEAD: Final = frozenset[Role]().union(*MAY.values())
"""The roles that a limit may be about as of who leads."""


class CompanyRules:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(
        self, view: View, role: Role, clock: Callable[[], datetime], new_id: Callable[[], str], team: str = ""
    ) -> None:
        self._view, self._clock, self._new_id = view, clock, new_id
        self._role, self._team = role, team
        self.kinds = tuple(kind for kind in KINDS if role in kind.editors)

    def all(self, kind: RuleKind) -> tuple[CompanyRule, ...]:
        """Those of the company, those in force that it has not changed, and those that are being written."""
        found = {id_: CompanyRule(kind.entity, id_, body) for id_, body in kind.shipped.items()}
        if not kind.can_add and len(kind.shipped) == 1:
            rows = self._view.rows(kind.entity)[:1]
            found = {row.id: CompanyRule(kind.entity, row.id, row.body, row.version) for row in rows} or found
        else:
            rows = [row for row in self._view.rows(kind.entity) if self._may_change(kind, row)]
            found |= {row.id: CompanyRule(kind.entity, row.id, row.body, row.version) for row in rows}
        for draft in self._view.outbox.drafts(f"{DRAFTS}.{kind.entity}"):
            seen = CompanyRule(kind.entity, draft.key, draft.body["seen"], draft.body["version"], draft.body["written"])
            found[draft.key] = seen
        return tuple(kind.arranged([replace(rule, body=_whole(kind, rule.body)) for rule in found.values()]))

    def offered(self, kind: RuleKind) -> dict[str, tuple[tuple[str, Words], ...]]:
        """What may be picked of the company in the fields of a kind, by noun, as (id, name)."""
        offered = {field.offered for field in kind.fields}
        offered |= {part.offered for field in kind.fields for part in field.parts}
        nouns = offered & {"course", "queue", "quiz", "team", "ticket_category", "wrap_up_code"}
        named = {noun: _named(noun, self._view.rows(noun)) for noun in nouns}
        return named | (self._whom() if WHOM in offered else {})

    def _whom(self) -> dict[str, tuple[tuple[str, Words], ...]]:
        """Whom a limit may be about, each with the extension: names are not theirs alone."""
        people = sorted(self._view.rows("agent"), key=lambda row: (row.body["name"]["en"].casefold(), row.id))
        leads = [row for row in people if Role(row.body["role"]) in MAY_LEAD]
        return {
            f"{WHOM}.{LimitOf.LEAD.value}": tuple(map(_with_extension, leads)),
            f"{WHOM}.{LimitOf.AGENT.value}": tuple(map(_with_extension, people)),
            f"{WHOM}.{LimitOf.TEAM.value}": _named("team", self._view.rows("team")),
        }

    def _may_change(self, kind: RuleKind, row: Row) -> bool:
        is_elsewhere = kind.is_of_team and row.body.get("team") != self._team
        return not (is_elsewhere and self._role is Role.TEAM_LEAD)

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
        body, names = read(kind, rule, said, self._view.rows), {field.path.partition(".")[0] for field in kind.fields}
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
    return {**kind.start, **body}


def _named(noun: str, rows: Sequence[Row]) -> tuple[tuple[str, Words], ...]:
    """Of dispositions with the branches above, in the order of the tree; what may be picked only while it is on."""
    if noun != "wrap_up_code":
        title = "title" if noun in ("course", "quiz") else "name"
        return tuple((row.id, Words.from_body(row.body[title])) for row in rows if row.body.get("is_on", True))
    on = [leaf for leaf in disposition.tree(codes(rows)) if leaf.code.is_on]
    return tuple((leaf.code.id, _path([*(one.name for one in leaf.above), leaf.code.name])) for leaf in on)


def _with_extension(row: Row) -> tuple[str, Words]:
    name, extension = Words.from_body(row.body["name"]), row.body["extension"]
    return row.id, Words(f"{name.zh} {extension}".strip(), f"{name.en} {extension}".strip())


def _path(names: Sequence[Words]) -> Words:
    return Words(BETWEEN_BRANCHES.join(one.zh for one in names), BETWEEN_BRANCHES.join(one.en for one in names))
