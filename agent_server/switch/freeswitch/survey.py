"""What a FreeSWITCH has: queues of mod_callcenter, users of its directory, registrations."""

from typing import Final

from agent_server.switch.freeswitch.event_socket import EventSocket
from agent_server.switch.freeswitch.lists import rows, table
from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.survey import Survey

MODULES: Final = ("mod_callcenter", "mod_hash")


async def survey(settings: FreeSwitchSettings) -> Survey:
    """What is called by the queue domain has its short name. Raises ExchangeGone, CommandRefused, ValueError."""
    socket = await EventSocket.connect(settings, "BACKGROUND_JOB", lambda _: None)
    try:
        loaded = {name: (await socket.api(f"module_exists {name}")).strip() == "true" for name in MODULES}
        version = (await socket.api("version")).strip().partition(" (")[0]
        queues = table(await socket.api("callcenter_config queue list")) if loaded["mod_callcenter"] else []
        users = table(await socket.api(f"list_users domain {settings.domain}"))
        registered = rows(await socket.api("show registrations as json"))
    finally:
        await socket.close()
    return Survey(
        version,
        tuple((name, name) for name, is_loaded in loaded.items() if not is_loaded),
        frozenset(row["name"].removesuffix(f"@{settings.queue_domain}") for row in queues),
        frozenset(row["userid"] for row in users),
        frozenset(row["reg_user"] for row in registered if "reg_user" in row),
    )
