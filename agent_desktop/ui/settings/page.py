"""The person's choices: sound, the phone at hand, language, theme, size. Wishes:
`settings_wanted(Settings)`, `health_wanted`.

Values: `show_settings`, `show_version`, `show_locked`: what IT has decided cannot be changed, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from agent_desktop.policy.written import Source
from agent_desktop.settings import Settings
from agent_desktop.ui.appearance.language import offered_languages
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.policy import locked_by
from agent_desktop.ui.settings.at_hand_card import AtHandCard
from agent_desktop.ui.settings.sound_card import SoundCard
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label, page_name

SMALLEST_PCT, LARGEST_PCT = 90, 150


class SettingsPage(QFrame):
    settings_wanted = Signal(object)
    health_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._settings = Settings()
        self._locked: list[QWidget] = []
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Settings"))
        self.language, self.theme = Pick(look), Pick(look)
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(SMALLEST_PCT // 10, LARGEST_PCT // 10)
        self.motion = Tick(look, self.tr("Less movement"))
        self._percent = Label("meta", "100 %")
        self.health = Button(look, self.tr("Health of this workstation"), "signal", size="compact")
        self.health.clicked.connect(self.health_wanted)
        self.locked_words = Label("meta", "", wraps=True)
        self.locked_words.hide()
        self.version = Label("hint", "", wraps=True)
        self.sound = SoundCard(look)
        self.at_hand = AtHandCard(look)
        for value, words in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(words, value)
        self._lay_out(look)
        for combo in (self.language, self.theme):
            combo.activated.connect(self._changed)
        self.scale.valueChanged.connect(self._changed)
        self.motion.toggled.connect(self._changed)
        self.sound.changed.connect(self._changed)
        self.at_hand.changed.connect(self._changed)
        self.show_settings(self._settings)

    def _lay_out(self, look: Look) -> None:
        px = look.px
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(page_name(look, self.tr("Settings")))
        head.addStretch(1)
        head.addWidget(self.health)
        column.addLayout(head)
        column.addWidget(self.locked_words)
        size = QHBoxLayout()
        size.setSpacing(px(12))
        size.addWidget(self.scale, 1)
        size.addWidget(self._percent)
        screen = Card(look, self.tr("Screen"))
        form = self._form(look, ((self.tr("Language"), self.language), (self.tr("Theme"), self.theme)))
        label = Label("meta", self.tr("Size"))
        label.setBuddy(self.scale)
        self.scale.setAccessibleName(self.tr("Size"))
        form.addRow(label, size)
        form.addRow(Label("meta", ""), self.motion)
        screen.body.setSpacing(px(10))
        screen.body.addLayout(form)
        screen.body.addWidget(Label("hint", self.tr("Language and size take effect when the program starts again.")))
        columns = QWidget()
        columns.setMaximumWidth(px(1290))
        beside = QHBoxLayout(columns)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(px(10))
        for cards in ((self.sound, self.at_hand), (screen,)):
            below = QVBoxLayout()
            below.setSpacing(px(10))
            for card in cards:
                below.addWidget(card)
            below.addStretch(1)
            beside.addLayout(below, 1)
        from_the_left = QHBoxLayout()
        from_the_left.addWidget(columns, 1000)
        from_the_left.addStretch(1)
        column.addLayout(from_the_left)
        column.addWidget(self.version)
        column.addStretch(1)

    def _form(self, look: Look, rows: tuple[tuple[str, QComboBox], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(look.px(20))
        form.setVerticalSpacing(look.px(10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, combo in rows:
            label = Label("meta", words)
            label.setMinimumHeight(combo.sizeHint().height())
            label.setBuddy(combo)
            combo.setAccessibleName(words)
            form.addRow(label, combo)
        return form

    def show_locked(self, locked: Mapping[str, Source]) -> None:
        """By the settings' names. Whoever cannot see that a control is grey hears why it is not reached."""
        controls = self._controls()
        found = [(controls[name], source) for name, source in locked.items() if name in controls]
        for control in self._locked:
            control.setEnabled(True)
            control.setToolTip("")
            control.setAccessibleDescription("")
        self._locked = [control for control, _ in found]
        for control, source in found:
            control.setEnabled(False)
            control.setToolTip(locked_by(source))
            control.setAccessibleDescription(locked_by(source))
        between = self.tr(", ", "between names")
        names = between.join(_name_of(control) for control, _ in found)
        places = between.join(dict.fromkeys(source.where for _, source in found))
        self.locked_words.say(
            self.tr("Set by your organisation: {names}. It is written in {places}.").format(names=names, places=places)
        )
        self.locked_words.setVisible(bool(found))

    def show_version(self, words: str) -> None:
        """Which one runs, and who brings it up to date."""
        self.version.say(words)

    def _controls(self) -> dict[str, QWidget]:
        """By the setting that each governs."""
        return {
            "language": self.language,
            "theme": self.theme,
            "scale_pct": self.scale,
            "reduce_motion": self.motion,
            "microphone": self.sound.microphone,
            "speaker": self.sound.speaker,
            "ringer": self.sound.ringer,
            "microphone_gain_pct": self.sound.microphone_gain,
            "speaker_gain_pct": self.sound.speaker_gain,
            "echo_cancelling": self.sound.echo,
            "noise_suppression": self.sound.noise,
            "click_to_dial": self.at_hand.links,
            "headset_buttons": self.at_hand.headset,
            "global_hotkeys": self.at_hand.hotkeys,
        }

    def _offer_languages(self, settings: Settings) -> None:
        offered = offered_languages(settings.languages_offered)
        words = {"": self.tr("As the system"), "zh_CN": "简体中文", "en": "English"}
        self.language.clear()
        for value in ("", *offered):
            self.language.addItem(words[value], value)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._offer_languages(settings)
        with QSignalBlocker(self.scale), QSignalBlocker(self.motion):
            self._choose(self.language, settings.language)
            self._choose(self.theme, settings.theme)
            self.scale.setValue(round(settings.scale_pct / 10))
            self.motion.setChecked(settings.reduce_motion)
        self.sound.show_settings(settings)
        self.at_hand.show_settings(settings)
        self._percent.say(f"{settings.scale_pct} %")

    def _choose(self, combo: QComboBox, value: str) -> None:
        combo.setCurrentIndex(max(0, combo.findData(value)))

    def _changed(self, *_: object) -> None:
        self._settings = replace(
            self.sound.of(self.at_hand.of(self._settings)),
            language=self.language.currentData() or "",
            theme=self.theme.currentData(),
            scale_pct=self.scale.value() * 10,
            reduce_motion=self.motion.isChecked(),
        )
        self._percent.say(f"{self._settings.scale_pct} %")
        self.settings_wanted.emit(self._settings)


def _name_of(control: QWidget) -> str:
    return control.text() if isinstance(control, Tick) else control.accessibleName()
