"""How rows look to a person: whole, or with the kinds of secret masked that the site keeps back from their role, also
in what people wrote.

A masked customer keeps what a call is matched by: beside the masked text stand keyed hashes of each number and of its
endings, with a key of the site and the segment; and in the same way what a hidden name or e-mail address is found by.
Nothing else makes rows into what crosses the wire.
"""

import functools
import hashlib
import hmac
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from agent_model.customer_form import OPEN, PRIVATE
from agent_model.phone_number import PhoneNumber, masked
from agent_model.phone_number.on_record import SUFFIXES, hashes_of
from agent_model.secret import (
    ALL,
    TEXTS,
    Secret,
    hidden_email,
    hidden_name,
    mask,
    name_hashes,
    restored,
    word_hash,
)
from agent_server.scopes import EDITORS_ENTITIES, ORG_ENTITIES

SHOWN_OF_AN_ID: Final = 4
UNREADABLE: Final = "****"
NUMBER: Final = re.compile(r"(?:\+|ext:|short:|raw:)[0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Sight:
    """`kinds` is what is hidden, nothing of it for who sees everything; the segments' match keys are made of `key`."""

    key: bytes = b""
    kinds: frozenset[Secret] = frozenset()

    @property
    def is_masked(self) -> bool:
        return bool(self.kinds)

    @property
    def hides_numbers(self) -> bool:
        """Whether telephone numbers are matched by their hashes alone."""
        return Secret.PHONE in self.kinds

    @property
    def hides_words(self) -> bool:
        """Whether names or e-mail addresses are found by their hashes alone."""
        return bool(self.kinds & {Secret.NAME, Secret.EMAIL})

    @property
    def hides_names(self) -> bool:
        """Whether rows are to be read with the names of whom they are about."""
        return Secret.NAME in self.kinds

    @property
    def mark(self) -> str:
        """Names this way of looking; nothing for the whole one. Rows of one are not to be mixed with another's."""
        rules = bytes(SUFFIXES) + TEXT_RULES + " ".join(sorted(self.kinds)).encode()
        return "." + hashlib.sha256(self.key + rules).hexdigest()[:8] if self.kinds else ""

    def body(
        self, entity: str, segment: str | None, body: Mapping[str, Any], names: Collection[str] = ()
    ) -> Mapping[str, Any]:
        """The fields of a row as this person may have them. `names` are whom its texts may name (`Stored.names`)."""
        if not self.kinds or not hides(entity):
            return body
        seen = as_told(entity, body, self.kinds, names)
        if entity != "customer":
            return seen
        if self.hides_words and "name" in body:
            seen["word_keys"] = self._word_hashes(bytes.fromhex(self.word_key(segment or "")), body)
        if self.hides_numbers:
            key = bytes.fromhex(self.match_key(segment or ""))
            phones = body.get("phones")
            numbers = filter(_is_text, phones if isinstance(phones, list) else ())
            seen["phone_keys"] = [hashes_of(key, number) for number in numbers]
        return seen

    def _word_hashes(self, key: bytes, body: Mapping[str, Any]) -> list[str]:
        name, email = body.get("name"), body.get("email")
        found = name_hashes(key, name) if Secret.NAME in self.kinds and _is_text(name) else []
        return [*found, word_hash(key, email)] if Secret.EMAIL in self.kinds and _is_text(email) and email else found

    def match_key(self, segment: str) -> str:
        """The key of a segment's hashes, for who may hold the segment and has numbers hidden."""
        return _key_of(self.key, segment.encode())

    def word_key(self, segment: str) -> str:
        """As `match_key`, for names and e-mail addresses."""
        return _key_of(self.key, b"words " + segment.encode())


@functools.cache  # asked for each row
def _key_of(key: bytes, place: bytes) -> str:
    return hmac.digest(key, place, "sha256").hex()


FILES: Final = "attachments"
"""People name these as they like, too."""
TEXT_RULES: Final = b"texts 6"
"""Counts up when other things are hidden in texts: what was kept under the rules of before is fetched anew."""


def hides(entity: str) -> bool:
    """Whether rows of this kind look otherwise to a masked person: those about customers."""
    return entity != "announcement" and entity not in ORG_ENTITIES | EDITORS_ENTITIES


def as_told(
    entity: str, fields: Mapping[str, Any], kinds: frozenset[Secret], names: Collection[str] = ()
) -> dict[str, Any]:
    """The fields of a row without what is of these kinds: sensitive ones masked, and hidden in what people wrote."""
    told = without_secrets(fields, kinds, names)
    for name, hide in _hiding_fields(entity, kinds):
        if value := fields.get(name):
            told[name] = hide(value, kinds)
    if entity == "customer" and Secret.ID_CARD in kinds:
        for name, value in fields.items():
            if value and name.startswith(PRIVATE):
                told[name] = _masked_private(value, kinds)
    return told


@functools.cache  # asked for each row
def _hiding_fields(entity: str, kinds: frozenset[Secret]) -> tuple[tuple[str, "_Hide"], ...]:
    return tuple((name, hide) for name, (of, hide) in SENSITIVE.get(entity, {}).items() if of & kinds)


def without_secrets(fields: Mapping[str, Any], kinds: frozenset[Secret], names: Collection[str] = ()) -> dict[str, Any]:
    """The fields with secrets of these kinds hidden in what people wrote."""
    return {name: _hidden(name, value, kinds, names) for name, value in fields.items()}


def rewritten(wanted: Any, whole: Any, name: str, kinds: frozenset[Secret], names: Collection[str] = ()) -> Any:
    """A text as a masked person wants it, with what was hidden from them in it as it was; other values as they are."""
    if _may_tell(name) and isinstance(wanted, str) and isinstance(whole, str):
        return restored(wanted, whole, kinds, names)
    return wanted


def is_sensitive(entity: str, name: str, kinds: Collection[Secret]) -> bool:
    """Whether a person from whom these kinds are hidden reads the field only by asking, with a reason, and changes it
    never."""
    return _hiding(entity, name, kinds) is not None


def _hiding(entity: str, name: str, kinds: Collection[Secret]) -> "_Hide | None":
    if entity == "customer" and name.startswith(PRIVATE):
        return _masked_private if Secret.ID_CARD in kinds else None
    of, hide = SENSITIVE.get(entity, {}).get(name, (frozenset(), None))
    return hide if of & frozenset(kinds) else None


def _may_tell(name: str) -> bool:
    """Whether people write into the field what they like."""
    return name in TEXTS or name.startswith(OPEN)


def _hidden(name: str, value: Any, kinds: frozenset[Secret], names: Collection[str] = ()) -> Any:
    if isinstance(value, str):
        return mask(value, kinds, names) if _may_tell(name) else value
    if isinstance(value, list):
        return [_hidden(name, part, kinds, names) for part in value]
    if isinstance(value, Mapping):
        texts = {key: _hidden(key, part, kinds, names) for key, part in value.items()}
        is_file = name == FILES and "name" in value
        return {**texts, "name": _hidden("text", value["name"], kinds, names)} if is_file else texts
    return value


WHOLE: Final = Sight()
_Hide = Callable[[Any, frozenset[Secret]], Any]


def sight_key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"masked numbers", "sha256")


