"""`python -m tests.lab`: the exchange by hand, with its accounts and numbers, until Ctrl-C."""

import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.lab.asterisk import Asterisk
from tests.lab.kamailio import Kamailio
from tests.lab.peers import DidNotStartError, PeersMissingError, program

_DOCUMENT = Path(__file__).parents[2] / "docs" / "lab.md"


def directory() -> str:
    """The accounts and the numbers, as docs/lab.md has them."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    found = re.search(r"^## Accounts\n.*?(?=^## (?!Numbers))", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group().strip()


def whereabouts(asterisk: Asterisk, kamailio: Kamailio) -> str:
    lines = (
        f"exchange        {asterisk.address} (UDP, TCP), localhost:{asterisk.tls_port} (TLS)",
        f"TLS, expired    localhost:{asterisk.tls_expired_port}",
        f"of another      localhost:{asterisk.tls_of_another_port}",
        f"untrusted       localhost:{asterisk.tls_untrusted_port}",
        f"trust           {asterisk.trusted_ca}",
        f"outside         calls to 0… go to UDP port {asterisk.trunk_port}",
        f"manager, ARI    127.0.0.1:{asterisk.ami_port}, 127.0.0.1:{asterisk.http_port}, user desk, desk-secret",
        f"Kamailio        {kamailio.address} (UDP, TCP), localhost:{kamailio.tls_port} (TLS)",
        f"console         {program('asterisk')} -C {asterisk.folder}/etc/asterisk.conf -r",
    )
    return "\n".join(lines)


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="lab-"))
    try:
        asterisk = Asterisk(folder / "asterisk")
        kamailio = Kamailio(folder / "kamailio", asterisk.trusted_ca.parent)
        try:
            asterisk.start()
            kamailio.start()
            print(directory(), whereabouts(asterisk, kamailio), sep="\n\n", flush=True)
            while True:
                signal.pause()
        finally:
            kamailio.close()
            asterisk.close()
    except KeyboardInterrupt:
        return 0
    except (PeersMissingError, DidNotStartError) as reason:
        print(reason, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
