"""The site's own fields of customers at the workstation: read, typed, kept as a draft, sent one by one, edited."""

from dataclasses import replace
from typing import Any

import pytest

from agent_desktop.customers.edits import CustomerDraft, CustomerEdits, NotComplete
from agent_desktop.customers.finder import CustomerFinder, Field
from agent_desktop.customers.form_editing import CustomerForms
from agent_desktop.customers.merges import CustomerMerges
from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.offline.mirror import Mirror, Sight
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_model.body import to_body
from agent_model.command import Answer, FieldChange, Verdict
from agent_model.customer import CustomerId
from agent_model.customer_form import CustomerForm, CustomField, customer_form_id
from agent_model.form import ALWAYS, FieldKind, Option
from agent_model.form_check import FormFault
from agent_model.form_draft import FormDraft, NotPublishable
from agent_model.form_value import Locale, ValueFault
from agent_model.phone_number import DialPlan
from agent_model.scope import ORG, Scope
from agent_model.secret import Secret
from agent_model.wire import Row
from agent_model.words import Words
from tests.desktop.rows import customer_row
from tests.fakes import SetClock
from tests.model.forms_made import PUBLISHED

HOME = Scope("customers:home")
SOURCES = (Option("fair", Words("展会", "Trade fair")), Option("web", Words("官网", "Website")))


def a_field(key: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> CustomField:
    return CustomField(key, kind, Words(f"字段{key}", f"Field {key}"), **more)


SOURCE = a_field("source", FieldKind.CHOICE, options=SOURCES)
BIRTHDAY = a_field("birthday", FieldKind.DATE)
PASSPORT = a_field("passport", is_sensitive=True)


def form_row(*fields: CustomField, edition: int = 1) -> Row:
    form = CustomerForm(customer_form_id(edition), edition, fields, PUBLISHED, "admin")
    return Row("customer_form", form.id, 1, to_body(form))


@pytest.fixture
def own(view: View) -> OwnFields:
    return OwnFields(view, Locale(DialPlan("CN")))


@pytest.fixture
def edits(mirror: Mirror, view: View, plan: DialPlan, clock: SetClock) -> CustomerEdits:
    mirror.apply(HOME, [customer_row(version=3, **{"custom.source": "web"})], None)
    mirror.apply(ORG, [form_row(SOURCE, BIRTHDAY, PASSPORT)], None)
    return CustomerEdits(view, plan, clock)


def typed(edits: CustomerEdits, **texts: str) -> CustomerDraft:
    draft = edits.begin("C-1")
    assert draft is not None
    assert draft.filled is not None
    return draft.with_typed({**draft.filled.typed, **texts})


def test_what_a_customer_has_stands_in_the_order_of_the_form(edits: CustomerEdits, own: OwnFields) -> None:
    assert [(field.key, value) for field, value in own.of("C-1").fields] == [
        ("source", "web"),
        ("birthday", None),
        ("passport", None),
    ]


def test_each_field_is_sent_by_itself_with_what_was_seen(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(edits.save(typed(edits, birthday="1990年1月2日", source="")))

    (command,) = outbox.waiting(9)
    assert command.fields == {
        "custom.birthday": FieldChange(None, "1990-01-02"),
        "custom.source": FieldChange("web", None),
    }


def test_what_is_sent_is_seen_at_once(edits: CustomerEdits, own: OwnFields) -> None:
    edits.submit(typed(edits, source="fair"))
    assert {field.key: value for field, value in own.of("C-1").fields}["source"] == "fair"


def test_what_is_typed_is_there_again_also_when_it_cannot_be_read(edits: CustomerEdits) -> None:
    edits.save(typed(edits, birthday="soon", passport="E1234"))
    again = edits.begin("C-1")
    assert again is not None
    assert again.typed == {"birthday": "soon", "passport": "E1234"}
    with pytest.raises(NotComplete) as refused:
        edits.submit(again)
    assert refused.value.faults == {"custom.birthday": ValueFault.MALFORMED}


def test_field_that_is_needed_holds_the_form_back(edits: CustomerEdits, mirror: Mirror) -> None:
    mirror.apply(ORG, [form_row(SOURCE, replace(BIRTHDAY, required_when=ALWAYS), edition=2)], None)
    with pytest.raises(NotComplete) as refused:
        edits.submit(typed(edits, source="fair"))
    assert refused.value.faults == {"custom.birthday": ValueFault.MISSING}


def test_draft_goes_on_with_the_fields_of_a_newer_edition(edits: CustomerEdits, mirror: Mirror) -> None:
    edits.save(typed(edits, birthday="1990-01-02", passport="E1234"))
    mirror.apply(ORG, [form_row(BIRTHDAY, edition=2)], None)
    again = edits.begin("C-1")
    assert again is not None
    assert again.typed == {"birthday": "1990-01-02"}


def test_who_is_not_told_identity_cards_is_not_asked_for_what_is_sensitive(
    edits: CustomerEdits, mirror: Mirror
) -> None:
    mirror.keep_sight(Sight(hidden=(Secret.ID_CARD,)))
    mirror.apply(HOME, [customer_row(version=4, **{"private.passport": "****1234"})], None)
    draft = edits.begin("C-1")
    assert draft is not None
    assert draft.own is not None
    assert [field.key for field in draft.own.form.fields] == ["source", "birthday"]


def test_refused_change_is_taken_up_again_in_its_fields(edits: CustomerEdits, outbox: Outbox) -> None:
    edits.submit(typed(edits, source="fair"))
    (command,) = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="bad_custom_fields", faults={"source": "x"})])
    again = edits.take_up_again(command.op_id)
    assert again is not None
    assert again.typed == {"source": "fair"}


