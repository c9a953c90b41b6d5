"""The rules of signals in a team lead's hands: written, tried on customers, refused by field, kept, never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.signal_rules import SignalRulesDesk
from agent_desktop.ui.signals.page import SignalRulesPage
from agent_desktop.ui.signals.words import explain_fault, fact_word
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.command import Answer, CommandKind, FieldChange, Verdict
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.signal import Comparison, Condition
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_facts import FACTS
from agent_model.signal_rules import Fault, Wrong
from agent_model.wire import Row
from tests.desktop.rows import contact_row, customer_row
from tests.ui import desk
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

HOME = Scope("customers:home")
AGAIN = next(rule for rule in SHIPPED if rule.id == "churn-same-issue")


@pytest.fixture
def lead(seat: AgentSeat) -> AgentSeat:
    """The seat in a team lead's hands; three customers have called, one of them four times about one thing."""
    rooms = replace(seat.rooms, agent=replace(ME, role=Role.TEAM_LEAD))
    window, formats = seat.window, desk.formats("en")
    now = seat.clock.now
    for name, times in (("C-1", 4), ("C-2", 1), ("C-3", 2)):
        calls = [
            contact_row(f"{name}-{n}", to_text(now - timedelta(days=n + 1)), name, kind="email", title="Invoice")
            for n in range(times)
        ]
        seat.mirror.apply(HOME, [customer_row(name, name=f"Customer {name}", phones=[]), *calls], None)
    window.page_shown.disconnect(seat.workspace.signal_rules._turned_to)
    SignalRulesDesk(Ground(rooms, seat.background, window, seat.workspace._names, formats), seat.workspace)
    window.show_page(Page.SIGNALS)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5_000)
    assert seat.pump(lambda: window.pages.signals.form.row_id)
    return seat


@pytest.fixture
def page(lead: AgentSeat) -> SignalRulesPage:
    return lead.window.pages.signals


def rows(page: SignalRulesPage) -> list[tuple[str, str]]:
    return [(line.title, line.pill) for line in page.rows._lines]


def choose(pick: QComboBox, value: str) -> None:
    pick.setCurrentIndex(pick.findData(value))


def open_again(lead: AgentSeat, page: SignalRulesPage) -> None:
    page.taken.emit(AGAIN.id)
    assert page.form.row_id == AGAIN.id
    assert lead.pump(lambda: page.preview.full_text.startswith("1 of"))


def test_agent_has_no_page_of_rules(window: MainWindow) -> None:
    window.show_page(Page.SIGNALS)
    assert not window.rail.offers(Page.SIGNALS)
    assert window.pages.findChild(SignalRulesPage) is None


def test_shipped_rules_stand_there_the_heaviest_first(page: SignalRulesPage) -> None:
    assert [title for title, _ in rows(page)] == [
        rule.title.en for rule in sorted(SHIPPED, key=lambda rule: (-rule.weight, rule.id))
    ]


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_form_gives_back_the_rule_it_shows(window: MainWindow, rule: object) -> None:
    form = window.pages.signals.form
    form.show_row(rule, "", "", is_begun=False)  # type: ignore[arg-type]
    assert form.row == rule


