"""An Asterisk (18 or newer, proven with 22), by its manager interface."""

from agent_server.switch.asterisk.exchange import AsteriskExchange
from agent_server.switch.asterisk.settings import AsteriskSettings

__all__ = ["AsteriskExchange", "AsteriskSettings"]
