"""What each pane says for a value, and what it wishes when it is used."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_desktop.customers.profile import Hidden, Known, Several, Timeline, Unknown
from agent_desktop.errors import ClientTooOld
from agent_desktop.knowledge.hits import FromProduct
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import Registered, RegistrarUnreachable, RegistrationRefused
from agent_desktop.sync.events import NeedsAttention, Offline, SignInExpired, Synced, Syncing, SyncStatus
from agent_desktop.tickets.draft import Lack, TicketDraft
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.appearance.tokens import DARK, LIGHT
from agent_desktop.ui.attention.page import Refused
from agent_desktop.ui.messages.line import phone_lost
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.widgets.found_list import Found, FoundKind
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Notice, Weight
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentState
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber
from tests.ui import desk
from tests.ui.samples import NOW, Samples, ago

EN = Samples("en")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NUMBER = PhoneNumber("+8613800006721")


def texts(widget: QWidget) -> set[str]:
    """Everything a person can read in it now."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return {label.full_text if isinstance(label, Label) else label.text() for label in labels}


def test_number_stays_masked_until_it_is_asked_for_and_again_after_30_s(window: MainWindow) -> None:
    header, spy = window.customer.header, QSignalSpy(window.customer.reveal_wanted)
    assert "138****6721" in texts(header)

    header.reveal.click()
    window.customer.show_revealed("138 0000 6721", NOW)
    shown = texts(header)
    window.customer.tick(NOW + timedelta(seconds=30))

    assert spy.at(0) == [NUMBER, ""]
    assert "138 0000 6721" in shown
    assert "138****6721" in texts(header)


def test_several_customers_are_chosen_by_keyboard(window: MainWindow) -> None:
    chosen = QSignalSpy(window.customer.candidate_chosen)
    window.customer.show_recognition(Several(NUMBER, (EN.customer, EN.customer)), NOW)
    lines = window.customer.chooser._lines
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Down)
    QTest.keyClick(lines, Qt.Key.Key_Return)

    assert chosen.at(0) == ["C-00018274"]


def test_unknown_caller_becomes_a_customer_with_what_is_known(window: MainWindow) -> None:
    wishes: list[object] = []
    window.customer.create_wanted.connect(wishes.append)
    window.customer.show_recognition(Unknown(NUMBER, is_asking_server=True), NOW, "Mr Li")
    window.customer.stranger.name.setText("Li Lei")
    window.customer.show_recognition(Unknown(NUMBER), NOW, "Mr Li")
    window.customer.stranger.name.setFocus()
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)

    assert [(wish.number, wish.name) for wish in wishes] == [(NUMBER, "Li Lei")]  # type: ignore[attr-defined]


def test_hidden_number_is_said(window: MainWindow) -> None:
    window.customer.show_recognition(Hidden(), NOW)
    assert "The caller withholds the number" in texts(window.customer)
    assert window.customer.customer_id == ""


def test_caller_without_a_number_becomes_a_customer_without_one(window: MainWindow) -> None:
    wishes: list[object] = []
    window.customer.create_wanted.connect(wishes.append)
    window.customer.show_recognition(Hidden(), NOW, key="call-1")
    window.customer.stranger.name.setFocus()
    QTest.keyClicks(desk.focus(), "Li Lei")
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)
    assert [(wish.number, wish.name) for wish in wishes] == [(None, "Li Lei")]  # type: ignore[attr-defined]


def test_half_typed_name_belongs_to_its_call(window: MainWindow) -> None:
    pane, name = window.customer, window.customer.stranger.name
    pane.show_recognition(Hidden(), NOW, key="call-1")
    name.setText("Li L")
    pane.show_recognition(Hidden(), NOW, key="call-2")
    assert name.text() == ""
    pane.show_recognition(Unknown(NUMBER), NOW, "Mr Li", key="call-3")
    assert name.text() == "Mr Li"
    pane.show_recognition(Hidden(), NOW, key="call-1")
    assert name.text() == "Li L"


def test_suggestion_names_no_product_before_the_check(window: MainWindow) -> None:
    said = "The customer has Business Leased Line 500M"
    first, *others = EN.suggestions
    window.right.knowledge.show_suggestions((replace(first, reason=FromProduct("line-500")), *others), NOW)
    assert any(said in line for line in hit_lines(window))
    window.customer.disclose(frozenset({Disclosed.PRODUCTS}), "Shown after the identity check")
    assert not any(said in line for line in hit_lines(window))
    assert any("Fits what the customer has" in line for line in hit_lines(window))
    window.customer.disclose(frozenset(), "")
    assert any(said in line for line in hit_lines(window))


def hit_lines(window: MainWindow) -> list[str]:
    model = window.right.knowledge.hits.model()
    said = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(said)) for row in range(model.rowCount())]


