"""Whether this workstation is well, part by part, each with what to do. Values: `show_check`, `show_version`,
`show_logging`, `offer_echo`, `say`.

Wishes: `again_wanted`, `report_wanted`, `copy_wanted`, `trial_wanted`, `echo_call_wanted`,
`log_more_wanted(is_wanted)`.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.diagnostics.health import Check, Part, State
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.diagnostics.words import found_words, part_name, state_word, to_do
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Glyph, Label, page_name
from agent_desktop.ui.widgets.scrolled import EDGE_PX, scrolled_to_the_edge

FACES: Final[Mapping[State, tuple[str, str]]] = {
    State.WELL: ("check-circle", "ok"),
    State.UNTRIED: ("help", "muted"),
    State.ODD: ("warning", "warn"),
    State.BAD: ("x-circle", "bad"),
}


class CheckRow(QFrame):
    """Read one by one with Tab."""

    def __init__(self, look: Look, part: Part) -> None:
        super().__init__()
        px = look.px
        self.part = part
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.glyph = Glyph(look, "sync", size_px=16)
        name = Label("row", part_name(part))
        name.setFixedWidth(px(180))
        self.state = Label("meta", self.tr("Looking…"))
        self.state.setFixedWidth(px(110))
        self.found, self.to_do = Label("body", wraps=True), Label("hint", wraps=True)
        self.to_do.hide()
        said = QVBoxLayout()
        said.setSpacing(px(2))
        said.addWidget(self.found)
        said.addWidget(self.to_do)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), px(5), px(4), px(5))
        row.setSpacing(px(10))
        for widget in (self.glyph, name, self.state):
            row.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        self._speak()

    def show_check(self, check: Check, formats: Formats) -> None:
        icon, tone = FACES[check.state]
        self.glyph.show_icon(icon, tone)
        self.state.say(state_word(check.state), tone)
        self.found.say(found_words(check, formats))
        self.to_do.say(to_do(check))
        self.to_do.setVisible(bool(self.to_do.full_text))
        self._speak()

    def _speak(self) -> None:
        said = (part_name(self.part), self.state.full_text, self.found.full_text, self.to_do.full_text)
        self.setAccessibleName(". ".join(filter(None, said)))


class HealthPage(QFrame):
    again_wanted = Signal()
    report_wanted = Signal()
    copy_wanted = Signal()
    trial_wanted = Signal()
    echo_call_wanted = Signal()
    log_more_wanted = Signal(bool)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        px = look.px
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Health of this workstation"))
        self.again = Button(look, self.tr("Look again"), "sync", size="compact")
        self.copy = Button(look, self.tr("Copy"), "copy", size="compact")
        self.report = Button(look, self.tr("Report for IT…"), "send", kind="primary", size="compact")
        self.trial = Button(look, self.tr("Try the sound"), "mic", size="compact")
        self.echo_call = Button(look, self.tr("Call the echo service"), "phone-out", size="compact")
        self.log_more = Tick(look, self.tr("Log more for 30 minutes"))
        self.version, self.outcome = Label("meta"), Label("meta", wraps=True)
        self.again.clicked.connect(self.again_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.trial.clicked.connect(self.trial_wanted)
        self.echo_call.clicked.connect(self.echo_call_wanted)
        self.log_more.toggled.connect(self.log_more_wanted)
        head, tries = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(0, 0, px(14), 0)
        for line in (head, tries):
            line.setSpacing(px(10))
        head.addWidget(page_name(look, self.accessibleName()))
        head.addWidget(self.version)
        head.addStretch(1)
        for button in (self.again, self.copy, self.report):
            head.addWidget(button)
        for widget in (self.trial, self.echo_call, self.log_more):
            tries.addWidget(widget)
        tries.addStretch(1)
        self.rows = {part: CheckRow(look, part) for part in Part}
        card = Card(look)
        card.body.setSpacing(0)
        for row in self.rows.values():
            card.body.addWidget(row)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(px(10))
        column.addWidget(card)
        column.addLayout(tries)
        column.addWidget(self.outcome)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(EDGE_PX), px(14))
        whole.addLayout(head)
        scroll = scrolled_to_the_edge(look, inside, 16)
        scroll.setAccessibleName(self.accessibleName())
        whole.addWidget(scroll, 1)
        self.say("")

    def show_version(self, version: str) -> None:
        self.version.say(f"Agent Desktop {version}")

    def show_check(self, check: Check) -> None:
        self.rows[check.part].show_check(check, self._formats)

    def offer_echo(self, *, is_offered: bool) -> None:
        """Whether the exchange has an echo service."""
        self.echo_call.setVisible(is_offered)

    def show_logging(self, *, is_more: bool) -> None:
        with QSignalBlocker(self.log_more):
            self.log_more.setChecked(is_more)

    def say(self, words: str) -> None:
        self.outcome.say(words)
        self.outcome.setVisible(bool(words))
