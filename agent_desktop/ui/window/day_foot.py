"""My own figures of today, at the foot of the list."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label, Shrinking


@dataclass(frozen=True, slots=True)
class DayFigures:
    """My own figures today; None where there is none yet. `occupancy` 0..1, `quality` 0..100."""

    calls: int = 0
    handling_s: float | None = None
    occupancy: float | None = None
    quality: float | None = None


class DayFoot(QWidget):
    """Four figures of my day."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.setFixedHeight(look.px(62))
        self._figures: list[Label] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(12), look.px(10))
        row.setSpacing(look.px(2))
        for words in (self.tr("Answered"), self.tr("Average"), self.tr("Occupancy"), self.tr("Quality")):
            column = QVBoxLayout()
            column.setSpacing(0)
            figure = Label("row", NOTHING)
            column.addWidget(figure)
            column.addWidget(Shrinking("hint", words))
            self._figures.append(figure)
            if len(self._figures) > 1:
                row.addStretch(1)
            row.addLayout(column)

    def show_day(self, day: DayFigures) -> None:
        texts = (
            self._formats.count(day.calls),
            self._formats.duration(day.handling_s),
            self._formats.percent(day.occupancy),
            self._formats.decimal(day.quality, 0),
        )
        for label, text in zip(self._figures, texts, strict=True):
            label.say(text)
