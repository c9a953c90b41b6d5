"""What can go wrong, as types with facts. The sentences a person reads are in `ui/messages/trouble.py`.

DeskError
├── ServerUnreachable           no answer: refused, timed out, no network
│   ├── CertificateRefused      what the server shows is not believed
│   ├── AuthoritiesUnreadable   nobody's certificate is believed, for the list of whom to believe cannot be read
│   ├── ProxyUnusable           the way leads through a proxy of a kind that we do not speak
│   └── ProxyRefused            the proxy does not lead there
├── ServerRefused               an answer we did not want
│   ├── WrongPassword
│   ├── AccountLocked
│   ├── TooManyAttempts
│   ├── SignInExpired
│   ├── SecondFactorNeeded      the password is right; a code is asked for as well
│   ├── WrongCode
│   ├── CodeUsed
│   ├── PasswordSignInOff       nobody signs in with a password here, but for emergencies
│   ├── SignOnRefused           what the provider answered is not believed; it is begun anew
│   ├── NotAdmitted             the provider knows them, and they have no place here
│   ├── IdentityTaken           their login belongs to somebody else here
│   ├── SecondFactorNotSet      this person has to set one up before they come in
│   ├── ClientTooOld            or too new
│   ├── CursorExpired
│   ├── DeviceBlocked           this workstation was locked, or is to be wiped
│   ├── AnotherEpoch            the server's database began another life (a restored backup)
│   └── ScopeNotYours
├── ProviderAway                the identity provider does not answer our server
├── SignOnEnded                 the browser brought no code
│   ├── SignOnDeclined          the provider said no
│   ├── SignOnTooLate
│   └── SignOnGivenUp           by the person
├── NoWayBack                   no port that the browser could come back to is free
├── AnswerGarbled               an answer that is not our protocol
├── StoreError
│   ├── DiskFull
│   ├── CacheDamaged
│   ├── OutboxDamaged
│   ├── KeyLost
│   ├── NewerData               a newer version of this program has written it, and this one cannot read it
│   ├── WentBack                this version goes on where a newer one had been
│   ├── WaitsForNewer           work that only a newer version understands
│   ├── NoRoomForCopy           of what the version before had
│   ├── StoreBusy
│   └── FolderNotWritable
├── WindowSilent                a window is open already and does not hear a second start
├── NotTheLastPassword          the server is away, and this password does not open what was kept here
├── LeaseOver                   too long without the server to come in without it
├── UpdateRefused               what the repository of updates shows is not believed
├── UpdatesAbsent               there are no updates at the address that IT has named
├── UpdateUnfit                 the new version does not run on this computer
└── KeyringError
    ├── KeyringLocked
    └── KeyringMissing
"""

from enum import StrEnum
from pathlib import Path


class DeskError(Exception):
    """Anything this product knows how to explain."""


class ServerUnreachable(DeskError):
    """`was_sent`: the server may have heard the question all the same. `proxy`: through which it was asked, if any."""

    def __init__(self, address: str, cause: str, *, was_sent: bool = True, proxy: str = "") -> None:
        super().__init__(f"{address}: {cause}")
        self.address = address
        self.cause = cause
        self.was_sent = was_sent
        self.proxy = proxy


class CertificateFault(StrEnum):
    UNKNOWN_AUTHORITY = "unknown_authority"
    NOT_IN_DATE = "not_in_date"
    OTHER_HOST = "other_host"


class CertificateRefused(ServerUnreachable):
    def __init__(self, address: str, fault: CertificateFault, cause: str) -> None:
        super().__init__(address, cause, was_sent=False)
        self.fault = fault


class AuthoritiesUnreadable(ServerUnreachable):
    """`path` is of the list; `named_by` the variable of the environment that names it, or empty: the settings do."""

    def __init__(self, address: str, path: str, named_by: str) -> None:
        super().__init__(address, f"authorities of {path} not read", was_sent=False)
        self.path = path
        self.named_by = named_by


class ProxyUnusable(ServerUnreachable):
    def __init__(self, address: str, proxy: str) -> None:
        super().__init__(address, f"proxy {proxy} is of no use", was_sent=False, proxy=proxy)


class ProxyRefused(ServerUnreachable):
    pass


