"""PJSIP's account object: who we are towards one switch."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import pjsua2 as pj

from agent_desktop.softphone.account import Account, Keying, MediaEncryption, Transport
from agent_desktop.softphone.contacts import elsewhere
from agent_desktop.softphone.pjsip.call import guarded
from agent_desktop.softphone.pjsip.network import host_of, is_v6
from agent_desktop.softphone.pjsip.settings import PjsipErrors

log = logging.getLogger(__name__)

_BY_PROXY_OF_THE_PHONE = 1  # PJSUA_REG_USE_OUTBOUND_PROXY, which the index's wheels leave out
_MWI_EVERY_S = 120
_SOUND_PORTS = range(40000, 60000)
_ENCRYPTION = {
    MediaEncryption.OFF: pj.PJMEDIA_SRTP_DISABLED,
    MediaEncryption.PREFERRED: pj.PJMEDIA_SRTP_OPTIONAL,
    MediaEncryption.REQUIRED: pj.PJMEDIA_SRTP_MANDATORY,
}
_KEYING = {
    Keying.SDES: pj.PJMEDIA_SRTP_KEYING_SDES,
    Keying.DTLS: pj.PJMEDIA_SRTP_KEYING_DTLS_SRTP,
}


class Owner(Protocol):
    """What an account tells, always from inside the engine's `wait`. `source` is the sender's address."""

    def arrived(self, pjsip_id: int, message: str, source: str) -> None: ...

    def registrar_answered(self, account: "PjsipAccount", answer: "Answer") -> None: ...

    def registrar_is_alive(self, account: "PjsipAccount") -> None: ...

    def summary_came(self, message: str, source: str) -> None: ...

    def text_came(self, content_type: str, message: str, source: str) -> None: ...

    def is_switch(self, source: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """Of a registrar. `is_own`: PJSIP's own words, nobody has answered. `elsewhere`: hosts of other telephones."""

    code: int
    reason: str
    is_own: bool
    elsewhere: tuple[str, ...] = ()


class PjsipAccount(pj.Account):  # type: ignore[misc]
    """Made once and changed afterwards, so that running calls keep it. `mark` tells this telephone's registrations from
    those of others."""

    def __init__(self, owner: Owner, mark: str) -> None:
        super().__init__()
        self._owner = owner
        self._mark = mark
        self._config: pj.AccountConfig | None = None

    def be(self, config: pj.AccountConfig) -> None:
        """Raises PjsipErrors."""
        config.regConfig.contactUriParams = f";line={self._mark}"
        if self._config is None:
            self.create(config)
        else:
            self.modify(config)
        self._config = config

    def ask_anew(self) -> None:
        """Forgets a registration that nobody has answered; PJSIP would hold on to it for half a minute. It does so when
        the way is another one, and with or without proxies of the whole phone, which there are none of, is one.
        Raises PjsipErrors."""
        if self._config is not None:
            self._config.regConfig.proxyUse ^= _BY_PROXY_OF_THE_PHONE
            self.modify(self._config)

    def close(self) -> None:
        if self._config is not None:
            self.shutdown()

    def renew_voicemail(self) -> None:
        """Subscribes to the count of messages from its beginning."""
        if self._config is None:
            return
        for enabled in (False, True):
            self._config.mwiConfig.enabled = enabled
            with suppress(*PjsipErrors):
                self.modify(self._config)

    @guarded
    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:  # noqa: N802
        self._owner.arrived(prm.callId, prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onRegState(self, prm: pj.OnRegStateParam) -> None:  # noqa: N802
        said = prm.rdata.wholeMsg
        self._owner.registrar_answered(
            self, Answer(int(prm.code), prm.reason, is_own=not said, elsewhere=elsewhere(said, self._mark))
        )

    @guarded
    def onSendRequest(self, prm: pj.OnSendRequestParam) -> None:  # noqa: N802
        if prm.e.type == pj.PJSIP_EVENT_TSX_STATE and prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG:
            self._owner.registrar_is_alive(self)

    @guarded
    def onMwiInfo(self, prm: pj.OnMwiInfoParam) -> None:  # noqa: N802
        self._owner.summary_came(prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onInstantMessage(self, prm: pj.OnInstantMessageParam) -> None:  # noqa: N802
        self._owner.text_came(prm.contentType, prm.rdata.wholeMsg, prm.rdata.srcAddress)

    @guarded
    def onAuthChallenge(self, prm: "pj.OnAuthChallengeParam") -> None:  # noqa: N802
        """Our password is the switch's business; whoever else asks for a digest of it could try words on it."""
        if not self._owner.is_switch(prm.rdata.srcAddress):
            log.warning("%s, which is not the switch, asked for our password", prm.rdata.srcAddress)
            prm.challenge.abandon()


def account_config(account: Account, registrar: str, next_hop: str, transport: int) -> pj.AccountConfig:
    """`registrar` empty: none. `next_hop` is the address everything goes to, empty: wherever it says."""
    config = pj.AccountConfig()
    # With no registrar the address callers use is ours; its host is of no matter to anybody.
    name = account.display_name.replace("\\", "\\\\").replace('"', '\\"')
    address = f"sip:{account.user}@{account.domain or '127.0.0.1'}"
    config.idUri = f'"{name}" <{address}>' if name else address
    _set_ways(config, account, registrar, next_hop, transport)
    if account.password and next_hop:
        user = account.auth_user or account.user
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, account.password))
    _set_media(config, account, next_hop)
    return config


