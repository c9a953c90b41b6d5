"""The line to the switch: at which of its two registrars the phone is registered, and by which way."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import pjsua2 as pj

from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    Registering,
    RegistrarUnreachable,
    Registration,
)
from agent_desktop.softphone.engine import Tell
from agent_desktop.softphone.events import RegistrationChanged
from agent_desktop.softphone.pjsip.account import Answer, PjsipAccount
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.door import Door
from agent_desktop.softphone.pjsip.lookups import Lookups
from agent_desktop.softphone.pjsip.network import FindHost, Names, NetworkWatch, host_of, way_to
from agent_desktop.softphone.pjsip.registrar import Registrar
from agent_desktop.softphone.pjsip.settings import PjsipErrors, order_codecs, said
from agent_desktop.softphone.pjsip.stun import Stun
from agent_desktop.softphone.pjsip.transports import Transports
from agent_desktop.softphone.pjsip.trouble import trouble_of

log = logging.getLogger(__name__)

CallCame = Callable[[int, str, str], None]
"""PJSIP's number of the call, the INVITE, the sender's host and port."""


class BesideCalls(Protocol):
    """What is told of everything else the switch sends. `source` is the sender's host and port."""

    def summary_came(self, message: str, source: str) -> None: ...

    def text_came(self, content_type: str, message: str, source: str) -> None: ...

    def switch_was_away(self) -> None: ...


class Endpoint(pj.Endpoint):  # type: ignore[misc]
    """PJSIP itself, which tells of connections, of the server that knows our public address, and of sound devices."""

    def __init__(self) -> None:
        super().__init__()
        self.connection_moved: Callable[[pj.OnTransportStateParam], None] = lambda _: None
        self.stun_answered: Callable[[pj.OnNatCheckStunServersCompleteParam], None] = lambda _: None
        self.device_died: Callable[[], None] = lambda: None

    @guarded
    def onTransportState(self, prm: pj.OnTransportStateParam) -> None:  # noqa: N802
        self.connection_moved(prm)

    @guarded
    def onNatCheckStunServersComplete(self, prm: pj.OnNatCheckStunServersCompleteParam) -> None:  # noqa: N802
        self.stun_answered(prm)

    @guarded
    def onMediaEvent(self, prm: pj.OnMediaEventParam) -> None:  # noqa: N802
        if prm.ev.type == pj.PJMEDIA_EVENT_AUD_DEV_ERROR:
            self.device_died()


