"""Forms on the workstation: drafts that outlive an edition, tickets filed by theirs, and editions published."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.tickets.desk import NotComplete, TicketDesk
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.drafts import Drafts
from agent_model.body import to_body
from agent_model.command import Answer, Verdict
from agent_model.form import ALWAYS, Clause, Comparison, Condition, Fact, FieldKind, TicketForm
from agent_model.form_draft import FormDraft, NotPublishable
from agent_model.form_filling import Filling, parted
from agent_model.form_rules import value_faults
from agent_model.form_value import ValueFault
from agent_model.scope import ORG
from agent_model.ticket import Details, Priority, TicketType
from agent_model.wire import Row
from tests.desktop.rows import category_row
from tests.model.forms_made import HERE, a_field, a_form, forms, typed_into_all

WHOLE = TicketDraft("call-1", None, "R-1", "网络很慢", "fault-slow", Priority.HIGH, "晚上很慢")
SINCE = a_field("since", FieldKind.DATE, required_when=ALWAYS)
AMOUNT = a_field("amount", FieldKind.MONEY)
LATE = a_field("late", visible_when=Condition((Clause("amount", Comparison.FILLED),)))


def bring(mirror: Mirror, *editions: TicketForm) -> None:
    rows = [Row("ticket_form", form.id, 1, to_body(form)) for form in editions]
    mirror.apply(ORG, [category_row(), *rows], None)


@pytest.fixture(autouse=True)
def _categories(mirror: Mirror) -> None:
    bring(mirror)


def test_ticket_goes_with_what_its_form_asked(mirror: Mirror, desk: TicketDesk) -> None:
    bring(mirror, a_form(SINCE, AMOUNT, LATE))
    ticket = desk.file(replace(WHOLE, typed={"since": "2026/11/20", "late": "typed, then hidden"}))
    assert ticket.details == Details("fault.1", {"since": "2026-11-20"}, {})


def test_missing_and_unreadable_fields_are_named_and_the_draft_stays(
    mirror: Mirror, desk: TicketDesk, drafts: Drafts, outbox: Outbox
) -> None:
    bring(mirror, a_form(SINCE, AMOUNT))
    saved = drafts.save(replace(WHOLE, typed={"amount": "much"}))
    with pytest.raises(NotComplete) as caught:
        desk.file(saved)
    assert caught.value.faults == {"since": ValueFault.MISSING, "amount": ValueFault.MALFORMED}
    assert drafts.of("call-1") == saved
    assert outbox.count_waiting() == 0


def test_ticket_is_filed_by_the_edition_on_its_screen(mirror: Mirror, desk: TicketDesk) -> None:
    bring(mirror, a_form(AMOUNT), a_form(AMOUNT, SINCE, edition=2))
    by_old = desk.file(replace(WHOLE, form="fault.1", typed={"amount": "5"}))
    assert by_old.details == Details("fault.1", {"amount": 500}, {})
    with pytest.raises(NotComplete):
        desk.file(replace(WHOLE, form="fault.2", typed={"amount": "5"}))


def test_form_of_another_type_is_not_asked(mirror: Mirror, desk: TicketDesk) -> None:
    bring(mirror, a_form(SINCE, type_=TicketType.PRAISE))
    assert desk.file(replace(WHOLE, form="praise.1")).details is None


def test_field_begins_with_what_call_and_customer_tell(mirror: Mirror, desk: TicketDesk) -> None:
    phone = a_field("phone", FieldKind.PHONE, default_from=Fact.CALLER_NUMBER)
    colour = a_field("colour", FieldKind.CHOICE, default="red")
    bring(mirror, a_form(phone, colour))
    told = replace(WHOLE, facts={"caller_number": "13800006721", "tier": "gold"})
    assert desk.file(told).details == Details("fault.1", {"phone": "+8613800006721", "colour": "red"}, {})
    masked = replace(told, facts={"caller_number": "138****6721"}, typed={"colour": ""})
    assert desk.file(masked).details == Details("fault.1", {}, {})


def test_only_facts_that_the_form_looks_at_travel(mirror: Mirror, desk: TicketDesk) -> None:
    gift = a_field("gift", visible_when=Condition((Clause("tier", Comparison.IS, "gold", is_fact=True),)))
    bring(mirror, a_form(gift))
    filed = desk.file(replace(WHOLE, typed={"gift": "umbrella"}, facts={"tier": "gold", "caller_number": "10086"}))
    assert filed.details == Details("fault.1", {"gift": "umbrella"}, {"tier": "gold"})


def test_draft_keeps_every_field_over_a_restart(drafts: Drafts) -> None:
    told = replace(WHOLE, form="fault.1", typed={"amount": "12,"}, left={"gone": "words"}, facts={"tier": "gold"})
    saved = drafts.save(told)
    assert drafts.of("call-1") == saved
    assert drafts.save(TicketDraft("call-2", typed={"amount": "1"})).saved_at is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_nothing_typed_is_dropped_by_any_other_form(data: st.DataObject) -> None:
    before, after = data.draw(forms()), data.draw(forms())
    texts = data.draw(typed_into_all(before))
    fitting, left = parted(after, texts, {})
    assert {**left, **fitting} == texts
    assert fitting.keys() <= {field.key for field in after.fields}
    again, still_left = parted(before, fitting, left)
    assert (again, still_left) == (texts, {})


@given(st.data())
def test_what_the_workstation_lets_go_the_server_takes(data: st.DataObject) -> None:
    form = data.draw(forms())
    filling = Filling(form, data.draw(typed_into_all(form)), {"tier": "vip"}, HERE)
    assert filling.faults == {}
    sent = filling.details
    assert value_faults(form, sent.values, sent.facts) == {}


def test_refused_ticket_comes_back_with_its_fields_and_why(mirror: Mirror, desk: TicketDesk, outbox: Outbox) -> None:
    bring(mirror, a_form(AMOUNT, SINCE))
    desk.file(replace(WHOLE, typed={"amount": "12.50", "since": "2026-11-20"}))
    [command] = outbox.waiting(9)
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="bad_details", faults={"amount": "too_large"})])
    draft = desk.take_up_again(command.op_id)
    assert draft is not None
    assert (draft.typed, draft.faults) == ({"amount": "12.5", "since": "2026-11-20"}, {"amount": "too_large"})


def test_draft_that_nobody_will_finish_tells_in_words_what_was_typed(mirror: Mirror, desk: TicketDesk) -> None:
    bring(mirror, a_form(AMOUNT, SINCE))
    begun = replace(WHOLE, typed={"amount": "about 12"}, left={"who": "Chen"})
    ticket = desk.file(desk.forms.told_in_words(begun, TicketType.FAULT))
    assert ticket.details is None
    assert ticket.description == "晚上很慢\nChen\n字段amount Field amount: about 12"
    good = replace(WHOLE, typed={"since": "2026-11-20"})
    assert desk.forms.told_in_words(good, TicketType.FAULT) == good


def test_edition_that_this_version_cannot_read_leaves_the_one_before(mirror: Mirror, desk: TicketDesk) -> None:
    bring(mirror, a_form(AMOUNT))
    newer = to_body(a_form(SINCE, edition=2))
    newer["fields"][0]["kind"] = "hologram"
    mirror.apply(ORG, [Row("ticket_form", "fault.2", 1, newer)], None)
    current = desk.forms.shelf().current(TicketType.FAULT)
    assert current is not None
    assert current.id == "fault.1"


def test_edited_form_is_kept_and_published_as_the_next_edition(
    mirror: Mirror, desk: TicketDesk, outbox: Outbox
) -> None:
    bring(mirror, a_form(AMOUNT))
    begun = desk.forms.draft(TicketType.FAULT)
    assert (begun.base, begun.fields) == (1, (AMOUNT,))
    desk.forms.save(replace(begun, fields=(AMOUNT, SINCE)))
    assert desk.forms.draft(TicketType.FAULT).fields == (AMOUNT, SINCE)

    first = desk.forms.publish(desk.forms.draft(TicketType.FAULT))
    second = desk.forms.publish(begun)
    assert (first.id, second.id) == ("fault.2", "fault.3")
    assert [command.entity for command in outbox.waiting(9)] == ["ticket_form", "ticket_form"]
    assert desk.forms.draft(TicketType.FAULT).fields == (AMOUNT,)


def test_form_with_faults_is_not_published(desk: TicketDesk, outbox: Outbox) -> None:
    circle = a_field("late", visible_when=Condition((Clause("late", Comparison.FILLED),)))
    with pytest.raises(NotPublishable):
        desk.forms.publish(FormDraft(TicketType.FAULT, 0, (circle,)))
    assert outbox.count_waiting() == 0
