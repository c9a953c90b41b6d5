"""The demo company: believable rows that every program can read, and articles that agree with what it sells."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_model.article import Article
from agent_model.customer import ContactKind, Customer
from agent_model.phone_number import DialPlan, masked, normalise
from agent_model.shift_plan import times
from agent_model.ticket import Ticket
from agent_model.wire import Row, noun
from agent_papers.shift_table import gather
from agent_server.importing.company_folder import articles, checked
from demo import company
from demo.people import Person, people
from demo.regulars import regulars
from demo.rota import write_rota

CUSTOMERS = 5_000
PLAN = DialPlan(country="CN", area_code="571")
NOW = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
MOST_SHARED = 0.3
SENTENCE = re.compile(r"[^。！？.!?\n]+[。！？.!?\n]?")
SHORT = 6
"""Signs below which a piece is a heading or a list mark, not a sentence."""


@pytest.fixture(scope="module")
def everybody() -> Sequence[Person]:
    return [*(one.person for one in regulars(NOW, CUSTOMERS)), *people(CUSTOMERS - 2, today=NOW)]


@pytest.fixture(scope="module")
def written() -> Sequence[Article]:
    rows = [checked(told) for told in articles(company.FOLDER)]
    nouns = [noun(Row(row.entity, row.id, row.version, row.body)) for row in rows]
    return [found for found in nouns if isinstance(found, Article)]


def _rows(everybody: Sequence[Person]) -> list[Row]:
    return [row for person in everybody for row in (person.customer, *person.contacts, *person.tickets)]


def _customers(everybody: Sequence[Person]) -> list[Customer]:
    return [found for person in everybody if isinstance(found := noun(person.customer), Customer)]


def _tickets(everybody: Sequence[Person]) -> list[Ticket]:
    return [found for person in everybody for row in person.tickets if isinstance(found := noun(row), Ticket)]


def test_every_row_is_a_noun_under_an_id_of_its_own(everybody: Sequence[Person]) -> None:
    rows = _rows(everybody)

    nouns = [noun(row) for row in rows]

    assert len(nouns) == len({(row.entity, row.id) for row in rows})
    assert len({person.customer.id for person in everybody}) == CUSTOMERS


def test_no_two_customers_share_a_number_and_every_number_reads_as_itself(everybody: Sequence[Person]) -> None:
    numbers = [number for customer in _customers(everybody) for number in customer.phones]

    assert len(set(numbers)) == len(numbers)
    assert [normalise(number, PLAN) for number in numbers] == numbers
    assert not [number for number in numbers if number in masked(number)]


def test_no_two_tickets_share_a_number(everybody: Sequence[Person]) -> None:
    numbers = Counter(ticket.number for ticket in _tickets(everybody))

    assert [number for number, count in numbers.items() if count > 1] == []


def test_customers_are_the_same_on_every_machine() -> None:
    assert list(people(30)) == list(people(30))


def test_customers_speak_both_languages_and_are_of_every_tier(everybody: Sequence[Person]) -> None:
    customers = _customers(everybody)

    assert {customer.language for customer in customers} == {"zh-CN", "en"}
    assert {str(customer.tier) for customer in customers} == {"standard", "silver", "gold", "diamond"}
    assert {str(customer.segment) for customer in customers} == {"home", "business"}


def test_histories_lie_in_the_past_and_hold_orders_surveys_and_open_tickets(everybody: Sequence[Person]) -> None:
    contacts = [row.body for person in everybody for row in person.contacts]

    assert {ContactKind.ORDER, ContactKind.SURVEY, ContactKind.CALL_IN} <= {body["kind"] for body in contacts}
    assert all(body["amount_fen"] for body in contacts if body["kind"] == ContactKind.ORDER)
    assert max(body["at"] for body in contacts) <= "2027-03-04T09:05"
    assert any(ticket.status.is_open for ticket in _tickets(everybody))


def test_open_tickets_are_not_months_late(everybody: Sequence[Person]) -> None:
    late = [NOW - ticket.due_at for ticket in _tickets(everybody) if ticket.status.is_open and ticket.due_at]

    assert max(late).days < 7


def test_the_first_caller_has_what_the_screen_can_show() -> None:
    chen = regulars(NOW, CUSTOMERS)[0]
    customer = noun(chen.person.customer)
    tickets = [found for row in chen.person.tickets if isinstance(found := noun(row), Ticket) and found.status.is_open]

    assert isinstance(customer, Customer)
    assert (customer.tier, len(customer.tags), len(customer.products), len(tickets)) == ("diamond", 2, 3, 2)
    assert sum(1 for ticket in tickets if ticket.due_at and (ticket.due_at - NOW).total_seconds() < 3_600) == 1
    assert {product.status for product in customer.products} == {"active", "low"}


def test_there_are_304_articles_in_two_languages_and_of_every_kind(written: Sequence[Article]) -> None:
    assert Counter(article.language for article in written) == {"zh-CN": 152, "en": 152}
    assert Counter(article.kind for article in written) == {"article": 298, "standard_answer": 4, "guide": 2}
    assert len({article.title for article in written}) == len(written)
    assert min(len(article.body) for article in written) > 80


def test_articles_name_products_and_queues_that_exist(written: Sequence[Article]) -> None:
    facts = company.facts()
    products = {product["id"] for product in facts["product"]}
    queues = {queue["id"] for queue in facts["queue"]}

    assert {article.product for article in written if article.product} <= products
    assert {article.queue for article in written if article.queue} <= queues


def test_no_two_articles_share_more_than_30_percent_of_their_sentences(written: Sequence[Article]) -> None:
    sentences = {article.id: _sentences(article.body) for article in written}

    alike = [
        (one, other)
        for one, other in combinations(sentences, 2)
        if len(sentences[one] & sentences[other]) > MOST_SHARED * min(len(sentences[one]), len(sentences[other]))
    ]

    assert alike == []


def test_what_is_announced_taught_and_searched_names_articles_that_exist(written: Sequence[Article]) -> None:
    files = ("announcements.toml", "training.toml", "writing.toml")
    named = {found for file in files for found in re.findall(r"KB-\d{4}", (company.FOLDER / file).read_text("utf-8"))}

    assert named
    assert named <= {article.id for article in written}


def _sentences(body: str) -> frozenset[str]:
    found = (re.sub(r"^[\s\d.*#>-]+", "", piece).strip() for piece in SENTENCE.findall(body))
    return frozenset(sentence for sentence in found if len(sentence) >= SHORT)


@pytest.mark.parametrize("hour", [1, 15], ids=["by day", "over midnight"])
def test_every_agent_has_shifts_for_two_weeks_and_one_goes_on(tmp_path: Path, hour: int) -> None:
    site = ZoneInfo("Asia/Shanghai")
    now = NOW.replace(hour=hour, minute=50)
    table = gather(write_rota(tmp_path / "rota.csv", now.astimezone(site)))
    planned = Counter(told.shift.agent for told in table.shifts)
    going_on = [
        told.shift.agent
        for told in table.shifts
        if any(span.since <= now < span.until for span in times(told.shift, site))
    ]

    assert (table.faults, table.passed_over) == ((), ())
    assert planned == {agent["login"]: 14 for agent in company.agents()}
    assert "lin.yue" in going_on


def test_company_folder_is_the_one_in_the_checkout() -> None:
    assert Path("resources/demo/company.toml").samefile(company.FOLDER / "company.toml")
