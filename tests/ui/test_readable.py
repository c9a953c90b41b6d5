"""Everybody can read and reach it: contrast, names, nothing cut off, all of it by keyboard."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.appearance.tokens import DARK, LIGHT, READABLE, Tokens
from agent_desktop.ui.sign_in.window import SignInWindow
from agent_desktop.ui.supervisor.agents_model import Column
from agent_desktop.ui.supervisor.agents_table import LEAST
from agent_desktop.ui.widgets.painted_table import EDGE_PX
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.shortcut_sheet import ShortcutSheet
from agent_desktop.ui.window.shortcuts import chords
from tests.ui import desk
from tests.ui.care_samples import OF_LEADS as CARE_OF_LEADS
from tests.ui.care_samples import STATES as CARE_STATES
from tests.ui.company_rule_samples import ALERTS
from tests.ui.gallery import OTHERS, Variant, _others, show_state
from tests.ui.samples import Samples
from tests.ui.supervisor_samples import STATES as FLOOR_STATES
from tests.ui.wallboard_samples import STATES as WALLBOARD_STATES


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
@pytest.mark.parametrize(("ink", "ground", "least"), READABLE)
def test_every_pair_of_colours_is_readable(tokens: Tokens, ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= least


INTERACTIVE = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.PageTab,
    QAccessible.Role.PageTabList,
    QAccessible.Role.RadioButton,
    QAccessible.Role.Slider,
}


def interfaces(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield root
    for n in range(root.childCount()):
        child = root.child(n)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from interfaces(child)


def unnamed(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    found = []
    for one in interfaces(root):
        if one.role() in INTERACTIVE and not one.text(QAccessible.Text.Name):
            thing = one.object()
            found.append(f"{one.role()} {thing.metaObject().className() if thing else ''}")
    return found


@pytest.mark.parametrize("state", desk.STATES)
def test_everything_that_can_be_used_has_a_name(window: MainWindow, state: str) -> None:
    desk.put_into(window, state, "en")
    assert unnamed(window) == []


@pytest.mark.parametrize("state", OTHERS)
def test_everything_that_can_be_used_has_a_name_on_the_other_screens(
    look: Look, keep: Callable[[QWidget], QWidget], state: str
) -> None:
    shown = keep(_others(look, Variant("en", "light", 1366, 768), state))
    shown.show()
    assert unnamed(shown) == []


def test_a_field_without_a_name_would_be_found(keep: Callable[[QWidget], QWidget]) -> None:
    around = keep(QWidget())
    QLineEdit(around)
    around.show()
    assert unnamed(around) != []


def too_small(window: QWidget) -> list[str]:
    buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
    return [
        button.accessibleName()
        for button in buttons
        if min(button.width(), button.height()) < 24 and button.isEnabled()
    ]


@pytest.mark.parametrize("state", ["call", "second_ring", "acw", "unknown"])
def test_every_button_can_be_hit(window: MainWindow, state: str) -> None:
    desk.put_into(window, state, "en")
    QCoreApplication.processEvents()
    assert too_small(window) == []


class Pseudo(QTranslator):
    """Forty per cent longer, in brackets: what a long language would do to the layout."""

    def translate(self, _: str, source: str, __: str | None = None, ___: int = -1) -> str | None:
        if not source.strip():
            return None
        return f"[{source}{'~' * round(len(source) * 0.4)}]"

    def isEmpty(self) -> bool:  # noqa: N802
        return False


def cut_off(window: QWidget) -> list[str]:
    """Labels that neither wrap nor elide and are narrower than their text, buttons narrower than theirs."""
    found = []
    for label in window.findChildren(QLabel):
        elides = isinstance(label, Label) and label._elides
        if label.isVisible() and label.text() and not label.wordWrap() and not elides:
            needed = label.fontMetrics().horizontalAdvance(label.text())
            if needed > label.contentsRect().width() + 1:
                found.append(f"label {label.text()!r} {needed} > {label.contentsRect().width()}")
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            needed = button.fontMetrics().horizontalAdvance(button.text())
            if needed > button.width():
                found.append(f"button {button.text()!r} {needed} > {button.width()}")
    return found


@pytest.mark.parametrize("state", desk.STATES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut_off(
    look: Look, keep: Callable[[QWidget], QWidget], request: pytest.FixtureRequest, language: str, state: str
) -> None:
    if language == "zh_CN":
        request.getfixturevalue("in_chinese")
    made = desk.window(look, language)
    keep(made)
    made.resize(1366, 768)
    desk.put_into(made, state, language)
    made.show()
    QCoreApplication.processEvents()
    assert made.width() == 1366
    assert cut_off(made) == []


LEADING: Final[Mapping[str, Sequence[str]]] = {
    "floor": FLOOR_STATES,
    "wallboard": WALLBOARD_STATES,
    "care": (*CARE_STATES, *CARE_OF_LEADS, "own_figures"),
    "rules": (
        "rules_floor_policy", "rules_break_reason", "rules_care_policy", "rules_queue", "rules_follow_up_plan",
        "rules_alert_faults", *ALERTS,
    ),
}  # fmt: skip
"""What those who lead the floor look at, by the window that shows one after the other."""


@pytest.mark.parametrize("states", LEADING.values(), ids=LEADING)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut_off_where_the_floor_is_led(
    look: Look,
    keep: Callable[[QWidget], QWidget],
    request: pytest.FixtureRequest,
    language: str,
    states: Sequence[str],
) -> None:
    if language == "zh_CN":
        request.getfixturevalue("in_chinese")
    made = desk.window(look, language)
    keep(made)
    made.resize(1366, 768)
    made.show()
    assert {state: found for state in states if (found := _cut_off_in(made, look, state, language))} == {}


def _cut_off_in(made: MainWindow, look: Look, state: str, language: str) -> list[str]:
    show_state(made, look, Samples(language), state)
    QCoreApplication.processEvents()
    too_wide = [] if made.width() == 1366 else [f"window {made.width()}"]
    return too_wide + cut_off(made) + narrow_fields(made) + cut_cells(made)


def narrow_fields(window: QWidget) -> list[str]:
    """What is picked, and what fields ask for, where the field is narrower."""
    picks = [(one, one.currentText() or _asks(one), 30) for one in window.findChildren(QComboBox)]
    lines = [(one, one.placeholderText(), 12) for one in window.findChildren(QLineEdit) if not one.text()]
    return [
        f"field {words!r}"
        for one, words, frame in (*picks, *lines)
        if one.isVisible() and one.fontMetrics().horizontalAdvance(words) > one.width() - frame
    ]


def cut_cells(window: MainWindow) -> list[str]:
    """Of the agent board, what is read at a glance."""
    if window.pages.shown is not Page.AGENTS:
        return []
    table = window.pages.agents.table
    indexes = [table.model().index(row, column) for row in range(table.model().rowCount()) for column in LEAST]
    room = {column: table.columnWidth(column) - 2 * table._look.px(EDGE_PX) for column in LEAST}
    return [str(index.data()) for index in indexes if table._cells.needed_px(index) > room[Column(index.column())]]


def _asks(pick: QComboBox) -> str:
    line = pick.lineEdit()
    return "" if line is None else line.placeholderText()


@pytest.mark.parametrize("state", ["call", "ring", "acw", "offline", "unknown"])
def test_a_language_forty_per_cent_longer_still_fits_at_full_hd(
    look: Look, keep: Callable[[QWidget], QWidget], qapp: QApplication, state: str
) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        made = desk.window(look, "en")
        keep(made)
        made.resize(1920, 1080)
        desk.put_into(made, state, "en")
        made.show()
        QCoreApplication.processEvents()
        assert made.width() == 1920
        assert cut_off(made) == []
    finally:
        qapp.removeTranslator(pseudo)


def test_f6_goes_round_the_panels_and_comes_back_to_the_same_place(window: MainWindow) -> None:
    window.right.form.description.setFocus()
    visited = []
    for _ in range(5):
        QTest.keyClick(desk.focus(), Qt.Key.Key_F6)
        visited.append(next(panel for panel in window._panels._panels if panel.isAncestorOf(desk.focus())))

    assert visited == [window.top_bar, window.left, window.strip, window.customer, window.right]
    assert QApplication.focusWidget() is window.right.form.description


def test_tab_reaches_the_whole_ticket_form_in_the_order_it_is_read(window: MainWindow) -> None:
    form = window.right.form
    form.subject.setFocus()
    visited = []
    for _ in range(4):
        QTest.keyClick(desk.focus(), Qt.Key.Key_Tab)
        visited.append(desk.focus().accessibleName())

    assert visited == ["Category", "High", "Description", "Submit"]


def test_arrow_keys_choose_the_priority(window: MainWindow) -> None:
    priority = window.right.form.priority
    window.right.form.category.setFocus()
    QTest.keyClick(desk.focus(), Qt.Key.Key_Tab)
    QTest.keyClick(desk.focus(), Qt.Key.Key_Right)

    assert priority.value == "urgent"
    assert desk.focus().accessibleName() == "Urgent"
    assert window.right.form.draft.priority == "urgent"


def test_sheet_lists_every_key_and_closes_on_escape(look: Look, keep: Callable[[QWidget], QWidget]) -> None:
    sheet = ShortcutSheet(look, None)
    keep(sheet)
    sheet.show()
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    QTest.keyClick(sheet, Qt.Key.Key_Escape)

    assert {"F9", "Ctrl+Enter", "Ctrl+Shift+H", "Ctrl+1…9"} <= texts
    assert not sheet.isVisible()


def test_sheet_fits_the_smallest_screen(look: Look, keep: Callable[[QWidget], QWidget]) -> None:
    sheet = ShortcutSheet(look, None)
    keep(sheet)
    sheet.adjustSize()

    assert sheet.width() <= 1366
    assert sheet.height() <= 768


def test_no_key_has_two_meanings_nor_is_one_of_an_input_method() -> None:
    keys = [chord.keys for chord in chords()]
    of_input_methods = {"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift+F"}

    assert len(keys) == len(set(keys))
    assert not of_input_methods & set(keys)


def test_sign_in_works_by_keyboard_and_says_what_is_wrong(look: Look, keep: Callable[[QWidget], QWidget]) -> None:
    sign_in = SignInWindow(look)
    keep(sign_in)
    sign_in.show_known("https://desk.example", "lin.yue")
    sign_in.show()
    wishes: list[object] = []
    sign_in.sign_in_wanted.connect(wishes.append)
    QTest.keyClicks(sign_in.password, "secret")
    QTest.keyClick(sign_in.password, Qt.Key.Key_Return)
    sign_in.show_error("The name or the password is wrong.")

    assert len(wishes) == 1
    assert "secret" not in repr(wishes)
    assert sign_in.password.selectedText()
