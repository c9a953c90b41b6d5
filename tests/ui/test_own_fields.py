"""The site's own fields on the screen: in the profile, in the form of a customer, and where they are made."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QTest

from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.customer.field_words import own_word, value_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.editor_page import FormsPage
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.customer_form import CustomField
from agent_model.form import FieldKind
from agent_model.form_check import FormFault
from agent_model.form_draft import FormDraft
from agent_model.scope import ORG, Scope
from tests.desktop.customers.test_own_fields import BIRTHDAY, PASSPORT, SOURCE, form_row
from tests.desktop.rows import customer_row
from tests.ui import desk
from tests.ui.merge_samples import comparison
from tests.ui.samples import Samples
from tests.ui.seat import AgentSeat

HELD = {"custom.source": "web", "private.passport": "E12345678"}


def open_customer(seat: AgentSeat) -> Any:
    seat.mirror.apply(ORG, [form_row(SOURCE, BIRTHDAY, PASSPORT)], None)
    seat.mirror.apply(Scope("customers:home"), [customer_row("C-1", version=99, **HELD)], None)
    seat.workspace.sync.company_changed.emit()
    seat.workspace.on_screen.open_customer("C-1")
    pane = seat.window.customer
    assert seat.pump(lambda: pane.details.own_lines)
    return pane


def test_profile_tells_them_and_masks_what_is_sensitive(seat: AgentSeat) -> None:
    pane = open_customer(seat)
    assert seat.pump(lambda: pane.details.own_lines[0][1] == "Website")
    assert pane.details.own_lines == (
        ("Field source", "Website"),
        ("Field birthday", NOTHING),
        ("Field passport", "•••• 5678"),
    )


def test_form_of_a_customer_asks_for_them_and_sends_each_by_itself(seat: AgentSeat) -> None:
    pane = open_customer(seat)
    seat.workspace.editing.start()
    assert seat.pump(lambda: pane.editor.own.row("birthday") is not None)
    line = pane.editor.own.row("birthday").entry.place
    QTest.keyClicks(line, "soon")
    pane.editor.send()
    assert seat.pump(lambda: "2026-02-17" in pane.editor.own.row("birthday")._fault.full_text)
    assert not seat.outbox.waiting(5)

    line.clear()
    QTest.keyClicks(line, "1990-01-02")
    pane.editor.send()
    assert seat.pump(lambda: bool(seat.outbox.waiting(5)))
    [command] = seat.outbox.waiting(5)
    assert {name: change.new for name, change in command.fields.items()} == {"custom.birthday": "1990-01-02"}
    assert seat.pump(lambda: pane.details.own_lines[1][1] == "1990-01-02")


def test_newer_fields_stand_in_the_profile_of_who_is_on_the_screen(seat: AgentSeat) -> None:
    pane = open_customer(seat)
    seat.mirror.apply(ORG, [form_row(BIRTHDAY, edition=2)], None)
    seat.workspace.sync.company_changed.emit()
    assert seat.pump(lambda: [label for label, _ in pane.details.own_lines] == ["Field birthday"])


def test_history_and_conflicts_call_them_as_the_site_does() -> None:
    names = Directory(own={"custom.source": SOURCE})
    formats = desk.formats("en")
    assert own_word("custom.source", names, formats) == "Field source"
    assert value_words("custom.source", "fair", names, formats) == "Trade fair"
    assert own_word("custom.forgotten", names, formats) == "custom.forgotten"


@pytest.fixture
def page(window: MainWindow) -> FormsPage:
    window.rail.offer(Page.FORMS, is_offered=True)
    window.show_page(Page.FORMS)
    made = window.pages.forms
    made.show_directory(Samples("en").directory)
    draft = FormDraft(None, 1, (SOURCE, PASSPORT))
    made.show_form(draft, "Edition 1 is in use.", frozenset({"source", "passport"}), is_begun=False)
    return made


def test_administrator_makes_a_sensitive_field_and_one_to_be_found_by(page: FormsPage) -> None:
    page.add.click()
    page.editor.is_sensitive.click()
    assert page.draft is not None
    made = page.draft.fields[-1]
    assert isinstance(made, CustomField)
    assert (made.is_sensitive, made.is_searchable) == (True, False)
    assert not page.editor.is_searchable.isEnabled()

    page.add.click()
    page.editor.is_searchable.click()
    made = page.draft.fields[-1]
    assert isinstance(made, CustomField)
    assert (made.is_sensitive, made.is_searchable) == (False, True)


def test_kind_and_sensitivity_of_a_published_field_stay(page: FormsPage) -> None:
    assert not page.editor.kind.isEnabled()
    assert not page.editor.is_sensitive.isEnabled()
    page.add.click()
    assert page.editor.kind.isEnabled()


def test_preview_is_the_profile_as_agents_will_have_it(page: FormsPage) -> None:
    assert [row.key for row in page.preview.rows] == ["source", "passport"]


def test_fields_of_tickets_are_neither_sensitive_nor_searched_for(page: FormsPage) -> None:
    assert page.editor.is_sensitive.isVisibleTo(page)
    from agent_model.ticket import TicketType
    from tests.model.forms_made import a_field

    page.show_form(FormDraft(TicketType.FAULT, 1, (a_field("x"),)), "", frozenset(), is_begun=False)
    assert not page.editor.is_sensitive.isVisibleTo(page)
    assert type(page.editor.field) is type(a_field("x"))


def test_why_it_cannot_be_published_is_said_at_the_field(page: FormsPage) -> None:
    page.show_faults({"source": FormFault.KIND_CHANGED})
    assert (
        page.editor.fault.full_text
        == "Customers have values of another kind here. Remove this field and add another one."
    )
    assert page.editor.field is not None
    assert page.editor.field.kind is FieldKind.CHOICE


def test_comparison_of_two_customers_asks_which_value_stands(window: MainWindow) -> None:
    card = window.customer.merging
    card.name_by(lambda: Directory(own={"custom.source": SOURCE, "private.passport": PASSPORT}))
    whole = comparison(Samples("en"))
    goes = {"custom.source": "fair", "private.passport": "E12345678"}
    card.show_comparison(
        replace(whole, stays=replace(whole.stays, own={"custom.source": "web"}), goes=replace(whole.goes, own=goes))
    )
    row = card._rows["custom.source"]
    assert [text.full_text for text in (row.label,)] == ["Field source"]
    assert [button.accessibleName() for button in row.buttons] == ["Field source: Website", "Field source: Trade fair"]
    assert "E12345678" not in card._rows["private.passport"].buttons[1].accessibleName()
    row.buttons[1].click()
    assert card.comparison is not None
    assert "custom.source" in card.comparison.taken
