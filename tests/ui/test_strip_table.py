"""Every state of the strip: which buttons there are, which can be used, what each one wishes; nothing below moves."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.softphone.call import CallId, CallState, Recording
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed, Facts, Offer, WhyNot, offers, offers_beside
from agent_desktop.ui.strip.call_strip import CallFace, CallStrip
from agent_desktop.ui.strip.situation import Beside, Line, StripState, situation_of
from agent_desktop.ui.strip.words import why_not
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui import desk
from tests.ui.samples import NOW, Samples
from tests.ui.strips import scenes
from tests.ui.test_readable import cut_off, too_small, unnamed

EN = Samples("en")
SCENES = scenes(EN)
AT_1366, AT_1280 = 1054, 968
"""What rail and left list leave of the narrowest usual windows."""

FACTS = Facts(has_number=True, has_last=True, has_voicemail_number=True, rule=RecordingRule.ON_DEMAND)
TABLE = {
    StripState.IDLE: "dial redial keypad voicemail do_not_disturb",
    StripState.NOT_REGISTERED: "dial:no_line redial:no_line keypad voicemail:no_line do_not_disturb",
    StripState.PHONE_AWAY: "dial:no_line redial:no_line keypad voicemail:no_line do_not_disturb",
    StripState.AWAITING_RETURN: "dial stop_waiting",
    StripState.AFTER_CALL_WORK: "dial more_time finish",
    StripState.FAILED: "dial call_again close",
    StripState.RINGING: "decline decline_menu answer",
    StripState.DIALLING: "keypad:not_answered hang_up",
    StripState.EARLY_MEDIA: "keypad hang_up",
    StripState.CONNECTED: "record mute hold consult transfer keypad hang_up",
    StripState.MUTED: "record unmute hold consult transfer keypad hang_up",
    StripState.HELD_HERE: "record mute retrieve consult transfer keypad:on_hold hang_up",
    StripState.HELD_THERE: "record mute hold consult transfer keypad:held_there hang_up",
    StripState.HELD_BOTH: "record mute retrieve consult transfer keypad:on_hold hang_up",
    StripState.TRANSFER_ASKED: "retrieve hang_up",
    StripState.TRANSFER_RINGING: "retrieve hang_up",
    StripState.TRANSFER_FAILED: "retrieve consult transfer hang_up",
    StripState.CONSULT_DIALLING: "conference:consult_not_answered complete cancel_consult hang_up",
    StripState.CONSULT_RINGING: "conference:consult_not_answered complete cancel_consult hang_up",
    StripState.CONSULT_TALKING: "mute conference complete cancel_consult hang_up",
    StripState.CONSULT_FAILED: "retrieve consult transfer hang_up",
    StripState.CONFERENCE: "mute hold consult keypad split leave end_all",
    StripState.CONFERENCE_HELD: "mute retrieve leave end_all",
    StripState.ENDING: "hang_up:ending",
}
BESIDE = {
    Beside.NOTHING: "",
    Beside.RINGING: "decline decline_menu answer",
    Beside.HELD: "switch",
    Beside.IN_CONFERENCE: "drop",
}


WITHOUT_A_CALL = (
    StripState.IDLE,
    StripState.NOT_REGISTERED,
    StripState.PHONE_AWAY,
    StripState.AWAITING_RETURN,
    StripState.AFTER_CALL_WORK,
    StripState.FAILED,
)


def read(row: str) -> tuple[Offer, ...]:
    """`keypad:on_hold` is a button that is shown and cannot be used."""
    parts = [word.partition(":") for word in row.split()]
    return tuple(Offer(Deed(deed), WhyNot(reason) if reason else None) for deed, _, reason in parts)


def test_table_knows_every_state_and_every_place_beside() -> None:
    assert set(TABLE) == set(StripState)
    assert set(BESIDE) == set(Beside)


@pytest.mark.parametrize("state", StripState)
def test_state_offers_exactly_these_buttons(state: StripState) -> None:
    assert offers(state, replace(FACTS, is_muted=state is StripState.MUTED)) == read(TABLE[state])


@pytest.mark.parametrize("beside", Beside)
def test_call_beside_offers_exactly_these_buttons(beside: Beside) -> None:
    assert offers_beside(beside) == read(BESIDE[beside])


WITH_A_CALL = [state for state in StripState if state not in WITHOUT_A_CALL and state is not StripState.ENDING]


@pytest.mark.parametrize("state", WITH_A_CALL)
def test_every_state_with_a_call_has_a_way_out(state: StripState) -> None:
    usable = {one.deed for one in offers(state, FACTS) if one.why_not is None}
    assert usable & {Deed.HANG_UP, Deed.END_ALL, Deed.DECLINE}


@pytest.mark.parametrize("state", [state for state in WITH_A_CALL if state.startswith(("transfer", "consult"))])
def test_caller_can_be_taken_back_at_every_moment_of_a_transfer(state: StripState) -> None:
    usable = {one.deed for one in offers(state, FACTS) if one.why_not is None}
    assert usable & {Deed.RETRIEVE, Deed.CANCEL_CONSULT}


@pytest.mark.parametrize(
    ("rule", "recording", "deeds"),
    [
        (RecordingRule.NEVER, Recording.OFF, ""),
        (RecordingRule.NEVER, Recording.ON, ""),
        (RecordingRule.ON_DEMAND, Recording.OFF, "record"),
        (RecordingRule.ON_DEMAND, Recording.ON, "pause_recording stop_recording"),
        (RecordingRule.ON_DEMAND, Recording.PAUSED, "resume_recording stop_recording"),
        (RecordingRule.ON_DEMAND, Recording.BROKEN, "record"),
        (RecordingRule.ALL, Recording.OFF, ""),
        (RecordingRule.ALL, Recording.ON, "pause_recording"),
        (RecordingRule.ALL, Recording.PAUSED, "resume_recording"),
        (RecordingRule.ALL, Recording.BROKEN, ""),
        (RecordingRule.BY_QUEUE, Recording.OFF, ""),
        (RecordingRule.BY_QUEUE, Recording.ON, "pause_recording"),
        (RecordingRule.BY_QUEUE, Recording.PAUSED, "resume_recording"),
        (RecordingRule.BY_QUEUE, Recording.BROKEN, ""),
    ],
)
def test_rule_of_the_site_decides_what_an_agent_may_do_with_a_recording(
    rule: RecordingRule, recording: Recording, deeds: str
) -> None:
    found = offers(StripState.CONNECTED, Facts(rule=rule, recording=recording))
    assert found == (*read(deeds), *read("mute hold consult transfer keypad hang_up"))


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        (Facts(), "dial:no_number redial:nothing_dialled keypad do_not_disturb"),
        (
            Facts(has_messages=True),
            "dial:no_number redial:nothing_dialled keypad voicemail:no_voicemail_number do_not_disturb",
        ),
        (Facts(has_number=True), "dial redial:nothing_dialled keypad do_not_disturb"),
    ],
    ids=["nothing", "messages without a number", "typed"],
)
def test_idle_strip_offers_what_there_is_something_for(facts: Facts, row: str) -> None:
    assert offers(StripState.IDLE, facts) == read(row)


def test_call_that_cannot_be_dialled_again_is_only_closed() -> None:
    assert offers(StripState.FAILED, Facts(has_retry=False)) == read("dial close")


# ---- what calls add up to -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENES)
def test_calls_add_up_to_the_state(name: str) -> None:
    scene = SCENES[name]
    found = situation_of(
        scene.faces,
        scene.line,
        has_failed=scene.failed is not None,
        is_awaiting=scene.awaited is not None,
        has_work=scene.work is not None and not scene.is_dialling,
    )
    assert (found.state, found.beside_is) == (scene.state, scene.beside)


def test_scenes_show_every_state_and_every_place_beside() -> None:
    assert {scene.state for scene in SCENES.values()} == set(StripState)
    assert {scene.beside for scene in SCENES.values()} == set(Beside)


def line(id_: str, *, held: bool) -> CallFace:
    face = EN.face(held_here=held)
    return replace(face, call=replace(face.call, id=CallId(id_)))


@pytest.mark.parametrize(("talks_with", "beside"), [("a", "b"), ("b", "c"), ("c", "a")])
def test_switching_goes_round_all_lines(talks_with: str, beside: str) -> None:
    faces = [line(id_, held=id_ != talks_with) for id_ in "abc"]
    found = situation_of(faces, Line.UP)

    assert found.main is not None
    assert found.beside is not None
    assert (found.main.call.id, found.beside.call.id, found.others) == (talks_with, beside, 1)


def test_consult_whose_caller_is_gone_is_a_call_like_any_other() -> None:
    consult = SCENES["consult_talking"].faces[1]
    found = situation_of((consult,), Line.UP)
    assert (found.state, found.beside_is) == (StripState.CONNECTED, Beside.NOTHING)


def test_call_that_ends_gives_way_to_the_one_that_goes_on() -> None:
    ending = line("a", held=False)
    ending = replace(ending, call=replace(ending.call, state=CallState.ENDING))
    found = situation_of((ending, line("b", held=True)), Line.UP)
    assert found.main is not None
    assert (found.main.call.id, found.state) == ("b", StripState.HELD_HERE)


# ---- the strip shows the table ------------------------------------------------------------------------------


@pytest.fixture
def strip(look: Look, keep: Callable[[QWidget], QWidget]) -> CallStrip:
    made = CallStrip(look, desk.formats("en"))
    keep(made)
    made.resize(AT_1366, 60)
    made.show()
    made.setFocus()
    return made


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


def visible(strip: CallStrip) -> set[Button]:
    return {button for button in strip.findChildren(Button) if button.isVisible() and button.window() is strip}


@pytest.mark.parametrize("name", SCENES)
def test_strip_shows_the_table_and_no_other_button(strip: CallStrip, name: str) -> None:
    scene = SCENES[name]
    scene.show(strip)
    settle()
    call = None if not scene.faces else strip.situation.main
    facts = Facts(
        is_muted=call is not None and call.call.muted,
        recording=Recording.OFF if call is None else call.call.recording,
        rule=scene.rule,
        has_last=bool(scene.last),
        has_voicemail_number=True,
        has_messages=scene.voicemail.new > 0,
        has_page_before=scene.is_dialling,
    )
    wanted = offers(scene.state, facts)

    assert [(deed, button.isEnabled()) for deed, button in strip.buttons.items()] == [
        (one.deed, one.why_not is None) for one in wanted
    ]
    assert tuple(strip.buttons_beside) == tuple(one.deed for one in offers_beside(scene.beside))
    assert visible(strip) == {*strip.buttons.values(), *strip.buttons_beside.values()}


@pytest.mark.parametrize("name", SCENES)
def test_buttons_stand_in_the_order_of_the_table_inside_the_strip(strip: CallStrip, name: str) -> None:
    SCENES[name].show(strip)
    settle()
    buttons = [*strip.buttons.values(), *strip.buttons_beside.values()]
    lefts = [button.mapTo(strip, QPoint(0, 0)).x() for button in buttons]

    assert lefts == sorted(lefts)
    assert max(left + button.width() for left, button in zip(lefts, buttons, strict=True)) <= strip.width()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", SCENES)
def test_strip_fits_a_window_of_1366_with_names_that_can_be_read(
    look: Look, keep: Callable[[QWidget], QWidget], request: pytest.FixtureRequest, language: str, name: str
) -> None:
    if language == "zh_CN":
        request.getfixturevalue("in_chinese")
    made = CallStrip(look, desk.formats(language))
    keep(made)
    made.setFixedWidth(AT_1366)
    scenes(Samples(language))[name].show(made)
    made.show()
    settle()

    assert made.minimumSizeHint().width() <= AT_1366
    assert cut_off(made) == []
    assert too_small(made) == []
    assert unnamed(made) == []
    names = [label for label in made.findChildren(Label) if label.isVisible() and label.property("role") == "row"]
    assert all(label.width() >= min(60, label.sizeHint().width()) for label in names)


LANGUAGES = ["en", "zh_CN"]
WITHOUT_A_WORD = {Deed.DECLINE_MENU}


@pytest.mark.parametrize("width", [AT_1366, AT_1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCENES)
def test_no_button_loses_its_word(
    look: Look, keep: Callable[[QWidget], QWidget], request: pytest.FixtureRequest, language: str, name: str, width: int
) -> None:
    if language == "zh_CN":
        request.getfixturevalue("in_chinese")
    made = CallStrip(look, desk.formats(language))
    keep(made)
    made.setFixedWidth(width)
    scenes(Samples(language))[name].show(made)
    made.show()
    settle()
    shown = {**made.buttons, **made.buttons_beside}

    lost = [deed for deed, button in shown.items() if deed not in WITHOUT_A_WORD and not button.text().strip()]
    assert lost == []
    assert [deed for deed, button in shown.items() if button.width() < button.sizeHint().width()] == []
    assert [
        deed for deed, button in shown.items() if button.width() < button.fontMetrics().horizontalAdvance(button.text())
    ] == []
    assert max(button.mapTo(made, QPoint(button.width(), 0)).x() for button in shown.values()) <= width


def test_strip_is_60_high_in_every_state_and_nothing_below_it_moves(window: MainWindow) -> None:
    heights, places = set(), set()
    for scene in SCENES.values():
        scene.show(window.strip)
        settle()
        heights.add(window.strip.height())
        places.add(window.customer.mapTo(window, QPoint(0, 0)).toTuple())
    assert heights == {60}
    assert len(places) == 1


@pytest.mark.parametrize("reason", WhyNot)
def test_button_that_cannot_be_used_says_why_in_a_sentence(reason: WhyNot) -> None:
    assert why_not(reason).endswith(".")
    assert len(why_not(reason).split()) >= 4


@pytest.mark.parametrize("name", SCENES)
def test_tip_of_a_button_that_cannot_be_used_is_that_sentence(strip: CallStrip, name: str) -> None:
    scene = SCENES[name]
    scene.show(strip)
    reasons = {one.deed: one.why_not for one in read(TABLE[scene.state]) if one.why_not is not None}
    said = {deed: strip.buttons[deed].toolTip() for deed in reasons if deed in strip.buttons}

    expected = {deed: scene.why_no_line or why_not(reason) for deed, reason in reasons.items() if deed in strip.buttons}
    assert said == expected


# ---- what the buttons wish ----------------------------------------------------------------------------------

FIRST, SECOND, CONSULT = "call-1", "call-2", "call-9"
WISHES = [
    ("call_rings", Deed.ANSWER, "answer_wanted", [[SECOND]]),
    ("call_rings", Deed.DECLINE, "decline_wanted", [[SECOND, Turned.BUSY]]),
    ("call_dials", Deed.HANG_UP, "hang_up_wanted", [["call-3"]]),
    ("connected", Deed.RECORD, "recording_wanted", [[FIRST, Deed.RECORD]]),
    ("connected", Deed.MUTE, "mute_wanted", [[FIRST, True]]),
    ("muted", Deed.UNMUTE, "mute_wanted", [[FIRST, False]]),
    ("muted", Deed.PAUSE_RECORDING, "recording_wanted", [[FIRST, Deed.PAUSE_RECORDING]]),
    ("muted", Deed.STOP_RECORDING, "recording_wanted", [[FIRST, Deed.STOP_RECORDING]]),
    ("recording_paused", Deed.RESUME_RECORDING, "recording_wanted", [[FIRST, Deed.RESUME_RECORDING]]),
    ("connected", Deed.HOLD, "hold_wanted", [[FIRST, True]]),
    ("held_here", Deed.RETRIEVE, "hold_wanted", [[FIRST, False]]),
    ("transfer_ringing", Deed.RETRIEVE, "hold_wanted", [[FIRST, False]]),
    ("transfer_failed", Deed.RETRIEVE, "hold_wanted", [[FIRST, False]]),
    ("consult_failed", Deed.RETRIEVE, "hold_wanted", [[FIRST, False]]),
    ("consult_dialling", Deed.CANCEL_CONSULT, "cancel_consult_wanted", [[CONSULT]]),
    ("consult_ringing", Deed.COMPLETE, "complete_wanted", [[FIRST, CONSULT]]),
    ("transfer_attended", Deed.RETRIEVE, "switch_wanted", [[FIRST]]),
    ("consult_dialling", Deed.HANG_UP, "hang_up_wanted", [[CONSULT]]),
    ("consult_talking", Deed.CONFERENCE, "join_wanted", [[FIRST, CONSULT]]),
    ("consult_talking", Deed.COMPLETE, "complete_wanted", [[FIRST, CONSULT]]),
    ("consult_talking", Deed.CANCEL_CONSULT, "cancel_consult_wanted", [[CONSULT]]),
    ("consult_talking", Deed.HANG_UP, "hang_up_wanted", [[CONSULT]]),
    ("consult_switched", Deed.COMPLETE, "complete_wanted", [[FIRST, CONSULT]]),
    ("consult_switched", Deed.CANCEL_CONSULT, "cancel_consult_wanted", [[CONSULT]]),
    ("consult_switched", Deed.HANG_UP, "hang_up_wanted", [[FIRST]]),
    ("conference", Deed.MUTE, "mute_wanted", [[FIRST, True], [CONSULT, True]]),
    ("conference", Deed.HOLD, "hold_wanted", [[FIRST, True], [CONSULT, True]]),
    ("conference", Deed.SPLIT, "switch_wanted", [[FIRST]]),
    ("conference", Deed.LEAVE, "complete_wanted", [[FIRST, CONSULT]]),
    ("conference", Deed.END_ALL, "hang_up_wanted", []),
    ("awaiting_return", Deed.STOP_WAITING, "wait_ended", [[]]),
    ("conference_held", Deed.RETRIEVE, "join_wanted", [[FIRST, CONSULT]]),
    ("call_failed", Deed.CALL_AGAIN, "dial_wanted", [["+8613900008765"]]),
    ("call_failed", Deed.CLOSE, "failure_dismissed", [[]]),
    ("after_call_work", Deed.MORE_TIME, "extend_wanted", [[]]),
    ("after_call_work", Deed.FINISH, "finish_wanted", [[]]),
    ("idle", Deed.REDIAL, "redial_wanted", [[]]),
    ("idle", Deed.VOICEMAIL, "voicemail_wanted", [[]]),
    ("idle", Deed.DO_NOT_DISTURB, "quiet_wanted", [[True]]),
    ("idle_with_messages", Deed.DO_NOT_DISTURB, "quiet_wanted", [[False]]),
]  # fmt: skip
BESIDE_WISHES = [
    ("second_rings", Deed.ANSWER, "answer_wanted", [[SECOND]]),
    ("second_rings", Deed.DECLINE, "decline_wanted", [[SECOND, Turned.BUSY]]),
    ("second_held", Deed.SWITCH, "switch_wanted", [[SECOND]]),
    ("consult_talking", Deed.SWITCH, "switch_wanted", [[FIRST]]),
    ("consult_switched", Deed.SWITCH, "switch_wanted", [[CONSULT]]),
    ("conference", Deed.DROP, "hang_up_wanted", [[CONSULT]]),
]


@pytest.mark.parametrize(
    ("name", "deed", "signal", "said"), WISHES, ids=[f"{name} {deed}" for name, deed, *_ in WISHES]
)
def test_button_wishes_what_it_says_for_the_calls_it_is_about(
    strip: CallStrip, name: str, deed: Deed, signal: str, said: list[list[object]]
) -> None:
    SCENES[name].show(strip)
    spy = QSignalSpy(getattr(strip.wishes, signal))
    strip.buttons[deed].click()
    assert [spy.at(n) for n in range(spy.count())] == said


@pytest.mark.parametrize(
    ("name", "deed", "signal", "said"), BESIDE_WISHES, ids=[f"{name} {deed}" for name, deed, *_ in BESIDE_WISHES]
)
def test_button_of_the_call_beside_is_about_that_call(
    strip: CallStrip, name: str, deed: Deed, signal: str, said: list[list[object]]
) -> None:
    SCENES[name].show(strip)
    spy = QSignalSpy(getattr(strip.wishes, signal))
    strip.buttons_beside[deed].click()
    assert [spy.at(n) for n in range(spy.count())] == said


@pytest.mark.parametrize(
    ("name", "how"), [("call_rings", 0), ("call_rings", 1), ("second_rings", 0), ("second_rings", 1)]
)
def test_call_is_turned_away_as_busy_or_for_good(strip: CallStrip, name: str, how: int) -> None:
    SCENES[name].show(strip)
    spy = QSignalSpy(strip.wishes.decline_wanted)
    menu = (strip.ringing if name == "call_rings" else strip.second).menu
    menu.actions()[how].trigger()
    assert [spy.at(n) for n in range(spy.count())] == [[SECOND, (Turned.BUSY, Turned.DECLINED)[how]]]


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = [
    ("held_here", Qt.Key.Key_H, CTRL, "hold_wanted", [FIRST, False]),
    ("consult_ringing", Qt.Key.Key_H, CTRL, "cancel_consult_wanted", [CONSULT]),
    ("transfer_failed", Qt.Key.Key_H, CTRL, "hold_wanted", [FIRST, False]),
    ("consult_talking", Qt.Key.Key_T, CTRL | SHIFT, "complete_wanted", [FIRST, CONSULT]),
    ("consult_talking", Qt.Key.Key_J, CTRL | SHIFT, "join_wanted", [FIRST, CONSULT]),
    ("conference", Qt.Key.Key_L, CTRL | SHIFT, "complete_wanted", [FIRST, CONSULT]),
    ("second_held", Qt.Key.Key_S, CTRL | SHIFT, "switch_wanted", [SECOND]),
    ("connected", Qt.Key.Key_E, CTRL | SHIFT, "recording_wanted", [FIRST, Deed.RECORD]),
    ("muted", Qt.Key.Key_E, CTRL | SHIFT, "recording_wanted", [FIRST, Deed.PAUSE_RECORDING]),
    ("muted", Qt.Key.Key_M, CTRL, "mute_wanted", [FIRST, False]),
    ("idle", Qt.Key.Key_N, CTRL | SHIFT, "quiet_wanted", [True]),
]


@pytest.mark.parametrize(("name", "key", "modifiers", "signal", "said"), KEYS, ids=[f"{k[0]} {k[3]}" for k in KEYS])
def test_every_deed_of_a_call_has_its_key(
    window: MainWindow, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str, said: list[object]
) -> None:
    SCENES[name].show(window.strip)
    window.right.form.description.setFocus()
    spy = QSignalSpy(getattr(window.strip.wishes, signal))
    QTest.keyClick(window.right.form.description, key, modifiers)
    assert [spy.at(n) for n in range(spy.count())] == [said]


@pytest.mark.parametrize("name", ["connected", "consult_failed", "call_rings", "transfer_asked"])
@pytest.mark.parametrize("key", [(Qt.Key.Key_T, CTRL | SHIFT), (Qt.Key.Key_J, CTRL | SHIFT)], ids=["complete", "join"])
def test_key_does_nothing_where_its_button_is_missing_or_cannot_be_used(
    window: MainWindow, name: str, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    SCENES[name].show(window.strip)
    spies = [QSignalSpy(window.strip.wishes.complete_wanted), QSignalSpy(window.strip.wishes.join_wanted)]
    QTest.keyClick(window, *key)
    assert [spy.count() for spy in spies] == [0, 0]


GONE = [
    ("consult_dialling", Deed.CANCEL_CONSULT, "held_here"),
    ("connected", Deed.CONSULT, "consult_dialling"),
    ("connected", Deed.HANG_UP, "ending"),
    ("transfer_asked", Deed.RETRIEVE, "ending"),
]


@pytest.mark.parametrize(("before", "deed", "after"), GONE)
def test_space_bar_presses_no_neighbour_when_a_button_goes(
    window: MainWindow, before: str, deed: Deed, after: str
) -> None:
    SCENES[before].show(window.strip)
    window.strip.buttons[deed].setFocus()
    SCENES[after].show(window.strip)
    settle()
    clicks = [QSignalSpy(button.clicked) for button in window.findChildren(Button)]

    QTest.keyClick(desk.focus(), Qt.Key.Key_Space)

    assert sum(spy.count() for spy in clicks) == 0


def test_mute_keeps_the_focus_when_it_becomes_unmute(window: MainWindow) -> None:
    SCENES["encrypted"].show(window.strip)
    window.strip.buttons[Deed.MUTE].setFocus()
    window.strip.show_calls(SCENES["muted"].faces, NOW)
    assert QApplication.focusWidget() is window.strip.buttons[Deed.UNMUTE]
