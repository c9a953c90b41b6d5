"""What the provider's claims say of somebody: their login, and their role, team and queues here.

Of several groups, the first table of the file that gives a role decides role and team; the queues of all add up.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agent_model.agent import Role
from agent_server.sign_on.settings_file import Mapped, SignOnSettings

MOST_GROUPS: Final = 2000
LONGEST_NAME: Final = 200
_LOGIN: Final = re.compile(r"[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u3400-\u4dbf\u4e00-\u9fff_.@+-]{1,64}")
"""Latin and Chinese alone: letters of other scripts look like these, and would be somebody else."""
_EXTENSION: Final = re.compile(r"[0-9*#]{1,32}")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class BadClaims(Exception):
    """What came is not enough to say who it is: which claim, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is in the centre."""

    role: Role
    team: str
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody as the provider has them. `place` is None where no group of theirs is known here."""

    login: str
    name: str
    extension: str
    place: Place | None


def told_of(settings: SignOnSettings, claims: Mapping[str, Any]) -> Told:
    """Raises BadClaims."""
    extension = claim(claims, settings.extension_claim)
    return Told(
        login_of(settings, claims),
        _line(claim(claims, settings.name_claim)),
        (as_extension(extension) if isinstance(extension, str) else None) or "",
        place_of(settings.role, _groups(settings, claims)),
    )


def login_of(settings: SignOnSettings, claims: Mapping[str, Any]) -> str:
    """Raises BadClaims."""
    login = claim(claims, settings.login_claim)
    if not isinstance(login, str):
        raise BadClaims(f"there is no claim {settings.login_claim}")
    if settings.login_claim == "email" and claims.get("email_verified") is not True:
        raise BadClaims("email_verified is not true")
    if settings.login_domain:
        name, _, domain = login.rpartition("@")
        if domain.lower() != settings.login_domain.lower():
            raise BadClaims(f"{settings.login_claim} is not of {settings.login_domain}")
        login = name
    found = as_login(login)
    if found is None:
        raise BadClaims(f"{settings.login_claim} is no login")
    return found


def as_login(text: str) -> str | None:
    """As it is written here; None for what cannot be one."""
    return text.lower() if _LOGIN.fullmatch(text) else None


def as_extension(text: str) -> str | None:
    return text if _EXTENSION.fullmatch(text) else None


def place_of(tables: Sequence[Mapped], groups: Collection[str]) -> Place | None:
    """None where none of the groups gives a role."""
    theirs = [one for one in tables if one.group in groups]
    decides = next((one for one in theirs if one.role is not None), None)
    if decides is None or decides.role is None:
        return None
    queues = dict.fromkeys(queue for one in theirs for queue in one.queues)
    return Place(decides.role, decides.team, tuple(queues))


def claim(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of this name, or one within others: `realm_access.roles`. None where there is none."""
    if not path or path in claims:
        return claims.get(path)
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _groups(settings: SignOnSettings, claims: Mapping[str, Any]) -> frozenset[str]:
    """Raises BadClaims where the provider says that there are more than it tells."""
    if settings.role and settings.groups_claim in _elsewhere(claims):
        raise BadClaims(
            f"there are too many {settings.groups_claim} for one token: let the provider send those assigned"
        )
    found = claim(claims, settings.groups_claim)
    if isinstance(found, str):
        return frozenset({found})
    if not isinstance(found, list):
        return frozenset()
    if len(found) > MOST_GROUPS:
        raise BadClaims(f"more than {MOST_GROUPS} {settings.groups_claim}")
    return frozenset(one for one in found if isinstance(one, str))


def _elsewhere(claims: Mapping[str, Any]) -> Collection[str]:
    """Claims that the provider would tell at another address only (OpenID Connect Core §5.6.2)."""
    names = claims.get("_claim_names")
    return names if isinstance(names, Mapping) else ()


def _line(name: object) -> str:
    return _UNSEEN.sub("", name).strip()[:LONGEST_NAME] if isinstance(name, str) else ""
