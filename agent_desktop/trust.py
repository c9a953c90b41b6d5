"""Whose certificates a switch or a server may show: of the operating system's authorities and of the site's own."""

import logging
import os
import sys
from base64 import encodebytes
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ssl

log = logging.getLogger(__name__)

CERTIFICATES_VARIABLE: Final = "SSL_CERT_FILE"
"""How every program of a machine is told where the list of authorities lies."""
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Red Hat, Fedora
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_FOR_SERVERS = "1.3.6.1.5.5.7.3.1"


def trusted_authorities(site_ca: Path | None) -> str:
    """As PEM. A file of the site's that cannot be read is said in the log; its switch is then not trusted."""
    found = _of_windows() if sys.platform == "win32" else _of_bundle()
    if site_ca is not None:
        try:
            found += "\n" + site_ca.read_text(encoding="utf-8", errors="replace")
        except OSError as reason:
            log.warning("the site's authorities in %s cannot be read: %s", site_ca, reason.strerror)
    return found


class AuthoritiesUnreadableError(Exception):
    """Nothing can be read of the list of authorities that lies at `path`; `named_by` a variable, or empty: the site."""

    def __init__(self, path: str, named_by: str) -> None:
        super().__init__(path)
        self.path = path
        self.named_by = named_by


class FileFault(StrEnum):
    """Why a file of authorities makes nobody trusted. EMPTY: it holds none, at the most certificates of servers."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    EXPIRED = "expired"


def fault_of(site_ca: Path, now: datetime) -> FileFault | None:
    """None: somebody is trusted by it."""
    import ssl  # for IT alone

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cafile=str(site_ca))
    except ssl.SSLError:
        return FileFault.EMPTY
    except OSError:
        return FileFault.UNREADABLE
    ends = [ssl.cert_time_to_seconds(str(one["notAfter"])) for one in context.get_ca_certs()]
    if not ends:
        return FileFault.EMPTY
    return FileFault.EXPIRED if max(ends) <= now.timestamp() else None


def tls_context(site_ca: Path | None = None) -> "ssl.SSLContext":
    """For a line to a server: its certificate has to be right and of its name. Raises AuthoritiesUnreadableError."""
    import ssl  # only where there is such a line

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    for path, named_by in _lists(site_ca):
        try:
            context.load_verify_locations(cafile=path)
        except OSError as reason:
            raise AuthoritiesUnreadableError(path, named_by) from reason
    return context


def _lists(site_ca: Path | None) -> Iterator[tuple[str, str]]:
    """What is read beside the places that OpenSSL was built with, and who names it."""
    if named := os.environ.get(CERTIFICATES_VARIABLE):
        yield named, CERTIFICATES_VARIABLE
    elif not _knows_the_system():
        yield from [(name, "") for name in _BUNDLES if Path(name).is_file()][:1]
    if site_ca is not None:
        yield str(site_ca), ""


def _knows_the_system() -> bool:
    """Whether OpenSSL finds authorities by itself. One that was built for another system looks in another place."""
    import ssl

    places = ssl.get_default_verify_paths()
    if sys.platform == "win32" or places.cafile:
        return True
    return bool(places.capath) and any(Path(places.capath).glob("*.0"))


def _of_bundle() -> str:
    for name in (os.environ.get(CERTIFICATES_VARIABLE, ""), *_BUNDLES):
        try:
            return Path(name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
    log.warning("this system has no list of trusted authorities where one was looked for")
    return ""


def _of_windows() -> str:
    import ssl  # only where the list cannot be had without it

    kept = []
    for store in ("ROOT", "CA"):
        for content, coding, trust in ssl.enum_certificates(store):  # type: ignore[attr-defined,unused-ignore]
            if coding == "x509_asn" and (trust is True or _FOR_SERVERS in trust):
                kept.append(f"-----BEGIN CERTIFICATE-----\n{encodebytes(content).decode()}-----END CERTIFICATE-----\n")
    return "".join(kept)
