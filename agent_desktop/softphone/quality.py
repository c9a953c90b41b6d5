"""How good a call sounds, estimated from what RTCP counts (E-model, ITU-T G.107), and on which side it is worse."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Final

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.events import QualityMeasured
from agent_model.call_quality import CallQuality

GOOD_FROM = 4.0
"""Most people are content from here on (G.107 Annex B)."""
_ABOUT_THE_SAME = 0.5
_BEST_RATING = 93.2  # with every other input of G.107 at its default
_FRAME_MS = 20


@dataclass(frozen=True, slots=True)
class _Coder:
    """`impairment` is Ie, `robustness` Bpl of G.113; `delay_ms` is what the coder itself takes beyond a frame."""

    impairment: float
    robustness: float
    delay_ms: float = 0.0


# G.711 with concealment, which PJSIP has, is of G.113 Appendix I. That scale is for telephone bandwidth and knows
# neither G.722 nor Opus: without loss they count as G.711, and their robustness is our choice between G.711 without
# concealment (4.3) and with it.
_CODERS: Final[Mapping[str, _Coder]] = {
    "pcma": _Coder(0, 25.1),
    "pcmu": _Coder(0, 25.1),
    "g722": _Coder(0, 15, 1.5),
    "opus": _Coder(0, 20, 6.5),
}
_UNKNOWN = _Coder(0, 4.3)


class Side(StrEnum):
    """HERE: the agent hears badly, what comes gets lost. THERE: the other side does, what leaves gets lost."""

    NEITHER = "neither"
    HERE = "here"
    THERE = "there"
    BOTH = "both"


def opinion_score(
    loss_pct: float, jitter_ms: float, round_trip_ms: float, codec: str = "pcma", buffer_ms: float | None = None
) -> float:
    """Mean opinion score 1..4.5. `buffer_ms` is what the jitter buffer adds to the delay, taken to be twice the jitter
    where that is not known; loss is taken to be random."""
    coder = _CODERS.get(codec.lower(), _UNKNOWN)
    waits_ms = 2 * jitter_ms if buffer_ms is None else buffer_ms
    delay_ms = round_trip_ms / 2 + waits_ms + _FRAME_MS + coder.delay_ms
    delay_impairment = 0.024 * delay_ms + (0.11 * (delay_ms - 177.3) if delay_ms > 177.3 else 0.0)
    loss_impairment = (95 - coder.impairment) * loss_pct / (loss_pct + coder.robustness)
    rating = max(0.0, min(100.0, _BEST_RATING - delay_impairment - coder.impairment - loss_impairment))
    score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)
    return round(max(1.0, min(4.5, score)), 2)


def worse_side(measured: QualityMeasured) -> Side:
    """Where the network is bad; NEITHER while both hear well."""
    here, there = measured.mos, measured.mos_there
    if there is None or there >= GOOD_FROM:
        return Side.HERE if here < GOOD_FROM else Side.NEITHER
    if here < GOOD_FROM and abs(here - there) < _ABOUT_THE_SAME:
        return Side.BOTH
    return Side.HERE if here < there else Side.THERE


class QualityLog:
    """What was measured of the calls that are up, until their summary is taken."""

    def __init__(self) -> None:
        self._measured: dict[CallId, list[QualityMeasured]] = {}

    def add(self, measured: QualityMeasured) -> None:
        self._measured.setdefault(measured.call_id, []).append(measured)

    def take(self, call_id: CallId) -> CallQuality | None:
        """The whole call in figures, once; None when nothing was measured."""
        measured = self._measured.pop(call_id, [])
        if not measured:
            return None
        told = [each for each in measured if each.mos_there is not None]
        return CallQuality(
            codec=measured[-1].codec,
            mos=round(fmean(each.mos for each in measured), 2),
            mos_min=min(each.mos for each in measured),
            loss_pct=round(fmean(each.loss_pct for each in measured), 2),
            jitter_ms=round(fmean(each.jitter_ms for each in measured), 2),
            round_trip_ms=round(fmean(each.round_trip_ms for each in measured), 1),
            mos_there=round(fmean(each.mos_there or 0.0 for each in told), 2) if told else None,
            loss_there_pct=round(fmean(each.loss_there_pct or 0.0 for each in told), 2) if told else None,
        )