def test_preview_names_real_customers_with_their_reason(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    assert page.preview.full_text == ("1 of the 3 customers whose contacts came here last would show it. For example:")
    (example,) = page.examples._lines
    assert example.lead == "Chen Siyuan"
    assert example.title == "4 contacts about “Invoice” since 17 Nov: 17 Nov, 18 Nov, 19 Nov, 20 Nov."


def test_preview_follows_what_is_typed(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.conditions.lines[0].number.setText("2")
    assert lead.pump(lambda: page.preview.full_text.startswith("2 of the 3"))
    page.form.conditions.lines[0].number.setText("9")
    assert lead.pump(lambda: page.preview.full_text.startswith("None of the 3"))


def test_saved_rule_is_a_command_and_in_force_here(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.conditions.lines[0].number.setText("2")
    page.form.is_on.setChecked(False)
    page.form.save.click()
    assert lead.pump(lambda: lead.outbox.waiting(9))
    (command,) = lead.outbox.waiting(9)
    assert (command.entity, command.id, command.kind) == ("signal_rule", AGAIN.id, CommandKind.CREATE)
    assert command.fields["conditions"].new == [{"fact": "same_issue_contacts", "comparison": "at_least", "value": 2}]
    assert lead.pump(lambda: (AGAIN.title.en, "Off") in rows(page))
    assert AGAIN.id not in {rule.id for rule in lead.rooms.signals.rules.in_force()}


def test_ctrl_return_saves_the_rule(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.lines["weight"].setText("12")
    lead.window._submit()
    assert lead.pump(lambda: [command.fields["weight"].new for command in lead.outbox.waiting(9)] == [12])


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("title.en", "", "Word, English: write it; people read it in both languages."),
        ("reason.zh", "原因", "Reason, Chinese: name the fact that a person can check, such as {same_issue_dates}."),
        ("reason.en", "{shoe}", "Reason, English: there is no fact “shoe”. Choose one from the list of facts."),
        ("weight", "0", "Weight: write a whole number from 1 to 100."),
        ("quiet_days", "", "Quiet for days: write a whole number from 0 to 365."),
    ],
    ids=["word", "no fact", "unknown fact", "weight", "nothing"],
)
def test_wrong_rule_is_refused_with_a_sentence_that_names_the_field(
    lead: AgentSeat, page: SignalRulesPage, field: str, text: str, sentence: str
) -> None:
    open_again(lead, page)
    page.form.lines[field].setText(text)
    page.form.save.click()
    assert lead.pump(lambda: page.form.faults.text() == sentence)
    assert page.form.lines[field].property("fault") is True
    assert lead.outbox.waiting(9) == []


def test_wrong_value_of_a_condition_is_told_by_its_place(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.conditions.lines[0].number.setText("often")
    page.form.save.click()
    words = "Condition 1: write a number for “Contacts about one issue, 30 days”, 1000000000 at most."
    assert lead.pump(lambda: page.form.faults.text() == words)
    assert page.form.conditions.lines[0].number.property("fault") is True


def test_what_was_typed_is_there_again_after_another_rule(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.lines["title.en"].setText("Half a wo")
    page.taken.emit("vip")
    assert ("Half a wo", "Not saved") in rows(page)
    page.taken.emit(AGAIN.id)
    assert page.form.lines["title.en"].text() == "Half a wo"


def test_what_was_typed_is_on_the_disk(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.conditions.lines[0].number.setText("oft")
    assert lead.pump(lambda: lead.rooms.signals.rules.drafts())
    (draft,) = lead.rooms.signals.rules.drafts()
    assert draft.row.conditions == (Condition("same_issue_contacts", Comparison.AT_LEAST, "oft"),)


def test_discarding_brings_the_saved_rule_back(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    page.form.lines["weight"].setText("3")
    page.form.discard.click()
    assert page.form.row == AGAIN
    assert lead.pump(lambda: lead.rooms.signals.rules.drafts() == ())
    assert not page.form.discard.isEnabled()


def test_earlier_version_is_taken_up_as_something_to_save(lead: AgentSeat, page: SignalRulesPage) -> None:
    first = replace(AGAIN, version=1, changed_by="a-1007", changed_at=lead.clock.now - timedelta(days=3))
    second = replace(first, weight=33, version=2, changed_at=lead.clock.now)
    lead.mirror.apply(Scope("org"), [Row("signal_rule", AGAIN.id, 2, to_body(second))], None)
    lead.server.versions = (second, first)
    lead.window.page_shown.emit(Page.SIGNALS)
    assert lead.pump(lambda: second.title.en in [title for title, _ in rows(page)][-2:])
    page.taken.emit(AGAIN.id)
    assert page.form.row == second
    page.form.earlier.click()
    assert lead.pump(QApplication.activePopupWidget)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    menu.actions()[1].trigger()
    menu.close()
    assert words == ["Version 2, by Zhou Min on 21 Nov", "Version 1, by Zhou Min on 18 Nov"]
    assert page.form.row == replace(first, version=2, changed_at=second.changed_at)
    assert lead.outbox.waiting(9) == []
    page.form.save.click()
    assert lead.pump(lambda: [command.fields["weight"].new for command in lead.outbox.waiting(9)] == [85])


def test_shipped_rule_has_no_earlier_versions(lead: AgentSeat, page: SignalRulesPage) -> None:
    open_again(lead, page)
    assert not page.form.earlier.isEnabled()
    assert page.form.earlier.toolTip() == "Nobody has changed this rule yet."


def test_new_rule_is_written_by_keyboard_and_kept(lead: AgentSeat, page: SignalRulesPage) -> None:
    page.new.click()
    form = page.form
    for name, text in (("title.zh", "常来"), ("title.en", "Often here"), ("reason.zh", "{contacts_30_days} 次")):
        form.lines[name].setText(text)
    form.lines["reason.en"].setFocus()
    choose(form.facts, "contacts_30_days")
    form.facts.activated.emit(form.facts.currentIndex())
    form.conditions.add.click()
    choose(form.conditions.lines[0].fact, "contacts_30_days")
    QTest.keyClicks(form.conditions.lines[0].number, "2")
    assert lead.pump(lambda: page.preview.full_text.startswith("2 of the 3"))
    QTest.keyClick(form.lines["title.en"], Qt.Key.Key_Return)
    assert lead.pump(lambda: ("Often here", "") in rows(page))
    (command,) = lead.outbox.waiting(9)
    assert command.fields["reason"].new == {"zh": "{contacts_30_days} 次", "en": "{contacts_30_days}"}


def test_refused_rule_is_shown_by_its_word_with_the_reason(lead: AgentSeat) -> None:
    fields = {name: FieldChange(None, value) for name, value in to_body(AGAIN).items()}
    command = lead.outbox.put("signal_rule", AGAIN.id, CommandKind.CREATE, fields, lead.clock())
    lead.outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="bad_rule")])
    lead.window.show_page(Page.ATTENTION)
    words = "The rule is not whole, or looks at something there is no fact for. Write it again."
    assert lead.pump(lambda: {"Rule of signals · Same issue again", words} <= texts(lead.window.pages.attention))


def test_refused_result_of_a_signal_is_shown_with_what_was_recorded(lead: AgentSeat) -> None:
    result = {
        "rule": "vip",
        "rule_version": 0,
        "action": "callback",
        "outcome": "declined",
        "reason": "Diamond customer",
    }
    fields = {"signal_results": FieldChange(None, {**result, "agent": ME.id, "at": to_text(lead.clock.now)})}
    command = lead.outbox.put("customer", "C-1", CommandKind.APPEND, fields, lead.clock())
    lead.outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="not_allowed")])
    lead.window.show_page(Page.ATTENTION)
    said = "Result of a signal: Declined: Diamond customer"
    assert lead.pump(lambda: said in texts(lead.window.pages.attention)), texts(lead.window.pages.attention)


