"""What a site allows at its desks: what leaves in a file, how much is changed at once, which files are attached."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent_model.agent import Role
from agent_model.export import ExportKind
from agent_model.secret import Secret

SITE: Final = "site"
"""The id of the one policy there is."""
ALL: Final = "*"


@dataclass(frozen=True, slots=True)
class ExportRule:
    """Of one kind and `subject` (a list's name, or `*`), for these roles: up to `rows` at once, up to `most` with an
    approval."""

    kind: ExportKind
    subject: str
    roles: tuple[Role, ...]
    rows: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class AttachmentRule:
    """How large one is in bytes, how many a ticket has, which media types (`image/*` for all of a kind). With
    `opens_unscanned` a file may be opened where the site has no scanner."""

    largest: int = 20 * 1024 * 1024
    most: int = 20
    types: tuple[str, ...] = (
        "image/*",
        "text/plain",
        "text/csv",
        "application/pdf",
        "application/zip",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "audio/*",
    )
    opens_unscanned: bool = True

    def takes(self, media_type: str) -> bool:
        kind = media_type.partition("/")[0]
        return media_type in self.types or f"{kind}/*" in self.types


KINDS: Final = (Secret.PHONE, Secret.ID_CARD, Secret.BANK_CARD, Secret.ADDRESS, Secret.NAME, Secret.EMAIL)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The roles that each kind of secret is kept back from: it does not leave the server whole for them. `id_card`
    stands for the company's own sensitive fields too."""

    phone: tuple[Role, ...] = ()
    id_card: tuple[Role, ...] = ()
    bank_card: tuple[Role, ...] = ()
    address: tuple[Role, ...] = ()
    name: tuple[Role, ...] = ()
    email: tuple[Role, ...] = ()

    def kinds(self, role: Role) -> frozenset[Secret]:
        """What is kept back from a role."""
        return frozenset(kind for kind in KINDS if role in getattr(self, kind.value))


_SERVICE: Final = (Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.RETURN_VISIT, Role.DEPARTMENT)
_LEADING: Final = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
DEFAULT_EXPORTS: Final = (
    ExportRule(ExportKind.LIST, "customers", _LEADING, 1_000, 100_000),
    ExportRule(ExportKind.LIST, ALL, _LEADING, 10_000, 100_000),
    ExportRule(ExportKind.LIST, "tickets", (Role.AGENT, Role.RETURN_VISIT, Role.DEPARTMENT), 500, 10_000),
    ExportRule(ExportKind.LIST, "calls", (Role.AGENT, Role.RETURN_VISIT), 500, 10_000),
    ExportRule(ExportKind.LIST, "follow_ups", (Role.AGENT, Role.RETURN_VISIT, Role.DEPARTMENT), 500, 10_000),
    ExportRule(ExportKind.LIST, "questions", (Role.EDITOR,), 10_000, 100_000),
    ExportRule(ExportKind.PRINT, ALL, (*_SERVICE, Role.QUALITY)),
    ExportRule(ExportKind.ATTACHMENT, ALL, (*_SERVICE, Role.QUALITY)),
)


LATEST_LOCK_MIN: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """The first of `exports` that fits a role counts. `exports_offline`: whether a file may be written while the server
    does not answer. `bulk_change` is how many tickets are changed at once; with `watermark` the agent's number stands
    over customers on the screen, on paper and in files; `copies` are the roles that may copy what the screen shows of
    customers; `hears_own`, `hears_team` and `hears_all` those that may listen to recordings of their own calls, of
    their team's, of all whose line of the timeline they see; `hidden` says what of customers is kept back from whom;
    customers are locked `lock_after_min` minutes after the last key or movement of the mouse, 0: only by hand."""

    id: str = SITE
    exports: tuple[ExportRule, ...] = DEFAULT_EXPORTS
    exports_offline: bool = True
    bulk_change: int = 200
    attachments: AttachmentRule = AttachmentRule()
    watermark: bool = True
    copies: tuple[Role, ...] = (*_SERVICE, Role.QUALITY)
    hears_own: tuple[Role, ...] = (Role.AGENT, Role.RETURN_VISIT, *_LEADING)
    hears_team: tuple[Role, ...] = _LEADING
    hears_all: tuple[Role, ...] = (Role.DUTY_MANAGER, Role.QUALITY)
    hidden: Hidden = Hidden()
    lock_after_min: int = 10
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def hears(self, role: Role, *, is_own: bool, is_team: bool) -> bool:
        """Whether the role may listen to the recording of a call it sees."""
        by_own, by_team = is_own and role in self.hears_own, is_team and role in self.hears_team
        return by_own or by_team or role in self.hears_all

    def export_rule(self, kind: ExportKind, subject: str, role: Role) -> ExportRule | None:
        """None where the role may not take it out."""
        fitting = (
            rule for rule in self.exports if rule.kind is kind and rule.subject in (subject, ALL) and role in rule.roles
        )
        return next(fitting, None)


def is_policy(policy: DeskPolicy) -> bool:
    """Whether it can be kept: no limit below nothing, none smaller than what it allows without asking."""
    limits = (policy.bulk_change, policy.lock_after_min, policy.attachments.largest, policy.attachments.most)
    is_locked_in_a_day = policy.lock_after_min <= LATEST_LOCK_MIN
    return is_locked_in_a_day and min(limits) >= 0 and all(0 <= rule.rows <= rule.most for rule in policy.exports)
