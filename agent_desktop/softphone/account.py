"""The SIP account of a workstation and whether the switch has accepted it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from agent_desktop.softphone.invite import HeaderNames


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


class MediaEncryption(StrEnum):
    """SRTP. PREFERRED offers it and takes what comes; REQUIRED refuses a call without it."""

    OFF = "off"
    PREFERRED = "preferred"
    REQUIRED = "required"


class Keying(StrEnum):
    """How SRTP keys are agreed: in the SDP (RFC 4568) or by a handshake beside the media (RFC 5763)."""

    SDES = "sdes"
    DTLS = "dtls"


class DigitMode(StrEnum):
    """How pressed keys travel: beside the audio (RFC 4733), or as SIP INFO."""

    RFC_4733 = "rfc4733"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Account:
    """`registrar` None: nothing is registered, calls go straight to the address dialled.

    `registrar`, `second_registrar` and `proxy` are `host` or `host:port`. The second is used while the first does not
    answer, and left again when the first answers. With a registrar or a proxy every call goes there first, and nobody
    else is shown the password. `only_from_switch`: a registered phone takes calls from the addresses of its registrars
    or its proxy and from nobody else. `keep_alive_s` is how often a quiet registrar is asked whether it is there, 0 for
    never. `trusted_ca` is a PEM file believed beside the operating system's authorities. `codecs` are in order of
    preference. `auth_user` defaults to `user`. `register_every_s` is what is asked for; the switch may shorten it.
    `local_port` 0 lets the system choose; `bound_to` empty is every network of the machine. `invite_headers` is what
    this site's switch calls the facts of a call.
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
    second_registrar: str | None = None
    keep_alive_s: int = 4
    only_from_switch: bool = True
    trusted_ca: Path | None = None
    media_encryption: MediaEncryption = MediaEncryption.OFF
    keying: Keying = Keying.SDES
    codecs: tuple[str, ...] = ("opus", "G722", "PCMA", "PCMU")
    digit_mode: DigitMode = DigitMode.RFC_4733
    stun_server: str | None = None
    ice: bool = False
    shown_number_header: str = "P-Preferred-Identity"
    invite_headers: HeaderNames = field(default_factory=HeaderNames)


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """No account, an account without registrar, or a registration that was given up on purpose."""


@dataclass(frozen=True, slots=True)
class Registering:
    """Asked, no answer yet."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The switch will ring this phone until `until`; the engine renews it before, which is no news. `registrar` is the
    one that answered; `took_ms` the time without a line before, or that the switch took where there was one. At the
    hosts `elsewhere` other telephones use the account too; a change of that is news."""

    until: datetime
    registrar: str = ""
    took_ms: int = 0
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationRefused:
    """The switch said no (401, 403, 404 …). The engine asks again only if this account was accepted before."""

    code: int
    reason: str


class Trouble(StrEnum):
    """Why there is no way to a registrar. SERVER_FAILURE: it answered, with a failure of its own (5xx). PORT_TAKEN:
    another program has the phone's own port. ACCOUNT_UNUSABLE: its addresses are no addresses."""

    NO_ANSWER = "no_answer"
    UNKNOWN_HOST = "unknown_host"
    NO_ROUTE = "no_route"
    CONNECTION_REFUSED = "connection_refused"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    SERVER_FAILURE = "server_failure"
    PORT_TAKEN = "port_taken"
    ACCOUNT_UNUSABLE = "account_unusable"


@dataclass(frozen=True, slots=True)
class RegistrarUnreachable:
    """Nobody answered, or only with a server failure; the engine asks again every `retry_in_s`."""

    code: int
    reason: str
    retry_in_s: int
    trouble: Trouble = Trouble.NO_ANSWER


Registration = NotRegistered | Registering | Registered | RegistrationRefused | RegistrarUnreachable
