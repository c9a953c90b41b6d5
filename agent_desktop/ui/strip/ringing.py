"""The strip while a call rings: who it is, answer and decline. It lights up; it takes no focus."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Glyph, Label


class RingingPage(QWidget):
    answer_wanted = Signal(str)
    decline_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._face: CallFace | None = None
        self._timer = Label("timer", "00:00", "ok")
        self._party = Party(look)
        self.decline = Button(look, self.tr("Decline"), "hang-up", size="call")
        self.answer = Button(look, self.tr("Answer"), "phone", kind="answer", size="call")
        self.answer.setMinimumWidth(look.px(104))
        self.answer.setAccessibleDescription("F9")
        self.decline.clicked.connect(self._decline)
        self.answer.clicked.connect(self.take)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(self._timer)
        row.addWidget(Glyph(look, "phone-in", "ok", 20))
        row.addWidget(self._party, 1)
        row.addWidget(self.decline)
        row.addWidget(self.answer)
        row.addWidget(KeyHint("F9"))

    def show_face(self, face: CallFace, now: datetime) -> None:
        self._face = face
        self._party.show_face(face)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        if self._face is not None:
            self._timer.say(self._formats.duration((now - self._face.call.started_at).total_seconds()))

    def take(self) -> None:
        if self._face is not None:
            self.answer_wanted.emit(self._face.call.id)

    def _decline(self) -> None:
        if self._face is not None:
            self.decline_wanted.emit(self._face.call.id)


class SecondCall(QWidget):
    """A second call beside the one that goes on: it rings, or it waits on hold."""

    answer_wanted = Signal(str)
    decline_wanted = Signal(str)
    switch_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._face: CallFace | None = None
        self._since: datetime | None = None
        self._is_ringing = False
        self._glyph = Glyph(look, "phone-in", "ok", 18)
        self._title = Label("row", elides=True)
        self._below = Label("meta", elides=True)
        self.decline = Button(look, "", "hang-up", size="call", name=self.tr("Decline the second call"))
        self.decline.setFixedWidth(look.px(40))
        self.answer = Button(look, self.tr("Answer"), "phone", kind="answer", size="call")
        self.answer.setToolTip(self.tr("Answers this call and puts the other on hold."))
        self.answer.setAccessibleDescription("F9")
        self.switch = Button(look, self.tr("Switch"), "transfer", size="call")
        self.decline.clicked.connect(self._decline)
        self.answer.clicked.connect(self.take)
        self.switch.clicked.connect(self._switch)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(10), 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._glyph)
        names = QWidget()
        names.setMinimumWidth(look.px(84))
        names.setMaximumWidth(look.px(190))
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._below)
        column.addStretch(1)
        row.addWidget(names, 1)
        row.addWidget(self.decline)
        row.addWidget(self.answer)
        row.addWidget(self.switch)

    def show_face(self, face: CallFace, since: datetime, now: datetime, *, is_ringing: bool) -> None:
        self._face, self._since, self._is_ringing = face, since, is_ringing
        self._glyph.show_icon("phone-in" if is_ringing else "pause", "ok" if is_ringing else "warn")
        self._title.say(face.title or self.tr("Number withheld"))
        for button in (self.decline, self.answer):
            button.setVisible(is_ringing)
        self.switch.setVisible(not is_ringing)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        if self._face is None or self._since is None:
            return
        clock = self._formats.duration((now - self._since).total_seconds())
        if self._is_ringing:
            self._below.say(" · ".join(part for part in (clock, self._face.queue) if part))
        else:
            self._below.say(self.tr("On hold {duration}").format(duration=clock))

    def take(self) -> None:
        if self._face is not None:
            self.answer_wanted.emit(self._face.call.id)

    def _decline(self) -> None:
        if self._face is not None:
            self.decline_wanted.emit(self._face.call.id)

    def _switch(self) -> None:
        if self._face is not None:
            self.switch_wanted.emit(self._face.call.id)
