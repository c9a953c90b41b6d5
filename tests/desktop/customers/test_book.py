import time
from datetime import UTC, datetime, timedelta

import pytest

from agent_desktop.customers.book import PAGE, CustomerBook
from agent_desktop.customers.profile import EntryKind, Hidden, Known, Several, Unknown
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_model.customer import Contact, ContactKind, CustomerId, SegmentId
from agent_model.moment import to_text
from agent_model.phone_number import DialPlan, PhoneNumber
from agent_model.scope import Scope
from tests.desktop.rows import contact_row, customer_row, ticket_row
from tests.fakes import SetClock, SmallDisk

HOME = Scope("customers:home")
MOBILE, FIXED = PhoneNumber("+8613800000001"), PhoneNumber("+8657188886666")
WHO = CustomerId("C-1")
START = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def pop(book: CustomerBook, plan: DialPlan) -> ScreenPop:
    return ScreenPop(book, plan)


@pytest.mark.parametrize(
    "written", ["13800000001", "013800000001", "+86 138 0000 0001", "8613800000001", "913800000001"], ids=str
)
def test_caller_is_known_however_the_exchange_writes_the_number(mirror: Mirror, pop: ScreenPop, written: str) -> None:
    mirror.apply(HOME, [customer_row()], None)
    found = pop.recognise(written)
    assert isinstance(found, Known)
    assert (found.number, found.profile.customer.name) == (MOBILE, "王芳")


def test_number_of_two_customers_offers_both(mirror: Mirror, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row("C-2"), customer_row("C-1")], None)
    found = pop.recognise("13800000001")
    assert isinstance(found, Several)
    assert [customer.id for customer in found.candidates] == ["C-1", "C-2"]


def test_number_of_nobody_is_unknown(pop: ScreenPop) -> None:
    assert pop.recognise("13800000001") == Unknown(MOBILE)


@pytest.mark.parametrize("written", ["", "anonymous", "Unavailable"], ids=["empty", "anonymous", "word"])
def test_number_held_back_is_hidden(pop: ScreenPop, written: str) -> None:
    assert pop.recognise(written) == Hidden()


def test_word_of_the_exchange_goes_before_the_number(mirror: Mirror, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row("C-1"), customer_row("C-2", phones=[FIXED])], None)
    found = pop.recognise("13800000001", "C-2")
    assert isinstance(found, Known)
    assert found.profile.customer.id == "C-2"


def test_exchange_that_names_nobody_here_is_not_believed_over_the_number(mirror: Mirror, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row()], None)
    assert isinstance(pop.recognise("13800000001", "C-elsewhere"), Known)


def test_number_learned_offline_is_known_at_the_next_call(mirror: Mirror, book: CustomerBook, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row()], None)
    customer = book.customer(WHO)
    assert customer is not None
    book.attach_number(customer, FIXED)
    found = pop.recognise("057188886666")
    assert isinstance(found, Known)
    assert found.profile.customer.phones == (MOBILE, FIXED)
    assert found.profile.has_pending


def test_number_that_is_known_already_is_not_sent_again(mirror: Mirror, book: CustomerBook, outbox: Outbox) -> None:
    mirror.apply(HOME, [customer_row()], None)
    customer = book.customer(WHO)
    assert customer is not None
    book.attach_number(customer, MOBILE)
    assert outbox.count_waiting() == 0


def test_new_customer_is_there_before_the_server_knows_them(book: CustomerBook, pop: ScreenPop) -> None:
    made = book.create("  赵敏 ", FIXED, SegmentId("home"))
    assert book.customer(made.id) == made
    assert made.name == "赵敏"
    assert isinstance(pop.recognise("057188886666"), Known)


def test_profile_of_nobody_is_none(book: CustomerBook) -> None:
    assert book.profile(CustomerId("C-nobody")) is None


