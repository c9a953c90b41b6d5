"""The settings of sound: devices, how loud, echo and noise, and a try of the microphone.

Values: `show_settings`, `show_devices`, `show_trial`. `changed` when the person has changed a setting; `of(settings)`
are the settings with what stands here now. Wishes: `trial_wanted`, `echo_call_wanted`.
"""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QWidget

from agent_desktop.settings import LEAST_GAIN_PCT, MOST_GAIN_PCT, Settings
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.events import SoundTest, SoundTested
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.devices import no_microphone, no_speaker
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.level_meter import LevelMeter
from agent_desktop.ui.widgets.parts import Label

_STEP_PCT = 10
_HEARD = 0.02  # the loudest moment of somebody who speaks is far above it


class SoundCard(Card):
    changed = Signal()
    trial_wanted = Signal()
    echo_call_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Sound"))
        self._settings = Settings()
        self.microphone, self.speaker, self.ringer = (Pick(look) for _ in range(3))
        self.microphone_gain, self.speaker_gain = (QSlider(Qt.Orientation.Horizontal) for _ in range(2))
        self._percents = {each: Label("meta", "") for each in (self.microphone_gain, self.speaker_gain)}
        self.echo = Tick(look, self.tr("Echo cancelling"))
        self.noise = Tick(look, self.tr("Noise suppression"))
        self.trial = Button(look, self.tr("Try the sound"), "mic")
        self.echo_call = Button(look, self.tr("Call the echo service"), "phone-out")
        self.meter = LevelMeter(look)
        self._trial_words = Label("meta", "", wraps=True)
        self._trouble = Label("body", "", "bad", wraps=True)
        self._lay_out(look)
        for combo in (self.microphone, self.speaker, self.ringer):
            combo.activated.connect(self.changed)
        for slider in (self.microphone_gain, self.speaker_gain):
            slider.setRange(LEAST_GAIN_PCT // _STEP_PCT, MOST_GAIN_PCT // _STEP_PCT)
            slider.valueChanged.connect(self._say_percents)
            slider.valueChanged.connect(self.changed)
        for tick in (self.echo, self.noise):
            tick.toggled.connect(self.changed)
        self.trial.clicked.connect(self._begin_trial)
        self.echo_call.clicked.connect(self.echo_call_wanted)
        self.show_devices((), NoDevice(), NoDevice())
        self.show_settings(self._settings)

    def _lay_out(self, look: Look) -> None:
        px = look.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 1)
        rows: tuple[tuple[str, QWidget, QSlider | None, str], ...] = (
            (self.tr("Microphone"), self.microphone, self.microphone_gain, self.tr("How loud callers hear you")),
            (self.tr("Loudspeaker"), self.speaker, self.speaker_gain, self.tr("How loud you hear callers")),
            (self.tr("Ringing"), self.ringer, None, ""),
        )
        for row, (words, combo, slider, loudness) in enumerate(rows):
            label = Label("meta", words)
            label.setBuddy(combo)
            combo.setAccessibleName(words)
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
            if slider is not None:
                slider.setAccessibleName(loudness)
                slider.setToolTip(loudness)
                grid.addWidget(slider, row, 2)
                grid.addWidget(self._percents[slider], row, 3)
        ticks, trial = QHBoxLayout(), QHBoxLayout()
        ticks.setSpacing(px(20))
        trial.setSpacing(px(12))
        for tick in (self.echo, self.noise):
            ticks.addWidget(tick)
        ticks.addStretch(1)
        for widget in (self.trial, self.meter):
            trial.addWidget(widget)
        trial.addWidget(self._trial_words, 1)
        trial.addWidget(self.echo_call)
        self.body.setSpacing(px(10))
        self.body.addLayout(grid)
        self.body.addWidget(self._trouble)
        self.body.addLayout(ticks)
        self.body.addLayout(trial)
        self.meter.hide()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        for slider, percent in (
            (self.microphone_gain, settings.microphone_gain_pct),
            (self.speaker_gain, settings.speaker_gain_pct),
        ):
            with QSignalBlocker(slider):
                slider.setValue(round(percent / _STEP_PCT))
        for tick, is_on in ((self.echo, settings.echo_cancelling), (self.noise, settings.noise_suppression)):
            with QSignalBlocker(tick):
                tick.setChecked(is_on)
        self._choose_devices()
        self._say_percents()
        self.echo_call.setVisible(bool(settings.echo_number))

    def of(self, settings: Settings) -> Settings:
        return replace(
            settings,
            microphone=self.microphone.currentData() or "",
            speaker=self.speaker.currentData() or "",
            ringer=self.ringer.currentData() or "",
            microphone_gain_pct=self.microphone_gain.value() * _STEP_PCT,
            speaker_gain_pct=self.speaker_gain.value() * _STEP_PCT,
            echo_cancelling=self.echo.isChecked(),
            noise_suppression=self.noise.isChecked(),
        )

    def show_devices(
        self, devices: tuple[Device, ...], microphone: Device | NoDevice, speaker: Device | NoDevice
    ) -> None:
        """`microphone` and `speaker` are what calls use now; NoDevice is said in words."""
        for combo, kind, first in (
            (self.microphone, DeviceKind.MICROPHONE, self.tr("As the system")),
            (self.speaker, DeviceKind.SPEAKER, self.tr("As the system")),
            (self.ringer, DeviceKind.SPEAKER, self.tr("Where calls are heard")),
        ):
            combo.clear()
            combo.addItem(first, "")
            for device in devices:
                if device.kind is kind:
                    combo.addItem(device.title, device.name)
        self._choose_devices()
        troubles = [no_microphone()] if isinstance(microphone, NoDevice) else []
        troubles += [no_speaker()] if isinstance(speaker, NoDevice) else []
        self._trouble.say("\n".join(troubles))
        self._trouble.setVisible(bool(troubles))

    def show_trial(self, heard: SoundTested) -> None:
        """What becomes of the try; `heard` moves the meter."""
        is_on = heard.stage in (SoundTest.RECORDING, SoundTest.PLAYING)
        self.trial.setEnabled(not is_on)
        self.meter.setVisible(is_on)
        match heard.stage:
            case SoundTest.RECORDING:
                self.meter.show_level(0.0, heard.heard)
                self._trial_words.say(self.tr("Speak for five seconds…"), "sec")
            case SoundTest.PLAYING:
                self._trial_words.say(self.tr("This is how callers hear you."), "sec")
            case SoundTest.DONE if heard.heard < _HEARD:
                words = self.tr("Your microphone heard nothing. Is it muted, or is another one meant?")
                self._trial_words.say(words, "bad")
            case SoundTest.DONE:
                self._trial_words.say(self.tr("If you heard yourself, everything is as it should be."), "ok")
            case SoundTest.FAILED:
                words = self.tr("The sound could not be tried. Plug in your headset, and end your call first.")
                self._trial_words.say(words, "bad")

    def _begin_trial(self) -> None:
        self.meter.clear()
        self.trial_wanted.emit()

    def _choose_devices(self) -> None:
        """A device that is not there is shown with its name, so that the choice is not lost."""
        for combo, name in (
            (self.microphone, self._settings.microphone),
            (self.speaker, self._settings.speaker),
            (self.ringer, self._settings.ringer),
        ):
            if name and combo.findData(name) < 0:
                combo.addItem(self.tr("{device} (not plugged in)").format(device=name), name)
            combo.setCurrentIndex(max(0, combo.findData(name)))

    def _say_percents(self) -> None:
        for slider, label in self._percents.items():
            label.say(f"{slider.value() * _STEP_PCT} %")