def test_fact_brings_its_own_comparisons_and_values(window: MainWindow) -> None:
    conditions = window.pages.signals.form.conditions
    conditions.show_conditions([Condition("ratings", Comparison.AT_LEAST, 3)])
    (line,) = conditions.lines
    choose(line.fact, "tier")
    choose(line.comparison, "is_not")
    choose(line.choice, "gold")
    assert conditions.conditions == (Condition("tier", Comparison.IS_NOT, "gold"),)
    choose(line.fact, "usage_low")
    choose(line.choice, "yes")
    assert conditions.conditions == (Condition("usage_low", Comparison.IS, "yes"),)


def test_condition_is_taken_away(window: MainWindow) -> None:
    conditions = window.pages.signals.form.conditions
    first, second = Condition("ratings", Comparison.AT_LEAST, 3), Condition("ratings", Comparison.AT_MOST, 5)
    conditions.show_conditions([first, second])
    conditions.lines[0].remove.click()
    assert conditions.conditions == (second,)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_a_name(fact: str) -> None:
    assert fact_word(fact) != fact


@pytest.mark.parametrize("wrong", Wrong, ids=str)
def test_every_fault_is_a_sentence(wrong: Wrong) -> None:
    sentence = explain_fault(Fault("conditions", wrong, "ratings", 0))
    assert sentence.startswith("Condition 1: ")
    assert sentence.endswith(".")
