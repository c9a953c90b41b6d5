"""What the index is asked without anybody typing: a question for each thing that is known of the call."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from agent_desktop.knowledge.hits import (
    CallFacts,
    Filters,
    FromCategory,
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
    Reason,
)

_DESCRIPTION_READ: Final = 200
_SUBJECT: Final = 1.0
_IVR: Final = 0.8
_CATEGORY: Final = 0.7
_PAST: Final = 0.6
_PRODUCT: Final = 0.5
_QUEUE: Final = 0.4

Question = tuple[float, str, Filters, Reason]
"""How much an answer to it is worth, the text, what it is limited to, and why it was asked."""


def questions(facts: CallFacts) -> Iterator[Question]:
    """A trailing space says that no word is still being typed."""
    tiers = frozenset({facts.tier} if facts.tier else ())
    regions = frozenset({facts.region} if facts.region else ())
    theirs = Filters(tiers=tiers, regions=regions)
    written = f"{facts.subject} {facts.description[:_DESCRIPTION_READ]} "
    if written.strip():
        yield _SUBJECT, written, theirs, FromSubject(facts.subject)
    if facts.ivr_path:
        yield _IVR, " ".join(facts.ivr_path) + " ", theirs, FromIvrPath(facts.ivr_path)
    if facts.category:
        yield _CATEGORY, f"{facts.category} ", theirs, FromCategory(facts.category)
    for past in facts.past_subjects:
        if past:
            yield _PAST, f"{past} ", theirs, FromPastTicket(past)
    for product in facts.products:
        yield _PRODUCT, "", replace(theirs, products=frozenset({product})), FromProduct(product)
    if facts.queue:
        yield _QUEUE, "", replace(theirs, queues=frozenset({facts.queue})), FromQueue(facts.queue)