def _masked_numbers(numbers: Any, _: frozenset[Secret]) -> list[str]:
    """What is no number is something that a conflict's author claims to have seen: nothing of it is told."""
    if not isinstance(numbers, list):
        return [UNREADABLE]
    return [_masked_number(number) for number in numbers]


def _masked_number(number: Any, _: frozenset[Secret] = frozenset()) -> str:
    return masked(PhoneNumber(number)) if _is_number(number) else UNREADABLE


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def _is_number(value: Any) -> TypeGuard[str]:
    return _is_text(value) and NUMBER.fullmatch(value) is not None


def _masked_id(number: Any, _: frozenset[Secret] = frozenset()) -> str:
    shown = str(number)[-SHOWN_OF_AN_ID:] if len(str(number)) > 2 * SHOWN_OF_AN_ID else ""
    return "*" * (len(str(number)) - len(shown)) + shown


def _masked_name(name: Any, _: frozenset[Secret]) -> str:
    return hidden_name(name.strip()) if _is_text(name) and len(name.strip()) > 1 else UNREADABLE


def _masked_email(address: Any, _: frozenset[Secret]) -> str:
    return hidden_email(address) if _is_text(address) and "@" in address else UNREADABLE


def _masked_private(value: Any, _: frozenset[Secret]) -> str:
    return _masked_id(value) if isinstance(value, str) else UNREADABLE


def _masked_details(details: Any, kinds: frozenset[Secret]) -> dict[str, Any]:
    """Of a ticket's form, every value that is a number."""

    def shown(value: Any) -> Any:
        is_hidden = Secret.PHONE in kinds and _is_number(value)
        return _masked_number(value) if is_hidden else _hidden("text", value, kinds)

    return {**details, "values": {key: shown(value) for key, value in details["values"].items()}}


SENSITIVE: Final[Mapping[str, Mapping[str, tuple[frozenset[Secret], _Hide]]]] = {
    "customer": {
        "phones": (frozenset({Secret.PHONE}), _masked_numbers),
        "id_number": (frozenset({Secret.ID_CARD}), _masked_id),
        "name": (frozenset({Secret.NAME}), _masked_name),
        "email": (frozenset({Secret.EMAIL}), _masked_email),
    },
    "customer_merge": {"name": (frozenset({Secret.NAME}), _masked_name)},
    "ticket": {"details": (ALL, _masked_details)},
    "follow_up": {"caller_number": (frozenset({Secret.PHONE}), _masked_number)},
}
"""Fields that a person from whom one of the kinds is hidden reads only one at a time, by asking, with a reason."""
