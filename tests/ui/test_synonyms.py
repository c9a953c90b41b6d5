"""Words that mean the same: known to the search as soon as they came, and written by editors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.synonyms.page import SynonymsPage
from agent_desktop.ui.synonyms.words import explain_synonym_fault
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.scope import Scope
from agent_model.synonym import Synonym, SynonymFault, SynonymWrong
from agent_model.wire import Row
from tests.ui.desk import focus
from tests.ui.seat import AgentSeat
from tests.ui.test_composition import commit
from tests.ui.test_inserting import DROPS, MODEM, press

SET = Row("synonym", "s-1", 1, {"words": ["断流", "掉线"], "note": "", "is_on": True})


def test_what_editors_call_it_is_found_by_the_next_search(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS], None)
    knowledge = seat.window.right.knowledge
    press(seat, "F3")
    commit(knowledge.search, "掉线")
    assert seat.pump(lambda: knowledge.shows_found)
    assert knowledge.hits.current_id != "a-drops"

    seat.mirror.apply(Scope("org"), [SET], None)
    seat.workspace._in_step.scope_changed.emit(ScopeChanged(Scope("org"), frozenset({"synonym"}), frozenset({"s-1"})))

    assert seat.pump(lambda: knowledge.hits.current_id == "a-drops")


@pytest.fixture
def lead_seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.TEAM_LEAD)
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, 5_000)
    yield made
    made.close()


@pytest.fixture
def page(lead_seat: AgentSeat) -> SynonymsPage:
    """The page of synonyms, with one set in its form."""
    lead_seat.mirror.apply(Scope("org"), [MODEM, DROPS, SET], None)
    lead_seat.window.show_page(Page.SYNONYMS)
    page = lead_seat.window.pages.synonyms
    assert lead_seat.pump(lambda: page.form.row_id == "s-1")
    return page


def test_agent_is_not_offered_the_page(seat: AgentSeat) -> None:
    assert not seat.window.rail.offers(Page.SYNONYMS)


def test_set_shows_what_each_of_its_words_finds_now(lead_seat: AgentSeat, page: SynonymsPage) -> None:
    assert lead_seat.pump(lambda: "晚间断流" in page.found.full_text)
    first, second = page.found.full_text.splitlines()
    assert first.startswith("“断流”: 2 articles, 2 without")
    assert second.startswith("“掉线”: 2 articles, 0 without")


def test_new_set_is_kept_while_it_is_written_then_saved_and_searched_with(
    lead_seat: AgentSeat, page: SynonymsPage
) -> None:
    page.new.click()
    assert focus() is page.form.words
    commit(page.form.words, "光猫")
    QTest.keyClick(page.form.words, Qt.Key.Key_Return)
    QTest.keyClicks(page.form.words, "modem")
    lead_seat.workspace.synonyms.save_now()
    page.send()

    assert lead_seat.pump(lambda: ("光猫", "modem") in lead_seat.rooms.synonyms.in_force())
    [command] = lead_seat.outbox.waiting(5)
    assert (command.entity, command.fields["words"].new) == ("synonym", ["光猫", "modem"])
    assert lead_seat.pump(lambda: bool(lead_seat.rooms.knowledge.search("modem ").hits))


def test_what_is_wrong_is_said_and_gone_to(lead_seat: AgentSeat, page: SynonymsPage) -> None:
    page.new.click()
    QTest.keyClicks(page.form.words, "only")
    page.send()

    assert lead_seat.pump(lambda: bool(page.form.faults.full_text))
    assert page.form.faults.full_text == "Write two words at least, each on a line of its own."
    assert focus() is page.form.words


def test_earlier_version_is_taken_up_into_the_form(lead_seat: AgentSeat, page: SynonymsPage) -> None:
    lead_seat.server.kept_synonyms = (Synonym("s-1", ("断流", "断线"), version=1),)
    page.form.earlier_wanted.emit("s-1")
    assert lead_seat.pump(lambda: page.form.findChildren(QMenu))
    [menu] = page.form.findChildren(QMenu)
    menu.actions()[0].trigger()
    menu.close()

    assert page.form.words.toPlainText() == "断流\n断线"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (SynonymFault("words", SynonymWrong.TOO_MANY), "At most 20 words. Make another set of the rest."),
        (SynonymFault("words", SynonymWrong.TOO_LONG, "abc"), "“abc…” is too long: at most 40 characters."),
        (
            SynonymFault("words", SynonymWrong.UNSEEN, "?!"),
            "“?!” is no word, or has signs in it that nobody sees. Type it again.",
        ),
        (SynonymFault("note", SynonymWrong.TOO_LONG), "The note has at most 200 characters."),
        (SynonymFault("note", SynonymWrong.UNSEEN), "The note has signs in it that nobody sees. Type it again."),
    ],
    ids=["many", "long", "unseen", "long note", "unseen in note"],
)
def test_every_fault_says_what_to_do(fault: SynonymFault, words: str) -> None:
    assert explain_synonym_fault(fault) == words
