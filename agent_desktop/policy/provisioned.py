"""What the server sets this workstation up with: signed, kept beside the settings, judged anew at each start.

The first key that a server shows is kept to, unless policy names it. Somebody who may write to their own settings may
take that first key away; where that matters, policy names the key.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from agent_desktop.paths import write_whole
from agent_desktop.policy.schema import Wrong
from agent_desktop.policy.standing import Policy
from agent_desktop.policy.written import LARGEST, Layer, Rank, Refused, Source, layer
from agent_model.moment import from_text

log = logging.getLogger(__name__)

FILE: Final = "provisioning.json"
FORMAT: Final = 1
ALL, NONE = "all", "none"
AGAIN_AFTER: Final = timedelta(days=1)
"""It is asked for again, for a signature runs out."""
EVERYTHING_IN: Final = ".*"


@dataclass(frozen=True, slots=True)
class Told:
    """As a server tells it: the text that is signed, with signature and public key as hexadecimal digits."""

    document: str
    signature: str
    key: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """`refused`: why what the server told last does not count; the document is then the one before."""

    server: str = ""
    document: str = ""
    signature: str = ""
    key: str = ""
    refused: str = ""

    @property
    def told(self) -> Told:
        return Told(self.document, self.signature, self.key)


@dataclass(frozen=True, slots=True)
class _Document:
    serial: int
    issued_at: datetime
    expires_at: datetime
    keys: Mapping[str, Any]


class ProvisioningFile:
    """`policy` names the key and says what a server may set; no word of the person's counts for that."""

    def __init__(self, folder: Path, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._path = folder / FILE
        self._policy = policy
        self._clock = clock

    def layer(self, server: str) -> Layer:
        """What holds of it, for who works with this server; what does not is named."""
        kept = self._read()
        source = Source(Rank.SERVER, server)
        if kept.server != server:
            return Layer(source, {})
        faults = [Refused(source, Wrong(kept.refused))] if kept.refused else []
        if not kept.document:
            return Layer(source, {}, tuple(faults))
        found = self._in_date(_opened(kept.told, self._pinned(kept)))
        if isinstance(found, Wrong):
            return Layer(source, {}, (*faults, Refused(source, found)))
        source = replace(source, where=f"{server} #{found.serial}")
        allowed: dict[str, Any] = {}
        for name, value in found.keys.items():
            if wrong := self._not_for_servers(name):
                faults.append(Refused(source, wrong, name))
            else:
                allowed[name] = value
        fits = layer(source, allowed, self._policy.schema)
        return replace(fits, refused=(*faults, *fits.refused))

    def is_fresh(self, server: str, serial: int) -> bool:
        """Whether what is kept is this server's newest, signed not long ago."""
        kept = self._read()
        found = _opened(kept.told, self._pinned(kept)) if kept.server == server else None
        return (
            isinstance(found, _Document)
            and found.serial == serial
            and timedelta() <= self._clock() - found.issued_at < AGAIN_AFTER
        )

    def take(self, server: str, told: Told) -> None:
        """Keeps what the server tells in place of what it told before, or why that does not count. Raises DiskFull,
        FolderNotWritable."""
        before = self._read()
        if before.server != server:
            before = _Kept(server)
        pinned = self._pinned(before)
        found = self._in_date(_opened(told, pinned or told.key))
        held = _opened(before.told, pinned)
        if isinstance(found, _Document) and isinstance(held, _Document) and found.serial < held.serial:
            found = Wrong.OLDER
        if isinstance(found, Wrong):
            log.info("what the server sets this workstation up with does not count: %s", found)
            after = replace(before, refused=found.value)
        else:
            after = _Kept(server, told.document, told.signature, told.key)
        if after != before:
            write_whole(self._path, json.dumps({"format": FORMAT, **asdict(after)}, ensure_ascii=False, indent=2))

    def _pinned(self, kept: _Kept) -> str:
        """The key that has to have signed it; empty: the first one to come."""
        return str(self._policy.said("provisioning.key")).lower() or kept.key

    def _in_date(self, found: _Document | Wrong) -> _Document | Wrong:
        is_over = isinstance(found, _Document) and self._clock() >= found.expires_at
        return Wrong.EXPIRED if is_over else found

    def _not_for_servers(self, name: str) -> Wrong | None:
        key = self._policy.schema.keys.get(name)
        if key is not None and key.is_local:
            return Wrong.LOCAL
        return None if _is_among(name, str(self._policy.said("provisioning.allowed"))) else Wrong.NOT_ALLOWED

    def _read(self) -> _Kept:
        try:
            with self._path.open("rb") as file:
                written = json.loads(file.read(LARGEST).decode("utf-8"))
            kept = _Kept(**{name: str(written[name]) for name in asdict(_Kept())})
        except FileNotFoundError:
            return _Kept()
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.info("what the server set this workstation up with cannot be read: %s", type(error).__name__)
            return _Kept()
        return kept if kept.refused in ("", *Wrong) else _Kept()


def _opened(told: Told, pinned: str) -> _Document | Wrong:
    if told.key != pinned:
        return Wrong.OTHER_KEY
    if not _is_signed(told):
        return Wrong.FORGED
    try:
        plain = json.loads(told.document)
        return _Document(
            int(plain["serial"]), from_text(plain["issued_at"]), from_text(plain["expires_at"]), dict(plain["keys"])
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return Wrong.GARBLED


def _is_signed(told: Told) -> bool:
    from cryptography.exceptions import InvalidSignature  # only where a server sets something up
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told.key))
        key.verify(bytes.fromhex(told.signature), told.document.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def _is_among(name: str, allowed: str) -> bool:
    """`allowed` names keys, whole groups (`sip.*`), `all` or `none`."""
    group = name.partition(".")[0]
    return not {ALL, name, group + EVERYTHING_IN}.isdisjoint(allowed.replace(",", " ").split())
