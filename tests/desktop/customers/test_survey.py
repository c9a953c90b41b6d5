"""A caller's answer to the survey, and a call that comes back: what is kept of them on the timeline."""

from datetime import UTC, datetime

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.survey import score_in
from agent_desktop.offline.mirror import Mirror
from agent_model.customer import Contact, ContactKind, CustomerId
from agent_model.scope import Scope
from tests.desktop.rows import customer_row

HOME = Scope("customers:home")
CALL = Contact(
    "K-1", CustomerId("C-1"), ContactKind.CALL_IN, datetime(2026, 11, 21, tzinfo=UTC), "", duration_s=60, agent="A-1001"
)


@pytest.mark.parametrize(
    ("content_type", "text", "score"),
    [
        ("text/plain", "5", 5),
        ("text/plain;charset=utf-8", " 4\r\n", 4),
        ("text/plain", "score=3", 3),
        ("text/plain", "Rating: 1", 1),
        ("application/json", '{"score": 2}', 2),
        ("text/plain", "0", None),
        ("text/plain", "6", None),
        ("text/plain", "call me at 5", None),
        ("text/plain", "", None),
        ("application/json", '{"score": "5"}', None),
        ("application/json", '{"score": true}', None),
        ("application/json", "[5]", None),
        ("application/json", "{", None),
    ],
)
def test_score_is_read_from_what_exchanges_send(content_type: str, text: str, score: int | None) -> None:
    assert score_in(content_type, text) == score


def shown(book: CustomerBook) -> list[Contact]:
    entries = book.timeline(CustomerId("C-1")).entries
    return [entry.contact for entry in entries if entry.contact is not None]


def test_second_part_of_a_call_prolongs_the_line_of_its_first(mirror: Mirror, book: CustomerBook) -> None:
    mirror.apply(HOME, [customer_row()], None)
    book.log_call(CALL)
    book.log_call(CALL)

    assert [(contact.id, contact.duration_s) for contact in shown(book)] == [("K-1", 120)]


def test_survey_is_invited_then_rated_once(mirror: Mirror, book: CustomerBook) -> None:
    mirror.apply(HOME, [customer_row()], None)
    book.log_call(Contact("S-1", CustomerId("C-1"), ContactKind.SURVEY, CALL.at, "", agent="A-1001"))
    invited = shown(book)[0].rating
    book.rate("S-1", 5)
    again = book.rate("S-1", 1)

    assert invited is None
    assert again is None
    assert shown(book)[0].rating == 5


def test_rating_without_an_invitation_is_nobodys(book: CustomerBook) -> None:
    assert book.rate("S-9", 5) is None
