"""A FreeSWITCH (1.10) with mod_callcenter, by its event socket."""

from agent_server.switch.freeswitch.exchange import FreeSwitchExchange
from agent_server.switch.freeswitch.settings import FreeSwitchSettings

__all__ = ["FreeSwitchExchange", "FreeSwitchSettings"]
