"""The phone outside its window: it rings over other programs, goes on in a small one, takes the focus from nobody."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from agent_desktop.day import OwnCall
from agent_desktop.headset.descriptor import Button, Lamp
from agent_desktop.headset.port import NoHeadset
from agent_desktop.notifications import OPEN, Note, Taken
from agent_desktop.softphone.call import Call, CallState
from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.dialling import Dialling
from agent_desktop.ui.desks.hotkeys import HotkeyDesk
from agent_desktop.ui.desks.outside import Outside
from agent_desktop.ui.hotkeys.keys import CHORDS, Chord, Hotkeys, Key, NotPossible
from agent_desktop.ui.outside.compact_phone import SHOWN
from agent_desktop.ui.outside.tray import Tray
from agent_desktop.ui.places import Places
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.situation import Line, situation_of
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.agent import AgentState
from agent_model.customer import ContactKind
from agent_model.phone_number import DialPlan
from tests.desktop.headset.devices import ANKER_POWERCONF, FakeDevice
from tests.ui import desk
from tests.ui.samples import NOW, Samples, ago, clock
from tests.ui.small_windows import compact_phone, situations

STEP_MS = 10
SAMPLES = Samples("en")
RINGING, TALKING = SAMPLES.ringing, SAMPLES.face()


@pytest.fixture
def background() -> Iterator[Background]:
    lanes = Background()
    yield lanes
    assert lanes.close()


@pytest.fixture
def outside(window: MainWindow, look: Look, background: Background) -> Iterator[Outside]:
    made = Outside(window, background, look, desk.formats("en"), clock)
    yield made
    made.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def elsewhere(keep: Callable[[QWidget], QWidget]) -> QLineEdit:
    """A field of another program, where the agent types."""
    field = QLineEdit()
    keep(field)
    return field


def go_to(widget: QWidget) -> None:
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget, 5_000)
    widget.setFocus()


def show(window: MainWindow, *faces: CallFace) -> None:
    window.strip.show_calls(faces, NOW)


class Shown:
    """The desktop's own notifications."""

    def __init__(self) -> None:
        self.notes: dict[str, Note] = {}
        self.times = 0

    def show(self, note: Note) -> None:
        self.notes[note.key] = note
        self.times += 1

    def withdraw(self, key: str) -> None:
        self.notes.pop(key, None)


@pytest.fixture
def shown(outside: Outside, monkeypatch: pytest.MonkeyPatch) -> Shown:
    made = Shown()
    monkeypatch.setattr(outside.notes, "_open", lambda: made)
    return made


# ---- alerts of the floor over other programs --------------------------------------------------------------


def test_alert_is_shown_over_another_program_until_somebody_sees_to_it(
    outside: Outside, elsewhere: QLineEdit, shown: Shown
) -> None:
    go_to(elsewhere)

    outside.show_alert("al-1", "Long call: Lin Yue, 15:20 (from 15:00)")
    [note] = shown.notes.values()
    outside.drop_alert("al-1")

    assert (note.title, note.text) == ("Alert of the floor", "Long call: Lin Yue, 15:20 (from 15:00)")
    assert (shown.notes, shown.times) == ({}, 1)


def test_alert_is_not_shown_over_the_window(outside: Outside, window: MainWindow, shown: Shown) -> None:
    go_to(window)
    outside.show_alert("al-1", "Long call")

    assert shown.notes == {}


def test_many_alerts_are_three_notes_and_a_count_until_somebody_looks(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit, shown: Shown
) -> None:
    go_to(elsewhere)
    for n in range(200):
        outside.show_alert(f"al-{n}", "W" * 500)
    outside.drop_alert("al-199")

    assert [note.title for note in shown.notes.values()] == ["Alert of the floor"] * 3 + [
        "More alerts of the floor: 196"
    ]
    assert all(len(note.text) <= 200 for note in shown.notes.values())
    go_to(window)
    assert shown.notes == {}