def test_figures_count_this_month_and_the_one_before(mirror: Mirror, book: CustomerBook, clock: SetClock) -> None:
    days = (1, 2, 29, 31, 59, 61)
    contacts = [contact_row(f"K-{day}", to_text(clock() - timedelta(days=day))) for day in days]
    soon, later = to_text(clock() + timedelta(minutes=30)), to_text(clock() + timedelta(hours=3))
    late = to_text(clock() - timedelta(hours=3))
    tickets = [
        ticket_row("1", due_at=soon),
        ticket_row("2", due_at=later),
        ticket_row("3", due_at=late),
        ticket_row("4", due_at=late, status="closed"),
    ]
    mirror.apply(HOME, [customer_row(value_fen=1200), *contacts, *tickets], None)
    profile = book.profile(WHO)
    assert profile is not None
    figures = profile.figures
    assert (figures.contacts_30d, figures.contacts_before_30d) == (3, 2)
    assert (figures.open_tickets, figures.due_soon, figures.value_fen) == (3, 2, 1200)


def test_what_is_in_the_timeline_without_being_in_touch_is_no_contact(
    mirror: Mirror, book: CustomerBook, clock: SetClock
) -> None:
    kinds = ("order", "identity_check", "survey", "note", "email", "visit")
    rows = [contact_row(f"K-{kind}", to_text(clock() - timedelta(days=2)), kind=kind) for kind in kinds]
    mirror.apply(HOME, [customer_row(), *rows], None)
    book.log_contact(Contact("K-1", WHO, ContactKind.NOTE, clock(), "备注", agent="A-1001"))

    profile = book.profile(WHO)

    assert profile is not None
    assert profile.figures.contacts_30d == 2
    assert len(profile.timeline.entries) == 7


def test_call_just_logged_counts_at_once(mirror: Mirror, book: CustomerBook, clock: SetClock) -> None:
    mirror.apply(HOME, [customer_row()], None)
    book.log_contact(Contact("K-1", WHO, ContactKind.CALL_IN, clock(), "来电", agent="A-1001"))
    profile = book.profile(WHO)
    assert profile is not None
    assert profile.figures.contacts_30d == 1
    assert [entry.kind for entry in profile.timeline.entries] == [EntryKind.CONTACT]


def test_pages_of_the_timeline_give_every_entry_once(mirror: Mirror, book: CustomerBook) -> None:
    contacts = [contact_row(f"K-{n:02d}", to_text(START + timedelta(hours=n))) for n in range(50)]
    tickets = [ticket_row(f"{n}", updated_at=to_text(START + timedelta(hours=n, minutes=30))) for n in range(7)]
    mirror.apply(HOME, [customer_row(), *contacts, *tickets], None)
    page = book.timeline(WHO)
    entries = list(page.entries)
    while page.earlier_than is not None:
        page = book.timeline(WHO, page.earlier_than)
        entries += page.entries
    moments = [entry.at for entry in entries]
    assert len(entries) == 57
    assert moments == sorted(moments, reverse=True)


def test_entries_of_one_moment_are_not_torn_apart_between_pages(mirror: Mirror, book: CustomerBook) -> None:
    moments = [START + timedelta(hours=n) for n in range(PAGE - 1)] + [START] * 2
    mirror.apply(HOME, [customer_row(), *(contact_row(f"K-{n}", to_text(at)) for n, at in enumerate(moments))], None)
    page = book.timeline(WHO)
    assert len(page.entries) == PAGE + 1
    assert page.earlier_than is None


def test_note_is_seen_at_once_and_the_earlier_ones_stay(mirror: Mirror, book: CustomerBook, clock: SetClock) -> None:
    first = {"text": "早", "author": "A-2", "at": "2026-11-01T10:00:00.000Z"}
    mirror.apply(HOME, [customer_row(notes=[first])], None)
    customer = book.customer(WHO)
    assert customer is not None
    book.add_note(customer, " 请下午回电 ", "A-1001")
    again = book.customer(WHO)
    assert again is not None
    assert [note.text for note in again.notes] == ["早", "请下午回电"]


def test_profile_with_thousand_commands_waiting_is_still_quick(
    mirror: Mirror, book: CustomerBook, disk: SmallDisk
) -> None:
    mirror.apply(HOME, [customer_row()], None)
    for n in range(1000):
        book.log_contact(Contact(f"K-{n}", CustomerId(f"C-{n}"), ContactKind.CALL_IN, START, "来电"))
    book.profile(WHO)
    began = time.thread_time()
    book.profile(WHO)
    assert time.thread_time() - began < 0.05
