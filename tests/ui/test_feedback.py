"""What an agent says of articles by the keys, what is asked when nothing is found, and the editors' list of gaps."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.offline.pending import State
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.knowledge.gaps_page import GapsPage, View
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.gap import Gap, GapAnswer, GapKind, GapList
from agent_model.scope import EDITORS, Scope, own
from agent_model.wire import Row
from tests.ui.desk import focus
from tests.ui.samples import ME, NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_guides import article

REFUND = article("kb-refund", "Refund process", "Three days.", "article")
ASKED = Gap(
    GapKind.NOTHING_FOUND,
    ("esim",),
    "esim swap",
    4,
    3,
    NOW - timedelta(days=1),
    ("e sim swap",),
    {"billing": 3},
    {"en": 4},
)
APART = Gap(
    GapKind.ANSWERED_APART, ("contract end",), "contract end", 5, 2, NOW - timedelta(days=2),
    answers=(GapAnswer("kb-refund", 3), GapAnswer("kb-x", 2)), is_again=True,
)  # fmt: skip


@pytest.fixture
def reader(seat: AgentSeat) -> AgentSeat:
    """Somebody with one article, whose window has the keyboard."""
    seat.mirror.apply(Scope("org"), [REFUND], None)
    active(seat)
    return seat


@pytest.fixture
def editor(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.EDITOR)
    made.mirror.apply(Scope("org"), [REFUND], None)
    active(made)
    yield made
    made.close()


def active(seat: AgentSeat) -> None:
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)


def keys(seat: AgentSeat, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(seat.window, key, modifier)


def opened(seat: AgentSeat) -> None:
    seat.workspace.looking_up.open_article("kb-refund")
    assert seat.pump(lambda: seat.workspace.feedback.bar is not None and seat.workspace.feedback.bar.isVisible())


def search(seat: AgentSeat, words: str) -> None:
    pane = seat.window.right.knowledge
    pane.start()
    QTest.keyClicks(pane.search, words)
    assert seat.pump(lambda: pane.shows_found)


def sent(seat: AgentSeat, entity: str = "article_feedback") -> list[dict[str, Any]]:
    entries = seat.outbox.entries(State.WAITING, entity=entity)
    return [{name: change.new for name, change in entry.command.fields.items()} for entry in entries]


def test_one_key_says_that_it_helped_and_another_that_it_did_not(reader: AgentSeat) -> None:
    opened(reader)
    keys(reader, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert reader.pump(lambda: [one["kind"] for one in sent(reader)] == ["helpful"])
    keys(reader, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert reader.pump(lambda: [one["kind"] for one in sent(reader)] == ["helpful", "unhelpful"])
    reader.window.right.knowledge.leave_article()
    opened(reader)
    bar = reader.workspace.feedback.bar
    assert bar is not None
    assert reader.pump(lambda: bar.vote == "unhelpful")


def test_flag_is_written_and_sent_by_the_keyboard(reader: AgentSeat) -> None:
    opened(reader)
    keys(reader, Qt.Key.Key_F7)
    QTest.keyClicks(focus(), "Outdated")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "Price of last year, 13812345678")
    QTest.keyClick(focus(), Qt.Key.Key_Return)

    assert reader.pump(lambda: sent(reader))
    [flag] = sent(reader)
    assert (flag["reason"], flag["words"]) == ("outdated", "Price of last year, 138****5678")
    bar = reader.workspace.feedback.bar
    assert bar is not None
    assert reader.pump(lambda: bar.outcome)
    assert not bar.form.isVisible()


def test_flag_without_a_reason_says_what_is_missing(reader: AgentSeat) -> None:
    opened(reader)
    bar = reader.workspace.feedback.bar
    assert bar is not None
    bar.open_form()
    bar.send.click()

    assert bar.outcome == "Say what is wrong with it first."
    assert sent(reader) == []


def test_words_of_a_flag_outlive_the_article_being_left(reader: AgentSeat) -> None:
    opened(reader)
    bar = reader.workspace.feedback.bar
    assert bar is not None
    bar.open_form()
    QTest.keyClicks(bar.words, "Half a sen")
    reader.workspace.feedback.save_now()
    reader.window.right.knowledge.leave_article()
    opened(reader)

    assert reader.pump(lambda: bar.words.text() == "Half a sen")
    assert bar.form.isVisible()


def test_who_found_nothing_tells_the_editors_by_one_key(reader: AgentSeat) -> None:
    search(reader, "qwzx")
    missing = reader.workspace.feedback.missing
    assert missing is not None
    assert missing.isVisible()
    keys(reader, Qt.Key.Key_F7)

    assert reader.pump(lambda: sent(reader))
    [told] = sent(reader)
    assert (told["kind"], told["question"], told["language"]) == ("missing", "qwzx", "en")
    assert reader.pump(lambda: missing.outcome)
    reader.workspace.feedback.save_now()
    assert reader.pump(lambda: sent(reader, "search_batch"))
    assert [one["query"] for one in sent(reader, "search_batch")[0]["records"]] == ["qwzx"]


def test_what_is_found_asks_for_nothing(reader: AgentSeat) -> None:
    search(reader, "refund")

    assert reader.workspace.feedback.missing is None
    keys(reader, Qt.Key.Key_F7)
    assert sent(reader) == []


def test_answer_is_told_with_the_article_that_has_it(reader: AgentSeat) -> None:
    body = {
        "kind": "missing", "by": ME.id, "at": "2026-11-21T10:00:00.000Z", "article": None, "edition": None,
        "reason": None, "question": "money back", "words": "", "queue": None, "language": "en",
        "owner": None, "state": "answered", "answer": "", "answered_with": "kb-refund", "answered_by": "",
        "answered_at": "2026-11-21T11:00:00.000Z",
    }  # fmt: skip
    reader.mirror.apply(own(ME.id), [Row("article_feedback", "f-1", 2, body)], None)
    came = ScopeChanged(own(ME.id), frozenset({"article_feedback"}), frozenset({"f-1"}))
    reader.workspace.feedback.rows_changed(came)

    assert reader.pump(lambda: reader.workspace.notices.notices)
    assert (
        reader.workspace.notices.notices[0].words == "“Refund process” answers what you asked the editors: money back."
    )
    reader.window.show_page(Page.NOTICES)
    notices = reader.window.pages.notices.list
    notices.activated.emit(notices.model().index(0, 0))
    assert reader.pump(lambda: reader.window.right.knowledge.article_id == "kb-refund")
    assert reader.window.pages.shown is Page.WORKSPACE


def gaps_page(seat: AgentSeat, *gaps: Gap) -> GapsPage:
    if gaps:
        seat.server.gaps[30] = GapList(NOW, 30, 12, gaps)
    seat.window.show_page(Page.GAPS)
    return seat.window.pages.gaps


def test_editor_goes_through_gaps_and_settles_one(editor: AgentSeat) -> None:
    page = gaps_page(editor, ASKED, APART)
    assert editor.pump(lambda: page._gaps)
    page.view._take(View.NOTHING_FOUND)
    assert page.list.keys == (ASKED.key,)
    assert "4 times" in page.list.words_of(ASKED.key)
    page.words.setPlainText("Written")
    page.send()

    assert editor.pump(lambda: not page.list.keys)
    [settled] = sent(editor, "gap_decision")
    assert (settled["verdict"], settled["form"], settled["reason"]) == ("done", "esim", "Written")


def test_what_is_missing_is_written_from_its_gap(editor: AgentSeat) -> None:
    page = gaps_page(editor, ASKED, APART)
    page.view._take(View.NOTHING_FOUND)
    assert editor.pump(lambda: page.list.keys == (ASKED.key,))
    page.write.click()
    written = editor.window.pages.articles.editor
    assert editor.window.pages.shown is Page.ARTICLES
    assert (written.title.text(), written.title.hasFocus()) == (ASKED.question, True)

    gaps_page(editor)
    page.view._take(View.ANSWERED_APART)
    assert editor.pump(lambda: page.list.keys == (APART.key,))
    page.write.click()
    assert editor.pump(lambda: written.article_id == APART.answers[0].article)


def test_split_answers_are_named_with_their_counts(editor: AgentSeat) -> None:
    page = gaps_page(editor, APART)
    page.view._take(View.ANSWERED_APART)
    assert editor.pump(lambda: page.list.keys)

    assert page.details.full_text.splitlines()[0] == "Refund process · 3"
    assert "again" in page.list.words_of(APART.key)


def test_editor_goes_from_a_gap_to_the_words_that_mean_the_same(editor: AgentSeat) -> None:
    page = gaps_page(editor, ASKED)
    page.view._take(View.NOTHING_FOUND)
    assert editor.pump(lambda: page.synonym.isVisible())
    editor.window.activateWindow()
    assert QTest.qWaitForWindowActive(editor.window, 5_000)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)

    form = editor.window.pages.synonyms.form
    assert editor.window.pages.shown is Page.SYNONYMS
    assert form.words.hasFocus()
    QTest.keyClicks(form.words, "embedded SIM")
    editor.workspace.synonyms.save_now()
    words = (ASKED.question, *ASKED.variants, "embedded SIM")
    assert editor.pump(lambda: [draft.row.words for draft in editor.rooms.synonyms.drafts()] == [words])


def test_pages_of_those_who_write_lead_to_each_other(editor: AgentSeat) -> None:
    page = gaps_page(editor)
    pages = editor.window.pages
    shown: list[object] = []
    editor.window.page_shown.connect(shown.append)
    page.ways.buttons[Page.ARTICLES].click()
    pages.articles.ways.buttons[Page.SYNONYMS].click()
    pages.synonyms.ways.buttons[Page.GAPS].click()
    assert shown == [Page.ARTICLES, Page.SYNONYMS, Page.GAPS]
    assert [one.isVisible() for one in page.ways.buttons.values()] == [True, True, True]


def test_filter_counts_only_what_was_asked_there(editor: AgentSeat) -> None:
    page = gaps_page(editor, ASKED)
    page.view._take(View.NOTHING_FOUND)
    assert editor.pump(lambda: page.list.keys and page.queue.count() > 1)
    page.queue.choose("billing")
    page.queue.picked.emit("billing")

    assert "3 times" in page.list.words_of(ASKED.key)


def test_without_the_server_the_last_list_is_shown(editor: AgentSeat) -> None:
    page = gaps_page(editor, ASKED)
    assert editor.pump(lambda: page._gaps)
    editor.window.show_page(Page.WORKSPACE)
    editor.server.gaps.clear()
    gaps_page(editor)

    assert editor.pump(lambda: "does not answer" in page.outcome.full_text)
    page.view._take(View.NOTHING_FOUND)
    assert editor.pump(lambda: page.list.keys == (ASKED.key,))


def test_editor_answers_a_flag_with_words_or_an_article(editor: AgentSeat) -> None:
    body = {
        "kind": "flag", "by": "a-1007", "at": "2026-11-21T10:00:00.000Z", "article": "kb-refund",
        "edition": "2026-11-20T10:00:00.000Z", "reason": "wrong", "question": "", "words": "It is five days",
        "queue": None, "language": "en", "owner": None, "state": "open", "answer": "", "answered_with": None,
        "answered_by": None, "answered_at": None,
    }  # fmt: skip
    editor.mirror.apply(EDITORS, [Row("article_feedback", "f-1", 1, body)], None)
    page = gaps_page(editor)
    assert editor.pump(lambda: page.list.keys == ("f-1",))
    assert (page.question.full_text, page.details.full_text) == ("Refund process", "Wrong · It is five days")
    page.send()
    assert "Say what you have done" in page.outcome.full_text
    page.article.setText("kb:nowhere")
    page.send()
    assert editor.pump(lambda: "no article" in page.outcome.full_text)
    page.article.clear()
    page.words.setPlainText("Mended")
    page.send()

    assert editor.pump(lambda: sent(editor))
    assert sent(editor) == [{"state": "answered", "answer": "Mended"}]
    assert editor.pump(lambda: not page.list.keys)


def test_agent_has_no_page_of_gaps(reader: AgentSeat) -> None:
    assert not reader.window.rail.offers(Page.GAPS)
