"""What a line to the server says of the certificate it was opened with."""

import contextlib
from datetime import UTC, datetime
from typing import Any


def certificate_of(stream: Any) -> tuple[str, datetime | None]:
    """Who signed it, and when it ends; empty and None for a line without TLS. `stream` is httpcore's."""
    line = stream.get_extra_info("ssl_object") if stream is not None else None
    certificate = line.getpeercert() if line is not None else None
    if not certificate:
        return "", None
    named = {name: value for part in certificate.get("issuer", ()) for name, value in part}
    issuer = named.get("organizationName") or named.get("commonName") or "–"
    return issuer, _ends(certificate.get("notAfter", ""))


def _ends(told: str) -> datetime | None:
    import ssl  # loaded already where a line was opened

    with contextlib.suppress(ValueError):
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(told), UTC)
    return None
