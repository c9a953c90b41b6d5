"""Where an Asterisk is and how it is spoken to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_server.switch.tls import Tls


@dataclass(frozen=True, slots=True)
class AsteriskSettings:
    """`tls` None: by plain TCP. `extensions` is how those begin that are registered there, `queues` what it calls
    queues of the site that have another name there, `token` what its dialplan shows when it asks who is calling,
    `priorities` how urgent callers of a tier or language are, `languages` what each queue of the site wants its agents
    to speak, `recordings` the folder that it records into, as this machine sees it, `ari` the address of its REST
    interface, where `user` and `ari_secret` fetch what it records. In `last_agent_queue` everybody is
    a member with the extension as the penalty: who waits there waits for one of them, in the queue that
    `queue_variable` names. `technology` is the channel driver of the agents' telephones, `context` where what a lead or
    an agent dials is looked up. The variables are those that the dialplan keeps on a caller's channel; they are told
    with each event where manager.conf names them in `channelvars`."""

    name: str
    host: str
    port: int = 5038
    user: str = "desk"
    secret: str = field(default="", repr=False)
    tls: Tls | None = None
    technology: str = "PJSIP"
    context: str = "internal"
    extensions: str = ""
    queues: Mapping[str, str] = field(default_factory=dict)
    token: str = field(default="", repr=False)
    priorities: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recordings: str = ""
    ari: str = ""
    ari_secret: str = field(default="", repr=False)
    last_agent_queue: str = ""
    reference_variable: str = "CALL_REF"
    called_variable: str = "CALLED_NUMBER"
    path_variable: str = "IVR_PATH"
    priority_variable: str = "QUEUE_PRIO"
    queue_variable: str = "QUEUE"