def test_value_of_a_kind_that_was_before_is_shown_and_stands_in_nobodys_way(
    edits: CustomerEdits, mirror: Mirror, outbox: Outbox
) -> None:
    mirror.apply(HOME, [customer_row(version=4, **{"custom.birthday": "spring"})], None)
    draft = edits.begin("C-1")
    assert draft is not None
    assert draft.own is not None
    assert draft.own.text(BIRTHDAY) == "spring"
    edits.submit(replace(draft, wanted={"region": "东区"}))
    (command,) = outbox.waiting(9)
    assert command.fields.keys() == {"region"}


@pytest.fixture
def forms(view: View, own: OwnFields, clock: SetClock) -> CustomerForms:
    return CustomerForms(view, own, "A-1001", clock)


def test_form_is_kept_while_it_is_edited_and_published_as_the_next_edition(
    edits: CustomerEdits, forms: CustomerForms, outbox: Outbox
) -> None:
    begun = forms.draft()
    forms.save(replace(begun, fields=(*begun.fields, a_field("shop"))))
    kept = forms.draft()
    assert (kept.base, [field.key for field in kept.fields][-1]) == (1, "shop")
    assert isinstance(kept.fields[2], CustomField)
    assert kept.fields[2].is_sensitive

    assert [forms.publish(kept).id, forms.publish(kept).id] == ["customer.2", "customer.3"]
    assert [command.entity for command in outbox.waiting(9)] == ["customer_form", "customer_form"]
    assert forms.draft().saved_at is None


def test_field_that_would_change_its_kind_is_not_published(edits: CustomerEdits, forms: CustomerForms) -> None:
    with pytest.raises(NotPublishable) as refused:
        forms.publish(FormDraft(None, 1, (a_field("source"), PASSPORT)))
    assert refused.value.faults == {"source": FormFault.KIND_CHANGED}


def test_customer_is_found_by_fields_that_are_for_it_alone(mirror: Mirror, finder: CustomerFinder) -> None:
    badge, shelf = a_field("badge", is_searchable=True), a_field("shelf")
    held: dict[str, Any] = {"custom.badge": "HZ-0042 甲", "custom.shelf": "HZ-0099"}
    mirror.apply(HOME, [customer_row(**held), customer_row("C-2", name="李四")], None)
    mirror.apply(ORG, [form_row(badge, shelf)], None)
    while finder.learn():
        pass
    [match] = finder.find("hz-00")
    assert (match.customer.id, match.field, match.text, match.start, match.length) == (
        "C-1",
        Field.OWN,
        "HZ-0042 甲",
        0,
        5,
    )
    assert finder.find("HZ-0099") == ()

    mirror.apply(ORG, [form_row(badge, replace(shelf, is_searchable=True), edition=2)], None)
    assert [match.text for match in finder.find("HZ-0099")] == ["HZ-0099"]


def test_sensitive_field_is_never_found_by() -> None:
    assert not a_field("secret", is_sensitive=True, is_searchable=True).is_found_by


def test_merging_chooses_among_them_and_takes_what_one_lacks(
    edits: CustomerEdits, view: View, mirror: Mirror, clock: SetClock
) -> None:
    merges = CustomerMerges(view, clock, lambda: "m")
    held: dict[str, Any] = {"custom.source": "fair", "custom.birthday": "1990-01-02", "custom.forgotten": "x"}
    mirror.apply(HOME, [customer_row("C-2", **held)], None)
    comparison = merges.compare(CustomerId("C-1"), CustomerId("C-2"))
    assert comparison is not None
    assert comparison.differing == ("custom.source", "custom.birthday")
    command = merges.merge(replace(comparison, taken=comparison.taken | {"custom.source"}))
    assert command.fields["taken"].new == ["custom.source", "custom.birthday"]
