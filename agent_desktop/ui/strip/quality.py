"""How good a call sounds, in a word, a colour and the figures behind them, and at which side it is worse."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.softphone.quality import GOOD_FROM, Side, worse_side
from agent_desktop.ui.appearance.formats import Formats

FAIR_FROM = 3.6
"""Many people complain below this (ITU-T G.107 Annex B)."""

translate = QCoreApplication.translate


def worst_score(measured: QualityMeasured) -> float:
    """Of what is heard here and what is heard there, the worse."""
    return measured.mos if measured.mos_there is None else min(measured.mos, measured.mos_there)


def quality_word(score: float) -> tuple[str, str]:
    """(word, colour token)."""
    if score >= GOOD_FROM:
        return translate("quality", "Good"), "ok"
    if score >= FAIR_FROM:
        return translate("quality", "Fair"), "warn"
    return translate("quality", "Poor"), "bad"


def quality_tip(measured: QualityMeasured, formats: Formats) -> str:
    """The figures of both directions, and what to do where it is not good."""
    here = translate("quality", "You hear: {mos} · {loss} lost · {jitter} ms jitter").format(
        mos=formats.decimal(measured.mos),
        loss=formats.percent(measured.loss_pct / 100, 1),
        jitter=formats.decimal(measured.jitter_ms, 0),
    )
    trip = translate("quality", "Round trip {time} ms").format(time=formats.decimal(measured.round_trip_ms, 0))
    return "\n".join(line for line in (here, _there(measured, formats), trip, _hint(measured)) if line)


def _there(measured: QualityMeasured, formats: Formats) -> str:
    if measured.mos_there is None:
        return ""
    return translate("quality", "They hear: {mos} · {loss} lost · {jitter} ms jitter").format(
        mos=formats.decimal(measured.mos_there),
        loss=formats.percent(None if measured.loss_there_pct is None else measured.loss_there_pct / 100, 1),
        jitter=formats.decimal(measured.jitter_there_ms, 0),
    )


def _hint(measured: QualityMeasured) -> str:
    match worse_side(measured):
        case Side.NEITHER:
            return ""
        case Side.BOTH:
            return translate("quality", "Both sides hear badly. Use a cable, not Wi-Fi, and close downloads.")
        case Side.HERE:
            return translate("quality", "You hear badly: the way from the other side to you loses sound.")
        case Side.THERE:
            return translate("quality", "They hear you badly: what leaves here gets lost. Use a cable, not Wi-Fi.")
