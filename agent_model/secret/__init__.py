"""What in a free text is not for every eye: telephone, identity-card and bank-card numbers, names, addresses,
e-mail addresses."""

from agent_model.secret.fields import TEXTS
from agent_model.secret.finding import ALL, IN_TEXTS, Found, Secret, find, hidden_email, hidden_name
from agent_model.secret.hiding import mask, restored
from agent_model.secret.matching import name_hashes, typed_hashes, word_hash

__all__ = [
    "ALL",
    "IN_TEXTS",
    "TEXTS",
    "Found",
    "Secret",
    "find",
    "hidden_email",
    "hidden_name",
    "mask",
    "name_hashes",
    "restored",
    "typed_hashes",
    "word_hash",
]
