"""PJSIP's own settings objects made from our values."""

import logging
from pathlib import Path

import pjsua2 as pj

from agent_desktop.softphone.pjsip.sip_log import SipLog

log = logging.getLogger(__name__)

BRIDGE_RATE_HZ = 16000
_ECHO_TAIL_MS = 200
# Our build says RuntimeError; the index's wheels, which have a Python class for everything, say pj.Error.
PjsipErrors: tuple[type[Exception], ...] = (
    (RuntimeError, pj.Error) if issubclass(pj.Error, Exception) else (RuntimeError,)
)


def said(reason: Exception) -> str:
    return str(reason).strip().replace("\n", "; ")


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
    config.medConfig.quality = 4  # resampling keeps 3.6 kHz of G.711 and 121 dB; 5 costs three times as much unheard
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


def order_codecs(endpoint: pj.Endpoint, wanted: tuple[str, ...]) -> None:
    """Best first; the rest is switched off, unless nothing of what is wanted is there."""
    known = [codec.codecId for codec in endpoint.codecEnum2()]
    ranks = {name: rank for name in known if (rank := _rank(name, wanted)) is not None}
    if not ranks:
        log.warning("this phone has none of the codecs %s; it has %s", wanted, known)
        return
    for name in known:
        endpoint.codecSetPriority(name, 250 - ranks[name] if name in ranks else 0)
    for name in known:
        if name.startswith("opus/"):  # the index's wheels have no Opus
            _set_opus(endpoint, name)


def _set_opus(endpoint: pj.Endpoint, name: str) -> None:
    opus = endpoint.getCodecOpusConfig()
    opus.sample_rate = BRIDGE_RATE_HZ
    opus.channel_cnt = 1
    endpoint.setCodecOpusConfig(opus)
    # Said aloud, because PJSIP else joins in when the other side speaks in stereo, and adds both channels up.
    parameters = endpoint.codecGetParam(name)
    for parameter in ("stereo", "sprop-stereo"):
        mono = pj.CodecFmtp()
        mono.name, mono.val = parameter, "0"
        parameters.setting.decFmtp.append(mono)
    endpoint.codecSetParam(name, parameters)


def _rank(name: str, wanted: tuple[str, ...]) -> int | None:
    """PJSIP's names are like `PCMA/8000/1`."""
    bare = name.partition("/")[0].lower()
    return next((place for place, each in enumerate(wanted) if each.lower() == bare), None)