def test_timeline_asks_for_the_next_page_once(window: MainWindow) -> None:
    asked = QSignalSpy(window.customer.earlier_wanted)
    bar = window.customer.timeline.verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum() - 1)
    bar.setValue(bar.maximum())
    first = asked.count()
    window.customer.add_earlier(Timeline(EN.timeline.entries[:2]))

    assert first == 1
    assert len(window.customer.timeline.entries) == len(EN.timeline.entries) + 2


def test_form_tells_every_change_and_keeps_whose_draft_it_is(window: MainWindow) -> None:
    drafts: list[TicketDraft] = []
    window.right.form.draft_changed.connect(drafts.append)
    window.right.form.show_draft(TicketDraft("call-9", "C-9", "ref-9"))
    QTest.keyClicks(window.right.form.subject, "No service")

    assert drafts[-1] == TicketDraft("call-9", "C-9", "ref-9", subject="No service")


def test_form_says_what_is_missing_and_goes_there(window: MainWindow) -> None:
    form = window.right.form
    form.description.setFocus()
    form.show_lacks({"category": Lack.NOT_OFFERED})

    assert "Choose one from the list." in texts(form)
    assert form.category.hasFocus()


def test_same_draft_coming_back_leaves_the_cursor(window: MainWindow) -> None:
    form = window.right.form
    form.subject.setCursorPosition(3)
    form.show_draft(form.draft)
    assert form.subject.cursorPosition() == 3


def test_trouble_leaves_the_text_in_the_form(window: MainWindow) -> None:
    before = window.right.form.draft
    window.right.form.show_sending(sending=True)
    window.right.form.show_failure("The disk is full.")

    assert window.right.form.draft == before
    assert "The disk is full." in texts(window.right.form)
    assert window.right.form.submit.isEnabled()


def test_search_as_you_type_waits_for_a_pause(window: MainWindow) -> None:
    spy = QSignalSpy(window.right.knowledge.search_wanted)
    QTest.keyClicks(window.right.knowledge.search, "invoice")
    assert spy.count() == 0
    assert spy.wait(1_000)
    assert [spy.at(n) for n in range(spy.count())] == [["invoice"]]


def test_article_is_read_and_left_by_keyboard_and_the_form_comes_back(window: MainWindow) -> None:
    from agent_model.article import Article, ArticleId

    article = Article(ArticleId("1"), "Title", "# Body", "billing", None, None, "en", (), NOW)
    window.right.knowledge.show_article(article, NOW)
    hidden = window.right.form.isVisible()
    QTest.keyClick(desk.focus(), Qt.Key.Key_Escape)

    assert not hidden
    assert window.right.form.isVisible()
    assert window.right.knowledge.search.hasFocus()


def test_enter_in_the_search_reads_the_chosen_article_and_ctrl_i_inserts_it(window: MainWindow) -> None:
    knowledge = window.right.knowledge
    read, inserted, linked = map(QSignalSpy, (knowledge.article_wanted, knowledge.insert_wanted, knowledge.link_wanted))
    knowledge.search.setText("invoice")
    knowledge.show_result(EN.result, NOW)
    QTest.keyClick(knowledge.search, Qt.Key.Key_Down)
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    knowledge.insert_current()
    knowledge.link_current()

    assert [spy.at(0) for spy in (read, inserted, linked)] == [["2"]] * 3


def test_found_customer_is_taken_by_keyboard_and_the_list_goes_with_the_focus(window: MainWindow) -> None:
    chosen: list[object] = []
    window.top_bar.found_chosen.connect(chosen.append)
    found = (Found(FoundKind.CUSTOMER, "C-1", "Chen"), Found(FoundKind.TICKET, "T-1", "TK-1"))
    window.top_bar.search.setFocus()
    QTest.keyClicks(window.top_bar.search, "ch")
    window.top_bar.show_found(found)
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Down)
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Return)
    window.top_bar.search.setFocus()
    QTest.keyClicks(window.top_bar.search, "ch")
    window.top_bar.show_found(found)
    was_open = window.top_bar.found.isVisible()
    window.right.form.subject.setFocus()

    assert chosen == [found[1]]
    assert (was_open, window.top_bar.found.isVisible()) == (True, False)


SYNC: list[tuple[SyncStatus, str]] = [
    (Synced(NOW), "Synced"),
    (Syncing(2), "Syncing 2"),
    (Syncing(0, 50, 200), "Syncing 25%"),
    (Offline(NOW, 3, NOW), "Offline · 3 waiting"),
    (NeedsAttention(1), "1 need attention"),
    (NeedsAttention(3, 1), "3 need attention"),
    (NeedsAttention(2, 2), "Conflicts 2"),
    (SignInExpired(2), "Sign in again"),
]


