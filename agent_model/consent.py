"""Whether the company may address a customer to sell: asked for each way separately, kept as it was said, and a hold
that keeps what is known of somebody from being erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConsentChannel(StrEnum):
    """By which way the customer may be addressed for marketing."""

    CALL = "call"
    SMS = "sms"
    EMAIL = "email"


class ConsentHow(StrEnum):
    """How it was obtained or withdrawn."""

    PHONE = "phone"
    WRITTEN = "written"
    ONLINE = "online"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Consent:
    """One word of the customer about marketing by one way: given, or withdrawn. `by` is the agent who heard it; nothing
    is ever changed, the latest one stands."""

    channel: ConsentChannel
    is_given: bool
    how: ConsentHow
    by: str
    at: datetime
    call_ref: str | None = None


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Why nothing of this customer may be erased for now, who said so, and when."""

    reason: str
    by: str
    at: datetime


def standing(consents: Iterable[Consent], channel: ConsentChannel) -> Consent | None:
    """What stands for a way: the latest word, at the same moment the one that came in last. None: never asked."""
    latest = None
    for consent in consents:
        if consent.channel is channel and (latest is None or consent.at >= latest.at):
            latest = consent
    return latest


def is_withdrawn(consents: Iterable[Consent], channel: ConsentChannel) -> bool:
    """Whether the customer said no. Who was never asked has not."""
    found = standing(consents, channel)
    return found is not None and not found.is_given