class ServerRefused(DeskError):
    """`code` is the server's stable word, `status` the HTTP status."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class WrongPassword(ServerRefused):
    pass


class AccountLocked(ServerRefused):
    pass


class TooManyAttempts(ServerRefused):
    def __init__(self, status: int, code: str, retry_after_s: int) -> None:
        super().__init__(status, code)
        self.retry_after_s = retry_after_s


class AskedTooOften(ServerRefused):
    """Only for some seconds."""

    def __init__(self, status: int, code: str, retry_after_s: int) -> None:
        super().__init__(status, code)
        self.retry_after_s = retry_after_s


class SignInExpired(ServerRefused):
    pass


class SecondFactorNeeded(ServerRefused):
    pass


class WrongCode(ServerRefused):
    pass


class CodeUsed(ServerRefused):
    """The code was right and has been shown before."""


class SecondFactorNotSet(ServerRefused):
    pass


class PasswordSignInOff(ServerRefused):
    pass


class SignOnRefused(ServerRefused):
    pass


class NotAdmitted(ServerRefused):
    pass


class IdentityTaken(ServerRefused):
    pass


class ProviderAway(DeskError):
    pass


class SignOnEnded(DeskError):
    pass


class SignOnDeclined(SignOnEnded):
    """`code` is the provider's word (RFC 6749 §4.1.2.1)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SignOnTooLate(SignOnEnded):
    pass


class SignOnGivenUp(SignOnEnded):
    pass


class NoWayBack(DeskError):
    pass


class ClientTooOld(ServerRefused):
    """`code` is `client_too_old` or `client_too_new`; `oldest` and `newest` are the versions that may fetch, where the
    site has decided. What was written is still sent where only that is the reason."""

    def __init__(self, status: int, code: str, oldest: str = "", newest: str = "") -> None:
        super().__init__(status, code)
        self.oldest = oldest
        self.newest = newest


class CursorExpired(ServerRefused):
    pass


class DeviceBlocked(ServerRefused):
    """`code` is `device_locked`, or `device_wiped`: what is kept here is to be made unreadable. `login`: whose it is,
    where the server is the first to know."""

    def __init__(self, status: int, code: str, login: str = "") -> None:
        super().__init__(status, code)
        self.login = login


class AnotherEpoch(ServerRefused):
    pass


class ScopeNotYours(ServerRefused):
    pass


class AnswerGarbled(DeskError):
    def __init__(self, address: str, cause: str) -> None:
        super().__init__(f"{address}: {cause}")
        self.address = address


class StoreError(DeskError):
    """Something about a local database; `path` names the file."""

    def __init__(self, path: Path, cause: str = "") -> None:
        super().__init__(f"{path}: {cause}")
        self.path = path


class DiskFull(StoreError):
    pass


class CacheDamaged(StoreError):
    pass


class OutboxDamaged(StoreError):
    pass


class KeyLost(StoreError):
    """What lies at `path` was sealed with another key than the one there is now. It is whole, and cannot be read."""


class NewerData(StoreError):
    """Nothing was touched. `written_by` is the version, empty where it is not known; `copy_of` that of the copy from
    before it, empty without one that can be read."""

    def __init__(self, path: Path, written_by: str, copy_of: str = "") -> None:
        super().__init__(path, f"written by {written_by or 'a newer version'}")
        self.written_by = written_by
        self.copy_of = copy_of


class WentBack(StoreError):
    """`path` has what the newer version left; `unsent` is how many of its commands go on here."""

    def __init__(self, path: Path, unsent: int, *, has_cache: bool) -> None:
        super().__init__(path, f"{unsent} commands brought over")
        self.unsent = unsent
        self.has_cache = has_cache


class WaitsForNewer(StoreError):
    def __init__(self, path: Path, count: int) -> None:
        super().__init__(path, f"{count} commands not understood")
        self.count = count


class NoRoomForCopy(StoreError):
    pass


class StoreBusy(StoreError):
    pass


class FolderNotWritable(StoreError):
    pass


class WindowSilent(DeskError):
    pass


class NotTheLastPassword(DeskError):
    pass


class LeaseOver(DeskError):
    def __init__(self, lease_h: int) -> None:
        super().__init__(f"{lease_h} h")
        self.lease_h = lease_h


class KeyringError(DeskError):
    pass


class KeyringLocked(KeyringError):
    pass


class KeyringMissing(KeyringError):
    """No keyring this product trusts: nothing is kept, the password is asked for again."""


class UpdateFault(StrEnum):
    """Not signed anew in time; older than what was shown before; not the file that was signed; signed by somebody else;
    not written as releases are."""

    EXPIRED = "expired"
    OLDER = "older"
    TAMPERED = "tampered"
    FORGED = "forged"
    GARBLED = "garbled"


class UpdateRefused(DeskError):
    def __init__(self, address: str, fault: UpdateFault, cause: str) -> None:
        super().__init__(f"{address}: {fault}: {cause}")
        self.address = address
        self.fault = fault


class UpdatesAbsent(DeskError):
    def __init__(self, address: str, place: str, status: int) -> None:
        super().__init__(f"{place}: HTTP {status}")
        self.address = address
        self.status = status


class UpdateUnfit(DeskError):
    def __init__(self, version: str, cause: str) -> None:
        super().__init__(f"{version}: {cause}")
        self.version = version
