"""Guides beside the ticket: begun from an article, gone through by keyboard, kept, and filled into the ticket."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.guides.player import GuidePlayer
from agent_desktop.ui.window.right_panel import KNOWLEDGE, TICKET
from agent_model.after_call import WorkDone, WorkEnd
from agent_model.article import Article, ArticleId
from agent_model.guide import to_plain
from agent_model.guide_text import read
from agent_model.scope import Scope
from agent_model.wire import Row
from agent_server.importing.form_file import forms
from tests.desktop.rows import category_row
from tests.ui.desk import RESOURCES, focus
from tests.ui.seat import AgentSeat
from tests.ui.test_macros import LINE

ORG = Scope("org")
TEXT = """\
## Is PON on?
Please look at the box.
> Beside the power socket.
field: lights choice
- [It is off](#since-when "pon")
- [Red is on](#since-when? "los")
- [All is well](#day "all_good")

## Since when?
Since when is that so?
field: since text
next: #visit

## Visit
Shall we come?
field: needs_visit choice
- [Yes](#done)
- [No](#done)

## Done
I send somebody.
category: fault-slow
subject: No light

## Day
Which day was it?
field: day date
next: #bye

## Bye
Goodbye.
"""


def article(id_: str, title: str, body: str, kind: str, **fields: Any) -> Row:
    told = {
        "title": title,
        "body": body,
        "category": "fault",
        "product": None,
        "queue": None,
        "language": "en",
        "keywords": [],
        "updated_at": "2026-11-20T10:00:00.000Z",
        "kind": kind,
        **fields,
    }
    return Row("article", id_, 1, told)


GUIDE = article("A-1", "Router without light", TEXT, "guide", guide=to_plain(read(TEXT).guide))
OTHER = article("A-2", "Wrong bill", "## A\nWell.\n", "guide", guide=to_plain(read("## A\nWell.\n").guide))
BROKEN = article("A-3", "Broken", "## A\nWell.\nnext: #nowhere\n", "guide")
ANSWER = article(
    "A-4", "We are sorry", "**{customer.name}**, we are sorry. {agent.name}, {queue.brand}", "standard_answer"
)


@pytest.fixture
def player(seat: AgentSeat) -> GuidePlayer:
    asked = [
        Row(told.entity, told.id, 1, told.body) for told in forms(RESOURCES / "demo") if told.entity == "ticket_form"
    ]
    seat.mirror.apply(ORG, [GUIDE, OTHER, BROKEN, ANSWER, LINE, category_row(), *asked], None)
    seat.workspace._read_company()
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    assert seat.pump(lambda: seat.workspace.guides._forms.types)
    return seat.window.right.guide


def read_article(seat: AgentSeat, article_id: str, title: str) -> None:
    knowledge = seat.window.right.knowledge
    seat.workspace.looking_up.open_article(article_id)
    assert seat.pump(lambda: knowledge.isVisible() and knowledge.article._headline.full_text == title)


def begun(seat: AgentSeat) -> None:
    read_article(seat, "A-1", "Router without light")
    press(Qt.Key.Key_Return)
    assert seat.pump(lambda: seat.window.right.guide.answers[0].hasFocus())


def press(key: Qt.Key) -> None:
    QTest.keyClick(focus(), key)


def test_open_guide_begins_with_return_and_has_the_keyboard(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)

    assert seat.window.right.tabs.currentIndex() == TICKET
    assert not seat.window.right.knowledge.isVisible()
    assert player.step_name.full_text == "Is PON on?"
    assert player.note.full_text == "Beside the power socket."
    assert [one.accessibleName() for one in player.answers if one.isVisible()] == [
        "It is off",
        "Red is on",
        "All is well",
    ]


def test_guide_is_read_with_its_steps_numbered(seat: AgentSeat, player: GuidePlayer) -> None:
    read_article(seat, "A-1", "Router without light")

    shown = seat.window.right.knowledge.article._reader.toPlainText()
    assert "1. Is PON on?" in shown
    assert "All is well → 5" in shown
    assert "field:" not in shown


def test_keyboard_alone_leads_to_a_filled_ticket(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    assert player.line.hasFocus()
    QTest.keyClicks(focus(), "2026-11-20 18:30")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert "Category: Slow" in player.proposed.full_text
    assert player.on.hasFocus()
    press(Qt.Key.Key_Return)

    draft = seat.window.right.form.draft
    assert (draft.category, draft.subject) == ("fault-slow", "No light")
    assert draft.typed == {"lights": "pon", "since": "2026-11-20 18:30", "needs_visit": "yes"}
    assert draft.description == (
        "Guide: Router without light\n- Is PON on?: It is off\n- Since when?: 2026-11-20 18:30\n- Visit: Yes"
    )
    assert not player.isVisible()
    assert seat.window.right.knowledge.isVisible()
    assert seat.pump(lambda: seat.rooms.guide_runs.all() == ())


def test_what_was_written_stays_and_is_said(seat: AgentSeat, player: GuidePlayer) -> None:
    seat.window.right.form.subject.setText("Mine")
    begun(seat)
    press(Qt.Key.Key_3)
    assert seat.window.right.form.draft.subject == "Mine"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    said: list[str] = []
    seat.workspace.guides.told.connect(said.append)
    press(Qt.Key.Key_Return)

    assert seat.window.right.form.draft.subject == "Mine"
    assert said == ["The guide's answers are in the ticket. Left as you wrote it: Subject."]


def test_what_cannot_be_read_stays_and_says_why(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_3)
    QTest.keyClicks(focus(), "some day")
    press(Qt.Key.Key_Return)

    assert player.fault.isVisible()
    assert player.line.text() == "some day"
    assert player.step_name.full_text == "Day"


def test_guide_put_by_is_a_line_and_goes_on_by_its_key(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    QTest.keyClicks(focus(), "2026")
    press(Qt.Key.Key_Escape)
    assert player.go_to.isVisible()
    assert not player.line.isVisible()
    assert seat.window.right.knowledge.search.hasFocus()

    QTest.keyClick(seat.window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert player.line.hasFocus()
    assert player.line.text() == "2026"

    QTest.keyClick(focus(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert player.answers[0].hasFocus()


def test_search_in_between_leaves_a_line_of_the_guide(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    seat.window.right.turn_to(KNOWLEDGE)
    assert player.isVisible()
    assert not player.answers[0].isVisible()

    seat.window.right.turn_to(TICKET)
    assert player.answers[0].isVisible()


def test_another_guide_does_not_take_the_place_of_one_with_answers(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    said: list[str] = []
    seat.workspace.guides.told.connect(said.append)
    read_article(seat, "A-2", "Wrong bill")
    seat.window.right.knowledge.article.start_guide.click()

    assert said == ["Another guide is being gone through. Go on with it, or end it first."]
    assert player.title.full_text == "Router without light"


def test_guide_ended_early_leaves_what_was_answered(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    player.end.click()

    draft = seat.window.right.form.draft
    assert (draft.category, draft.description) == ("", "Guide: Router without light\n- Is PON on?: It is off")


def test_guide_ended_before_any_answer_leaves_nothing(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    player.end.click()

    assert seat.window.right.form.draft.is_empty
    assert not player.isVisible()


def test_guide_with_a_mistake_is_not_begun(seat: AgentSeat, player: GuidePlayer) -> None:
    said: list[str] = []
    seat.workspace.guides.told.connect(said.append)
    read_article(seat, "A-3", "Broken")
    press(Qt.Key.Key_Return)

    why = "Line 1: there is no step “nowhere”. Write the link as the step's heading reads."
    assert said == [f"This guide has a mistake, tell whoever wrote it. {why}"]
    assert not player.isVisible()


def test_key_without_a_guide_says_where_one_is(seat: AgentSeat, player: GuidePlayer) -> None:
    said: list[str] = []
    seat.workspace.guides.told.connect(said.append)
    seat.workspace.guides.take_up()

    assert said == ["No guide is being gone through. Look for one among the articles: F3."]


def test_guide_stays_with_what_it_was_begun_for(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    seat.workspace.on_screen.open_customer("C-1")
    assert not player.isVisible()

    seat.workspace.on_screen.close_item("customer:C-1")
    assert seat.pump(player.isVisible)
    assert player.step_name.full_text == "Since when?"


def test_guide_of_somebody_erased_goes(seat: AgentSeat, player: GuidePlayer) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    current = seat.workspace.items
    assert seat.pump(lambda: current.current is not None and current.current.customer is not None)
    begun(seat)
    press(Qt.Key.Key_1)
    seat.workspace.guides.forget_customers(frozenset({"C-1"}))

    assert not player.isVisible()
    assert seat.pump(lambda: seat.rooms.guide_runs.all() == ())


def test_standard_answer_is_inserted_whole_and_filled_in(seat: AgentSeat, player: GuidePlayer) -> None:
    seat.workspace.on_screen.open_customer("C-1")
    current = seat.workspace.items
    assert seat.pump(lambda: current.current is not None and current.current.customer is not None)
    said: list[str] = []
    seat.workspace.macros.told.connect(said.append)
    read_article(seat, "A-4", "We are sorry")
    QTest.keyClick(seat.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)

    form = seat.window.right.form
    assert seat.pump(lambda: form.draft.description)
    assert form.draft.description.startswith("Chen Siyuan, we are sorry. ")
    assert "{queue.brand}" in form.draft.description
    assert said == ["Not known here, fill it in yourself: Queue: brand."]


def test_article_that_was_left_for_its_guide_does_not_come_back(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    knowledge, looking_up = seat.window.right.knowledge, seat.workspace.looking_up
    changed = seat.rooms.knowledge.open(ArticleId("A-1"))

    looking_up._opened_again(ArticleId("A-1"), changed)

    assert knowledge.article_id is None
    assert player.answers[0].hasFocus()


def test_ticket_that_a_guide_filled_is_on_the_disk_before_the_guide_is_gone(
    seat: AgentSeat, player: GuidePlayer
) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    QTest.keyClicks(focus(), "2026-11-20 18:30")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    seat.window.right.form.draft_changed.connect(lambda _: seat.workspace.writing._unsaved._timer.setInterval(60_000))
    assert seat.pump(lambda: seat.rooms.guide_runs.all() != ())
    press(Qt.Key.Key_Return)

    assert seat.pump(lambda: seat.rooms.guide_runs.all() == ())
    kept = seat.rooms.drafts.of("desk")
    assert kept is not None
    assert kept.typed["since"] == "2026-11-20 18:30"


def test_guide_begun_before_the_one_on_the_disk_came_leaves_its_answers(seat: AgentSeat, player: GuidePlayer) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    seat.workspace.on_screen.open_customer("C-1")
    other = seat.rooms.knowledge.open(ArticleId("A-2"))
    assert isinstance(other, Article)

    seat.workspace.on_screen.close_item("customer:C-1")
    seat.workspace.guides.start(other)

    assert seat.pump(player.isVisible)
    assert player.title.full_text == "Router without light"
    assert player.step_name.full_text == "Since when?"


@pytest.mark.parametrize(
    ("end", "stays"), [(WorkEnd.BY_ITSELF, True), (WorkEnd.DONE, False)], ids=["its time is over", "by the agent"]
)
def test_guide_with_answers_outlasts_work_that_ends_by_its_time(
    seat: AgentSeat, player: GuidePlayer, end: WorkEnd, stays: bool
) -> None:
    begun(seat)
    press(Qt.Key.Key_1)
    now = seat.clock.now

    after = seat.workspace.calls.after
    after.worked.emit("desk", WorkDone(now, now, end))
    after.ended.emit("desk")

    assert seat.workspace.guides.has_answers("desk") is stays
    assert player.isVisible() is stays
