"""What the strip shows of a call: the phone's facts with the name, tier and queue the rooms found for it."""

from dataclasses import dataclass

from agent_desktop.softphone.call import Call, CallEnd
from agent_model.customer import Tier


@dataclass(frozen=True, slots=True)
class FailedConsult:
    """Somebody who was to be asked about a call and was not reached. `to` is a name or the number as shown."""

    to: str
    end: CallEnd


@dataclass(frozen=True, slots=True)
class CallFace:
    """`name` is empty until somebody is recognised; `number` is as it may be shown (masked); `remark` is one fact
    worth knowing before answering, such as when they called last. `transfer_to` names where its transfer goes."""

    call: Call
    number: str
    name: str = ""
    tier: Tier = Tier.STANDARD
    queue: str = ""
    remark: str = ""
    transfer_to: str = ""
    failed_consult: FailedConsult | None = None

    @property
    def title(self) -> str:
        return self.name or self.number
