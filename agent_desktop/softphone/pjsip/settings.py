"""PJSIP's own settings objects made from our values."""

from pathlib import Path

import pjsua2 as pj

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.pjsip.sip_log import SipLog

CODECS = ("opus/", "G722/", "PCMA/", "PCMU/")  # best first; the rest is switched off
BRIDGE_RATE_HZ = 16000
_ECHO_TAIL_MS = 200
_KINDS = {
    Transport.UDP: pj.PJSIP_TRANSPORT_UDP,
    Transport.TCP: pj.PJSIP_TRANSPORT_TCP,
    Transport.TLS: pj.PJSIP_TRANSPORT_TLS,
}
RETRY_REGISTER_S = 10
_MWI_EVERY_S = 600
# Our build says RuntimeError; the index's wheels, which have a Python class for everything, say pj.Error.
PjsipErrors: tuple[type[Exception], ...] = (
    (RuntimeError, pj.Error) if issubclass(pj.Error, Exception) else (RuntimeError,)
)


def offer() -> pj.CallOpParam:
    """Parameters of a request or answer with our offer: one audio stream, nothing else."""
    prm = pj.CallOpParam(True)  # noqa: FBT003
    prm.opt.audioCount, prm.opt.videoCount = 1, 0
    if hasattr(prm.opt, "textCount"):  # new in 2.17
        prm.opt.textCount = 0
    return prm


def endpoint_config(max_calls: int, sip_log: Path | None) -> pj.EpConfig:
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0
    config.uaConfig.mainThreadOnly = True
    config.uaConfig.maxCalls = max_calls
    config.uaConfig.userAgent = "Agent Desktop"
    # No media thread: it would wake 100 times a second all day, and take our events.
    config.medConfig.hasIoqueue = False
    config.medConfig.threadCnt = 0
    config.medConfig.noVad = True  # exchanges take a silent leg for a dead one
    config.medConfig.sndAutoCloseTime = -1  # closing is ours, a recording needs the clock until its end
    config.medConfig.clockRate = BRIDGE_RATE_HZ
    config.medConfig.ecTailLen = _ECHO_TAIL_MS
    config.logConfig.consoleLevel = 0
    config.logConfig.level = 0
    if sip_log is not None:
        config.logConfig.level = config.logConfig.consoleLevel = 4  # the writer stands for the console
        config.logConfig.msgLogging = 1
        writer = SipLog(sip_log)
        config.logConfig.writer = writer
        writer.__disown__()  # PJSIP deletes it with itself
    return config


def order_codecs(endpoint: pj.Endpoint) -> None:
    names = [codec.codecId for codec in endpoint.codecEnum2()]
    for name in names:
        rank = next((place for place, prefix in enumerate(CODECS) if name.startswith(prefix)), None)
        endpoint.codecSetPriority(name, 0 if rank is None else 250 - rank)
    if any(name.startswith("opus/") for name in names):  # the index's wheels have no Opus
        opus = endpoint.getCodecOpusConfig()
        opus.sample_rate = BRIDGE_RATE_HZ
        opus.channel_cnt = 1
        endpoint.setCodecOpusConfig(opus)


def open_transport(endpoint: pj.Endpoint, kind: Transport, address: str, port: int) -> int:
    """PJSIP's number of it. Raises PjsipErrors when the port is taken."""
    config = pj.TransportConfig()
    config.port = port
    config.boundAddress = address
    return int(endpoint.transportCreate(_KINDS[kind], config))


def port_of(endpoint: pj.Endpoint, transport: int) -> int:
    return int(endpoint.transportGetInfo(transport).localAddress.rpartition(":")[2])


def account_config(account: Account, transport: int) -> pj.AccountConfig:
    config = pj.AccountConfig()
    # With no registrar the address callers use is ours; its host is of no matter to anybody.
    name = account.display_name.replace("\\", "\\\\").replace('"', '\\"')
    address = f"sip:{account.user}@{account.domain or '127.0.0.1'}"
    config.idUri = f'"{name}" <{address}>' if name else address
    config.sipConfig.transportId = transport
    suffix = "" if account.transport is Transport.UDP else f";transport={account.transport}"
    if account.registrar:
        config.regConfig.registrarUri = f"sip:{account.registrar}{suffix}"
    if account.proxy:
        config.sipConfig.proxies.append(f"sip:{account.proxy};lr{suffix}")
    if account.password:
        user = account.auth_user or account.user
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, account.password))
    config.regConfig.registerOnAdd = account.registrar is not None
    config.regConfig.timeoutSec = account.register_every_s
    config.regConfig.firstRetryIntervalSec = 2
    config.regConfig.retryIntervalSec = RETRY_REGISTER_S
    config.regConfig.randomRetryIntervalSec = 2
    config.regConfig.unregWaitMsec = 500
    config.mwiConfig.expirationSec = _MWI_EVERY_S
    config.mediaConfig.transportConfig.boundAddress = account.bound_to
    return config
