"""Beside the timer: how loud it is and how good it sounds while one talks, else what the call waits for."""

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.quality import quality_tip, quality_word, worst_score
from agent_desktop.ui.widgets.level_meter import LevelMeter
from agent_desktop.ui.widgets.parts import Glyph, Label


class Signs(QWidget):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.meter = LevelMeter(look)
        self._bars = Glyph(look, "signal", "ok", 14)
        self._word = Label("meta")
        self._quality = QWidget()
        quality = QHBoxLayout(self._quality)
        quality.setContentsMargins(0, 0, 0, 0)
        quality.setSpacing(look.px(4))
        quality.addWidget(self._bars)
        quality.addWidget(self._word)
        quality.addStretch(1)
        talk = QWidget()
        column = QVBoxLayout(talk)
        column.setContentsMargins(0, look.px(9), 0, look.px(9))
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.meter)
        column.addWidget(self._quality)
        column.addStretch(1)
        self._top, self._below = Label("meta"), Label("meta")
        wait = QWidget()
        column = QVBoxLayout(wait)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._top)
        column.addWidget(self._below)
        column.addStretch(1)
        self.setMinimumWidth(look.px(88))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(talk)
        self._pages.addWidget(wait)
        self.forget()

    def forget(self) -> None:
        """Another call: nothing was heard of it yet."""
        self.meter.clear()
        self._quality.hide()

    def show_quality(self, measured: QualityMeasured) -> None:
        words, token = quality_word(worst_score(measured))
        self._bars.show_icon("signal", token)
        self._word.say(words, token)
        for widget in (self, self._quality):
            widget.setToolTip(quality_tip(measured, self._formats))
        self._quality.setAccessibleName(words)
        self._quality.show()

    @property
    def wait(self) -> str:
        """What the call waits for, in words; empty while one talks."""
        words = (self._top.full_text, self._below.full_text) if self._pages.currentIndex() else ()
        return " · ".join(part for part in words if part)

    def show_talk(self) -> None:
        self._top.say("")
        self._below.say("")
        self._pages.setCurrentIndex(0)

    def show_wait(self, words: str, tone: str, below: str = "") -> None:
        self._top.say(words, tone)
        self._below.say(below, tone)
        self._below.setVisible(bool(below))
        self._pages.setCurrentIndex(1)
