"""What is on the screen while the site begins to keep a kind of secret back: masked at once, as the server masks it,
long before every row was fetched anew."""

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from agent_desktop.customers.masking import of_customer
from agent_desktop.customers.profile import Known, Recognition, Several
from agent_model.customer import Customer
from agent_model.phone_number import PhoneNumber, masked, on_record
from agent_model.phone_number.on_record import OnRecord
from agent_model.secret import TEXTS, Secret, hidden_email, hidden_name, mask

T = TypeVar("T")


def kept_back(value: T, kinds: Collection[Secret], names: Collection[str] = ()) -> T:
    """The value without what is of these kinds, through everything that it is made of; `names` are whom its texts may
    name."""
    if isinstance(value, Customer):
        value = _customer(value, kinds)  # type: ignore[assignment]
    if isinstance(value, tuple):
        return tuple(kept_back(part, kinds, names) for part in value)  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    was = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    now = {name: _part(name, part, kinds, names) for name, part in was.items()}
    changed = {name: part for name, part in now.items() if part is not was[name]}
    return replace(value, **changed) if changed else value


def recognised(found: Recognition, kinds: Collection[Secret]) -> Recognition:
    """Whom a call or an open item is about, in the same way."""
    match found:
        case Known(number, profile, platform):
            profile = kept_back(profile, kinds, (profile.customer.name,))
            own = of_customer(number, profile.customer) if number else None
            return Known(own, profile, platform)
        case Several(number, candidates):
            return Several(number, kept_back(candidates, kinds))
        case _:
            return found


def _part(name: str, part: Any, kinds: Collection[Secret], names: Collection[str]) -> Any:
    if not isinstance(part, str):
        return kept_back(part, kinds, names)
    shown = mask(part, kinds, names) if name in TEXTS else part
    return part if shown == part else shown


def _customer(customer: Customer, kinds: Collection[Secret]) -> Customer:
    changes: dict[str, Any] = {}
    if Secret.NAME in kinds:
        changes["name"] = hidden_name(customer.name)
    if Secret.EMAIL in kinds and customer.email:
        changes["email"] = hidden_email(customer.email)
    if Secret.PHONE in kinds:
        numbers = enumerate(customer.phones)
        changes["phones"] = tuple(_number(customer.id, position, number) for position, number in numbers)
    return replace(customer, **changes)


def _number(customer_id: str, position: int, number: PhoneNumber) -> PhoneNumber:
    return number if on_record(number) else OnRecord(customer_id, position, masked(number)).key
