"""Relations at the workstation: read from either end, without the server too, with who waits for something first."""

from itertools import count

import pytest

from agent_desktop.customers.relations import DRAFT, SIDES, RelationBook, RelationDraft, Side
from agent_desktop.offline.forgetting import Forgetting
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.customer_relation import RelationKind
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.earlier_caches import make_format
from tests.desktop.rows import customer_row, ticket_row
from tests.fakes import SetClock

HOME = Scope("customers:home")
ANNA, BORIS, FIRM, HIDDEN = (CustomerId(f"C-{n}") for n in (1, 2, 3, 4))
EMPLOYEE, EMPLOYER = Side(RelationKind.EMPLOYEE), Side(RelationKind.EMPLOYEE, is_from=False)
FAMILY = Side(RelationKind.FAMILY)


def relation_row(row_id: str, one: str, other: str, kind: str = "employee", version: int = 1, **more: object) -> Row:
    told = {"customer_id": one, "other_id": other, "kind": kind, "created_by": "A-1", "note": ""}
    body = {**told, "created_at": "2026-11-20T10:00:00.000Z", "is_removed": False, **more}
    return Row("customer_relation", row_id, version, body)


@pytest.fixture
def view(mirror: Mirror, outbox: Outbox) -> View:
    rows = [
        customer_row(ANNA, name="安娜"),
        customer_row(BORIS, name="鲍里斯"),
        customer_row(FIRM, name="临江物流"),
        relation_row("r-1", ANNA, FIRM),
        relation_row("r-2", BORIS, ANNA, "family"),
        relation_row("r-3", ANNA, HIDDEN, "guardian"),
        relation_row("r-4", BORIS, FIRM, is_removed=True),
        ticket_row("1", FIRM),
        ticket_row("2", BORIS, type="complaint"),
        ticket_row("3", BORIS, status="closed"),
    ]
    mirror.apply(HOME, rows, None)
    return View(mirror, outbox)


@pytest.fixture
def book(view: View) -> RelationBook:
    numbers = count(1)
    return RelationBook(view, "A-1001", SetClock(), lambda: f"new-{next(numbers)}")


def seen(book: RelationBook, customer_id: CustomerId) -> set[tuple[str, Side]]:
    related = book.of(customer_id).related
    return {(one.relation.other_than(customer_id), one.side) for one in related}


def test_relation_reads_from_either_end(book: RelationBook) -> None:
    guarded = (HIDDEN, Side(RelationKind.GUARDIAN, is_from=False))
    assert seen(book, ANNA) == {(FIRM, EMPLOYER), (BORIS, FAMILY), guarded}
    assert seen(book, FIRM) == {(ANNA, EMPLOYEE)}


def test_company_counts_its_people(book: RelationBook) -> None:
    firm, person = book.of(FIRM), book.of(ANNA)
    assert (firm.count, firm.people, person.count, person.people) == (1, 1, 3, 0)


def test_open_complaint_of_the_household_comes_first(book: RelationBook) -> None:
    relations = book.of(ANNA)
    trouble = relations.trouble
    assert trouble is not None
    assert trouble.relation.id == "r-2"
    assert trouble.trouble is not None
    assert trouble.trouble.id == "2"
    assert [len(one.open_tickets) for one in relations.related] == [1, 1, 0]


def test_somebody_who_may_not_be_seen_is_there_without_a_name(book: RelationBook) -> None:
    [hidden] = [one for one in book.of(ANNA).related if one.relation.id == "r-3"]
    assert hidden.other is None


