"""How a site signs on: `sign_on.toml` in the server's folder, its owner's to read."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from agent_model.agent import Role
from agent_model.words import Words
from agent_server.rights import APART
from agent_server.site_file import UnusableFile, first_mistake, is_this_machine, read_private_toml

SIGN_ON_FILE: Final = "sign_on.toml"
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures of a key pair. What is signed with a shared secret, or not at all, is never taken."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")]
Claim = Annotated[str, StringConstraints(max_length=128, pattern=r"^[^\s\x00-\x1f\x7f]*$")]
Port = Annotated[int, Field(ge=1024, le=65535)]


class BadSignOn(Exception):
    """The file cannot be used: where in it, what is wrong there and what to do."""

    def __init__(self, place: str, fact: str) -> None:
        super().__init__(f"{place}: {fact}")


class Passwords(StrEnum):
    """Who may sign in with a password as well."""

    EVERYBODY = "everybody"
    BREAK_GLASS = "break_glass"


class ClaimsFrom(StrEnum):
    """Where the provider says who somebody is. USERINFO is asked beside the ID token, never instead of it."""

    ID_TOKEN = "id_token"  # noqa: S105 - the name of a place, not a secret
    USERINFO = "userinfo"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(_Table):
    """What the organisation calls its sign-on."""

    zh: Line
    en: Line

    @property
    def words(self) -> Words:
        return Words(zh=self.zh, en=self.en)


class Mapped(_Table):
    """What members of a group are here."""

    group: Line
    role: Role | None = None
    team: str = ""
    queues: Annotated[tuple[Line, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _gives_what_may_be_given(self) -> Self:
        if self.role in APART:
            raise ValueError("administrator, security officer and auditor are given at this console alone")
        if self.role is not None and not self.team:
            raise ValueError("who is given a role is given a team as well")
        if self.role is None and (self.team or not self.queues):
            raise ValueError("it gives a role with a team, or queues alone")
        return self


class SignOnSettings(_Table):
    """Every key stands in docs/it/sign-on.md."""

    issuer: Line
    client_id: Line
    name: Name
    secret: Annotated[str, Field(repr=False, max_length=1024)] = ""
    scopes: Annotated[tuple[Line, ...], Field(max_length=20)] = ("openid", "profile")
    ca: str = ""
    redirect_host: Annotated[str, StringConstraints(pattern=r"^(127\.0\.0\.1|localhost)$")] = "127.0.0.1"
    redirect_ports: Annotated[tuple[Port, ...], Field(max_length=20)] = ()
    algorithms: Annotated[tuple[str, ...], Field(min_length=1)] = ("RS256",)
    claims_from: ClaimsFrom = ClaimsFrom.ID_TOKEN
    login_claim: Annotated[Claim, Field(min_length=1)] = "preferred_username"
    login_domain: Claim = ""
    name_claim: Claim = "name"
    extension_claim: Claim = ""
    groups_claim: Claim = "groups"
    asks_again: bool = True
    adds_people: bool = False
    clock_skew_s: Annotated[int, Field(ge=0, le=300)] = 60
    lasts_h: Annotated[int, Field(ge=1, le=168)] = 12
    passwords: Passwords = Passwords.EVERYBODY
    break_glass: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    role: Annotated[tuple[Mapped, ...], Field(max_length=500)] = ()

    @property
    def let_in_by_password(self) -> frozenset[str] | None:
        """The only logins that come in with a password; None: all."""
        if self.passwords is Passwords.EVERYBODY:
            return None
        return frozenset(login.lower() for login in self.break_glass)

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        _require_private(self.issuer)
        if unknown := set(self.algorithms) - set(ALGORITHMS):
            raise ValueError(f"algorithms are among {', '.join(ALGORITHMS)}, not {', '.join(sorted(unknown))}")
        if "openid" not in self.scopes:
            raise ValueError("scopes hold openid")
        if self.adds_people and not any(one.role for one in self.role):
            raise ValueError("adds_people needs [[role]] tables: who is added needs a role and a team")
        if self.passwords is Passwords.BREAK_GLASS and not self.break_glass:
            raise ValueError("break_glass names who may still come in when the provider is away")
        return self


def _require_private(address: str) -> None:
    """Raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(parts.hostname or "")):
        raise ValueError("issuer begins with https://")
    if parts.query or parts.fragment or parts.username or not parts.hostname:
        raise ValueError("issuer is an address without a name, a ? or a #")


def read_sign_on(home: Path) -> SignOnSettings | None:
    """None where there is no such file. Raises BadSignOn."""
    path = home / SIGN_ON_FILE
    try:
        told = read_private_toml(path)
    except UnusableFile as error:
        raise BadSignOn(str(path), str(error)) from error
    if told is None:
        return None
    try:
        return SignOnSettings.model_validate(told)
    except ValidationError as error:
        raise BadSignOn(*first_mistake(path, error)) from None
