"""One registrar of the account: asking it to register, asking again, and looking whether it still knows us."""

import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

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
    Trouble,
)
from agent_desktop.softphone.pjsip.account import Answer, PjsipAccount, account_config, registrar_uri
from agent_desktop.softphone.pjsip.network import Hosts, Names, host_of, is_v6, way_to
from agent_desktop.softphone.pjsip.settings import PjsipErrors, said
from agent_desktop.softphone.pjsip.transports import Transports

log = logging.getLogger(__name__)

_PATIENCE_S = 3.0  # PJSIP itself waits 32 s for a registrar that is not there, and goes on asking meanwhile
_GOODBYE_S = 1.0
_RETRY_REFUSED_S = 60.0
_RETRY_S = {Trouble.NO_ANSWER: 0.5}  # after it has been waited for already
_RETRY_S |= dict.fromkeys((Trouble.UNKNOWN_HOST, Trouble.NO_ROUTE, Trouble.CONNECTION_REFUSED, Trouble.PORT_TAKEN), 2.0)
_RETRY_PATIENTLY_S = 10.0  # where a person must mend something first
_NOT_OFTENER_THAN_S = 1.0
_BUSY = "PJSIP_EBUSY"  # it is asking already
_SECOND_ASKING_S = 0.45  # PJSIP asks again after half a second
_THIRD_ASKING_S = 1.45
_PASSING = frozenset({408, 429, 480})  # of the 4xx, those that do not mean this account


