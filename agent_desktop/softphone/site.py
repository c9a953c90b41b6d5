"""What the company's exchange and rules offer an agent's phone: numbers with a purpose, and who may record."""

from dataclasses import dataclass, field
from enum import StrEnum

from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.softphone.invite import HeaderNames


class RecordingRule(StrEnum):
    """ALL: every answered call, from its first word; it may be paused and not ended. BY_QUEUE: so the calls of some
    queues, and no others."""

    NEVER = "never"
    ON_DEMAND = "on_demand"
    ALL = "all"
    BY_QUEUE = "by_queue"


@dataclass(frozen=True, slots=True)
class Site:
    """Empty where the exchange has no such number. `survey` asks callers how satisfied they are; `pin_check` asks
    them for their PIN and sends them back; `park` keeps them in one of the `park_slots`, until
    somebody dials that and has them. `headers` and
    `return_header` are what the exchange calls the facts that travel with a call: of what matter it is, and to whose
    phone it comes back."""

    survey: str = ""
    pin_check: str = ""
    park: str = ""
    voicemail: str = ""
    park_slots: tuple[str, ...] = ()
    recording: RecordingRule = RecordingRule.NEVER
    recording_queues: tuple[str, ...] = ()
    announces_recording: bool = False
    headers: HeaderNames = field(default_factory=HeaderNames)
    return_header: str = "X-Return-To"

    def records(self, queue: str | None) -> bool:
        """Whether an answered call of this queue is recorded by itself."""
        is_one = self.recording is RecordingRule.BY_QUEUE and queue in self.recording_queues
        return is_one or self.recording is RecordingRule.ALL

    def number_for(self, purpose: TransferPurpose) -> str:
        """Where a call goes for this purpose; empty where the site has no such place, and for a person."""
        match purpose:
            case TransferPurpose.SURVEY:
                return self.survey
            case TransferPurpose.PIN_CHECK:
                return self.pin_check
            case TransferPurpose.PARK:
                return self.park
            case TransferPurpose.PERSON:
                return ""