@pytest.mark.parametrize(("key", "alert"), [("alert al-1", "al-1"), ("alerts", "")], ids=["one", "the rest"])
def test_click_on_an_alert_brings_the_window_and_its_place(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit, shown: Shown, key: str, alert: str
) -> None:
    go_to(elsewhere)
    wanted = QSignalSpy(outside.alert_wanted)
    outside.show_alert("al-1", "Long call")

    outside.notes._taken(Taken(key, OPEN))

    assert QTest.qWaitForWindowActive(window, 5_000)
    assert wanted.at(0) == [alert]


def test_where_the_desktop_has_no_notifications_the_tray_tells(
    outside: Outside, look: Look, window: MainWindow, elsewhere: QLineEdit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_desktop.ui.desks.outside.HAS_SERVICE", False)
    told: list[tuple[str, str]] = []
    outside.show_in(Tray(look, window))
    monkeypatch.setattr(outside.tray, "tell", lambda *words: told.append(words))
    wanted = QSignalSpy(outside.alert_wanted)
    go_to(elsewhere)

    outside.show_alert("al-1", "Long call")
    assert outside.tray is not None
    outside.tray.messageClicked.emit()

    assert told == [("Alert of the floor", "Long call")]
    assert QTest.qWaitForWindowActive(window, 5_000)
    assert wanted.at(0) == ["al-1"]


# ---- the ring over other programs -----------------------------------------------------------------------


def test_ring_comes_up_over_another_program_and_leaves_the_focus_there(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    go_to(elsewhere)

    show(window, RINGING)
    QCoreApplication.processEvents()

    assert outside.popup.isVisible()
    assert outside.popup.face == RINGING
    assert QApplication.activeWindow() is elsewhere
    assert QApplication.focusWidget() is elsewhere
    flags = outside.popup.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint


def test_ring_stays_in_the_window_while_that_is_in_front(outside: Outside, window: MainWindow) -> None:
    show(window, RINGING)

    assert not outside.popup.isVisible()


def test_ring_over_other_programs_goes_when_the_window_comes_to_the_front(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    go_to(elsewhere)
    show(window, RINGING)

    go_to(window)

    assert not outside.popup.isVisible()


def test_ring_over_other_programs_goes_when_it_is_over(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    go_to(elsewhere)
    show(window, RINGING)

    show(window)

    assert not outside.popup.isVisible()


def test_call_is_answered_and_declined_where_it_rings(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    answered = QSignalSpy(window.strip.wishes.answer_wanted)
    declined = QSignalSpy(window.strip.wishes.decline_wanted)
    go_to(elsewhere)
    show(window, RINGING)

    QTest.mouseClick(outside.popup.row.button(Deed.ANSWER), Qt.MouseButton.LeftButton)
    QTest.mouseClick(outside.popup.row.button(Deed.DECLINE), Qt.MouseButton.LeftButton)

    assert answered.at(0) == [RINGING.call.id]
    assert declined.at(0) == [RINGING.call.id, Turned.BUSY]
    assert QApplication.focusWidget() is elsewhere


def test_click_on_the_ring_brings_the_window(outside: Outside, window: MainWindow, elsewhere: QLineEdit) -> None:
    go_to(elsewhere)
    show(window, RINGING)

    QTest.mouseClick(outside.popup, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))

    assert QTest.qWaitForWindowActive(window, 5_000)
    assert not outside.popup.isVisible()


def test_calls_missed_meanwhile_are_counted_until_somebody_looks(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    go_to(elsewhere)
    for ended in ("missed", "answered_elsewhere", "rang_out"):
        outside.call_over(OwnCall("a", ContactKind.CALL_MISSED, NOW, "", "1003", "", None, None, "", ended))
    missed = outside.missed

    go_to(window)

    assert (missed, outside.missed) == (2, 0)


# ---- the compact phone ------------------------------------------------------------------------------------


def test_compact_phone_stands_in_for_the_window_and_gives_it_back(outside: Outside, window: MainWindow) -> None:
    show(window, TALKING)
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (window.isVisible(), outside.compact.isVisible()) == (False, True)
    assert (outside.compact.width(), outside.compact.height()) == (320, 116)

    QTest.keyClick(outside.compact, Qt.Key.Key_Escape)

    assert (window.isVisible(), outside.compact.isVisible()) == (True, False)


@pytest.mark.parametrize("way", ["double click", "close", "the window is shown"])
def test_there_is_more_than_one_way_back_and_none_ends_a_call(outside: Outside, window: MainWindow, way: str) -> None:
    show(window, TALKING)
    hung_up = QSignalSpy(window.strip.wishes.hang_up_wanted)
    outside.be_compact()
    ways: dict[str, Callable[[], object]] = {
        "double click": lambda: QTest.mouseDClick(outside.compact, Qt.MouseButton.LeftButton, pos=QPoint(300, 60)),
        "close": outside.compact.close,
        "the window is shown": window.show,
    }

    ways[way]()

    assert (window.isVisible(), outside.compact.isVisible()) == (True, False)
    assert hung_up.count() == 0


@pytest.mark.parametrize("state", [state for state in situations(SAMPLES) if state not in ("idle", "second rings")])
def test_compact_phone_offers_what_the_table_of_the_strip_offers(
    look: Look, keep: Callable[[QWidget], QWidget], state: str
) -> None:
    phone = compact_phone(look, "en", state)
    keep(phone)
    faces = situations(SAMPLES)[state][0]
    situation = situation_of(faces, Line.UP, has_failed=False, has_work=False)
    assert situation.main is not None

    table = offers(situation.state, Facts(is_muted=situation.main.call.muted))

    places = {*SHOWN, Deed.UNMUTE, Deed.RETRIEVE}
    assert list(phone.row.shown) == [offer.deed for offer in table if offer.deed in places]
    possible = {offer.deed for offer in table if offer.why_not is None}
    assert {deed for deed, button in phone.row.shown.items() if button.isEnabled()} == possible & places


@pytest.mark.parametrize(
    ("face", "deed", "signal", "said"),
    [
        (TALKING, Deed.MUTE, "mute_wanted", ["call-1", True]),
        (SAMPLES.face(muted=True), Deed.UNMUTE, "mute_wanted", ["call-1", False]),
        (TALKING, Deed.HOLD, "hold_wanted", ["call-1", True]),
        (SAMPLES.face(held_here=True), Deed.RETRIEVE, "hold_wanted", ["call-1", False]),
        (TALKING, Deed.HANG_UP, "hang_up_wanted", ["call-1"]),
        (RINGING, Deed.ANSWER, "answer_wanted", ["call-2"]),
        (RINGING, Deed.DECLINE, "decline_wanted", ["call-2", Turned.BUSY]),
    ],
    ids=lambda value: value.value if isinstance(value, Deed) else None,
)
def test_buttons_of_the_compact_phone_do_what_they_say(
    outside: Outside, window: MainWindow, face: CallFace, deed: Deed, signal: str, said: list[object]
) -> None:
    show(window, face)
    outside.be_compact()
    spy = QSignalSpy(getattr(window.strip.wishes, signal))

    outside.compact.row.button(deed).click()

    assert spy.at(0) == said


def test_second_call_is_answered_at_the_compact_phone(outside: Outside, window: MainWindow) -> None:
    show(window, TALKING, RINGING)
    outside.be_compact()
    spy = QSignalSpy(window.strip.wishes.answer_wanted)

    outside.compact.row.button(Deed.ANSWER).click()

    assert spy.at(0) == [RINGING.call.id]
    assert not outside.popup.isVisible()


def test_compact_phone_changes_the_agents_state(outside: Outside, window: MainWindow) -> None:
    spy = QSignalSpy(window.top_bar.state.ready_wanted)
    outside.be_compact()
    outside.show_seat(SAMPLES.seat(AgentState.BREAK, ago(minutes=2)))

    outside.compact.state.ready_wanted.emit()

    assert outside.compact.state.text().strip().startswith("Break")
    assert spy.count() == 1


def test_compact_phone_stands_where_it_was_put(outside: Outside, window: MainWindow) -> None:
    spy = QSignalSpy(outside.places_changed)
    outside.be_compact()
    _drag(outside.compact, QPoint(-40, -30))
    stood = outside.compact.pos()
    outside.open_window()
    outside.compact.move(0, 0)

    outside.be_compact()

    assert outside.compact.pos() == stood
    assert Places.read(spy.at(0)[0]).offsets.keys() == {outside.compact.screen().name() or "screen"}


def _drag(widget: QWidget, by: QPoint) -> None:
    start = widget.mapToGlobal(QPoint(6, 6))
    for kind, at in (
        (QEvent.Type.MouseButtonPress, start),
        (QEvent.Type.MouseMove, start + by),
        (QEvent.Type.MouseButtonRelease, start + by),
    ):
        place = QPointF(widget.mapFromGlobal(at))
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, QPointF(at), left, left, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(widget, event)


ROOM, SIZE = QRect(100, 50, 1000, 700), QSize(320, 116)


@pytest.mark.parametrize(
    ("kept", "place"),
    [
        ("", QPoint(1100 - 320 - 16, 750 - 116 - 16)),
        ("HDMI-1=12,30", QPoint(112, 80)),
        ("DP-2=12,30", QPoint(1100 - 320 - 16, 750 - 116 - 16)),
        ("HDMI-1=5000,-9", QPoint(780, 50)),
        ("HDMI-1=x,1;;=;DP-2=3", QPoint(1100 - 320 - 16, 750 - 116 - 16)),
    ],
)
def test_place_on_a_monitor_is_kept_and_always_inside_of_it(kept: str, place: QPoint) -> None:
    assert Places.read(kept).on("HDMI-1", ROOM, SIZE, 16) == place


def test_places_of_several_monitors_are_one_line_that_reads_back() -> None:
    places = Places().with_place("HDMI-1", QPoint(1, 2)).with_place(r"\\.\DISPLAY1", QPoint(-3, 4))

    assert Places.read(places.text) == places


# ---- the tray ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faces", "deeds"),
    [
        ((), ()),
        ((RINGING,), (Deed.ANSWER, Deed.DECLINE)),
        ((TALKING,), (Deed.MUTE, Deed.HOLD, Deed.HANG_UP)),
        ((SAMPLES.face(muted=True),), (Deed.UNMUTE, Deed.HOLD, Deed.HANG_UP)),
        ((SAMPLES.dialling,), (Deed.HANG_UP,)),
    ],
)
def test_tray_offers_what_can_be_done_with_the_call(
    look: Look, window: MainWindow, faces: tuple[CallFace, ...], deeds: tuple[Deed, ...]
) -> None:
    tray = Tray(look, window)

    tray.show_situation(situation_of(faces, Line.UP, has_failed=False, has_work=False))

    assert tray.offered == deeds


def test_tray_says_state_caller_and_missed_calls(look: Look, window: MainWindow) -> None:
    tray = Tray(look, window)
    tray.show_state("State: On call")
    tray.show_situation(situation_of((TALKING,), Line.UP, has_failed=False, has_work=False))
    before = tray.icon().pixmap(32).toImage()

    tray.show_missed(2)

    assert tray.toolTip() == "Agent Desktop · State: On call · Chen Siyuan · Missed calls: 2"
    assert tray.icon().pixmap(32).toImage() != before


# ---- keys of the whole desktop ------------------------------------------------------------------------------


class FakeHotkeys:
    """Holds what it is told to, except what another program has."""

    def __init__(self, pressed: Callable[[Key], None], elsewhere: tuple[Key, ...] = ()) -> None:
        self.press = pressed
        self.held: dict[Key, Chord] = {}
        self._elsewhere = elsewhere

    def take(self, chords: dict[Key, Chord]) -> tuple[Key, ...]:
        self.held = {key: chord for key, chord in chords.items() if key not in self._elsewhere}
        return self._elsewhere

    def release(self) -> None:
        self.held = {}


@pytest.mark.parametrize(
    ("face", "key", "signal"),
    [
        (RINGING, Key.ANSWER, "answer_wanted"),
        (TALKING, Key.HANG_UP, "hang_up_wanted"),
        (TALKING, Key.MUTE, "mute_wanted"),
        (SAMPLES.face(held_here=True), Key.HOLD, "hold_wanted"),
    ],
)
def test_key_of_the_whole_desktop_reaches_the_call(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit, face: CallFace, key: Key, signal: str
) -> None:
    go_to(elsewhere)
    show(window, face)
    spy = QSignalSpy(getattr(window.strip.wishes, signal))

    outside.hotkeys.pressed.emit(key)

    assert spy.at(0)[0] == face.call.id
    assert QApplication.focusWidget() is elsewhere


def test_keys_are_taken_only_while_they_are_switched_on(window: MainWindow) -> None:
    made: list[FakeHotkeys] = []

    def find(pressed: Callable[[Key], None]) -> Hotkeys:
        made.append(FakeHotkeys(pressed, elsewhere=(Key.MUTE,)))
        return made[0]

    keys = HotkeyDesk(window, window, find)
    assert not made
    keys.use(is_on=True)
    refused, held = keys.state, dict(made[0].held)
    keys.use(is_on=False)

    assert refused == (Key.MUTE,)
    assert held.keys() == set(CHORDS) - {Key.MUTE}
    assert (keys.state, made[0].held) == (None, {})


def test_why_a_desktop_gives_no_keys_is_known(window: MainWindow) -> None:
    keys = HotkeyDesk(window, window, lambda _: NotPossible.WAYLAND)

    keys.use(is_on=True)

    assert keys.state is NotPossible.WAYLAND


@pytest.mark.parametrize(
    ("text", "chord"),
    [
        ("F9", Chord("F9")),
        ("Ctrl+Shift+F9", Chord("F9", ctrl=True, shift=True)),
        ("Ctrl+Alt+M", Chord("M", ctrl=True, alt=True)),
    ],
)
def test_chord_is_read_as_it_is_written(text: str, chord: Chord) -> None:
    assert Chord.read(text) == chord


# ---- the headset ------------------------------------------------------------------------------------------


def test_headset_answers_mutes_and_hangs_up_and_its_lamps_follow_the_screen(
    outside: Outside, window: MainWindow, elsewhere: QLineEdit
) -> None:
    device = FakeDevice(ANKER_POWERCONF)
    given: list[FakeDevice] = []

    def find() -> FakeDevice | NoHeadset:
        return NoHeadset() if given else given.append(device) or device  # type: ignore[func-returns-value]

    wishes = window.strip.wishes
    answered, muted, hung_up = (
        QSignalSpy(signal) for signal in (wishes.answer_wanted, wishes.mute_wanted, wishes.hang_up_wanted)
    )
    go_to(elsewhere)
    outside.use_headset(find)
    show(window, RINGING)
    assert _until(lambda: device.lit == {Lamp.RING})

    device.press(Button.HOOK_SWITCH)
    assert _until(lambda: answered.count() == 1)
    up = replace(RINGING, call=_up(RINGING.call))
    show(window, up)
    assert _until(lambda: device.lit == {Lamp.OFF_HOOK})
    device.press(Button.PHONE_MUTE)
    assert _until(lambda: muted.count() == 1)
    show(window, replace(up, call=replace(up.call, muted=True)))
    assert _until(lambda: device.lit == {Lamp.OFF_HOOK, Lamp.MUTE})
    QTest.qWait(800)  # a hand that hangs up sooner than this after taking the call has let go of a button
    device.press(Button.HOOK_SWITCH)

    assert _until(lambda: hung_up.count() == 1)
    assert (answered.at(0), muted.at(0), hung_up.at(0)) == (["call-2"], ["call-2", True], ["call-2"])
    device.unplug()
    assert _until(lambda: outside.headset is not None and outside.headset.state == NoHeadset())


def _up(call: Call) -> Call:
    return replace(call, state=CallState.CONNECTED, answered_at=NOW)


def _until(fact: Callable[[], object], timeout_ms: int = 20_000) -> bool:
    for _ in range(timeout_ms // STEP_MS):
        if fact():
            return True
        QTest.qWait(STEP_MS)
    return False


# ---- numbers on the screen ----------------------------------------------------------------------------------


@pytest.fixture
def dialled() -> list[str]:
    return []


@pytest.fixture
def dialling(window: MainWindow, dialled: list[str]) -> Dialling:
    return Dialling(DialPlan(), window, dialled.append, lambda _place, text: dialled.append(text), window)


def test_number_of_a_customer_is_dialled_whole_and_never_shown(window: MainWindow, dialling: Dialling) -> None:
    spy = QSignalSpy(window.strip.wishes.dial_wanted)

    dialling.put_in_field("+8613800006721")
    shown = window.strip.idle.number.text()
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)

    assert shown == "138****6721"
    assert spy.at(0) == ["+8613800006721"]


def test_number_that_was_changed_in_the_field_is_dialled_as_it_stands_there(
    window: MainWindow, dialling: Dialling
) -> None:
    spy = QSignalSpy(window.strip.wishes.dial_wanted)
    dialling.put_in_field("+8613800006721")

    window.strip.idle.number.setText("1001")
    QTest.keyClick(window.strip.idle.number, Qt.Key.Key_Return)

    assert spy.at(0) == ["1001"]


@pytest.mark.parametrize(
    ("link", "links_dial", "called", "field"),
    [
        ("tel:+8613800006721", False, [], "138 0000 6721"),
        ("tel:+8613800006721", True, ["+8613800006721"], ""),
        ("tel:+8657188886721;ext=8001", False, [], "0571-88886721 x8001"),
        ("sip:1001@pbx.example.com", True, [], "sip:1001@pbx.example.com"),
        ("tel:110", True, [], "110"),
        ("tel:+8613800006721?Replaces=1", True, [], "138 0000 6721"),
        ("tel:nobody", True, [], ""),
    ],
)
def test_link_waits_in_the_field_unless_the_site_lets_links_dial(
    window: MainWindow,
    dialling: Dialling,
    dialled: list[str],
    link: str,
    links_dial: bool,
    called: list[str],
    field: str,
) -> None:
    told = QSignalSpy(dialling.told)
    dialling.use(links_dial=links_dial)

    dialling.take_link(link)

    assert (dialled, window.strip.idle.number.text()) == (called, field)
    assert told.count() == (link == "tel:nobody")


def test_link_that_comes_in_a_call_waits_in_the_field_and_says_so(window: MainWindow, dialling: Dialling) -> None:
    told = QSignalSpy(dialling.told)
    show(window, TALKING)

    dialling.take_link("tel:+8613800006721")

    assert window.strip.idle.number.text() == "138 0000 6721"
    assert "138****6721" in told.at(0)[0]


def test_numbers_of_the_profile_are_buttons_that_call_them(window: MainWindow) -> None:
    spy = QSignalSpy(window.customer.dial_wanted)
    numbers = window.customer.details.numbers.findChildren(QWidget)

    buttons = [widget for widget in numbers if widget.metaObject().className() == "Button"]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    assert [button.accessibleName() for button in buttons] == ["138****6721", "0571-****0188"]
    assert spy.at(0) == ["+8613800006721"]


def test_number_in_a_ticket_is_called_from_its_menu(window: MainWindow, dialling: Dialling) -> None:
    description = window.right.form.description
    description.setPlainText("Please call back 0571-88886721 about the invoice.")

    description.customContextMenuRequested.emit(QPoint(20, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    action = menu.actions()[0]
    action.trigger()
    menu.close()

    assert action.text() == "Call 0571-****6721"
    assert window.strip.idle.number.text() == "0571-****6721"


def test_number_in_the_timeline_is_called_from_its_menu(window: MainWindow, dialling: Dialling) -> None:
    timeline = window.customer.timeline
    entry = timeline.entries[0]
    assert entry.contact is not None
    contact = replace(entry.contact, text="asked to be called at 13800006721")
    profile = SAMPLES.profile
    timeline.show_timeline(replace(profile.timeline, entries=(replace(entry, contact=contact),)), NOW)

    index = timeline.model().index(1, 0)
    timeline.customContextMenuRequested.emit(timeline.visualRect(index).center())
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    menu.close()

    assert texts == ["Call 138****6721", "Copy"]
