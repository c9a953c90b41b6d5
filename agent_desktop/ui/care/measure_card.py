"""One measure of an agent's own work: today large, beside goal and team, and the last four weeks."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label, Pill, Tone


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One measure, each figure as it is written; `standing` says how today is to the goal, in words."""

    name: str
    today: str
    of: str
    team: str
    goal: str
    standing: str
    tone: Tone
    period: str
    of_period: str
    team_period: str


class MeasureCard(Card):
    def __init__(self, look: Look, line: FigureLine) -> None:
        super().__init__(look, line.name)
        standing = Pill(look, line.standing, line.tone)
        kept = standing.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # cards beside each other stand alike
        standing.setSizePolicy(kept)
        standing.setVisible(bool(line.standing))
        self.add_to_head(standing)
        self.body.addWidget(_figure(line.today, line.of, "timer"))
        self.body.addWidget(Label("hint", line.of or " ", elides=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, look.px(6), 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(4))
        for place, (name, value, of) in enumerate(
            (
                (self.tr("Goal"), line.goal, ""),
                (self.tr("Team today"), line.team, ""),
                (self.tr("4 weeks"), line.period, line.of_period),
                (self.tr("Team, 4 weeks"), line.team_period, ""),
            )
        ):
            row, column = divmod(place, 2)
            grid.addWidget(Label("meta", name), row, column * 2)
            grid.addWidget(_figure(value, of, "row"), row, column * 2 + 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(column * 2 + 1, 1)
        self.body.addLayout(grid)


def _figure(value: str, of: str, role: str) -> Label:
    label = Label(role, value)
    label.setToolTip(of)
    label.setAccessibleName(f"{value} {of}".strip())
    return label
