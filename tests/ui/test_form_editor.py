"""An administrator edits a form: fields added, ordered, removed, conditions chosen, the form tried while it is made."""

import pytest
from PySide6.QtTest import QTest

from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.clauses import ALL, ANY, EVER, NEVER
from agent_desktop.ui.forms.editor_page import FormsPage
from agent_desktop.ui.ticket.panel import Seen
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.form import ALWAYS, Clause, Comparison, Condition, FieldKind, FormField
from agent_model.form_check import FormFault, form_faults
from agent_model.form_draft import FormDraft
from agent_model.form_filling import Shelf
from agent_model.form_value import YES
from agent_model.ticket import Details, Priority, Ticket, TicketId, TicketStatus, TicketType
from tests.model.forms_made import a_field, a_form
from tests.ui import form_samples
from tests.ui.samples import NOW, Samples
from tests.ui.test_panes import texts

IS_DOWN = a_field("is_down", FieldKind.YES_NO)
SINCE = a_field("since", FieldKind.DATE, visible_when=Condition((Clause("is_down", Comparison.IS, YES),)))
COLOUR = a_field("colour", FieldKind.CHOICE)


@pytest.fixture
def page(window: MainWindow) -> FormsPage:
    window.rail.offer(Page.FORMS, is_offered=True)
    window.show_page(Page.FORMS)
    made = window.pages.forms
    made.show_directory(Samples("en").directory)
    draft = FormDraft(TicketType.FAULT, 3, (IS_DOWN, SINCE, COLOUR))
    made.show_form(draft, "Edition 3 is in use.", frozenset({"field_1"}), is_begun=False)
    return made


def fields(page: FormsPage) -> tuple[FormField, ...]:
    assert page.draft is not None
    return page.draft.fields


def test_agent_is_not_offered_the_forms(window: MainWindow) -> None:
    window.show_page(Page.FORMS)
    assert not window.rail.offers(Page.FORMS)
    assert window.right.isVisible()


def test_what_is_shown_reads_back_as_it_was(page: FormsPage) -> None:
    every = [field for form in form_samples.shelf().editions for field in form.fields]
    assert len(every) > 20
    read = []
    for field in every:
        page.editor.show_field(field, every)
        read.append(page.editor.field)
    assert read == every


def test_new_field_is_named_in_both_languages_and_never_takes_a_key_that_was_used(page: FormsPage) -> None:
    page.add.click()
    assert page.editor.label_zh.hasFocus()
    QTest.keyClicks(page.editor.label_en, "Who")
    assert fields(page)[-1].key == "field_2"
    assert fields(page)[-1].label.en == "Who"
    assert form_faults(fields(page)) == {"field_2": FormFault.NO_LABEL}


def test_fields_are_ordered_and_removed(page: FormsPage) -> None:
    page.fields.taken.emit("colour")
    page.editor.up.click()
    page.editor.up.click()
    assert [field.key for field in fields(page)] == ["colour", "is_down", "since"]
    assert not page.editor.up.isEnabled()
    page.editor.remove.click()
    assert [field.key for field in fields(page)] == ["is_down", "since"]


def test_condition_is_chosen_and_not_typed(page: FormsPage) -> None:
    page.fields.taken.emit("colour")
    required = page.editor.required
    required.mode.setCurrentIndex(required.mode.findData(ALL))
    line = required.lines[0]
    line.of.setCurrentIndex(line.of.findData("field:is_down"))
    line.comparison.setCurrentIndex(line.comparison.findData(Comparison.IS_NOT.value))
    line.choice.setCurrentIndex(line.choice.findData(YES))
    required.add.click()
    required.lines[1].of.setCurrentIndex(required.lines[1].of.findData("fact:is_known"))
    required.mode.setCurrentIndex(required.mode.findData(ANY))
    wanted = Condition(
        (
            Clause("is_down", Comparison.IS_NOT, YES),
            Clause("is_known", Comparison.IS, YES, is_fact=True),
        ),
        any_of=True,
    )
    assert fields(page)[2].required_when == wanted
    assert form_faults(fields(page)) == {}

    required.lines[0].remove.click()
    required.mode.setCurrentIndex(required.mode.findData(EVER))
    assert fields(page)[2].required_when == ALWAYS
    required.mode.setCurrentIndex(required.mode.findData(NEVER))
    assert fields(page)[2].required_when is None


def test_form_can_be_tried_while_it_is_made(page: FormsPage) -> None:
    assert [row.key for row in page.preview.rows] == ["is_down", "colour"]
    row = page.preview.row("is_down")
    assert row is not None
    row.entry.put(YES)
    row.entry.edited.emit()
    assert [row.key for row in page.preview.rows] == ["is_down", "since", "colour"]
    page.fields.taken.emit("since")
    page.editor.visible.mode.setCurrentIndex(page.editor.visible.mode.findData(EVER))
    row.entry.put("")
    row.entry.edited.emit()
    assert [row.key for row in page.preview.rows] == ["is_down", "since", "colour"]


def test_preview_speaks_the_other_language(page: FormsPage) -> None:
    assert "Field colour" in texts(page.preview)
    page.preview_language.choose("zh")
    page.preview_language.chosen.emit("zh")
    QTest.qWait(1)
    assert "字段colour" in texts(page.preview)


def test_faults_stand_at_their_fields_and_the_first_is_opened(page: FormsPage) -> None:
    page.show_faults({"since": FormFault.CONDITION_CYCLE})
    assert page.editor.field is not None
    assert page.editor.field.key == "since"
    assert page.editor.fault.full_text == "The conditions go round in a circle. Take one of them away."


def test_publishing_waits_for_a_change(page: FormsPage) -> None:
    wanted: list[bool] = []
    page.publish_wanted.connect(lambda: wanted.append(True))
    page.send()
    assert wanted == []
    page.show_standing("", is_begun=True)
    page.send()
    assert wanted == [True]


def test_filed_ticket_shows_the_edition_it_was_written_with(window: MainWindow, look: Look) -> None:
    before = a_form(a_field("amount", FieldKind.MONEY), a_field("card", FieldKind.BANK_CARD))
    after = a_form(a_field("other"), edition=2)
    ticket = Ticket(
        TicketId("T-1"), "Line is down", TicketType.FAULT, "fault/line", Priority.HIGH, TicketStatus.NEW,
        "Since dawn", "support", "field", NOW, "a-1001",
        details=Details("fault.1", {"amount": 128_050, "card": "4242", "unheard": "of"}),
    )  # fmt: skip
    shelf = Shelf((before, after))
    page = window.make_ticket_page()
    page.show_ticket(Seen(TicketSheet(ticket), "a-1001", NOW, shelf=shelf))
    window.show_ticket(page)
    told = texts(page)
    for words in ("Form “Fault”, edition 1", "¥1,280.50", "•••• 4242", "unheard"):
        assert words in told
    assert "Field other" not in told
