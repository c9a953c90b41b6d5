"""Names for ids: what the person reads where a value says `billing` or `a-17`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_model.customer_form import CustomField


@dataclass(frozen=True, slots=True)
class Directory:
    """Names in the person's language. An id nobody knows is shown as it is."""

    queues: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    wrap_up_codes: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The fields of forms, by edition and key."""
    own: Mapping[str, CustomField] = field(default_factory=dict)
    """The fields that the site gave its customers, by their names in a customer's body."""

    def queue(self, id_: str) -> str:
        return self.queues.get(id_, id_)

    def department(self, id_: str) -> str:
        return self.departments.get(id_, id_)

    def team(self, id_: str) -> str:
        return self.teams.get(id_, id_)

    def person(self, id_: str) -> str:
        return self.people.get(id_, id_)

    def category(self, id_: str) -> str:
        return self.categories.get(id_, id_)

    def product(self, id_: str) -> str:
        return self.products.get(id_, id_)

    def asked_as(self, form: str, key: str) -> str:
        return self.asked.get((form, key), key)

    def wrap_up_code(self, id_: str) -> str:
        return self.wrap_up_codes.get(id_, id_)
