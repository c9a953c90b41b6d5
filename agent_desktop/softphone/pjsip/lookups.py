"""Names that PJSIP comes across, in a number dialled or in what the other side says of itself."""

from functools import partial

import pjsua2 as pj

from agent_desktop.softphone.pjsip.network import Names


class Lookups:
    """Asked beside PJSIP by our build of it; the index's wheels ask the system themselves, and everything waits."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._is_asked = hasattr(pj, "lookUpNamesBeside")
        if self._is_asked:
            pj.lookUpNamesBeside()

    def look(self) -> None:
        """Asks for what is wanted; PJSIP goes on with what `names` delivers."""
        for host in pj.takeWantedNames().splitlines() if self._is_asked else ():
            self._names.look_up(host, partial(_tell, host))


def _tell(host: str, addresses: tuple[str, ...]) -> None:
    pj.nameFound(host, " ".join(addresses))
