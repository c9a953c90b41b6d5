"""How an exchange shows that it is itself, and nobody hears what is said on the way."""

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tls:
    """The exchange's certificate is of its host's name, and by an authority in the file `ca`, or by one that this
    machine trusts (None). A value, so that it reaches the processes of a server."""

    ca: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Raises OSError: there is no such file, or no certificate in it."""
        context = ssl.create_default_context(cafile=None if self.ca is None else str(self.ca))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
