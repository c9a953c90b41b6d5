"""Whose certificates a switch may show: those of the operating system's authorities and of the site's own."""

import logging
import os
import sys
from base64 import encodebytes
from pathlib import Path

log = logging.getLogger(__name__)

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


def _of_bundle() -> str:
    """`SSL_CERT_FILE` is how every program of the machine is told another place."""
    for name in (os.environ.get("SSL_CERT_FILE", ""), *_BUNDLES):
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
