"""The server that tells the phone how the outside sees it (RFC 8489)."""

import logging
import time
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.pjsip.settings import PjsipErrors

log = logging.getLogger(__name__)

_AGAIN_S = 60.0


class Stun:
    """PJSIP is given a server only when it has just answered: for a dead one it waits, and every call with it."""

    def __init__(self, endpoint: pj.Endpoint) -> None:
        self._endpoint = endpoint
        self._wanted: str | None = None
        self._given: str | None = None
        self._answered: str | None = None
        self._ask_at: float | None = None

    def use(self, server: str | None) -> None:
        """None: no server."""
        if server != self._wanted:
            self._wanted = server
            self._give(None)
        self._ask_at = time.monotonic() if server is not None else None

    def answered(self, prm: pj.OnNatCheckStunServersCompleteParam) -> None:
        if prm.status == pj.PJ_SUCCESS:
            self._answered = prm.name

    def look(self) -> None:
        """To be called after every wait."""
        answered, self._answered = self._answered, None
        if answered is not None and answered == self._wanted and self._given is None:
            log.info("the STUN server %s answers", answered)
            self._give(answered)
            self._ask_at = None
        if self._ask_at is not None and time.monotonic() >= self._ask_at:
            self._ask_at = time.monotonic() + _AGAIN_S
            with suppress(*PjsipErrors):
                self._endpoint.natCheckStunServers([self._wanted], False, None)  # noqa: FBT003

    def _give(self, server: str | None) -> None:
        if server != self._given:
            self._given = server
            with suppress(*PjsipErrors):
                self._endpoint.natUpdateStunServers([] if server is None else [server], False)  # noqa: FBT003
