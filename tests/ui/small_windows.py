"""The windows beside the window, in every state: the compact phone and the ring over other programs."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_desktop.softphone.call import CallState
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.outside.compact_phone import CompactPhone
from agent_desktop.ui.outside.ring_popup import RingPopup
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.situation import Line, situation_of
from agent_desktop.ui.widgets.parts import Label
from agent_model.agent import AgentState
from tests.ui.desk import formats
from tests.ui.samples import NOW, Samples, ago


def situations(samples: Samples) -> dict[str, tuple[tuple[CallFace, ...], AgentState, datetime | None]]:
    """The calls of each state, what the agent's state is then, and since when a call is held."""
    talking, held = samples.face(), samples.face(held_here=True)
    ringing, on_call = samples.ringing, AgentState.ON_CALL
    consult = replace(samples.face(), name=samples.say("周敏", "Zhou Min"), number="1007", queue="")
    consult = replace(consult, call=replace(consult.call, id=ringing.call.id, consults_for=talking.call.id))
    colleague = replace(consult, call=replace(consult.call, is_in_conference=True))
    return {
        "idle": ((), AgentState.READY, None),
        "ringing": ((ringing,), AgentState.READY, None),
        "dialling": ((samples.dialling,), on_call, None),
        "talking": ((talking,), on_call, None),
        "muted": ((samples.face(muted=True),), on_call, None),
        "held": ((held,), on_call, ago(seconds=31)),
        "second rings": ((talking, ringing), on_call, None),
        "consulting": ((held, consult), on_call, ago(seconds=31)),
        "conference": ((samples.face(is_in_conference=True), colleague), on_call, None),
        "ending": ((samples.face(CallState.ENDING),), on_call, None),
    }


def compact_phone(look: Look, language: str, state: str) -> CompactPhone:
    samples = Samples(language)
    faces, seat, held_since = situations(samples)[state]
    phone = CompactPhone(look, formats(language))
    phone.offer_breaks(samples.breaks)
    phone.show_waiting(samples.say("技术支持 3 个等待", "Callers waiting: 3"))
    phone.show_seat(samples.seat(seat, NOW - timedelta(minutes=3, seconds=42)), NOW)
    phone.show_situation(situation_of(faces, Line.UP), held_since, NOW)
    return phone


def ring_popup(look: Look, language: str, *, rings: int = 1) -> RingPopup:
    samples = Samples(language)
    popup = RingPopup(look, formats(language))
    faces = (samples.ringing, *(replace(samples.ringing, name="") for _ in range(rings - 1)))
    popup.show_faces(faces, NOW)
    return popup


def sheet(look: Look, language: str) -> QWidget:
    """All of them beside each other."""
    ground = QWidget()
    grid = QGridLayout(ground)
    grid.setContentsMargins(16, 12, 16, 16)
    grid.setHorizontalSpacing(16)
    shown: dict[str, QWidget] = {state: compact_phone(look, language, state) for state in situations(Samples(language))}
    shown |= {"ring": ring_popup(look, language), "two ring": ring_popup(look, language, rings=3)}
    for n, (name, window) in enumerate(shown.items()):
        window.hide()
        window.setWindowFlags(Qt.WindowType.Widget)
        grid.addWidget(Label("hint", name), n // 3 * 2, n % 3)
        grid.addWidget(window, n // 3 * 2 + 1, n % 3)
        window.show()
    return ground
