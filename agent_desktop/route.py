"""How this workstation reaches the server: whose certificates count there, and through which proxy.

Everything that opens a line to the server asks here, so that all lines go the same way.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from agent_desktop.errors import AuthoritiesUnreadable, CertificateFault, CertificateRefused, ProxyUnusable
from agent_desktop.trust import AuthoritiesUnreadableError, tls_context

if TYPE_CHECKING:
    import ssl

DIRECTLY: Final = "none"
_USABLE: Final = ("http", "https")
_FAULTS: Final = {
    9: CertificateFault.NOT_IN_DATE,
    10: CertificateFault.NOT_IN_DATE,
    62: CertificateFault.OTHER_HOST,
    64: CertificateFault.OTHER_HOST,
}
"""By OpenSSL's numbers (X509_V_ERR)."""


@dataclass(frozen=True, slots=True)
class Route:
    """`ca_file` is of the site's own authorities, believed beside the operating system's. `proxy` is an address, or
    `none` for the straight way; empty: as the environment or the operating system says, but for what it excepts."""

    ca_file: str = ""
    proxy: str = ""

    def tls(self, address: str) -> "ssl.SSLContext | None":
        """None for an address without TLS. Raises AuthoritiesUnreadable."""
        return self._context(address) if address.startswith("https:") else None

    def tls_of_proxy(self, address: str, proxy: str | None) -> "ssl.SSLContext | None":
        """Raises AuthoritiesUnreadable."""
        return self._context(address) if proxy is not None and proxy.startswith("https:") else None

    def proxy_to(self, address: str) -> str | None:
        """None for the straight way. Raises ProxyUnusable."""
        if self.proxy == DIRECTLY:
            return None
        proxy = self.proxy or _of_system(address)
        if not proxy:
            return None
        proxy = proxy if "://" in proxy else f"http://{proxy}"
        if not _is_usable(proxy):
            raise ProxyUnusable(address, without_password(proxy))
        return proxy

    def _context(self, address: str) -> "ssl.SSLContext":
        try:
            return tls_context(Path(self.ca_file) if self.ca_file else None)
        except AuthoritiesUnreadableError as problem:
            raise AuthoritiesUnreadable(address, problem.path, problem.named_by) from problem


AS_THE_SYSTEM_SAYS: Final = Route()


def refused_certificate(address: str, error: BaseException) -> CertificateRefused | None:
    """Whether that is why a line was not opened."""
    import ssl  # loaded already where a line was tried

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return None
    fault = _FAULTS.get(cause.verify_code, CertificateFault.UNKNOWN_AUTHORITY)
    return CertificateRefused(address, fault, cause.verify_message)


def without_password(proxy: str) -> str:
    """As it may be shown."""
    head, at, host = proxy.rpartition("@")
    scheme, mark, _ = head.rpartition("://")
    return f"{scheme}{mark}{host}" if at else proxy


def _is_usable(proxy: str) -> bool:
    try:
        parts = urlsplit(proxy)
    except ValueError:  # a bracket that is not closed
        return False
    return parts.scheme in _USABLE and bool(parts.hostname)


def _of_system(address: str) -> str:
    from urllib.request import getproxies, proxy_bypass  # loaded for the first line, not on the start path

    scheme, _, rest = address.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2]
    named = getproxies()
    if not host or proxy_bypass(host):
        return ""
    return str(named.get(scheme) or named.get("all") or "")