class Registrar:
    """Callbacks only note what came; `look` acts on it, outside of them.

    `trouble` is what the last connection died of; whoever follows connections sets it. `standing` is NotRegistered
    until `use`, and after `leave`.
    """

    def __init__(
        self, account: PjsipAccount, transports: Transports, names: Names, clock: Callable[[], datetime]
    ) -> None:
        self.towards = account
        self.standing: Registration = NotRegistered()
        self.trouble: Trouble | None = None
        self.asked_at = 0.0
        """When it was asked last, on the monotonic clock."""
        self.transport: int | None = None
        self._transports = transports
        self._names = names
        self._clock = clock
        self._account: Account | None = None
        self._address = ""
        self._next: tuple[Account, str] | None = None
        self._made_of: tuple[Account, str, str] | None = None
        self._hosts = Hosts()
        self._answer: Answer | None = None
        self._is_alive = False
        self._is_pending = False
        self._was_registered = False
        self._by_options = False
        self._was_away = False
        self._has_returned = False
        self._leaves_until: float | None = None
        self._patient_until: float | None = None
        self._ask_at: float | None = None
        self._look_at: float | None = None

    @property
    def due_at(self) -> float | None:
        """When `look` has something to do, on the monotonic clock."""
        waits = (self._leaves_until, self._patient_until, self._ask_at, self._look_at)
        return min((at for at in waits if at is not None), default=None)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The addresses of the switch."""
        return self._hosts.known

    @property
    def is_leaving(self) -> bool:
        """It has been told goodbye and has not answered yet."""
        return self._leaves_until is not None

    def use(self, account: Account, address: str) -> None:
        """Registers there instead of where it was, which is told goodbye first. An empty address: no registration."""
        if (account, address) == (self._account, self._address):
            return
        self._next = (account, address)
        if self._says_goodbye():
            self._rest(Registering() if address else NotRegistered())
        else:
            self._begin()

    def leave(self) -> None:
        self._next = None
        self._says_goodbye()
        self._account = None
        self._rest(NotRegistered())

    def hurry(self) -> None:
        """Something may have changed: asks now, instead of when its time comes."""
        if self._account is not None and self._leaves_until is None:
            self._ask_at = time.monotonic()

    def is_asked_by_pjsip(self) -> None:
        """PJSIP registers anew by itself, after a change of the network."""
        if isinstance(self.standing, Registered):
            self._patient_until = time.monotonic() + _PATIENCE_S
        else:
            self.hurry()

    def connection_ended(self) -> None:
        """Of those that carried something; perhaps its own."""
        if isinstance(self.standing, Registered) and time.monotonic() - self.asked_at > _NOT_OFTENER_THAN_S:
            self._was_away = True
            self.hurry()

    def has_returned(self) -> bool:
        """True once: it has accepted us after a break so short that the registration outlived it. It may have been
        started anew meanwhile, and have forgotten what else we had asked of it."""
        returned, self._has_returned = self._has_returned, False
        return returned

    def answered(self, answer: Answer) -> None:
        self._answer = answer

    def is_alive(self) -> None:
        """It answered an OPTIONS, with whatever."""
        self._is_alive = True

    def look(self) -> None:
        if self._answer is not None:
            answer, self._answer = self._answer, None
            self._is_pending = False
            self._take(answer)
        if self._is_alive:
            self._is_alive = False
            self._found_alive()
        now = time.monotonic()
        if self._leaves_until is not None and now >= self._leaves_until:
            self._left()
        if self._patient_until is not None and now >= self._patient_until:
            self._unreachable(Trouble.NO_ANSWER)
        if self._ask_at is not None and now >= self._ask_at:
            self._ask()
        if self._look_at is not None and now >= self._look_at:
            self._see_whether_alive()

    @property
    def _switch(self) -> str:
        """Where everything goes first; empty when calls go straight to the addresses dialled."""
        return self._account.proxy or self._address if self._account is not None else ""

    def _begin(self) -> None:
        if self._next is None:
            return
        (self._account, self._address), self._next = self._next, None
        self._hosts = Hosts()
        self._rest(Registering() if self._address else NotRegistered())
        self._ask()

    def _ask(self) -> None:
        account = self._account
        if account is None:
            return
        self._ask_at = self._look_at = None
        self.asked_at = time.monotonic()
        if self._switch:
            self._patient_until = self.asked_at + _PATIENCE_S
            self._names.look_up(host_of(self._switch), lambda found: self._ask_one_of(account, found))
        else:
            self._ask_host(account, "")

    def _ask_one_of(self, account: Account, found: tuple[str, ...]) -> None:
        if account != self._account:
            return
        self._hosts.known = found or self._hosts.known
        host = self._hosts.choose(account.bound_to)
        if not host or not (found or _may_ask_unnamed(account)):
            self._unreachable(Trouble.UNKNOWN_HOST)
        else:
            self._ask_host(account, host)

    def _ask_host(self, account: Account, host: str) -> None:
        if host and way_to(host, account.bound_to) is None:
            self._unreachable(Trouble.NO_ROUTE)
        elif self._is_made(account, host):
            if self._address:
                self._register(account)
            else:
                self._rest(NotRegistered())

    def _is_made(self, account: Account, host: str) -> bool:
        """PJSIP's account is that one now; it has stopped asking where it was asking before."""
        wanted = (account, self._address, host)
        if self._made_of == wanted:
            return True
        try:
            self.transport = self._transports.open(account, v6=is_v6(host or account.bound_to))
        except PjsipErrors as reason:
            self._unreachable(Trouble.PORT_TAKEN, 0, said(reason))
            return False
        try:
            self.towards.be(account_config(account, self._address, host, self.transport))
        except PjsipErrors as reason:
            self._unreachable(Trouble.ACCOUNT_UNUSABLE, 0, said(reason))
            return False
        self._made_of = wanted
        self._is_pending = False
        return True

    def _register(self, account: Account) -> None:
        """A datagram is repeated by PJSIP; what was sent on a connection is not, and a switch that is just starting
        drops it."""
        if self._is_pending and account.transport is Transport.UDP:
            return
        try:
            if self._is_pending:
                self.towards.ask_anew()
            self.towards.setRegistration(True)
        except PjsipErrors as reason:
            if _BUSY not in said(reason):
                self._unreachable(Trouble.NO_ANSWER, 0, said(reason))
                return
        self._is_pending = True

    def _take(self, answer: Answer) -> None:
        if self._leaves_until is not None:
            self._left()
        elif self._account is None or not self._address:
            return
        elif answer.code // 100 == 2:
            info = self.towards.getInfo()
            if info.regIsActive:  # else it was the goodbye of an address that we had before
                self._registered(int(info.regExpiresSec), answer.elsewhere)
        elif answer.code // 100 == 4 and answer.code not in _PASSING:
            self._refused(answer)
        elif answer.is_own:
            self._unreachable(self.trouble or Trouble.NO_ANSWER, answer.code, answer.reason)
        else:
            self._unreachable(Trouble.SERVER_FAILURE, answer.code, answer.reason)

    def _registered(self, lasts_s: int, elsewhere: tuple[str, ...]) -> None:
        self.trouble = None
        self._hosts.worked()
        self._has_returned = self._was_away or self._was_late()
        self._was_away = False
        self._was_registered = True
        until = self._clock() + timedelta(seconds=lasts_s)
        self._rest(Registered(until, self._address, elsewhere=elsewhere))
        self._look_later()

    def _was_late(self) -> bool:
        """By more than a slow network explains."""
        return time.monotonic() - self.asked_at > _THIRD_ASKING_S

    def _refused(self, answer: Answer) -> None:
        self._rest(RegistrationRefused(answer.code, answer.reason))
        if self._was_registered:  # then the account was right, and the switch may come to its senses
            self._ask_at = time.monotonic() + _RETRY_REFUSED_S

    def _unreachable(self, trouble: Trouble, code: int = 0, reason: str = "") -> None:
        retry_s = _RETRY_S.get(trouble, _RETRY_PATIENTLY_S)
        self._hosts.failed()
        self.trouble = None
        waits_s = _PATIENCE_S if trouble is Trouble.NO_ANSWER else 0.0
        self._rest(RegistrarUnreachable(code, reason, math.ceil(waits_s + retry_s), trouble))
        self._ask_at = time.monotonic() + retry_s

    def _rest(self, standing: Registration) -> None:
        if type(standing) is not type(self.standing):
            log.info("%s: %s", self._address or "no registrar", standing)
        self.standing = standing
        self._patient_until = self._ask_at = self._look_at = None

    def _says_goodbye(self) -> bool:
        """False: there is nobody to say it to."""
        self._was_registered = False
        if self._leaves_until is None and isinstance(self.standing, Registered | Registering) and self._address:
            with suppress(*PjsipErrors):
                self.towards.setRegistration(False)
                self._leaves_until = time.monotonic() + _GOODBYE_S
        return self._leaves_until is not None

    def _left(self) -> None:
        self._leaves_until = None
        self._address = ""
        self._begin()

    def _look_later(self) -> None:
        if self._account is not None and self._account.keep_alive_s:
            self._look_at = time.monotonic() + self._account.keep_alive_s

    def _see_whether_alive(self) -> None:
        account = self._account
        self._look_at = None
        if account is None:
            return
        if _may_ask_unnamed(account):
            self._see_host(account, self._hosts.known)
        else:
            self._names.look_up(host_of(self._switch), lambda found: self._see_host(account, found))

    def _see_host(self, account: Account, found: tuple[str, ...]) -> None:
        """OPTIONS costs the switch next to nothing, but one that was restarted answers it and has forgotten us. So
        every other time it is asked to register us again."""
        if account != self._account or not isinstance(self.standing, Registered):
            return
        if not found:  # the line may be well; another time
            self._look_later()
            return
        self._by_options = not self._by_options
        self.asked_at = time.monotonic()
        self._patient_until = self.asked_at + _PATIENCE_S
        if not self._by_options:
            self._ask_host(account, self._hosts.asked)
            return
        prm = pj.SendRequestParam()
        prm.method = "OPTIONS"
        prm.txOption.targetUri = registrar_uri(account, self._address)
        with suppress(*PjsipErrors):  # not sent is not answered
            self.towards.sendRequest(prm)

    def _found_alive(self) -> None:
        if not isinstance(self.standing, Registered):
            self.hurry()
        elif not self._is_pending:
            self._patient_until = None
            if time.monotonic() - self.asked_at > _SECOND_ASKING_S:  # it was away: perhaps it has been started anew
                self._was_away |= self._was_late()
                self._ask()
            else:
                self._look_later()


def _may_ask_unnamed(account: Account) -> bool:
    """PJSIP is told addresses, but with TLS names, because a certificate is for a name. It looks those up itself and
    everything waits for it, so it is asked only while names are answered."""
    return account.transport is not Transport.TLS
