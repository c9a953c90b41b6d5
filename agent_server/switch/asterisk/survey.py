"""What an Asterisk has and lets its user do."""

from collections.abc import Sequence

from agent_server.switch.asterisk.manager import ActionRefused, Manager, Packet
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.survey import Survey


async def survey(settings: AsteriskSettings) -> Survey:
    """Raises ExchangeGone, SignInRefused, ActionRefused."""
    manager = await Manager.connect(settings, lambda _: None)
    try:
        lacks = await manager.not_allowed()
        version = await _version(manager)
        queues = await _listed(manager, "QueueStatus")
        endpoints = await _listed(manager, "PJSIPShowEndpoints")
        contacts = await _listed(manager, "PJSIPShowContacts")
    finally:
        await manager.close()
    return Survey(
        version,
        tuple(lacks),
        frozenset(packet["Queue"] for packet in queues if packet["Event"] == "QueueParams"),
        frozenset(packet["ObjectName"] for packet in endpoints if packet["Event"] == "EndpointList"),
        frozenset(packet["Endpoint"] for packet in contacts if packet["Status"] != "Unreachable"),
    )


async def _version(manager: Manager) -> str:
    try:
        return f"Asterisk {(await manager.ask('CoreSettings'))['AsteriskVersion']}".strip()
    except ActionRefused:
        return "Asterisk"


async def _listed(manager: Manager, action: str) -> Sequence[Packet]:
    """Where there is nothing, and where it is not allowed, the answer is an error."""
    try:
        return await manager.listed(action)
    except ActionRefused:
        return ()
