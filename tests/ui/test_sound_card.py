"""The settings of sound: what is offered, what is wished, what is said of a try."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QSignalSpy

from agent_desktop.app import sound
from agent_desktop.settings import Settings
from agent_desktop.softphone.audio import Device, DeviceKind, NativeSink, NativeSource, NoDevice, Sound
from agent_desktop.softphone.events import SoundTest, SoundTested
from agent_desktop.ui.settings.sound_card import SoundCard
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui.test_panes import texts

MICROPHONE = Device("usb-1.mono", DeviceKind.MICROPHONE, "Jabra Evolve2")
SPEAKER = Device("usb-1.stereo", DeviceKind.SPEAKER, "Jabra Evolve2")
MONITOR = Device("hdmi", DeviceKind.SPEAKER)


@pytest.fixture
def card(window: MainWindow) -> SoundCard:
    window.pages.settings.show()
    return window.pages.settings.sound


def offered(card: SoundCard) -> list[list[str]]:
    return [[pick.itemText(n) for n in range(pick.count())] for pick in (card.microphone, card.speaker, card.ringer)]


def test_devices_go_by_the_names_people_know(card: SoundCard) -> None:
    card.show_devices((MICROPHONE, SPEAKER, MONITOR), MICROPHONE, SPEAKER)
    assert offered(card) == [
        ["As the system", "Jabra Evolve2"],
        ["As the system", "Jabra Evolve2", "hdmi"],
        ["Where calls are heard", "Jabra Evolve2", "hdmi"],
    ]


def test_chosen_device_stays_chosen_while_it_is_away(card: SoundCard) -> None:
    card.show_settings(replace(Settings(), speaker=SPEAKER.name))
    card.show_devices((MICROPHONE, SPEAKER), MICROPHONE, SPEAKER)
    card.show_devices((MICROPHONE,), MICROPHONE, NoDevice())
    assert card.speaker.currentText() == "usb-1.stereo (not plugged in)"
    assert card.of(Settings()).speaker == SPEAKER.name
    card.show_devices((MICROPHONE, SPEAKER), MICROPHONE, SPEAKER)
    assert card.speaker.currentText() == "Jabra Evolve2"


def test_every_choice_reaches_the_phone(window: MainWindow, card: SoundCard) -> None:
    wishes: list[Settings] = []
    window.pages.settings.settings_wanted.connect(wishes.append)
    card.show_devices((MICROPHONE, SPEAKER, MONITOR), MICROPHONE, SPEAKER)
    for pick, device in ((card.microphone, MICROPHONE), (card.speaker, SPEAKER), (card.ringer, MONITOR)):
        pick.setCurrentIndex(pick.findData(device.name))
        pick.activated.emit(pick.currentIndex())
    card.microphone_gain.setValue(15)
    card.speaker_gain.setValue(5)
    card.echo.click()
    card.noise.click()
    assert sound(wishes[-1]) == Sound(
        NativeSource("usb-1.mono"),
        NativeSink("usb-1.stereo"),
        ringer=NativeSink("hdmi"),
        microphone_gain=1.5,
        speaker_gain=0.5,
        echo_cancelling=False,
        noise_suppression=False,
    )
    assert sound(Settings()) == Sound()


def test_missing_devices_are_said(card: SoundCard) -> None:
    card.show_devices((), NoDevice(), NoDevice())
    assert len([words for words in texts(card) if "was found. Plug in your headset" in words]) == 1
    card.show_devices((MICROPHONE, SPEAKER), MICROPHONE, SPEAKER)
    assert not [words for words in texts(card) if "was found" in words]


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (SoundTested(SoundTest.RECORDING, 0.3), "Speak for five seconds…"),
        (SoundTested(SoundTest.PLAYING, 0.3), "This is how callers hear you."),
        (SoundTested(SoundTest.DONE, 0.3), "If you heard yourself, everything is as it should be."),
        (SoundTested(SoundTest.DONE, 0.0), "Your microphone heard nothing. Is it muted, or is another one meant?"),
        (SoundTested(SoundTest.FAILED), "The sound could not be tried. Plug in your headset, and end your call first."),
    ],
    ids=["recording", "playing", "heard", "not heard", "failed"],
)
def test_trial_is_told_as_it_goes(card: SoundCard, heard: SoundTested, words: str) -> None:
    wishes = QSignalSpy(card.trial_wanted)
    card.trial.click()
    card.show_trial(heard)
    assert wishes.count() == 1
    assert words in texts(card)
    assert card.trial.isEnabled() is (heard.stage in (SoundTest.DONE, SoundTest.FAILED))
    assert card.meter.levels[-1] == (0.0, heard.heard if heard.stage is SoundTest.RECORDING else 0.0)


def test_echo_service_is_offered_where_there_is_one(card: SoundCard) -> None:
    wishes = QSignalSpy(card.echo_call_wanted)
    assert card.echo_call.isHidden()
    card.show_settings(replace(Settings(), echo_number="600"))
    card.echo_call.click()
    assert wishes.count() == 1
