"""What in a free text is not for every eye: telephone, identity-card and bank-card numbers, names, addresses."""

from agent_model.secret.finding import ALL, IN_TEXTS, Found, Secret, find, hidden_name
from agent_model.secret.hiding import mask, restored

__all__ = ["ALL", "IN_TEXTS", "Found", "Secret", "find", "hidden_name", "mask", "restored"]