def registrar_uri(account: Account, registrar: str) -> str:
    return f"sip:{registrar}{_over(account.transport)}"


def _set_ways(config: pj.AccountConfig, account: Account, registrar: str, next_hop: str, transport: int) -> None:
    v6 = is_v6(next_hop or account.bound_to)
    config.sipConfig.transportId = transport
    config.sipConfig.ipv6Use = pj.PJSUA_IPV6_ENABLED_USE_IPV6_ONLY if v6 else pj.PJSUA_IPV6_DISABLED
    over = _over(account.transport)
    named = account.proxy or registrar
    if next_hop and account.transport is not Transport.TLS:  # a certificate is for a name, which PJSIP must know then
        port = named.removeprefix("[").removeprefix(host_of(named)).removeprefix("]")
        config.sipConfig.proxies.append(f"<sip:{f'[{next_hop}]' if v6 else next_hop}{port}{over};lr;hide>")
    elif next_hop and not account.proxy:
        config.sipConfig.proxies.append(f"<sip:{registrar}{over};lr;hide>")
    if account.proxy:
        config.sipConfig.proxies.append(f"<sip:{account.proxy}{over};lr>")
    if registrar:
        config.regConfig.registrarUri = registrar_uri(account, registrar)
    # When to ask is ours to say.
    config.regConfig.registerOnAdd = False
    config.regConfig.disableRegOnModify = True
    config.regConfig.retryIntervalSec = 0
    config.regConfig.timeoutSec = account.register_every_s
    config.regConfig.unregWaitMsec = 500
    config.mwiConfig.expirationSec = _MWI_EVERY_S
    config.natConfig.udpKaIntervalSec = 0
    config.natConfig.sipStunUse = pj.PJSUA_STUN_USE_DISABLED  # the registrar tells how it sees us


def _set_media(config: pj.AccountConfig, account: Account, next_hop: str) -> None:
    v6 = is_v6(next_hop or account.bound_to)
    config.mediaConfig.ipv6Use = pj.PJSUA_IPV6_ENABLED_USE_IPV6_ONLY if v6 else pj.PJSUA_IPV6_DISABLED
    # A second offer after each answer with several codecs: to Asterisk it says that a hold has ended, and its music on
    # hold and our silence then reach the caller together.
    config.mediaConfig.lockCodecEnabled = False
    ports = config.mediaConfig.transportConfig
    ports.boundAddress = account.bound_to
    # PJSIP sends to wherever a stream comes from that comes alone. Where it would begin by itself, at 4000, that may be
    # one left over from the phone before this one, or a stranger's.
    ports.port, ports.portRange, ports.randomizePort = _SOUND_PORTS.start, len(_SOUND_PORTS) - 1, True
    config.mediaConfig.srtpUse = _ENCRYPTION[account.media_encryption]
    config.mediaConfig.srtpSecureSignaling = 0
    config.mediaConfig.srtpOpt.keyings.append(_KEYING[account.keying])
    config.natConfig.mediaStunUse = pj.PJSUA_STUN_USE_DEFAULT if account.stun_server else pj.PJSUA_STUN_USE_DISABLED
    # On loopback PJSIP finds no candidates of its own, and the call would fail.
    config.natConfig.iceEnabled = account.ice and not (next_hop or account.bound_to).startswith(("127.", "::1"))


def _over(transport: Transport) -> str:
    return "" if transport is Transport.UDP else f";transport={transport}"
