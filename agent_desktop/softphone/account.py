"""The SIP account of a workstation and whether the switch has accepted it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from agent_desktop.softphone.invite import HeaderNames


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Account:
    """`registrar` None: nothing is registered, calls go straight to the address dialled.

    `registrar` and `proxy` are `host` or `host:port`. `auth_user` defaults to `user`. `register_every_s` is what
    is asked for; the switch may shorten it. `local_port` 0 lets the system choose; `bound_to` empty is every
    network of the machine. `invite_headers` is what this site's switch calls the facts of a call.
    """

    user: str
    domain: str
    password: str = field(default="", repr=False)
    registrar: str | None = None
    proxy: str | None = None
    transport: Transport = Transport.UDP
    auth_user: str = ""
    display_name: str = ""
    register_every_s: int = 300
    local_port: int = 0
    bound_to: str = ""
    invite_headers: HeaderNames = field(default_factory=HeaderNames)


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """No account, an account without registrar, or a registration that was given up on purpose."""


@dataclass(frozen=True, slots=True)
class Registering:
    """Asked, no answer yet."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The switch will ring this phone until `until`; the engine renews it before."""

    until: datetime


@dataclass(frozen=True, slots=True)
class RegistrationRefused:
    """The switch said no (401, 403, 404 …). Asking again with the same account will not help."""

    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class RegistrarUnreachable:
    """Nobody answered, or only with a server failure; the engine tries again in `retry_in_s`."""

    code: int
    reason: str
    retry_in_s: int


Registration = NotRegistered | Registering | Registered | RegistrationRefused | RegistrarUnreachable
