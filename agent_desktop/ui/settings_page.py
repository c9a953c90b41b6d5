"""The person's choices: sound devices, language, theme, size. Wish: `settings_wanted(Settings)` at every change."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QSlider, QVBoxLayout

from agent_desktop.settings import Settings
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.ui.at_hand_card import AtHandCard
from agent_desktop.ui.look import Look
from agent_desktop.ui.messages import no_microphone, no_speaker
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.parts import Label

SMALLEST_PCT, LARGEST_PCT = 90, 150


class SettingsPage(QFrame):
    settings_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._settings = Settings()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Settings"))
        self.microphone, self.speaker, self.language, self.theme = (Pick(look) for _ in range(4))
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(SMALLEST_PCT // 10, LARGEST_PCT // 10)
        self.motion = Tick(look, self.tr("Less movement"))
        self._percent = Label("body", "100 %")
        self._trouble = Label("body", "", "bad", wraps=True)
        self._trouble.hide()
        self.at_hand = AtHandCard(look)
        for value, words in (("", self.tr("As the system")), ("zh_CN", "简体中文"), ("en", "English")):
            self.language.addItem(words, value)
        for value, words in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(words, value)
        self._lay_out(look)
        for combo in (self.microphone, self.speaker, self.language, self.theme):
            combo.activated.connect(self._changed)
        self.scale.valueChanged.connect(self._changed)
        self.motion.toggled.connect(self._changed)
        self.at_hand.changed.connect(self._changed)
        self.show_devices((), NoDevice(), NoDevice())
        self.show_settings(self._settings)

    def _lay_out(self, look: Look) -> None:
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(Label("name", self.tr("Settings")))
        size = QHBoxLayout()
        size.addWidget(self.scale, 1)
        size.addWidget(self._percent)
        sound, screen = Card(look, self.tr("Sound")), Card(look, self.tr("Screen"))
        sound.body.addLayout(
            self._form(look, ((self.tr("Microphone"), self.microphone), (self.tr("Loudspeaker"), self.speaker)))
        )
        sound.body.addWidget(self._trouble)
        form = self._form(look, ((self.tr("Language"), self.language), (self.tr("Theme"), self.theme)))
        label = Label("meta", self.tr("Size"))
        label.setBuddy(self.scale)
        self.scale.setAccessibleName(self.tr("Size"))
        form.addRow(label, size)
        form.addRow(Label("meta", ""), self.motion)
        screen.body.addLayout(form)
        screen.body.addWidget(Label("hint", self.tr("Language and size take effect when the program starts again.")))
        for card in (sound, self.at_hand, screen):
            card.setMaximumWidth(px(640))
            column.addWidget(card)
        column.addStretch(1)

    def _form(self, look: Look, rows: tuple[tuple[str, QComboBox], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(look.px(20))
        form.setVerticalSpacing(look.px(10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, combo in rows:
            label = Label("meta", words)
            label.setBuddy(combo)
            combo.setAccessibleName(words)
            form.addRow(label, combo)
        return form

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        with QSignalBlocker(self.scale), QSignalBlocker(self.motion):
            self._choose(self.language, settings.language)
            self._choose(self.theme, settings.theme)
            self._choose(self.microphone, settings.microphone)
            self._choose(self.speaker, settings.speaker)
            self.scale.setValue(round(settings.scale_pct / 10))
            self.motion.setChecked(settings.reduce_motion)
        self.at_hand.show_settings(settings)
        self._percent.say(f"{settings.scale_pct} %")

    def show_devices(
        self, devices: tuple[Device, ...], microphone: Device | NoDevice, speaker: Device | NoDevice
    ) -> None:
        """`microphone` and `speaker` are what calls use now; NoDevice is said in words."""
        for combo, kind in ((self.microphone, DeviceKind.MICROPHONE), (self.speaker, DeviceKind.SPEAKER)):
            combo.clear()
            combo.addItem(self.tr("As the system"), "")
            for device in devices:
                if device.kind is kind:
                    combo.addItem(device.name, device.name)
        self._choose(self.microphone, self._settings.microphone)
        self._choose(self.speaker, self._settings.speaker)
        troubles = [no_microphone()] if isinstance(microphone, NoDevice) else []
        troubles += [no_speaker()] if isinstance(speaker, NoDevice) else []
        self._trouble.say("\n".join(troubles))
        self._trouble.setVisible(bool(troubles))

    def _choose(self, combo: QComboBox, value: str) -> None:
        combo.setCurrentIndex(max(0, combo.findData(value)))

    def _changed(self, *_: object) -> None:
        self._settings = replace(
            self.at_hand.of(self._settings),
            microphone=self.microphone.currentData() or "",
            speaker=self.speaker.currentData() or "",
            language=self.language.currentData() or "",
            theme=self.theme.currentData(),
            scale_pct=self.scale.value() * 10,
            reduce_motion=self.motion.isChecked(),
        )
        self._percent.say(f"{self._settings.scale_pct} %")
        self.settings_wanted.emit(self._settings)
