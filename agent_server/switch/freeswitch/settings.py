"""Where a FreeSWITCH is and how it is spoken to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_server.switch.tls import Tls


@dataclass(frozen=True, slots=True)
class FreeSwitchSettings:
    """`tls` None: by plain TCP; FreeSWITCH has none of its own on this socket, so something stands before it (stunnel).
    `domain` is where the agents' telephones are registered, `queue_domain` what follows a queue's name there
    (support@default), `context` where what an agent dials is looked up, `ring_s` how long a telephone rings for a
    queue. Callers wait for the one agent they know in a queue of that agent's own, `last_agent_queue`-EXTENSION;
    `queue_variable` is the one they asked in. `token`, `priorities`, `languages` and `recordings` are as of
    `AsteriskSettings`. The variables are those that the dialplan keeps on a caller's channel."""

    name: str
    host: str
    domain: str
    port: int = 8021
    password: str = field(default="", repr=False)
    tls: Tls | None = None
    queue_domain: str = "default"
    context: str = "default"
    extensions: str = ""
    queues: Mapping[str, str] = field(default_factory=dict)
    token: str = field(default="", repr=False)
    priorities: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recordings: str = ""
    ring_s: int = 15
    last_agent_queue: str = ""
    reference_variable: str = "sip_h_X-Call-Ref"
    called_variable: str = "called_number"
    path_variable: str = "ivr_path"
    priority_variable: str = "cc_base_score"
    queue_variable: str = "desk_queue"
    look_every_s: float = 2.0
    answer_within_s: float = 5.0
