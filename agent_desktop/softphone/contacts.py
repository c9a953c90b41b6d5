"""Reads where a registrar says an account can be reached (RFC 3261 §10.3)."""

import re

_CONTACT = re.compile(r"^(?:Contact|m)[ \t]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"sips?:(?:[^@>;,\s]*@)?(\[[^\]]+\]|[^:;>,?\s]+)([^>,\s]*)", re.IGNORECASE)


def elsewhere(answer: str, mark: str) -> tuple[str, ...]:
    """The hosts of an answer to REGISTER whose addresses do not carry `mark` as their `line`, each once."""
    addresses = [found for value in _CONTACT.findall(answer) for found in _ADDRESS.findall(value)]
    return tuple(dict.fromkeys(host for host, parameters in addresses if f";line={mark}" not in parameters))
