"""The account towards the switch: its transport, its registration."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import pjsua2 as pj

from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    Registering,
    RegistrarUnreachable,
    Registration,
    RegistrationRefused,
    Transport,
)
from agent_desktop.softphone.engine import Tell
from agent_desktop.softphone.events import RegistrationChanged
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.settings import (
    RETRY_REGISTER_S,
    PjsipErrors,
    account_config,
    open_transport,
    port_of,
)

_REGISTER_PATIENCE_S = 3  # PJSIP itself waits 32 s for a registrar that is not there


class BesideCalls(Protocol):
    """What is told of everything else the switch sends. `source` is the sender's host and port."""

    def summary_came(self, message: str, source: str) -> None: ...

    def text_came(self, content_type: str, message: str, source: str) -> None: ...


class _PjsipAccount(pj.Account):  # type: ignore[misc]
    def __init__(self, arrived: Callable[[int, str], None], answered: Callable[[int, str], None]) -> None:
        super().__init__()
        self._arrived = arrived
        self._answered = answered
        self.beside_calls: BesideCalls | None = None
        self.switch_host: str | None = None

    @guarded
    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:  # noqa: N802
        self._arrived(prm.callId, prm.rdata.wholeMsg)

    @guarded
    def onRegState(self, prm: pj.OnRegStateParam) -> None:  # noqa: N802
        if prm.code // 100 == 2:
            self.switch_host = _host(prm.rdata.srcAddress)
        self._answered(int(prm.code), prm.reason)

    @guarded
    def onMwiInfo(self, prm: pj.OnMwiInfoParam) -> None:  # noqa: N802
        if self.beside_calls is not None:
            self.beside_calls.summary_came(prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:  # noqa: N802
        if self.beside_calls is not None:
            self.beside_calls.text_came(prm.contentType, prm.rdata.wholeMsg, prm.rdata.srcAddress)


class Line:
    """PJSIP's account object is made once and changed afterwards, so that running calls keep it."""

    def __init__(
        self,
        endpoint: pj.Endpoint,
        tell: Tell,
        clock: Callable[[], datetime],
        arrived: Callable[[int, str], None],
    ) -> None:
        self._endpoint = endpoint
        self._tell = tell
        self._clock = clock
        self._is_made = False
        self._config: pj.AccountConfig | None = None
        self._transport: tuple[tuple[Transport, str, int], int] | None = None
        self.towards_switch = _PjsipAccount(arrived, self._registrar_answered)
        self.account: Account | None = None
        self.registration: Registration = NotRegistered()
        self.sip_port = 0
        self.patient_until: float | None = None

    @property
    def is_registered(self) -> bool:
        return isinstance(self.registration, Registered)

    def use(self, account: Account | None, *, may_close: bool) -> None:
        """`may_close`: no call needs the transport of the account before. Raises PjsipErrors."""
        if account == self.account:
            self._tell(RegistrationChanged(self.registration, self.sip_port))
        elif account is None:
            self.give_up()
            self.account = None
            self._registration_is(NotRegistered())
        else:
            self._begin(account, may_close=may_close)

    def give_up(self) -> None:
        if isinstance(self.registration, Registered | Registering):
            with suppress(*PjsipErrors):
                self.towards_switch.setRegistration(False)

    def close(self) -> None:
        if self._is_made:
            self.towards_switch.shutdown()

    def is_of_switch(self, source: str) -> bool:
        """Whether this host and port is where the registrar, or the proxy before it, answered from."""
        return self.is_registered and _host(source) == self.towards_switch.switch_host

    def renew_voicemail(self) -> None:
        """Asks the switch for the count of messages anew: it may be another one, or have forgotten us. PJSIP would
        ask only when its subscription ends."""
        if self._config is None:
            return
        for enabled in (False, True):
            self._config.mwiConfig.enabled = enabled
            with suppress(*PjsipErrors):
                self.towards_switch.modify(self._config)

    def look_at_clock(self, now: float) -> None:
        if self.patient_until is not None and now >= self.patient_until:
            self._registration_is(RegistrarUnreachable(0, "", RETRY_REGISTER_S))

    def _begin(self, account: Account, *, may_close: bool) -> None:
        config = self._config = account_config(account, self._open(account, may_close=may_close))
        self.account = account
        if account.registrar is None:
            self.registration = NotRegistered()
            self._tell(RegistrationChanged(self.registration, self.sip_port))
        else:
            self._registration_is(Registering())
            self.patient_until = time.monotonic() + _REGISTER_PATIENCE_S
        if self._is_made:
            self.towards_switch.modify(config)
        else:
            self.towards_switch.create(config)
            self._is_made = True

    def _open(self, account: Account, *, may_close: bool) -> int:
        """The account's transport, opened anew only if it is another one."""
        wanted = (account.transport, account.bound_to, account.local_port)
        if self._transport is not None and self._transport[0] == wanted:
            return self._transport[1]
        old, opened = self._transport, open_transport(self._endpoint, *wanted)
        self._transport = (wanted, opened)
        self.sip_port = port_of(self._endpoint, opened)
        if old is not None and may_close:
            with suppress(*PjsipErrors):
                self._endpoint.transportClose(old[1])
        return opened

    def _registrar_answered(self, code: int, reason: str) -> None:
        if self.account is None or self.account.registrar is None:
            self._registration_is(NotRegistered())
        elif code // 100 == 2:
            now = self.towards_switch.getInfo()
            lasts = timedelta(seconds=int(now.regExpiresSec))
            self._registration_is(Registered(self._clock() + lasts) if now.regIsActive else NotRegistered())
        elif code // 100 == 4 and code != 408:
            self._registration_is(RegistrationRefused(code, reason))
        else:
            self._registration_is(RegistrarUnreachable(code, reason, RETRY_REGISTER_S))

    def _registration_is(self, now: Registration) -> None:
        self.patient_until = None
        if now != self.registration:
            self.registration = now
            self._tell(RegistrationChanged(now, self.sip_port))


def _host(source: str) -> str:
    return source.rpartition(":")[0]