@pytest.mark.parametrize(("status", "words"), SYNC, ids=[words for _, words in SYNC])
def test_chip_says_how_the_sync_stands(window: MainWindow, status: SyncStatus, words: str) -> None:
    window.top_bar.show_sync(status)
    assert window.top_bar.sync.accessibleName() == words


@pytest.mark.parametrize(
    ("phone_is_up", "words"), [(True, "Calls are not affected."), (False, "The phone has no line either.")]
)
def test_banner_calls_the_phone_unaffected_only_when_it_is(window: MainWindow, phone_is_up: bool, words: str) -> None:
    window.offline_banner.show_offline(Offline(ago(minutes=5), 3, NOW), NOW, phone_is_up=phone_is_up)
    assert any(words in text for text in texts(window.offline_banner))


def test_banner_counts_down_and_retries_now(window: MainWindow) -> None:
    banner, spy = window.phone_banner, QSignalSpy(window.phone_banner.retry_wanted)
    banner.show_phone_down(RegistrarUnreachable(408, "", 12), NOW)
    banner.tick(NOW + timedelta(seconds=4))
    banner.act.click()

    assert "Next try in 8 s" in texts(banner)
    assert spy.count() == 1
    banner.tick(NOW + timedelta(seconds=27))
    assert "Next try in 9 s" in texts(banner), "it was tried twice meanwhile"


def test_refused_line_offers_no_useless_retry(window: MainWindow) -> None:
    window.phone_banner.show_phone_down(RegistrationRefused(403, "Forbidden"), NOW)
    assert not window.phone_banner.act.isVisible()


@pytest.mark.parametrize(
    ("key", "held", "wish"),
    [
        (Qt.Key.Key_R, CONTROL | SHIFT, lambda window: window.top_bar.state.ready_wanted),
        (Qt.Key.Key_F10, PLAIN, lambda window: window.help_flag_wanted),
    ],
    ids=["ready", "help"],
)
def test_key_of_the_window_is_obeyed_while_the_menu_of_states_is_open(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier, wish: Callable[[MainWindow], SignalInstance]
) -> None:
    pressed: list[object] = []
    wish(window).connect(lambda: pressed.append(key))
    menu = window.top_bar.state.menu()
    menu.popup(QPoint(0, 0))

    QTest.keyClick(menu, key, held)
    QCoreApplication.processEvents()

    assert pressed == [key]
    assert not menu.isVisible()


def test_menu_of_states_keeps_its_own_keys(window: MainWindow) -> None:
    pressed: list[object] = []
    window.top_bar.state.ready_wanted.connect(lambda: pressed.append("ready"))
    menu = window.top_bar.state.menu()
    menu.popup(QPoint(0, 0))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)

    assert pressed == ["ready"]


def test_state_button_says_the_state_what_follows_and_a_break_too_long(window: MainWindow) -> None:
    state = window.top_bar.state
    state.show_seat(EN.seat(AgentState.ON_CALL, NOW, wanted=AgentState.BREAK), NOW)
    on_call = state.text()
    state.show_seat(EN.seat(AgentState.BREAK, ago(minutes=16), reason="rest"), NOW)

    assert "then break" in on_call
    assert "Short break  16:00" in state.text()
    assert state.property("tone") == "warn"


def test_refused_change_keeps_its_text_on_the_screen(window: MainWindow) -> None:
    from agent_desktop.ui.window.rail import Page

    window.pages.attention.show_attention((Refused("op-1", "Ticket", "all that was written", "not_allowed", NOW),), NOW)
    window.show_page(Page.ATTENTION)
    QCoreApplication.processEvents()
    assert "all that was written" in texts(window.pages.attention)


@pytest.mark.parametrize("page", [Page.NOTICES, Page.REPORTS, Page.WALLBOARD, Page.WORKSPACE])
def test_toast_is_seen_on_whatever_page(window: MainWindow, page: Page) -> None:
    window.toasts.show_toast(Notice("1", Weight.INFO, "Nobody answers", NOW))
    window.rail.offer(page, is_offered=True)
    window.show_page(page)
    window.toasts.show_toast(Notice("2", Weight.INFO, "Somebody asks for help", NOW))
    QCoreApplication.processEvents()

    assert window.toasts.isVisible()
    assert {text for text in texts(window.toasts) if text} == {"Nobody answers", "Somebody asks for help"}
    assert window.rect().contains(QRect(window.toasts.mapTo(window, QPoint()), window.toasts.size()))