def test_relation_written_offline_is_there_at_once_and_goes_again(book: RelationBook, outbox: Outbox) -> None:
    book.add(BORIS, FIRM, EMPLOYER, " 司机 ")
    [command] = outbox.waiting(5)
    assert (command.kind, command.fields["customer_id"].new, command.fields["other_id"].new) == (
        CommandKind.CREATE,
        BORIS,
        FIRM,
    )
    firm = book.of(FIRM)
    assert (firm.count, firm.people, seen(book, FIRM)) == (2, 2, {(ANNA, EMPLOYEE), (BORIS, EMPLOYEE)})
    [made] = [one.relation for one in firm.related if one.relation.note == "司机"]
    book.remove(made)
    assert (book.of(FIRM).count, seen(book, FIRM)) == (1, {(ANNA, EMPLOYEE)})
    book.bring_back(made)
    assert book.of(FIRM).people == 2


def test_relation_taken_away_comes_back(book: RelationBook) -> None:
    [relation] = [one.relation for one in book.of(FIRM).related]
    book.remove(relation)
    assert (book.of(FIRM).related, book.of(ANNA).count) == ((), 2)
    book.bring_back(relation)
    assert seen(book, FIRM) == {(ANNA, EMPLOYEE)}


def test_another_kind_changes_the_relation_and_the_other_way_round_makes_another(
    book: RelationBook, outbox: Outbox
) -> None:
    [one] = book.of(FIRM).related
    book.change(FIRM, one, Side(RelationKind.CONTACT_PERSON), "采购")
    [command] = outbox.waiting(5)
    assert {name: change.new for name, change in command.fields.items()} == {"kind": "contact_person", "note": "采购"}
    [one] = book.of(FIRM).related
    book.change(FIRM, one, EMPLOYER, "采购")
    assert [command.kind for command in outbox.waiting(5)[1:]] == [CommandKind.UPDATE, CommandKind.CREATE]
    assert seen(book, FIRM) == {(ANNA, EMPLOYER)}


def test_nothing_changed_sends_nothing(book: RelationBook, outbox: Outbox) -> None:
    [one] = book.of(FIRM).related
    assert book.change(FIRM, one, one.side, "") == ()
    assert outbox.waiting(5) == []


def test_what_is_said_already_is_known_from_either_end(book: RelationBook) -> None:
    assert book.is_said(ANNA, BORIS, FAMILY)
    assert not book.is_said(ANNA, BORIS, FAMILY, but="r-2")
    assert book.is_said(FIRM, ANNA, EMPLOYEE)
    assert not book.is_said(FIRM, ANNA, EMPLOYER)


def test_draft_outlives_the_program_and_goes_when_it_is_empty(book: RelationBook, view: View) -> None:
    draft = RelationDraft(BORIS, "鲍里斯", SIDES[2], "大儿子")
    book.keep(ANNA, draft)
    assert book.begun(ANNA) == draft
    book.keep(ANNA, RelationDraft())
    assert book.begun(ANNA) is None
    assert view.outbox.drafts(DRAFT) == []


def test_of_somebody_erased_nothing_is_left_at_either_end(
    book: RelationBook, store: Store, mirror: Mirror, outbox: Outbox
) -> None:
    book.add(FIRM, BORIS, EMPLOYEE)
    book.keep(FIRM, RelationDraft(BORIS, "鲍里斯"))
    forgetting = Forgetting(store, mirror, outbox, DialPlan())
    assert {BORIS, FIRM} <= forgetting.named_here()
    forgetting.forget(forgetting.traces_of([BORIS]))
    assert seen(book, ANNA) == {(FIRM, EMPLOYER), (HIDDEN, Side(RelationKind.GUARDIAN, is_from=False))}
    assert (outbox.waiting(5), book.begun(FIRM), book.of(FIRM).count) == ([], None, 1)


def test_cache_of_the_format_before_learns_to_look_relations_up(store: Store, mirror: Mirror, view: View) -> None:
    make_format(store, 4)
    store.open_cache()
    assert len(mirror.relations_of(ANNA, 50)) == 3
    with store.reading() as connection:
        query = "EXPLAIN QUERY PLAN SELECT id FROM other WHERE entity = 'customer_relation' "
        plan = connection.execute(query + "AND json_extract(body, '$.other_id') = ?", ("C-1",)).fetchall()
    assert "relation_of_other" in str(plan)
