"""Articles on the page where they are written: typed, kept, sent on, compared with what was published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.knowledge.writing import Deed, Kept
from agent_desktop.offline.pending import State
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.diff import Side, compared
from agent_desktop.ui.articles.editor import ArticleEditor
from agent_desktop.ui.articles.page import ArticlesPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.article import Article, ArticleId
from agent_model.article_draft import ArticleDraft, DraftState, begun_from
from agent_model.body import to_body
from agent_model.row_draft import RowDraft
from agent_model.scope import EDITORS, ORG
from agent_model.wire import Row
from tests.ui.samples import ME, NOW
from tests.ui.seat import AgentSeat

BODY = "Say: within a day.\n\n1. Open the app\n2. Press Change\n"
ARTICLE = Article(
    ArticleId("kb-1"),
    "Change the title of an e-invoice",
    BODY,
    "Billing",
    None,
    "billing",
    "en",
    ("invoice",),
    NOW - timedelta(days=30),
    version=2,
    owner=ME.id,
)
REVIEW = ArticleDraft(
    "kb-2", "Roaming", "Tell them the price.", "Plans", state=DraftState.REVIEW, author="ye.wen", writers=("ye.wen",),
    written_in=2, version=3,
)  # fmt: skip


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.EDITOR)
    yield made
    made.close()


def row_of(entity: str, value: Any) -> Row:
    return Row(entity, value.id, value.version, to_body(value))


@pytest.fixture
def page(seat: AgentSeat) -> ArticlesPage:
    seat.mirror.apply(ORG, [row_of("article", ARTICLE)], None)
    seat.mirror.apply(EDITORS, [row_of("article_draft", REVIEW)], None)
    seat.window.show_page(Page.ARTICLES)
    made = seat.window.pages.articles
    assert seat.pump(lambda: len(made._ids) == 2)
    return made


def opened(seat: AgentSeat, page: ArticlesPage, article_id: str) -> ArticleEditor:
    page.taken.emit(article_id)
    assert seat.pump(lambda: page.editor.article_id == article_id)
    return page.editor


def sent(seat: AgentSeat) -> list[tuple[str, str, dict[str, Any]]]:
    commands = [entry.command for entry in seat.outbox.entries(State.WAITING, entity="article_draft")]
    return [(one.kind.value, one.id, {name: change.new for name, change in one.fields.items()}) for one in commands]


def seen(editor: ArticleEditor) -> set[Deed]:
    return {deed for deed, button in editor.buttons.items() if not button.isHidden()}


def test_page_is_not_there_for_an_agent(tmp_path: Path, look: Look) -> None:
    made = AgentSeat(tmp_path, look)
    is_offered = made.window.rail.offers(Page.ARTICLES)
    made.close()
    assert not is_offered


def test_what_waits_for_review_stands_first_and_the_list_is_searched(seat: AgentSeat, page: ArticlesPage) -> None:
    assert page._ids == ("kb-2", "kb-1")
    page.search.setFocus()
    QTest.keyClicks(page.search, "invoice")
    assert seat.pump(lambda: page._ids == ("kb-1",))
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    page.kept.setCurrentIndex(page.kept.findData(Kept.REVIEW))
    page.kept.activated.emit(page.kept.currentIndex())
    assert seat.pump(lambda: page._ids == ("kb-2",))


def test_article_that_opens_by_itself_is_marked_in_the_list(seat: AgentSeat, page: ArticlesPage) -> None:
    assert seat.pump(lambda: page.editor.article_id and page.rows.currentIndex().isValid())
    assert page._ids[page.rows.currentIndex().row()] == page.editor.article_id


def test_new_article_is_typed_kept_and_sent_for_review_with_the_keyboard(seat: AgentSeat, page: ArticlesPage) -> None:
    page.new.click()
    editor = page.editor
    QTest.keyClicks(editor.title, "Lost card")
    QTest.keyClicks(editor.text, "Block it first.")
    assert seat.pump(lambda: [one.row.body for one in seat.rooms.articles.drafts()] == ["Block it first."])
    assert sent(seat) == []
    assert seen(editor) == {Deed.SEND, Deed.SAVE}

    editor.send()
    assert seat.pump(lambda: "Category: write it." in editor.faults.full_text)
    QTest.keyClicks(editor.fields.category, "Cards")
    editor.send()

    assert seat.pump(lambda: len(sent(seat)) == 1)
    [(kind, id_, fields)] = sent(seat)
    assert (kind, fields["state"], fields["body"], fields["category"], fields["owner"]) == (
        "create",
        "review",
        "Block it first.",
        "Cards",
        ME.id,
    )
    assert "writers" not in fields
    assert seat.pump(lambda: editor.state.text() == "Waits for review")
    assert "sent when the server is back" in editor.about.full_text
    assert Deed.PUBLISH not in seen(editor)
    assert id_ in page._ids


def test_second_reader_publishes_with_one_key(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-2")
    assert seen(editor) == {Deed.PUBLISH, Deed.SCHEDULE, Deed.RETURN, Deed.WITHDRAW}
    page.send()
    assert seat.pump(lambda: sent(seat) == [("update", "kb-2", {"state": "published"})])


def test_article_is_returned_with_a_note(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-2")
    editor.buttons[Deed.RETURN].click()
    QTest.keyClicks(editor.ask.line, "Say the price")
    QTest.keyClick(editor.ask.line, Qt.Key.Key_Return)
    assert seat.pump(lambda: sent(seat) == [("update", "kb-2", {"state": "draft", "note": "Say the price"})])


def test_article_is_published_later_at_a_moment_that_can_be_read(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-2")
    editor.buttons[Deed.SCHEDULE].click()
    QTest.keyClicks(editor.ask.line, "soon")
    QTest.keyClick(editor.ask.line, Qt.Key.Key_Return)
    assert "Publish at: write a day such as" in editor.faults.full_text
    editor.ask.line.setText("2026-12-01 09:00")
    editor.ask.do.click()
    moment = "2026-12-01T01:00:00.000Z"
    assert seat.pump(lambda: sent(seat) == [("update", "kb-2", {"state": "scheduled", "publish_at": moment})])


def test_article_that_came_from_elsewhere_is_taken_up_and_changed(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText(BODY + "3. Done\n")
    assert seat.pump(lambda: seen(editor) == {Deed.SEND, Deed.SAVE})
    editor.buttons[Deed.SAVE].click()
    assert seat.pump(lambda: len(sent(seat)) == 2)
    [(first, _, whole), (second, _, changed)] = sent(seat)
    assert (first, whole["state"], whole["body"]) == ("create", "published", BODY)
    assert (second, changed) == ("update", {"state": "draft", "body": BODY + "3. Done\n"})


def test_draft_is_saved_by_its_key_and_nothing_else_is(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    seat.window.pages.keep()
    editor.text.setPlainText("Better")
    seat.window.pages.keep()
    assert seat.pump(lambda: len(sent(seat)) == 2)
    assert sent(seat)[1][2] == {"state": "draft", "body": "Better"}


def test_article_that_is_still_right_is_said_to_be_with_one_press(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.buttons[Deed.CHECKED].click()
    assert seat.pump(lambda: len(sent(seat)) == 2)
    assert list(sent(seat)[1][2]) == ["checked_at"]


def test_guide_is_written_with_its_steps_in_the_preview_and_not_sent_while_one_leads_nowhere(
    seat: AgentSeat, page: ArticlesPage
) -> None:
    editor = opened(seat, page, "kb-1")
    editor.fields.kind.setCurrentIndex(editor.fields.kind.findData("guide"))
    editor.text.setPlainText("## Lamp\nIs it on?\n- [Yes](#done)\n")
    assert seat.pump(lambda: "1. Lamp" in editor.preview.toPlainText())
    editor.send()
    assert seat.pump(lambda: "there is no step “done”" in editor.faults.full_text)
    assert sent(seat) == []


def test_where_one_person_is_enough_a_text_is_published_by_who_writes_it(seat: AgentSeat, page: ArticlesPage) -> None:
    policy = Row("article_policy", "site", 1, {"needs_second": False, "review_days": 0, "by_category": []})
    seat.mirror.apply(ORG, [policy], None)
    seat.workspace.articles.rows_came(ScopeChanged(ORG, frozenset({"article_policy"}), frozenset()))
    assert seat.pump(lambda: not seat.workspace.articles._policy.needs_second)
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText("Better")
    assert Deed.PUBLISH in seen(editor)
    editor.send()
    assert seat.pump(lambda: len(sent(seat)) == 3)
    assert [fields for *_, fields in sent(seat)[1:]] == [{"state": "draft", "body": "Better"}, {"state": "published"}]


def test_withdrawing_asks_first(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.buttons[Deed.WITHDRAW].click()
    assert "Agents will not find it any more" in editor.ask.words.full_text
    assert sent(seat) == []
    editor.ask.do.click()
    assert seat.pump(lambda: [fields for *_, fields in sent(seat)[1:]] == [{"state": "withdrawn"}])


def test_what_is_typed_stays_while_rows_come_and_goes_only_when_it_is_given_up(
    seat: AgentSeat, page: ArticlesPage
) -> None:
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText("Mine")
    newer = replace(ARTICLE, body="Theirs", version=3)
    seat.mirror.apply(ORG, [row_of("article", newer)], None)
    seat.workspace.articles._read()
    assert seat.pump(lambda: seat.rooms.articles.drafts() != ())
    assert editor.text.toPlainText() == "Mine"
    editor.discard.click()
    assert seat.pump(lambda: editor.text.toPlainText() == "Theirs")
    assert seat.rooms.articles.drafts() == ()


def test_half_a_word_in_a_field_stays_while_rows_come(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.fields.keywords.clear()
    QTest.keyClicks(editor.fields.keywords, "sim, ")
    QTest.keyClicks(editor.fields.valid_to, "2026-1")
    seat.mirror.apply(EDITORS, [row_of("article_draft", replace(REVIEW, id="kb-7"))], None)
    seat.workspace.articles.rows_came(ScopeChanged(EDITORS, frozenset({"article_draft"}), frozenset()))
    assert seat.pump(lambda: "kb-7" in page._ids)
    assert seat.pump(lambda: [one.row.keywords for one in seat.rooms.articles.drafts()] == [("sim",)])
    seat.workspace.articles._look_at("kb-1")
    seat.workspace.articles._look_at("kb-1")
    done: list[object] = []
    seat.background.store.do(lambda: None, done.append)
    assert seat.pump(lambda: done == [None])
    assert (editor.fields.keywords.text(), editor.fields.valid_to.text()) == ("sim, ", "2026-1")


def test_text_that_is_typed_back_is_no_change(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText("Mine")
    assert seat.pump(lambda: seat.rooms.articles.drafts() != ())
    editor.text.setPlainText(BODY)
    assert seat.pump(lambda: seat.rooms.articles.drafts() == ())
    assert Deed.SAVE not in seen(editor)


def test_earlier_version_is_compared_and_written_again(seat: AgentSeat, page: ArticlesPage) -> None:
    older = replace(ARTICLE, body="Say: within a week.\n", version=1)
    seat.server.kept_rows = (row_of("article", ARTICLE), row_of("article", older))
    editor = opened(seat, page, "kb-1")
    editor.earlier.click()
    assert seat.pump(lambda: editor.versions.pick.count() == 2)
    assert editor.versions.said.full_text == "The text now is the same."
    editor.versions.pick.setCurrentIndex(1)
    assert editor.versions.said.full_text == "From this version to the text now: − 1 lines, + 4 lines."
    assert "− Say: within a week." in editor.versions.text.toPlainText()
    editor.versions.restore.click()
    assert editor.text.toPlainText() == "Say: within a week.\n"
    assert seat.pump(lambda: [one.row.body for one in seat.rooms.articles.drafts()] == ["Say: within a week.\n"])


def test_text_that_agents_have_by_now_is_told_and_taken_into_account(seat: AgentSeat, page: ArticlesPage) -> None:
    begun = replace(begun_from(ARTICLE), state=DraftState.REVIEW, writers=("ye.wen",), based_on=NOW, version=5)
    seat.mirror.apply(EDITORS, [row_of("article_draft", begun)], None)
    editor = opened(seat, page, "kb-1")
    assert not editor.overtaken.isHidden()
    assert Deed.PUBLISH not in seen(editor)
    editor.rebase.click()
    assert seat.pump(lambda: [list(fields) for *_, fields in sent(seat)] == [["based_on"]])
    assert seat.pump(lambda: editor.overtaken.isHidden())


def test_marks_are_written_where_the_cursor_is(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText("one\ntwo")
    editor.text.selectAll()
    editor.bar.steps.click()
    assert editor.text.toPlainText() == "1. one\n2. two"
    editor.text.selectAll()
    editor.bar.points.click()
    assert editor.text.toPlainText() == "- one\n- two"
    editor.text.selectAll()
    editor.bar.points.click()
    editor.text.selectAll()
    editor.bar.bold.click()
    assert editor.text.toPlainText().startswith("**one")
    editor.text.undo()
    assert editor.text.toPlainText() == "one\ntwo"


def test_link_is_looked_for_and_put_in(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-2")
    editor.text.setReadOnly(False)
    editor.text.setPlainText("See ")
    editor.text.moveCursor(editor.text.textCursor().MoveOperation.End)
    editor.bar.link.click()
    QTest.keyClicks(editor.bar.sought, "invoice")
    assert seat.pump(lambda: editor.bar.links.current_key == "kb-1")
    QTest.keyClick(editor.bar.sought, Qt.Key.Key_Return)
    assert editor.text.toPlainText() == "See [Change the title of an e-invoice](kb:kb-1)"
    assert editor.bar.sought.isHidden()


def test_signs_that_nobody_sees_are_left_out_of_a_text(seat: AgentSeat, page: ArticlesPage) -> None:
    editor = opened(seat, page, "kb-1")
    editor.text.setPlainText("a\u202eb\x1bc")
    assert editor.draft is not None
    assert editor.draft.body == "abc"


def test_lines_are_compared_word_by_word() -> None:
    lines = compared("same\nwithin a day\nold\n", "same\nwithin a week\n")
    assert [line.side for line in lines] == [Side.SAME, Side.GONE, Side.COME, Side.GONE]
    assert [(piece.words, piece.is_marked) for piece in lines[1].pieces] == [("within a ", False), ("day", True)]
    assert [(piece.words, piece.is_marked) for piece in lines[2].pieces] == [("within a ", False), ("week", True)]


def test_author_hears_that_an_article_was_sent_back(seat: AgentSeat, page: ArticlesPage) -> None:
    back = replace(REVIEW, id="kb-9", state=DraftState.DRAFT, note="Say the price", writers=(ME.id,), author=ME.id)
    seat.mirror.apply(EDITORS, [row_of("article_draft", back)], None)
    seat.workspace.articles.rows_came(ScopeChanged(EDITORS, frozenset({"article_draft"}), frozenset()))
    words = "Articles that were sent back to you with a note: 1."
    assert seat.pump(lambda: [one.words for one in seat.workspace.notices.notices] == [words])
    assert seat.pump(lambda: "kb-9" in page._ids)
    assert "sent back" in page.rows.words(page._ids.index("kb-9"))
    assert opened(seat, page, "kb-9").note.full_text == "Sent back: Say the price"


def test_owner_is_reminded_of_what_is_to_be_read_again(seat: AgentSeat, page: ArticlesPage) -> None:
    today = NOW.date()
    rows = [
        replace(ARTICLE, id=ArticleId("kb-3"), review_due=today + timedelta(days=14)),
        replace(ARTICLE, id=ArticleId("kb-4"), review_due=today - timedelta(days=1)),
        replace(ARTICLE, id=ArticleId("kb-5"), review_due=today + timedelta(days=15)),
        replace(ARTICLE, id=ArticleId("kb-6"), review_due=today, owner="ye.wen"),
    ]
    change = ScopeChanged(ORG, frozenset({"article"}), frozenset())
    seat.mirror.apply(ORG, [row_of("article", one) for one in rows], None)
    seat.workspace.articles.rows_came(change)
    words = "Your articles to be read again: 1 within two weeks, 1 overdue."
    assert seat.pump(lambda: [one.words for one in seat.workspace.notices.notices] == [words])
    seat.workspace.articles.rows_came(change)
    assert seat.pump(lambda: page._ids != ("kb-2", "kb-1"))
    assert len(seat.workspace.notices.notices) == 1
    assert seat.pump(lambda: seat.window.rail._pages[Page.ARTICLES].accessibleDescription() == "Waiting for review: 1")
    assert seat.pump(lambda: "Unverified" in [page.rows.words(n).rsplit(", ", 1)[-1] for n in range(len(page._ids))])


def test_draft_on_the_disk_is_there_again_after_a_kill(seat: AgentSeat, page: ArticlesPage) -> None:
    begun = replace(begun_from(ARTICLE), body="Half a sentence")
    seat.rooms.articles.keep(RowDraft(begun, begun_from(ARTICLE)))
    editor = opened(seat, page, "kb-1")
    assert seat.pump(lambda: editor.text.toPlainText() == "Half a sentence")
