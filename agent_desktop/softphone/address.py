"""From what an agent dials to the SIP address that is called."""

import re

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import Refusal

_SEPARATORS = re.compile(r"[\s().\-–—]+")
_DIALLABLE = re.compile(r"\+?[0-9A-Za-z*#_]{1,64}")
# Printable ASCII without what ends an address or, as `?Header=value`, would write into the INVITE (RFC 3261 §19.1.1).
_ADDRESS = re.compile(r"sips?:[!#-+\--;=@-~]{1,255}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9*#A-Da-d,]{1,128}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!%*_+`'~.-]{1,64}")
_HEADER_VALUE = re.compile(r"[^\x00-\x1f\x7f]{0,1024}")
_SHOWN = re.compile(r"\+?[0-9]{2,24}")


def address_of(number: str, account: Account) -> str:
    """`sip:` addresses pass as they are; a number gets the account's domain. Raises EngineRefusedError."""
    written = number.strip()
    if written.lower().startswith(("sip:", "sips:")):
        if _ADDRESS.fullmatch(written) is None:
            raise EngineRefusedError(Refusal.BAD_NUMBER, written)
        return _over(written, account.transport)
    bare = _SEPARATORS.sub("", written.removeprefix("tel:"))
    if _DIALLABLE.fullmatch(bare) is None:
        raise EngineRefusedError(Refusal.BAD_NUMBER, written)
    if not account.domain:
        raise EngineRefusedError(Refusal.NO_ACCOUNT, "the account has no domain to dial in")
    return _over(f"sip:{bare.replace('#', '%23')}@{account.domain}", account.transport)


def domain_of(registrar: str) -> str:
    """The host of `host` or `host:port`, an IPv6 one in its brackets."""
    return re.sub(r":\d+$", "", registrar)


def require_headers(headers: tuple[Header, ...]) -> None:
    """A value with a line end in it would be another header. Raises EngineRefusedError."""
    for name, value in headers:
        if _HEADER_NAME.fullmatch(name) is None or _HEADER_VALUE.fullmatch(value) is None:
            raise EngineRefusedError(Refusal.BAD_NUMBER, f"header {name!r}")


def headers_showing(shown_number: str, account: Account) -> tuple[Header, ...]:
    """What asks the switch to show this number; nothing where none is wanted. Raises EngineRefusedError."""
    if not shown_number:
        return ()
    if _SHOWN.fullmatch(shown_number) is None:
        raise EngineRefusedError(Refusal.BAD_NUMBER, f"shown number {shown_number!r}")
    return ((account.shown_number_header, f"<sip:{shown_number}@{account.domain}>"),)


def require_digits(digits: str) -> None:
    """Keys of a telephone, and `,` for a pause. Raises EngineRefusedError without saying them: they may be a PIN."""
    if _DIGITS.fullmatch(digits) is None:
        raise EngineRefusedError(Refusal.BAD_NUMBER, f"{len(digits)} signs, not all of them keys of a telephone")


def _over(address: str, transport: Transport) -> str:
    if transport is Transport.UDP or ";transport=" in address.lower():
        return address
    return f"{address};transport={transport}"
