"""From what an agent dials to the SIP address that is called."""

import re

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import Refusal

_SEPARATORS = re.compile(r"[\s().\-–—]+")
_DIALLABLE = re.compile(r"\+?[0-9A-Za-z*#_]{1,64}")
_ADDRESS = re.compile(r"sips?:[^\s<>\"]{1,255}", re.IGNORECASE)


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


def _over(address: str, transport: Transport) -> str:
    if transport is Transport.UDP or ";transport=" in address.lower():
        return address
    return f"{address};transport={transport}"
