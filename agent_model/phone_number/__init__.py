"""Telephone numbers: what was written or sent, as one key per line."""

from agent_model.phone_number.dialled import dialled
from agent_model.phone_number.on_record import OnRecord, on_record
from agent_model.phone_number.plan import CARRIERS, DialForm, DialPlan, DialRules, PhoneNumber
from agent_model.phone_number.reading import candidates, extension, normalise
from agent_model.phone_number.shown import display, masked, suffix
from agent_model.phone_number.sip import HiddenNumber, caller_number
from agent_model.phone_number.zone import zone_of

__all__ = [
    "CARRIERS",
    "DialForm",
    "DialPlan",
    "DialRules",
    "HiddenNumber",
    "OnRecord",
    "PhoneNumber",
    "caller_number",
    "candidates",
    "dialled",
    "display",
    "extension",
    "masked",
    "normalise",
    "on_record",
    "suffix",
    "zone_of",
]
