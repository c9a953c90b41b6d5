"""What the strip shows of a call: the phone's facts with the name, tier and queue the rooms found for it."""

from dataclasses import dataclass

from agent_desktop.softphone.call import Call
from agent_model.customer import Tier


@dataclass(frozen=True, slots=True)
class CallFace:
    """`name` is empty until somebody is recognised; `number` is as it may be shown (masked); `remark` is one fact
    worth knowing before answering, such as when they called last."""

    call: Call
    number: str
    name: str = ""
    tier: Tier = Tier.STANDARD
    queue: str = ""
    remark: str = ""
    is_recorded: bool = False

    @property
    def title(self) -> str:
        return self.name or self.number
