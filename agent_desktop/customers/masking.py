"""Numbers as they may be shown, said and written down: the one rule for every screen, list and notification."""

from collections.abc import Iterable

from agent_model.customer import Customer
from agent_model.phone_number import DialPlan, PhoneNumber, masked, normalise, on_record
from agent_model.secret import IN_TEXTS, Found, Secret, find, mask

CARDS = frozenset({Secret.ID_CARD, Secret.BANK_CARD})
LEAST_DIGITS = 7
"""A name with so many is a number that the exchange put in the name's place."""


def shown(written: str, plan: DialPlan) -> str:
    """A number as it may be shown; what cannot be read as one stays as the exchange wrote it."""
    number = PhoneNumber(written) if on_record(written) else normalise(written, plan)
    return masked(number) if number else written


def said_name(written: str) -> str:
    """The name that the exchange gave; empty where that is a number."""
    return "" if sum(sign.isdigit() for sign in written) >= LEAST_DIGITS else written


def of_customer(number: PhoneNumber, customer: Customer) -> PhoneNumber:
    """The number as the customer's record has it: where this workstation may not hold it whole, it is given up."""
    records = filter(None, map(on_record, customer.phones))
    return next((record.key for record in records if record.shown == masked(number)), number)


def kept(written: str, customers: Iterable[Customer], plan: DialPlan) -> str:
    """What may be written down of the number of a call with one of these customers."""
    number = normalise(written, plan)
    if number is None:
        return written
    records = (of_customer(number, customer) for customer in customers)
    return next((record for record in records if record != number), written)


def whole(value: str) -> str:
    """A name or an e-mail address where it may be written to somebody; nothing of one that is kept back from here."""
    return "" if "*" in value else value


def text(written: str) -> str:
    """What somebody wrote, as it may be shown: numbers, cards and house numbers in it are hidden as anywhere else."""
    return mask(written, IN_TEXTS)


def cards(written: str) -> str:
    """What somebody wrote, for who works on it: only identity and bank cards are hidden."""
    return mask(written, CARDS)


def copied(written: str, *, is_whole: bool = False) -> str:
    """What leaves of a shown text by copying it: numbers only while they are shown whole, cards never."""
    return mask(written, CARDS if is_whole else {*CARDS, Secret.PHONE})


def kinds_in(written: str) -> frozenset[Secret]:
    """What of it is put on record when it is copied."""
    return frozenset(one.kind for one in find(written, IN_TEXTS))


def cards_in(written: str) -> tuple[Found, ...]:
    """The identity and bank cards that somebody is writing down."""
    return find(written, CARDS)
