"""The settings of how the phone is at hand: what links do, the headset's buttons, keys of the whole desktop.

Values: `show_settings`, `show_headset(State)`, `show_hotkeys(state)`. `changed` when the person has changed one;
`of(settings)` are the settings with what stands here now.
"""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal

from agent_desktop.headset.port import State
from agent_desktop.settings import Settings
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.hotkeys.keys import Key, NotPossible
from agent_desktop.ui.messages.devices import explain_headset, explain_hotkeys
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.parts import Label


class AtHandCard(Card):
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("The phone at hand"))
        self.links = Tick(look, self.tr("A telephone link in another program dials at once"))
        self.headset = Tick(look, self.tr("The headset's buttons answer, mute and hang up"))
        self.hotkeys = Tick(look, self.tr("Keys for the phone work in every program"))
        self._headset_words = Label("hint", "", wraps=True)
        self._hotkey_words = Label("hint", "", wraps=True)
        self.body.setSpacing(look.px(6))
        for tick, words in (
            (self.links, Label("hint", self.tr("Otherwise the number waits in the dial field."), wraps=True)),
            (self.headset, self._headset_words),
            (self.hotkeys, self._hotkey_words),
        ):
            words.setContentsMargins(look.px(26), 0, 0, look.px(4))
            self.body.addWidget(tick)
            self.body.addWidget(words)
            tick.toggled.connect(self.changed)
        self.show_headset(None)
        self.show_hotkeys(None)

    def show_settings(self, settings: Settings) -> None:
        for tick, is_on in (
            (self.links, settings.click_to_dial == "dial"),
            (self.headset, settings.headset_buttons),
            (self.hotkeys, settings.global_hotkeys),
        ):
            with QSignalBlocker(tick):
                tick.setChecked(is_on)

    def of(self, settings: Settings) -> Settings:
        return replace(
            settings,
            click_to_dial="dial" if self.links.isChecked() else "prefill",
            headset_buttons=self.headset.isChecked(),
            global_hotkeys=self.hotkeys.isChecked(),
        )

    def show_headset(self, state: State | None) -> None:
        """None while nobody looks for one."""
        words, tone = explain_headset(state)
        self._headset_words.say(words, tone)

    def show_hotkeys(self, state: tuple[Key, ...] | NotPossible | None) -> None:
        """Which keys other programs have, or why there are none; None while they are off."""
        words, tone = explain_hotkeys(state)
        self._hotkey_words.say(words, tone)
