"""The company in the person's language: names for ids, and what the strip and the form offer."""

from dataclasses import dataclass

from agent_desktop.organisation import Organisation
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.ui.directory import Directory
from agent_model.organisation import Queue


@dataclass(frozen=True, slots=True)
class Company:
    """Wrap-up codes and ticket categories as (id, name), in the order they are offered."""

    queues: tuple[Queue, ...]
    directory: Directory
    codes: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]


def read_company(organisation: Organisation, desk: TicketDesk, language: str) -> Company:
    """Everything in one go, on the store's lane. Raises CacheDamaged, StoreBusy."""
    queues = organisation.queues()
    codes = tuple((code.id, code.name.in_language(language)) for code in organisation.wrap_up_codes())
    categories = tuple((one.id, one.name.in_language(language)) for one in desk.categories())
    directory = Directory(
        queues={queue.id: queue.name.in_language(language) for queue in queues},
        people={agent.id: agent.name.in_language(language) for agent in organisation.agents()},
        categories=dict(categories),
        products={product.id: product.name.in_language(language) for product in organisation.products()},
        wrap_up_codes=dict(codes),
    )
    return Company(queues, directory, codes, categories)
