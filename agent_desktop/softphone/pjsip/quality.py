"""What PJSIP counts of a call's packets, turned into how it sounds now."""

import time
from dataclasses import dataclass

import pjsua2 as pj

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.softphone.quality import opinion_score

_TOO_SHORT_S = 2.0  # one lost packet of a few says nothing


@dataclass(frozen=True, slots=True)
class _Heard:
    """Counted since the stream began; `discarded` came too late for the jitter buffer."""

    received: int = 0
    lost: int = 0
    discarded: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """By the other side, at `at_s`: how many of our packets never came."""

    lost: int = 0
    at_s: float = 0.0


class StreamMeter:
    """Of one call. Measures what happened since the last time, so that a bad minute shows while it lasts."""

    def __init__(self) -> None:
        self._began_s = 0.0
        self._heard = _Heard()
        self._told = _Told()
        self._loss_there_pct: float | None = None

    def measure(self, call_id: CallId, counted: pj.StreamStat, codec: str) -> QualityMeasured | None:
        """None while nothing has come."""
        rtcp, buffer = counted.rtcp, counted.jbuf
        began_s = _seconds(rtcp.start)
        if began_s != self._began_s:  # another stream: after a hold everything is counted anew
            self._began_s, self._heard, self._told = began_s, _Heard(), _Told(at_s=began_s)
        heard = _Heard(int(rtcp.rxStat.pkt), int(rtcp.rxStat.loss), int(rtcp.rxStat.discard))
        received = heard.received - self._heard.received
        lost = max(0, heard.lost - self._heard.lost)  # a packet that was overtaken is no longer lost when it comes
        discarded = heard.discarded - self._heard.discarded
        self._heard = heard
        if not received and not lost:
            return None
        expected = max(1, received + lost)
        trip_ms, jitter_ms = rtcp.rttUsec.last / 1000, rtcp.rxStat.jitterUsec.last / 1000
        unheard_pct = min(100.0, 100 * (lost + discarded) / expected)
        self._listen_to_the_other_side(rtcp)
        jitter_there_ms = rtcp.txStat.jitterUsec.last / 1000
        loss_there_pct = self._loss_there_pct
        is_told = loss_there_pct is not None
        return QualityMeasured(
            call_id,
            opinion_score(unheard_pct, jitter_ms, trip_ms, codec, float(buffer.avgDelayMsec) or None),
            round(100 * lost / expected, 2),
            round(jitter_ms, 2),
            round(trip_ms, 1),
            opinion_score(loss_there_pct, jitter_there_ms, trip_ms, codec) if loss_there_pct is not None else None,
            loss_there_pct,
            round(jitter_there_ms, 2) if is_told else None,
            codec,
        )

    def _listen_to_the_other_side(self, rtcp: pj.RtcpStat) -> None:
        """It tells the sum of what it missed at its own pace; we know how fast we send."""
        told = _Told(int(rtcp.txStat.loss), _seconds(rtcp.txStat.update))
        if not rtcp.txStat.updateCount or told.at_s - self._told.at_s < _TOO_SHORT_S:
            return
        a_second = int(rtcp.txStat.pkt) / max(1e-3, time.time() - self._began_s)
        sent = a_second * (told.at_s - self._told.at_s)
        if sent > 0:
            self._loss_there_pct = round(max(0.0, min(100.0, 100 * (told.lost - self._told.lost) / sent)), 2)
        self._told = told


def _seconds(moment: pj.TimeVal) -> float:
    return float(moment.sec + moment.msec / 1000)
