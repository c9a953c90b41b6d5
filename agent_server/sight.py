"""How rows look to a person: whole, or with phone and ID numbers masked where the site's policy says so, also in what
people wrote.

A masked customer keeps what a call is matched by: beside the masked text stand keyed hashes of each number and of its
endings, with a key of the site and the segment. Nothing else makes rows into what crosses the wire.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from agent_model.customer_form import OPEN, PRIVATE
from agent_model.phone_number import PhoneNumber, masked
from agent_model.phone_number.on_record import SUFFIXES, hashes_of
from agent_model.secret import IN_TEXTS, mask, restored
from agent_server.scopes import ORG_ENTITIES

SHOWN_OF_AN_ID: Final = 4
UNREADABLE: Final = "****"
NUMBER: Final = re.compile(r"(?:\+|ext:|short:|raw:)[0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Sight:
    """`key` is None for who sees everything; else what the segments' match keys are made of."""

    key: bytes | None = None

    @property
    def is_masked(self) -> bool:
        return self.key is not None

    @property
    def mark(self) -> str:
        """Names this way of looking; nothing for the whole one. Rows of one are not to be mixed with another's."""
        rules = bytes(SUFFIXES) + TEXT_RULES
        return "" if self.key is None else "." + hashlib.sha256(self.key + rules).hexdigest()[:8]

    def body(self, entity: str, segment: str | None, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields of a row as this person may have them."""
        if self.key is None or not hides(entity):
            return body
        body = without_secrets(body)
        hidden = {name: hide(body[name]) for name, hide in SENSITIVE.get(entity, {}).items() if body.get(name)}
        private = (name for name in body if name.startswith(PRIVATE) and body[name] is not None)
        hidden |= {name: _masked_private(body[name]) for name in private}
        if entity != "customer":
            return {**body, **hidden}
        key = bytes.fromhex(self.match_key(segment or ""))
        phones = body.get("phones")
        numbers = filter(_is_text, phones if isinstance(phones, list) else ())
        return {**body, **hidden, "phone_keys": [hashes_of(key, number) for number in numbers]}

    def match_key(self, segment: str) -> str:
        """The key of a segment's hashes, for who may hold the segment. Only a masked sight has one."""
        return hmac.new(self.key or b"", segment.encode(), hashlib.sha256).hexdigest()


TEXTS: Final = frozenset(
    {
        "title", "text", "subject", "description", "reason", "status_reason", "decision_reason", "note", "words",
        "said", "outcome", "undo_reason", "comment", "answer", "result", "purpose",
    }
)  # fmt: skip
"""Fields, and parts of fields, that hold what people wrote."""
FILES: Final = "attachments"
"""People name these as they like, too."""
TEXT_RULES: Final = b"texts 3"
"""Counts up when other things are hidden in texts: what was kept under the rules of before is fetched anew."""


def hides(entity: str) -> bool:
    """Whether rows of this kind look otherwise to a masked person: those about customers."""
    return entity not in ORG_ENTITIES


def without_secrets(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with telephone numbers, cards and addresses hidden in what people wrote."""
    return {name: _hidden(name, value) for name, value in fields.items()}


def rewritten(wanted: Any, whole: Any, name: str) -> Any:
    """A text as a masked person wants it, with what was hidden from them in it as it was; other values as they are."""
    if _may_tell(name) and isinstance(wanted, str) and isinstance(whole, str):
        return restored(wanted, whole, IN_TEXTS)
    return wanted


def is_sensitive(entity: str, name: str) -> bool:
    """Whether a masked person reads the field only by asking, with a reason, and changes it never."""
    return name in SENSITIVE.get(entity, {}) or (entity == "customer" and name.startswith(PRIVATE))


def _may_tell(name: str) -> bool:
    """Whether people write into the field what they like."""
    return name in TEXTS or name.startswith(OPEN)


def _hidden(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return mask(value, IN_TEXTS) if _may_tell(name) else value
    if isinstance(value, list):
        return [_hidden(name, part) for part in value]
    if isinstance(value, Mapping):
        texts = {key: _hidden(key, part) for key, part in value.items()}
        return {**texts, "name": _hidden("text", value["name"])} if name == FILES and "name" in value else texts
    return value


WHOLE: Final = Sight()


def sight_key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"masked numbers", "sha256")


def _masked_numbers(numbers: Any) -> list[str]:
    """What is no number is something that a conflict's author claims to have seen: nothing of it is told."""
    if not isinstance(numbers, list):
        return [UNREADABLE]
    return [_masked_number(number) for number in numbers]


def _masked_number(number: Any) -> str:
    return masked(PhoneNumber(number)) if _is_number(number) else UNREADABLE


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_number(value: Any) -> TypeGuard[str]:
    return _is_text(value) and NUMBER.fullmatch(value) is not None


def _masked_id(number: Any) -> str:
    shown = str(number)[-SHOWN_OF_AN_ID:] if len(str(number)) > 2 * SHOWN_OF_AN_ID else ""
    return "*" * (len(str(number)) - len(shown)) + shown


def _masked_private(value: Any) -> str:
    return _masked_id(value) if isinstance(value, str) else UNREADABLE


def _masked_details(details: Any) -> dict[str, Any]:
    """Of a ticket's form, every value that is a number."""
    values = {
        key: masked(PhoneNumber(value)) if _is_number(value) else _hidden("text", value)
        for key, value in details["values"].items()
    }
    return {**details, "values": values}


SENSITIVE: Final[Mapping[str, Mapping[str, Callable[[Any], Any]]]] = {
    "customer": {"phones": _masked_numbers, "id_number": _masked_id},
    "ticket": {"details": _masked_details},
    "follow_up": {"caller_number": _masked_number},
}
"""Fields that a masked person reads only one at a time, by asking, with a reason."""


def is_hidden(name: str) -> bool:
    """Whether a field of this name is sensitive in some noun."""
    return name in HIDDEN or name.startswith(PRIVATE)


HIDDEN: Final = frozenset(name for fields in SENSITIVE.values() for name in fields)
