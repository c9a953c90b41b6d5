"""What the sync lane tells the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent_desktop.errors import ClientTooOld
from agent_desktop.policy.written import Source
from agent_desktop.settings import Settings
from agent_model.device import DeviceState
from agent_model.scope import Scope
from agent_model.secret import Secret


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything sent and everything fetched, at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Syncing:
    """Work under way: `pending` commands to send, `fetched` of `expected` rows (expected is None when not known)."""

    pending: int
    fetched: int = 0
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Offline:
    """The server does not answer since `since`; next try at `retry_at`."""

    since: datetime
    pending: int
    retry_at: datetime


@dataclass(frozen=True, slots=True)
class NeedsAttention:
    """`count` things wait for the agent's decision, `conflicts` of them because somebody else changed the same field;
    the others the server refused. Nothing was dropped."""

    count: int
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class SignInExpired:
    """The server wants the password again; `pending` commands wait, kept."""

    pending: int


@dataclass(frozen=True, slots=True)
class TooOld:
    """The server no longer speaks with this version, or lets it fetch nothing; `pending` commands wait, kept. `why` has
    the versions that may, where the site has decided."""

    pending: int
    why: ClientTooOld = field(default_factory=lambda: ClientTooOld(426, "client_too_old"), compare=False)


@dataclass(frozen=True, slots=True)
class DeviceStopped:
    """The server has LOCKED this workstation, or wants it WIPEd: then what it keeps is to be made unreadable, after the
    `pending` commands were sealed for the server. Nothing is sent or fetched until it is active again."""

    state: DeviceState
    pending: int


SyncStatus = Synced | Syncing | Offline | NeedsAttention | SignInExpired | TooOld | DeviceStopped


@dataclass(frozen=True, slots=True)
class PersonErased:
    """These customers were erased at their own wish, here too; `drafts` and `commands` of this agent about them, which
    the server had not, went with them."""

    customers: frozenset[str]
    drafts: int
    commands: int


@dataclass(frozen=True, slots=True)
class SightChanged:
    """The site keeps other kinds of secret back from now on: these. Nothing is here of before; everything is about to
    be fetched as it may be seen."""

    kinds: frozenset[Secret]


@dataclass(frozen=True, slots=True)
class ScopeChanged:
    """Rows of a scope were applied: screens that show one of `entities` read again."""

    scope: Scope
    entities: frozenset[str]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class SettingsDecided:
    """The server has set this workstation up otherwise: what holds now, and what of it the person cannot change."""

    settings: Settings
    locked: Mapping[str, Source]