class Line:
    """The second registrar is asked while the first cannot be reached, and left when the first has us again; calls that
    are up stay where they are."""

    def __init__(
        self,
        endpoint: Endpoint,
        tell: Tell,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        mark: str,
        find_host: FindHost,
    ) -> None:
        os.environ.setdefault("RES_OPTIONS", "timeout:2 attempts:1")  # where PJSIP asks the system, everything waits
        self._endpoint = endpoint
        self._tell = tell
        self._transports = Transports(endpoint)
        self._names = Names(wake, find_host)
        self._lookups = Lookups(self._names)
        self._stun = Stun(endpoint)
        self._watch = NetworkWatch(self._way)
        self._door = Door()
        self._door.open_to(None, ())
        self._first = Registrar(PjsipAccount(self, mark), self._transports, self._names, clock)
        self._second = Registrar(PjsipAccount(self, mark), self._transports, self._names, clock)
        self._connected: set[int] = set()
        self._may_close = True
        self._without_since: float | None = None
        self.account: Account | None = None
        self.registration: Registration = NotRegistered()
        self.sip_port = 0
        self.beside_calls: BesideCalls | None = None
        self.call_came: CallCame = lambda *_: None
        self.was_lost: Callable[[], None] = lambda: None
        endpoint.connection_moved = self._connection_moved
        endpoint.stun_answered = self._stun.answered

    @property
    def towards_switch(self) -> PjsipAccount:
        """What new calls are made with."""
        return self._in_use.towards

    @property
    def is_leaving(self) -> bool:
        return self._first.is_leaving or self._second.is_leaving

    @property
    def due_at(self) -> float | None:
        """When `look` has something to do, on the monotonic clock."""
        return min((at for each in (self._first, self._second) if (at := each.due_at) is not None), default=None)

    def use(self, account: Account | None, *, may_close: bool) -> None:
        """`may_close`: no call needs the transport of the account before."""
        if account == self.account:
            self._tell(RegistrationChanged(self.registration, self.sip_port))
            return
        self.account = account
        self._may_close = may_close
        self._without_since = None
        self.registration = NotRegistered()
        self._second.leave()
        self._stun.use(account.stun_server if account is not None else None)
        if account is None:
            self._first.leave()
        else:
            order_codecs(self._endpoint, account.codecs)
            self._first.use(account, account.registrar or "")
        self._settle(is_new=True)

    def give_up(self) -> None:
        self._first.leave()
        self._second.leave()

    def close(self) -> None:
        self._first.towards.close()
        self._second.towards.close()

    def look(self) -> None:
        """To be called after every wait."""
        self._lookups.look()
        self._names.deliver()
        self._stun.look()
        self._first.look()
        self._second.look()
        if self._in_use.has_returned() and self.beside_calls is not None:
            self.beside_calls.switch_was_away()
        if self.account is not None and self._watch.has_changed(self._hosts):
            log.info("the network has changed, or the computer slept")
            self.network_changed()
        self._settle()
        self._door.look()

    def network_changed(self) -> None:
        """Moves sockets, registrations and calls to the network that is there now; without one there is only that to
        tell."""
        has_way = any(self._way(host) for host in self._hosts)
        if has_way or not self._hosts:
            try:
                self._endpoint.handleIpChange(pj.IpChangeParam())
            except PjsipErrors as reason:
                log.warning("the phone could not follow the network: %s", said(reason))
        for each in (self._first, self._second):
            if has_way:
                each.is_asked_by_pjsip()
            else:
                each.hurry()

    def takes_calls_from(self, source: str) -> bool:
        return self._door.takes(source)

    def arrived(self, pjsip_id: int, message: str, source: str) -> None:
        self.call_came(pjsip_id, message, source)

    def registrar_answered(self, account: PjsipAccount, answer: Answer) -> None:
        self._whose(account).answered(answer)

    def registrar_is_alive(self, account: PjsipAccount) -> None:
        self._whose(account).is_alive()

    def is_switch(self, source: str) -> bool:
        """One of the addresses that the account's names stand for."""
        return host_of(source) in self._hosts

    def is_of_switch(self, source: str) -> bool:
        """Whether what came from this host and port is the word of a switch that we are registered at."""
        return isinstance(self.registration, Registered) and self.is_switch(source)

    def summary_came(self, message: str, source: str) -> None:
        if self.beside_calls is not None:
            self.beside_calls.summary_came(message, source)

    def text_came(self, content_type: str, message: str, source: str) -> None:
        if self.beside_calls is not None:
            self.beside_calls.text_came(content_type, message, source)

    @property
    def _hosts(self) -> tuple[str, ...]:
        return (*self._first.hosts, *self._second.hosts)

    def _way(self, host: str) -> str | None:
        return way_to(host, self.account.bound_to if self.account is not None else "")

    @property
    def _in_use(self) -> Registrar:
        by_second = isinstance(self._second.standing, Registered) and not isinstance(self._first.standing, Registered)
        return self._second if by_second else self._first

    def _whose(self, account: PjsipAccount) -> Registrar:
        return self._first if account is self._first.towards else self._second

    def _connection_moved(self, prm: pj.OnTransportStateParam) -> None:
        name = int(prm.hnd)
        if prm.state == pj.PJSIP_TP_STATE_CONNECTED:
            self._connected.add(name)
        elif prm.state == pj.PJSIP_TP_STATE_DISCONNECTED:
            trouble = trouble_of(prm)
            for each in (self._first, self._second):
                each.trouble = trouble
                if name in self._connected:
                    each.connection_ended()
            self._connected.discard(name)

    def _settle(self, *, is_new: bool = False) -> None:
        account = self.account
        self._door.open_to(account, self._hosts)
        if account is not None and account.second_registrar:
            if isinstance(self._first.standing, RegistrarUnreachable):
                self._second.use(account, account.second_registrar)
            elif isinstance(self._first.standing, Registered) and not isinstance(self._second.standing, NotRegistered):
                self._second.leave()
        now, port = self._timed(self._standing()), self._port()
        is_news = is_new or _is_news(self.registration, now) or port != self.sip_port
        self.registration, self.sip_port = now, port
        if is_news:
            self._tell(RegistrationChanged(now, port))
        if self._may_close:
            in_use = {each.transport for each in (self._first, self._second) if each.transport is not None}
            self._transports.close_all_but(in_use)

    def _standing(self) -> Registration:
        in_use = self._in_use.standing
        if isinstance(in_use, Registered):
            return in_use
        return Registering() if isinstance(self._second.standing, Registering) else in_use

    def _timed(self, now: Registration) -> Registration:
        """With how long it took: since there was no line, or where there was one since the switch was asked."""
        before = self.registration
        if not isinstance(now, Registered):
            if self._without_since is None:
                self._without_since = time.monotonic()
                if isinstance(before, Registered) and not isinstance(now, NotRegistered):
                    log.warning("the line to %s is lost: %s", before.registrar, self._first.standing)
                    self.was_lost()
            return now
        if self._without_since is None and isinstance(before, Registered) and before.registrar == now.registrar:
            return replace(now, took_ms=before.took_ms)
        since, self._without_since = self._without_since, None
        took_ms = int(1000 * (time.monotonic() - (self._in_use.asked_at if since is None else since)))
        log.info("registered at %s after %d ms", now.registrar, took_ms)
        return replace(now, took_ms=took_ms)

    def _port(self) -> int:
        transport = self._in_use.transport
        return self.sip_port if transport is None else self._transports.port(transport)


def _is_news(before: Registration, now: Registration) -> bool:
    """A registration that was only renewed is none."""
    if isinstance(before, Registered) and isinstance(now, Registered):
        return (before.registrar, before.elsewhere) != (now.registrar, now.elsewhere)
    return before != now