def test_no_toast_is_read_along_on_a_whole_screen(window: MainWindow) -> None:
    window.rail.offer(Page.WALLBOARD, is_offered=True)
    window.show_page(Page.WALLBOARD)
    window.fill_screen(is_whole=True)
    window.toasts.show_toast(Notice("1", Weight.INFO, "Somebody asks for help", NOW))
    is_seen = window.toasts.isVisible()
    window.fill_screen(is_whole=False)

    assert (is_seen, window.toasts.isVisible()) == (False, True)


def test_no_more_than_two_toasts_and_none_takes_the_focus(window: MainWindow) -> None:
    window.right.form.subject.setFocus()
    for n in range(4):
        window.toasts.show_toast(Notice(str(n), Weight.INFO, f"Notice {n}", NOW))
    QCoreApplication.processEvents()

    assert {text for text in texts(window.toasts) if text} == {"Notice 2", "Notice 3"}
    assert QApplication.focusWidget() is window.right.form.subject


def test_open_items_are_reached_by_number(window: MainWindow) -> None:
    spy = QSignalSpy(window.left.item_chosen)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert spy.at(0) == ["c-2"]


def test_changing_one_setting_leaves_the_others(window: MainWindow) -> None:
    wishes: list[Settings] = []
    window.pages.settings.settings_wanted.connect(wishes.append)
    window.pages.settings.motion.click()
    window.pages.settings.show_settings(replace(Settings(), server="https://desk.example", scale_pct=120))
    window.pages.settings.motion.click()

    assert wishes[0] == replace(Settings(), reduce_motion=True)
    assert (wishes[1].server, wishes[1].scale_pct) == ("https://desk.example", 120)


def test_toast_stays_at_the_bottom_when_the_window_grows(window: MainWindow) -> None:
    window.toasts.show_toast(Notice("1", Weight.DONE, "Filed", NOW))
    window.resize(1500, 900)
    QCoreApplication.processEvents()
    toasts = window.toasts.geometry()

    assert window.customer.height() - toasts.bottom() <= 13


def test_theme_changes_at_once_and_back(window: MainWindow, look: Look) -> None:
    look.choose("dark", 100)
    dark = window.top_bar.grab().toImage().pixelColor(4, 4).name().upper()
    look.choose("light", 100)
    light = window.top_bar.grab().toImage().pixelColor(4, 4).name().upper()

    assert (dark, light) == (DARK.surface, LIGHT.surface)


def test_another_profile_of_the_same_customer_stays_on_its_tab(window: MainWindow) -> None:
    window.customer.tabs.setCurrentIndex(1)
    window.customer.show_recognition(Known(NUMBER, EN.profile), NOW)
    assert window.customer.tabs.currentIndex() == 1


def test_line_is_named_by_its_registration(window: MainWindow) -> None:
    window.top_bar.show_registration(Registered(NOW))
    ready = texts(window.top_bar)
    window.top_bar.show_registration(RegistrationRefused(403, ""))

    assert "Line ready" in ready
    assert "No line" in texts(window.top_bar)


@pytest.mark.parametrize("words", ["Filed", explain(ClientTooOld(426, "client_too_old")), phone_lost() * 3])
def test_notice_shows_every_line_of_its_sentences(window: MainWindow, words: str) -> None:
    window.toasts.show_toast(Notice("1", Weight.TROUBLE, words, NOW))
    QCoreApplication.processEvents()
    labels = [label for label in window.toasts.findChildren(Label) if label.isVisible()]

    assert [label.text() for label in labels] == [words]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)


def test_list_of_notices_shows_every_line_of_their_sentences(window: MainWindow) -> None:
    words = phone_lost() * 5
    notices = (Notice("1", Weight.TROUBLE, words, NOW), Notice("2", Weight.DONE, "Filed", NOW))
    window.pages.notices.show_notices(notices, NOW)
    window.show_page(Page.NOTICES)
    QCoreApplication.processEvents()
    view = window.pages.notices.list
    long, short = (view.visualRect(view.model().index(row, 0)).height() for row in (0, 1))

    assert long >= 3 * view.fontMetrics().height()
    assert long > short


def test_timeline_with_nothing_in_it_says_so(window: MainWindow) -> None:
    timeline = window.customer.timeline
    timeline.show_timeline(Timeline(()), NOW)
    assert timeline.model().index(0, 0).data() == "Nothing here yet"
    timeline.show_timeline(Timeline((), earlier_than=NOW), NOW)
    assert timeline.model().rowCount() == 0
    timeline.add_earlier(Timeline(()))
    assert timeline.model().index(0, 0).data() == "Nothing here yet"


def test_enter_presses_the_button_that_has_the_keyboard_once(window: MainWindow) -> None:
    button = window.customer.blank.search
    window.customer.show_nothing()
    pressed = QSignalSpy(button.clicked)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    QCoreApplication.sendEvent(button, held)
    assert pressed.count() == 1
