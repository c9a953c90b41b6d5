"""Where an Asterisk is and how it is spoken to."""

import ssl
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AsteriskSettings:
    """`tls` None: by plain TCP. `technology` is the channel driver of the agents' telephones, `context` where what a
    lead or an agent dials is looked up. The variables are those that the dialplan keeps on a caller's channel; they are
    told with each event where manager.conf names them in `channelvars`."""

    name: str
    host: str
    port: int = 5038
    user: str = "desk"
    secret: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None
    technology: str = "PJSIP"
    context: str = "internal"
    extensions: str = ""
    reference_variable: str = "CALL_REF"
    called_variable: str = "CALLED_NUMBER"
    path_variable: str = "IVR_PATH"
    priority_variable: str = "QUEUE_PRIO"
